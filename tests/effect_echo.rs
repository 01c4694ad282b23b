//! Echoes come on time, as loud as asked and from where they should.

#[path = "return_support/mod.rs"]
mod support;

use cupola::block::{QUANTUM, SILENCE};
use cupola::document::{Place, Problems};
use cupola::effect::{Echo, EchoSpec, ReturnEffect};
use support::{energy, impulse, noise, run};

const RATE_HZ: u32 = 48_000;

fn spec(text: &str) -> EchoSpec {
    serde_json::from_str(text).unwrap()
}

fn echo(text: &str, outputs: usize) -> Echo {
    Echo::new(&spec(text), outputs, Some(120.0), RATE_HZ)
}

/// Delays of whole frames are exact to the bit, shorter than a quantum too.
#[test]
fn whole_delays_are_exact() {
    for frames in [48_usize, 63, 64, 65, 480, 18_000] {
        let text = format!(r#"{{"time_ms": {}, "feedback": 0.5}}"#, frames as f64 / 48.0);
        let channels = run(&mut echo(&text, 1), &impulse(), frames * 5 / QUANTUM + 2);
        for (frame, sample) in channels[0].iter().enumerate() {
            let round = frame / frames;
            let here = frame.is_multiple_of(frames) && round > 0;
            let expected = if here { 0.5_f32.powi(round as i32 - 1) } else { 0.0 };
            assert_eq!(*sample, expected, "frame {frame} of echoes every {frames}");
        }
    }
}

#[test]
fn beats_follow_the_tempo() {
    let channels = run(&mut echo(r#"{"beats": 0.75, "feedback": 0}"#, 1), &impulse(), 400);
    assert_eq!(channels[0].iter().position(|it| *it != 0.0), Some(18_000));
    assert_eq!(energy(&channels[0]), 1.0);
}

/// A tone burst with a smooth beginning and end.
fn burst(length: usize, freq_hz: f64) -> Vec<f32> {
    let sample = |frame: usize| {
        let part = frame as f64 / length as f64;
        let window = 0.5 - 0.5 * (std::f64::consts::TAU * part).cos();
        (window * (std::f64::consts::TAU * freq_hz / 48_000.0 * frame as f64).sin()) as f32
    };
    (0..length).map(sample).collect()
}

/// Where the energy of a stretch lies.
fn middle(samples: &[f32]) -> f64 {
    let weighed = samples.iter().enumerate();
    let sum: f64 = weighed.map(|(frame, it)| frame as f64 * f64::from(*it).powi(2)).sum();
    sum / energy(samples)
}

/// Ten echoes of delays between frames: none is off by more than half a sample or 0.01 dB, up to
/// 10 kHz.
#[test]
fn delays_in_between_keep_time_and_level() {
    for (frames, freq_hz) in [(1000.37, 500.0), (777.5, 3000.0), (1500.81, 10_000.0)] {
        let text = format!(r#"{{"time_ms": {}, "feedback": 0.9}}"#, frames / 48.0);
        let input = burst(600, freq_hz);
        let channels = run(&mut echo(&text, 1), &input, 300);
        for round in 1..=10 {
            let late = round as f64 * frames;
            let from = late as usize - 40;
            let here = &channels[0][from..from + 680];
            let off = from as f64 + middle(here) - late - middle(&input);
            assert!(off.abs() < 0.5, "echo {round} of {frames} frames is off by {off}");
            let level = 10.0 * (energy(here) / energy(&input)).log10();
            let expected = 20.0 * 0.9_f64.powi(round - 1).log10();
            assert!((level - expected).abs() < 0.01, "echo {round} is at {level} dB");
        }
    }
}

#[test]
fn echoes_go_round_or_come_from_everywhere() {
    let text = r#"{"time_ms": 10, "feedback": 0.5, "ping_pong": true}"#;
    let channels = run(&mut echo(text, 3), &impulse(), 60);
    for round in 1..=7 {
        for (output, channel) in channels.iter().enumerate() {
            let here = (round - 1) % 3 == output;
            let expected = if here { 0.5_f32.powi(round as i32 - 1) } else { 0.0 };
            assert_eq!(channel[round * 480], expected, "echo {round} from output {output}");
        }
    }
    let channels = run(&mut echo(r#"{"time_ms": 10, "feedback": 0.5}"#, 4), &impulse(), 60);
    for channel in channels {
        assert_eq!([480, 960].map(|frame| channel[frame]), [0.5, 0.25]);
    }
}

#[test]
fn each_echo_passes_the_filters_once_more() {
    let text = r#"{"time_ms": 50, "feedback": 1, "lowpass_hz": 2000, "highpass_hz": 200}"#;
    let text = text.replace("1,", "0.99,");
    let input = burst(2000, 2000.0);
    let channels = run(&mut echo(&text, 1), &input, 200);
    for round in 1..=3 {
        let level = energy(&channels[0][round * 2400..round * 2400 + 2400]) / energy(&input);
        let lost = -10.0 * level.log10() / round as f64;
        // 3.01 dB at the frequency itself; the burst has some width, the feedback takes 0.09 dB.
        assert!((2.9..3.3).contains(&lost), "echo {round} loses {lost} dB each");
    }
}

/// Feedback is that of the scene's time: none at first, then half.
#[test]
fn feedback_is_automated() {
    let text = r#"{"time_ms": 100, "feedback": {"points": [[0, 0], [0.25, 0], [0.26, 0.5]]}}"#;
    let mut input = vec![0.0; 24_000];
    (input[0], input[14_400]) = (1.0, 1.0);
    let channels = run(&mut echo(text, 1), &input, 500);
    let at = |hundreds: usize| channels[0][hundreds * 4800];
    assert_eq!([1, 2, 3, 4, 5, 6].map(at), [1.0, 0.0, 0.0, 1.0, 0.5, 0.25]);
}

#[test]
fn it_ends_in_silence() {
    for text in [
        r#"{"time_ms": 30, "feedback": 0.9, "ping_pong": true}"#,
        r#"{"time_ms": 30.01, "feedback": 0.9, "highpass_hz": 30, "lowpass_hz": 9000}"#,
    ] {
        let mut echo = echo(text, 2);
        // 0.9 takes 328 echoes to fall by 300 dB.
        let channels = run(&mut echo, &noise(48_000, 3), 750 * 12);
        assert!(channels[0][48_000..96_000].iter().any(|it| *it != 0.0));
        assert!(channels[0][11 * 48_000 + 24_000..].iter().all(|it| *it == 0.0), "{text}");
        let mut outputs = [SILENCE; 2];
        assert!(!echo.process(9000, None, &mut outputs));
        assert!(!echo.process(9001, Some(&SILENCE), &mut outputs));
    }
}

#[test]
fn every_bad_value_is_noted_where_it_is() {
    let cases = [
        (r#"{}"#, "", "no time between echoes"),
        (r#"{"time_ms": 0.5}"#, "time_ms", "time_ms = 0.5 is out of range"),
        (r#"{"time_ms": 5, "beats": 1}"#, "beats", "`beats` as well as `time_ms`"),
        (r#"{"beats": 100}"#, "beats", "beats = 100 is out of range"),
        (r#"{"beats": 1, "feedback": 1}"#, "feedback", "feedback = 1 is out of range"),
        (
            r#"{"beats": 1, "lowpass_hz": 24000}"#,
            "lowpass_hz",
            "lowpass_hz = 24000 is out of range",
        ),
        (r#"{"beats": 1, "highpass_hz": 0}"#, "highpass_hz", "highpass_hz = 0 is out of range"),
    ];
    for (text, place, message) in cases {
        let mut problems = Problems::default();
        spec(text).check(&Place::root(), Some(120.0), 48_000.0, &mut problems);
        let [problem] = problems.as_slice() else { panic!("{text}: {problems:?}") };
        assert_eq!((problem.place.to_string(), problem.message.as_str()), (place.into(), message));
    }
    let mut problems = Problems::default();
    spec(r#"{"beats": 1}"#).check(&Place::root(), None, 48_000.0, &mut problems);
    assert_eq!(problems.as_slice()[0].message, "beats without a tempo");
}
