//! Loudspeakers and rooms made up for: level, delay, polarity, equaliser, bass.

use std::f64::consts::PI;

use cupola::block::{QUANTUM, Quantum, SILENCE};
use cupola::layout::Layout;
use cupola::live::Calibration;

const RATE_HZ: u32 = 48_000;

fn layout(text: &str) -> Layout {
    Layout::from_toml("room.toml", text).unwrap_or_else(|error| panic!("{error:?}"))
}

fn calibration(layout: &Layout) -> Calibration {
    Calibration::new(layout, RATE_HZ).unwrap().expect("there is something to make up for")
}

/// What comes out of every channel where these come in, in pieces of some sizes.
fn through(layout: &Layout, inputs: &[Vec<f32>], sizes: &[usize]) -> Vec<Vec<f32>> {
    let mut calibration = calibration(layout);
    let mut heard = vec![Vec::new(); inputs.len()];
    let mut sizes = sizes.iter().cycle();
    while heard[0].len() < inputs[0].len() {
        let at = heard[0].len();
        let frames = (*sizes.next().unwrap()).min(inputs[0].len() - at);
        let mut channels: Vec<Quantum> = vec![SILENCE; inputs.len()];
        for (channel, input) in channels.iter_mut().zip(inputs) {
            channel[..frames].copy_from_slice(&input[at..at + frames]);
        }
        calibration.process(&mut channels, frames);
        for (heard, channel) in heard.iter_mut().zip(&channels) {
            heard.extend_from_slice(&channel[..frames]);
        }
    }
    heard
}

/// An impulse in one of some channels, as long as the filters ring.
fn impulse(channels: usize, of: usize) -> Vec<Vec<f32>> {
    let mut inputs = vec![vec![0.0; 16_384]; channels];
    inputs[of][0] = 0.5;
    inputs
}

/// The level of a response at a frequency, relative to the impulse.
fn level_db(response: &[f32], freq_hz: f64) -> f64 {
    let (mut real, mut imaginary) = (0.0, 0.0);
    for (frame, sample) in response.iter().enumerate() {
        let (sin, cos) = libm::sincos(2.0 * PI * freq_hz / f64::from(RATE_HZ) * frame as f64);
        real += f64::from(*sample) * cos;
        imaginary -= f64::from(*sample) * sin;
    }
    20.0 * libm::log10(libm::hypot(real, imaginary) / 0.5)
}

fn sum(responses: &[Vec<f32>]) -> Vec<f32> {
    (0..responses[0].len()).map(|frame| responses.iter().map(|it| it[frame]).sum()).collect()
}

const TRIMMED: &str = r#"
loudspeakers = [
    { name = "L", azimuth_deg = 30, elevation_deg = 0, gain_db = -6, delay_ms = 2.5 },
    { name = "R", azimuth_deg = -30, elevation_deg = 0, invert_polarity = true },
]
"#;

#[test]
fn sound_arrives_when_and_as_loud_as_it_should() {
    let heard = through(&layout(TRIMMED), &impulse(2, 0), &[64]);
    let expected = 0.5 * libm::pow(10.0, -6.0 / 20.0) as f32;
    for (frame, sample) in heard[0].iter().enumerate() {
        // Half a unit in the last place of the gain.
        let is = if frame == 120 { expected } else { 0.0 };
        assert!((sample - is).abs() < 1e-7, "frame {frame}: {sample}");
    }
    let heard = through(&layout(TRIMMED), &impulse(2, 1), &[64]);
    assert_eq!(heard[1][0], -0.5);
    assert!(heard[1][1..].iter().all(|sample| *sample == 0.0));
}

const MANAGED: &str = r#"
loudspeakers = [
    { name = "L", azimuth_deg = 30, elevation_deg = 0 },
    { name = "R", azimuth_deg = -30, elevation_deg = 0 },
    { name = "C", azimuth_deg = 0, elevation_deg = 0, eq = [{ type = "bell", freq_hz = 1000, gain_db = -4 }] },
    { name = "LFE", azimuth_deg = 10, elevation_deg = 0, lfe = true },
]
[bass_management]
crossover_hz = 80
small = ["L", "R"]
lfe_gain_db = 10
"#;

const TESTED_HZ: [f64; 9] = [20.0, 40.0, 63.0, 80.0, 100.0, 160.0, 315.0, 1000.0, 8000.0];

#[test]
fn a_small_loudspeaker_and_the_subwoofer_sum_up_to_what_was() {
    let layout = layout(MANAGED);
    let left = through(&layout, &impulse(4, 0), &[64]);
    for freq_hz in TESTED_HZ {
        // An all-pass but for the rounding of two channels of f32: 0.1 dB is asked for.
        let together = level_db(&sum(&left), freq_hz);
        assert!(together.abs() < 0.01, "{freq_hz} Hz: {together} dB");
    }
    // At the crossover each has half of the amplitude, an octave and more away 24 dB an octave less.
    for (freq_hz, high_db, low_db) in
        [(80.0, -6.02, -6.02), (20.0, -48.2, -0.03), (320.0, -0.03, -48.2)]
    {
        for (channel, expected) in [(0, high_db), (3, low_db)] {
            let level = level_db(&left[channel], freq_hz);
            assert!((level - expected).abs() < 0.1, "{freq_hz} Hz in {channel}: {level} dB");
        }
    }
}

