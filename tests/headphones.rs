//! A scene on headphones: where things are heard, how loud, and when.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/heard.rs"]
mod heard;
#[path = "support/wave.rs"]
mod wave;

use cupola::layout;
use cupola::loudness::Meter;
use cupola::render::{Headphones, Target};
use heard::{difference, hear_in_batches, hear_targets, peak};

const RATE_HZ: u32 = 48_000;

/// Sums of products in f32, in the domain of a transform of 128: some units in the 22nd bit.
const ROUNDING: f32 = 1e-6;

fn direct() -> Target {
    Target::headphones(Headphones { direct_lanes: Some(64), ..Headphones::default() }).unwrap()
}

fn speakers(layout: &str) -> Target {
    let speakers = Some(layout::load(layout).unwrap());
    Target::headphones(Headphones { speakers, ..Headphones::default() }).unwrap()
}

fn stereo() -> Target {
    layout::load("stereo").unwrap().into()
}

/// What both ears hear of a scene.
fn ears(text: &str) -> Vec<Vec<f32>> {
    hear_targets(&desk::scene(text).scene, &[direct()]).remove(0)
}

/// Noise at a place, with more keys.
fn noise_at(place: &str, more: &str) -> String {
    format!(
        "duration_s = 0.5\n{more}\n[[object]]\nname = \"it\"\n\
         signal = {{ type = \"pink-noise\", level_db = -20, seed = 1 }}\n{place}\n"
    )
}

fn at(azimuth_deg: f64, elevation_deg: f64) -> String {
    format!("position = {{ azimuth_deg = {azimuth_deg}, elevation_deg = {elevation_deg} }}")
}

fn level(samples: &[f32]) -> f64 {
    samples.iter().map(|it| f64::from(*it).powi(2)).sum::<f64>().sqrt()
}

/// By how much two renders differ, in decibels below the louder ear.
fn apart_db(one: &[Vec<f32>], other: &[Vec<f32>]) -> f64 {
    let differences = one
        .iter()
        .zip(other)
        .map(|(a, b)| -> Vec<f32> { a.iter().zip(b).map(|(a, b)| a - b).collect() });
    let loudest = one.iter().map(|it| level(it)).fold(0.0, f64::max);
    20.0 * (differences.map(|it| level(&it)).fold(0.0, f64::max) / loudest).log10()
}

#[test]
fn left_is_left_and_mirrored_to_the_bit() {
    for (azimuth_deg, elevation_deg) in [(30.0, 0.0), (90.0, 0.0), (135.0, 40.0), (61.3, -20.0)] {
        let left = ears(&noise_at(&at(azimuth_deg, elevation_deg), ""));
        let right = ears(&noise_at(&at(-azimuth_deg, elevation_deg), ""));
        assert!(level(&left[0]) > 1.2 * level(&left[1]), "{azimuth_deg} is on the left");
        assert!(left[0] == right[1] && left[1] == right[0], "{azimuth_deg}, {elevation_deg}");
    }
    let front = ears(&noise_at(&at(0.0, 0.0), ""));
    assert!(front[0] == front[1]);
}

/// What moves is turned from moment to moment: the directions differ by rounding only.
#[test]
fn a_head_that_turns_is_a_scene_that_turns_back() {
    let turned = |head: &str, place: &str| ears(&noise_at(place, &format!("[head]\n{head}\n")));
    let still = |place: &str| ears(&noise_at(place, ""));
    let yaw = apart_db(&still(&at(-30.0, 10.0)), &turned("yaw_deg = 40", &at(10.0, 10.0)));
    let pitch = apart_db(&still(&at(0.0, -25.0)), &turned("pitch_deg = 35", &at(0.0, 10.0)));
    let roll = apart_db(&still(&at(-90.0, 30.0)), &turned("roll_deg = 30", &at(-90.0, 0.0)));
    let orbit = |azimuth_deg: f64| {
        let position = at(azimuth_deg, 0.0);
        format!("{position}\nmacro = {{ type = \"orbit\", turns_per_s = 0.7 }}")
    };
    let moving = apart_db(&still(&orbit(-100.0)), &turned("yaw_deg = 100", &orbit(0.0)));
    println!("yaw {yaw:.0}, pitch {pitch:.0}, roll {roll:.0}, moving {moving:.0} dB");
    for off_db in [yaw, pitch, roll, moving] {
        assert!(off_db < -80.0, "{off_db} dB");
    }
}

