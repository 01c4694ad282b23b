//! Convolution by partitions is convolution, without delay, and ends when the response ends.

#[path = "return_support/mod.rs"]
mod support;

use cupola::block::{QUANTUM, SILENCE};
use cupola::document::{Place, Problems};
use cupola::effect::{Convolution, ConvolutionSpec, ReturnEffect};
use support::{impulse, noise, run};

const RATE_HZ: u32 = 48_000;

fn spec(text: &str) -> ConvolutionSpec {
    serde_json::from_str(text).unwrap()
}

fn convolution(responses: &[Vec<f32>], more: &str, outputs: usize) -> Convolution {
    let spec = spec(&format!(r#"{{"file": "church.wav"{more}}}"#));
    Convolution::new(responses, &spec, outputs, RATE_HZ)
}

/// A response that fades to a thousandth.
fn response(length: usize, seed: u32) -> Vec<f32> {
    let fade = |frame: usize| (-6.9 * frame as f64 / length as f64).exp() as f32;
    noise(length, seed).iter().enumerate().map(|(frame, sample)| sample * fade(frame)).collect()
}

/// Convolution as it is defined, in f64.
fn direct(input: &[f32], response: &[f32], frame: usize) -> f64 {
    let first = (frame + 1).saturating_sub(response.len());
    let taps = (first..=frame).take_while(|it| *it < input.len());
    taps.map(|it| f64::from(input[it]) * f64::from(response[frame - it])).sum()
}

/// Within a millionth of the peak, at every length at which the partitions change.
#[test]
fn it_is_convolution() {
    for length in [1, 63, 64, 65, 1000, 4096, 4097, 6144, 6145, 20_000] {
        let responses: Vec<Vec<f32>> = (0..3).map(|seed| response(length, seed + 5)).collect();
        let input = noise(9000, 1);
        let quanta = (input.len() + length) / QUANTUM + 2;
        let channels = run(&mut convolution(&responses, "", 3), &input, quanta);
        for (channel, response) in channels.iter().zip(&responses) {
            let peak = channel.iter().fold(0.0_f32, |peak, it| peak.max(it.abs()));
            for frame in (0..channel.len()).step_by(if length > 5000 { 23 } else { 1 }) {
                let off = f64::from(channel[frame]) - direct(&input, response, frame);
                assert!(off.abs() <= 1e-6 * f64::from(peak), "frame {frame} of {length}: {off}");
            }
        }
    }
}

#[test]
fn it_waits_and_is_cut_as_asked() {
    let responses = [response(10_000, 2)];
    let more = r#", "predelay_ms": 10, "length_s": 0.1"#;
    let channels = run(&mut convolution(&responses, more, 1), &impulse(), 200);
    for (frame, sample) in channels[0].iter().enumerate() {
        let tap = frame.checked_sub(480).filter(|tap| *tap < 4800);
        let expected = tap.map_or(0.0, |tap| responses[0][tap]);
        assert!((sample - expected).abs() < 1e-6, "frame {frame}");
    }
    // Not a trace of what is left by transforms, from the quantum after the end.
    assert!(channels[0][480 + 4800 + QUANTUM..].iter().all(|sample| *sample == 0.0));
}

#[test]
fn channels_go_to_the_outputs_in_turn() {
    let responses: Vec<Vec<f32>> = (0..5).map(|seed| response(500, seed + 1)).collect();
    let tails = run(&mut convolution(&responses[..2], "", 5), &impulse(), 8);
    for output in 2..5 {
        assert_eq!(tails[output], tails[output % 2]);
    }
    let tails = run(&mut convolution(&responses, "", 2), &impulse(), 7);
    for (frame, sample) in tails[1].iter().enumerate() {
        assert!((sample - responses[1][frame] - responses[3][frame]).abs() < 1e-6);
    }
}

/// What happens between two sounds, or that quanta at rest are left out, changes no bit.
#[test]
fn it_ends_exactly_and_begins_again_as_new() {
    let responses = [response(7000, 9)];
    let input = noise(3000, 4);
    let first = run(&mut convolution(&responses, "", 1), &input, 400);
    let last = first[0].iter().rposition(|sample| *sample != 0.0).unwrap();
    assert!((9000..3000 + 7000 + QUANTUM).contains(&last), "it ends at {last}");
    let mut again = convolution(&responses, "", 1);
    run(&mut again, &noise(777, 8), 400);
    let mut outputs = [SILENCE];
    assert!(!again.process(400, None, &mut outputs));
    assert!(!again.process(401, Some(&SILENCE), &mut outputs));
    assert_eq!(run(&mut again, &input, 400), first);
}

#[test]
fn every_bad_value_is_noted_where_it_is() {
    let mut problems = Problems::default();
    let bad = spec(r#"{"file": "", "predelay_ms": 1001, "length_s": 0}"#);
    bad.check(&Place::root(), &mut problems);
    let noted: Vec<(String, &str)> = (problems.as_slice().iter())
        .map(|problem| (problem.place.to_string(), problem.message.as_str()))
        .collect();
    let expected = [
        ("file", "no file"),
        ("predelay_ms", "predelay_ms = 1001 is out of range"),
        ("length_s", "length_s = 0 is out of range"),
    ];
    assert_eq!(noted, expected.map(|(place, message)| (place.to_string(), message)));
}