#[test]
fn what_is_not_split_stays_in_phase_with_what_is() {
    // The same in a small one with its subwoofer and in a large one: twice the amplitude.
    let mut layout = layout(MANAGED);
    layout.loudspeakers[2].eq.clear();
    let both: Vec<Vec<f32>> =
        [0, 2].iter().map(|of| sum(&through(&layout, &impulse(4, *of), &[64]))).collect();
    for freq_hz in TESTED_HZ {
        let together = level_db(&sum(&both), freq_hz);
        assert!((together - 6.0206).abs() < 0.01, "{freq_hz} Hz: {together} dB");
    }
}

#[test]
fn the_lfe_is_as_much_louder_as_is_said() {
    let heard = through(&layout(MANAGED), &impulse(4, 3), &[64]);
    for freq_hz in [20.0, 40.0, 80.0, 120.0] {
        let level = level_db(&heard[3], freq_hz);
        assert!((level - 10.0).abs() < 0.01, "{freq_hz} Hz: {level} dB");
    }
    assert!(heard[..3].iter().flatten().all(|sample| *sample == 0.0));
}

#[test]
fn an_equaliser_is_that_of_a_strip() {
    let heard = through(&layout(MANAGED), &impulse(4, 2), &[64]);
    assert!((level_db(&heard[2], 1000.0) + 4.0).abs() < 0.01);
    assert!(level_db(&heard[2], 8000.0).abs() < 0.2);
}

#[test]
fn the_size_of_the_pieces_changes_nothing() {
    let layout = layout(MANAGED);
    let noise: Vec<Vec<f32>> = (0..4)
        .map(|channel| {
            let sample = |frame: usize| ((frame * 7919 + channel * 104_729) % 2017) as f32 / 4034.0;
            // And then silence, in which states become nothing.
            (0..8000).map(|frame| if frame < 3000 { sample(frame) } else { 0.0 }).collect()
        })
        .collect();
    let whole = through(&layout, &noise, &[QUANTUM]);
    assert_eq!(through(&layout, &noise, &[1]), whole);
    assert_eq!(through(&layout, &noise, &[3, 64, 17, 50]), whole);
}

#[test]
fn what_comes_before_is_forgotten_where_it_starts_over() {
    let layout = layout(TRIMMED);
    let mut calibration = calibration(&layout);
    calibration.process(&mut [[0.5; QUANTUM]; 2], QUANTUM);
    calibration.start_over();
    let mut channels = [SILENCE; 2];
    for _ in 0..10 {
        calibration.process(&mut channels, QUANTUM);
        assert_eq!(channels, [SILENCE; 2]);
    }
}

#[test]
fn a_layout_that_says_nothing_has_nothing_to_make_up_for() {
    let layout = cupola::layout::load("7.1.4").unwrap();
    assert!(Calibration::new(&layout, RATE_HZ).unwrap().is_none());
}

#[test]
fn mistakes_are_told_with_their_line() {
    let shown = |text: &str| match Layout::from_toml("room.toml", text) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    };
    let two = |more: &str| {
        format!(
            "loudspeakers = [\n{{ name = \"L\", azimuth_deg = 30, elevation_deg = 0{more} }},\n\
             {{ name = \"R\", azimuth_deg = -30, elevation_deg = 0 }} ]\n"
        )
    };
    for (text, expected) in [
        (two(", eq = [{ type = \"bell\", freq_hz = 100, gain_db = 99 }]"), "room.toml:2:"),
        (
            two(
                ", eq = [{ type = \"bell\", freq_hz = { points = [[0, 9], [1, 99]] }, gain_db = 3 }]",
            ),
            "moves",
        ),
        (two(", invert_polarity = 1"), "room.toml:2:"),
        (two("") + "[bass_management]\ncrossover_hz = 5\nto = [\"R\"]", "room.toml:5:"),
        (two("") + "[bass_management]\ncrossover_hz = 80", "nobody plays the bass"),
        (
            two("") + "[bass_management]\ncrossover_hz = 80\nto = [\"Sub\"]",
            "no loudspeaker \"Sub\"",
        ),
        (
            two("") + "[bass_management]\ncrossover_hz = 80\nto = [\"R\"]\nsmall = [\"R\"]",
            "\"R\" is small and",
        ),
        (
            two("") + "[bass_management]\ncrossover_hz = 80\nto = [\"R\"]\nlfe_gain_db = 30",
            "room.toml:7:",
        ),
    ] {
        let shown = shown(&text);
        assert!(shown.contains(expected), "{text}\n{shown}");
    }
    let high = two(", eq = [{ type = \"notch\", freq_hz = 30000 }]");
    assert!(Calibration::new(&layout(&high), RATE_HZ).is_err(), "above half of the rate");
    assert!(Calibration::new(&layout(&high), 96_000).is_ok());
}