/// The same by a head that keeps turning: yaw at constant speed and an orbit the other way.
#[test]
fn an_orbit_against_a_turning_head_stands_still() {
    let head = "[head]\nyaw_deg = { points = [[0, 0], [0.5, 90]] }\n";
    let orbit = format!("{}\nmacro = {{ type = \"orbit\", turns_per_s = 0.5 }}", at(20.0, 0.0));
    let following = ears(&noise_at(&orbit, head));
    let off_db = apart_db(&ears(&noise_at(&at(20.0, 0.0), "")), &following);
    println!("{off_db:.0} dB");
    // The filters of what moves are made anew and crossfaded; the delay is read by 16 taps.
    assert!(off_db < -55.0, "{off_db} dB");
}

/// What is known of a control step is known of the way the head looked then: one that turns within
/// it, and stops, is heard the same however the step is cut.
#[test]
fn a_head_that_stops_in_the_middle_of_a_step_is_heard_the_same_in_any_batch() {
    let orbit = |number: usize| {
        format!(
            "[[object]]\nname = \"{number}\"\n\
             signal = {{ type = \"pink-noise\", level_db = -20, seed = {number} }}\n{}\n\
             macro = {{ type = \"orbit\", turns_per_s = 0.{number} }}\n",
            at(50.0 * number as f64, 10.0)
        )
    };
    let head = "[head]\nyaw_deg = { points = [[0.1, 0], [0.1027, 3], [0.2, 3], [0.2014, 0]] }\n";
    let scene = desk::scene(&format!("duration_s = 0.3\n{head}{}{}", orbit(1), orbit(2)));
    for direct_lanes in [0, 2] {
        let target = Target::headphones(Headphones {
            direct_lanes: Some(direct_lanes),
            ..Headphones::default()
        });
        let target = [target.unwrap()];
        let whole = hear_in_batches(&scene.scene, &target, 64);
        for batch in [1, 3] {
            assert!(hear_in_batches(&scene.scene, &target, batch) == whole, "{batch} at a time");
        }
        // And as if it had never looked elsewhere, from the next step on.
        let never = desk::scene(&format!("duration_s = 0.3\n{}{}", orbit(1), orbit(2)));
        let never = hear_in_batches(&never.scene, &target, 64);
        let later = |heard: &[Vec<Vec<f32>>]| -> Vec<Vec<f32>> {
            heard[0].iter().map(|ear| ear[10_800..].to_vec()).collect()
        };
        assert!(difference(&later(&whole), &later(&never)) < ROUNDING);
    }
}

/// What turns little in a control step is heard at its ends, and in between by what lies between: next
/// to a head that turns by nothing, but turns, with which every quantum is looked at for itself. Half a
/// turn a second is 0.96 degrees a step, as far as filters of its own go straight; a pendulum goes
/// straight where it turns back, and is looked at in every quantum where it is fast.
#[test]
fn what_goes_straight_is_heard_as_if_it_was_always_looked_at() {
    let orbit = "type = \"orbit\", turns_per_s = 0.5";
    let pendulum = "type = \"pendulum\", swing_deg = 80, cycles_per_s = 2.5";
    let turning = "[head]\nyaw_deg = { points = [[0, 0], [0.5, 1e-7]] }\n";
    // What was measured, to within 2 dB: mostly the squares of what the delays move by in a step.
    let cases = [(orbit, 1, -68.0), (orbit, 0, -71.0), (pendulum, 1, -59.0), (pendulum, 0, -56.0)];
    for (motion, direct_lanes, bound_db) in cases {
        let target = [Target::headphones(Headphones {
            direct_lanes: Some(direct_lanes),
            ..Headphones::default()
        })
        .unwrap()];
        let hear = |head: &str| {
            let place = format!(
                "{}\ngain_db = {{ points = [[0, -6], [0.5, 0]] }}\nmacro = {{ {motion} }}",
                at(20.0, 15.0)
            );
            hear_targets(&desk::scene(&noise_at(&place, head)).scene, &target).remove(0)
        };
        let off_db = apart_db(&hear(turning), &hear(""));
        println!("{motion}, {direct_lanes} direct: {off_db:.1} dB");
        assert!(off_db < bound_db, "{motion}, {direct_lanes} direct: {off_db} dB");
    }
}

