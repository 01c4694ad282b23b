//! Headphones under the hand: heads and objects that stand still go where they are put, and back.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/under_hand.rs"]
mod under_hand;

use std::sync::Arc;

use cupola::binaural::Head;
use cupola::block::QUANTUM;
use cupola::engine::{Controls, Engine, Work};
use cupola::render::{Headphones, Target};
use cupola::space::Position;
use under_hand::{Feed, STILL, controlled, hear, plan};

#[test]
fn the_head_is_turned_by_hand() {
    let ears = Target::headphones(Default::default()).unwrap();
    let turned = plan(&format!("{}\n[head]\nyaw_deg = 40\n", STILL), &[ears]);
    let ears = Target::headphones(Default::default()).unwrap();
    let still = plan(STILL, &[ears]);
    let (mut engine, controls) = controlled(&still);
    let hand = |quantum| match quantum {
        80 => assert!(controls.set_head(Some(Head::from_degrees(40.0, 0.0, 0.0)))),
        300 => assert!(controls.set_head(None)),
        _ => {}
    };
    let heard = hear(&mut engine, Feed::Noise, 500, 0, hand);
    let turned = hear(&mut Engine::new(&turned, 16, Work::Serial), Feed::Noise, 500, 0, |_| {});
    let plain = hear(&mut Engine::new(&still, 16, Work::Serial), Feed::Noise, 500, 0, |_| {});
    let apart_db = |a: &[f32], b: &[f32]| {
        let energy =
            |it: &mut dyn Iterator<Item = f32>| it.map(|it| f64::from(it).powi(2)).sum::<f64>();
        let difference = energy(&mut a.iter().zip(b).map(|(a, b)| a - b));
        10.0 * (difference / energy(&mut b.iter().copied())).log10()
    };
    for ear in 0..2 {
        assert!(heard[ear][..80 * QUANTUM] == plain[ear][..80 * QUANTUM]);
        let off_db = apart_db(
            &heard[ear][200 * QUANTUM..300 * QUANTUM],
            &turned[ear][200 * QUANTUM..300 * QUANTUM],
        );
        // By filters that are made on the way, with delays read by 16 taps, against one made at once.
        assert!(off_db < -50.0, "ear {ear}: {off_db} dB");
        let far_db = apart_db(
            &heard[ear][200 * QUANTUM..300 * QUANTUM],
            &plain[ear][200 * QUANTUM..300 * QUANTUM],
        );
        assert!(far_db > -10.0, "ear {ear}: {far_db} dB");
        assert!(heard[ear][400 * QUANTUM..] == plain[ear][400 * QUANTUM..], "ear {ear}: let go");
    }
}

#[test]
fn an_object_on_headphones_goes_where_it_is_put() {
    let ears = || [Target::headphones(Default::default()).unwrap()];
    let at = |position: &str| {
        plan(&STILL.replace("position = { azimuth_deg = -30 }", position), &ears())
    };
    let still = at("position = { azimuth_deg = -30 }");
    let (mut engine, controls) = controlled(&still);
    let heard = hear(&mut engine, Feed::Noise, 300, 0, |quantum| {
        if quantum == 80 {
            assert!(controls.set_position(0, Some(Position::polar(70.0, 0.0, 1.0))));
        }
    });
    let there = at("position = { azimuth_deg = 70 }");
    let there = hear(&mut Engine::new(&there, 16, Work::Serial), Feed::Noise, 300, 0, |_| {});
    let level = |samples: &[f32]| samples.iter().map(|it| f64::from(*it).powi(2)).sum::<f64>();
    for (heard, there) in heard.iter().zip(&there) {
        let (heard, there) = (&heard[200 * QUANTUM..], &there[200 * QUANTUM..]);
        let off: Vec<f32> = heard.iter().zip(there).map(|(a, b)| a - b).collect();
        let off_db = 10.0 * (level(&off) / level(there)).log10();
        assert!(off_db < -50.0, "{off_db} dB");
    }
}

/// With two ways for each object at once, the second by filters of its own or over the sphere.
#[test]
fn many_threads_hear_a_led_head_as_one_does() {
    let other = STILL.replace("duration_s = 2\n", "").replace("\"it\"", "\"other\"");
    let third = other.replace("\"other\"", "\"third\"").replace("-30", "110");
    let scene = format!("{STILL}{}{third}", other.replace("-30", "45"));
    let headphones = Headphones { direct_lanes: Some(2), ..Headphones::default() };
    let plan = plan(&scene, &[Target::headphones(headphones).unwrap()]);
    let [one, many] = [Work::Serial, Work::Parallel].map(|work| {
        let controls = Arc::new(Controls::new(&plan));
        let mut engine = Engine::controlled(&plan, 16, work, &controls);
        hear(&mut engine, Feed::Noise, 150, 0, |quantum| match quantum {
            20 => assert!(controls.set_head(Some(Head::from_degrees(40.0, 0.0, 0.0)))),
            90 => assert!(controls.set_head(None)),
            _ => {}
        })
    });
    assert!(one == many, "to the bit");
    assert!(one.iter().flatten().any(|sample| *sample != 0.0));
}
