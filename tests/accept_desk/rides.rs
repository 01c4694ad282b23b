//! Rides make no noise.

use super::on;
use crate::spectrum::{amplitudes, decibels, highest};

const RATE_HZ: usize = 48_000;

/// Half a second, so that a bin is 2 Hz.
const LENGTH: usize = RATE_HZ / 2;

/// The highest line farther than 50 Hz from the tone of 1 kHz, relative to it.
fn spurs_dbc(samples: &[f32]) -> f64 {
    let samples: Vec<f64> = samples.iter().map(|sample| f64::from(*sample)).collect();
    let lines = amplitudes(&samples);
    let bin_hz = RATE_HZ as f64 / LENGTH as f64;
    let far = |bin: usize| (bin as f64 * bin_hz - 1000.0).abs() > 50.0;
    let spurs: Vec<f64> =
        lines.iter().enumerate().filter(|(bin, _)| far(*bin)).map(|(_, line)| *line).collect();
    decibels(highest(&spurs) / highest(&lines))
}

/// 12 dB in half a second: before, while and after, at every fader there is.
#[test]
fn a_ride_of_12_db_has_no_spurs() {
    let ride = "{ points = [[0.5, -20], [1, -8]] }";
    let ways = [
        (format!("gain_db = {ride}"), String::new()),
        (format!("trim_db = {ride}"), String::new()),
        (format!("eq = [{{ type = \"bell\", freq_hz = 1000, gain_db = {ride} }}]"), String::new()),
        (
            "bus = \"sub\"".to_owned(),
            format!("[[bus]]\nname = \"sub\"\nlayout = \"stereo\"\ngain_db = {ride}\n"),
        ),
        (
            String::new(),
            format!("[[group]]\nname = \"all\"\nmembers = [\"tone\"]\ngain_db = {ride}\n"),
        ),
        (String::new(), format!("[master]\ngain_db = {ride}\n")),
    ];
    for (settings, desk) in ways {
        let text = format!(
            "duration_s = 1.5\n[[object]]\nname = \"tone\"\n\
             signal = {{ type = \"tone\", freq_hz = 1000, level_db = 0 }}\n\
             position = {{ azimuth_deg = 30 }}\n{settings}\n{desk}"
        );
        let left = on("stereo", &text).remove(0);
        let risen = decibels(crate::heard::peak(&left[60_000..]).into())
            - decibels(crate::heard::peak(&left[..20_000]).into());
        assert!((risen - 12.0).abs() < 0.01, "{settings}{desk}: {risen} dB");
        for begin in [RATE_HZ / 4, RATE_HZ / 2, 3 * RATE_HZ / 4] {
            let spurs = spurs_dbc(&left[begin..begin + LENGTH]);
            assert!(spurs < -80.0, "{settings}{desk} from {begin}: {spurs} dBc");
        }
    }
}