/// What a lane adds is rounded before it is summed with others: fused with the sum it would leave a rest.
#[test]
fn a_turned_polarity_cancels_to_silence() {
    let object = |name: &str, motion: &str, more: &str| {
        format!(
            "[[object]]\nname = \"{name}\"\n\
             signal = {{ type = \"pink-noise\", level_db = -20, seed = 1 }}\n{}\n\
             {motion}\n{more}\n",
            at(20.0, 15.0)
        )
    };
    let orbit = "macro = { type = \"orbit\", turns_per_s = 0.3 }";
    for (direct_lanes, motion) in [(0, orbit), (2, orbit), (0, "")] {
        let headphones = Headphones { direct_lanes: Some(direct_lanes), ..Headphones::default() };
        let target = [Target::headphones(headphones).unwrap()];
        let hear = |objects: &str| {
            let scene = desk::scene(&format!("duration_s = 0.3\n{objects}"));
            hear_targets(&scene.scene, &target).remove(0)
        };
        let one = object("one", motion, "");
        let other = object("other", motion, "invert_polarity = true");
        let both = hear(&(one.clone() + &other));
        assert!(both.iter().all(|ear| peak(ear) == 0.0), "{direct_lanes} direct, {motion}");
        assert!(peak(&hear(&one)[0]) > 0.01);
    }
}

#[test]
fn noise_from_the_front_is_as_loud_as_in_stereo() {
    let text = noise_at(&at(0.0, 0.0), "").replace("duration_s = 0.5", "duration_s = 12");
    let scene = desk::scene(&text);
    let lufs = |channels: &[Vec<f32>]| {
        let mut meter = Meter::new(&[1.0, 1.0], RATE_HZ);
        meter.push(&[&channels[0], &channels[1]]);
        meter.integrated_lufs().unwrap()
    };
    let heard = hear_targets(&scene.scene, &[direct(), stereo()]);
    let off_lu = lufs(&heard[0]) - lufs(&heard[1]);
    println!("{off_lu:.3} LU");
    assert!(off_lu.abs() < 0.1, "{off_lu} LU");
}

#[test]
fn low_frequency_channels_pass_no_head() {
    let text = r#"
duration_s = 0.5
[[bed]]
name = "boom"
layout = "5.1"
channels = ["LFE"]
signal = { type = "clicks", rate_hz = 4, level_db = -6 }
"#;
    let targets = [direct(), layout::load("5.1").unwrap().into()];
    let heard = hear_targets(&desk::scene(text).scene, &targets);
    let (ears, loudspeakers) = (&heard[0], &heard[1]);
    assert!(ears[0] == ears[1]);
    // Rounding of the transform leaves some billionths.
    let clicks = |samples: &[f32]| -> Vec<f32> {
        samples.iter().copied().filter(|it| it.abs() > 1e-6).collect()
    };
    let (heard, played) = (clicks(&ears[0]), clicks(&loudspeakers[3]));
    assert_eq!((heard.len(), played.len()), (2, 2));
    for (heard, played) in heard.iter().zip(&played) {
        let share = heard / played;
        assert!((share - std::f32::consts::FRAC_1_SQRT_2).abs() < 1e-5, "{share}");
    }
}

/// What passes no head is the stereo render, in time with what does.
#[test]
fn off_is_the_stereo_render() {
    let text = noise_at(&at(25.0, 0.0), "").replace("\nname", "\nbinaural = \"off\"\nname");
    let heard = hear_targets(&desk::scene(&text).scene, &[direct(), stereo()]);
    assert!(heard[0] == heard[1] && peak(&heard[0][0]) > 0.01);
}

#[test]
fn a_loudspeaker_that_is_not_there_is_a_direction() {
    let scene = desk::scene(&noise_at(&at(30.0, 0.0), ""));
    let heard = hear_targets(&scene.scene, &[direct(), speakers("7.1.4")]);
    let off = difference(&heard[0], &heard[1]);
    assert!(off < ROUNDING && peak(&heard[0][0]) > 0.01, "off by {off:e}");
}

