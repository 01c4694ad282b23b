//! A mix is a sum: nothing in it depends on what else is in it, or on the order of the file.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/heard.rs"]
mod heard;
#[path = "support/wave.rs"]
mod wave;

use std::f64::consts::PI;

use cupola::layout;
use heard::{difference, hear, peak};
use wave::{noise, write_floats};

const FRAMES: usize = 48_000;

/// Samples are sums of a few products in f32: some units in the 24th bit of what is at most 1.
const ROUNDING: f32 = 1e-6;

/// What is heard on 7.1.4 when everything that moves and everything that lies plays `in.wav`.
fn heard_of(samples: Vec<f32>) -> Vec<Vec<f32>> {
    let folder = tempfile::tempdir().unwrap();
    write_floats(&folder.path().join("in.wav"), &[samples]);
    let text = r#"
duration_s = 1.5

[[object]]
name = "far"
file = "in.wav"
air_absorption = true
doppler = true
distance_law = { type = "inverse", reference = 5 }
macro = { type = "line", from = { x = -30, y = 4, z = 1 }, to = { x = 10, y = 4, z = 1 }, duration_s = 1 }

[[object]]
name = "wide"
file = "in.wav"
spread_deg = 60
start_s = 0.1
fade_in_s = 0.1
micro = { type = "drift", azimuth_deg = 2, elevation_deg = 2, rate_hz = 1 }

[[bed]]
name = "floor"
file = "in.wav"
channels = ["LFE"]
layout = "5.1"
gain_db = -3
"#;
    let scene = desk::scene_in(folder, text);
    hear(&scene.scene, &desk::layouts(&["7.1.4"])).remove(0)
}

fn sum(one: &[Vec<f32>], other: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let channels = one.iter().zip(other);
    channels.map(|(a, b)| a.iter().zip(b).map(|(a, b)| a + b).collect()).collect()
}

#[test]
fn the_render_of_a_sum_is_the_sum_of_the_renders() {
    let (a, b) = (noise(1, FRAMES, 0.25), noise(2, FRAMES, 0.25));
    let both: Vec<f32> = a.iter().zip(&b).map(|(a, b)| a + b).collect();
    let together = heard_of(both);
    assert!(together.iter().all(|channel| channel.iter().all(|it| it.abs() < 1.0)));
    let apart = sum(&heard_of(a), &heard_of(b));
    let off = difference(&together, &apart);
    println!("the renders differ by {off:e}");
    assert!(off < ROUNDING && peak(&together[0]) > 0.01, "off by {off:e}");
}

#[test]
fn silence_stays_silence_to_the_bit() {
    let heard = heard_of(vec![0.0; FRAMES]);
    assert!(heard.iter().flatten().all(|sample| sample.to_bits() << 1 == 0));
}

/// The scene with its objects in another order.
fn reordered(text: &str) -> String {
    let mut parts: Vec<&str> = text.split("[[object]]").collect();
    parts[1..].reverse();
    parts.join("[[object]]")
}

#[test]
fn the_order_of_the_objects_changes_rounding_alone() {
    let layouts = desk::layouts(&["7.1.4", "stereo"]);
    let one = hear(&desk::busy_scene().scene, &layouts);
    let other = hear(&desk::scene(&reordered(desk::BUSY)).scene, &layouts);
    for (one, other) in one.iter().zip(&other) {
        let off = difference(one, other);
        println!("the orders differ by {off:e}");
        assert!(off < ROUNDING && one != other, "off by {off:e}");
    }
}

#[test]
fn what_is_muted_changes_nothing() {
    let layouts = desk::layouts(&["7.1.4"]);
    let muted = "\n[[object]]\nname = \"muted\"\nmute = true\ndoppler = true\n\
                 signal = { type = \"white-noise\", level_db = 0 }\n\
                 macro = { type = \"orbit\", turns_per_s = 3 }\n\
                 [[bed]]\nname = \"muted bed\"\nmute = true\nlayout = \"5.1\"\nchannels = [\"C\"]\n\
                 signal = { type = \"white-noise\", level_db = 0 }\n";
    let with = desk::scene(&format!("{}{muted}", desk::BUSY));
    let heard = hear(&with.scene, &layouts);
    assert!(heard == hear(&desk::busy_scene().scene, &layouts));
    let unmuted = desk::scene(&format!("{}{}", desk::BUSY, muted.replace("true", "false")));
    assert!(heard != hear(&unmuted.scene, &layouts), "unmuted, it is heard");
}

