//! What distance and speed do to a sound: its level, its treble, its pitch.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/heard.rs"]
mod heard;
#[path = "support/spectrum.rs"]
mod spectrum;

use std::f64::consts::PI;

use heard::{hear, peak};
use spectrum::{amplitudes, decibels, highest, highest_beside, highest_bin};

const RATE_HZ: f64 = 48_000.0;
const SPEED_OF_SOUND: f64 = 343.0;

/// What one object is heard as on a single loudspeaker, where panning changes nothing.
fn mono(object: &str, duration_s: f64) -> Vec<f32> {
    let text = format!("duration_s = {duration_s}\n[[object]]\nname = \"it\"\n{object}\n");
    let scene = desk::scene(&text);
    hear(&scene.scene, &desk::layouts(&["mono"])).remove(0).remove(0)
}

fn tone(freq_hz: f64) -> String {
    format!("signal = {{ type = \"tone\", freq_hz = {freq_hz}, level_db = 0 }}")
}

/// The last part of a recording, long after everything has settled.
fn settled(samples: &[f32], frames: usize) -> Vec<f64> {
    samples[samples.len() - frames..].iter().copied().map(f64::from).collect()
}

#[test]
fn a_doubling_of_the_distance_costs_six_decibels() {
    let at = |distance: f64| {
        let place = format!("position = {{ azimuth_deg = 0, distance = {distance} }}");
        let law = "distance_law = { type = \"inverse\", reference = 1, limit = 0.5 }";
        decibels(f64::from(peak(&mono(&format!("{}\n{place}\n{law}", tone(1000.0)), 0.1))))
    };
    let one = at(1.0);
    assert!(one.abs() < 1e-4, "at the reference nothing changes, but it is {one} dB");
    for (index, distance) in [2.0, 4.0, 8.0, 16.0, 1024.0].into_iter().enumerate() {
        let expected = -20.0 * f64::log10(distance);
        // f32 gains and samples: 24 bits each are a millionth of a decibel.
        assert!((at(distance) - expected).abs() < 1e-5, "{index}: {} dB", at(distance));
    }
    assert!((at(0.25) - at(0.5)).abs() < 1e-9, "below the limit it grows no more");
}

#[test]
fn the_air_takes_what_iso_9613_says_at_8_khz() {
    for distance in [10.0, 50.0, 100.0, 200.0] {
        let object = |freq_hz| {
            let place = format!("position = {{ azimuth_deg = 0, distance = {distance} }}");
            format!("{}\n{place}\nair_absorption = true", tone(freq_hz))
        };
        let loss = |freq_hz| {
            decibels(highest(&amplitudes(&settled(&mono(&object(freq_hz), 1.5), 48_000))))
        };
        // ISO 9613-1 at 20 degrees C and 50 % humidity: 105.3 dB a kilometre. The window's own
        // error on a bin's centre is nil, f32 leaves a ten-thousandth of a decibel.
        let at_8k = loss(8000.0);
        assert!((at_8k + 0.1053 * distance).abs() < 1e-3, "{distance} m: {at_8k} dB");
        assert!(loss(1000.0) > at_8k / 2.0, "lower sound is taken less");
        assert!(loss(125.0) > -0.05 * distance / 10.0, "and the bass hardly at all");
    }
}

/// An approach from 200 m at 34.3 m/s, a tenth of the speed of sound.
fn approach(freq_hz: f64) -> Vec<f32> {
    let line = "macro = { type = \"line\", from = { x = 0, y = 200, z = 0 }, to = { x = 0, y = 28.5, z = 0 }, duration_s = 5 }";
    mono(&format!("{}\ndoppler = true\n{line}", tone(freq_hz)), 4.0)
}

/// Frequency from the turn of the phase over a second.
fn measured_hz(samples: &[f64], near_hz: f64) -> f64 {
    let half = samples.len() / 2;
    let phase = |from: usize| {
        let (mut real, mut imaginary) = (0.0, 0.0);
        for (index, sample) in samples[from..from + half].iter().enumerate() {
            // Hann, so that what is far from the tone does not turn it.
            let window = 1.0 - (2.0 * PI * index as f64 / half as f64).cos();
            let angle = 2.0 * PI * near_hz * (from + index) as f64 / RATE_HZ;
            real += sample * window * angle.cos();
            imaginary -= sample * window * angle.sin();
        }
        f64::atan2(imaginary, real)
    };
    let turned = (phase(half) - phase(0) + PI).rem_euclid(2.0 * PI) - PI;
    near_hz + turned / (2.0 * PI) * RATE_HZ / half as f64
}

#[test]
fn an_approach_raises_the_pitch_as_outdoors() {
    let expected = 1.0 / (1.0 - 34.3 / SPEED_OF_SOUND);
    for freq_hz in [100.0, 1000.0, 10_000.0] {
        let heard = settled(&approach(freq_hz), 48_000);
        let ratio = measured_hz(&heard, freq_hz * expected) / freq_hz;
        println!("{freq_hz} Hz: pitch ratio {ratio:.8}, expected {expected:.8}");
        assert!((ratio / expected - 1.0).abs() < 1e-3, "{freq_hz} Hz: {ratio}");
    }
}

#[test]
fn a_moving_delay_adds_no_images() {
    for freq_hz in [100.0, 1000.0, 5000.0, 9000.0, 10_000.0] {
        let lines = amplitudes(&settled(&approach(freq_hz), 1 << 16));
        let carrier = highest_bin(&lines);
        let image = decibels(highest_beside(&lines, carrier) / lines[carrier]);
        println!("{freq_hz} Hz: highest image {image:.1} dBc");
        assert!(image < -80.0, "{freq_hz} Hz: an image at {image:.1} dBc");
    }
}

/// What is heard of a fly-by is the tone at the time of its emission.
#[test]
fn a_fly_by_sounds_as_it_was_emitted() {
    let line = "macro = { type = \"line\", from = { x = -68.6, y = 10, z = 0 }, to = { x = 68.6, y = 10, z = 0 }, duration_s = 4 }";
    for freq_hz in [1000.0, 5000.0, 10_000.0] {
        let heard = mono(&format!("{}\ndoppler = true\n{line}", tone(freq_hz)), 4.0);
        let at = |time_s: f64| f64::hypot(-68.6 + 34.3 * time_s, 10.0);
        let mut difference = vec![0.0; 1 << 17];
        for (index, difference) in difference.iter_mut().enumerate() {
            let frame = index + (1 << 15);
            let heard_s = frame as f64 / RATE_HZ;
            let mut late_s = 0.0;
            for _ in 0..40 {
                late_s = at(heard_s - late_s) / SPEED_OF_SOUND;
            }
            let exact = (2.0 * PI * freq_hz * (heard_s - late_s)).sin();
            *difference = f64::from(heard[frame]) - exact;
        }
        let worst = difference.iter().fold(0.0, |worst: f64, it| worst.max(it.abs()));
        println!("{freq_hz} Hz: largest error {:.1} dB", decibels(worst));
        // Images are below the largest error, and those of the window are -90 dB.
        assert!(decibels(worst) < -80.0, "{freq_hz} Hz: off by {worst}");
    }
}
