//! A tone that circles the listener, against gains solved anew for every sample.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/heard.rs"]
mod heard;
#[path = "support/spectrum.rs"]
mod spectrum;

use std::f64::consts::PI;

use cupola::pan::{GainRow, Panner};
use desk::TestScene;
use heard::hear;
use spectrum::{amplitudes, decibels, highest};

const RATE_HZ: f64 = 48_000.0;

/// 5.5 s: two turns a second put lines 2 Hz apart, bins are 0.18 Hz and a line 8 of them wide.
const FRAMES: usize = 1 << 18;

const CIRCLING: &str = r#"
duration_s = 5.5

[[object]]
name = "tone"
signal = { type = "tone", freq_hz = 1000, level_db = 0 }
macro = { type = "orbit", turns_per_s = 2 }
"#;

/// The tone under the gains of every single sample: exact up to f64.
fn exact(circling: &TestScene, panner: &Panner) -> Vec<Vec<f64>> {
    let trajectory = circling.scene.trajectory(&circling.scene.spec.objects[0]).unwrap();
    let mut channels = vec![Vec::with_capacity(FRAMES); panner.channels()];
    let mut row = GainRow::new();
    for frame in 0..FRAMES {
        let time_s = frame as f64 / RATE_HZ;
        panner.solve(&trajectory.position(time_s).direction, &mut row);
        let sample = (2.0 * PI * 1000.0 * time_s).sin();
        channels.iter_mut().for_each(|samples| samples.push(0.0));
        row.iter().for_each(|(channel, gain)| channels[channel][frame] = gain * sample);
    }
    channels
}

/// The highest line of the difference in any channel, in decibels above the highest line that the
/// channel has anyway.
fn worst_line_dbc(rendered: &[Vec<f32>], exact: &[Vec<f64>]) -> f64 {
    let mut worst = f64::NEG_INFINITY;
    for (rendered, exact) in rendered.iter().zip(exact) {
        let carrier = highest(&amplitudes(exact));
        let pairs = rendered.iter().zip(exact);
        let difference: Vec<f64> = pairs.map(|(a, b)| f64::from(*a) - b).collect();
        let line = highest(&amplitudes(&difference));
        if carrier == 0.0 {
            assert_eq!(line, 0.0, "a channel that should be silent is not");
            continue;
        }
        worst = worst.max(decibels(line / carrier));
    }
    worst
}

/// The least power of all channels together, in decibels of that of the tone itself; judged where
/// the tone is above half its peak, so that the rounding of the quotient is no matter.
fn deepest_dip_db(rendered: &[Vec<f32>]) -> f64 {
    let mut least = f64::INFINITY;
    for frame in 0..FRAMES {
        let sample = (2.0 * PI * 1000.0 * frame as f64 / RATE_HZ).sin();
        if sample.abs() > 0.5 {
            let power: f64 = rendered.iter().map(|it| f64::from(it[frame]).powi(2)).sum();
            least = least.min(power / (sample * sample));
        }
    }
    decibels(least.sqrt())
}

#[test]
fn ramps_are_as_good_as_a_gain_for_every_sample() {
    let layouts = desk::layouts(&["7.1.4", "4+9+0"]);
    // Slower orbits too: what is just below the limit of a divided control step is no better.
    for turns_per_s in ["2", "1.25", "0.75"] {
        let speed = format!("turns_per_s = {turns_per_s}");
        let circling = desk::scene(&CIRCLING.replace("turns_per_s = 2", &speed));
        let heard = hear(&circling.scene, &layouts);
        for (layout, mut rendered) in layouts.iter().zip(heard) {
            rendered.iter_mut().for_each(|channel| channel.truncate(FRAMES));
            let exact = exact(&circling, &Panner::new(layout).unwrap());
            let (line, dip) = (worst_line_dbc(&rendered, &exact), deepest_dip_db(&rendered));
            let what =
                format!("{}, {speed}: highest line {line:.1} dBc, dip {dip:.4} dB", layout.name);
            println!("{what}");
            assert!(line < -55.0 && dip > -0.1, "{what}");
        }
    }
}