#[test]
fn objects_never_reach_low_frequency_effects() {
    let objects = desk::BUSY.split("[[object]]").skip(1);
    let everywhere = "\nname = \"below\"\nsignal = { type = \"white-noise\" }\nspread_deg = 360\n\
                      position = { azimuth_deg = 45, elevation_deg = -30 }\n";
    let text: Vec<&str> = std::iter::once("duration_s = 1\n").chain(objects).collect();
    let scene = desk::scene(&format!("{}\n[[object]]{everywhere}", text.join("[[object]]")));
    let layouts = desk::layouts(layout::names());
    let mut effects = 0;
    for (layout, heard) in layouts.iter().zip(hear(&scene.scene, &layouts)) {
        for (speaker, samples) in layout.loudspeakers.iter().zip(heard) {
            let silent = samples.iter().all(|sample| *sample == 0.0);
            assert!(!speaker.lfe || silent, "{} {}", layout.name, speaker.name);
            effects += usize::from(speaker.lfe);
        }
    }
    assert!(effects > 10, "{effects} channels looked at");
}

/// Through the listener, over the poles, and there and back: no step is larger than what a tone and
/// a gain that changes within 64 frames can make together, and nothing is not a number.
#[test]
fn no_way_through_the_listener_or_a_pole_clicks() {
    let tone_step = 2.0 * PI * 100.0 / 48_000.0;
    let gain_step = 1.0 / 64.0;
    let bound = (tone_step + gain_step) as f32;
    let ways = [
        (
            "through the listener",
            "macro = { type = \"line\", from = { x = -1, y = 0, z = 0 }, to = { x = 1, y = 0, z = 0 }, duration_s = 0.7 }",
        ),
        (
            "down through the listener",
            "macro = { type = \"line\", from = { x = 0, y = 0, z = 1 }, to = { x = 0, y = 0, z = -1 }, duration_s = 0.7 }",
        ),
        (
            "standing at the listener",
            "position = { x = 0, y = 0, z = 0 }\nmicro = { type = \"drift\", azimuth_deg = 5, elevation_deg = 5, rate_hz = 3 }",
        ),
        (
            "over the zenith",
            "macro = { type = \"line\", from = { x = 0, y = 1, z = 1 }, to = { x = 0, y = -1, z = 1 }, duration_s = 0.1 }",
        ),
        (
            "beneath the nadir",
            "macro = { type = \"line\", from = { x = -1, y = 0.001, z = -1 }, to = { x = 1, y = 0.001, z = -1 }, duration_s = 0.1 }",
        ),
        ("over both poles", "macro = { type = \"orbit\", turns_per_s = 3, tilt_deg = 90 }"),
        (
            "trembling at the zenith",
            "position = { azimuth_deg = 77, elevation_deg = 90 }\nmicro = { type = \"drift\", azimuth_deg = 5, elevation_deg = 5, rate_hz = 3 }",
        ),
    ];
    let layouts = desk::layouts(&["7.1.4", "5.1", "stereo", "22.2", "mono"]);
    for (name, way) in ways {
        let text = format!(
            "duration_s = 0.8\n[[object]]\nname = \"it\"\n{way}\n\
             signal = {{ type = \"tone\", freq_hz = 100, level_db = 0 }}\n"
        );
        for (layout, heard) in layouts.iter().zip(hear(&desk::scene(&text).scene, &layouts)) {
            let steps = heard.iter().flat_map(|it| it.windows(2)).map(|it| (it[1] - it[0]).abs());
            let largest = steps.fold(0.0, |largest: f32, step| {
                assert!(step.is_finite(), "{name} on {}", layout.name);
                largest.max(step)
            });
            assert!(largest < bound, "{name} on {}: a step of {largest}", layout.name);
            let loudest = heard.iter().map(|it| peak(it)).fold(0.0, f32::max);
            assert!(loudest > 0.3, "{name} on {}: a peak of {loudest}", layout.name);
        }
    }
}

/// The same with distance in it: level and delay pass their limits without a click.
#[test]
fn no_way_through_the_listener_clicks_in_the_air() {
    let text = "duration_s = 1\n[[object]]\nname = \"it\"\ndoppler = true\nair_absorption = true\n\
                signal = { type = \"tone\", freq_hz = 100, level_db = 0 }\n\
                distance_law = { type = \"inverse\", reference = 1, limit = 1 }\n\
                macro = { type = \"line\", from = { x = -10, y = 0, z = 0 }, to = { x = 10, y = 0, z = 0 }, duration_s = 1 }\n";
    let heard = hear(&desk::scene(text).scene, &desk::layouts(&["7.1.4"])).remove(0);
    let steps = heard.iter().flat_map(|it| it.windows(2)).map(|it| (it[1] - it[0]).abs());
    let largest = steps.fold(0.0, f32::max);
    // The pitch is raised by 6 %, and the level moves by less than a thousandth a frame.
    let bound = 2.0 * PI * 100.0 / 48_000.0 * 1.07 + 1.0 / 64.0 + 1e-3;
    assert!(f64::from(largest) < bound, "a step of {largest}");
    assert!(heard.iter().flatten().all(|sample| sample.is_finite()));
}
