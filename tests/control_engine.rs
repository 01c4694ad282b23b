//! An engine under the hand: what is set is heard where and as loud as it should be, smoothly, and what
//! is let go is as if it had never been touched.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/spectrum.rs"]
mod spectrum;
#[path = "support/under_hand.rs"]
mod under_hand;

use std::sync::Arc;

use cupola::block::QUANTUM;
use cupola::engine::{Controls, Engine, Plan, Work};
use cupola::render::Finish;
use cupola::space::{Position, Vector};
use under_hand::{Fed, Feed, STILL, controlled, hear, layout, plan};

/// Everything there is on a desk, and not a bit of difference, whoever does the work.
#[test]
fn what_is_not_touched_is_the_same_to_the_bit() {
    for scene in [desk::busy_scene(), desk::full_scene()] {
        let targets = [layout("7.1.4"), layout("stereo"), desk::headphones()];
        let plan = cupola::render::desk(&scene.scene, &targets, &Finish::default()).unwrap().plan;
        for work in [Work::Serial, Work::Parallel] {
            let mut plain = Engine::new(&plan, 16, work);
            let controls = Arc::new(Controls::new(&plan));
            let mut under_hand = Engine::controlled(&plan, 16, work, &controls);
            let mut inputs = Fed { first: 0, quanta: Feed::Noise.quanta(400) };
            while inputs.first < 380 {
                let count = 1 + (inputs.first % 16) as usize;
                plain.render(inputs.first, count, &inputs);
                under_hand.render(inputs.first, count, &inputs);
                for (target, quantum) in (0..3).flat_map(|it| (0..count).map(move |q| (it, q))) {
                    let heard = [&plain, &under_hand].map(|it| it.output(target, quantum));
                    assert!(heard[0] == heard[1], "target {target}, {work:?}");
                }
                inputs.first += count as u64;
            }
            assert!(plain.output(0, 0).iter().flatten().any(|it| *it != 0.0));
            assert_eq!(controls.frame(), inputs.first * QUANTUM as u64);
        }
    }
}

/// The largest change of the change from frame to frame: a tone of 440 Hz and amplitude 1 has
/// (2 pi 440 / 48000)^2 = 0.0033 of it, a jump of its level up to 1.
fn roughness(samples: &[f32]) -> f32 {
    samples.windows(3).fold(0.0, |worst, it| worst.max((it[2] - 2.0 * it[1] + it[0]).abs()))
}

#[test]
fn a_jump_of_level_does_not_click_and_arrives() {
    let plan = plan(STILL, &[layout("stereo")]);
    let (mut engine, controls) = controlled(&plan);
    let hand = |quantum| match quantum {
        50 => assert!(controls.set_level(0, Some(0.1))),
        100 => assert!(controls.set_muted(0, true)),
        150 => assert!(controls.set_muted(0, false)),
        200 => assert!(controls.set_level(0, None)),
        _ => {}
    };
    let right = hear(&mut engine, Feed::Tone { hz: 440.0 }, 260, 0, hand).remove(1);
    // A slope of 0.9 in 20 ms changes by 0.001 a frame on top.
    assert!(roughness(&right) < 0.0033 * 1.5, "{}", roughness(&right));
    let peak = |quanta: std::ops::Range<usize>| {
        right[quanta.start * QUANTUM..quanta.end * QUANTUM].iter().fold(0.0_f32, |a, b| a.max(*b))
    };
    // 20 ms are 15 quanta; a tone of 440 Hz sampled at 48 kHz misses its peak by up to 0.0004.
    for (quanta, level) in
        [(20..50, 1.0), (66..100, 0.1), (116..150, 0.0), (166..200, 0.1), (216..260, 1.0)]
    {
        let found = peak(quanta.clone());
        assert!((found - level).abs() < 0.0005, "{quanta:?}: {found} for {level}");
    }
    let mut plain = Engine::new(&plan, 16, Work::Serial);
    let untouched = hear(&mut plain, Feed::Tone { hz: 440.0 }, 260, 0, |_| {}).remove(1);
    assert!(untouched[216 * QUANTUM..] == right[216 * QUANTUM..], "let go to the bit");
}

