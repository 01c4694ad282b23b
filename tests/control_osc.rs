//! What messages do: every address, patterns, bundles, questions.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/osc.rs"]
mod osc;

use cupola::control::osc::Argument;
use cupola::control::{Announcer, Command, Tally, Tracker};
use cupola::space::{Position, angle_deg, unit_vector};
use osc::{Hand, bundle, message};

const TAKEN: Tally = Tally { taken: 1, refused: 0, unknown: 0 };
const REFUSED: Tally = Tally { taken: 0, refused: 1, unknown: 0 };
const UNKNOWN: Tally = Tally { taken: 0, refused: 0, unknown: 1 };

/// Numbers go over the wire as f32, angles and back.
fn close(found: &[f64], expected: &[f64]) -> bool {
    found.len() == expected.len()
        && found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-4)
}

#[test]
fn every_address_of_an_object_is_set_and_answered() {
    for (what, said, then) in [
        ("azim", vec![-45.0], vec![-45.0]),
        ("elev", vec![20.0], vec![20.0]),
        ("dist", vec![0.5], vec![0.5]),
        ("aed", vec![100.0, -10.0, 0.25], vec![100.0, -10.0, 0.25]),
        ("x", vec![-0.5], vec![-0.5]),
        ("y", vec![0.25], vec![0.25]),
        ("z", vec![0.75], vec![0.75]),
        ("xy", vec![0.5, -0.5], vec![0.5, -0.5]),
        ("xyz", vec![0.5, -0.5, 0.25], vec![0.5, -0.5, 0.25]),
        ("w", vec![0.25], vec![0.25]),
        ("gain", vec![0.5], vec![0.5]),
        ("mute", vec![1.0], vec![1.0]),
        ("dmax", vec![21.5], vec![21.5]),
        // Out of range is brought into it.
        ("azim", vec![200.0], vec![180.0]),
        ("elev", vec![-91.0], vec![-90.0]),
        ("dist", vec![7.0], vec![1.0]),
        ("xyz", vec![9.0, -9.0, 0.0], vec![1.0, -1.0, 0.0]),
        ("w", vec![-1.0], vec![0.0]),
        ("gain", vec![-1.0], vec![0.0]),
    ] {
        let mut hand = Hand::new();
        let address = format!("/adm/obj/3/{what}");
        assert_eq!(hand.say(&address, &said), TAKEN, "{address} {said:?}");
        let found = hand.ask(&address);
        assert!(close(&found, &then), "{address} {said:?}: {found:?}");
        for wrong in [vec![1.0; said.len() + 1], vec![1.0; 9]] {
            assert_eq!(hand.say(&address, &wrong), REFUSED, "{address} {wrong:?}");
        }
        assert_eq!(hand.tell(&address, &[Argument::Text("left")]), REFUSED, "{address}");
        assert!(close(&hand.ask(&address), &then), "{address} is as it was");
    }
}

/// To the left is positive, and to the right is x: where the formulas of the reference disagree.
#[test]
fn left_is_left_in_both_ways_of_saying_it() {
    let mut hand = Hand::new();
    let drums = hand.strip("drums");
    hand.say("/adm/obj/3/aed", &[90.0, 0.0, 1.0]);
    assert!(close(&hand.ask("/adm/obj/3/xyz"), &[-1.0, 0.0, 0.0]));
    hand.say("/adm/obj/3/xyz", &[0.0, 0.0, 0.5]);
    assert!(close(&hand.ask("/adm/obj/3/aed"), &[0.0, 90.0, 0.5]));
    hand.say("/adm/obj/3/dmax", &[20.0]);
    hand.say("/adm/obj/3/aed", &[-30.0, 0.0, 0.5]);
    let Position { direction, distance } = hand.controls.position(drums).unwrap();
    assert!(angle_deg(&direction, &unit_vector(-30.0, 0.0)) < 1e-4 && distance == 10.0);
}

#[test]
fn what_was_not_said_is_the_scenes() {
    let mut hand = Hand::new();
    assert!(close(&hand.ask("/adm/obj/1/aed"), &[30.0, 0.0, 1.0]));
    assert!(close(&hand.ask("/adm/obj/3/gain"), &[0.501_187]));
    hand.say("/adm/obj/1/elev", &[40.0]);
    assert!(close(&hand.ask("/adm/obj/1/aed"), &[30.0, 40.0, 1.0]));
    assert!(close(&hand.ask("/cupola/strip/drums/gain"), &[-6.0]));
}