#[test]
fn the_sum_is_the_sum_of_its_parts() {
    let orbit = format!("{}\nmacro = {{ type = \"orbit\", turns_per_s = 0.7 }}", at(20.0, 30.0));
    let with = |seeds: &[u32]| {
        let object = |seed: &u32| {
            noise_at(&orbit, "")
                .replace("seed = 1", &format!("seed = {seed}"))
                .replace("\"it\"", &format!("\"{seed}\""))
                .replace("duration_s = 0.5\n", "")
                .replace("name =", "binaural = \"mid\"\nname =")
        };
        ears(&format!("duration_s = 0.5\n{}", seeds.iter().map(object).collect::<String>()))
    };
    let (a, b, both) = (with(&[1]), with(&[2]), with(&[1, 2]));
    for ear in 0..2 {
        let sum: Vec<f32> = a[ear].iter().zip(&b[ear]).map(|(a, b)| a + b).collect();
        let off = difference(&[sum], &[both[ear].clone()]);
        assert!(off < ROUNDING, "off by {off:e}");
    }
}

/// Through the head and straight over it: nothing jumps, nothing is lost.
#[test]
fn nothing_breaks_on_the_way_through_the_head() {
    for way in [
        "from = { x = -2, y = 0, z = 0 }, to = { x = 2, y = 0, z = 0 }",
        "from = { x = 0, y = 2, z = 0 }, to = { x = 0, y = -2, z = 0 }",
        "from = { x = 0.001, y = 3, z = 2 }, to = { x = 0.001, y = -3, z = 2 }",
    ] {
        let text = format!(
            "duration_s = 2\n[[object]]\nname = \"it\"\n\
             signal = {{ type = \"tone\", freq_hz = 200, level_db = -20 }}\n\
             macro = {{ type = \"line\", {way}, duration_s = 2 }}\n"
        );
        for ear in ears(&text) {
            assert!(ear.iter().all(|it| it.is_finite()));
            let steps = ear.windows(2).map(|pair| (pair[1] - pair[0]).abs());
            // Twenty times nearer than a metre at most: what a tone of 200 Hz at -20 dB steps by then.
            let steepest = steps.fold(0.0, f32::max);
            assert!(steepest < 0.1 * 20.0 * 0.0262, "{way}: a step of {steepest}");
            assert!(peak(&ear) > 0.02);
        }
    }
}

#[test]
fn rooms_add_what_comes_later() {
    let click = |mode: &str| {
        let text = format!(
            "duration_s = 1\n[[object]]\nname = \"it\"\nbinaural = \"{mode}\"\n\
             signal = {{ type = \"clicks\", rate_hz = 0.5 }}\n{}\n",
            at(40.0, 0.0)
        );
        ears(&text)
    };
    let (near, mid, far) = (click("near"), click("mid"), click("far"));
    let later = |heard: &[Vec<f32>], from: usize| level(&heard[0][from..]);
    let whole = level(&near[0]);
    assert!(later(&near, 600) < 1e-6 * whole, "what is near is dry");
    for (room, share) in [("mid", later(&mid, 600) / whole), ("far", later(&far, 600) / whole)] {
        println!("{room}: {share:.2} of the direct sound comes later");
        assert!((0.1..1.0).contains(&share), "{room}: {share}");
    }
    // Behind the last of the first reflections, by how much the tail falls in 0.2 s: 60 dB in 0.35 s
    // and in 0.9 s, a little more where treble dies sooner, and what chance leaves of windows of 0.1 s.
    let fall_db = |heard: &[Vec<f32>]| {
        20.0 * (level(&heard[0][7200..12_000]) / level(&heard[0][16_800..21_600])).log10()
    };
    let (mid_db, far_db) = (fall_db(&mid), fall_db(&far));
    println!("the tails fall by {mid_db:.1} and {far_db:.1} dB in 0.2 s");
    assert!((31.0..42.0).contains(&mid_db), "{mid_db} dB");
    assert!((12.0..18.0).contains(&far_db), "{far_db} dB");
    // The direct sound is that of the dry one until the first wall answers.
    let first = |heard: &[Vec<f32>]| heard.iter().map(|ear| ear[..60].to_vec()).collect::<Vec<_>>();
    assert!(difference(&first(&near), &first(&far)) < ROUNDING);
}