/// What a jump sounds like in the spectrum: nothing but the tone and what is close to it.
#[test]
fn a_jump_across_the_room_stays_in_the_tone() {
    let plan = plan(STILL, &[layout("7.1.4")]);
    let (mut engine, controls) = controlled(&plan);
    let hand = |quantum| {
        if quantum == 64 {
            assert!(controls.set_position(0, Some(Position::polar(110.0, 35.0, 1.0))));
        }
    };
    // 64 periods in the window of 8192 frames.
    let channels = hear(&mut engine, Feed::Tone { hz: 375.0 }, 128, 0, hand);
    for channel in channels.iter().filter(|it| it.iter().any(|sample| *sample != 0.0)) {
        let samples: Vec<f64> = channel.iter().map(|it| f64::from(*it)).collect();
        let lines = spectrum::amplitudes(&samples);
        // From 4 kHz on; a jump would leave -45 dB there, falling with the frequency.
        let bin = 4000 * 8192 / 48_000;
        let click_db = spectrum::decibels(spectrum::highest(&lines[bin..]));
        assert!(click_db < -90.0, "{click_db} dB");
    }
}

/// The gain of every channel at the end of a noise: what comes over what went in.
fn gains(channels: &[Vec<f32>], quantum: usize) -> Vec<f32> {
    let put_in = Feed::Noise.quanta(quantum + 1)[quantum];
    let loudest = (0..QUANTUM).max_by(|a, b| put_in[*a].total_cmp(&put_in[*b])).unwrap();
    channels.iter().map(|it| it[quantum * QUANTUM + loudest] / put_in[loudest]).collect()
}

fn still_at(position: &str, more: &str) -> Plan {
    let text = STILL.replace("position = { azimuth_deg = -30 }", &format!("{position}\n{more}"));
    plan(&text, &[layout("7.1.4")])
}

#[test]
fn an_object_is_heard_where_it_is_put_and_goes_back() {
    let orbit = "macro = { type = \"orbit\", turns_per_s = 0.5 }\n\
                 micro = { type = \"drift\", azimuth_deg = 2, elevation_deg = 3, rate_hz = 1 }";
    for more in ["", orbit, "spread_deg = 40", "distance_law = { type = \"inverse\" }"] {
        let moving = still_at("position = { azimuth_deg = -30 }", more);
        let (mut engine, controls) = controlled(&moving);
        let hand = |quantum| match quantum {
            41 => assert!(controls.set_position(0, Some(Position::polar(100.0, 20.0, 2.0)))),
            91 => assert!(controls.set_position(0, None)),
            _ => {}
        };
        let heard = hear(&mut engine, Feed::Noise, 140, 0, hand);
        let more_there =
            more.split('\n').next().unwrap().replace(orbit.split('\n').next().unwrap(), "");
        let there = still_at(
            "position = { azimuth_deg = 100, elevation_deg = 20, distance = 2 }",
            &more_there,
        );
        let there = hear(&mut Engine::new(&there, 16, Work::Serial), Feed::Noise, 80, 0, |_| {});
        for (found, expected) in gains(&heard, 79).iter().zip(gains(&there, 79)) {
            // Both are rounded to f32 on the way.
            assert!((found - expected).abs() < 1e-6, "{more}: {found} for {expected}");
        }
        let untouched =
            hear(&mut Engine::new(&moving, 16, Work::Serial), Feed::Noise, 140, 0, |_| {});
        for (channel, (heard, untouched)) in heard.iter().zip(&untouched).enumerate() {
            // Taken and given back at control steps of four quanta, after a glide of 15.
            assert!(
                heard[..44 * QUANTUM] == untouched[..44 * QUANTUM],
                "{more}: before, {channel}"
            );
            assert!(
                heard[112 * QUANTUM..] == untouched[112 * QUANTUM..],
                "{more}: after, {channel}"
            );
        }
    }
}