#[test]
fn an_object_that_is_silent_keeps_its_number_but_cannot_be_moved() {
    let mut hand = Hand::new();
    assert_eq!(hand.say("/adm/obj/2/azim", &[10.0]), REFUSED);
    for nobody in ["/adm/obj/0/azim", "/adm/obj/4/azim", "/adm/obj/x/azim", "/adm/obj/1/colour"] {
        assert_eq!(hand.say(nobody, &[10.0]), UNKNOWN, "{nobody}");
    }
    let mut names = Vec::new();
    let answer = |bytes: &[u8]| names.push(String::from_utf8_lossy(bytes).into_owned());
    hand.surface.take(&message("/adm/obj/*/name", &[]), answer).unwrap();
    assert!(names[0].contains("lead vox") && names[1].contains("silent"), "{names:?}");
    assert_eq!(names.len(), 3);
}

#[test]
fn patterns_reach_all_that_fit() {
    let mut hand = Hand::new();
    let all = hand.say("/adm/obj/*/gain", &[0.25]);
    assert_eq!(all, Tally { taken: 2, refused: 1, unknown: 0 });
    assert!(close(&hand.ask("/adm/obj/1/gain"), &[0.25]));
    assert!(close(&hand.ask("/adm/obj/3/gain"), &[0.25]));
    assert_eq!(hand.say("/adm/obj/[1-2]/{azim,elev}", &[12.0]).taken, 2);
    assert!(close(&hand.ask("/adm/obj/1/aed"), &[12.0, 12.0, 1.0]));
    let answers = hand.ask_all("/adm/obj/?/a*");
    let addresses: Vec<&str> = answers.iter().map(|it| it.0.as_str()).collect();
    let expected = ["/adm/obj/1/azim", "/adm/obj/1/aed", "/adm/obj/3/azim", "/adm/obj/3/aed"];
    assert_eq!(addresses, expected);
    assert_eq!(hand.say("/cupola/strip/*/mute", &[1.0]).taken, 4);
    assert_eq!(hand.controls.is_muted(hand.strip("floor")), Some(true));
}

#[test]
fn bundles_are_done_in_order_and_whole_or_not_at_all() {
    let mut hand = Hand::new();
    let say = |address: &str, number| message(address, &[Argument::Number(number)]);
    let inner = bundle(&[say("/adm/obj/3/azim", 20.0), say("/adm/obj/3/azim", 30.0)]);
    let outer = bundle(&[say("/adm/obj/3/azim", 10.0), inner, bundle(&[])]);
    let tally = hand.surface.take(&outer, |_| {}).unwrap();
    assert_eq!(tally.taken, 3);
    assert!(close(&hand.ask("/adm/obj/3/azim"), &[30.0]));
    let broken = bundle(&[say("/adm/obj/3/azim", -60.0), say("/adm/obj/3/azim", f64::NAN)]);
    assert!(hand.surface.take(&broken, |_| {}).is_err());
    assert!(close(&hand.ask("/adm/obj/3/azim"), &[30.0]));
}

#[test]
fn the_head_is_turned_by_whoever_tracks_it() {
    let quarter = 0.5_f64.sqrt();
    for (address, said) in [
        ("/adm/lis/ypr", vec![90.0, 0.0, 0.0]),
        ("/adm/lis/yaw", vec![90.0]),
        ("/ypr", vec![90.0, 0.0, 0.0]),
        ("/SceneRotator/ypr", vec![90.0, 0.0, 0.0]),
        ("/yaw", vec![90.0]),
        ("/SceneRotator/yaw", vec![90.0]),
        ("/SceneRotator/quaternions", vec![quarter, 0.0, 0.0, quarter]),
        ("/quaternion", vec![quarter, 0.0, 0.0, quarter]),
    ] {
        let mut hand = Hand::new();
        assert_eq!(hand.say(address, &said), TAKEN, "{address}");
        let front = hand.controls.head().unwrap().direction_to_listener(&unit_vector(90.0, 0.0));
        assert!(angle_deg(&front, &unit_vector(0.0, 0.0)) < 1e-4, "{address}: {front}");
        assert_eq!(hand.say("/cupola/head/release", &[]), TAKEN);
        assert_eq!(hand.controls.head(), None);
    }
    let mut hand = Hand::new();
    hand.say("/yaw", &[40.0]);
    hand.say("/pitch", &[10.0]);
    hand.say("/roll", &[-20.0]);
    assert!(close(&hand.ask("/adm/lis/ypr"), &[40.0, 10.0, -20.0]));
    assert_eq!(hand.say("/SceneRotator/quaternions", &[0.0; 4]), REFUSED);
    assert_eq!(hand.say("/adm/lis/xyz", &[0.5, 0.0, 0.0]), REFUSED);
    assert!(close(&hand.ask("/adm/lis/xyz"), &[0.0; 3]));
    let Hand { surface, controls, .. } = hand;
    let mut surface = surface.with_tracker(Tracker::default().with_signs("-++").unwrap());
    surface.take(&message("/ypr", &[Argument::Number(-90.0); 1]), |_| {}).unwrap();
    let said = [-90.0, 0.0, 0.0].map(Argument::Number);
    surface.take(&message("/ypr", &said), |_| {}).unwrap();
    let front = controls.head().unwrap().direction_to_listener(&unit_vector(90.0, 0.0));
    assert!(angle_deg(&front, &unit_vector(0.0, 0.0)) < 1e-4);
}

#[test]
fn strips_are_reached_by_their_names() {
    let mut hand = Hand::new();
    for (address, strip) in [("lead_vox", "lead vox"), ("lead vox", "lead vox"), ("band", "band")] {
        let address = |what| format!("/cupola/strip/{address}/{what}");
        assert_eq!(hand.say(&address("gain"), &[-12.0]), TAKEN);
        let level = hand.controls.level(hand.strip(strip)).unwrap();
        assert!((level - 0.251_188).abs() < 1e-5, "{level}");
        assert_eq!(hand.say(&address("mute"), &[1.0]), TAKEN);
        assert_eq!(hand.say(&address("solo"), &[1.0]), TAKEN);
        assert_eq!(hand.controls.is_soloed(hand.strip(strip)), Some(true));
        assert_eq!(hand.say(&address("release"), &[]), TAKEN);
        assert_eq!(hand.controls.level(hand.strip(strip)), Some(1.0));
    }
    assert_eq!(hand.say("/cupola/strip/nobody/gain", &[0.0]), UNKNOWN);
    assert_eq!(hand.say("/cupola/strip/band/colour", &[0.0]), UNKNOWN);
}

#[test]
fn commands_wait_for_the_player_the_last_of_each_kind() {
    let mut hand = Hand::new();
    let cases: [(&str, &[f64], Option<Command>); 18] = [
        ("transport/play", &[], Some(Command::Play(true))),
        ("transport/play", &[1.0], Some(Command::Play(true))),
        ("transport/play", &[0.0], None),
        ("transport/pause", &[], Some(Command::Play(false))),
        ("transport/locate", &[12.5], Some(Command::Locate(12.5))),
        ("transport/locate", &[-3.0], Some(Command::Locate(0.0))),
        ("transport/locate", &[], None),
        ("transport/marker", &[1.0], None),
        ("transport/loop", &[1.0, 2.5], Some(Command::Loop(Some((1.0, 2.5))))),
        ("transport/loop", &[2.0, 1.0], None),
        ("transport/loop", &[0.0], Some(Command::Loop(None))),
        ("reload", &[], Some(Command::Reload)),
        ("monitor/dim", &[1.0], Some(Command::Dim(true))),
        ("monitor/mute", &[0.0], Some(Command::Mute(false))),
        ("monitor/mono", &[1.0], Some(Command::Mono(true))),
        ("monitor/level", &[-30.0], Some(Command::Level(-30.0))),
        ("monitor/level", &[30.0], Some(Command::Level(0.0))),
        ("monitor/level", &[], None),
    ];
    for (what, said, command) in cases {
        let tally = hand.say(&format!("/cupola/{what}"), said);
        assert_eq!(tally, if command.is_some() { TAKEN } else { REFUSED }, "{what} {said:?}");
        assert_eq!(hand.commands.take(), command.into_iter().collect::<Vec<_>>(), "{what}");
    }
    hand.tell("/cupola/monitor/listen", &[Argument::Text("binaural")]);
    hand.tell("/cupola/transport/marker", &[Argument::Text("chorus")]);
    hand.tell("/adm/env/change", &[Argument::Text("verse")]);
    for seconds in 0..1000 {
        hand.say("/cupola/transport/locate", &[f64::from(seconds)]);
    }
    let waiting = [
        Command::Listen("binaural".into()),
        Command::Marker("chorus".into()),
        Command::Change("verse".into()),
        Command::Locate(999.0),
    ];
    assert_eq!(hand.commands.take(), waiting);
    assert_eq!(hand.commands.take(), []);
    for nobody in ["/cupola", "/cupola/", "/", "/adm", "/adm/obj/1", "/a/b/c/d/e/f", "/cupola/x/y"]
    {
        assert_eq!(hand.say(nobody, &[1.0]), UNKNOWN, "{nobody}");
    }
}

#[test]
fn changes_are_told_once() {
    let mut hand = Hand::new();
    let mut announcer = Announcer::default();
    let mut told = |hand: &Hand| {
        let mut addresses = Vec::new();
        announcer.tell(&hand.surface, |packet| {
            let messages = cupola::control::osc::read(packet).unwrap();
            addresses.extend(messages.iter().map(|it| it.address.to_owned()));
        });
        addresses
    };
    assert_eq!(told(&hand).len(), 9, "two objects that are heard, and a name");
    assert!(told(&hand).is_empty());
    hand.say("/adm/obj/3/azim", &[77.0]);
    assert_eq!(told(&hand), ["/adm/obj/3/aed"]);
}