/// Gains go on where they were, to the rounding, when an object that moves is taken and given back.
#[test]
fn taking_and_giving_back_does_not_click() {
    let text = STILL.replace("position", "macro = { type = \"orbit\", turns_per_s = 2 }\nposition");
    let plan = plan(&text, &[layout("7.1.4")]);
    let (mut engine, controls) = controlled(&plan);
    let hand = |quantum: usize| match quantum % 60 {
        20 => assert!(controls.set_position(0, Some(Position::polar(quantum as f64, 10.0, 1.0)))),
        50 => assert!(controls.set_position(0, None)),
        _ => {}
    };
    // As good as direct current: gains themselves.
    let heard = hear(&mut engine, Feed::Tone { hz: 5.0 }, 240, 0, hand);
    for channel in heard {
        let steepest =
            channel.windows(2).fold(0.0, |worst: f32, it| worst.max((it[1] - it[0]).abs()));
        // Half a turn in 20 ms takes gains from 0 to 1 within a fifth of it: 0.005 a frame.
        assert!(steepest < 0.01, "{steepest}");
    }
}

const BAND: &str = r#"
duration_s = 2
[[object]]
name = "one"
signal = { type = "clicks" }
bus = "both"
[[object]]
name = "two"
signal = { type = "clicks" }
bus = "both"
sends = [{ to = "hall", pre_fader = true }]
[[object]]
name = "three"
signal = { type = "clicks" }
sends = [{ to = "hall" }]
[[bus]]
name = "both"
layout = "stereo"
[[return]]
name = "hall"
echo = { time_ms = 10, feedback = 0 }
"#;

#[test]
fn mutes_and_solos_are_those_of_a_scene() {
    let muted = |names: &[&str], how: &str| {
        let mut text = BAND.to_string();
        for name in names {
            text = text.replace(
                &format!("name = \"{name}\""),
                &format!("name = \"{name}\"\n{how} = true"),
            );
        }
        let plan = plan(&text, &[layout("stereo")]);
        hear(&mut Engine::new(&plan, 16, Work::Serial), Feed::Noise, 80, 0, |_| {})
    };
    let by_hand = |names: &[&str], how: fn(&Controls, usize, bool) -> bool| {
        let plan = plan(BAND, &[layout("stereo")]);
        let (mut engine, controls) = controlled(&plan);
        hear(&mut engine, Feed::Noise, 80, 0, |quantum| {
            if quantum == 0 {
                assert!(names.iter().all(|name| how(
                    &controls,
                    controls.find(name).unwrap(),
                    true
                )));
            }
        })
    };
    let cases: [&[&str]; 6] =
        [&["one"], &["both"], &["hall"], &["one", "three"], &["two"], &["three"]];
    for names in cases {
        for (how, hand) in [
            ("mute", Controls::set_muted as fn(&Controls, usize, bool) -> bool),
            ("solo", Controls::set_soloed),
        ] {
            if names.contains(&"hall") && how == "solo" {
                continue; // A return is never soloed in a scene.
            }
            let (scene, hand) = (muted(names, how), by_hand(names, hand));
            for (scene, hand) in scene.iter().zip(&hand) {
                let pairs = scene[40 * QUANTUM..].iter().zip(&hand[40 * QUANTUM..]);
                // Sums of numbers up to 4, some of them with zeros more.
                let worst = pairs.fold(0.0, |worst: f32, (a, b)| worst.max((a - b).abs()));
                assert!(worst < 1e-6, "{how} {names:?}: {worst}");
            }
        }
    }
}

#[test]
fn what_is_no_number_is_refused_and_what_is_too_much_is_brought_into_range() {
    let plan = plan(STILL, &[layout("stereo")]);
    let controls = Controls::new(&plan);
    assert!(controls.set_level(0, Some(0.5)));
    for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(!controls.set_level(0, Some(wrong)));
        assert!(!controls.set_position(0, Some(Position::polar(0.0, 0.0, wrong))));
        let nowhere = Position { direction: Vector::new(0.0, wrong, 0.0), distance: 1.0 };
        assert!(!controls.set_position(0, Some(nowhere)));
        assert!(!controls.set_width_deg(0, Some(wrong)));
    }
    assert_eq!(controls.level(0), Some(0.5));
    assert_eq!(controls.position(0), Some(Position::polar(-30.0, 0.0, 1.0)));
    assert!(controls.set_level(0, Some(1e9)) && controls.set_level(0, Some(-3.0)));
    assert_eq!(controls.level(0), Some(0.0));
    assert!(!controls.set_level(1, Some(1.0)) && !controls.set_muted(1, true));
    let next = Controls::new(&plan);
    controls.set_soloed(0, true);
    next.take_over(&controls);
    assert_eq!((next.level(0), next.is_soloed(0)), (Some(0.0), Some(true)));
}
