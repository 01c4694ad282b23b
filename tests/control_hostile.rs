//! What may come over a network: garbage, floods, and what was made to kill.

#[path = "support/desk.rs"]
mod desk;
mod hostile;
#[path = "support/osc.rs"]
mod osc;

#[path = "support/numbers.rs"]
mod numbers;

use std::net::UdpSocket;
use std::process::Command as Process;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use cupola::control::osc::{Argument, Malformed, read};
use cupola::control::{Listening, Receiver};
use numbers::Numbers;
use osc::{Hand, bundle, message};

fn here() -> Listening {
    Listening { at: "127.0.0.1:0".parse().unwrap(), reply_port: None, tell: None }
}

#[test]
fn sixty_kilobytes_of_nested_bundles_are_thrown_away() {
    let mut nested = Vec::new();
    while nested.len() < 60_000 {
        let length = (nested.len() as u32).to_be_bytes();
        let inner = if nested.is_empty() { Vec::new() } else { [&length[..], &nested].concat() };
        nested = [b"#bundle\0\0\0\0\0\0\0\0\x01", &inner[..]].concat();
    }
    assert_eq!(read(&nested), Err(Malformed::Depth));
    let (mut fits, innermost) = (Vec::new(), message("/ypr", &[]));
    for depth in 0..9 {
        fits = bundle(&[if depth == 0 { innermost.clone() } else { fits }]);
        let expected = if depth < 8 { Ok(1) } else { Err(Malformed::Depth) };
        assert_eq!(read(&fits).map(|it| it.len()), expected, "{} deep", depth + 1);
    }
}

#[test]
fn what_is_malformed_says_how() {
    let good = message("/adm/obj/1/azim", &[Argument::Number(1.0)]);
    for (packet, expected) in [
        (vec![0; 65_540], Malformed::Length),
        (good[..19].to_vec(), Malformed::Length),
        (good[..20].to_vec(), Malformed::CutOff),
        (b"adm\0,\0\0\0".to_vec(), Malformed::Address),
        (b"/\x07a\0,\0\0\0".to_vec(), Malformed::Address),
        (b"/adm".to_vec(), Malformed::CutOff),
        (b"/a\0\0,q\0\0".to_vec(), Malformed::Types),
        (b"/a\0\0f\0\0\0".to_vec(), Malformed::Types),
        (b"/a\0\0,f\0\0\x7f\xc0\0\0".to_vec(), Malformed::Number),
        (b"/a\0\0,f\0\0\x7f\x80\0\0".to_vec(), Malformed::Number),
        (b"/a\0\0,d\0\0\x7f\xf0\0\0\0\0\0\0".to_vec(), Malformed::Number),
        (b"/a\0\0,b\0\0\xff\xff\xff\xff".to_vec(), Malformed::CutOff),
        (b"/a\0\0,s\0\0\xff\0\0\0".to_vec(), Malformed::Text),
        (b"/a\0b,\0\0\0".to_vec(), Malformed::Text),
        (b"/a\0\0,\0\0\0more".to_vec(), Malformed::TooLong),
        ([b"#bundle\0", &[0; 8][..], &[0, 0, 0, 6]].concat(), Malformed::Length),
        ([b"#bundle\0", &[0; 8][..], &[0, 0, 1, 0]].concat(), Malformed::CutOff),
        (b"#bundle\0".to_vec(), Malformed::CutOff),
        (message(&format!("/{}", "a".repeat(256)), &[]), Malformed::Address),
        (message("/a", &[Argument::Number(0.0); 17]), Malformed::Types),
        (Vec::new(), Malformed::CutOff),
    ] {
        let shown = String::from_utf8_lossy(&packet[..packet.len().min(40)]).into_owned();
        assert_eq!(read(&packet), Err(expected), "{shown:?}");
    }
    assert!(read(&good).is_ok());
}

/// What a fuzzer would do, bounded and the same every time.
#[test]
fn ten_thousand_damaged_packets_do_no_harm() {
    let say = |address: &str, numbers: &[f64]| {
        message(address, &numbers.iter().map(|it| Argument::Number(*it)).collect::<Vec<_>>())
    };
    let seeds = [
        say("/adm/obj/*/aed", &[30.0, 10.0, 1.0]),
        say("/adm/obj/[1-3]/{gain,mute}", &[0.5]),
        say("/SceneRotator/quaternions", &[1.0, 0.0, 0.0, 0.0]),
        message("/adm/env/change", &[Argument::Text("verse")]),
        say("/cupola/strip/lead_vox/gain", &[-6.0]),
        bundle(&[say("/ypr", &[1.0, 2.0, 3.0]), bundle(&[say("/adm/obj/1/x", &[0.5])])]),
        say("/cupola/transport/loop", &[1.0, 2.0]),
        say("/adm/obj/*/*", &[]),
    ];
    let mut hand = Hand::new();
    let (mut numbers, mut right) = (Numbers(0x2545_F491), 0);
    for round in 0..10_000 {
        let mut packet = seeds[round % seeds.len()].clone();
        for _ in 0..=numbers.below(3) {
            let at = numbers.below(packet.len().max(1));
            match numbers.below(5) {
                0 => packet.truncate(at / 4 * 4),
                1 => packet.extend(seeds[numbers.below(seeds.len())].clone()),
                2 => packet.iter_mut().skip(at / 4 * 4).take(4).for_each(|byte| *byte = 0xFF),
                3 => packet
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|byte| *byte = b"*?[{,-\0/"[round % 8]),
                _ => packet.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << (round % 8)),
            }
        }
        right += u32::from(hand.surface.take(&packet, |_| {}).is_ok());
        hostile::osc(&packet);
    }
    assert!((500..9500).contains(&right), "{right} of them say something");
    for strip in 0..hand.plan.strips.len() {
        assert!(hand.controls.level(strip).unwrap().is_finite());
        assert!(
            hand.controls.position(strip).is_none_or(|it| (it.direction.norm() - 1.0).abs() < 1e-9)
        );
    }
}

fn wait_until(mut what: impl FnMut() -> bool) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(20) {
        if what() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    false
}

#[test]
fn questions_over_the_network_are_answered_to_whoever_asks() {
    let (controls, _, surface) = Hand::new().shared();
    let receiver = Receiver::start(&here(), surface).unwrap();
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let said = [10.0, 20.0, 0.5].map(Argument::Number);
    socket.send_to(b"garbage!", receiver.at()).unwrap();
    socket.send_to(&message("/adm/obj/3/aed", &said), receiver.at()).unwrap();
    socket.send_to(&message("/adm/obj/3/aed", &[]), receiver.at()).unwrap();
    let mut bytes = [0; 1000];
    let length = socket.recv(&mut bytes).unwrap();
    let answers = read(&bytes[..length]).unwrap();
    assert_eq!(answers[0].address, "/adm/obj/3/aed");
    let numbers: Vec<f64> = answers[0].arguments.iter().filter_map(Argument::number).collect();
    assert!(
        numbers.iter().zip([10.0, 20.0, 0.5]).all(|(a, b)| (a - b).abs() < 1e-4),
        "{numbers:?}"
    );
    assert_eq!(receiver.counts().malformed.load(Ordering::Relaxed), 1);
    assert!(controls.position(controls.find("drums").unwrap()).is_some());
    assert!(
        Receiver::start(&Listening { at: receiver.at(), ..here() }, Hand::new().shared().2)
            .is_err()
    );
}

/// As many as go through in a second, as from a stress client, and then the last words: they hold.
#[test]
fn a_flood_leaves_the_last_values() {
    let (controls, _, surface) = Hand::new().shared();
    let receiver = Receiver::start(&here(), surface).unwrap();
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let begun = Instant::now();
    let mut sent = 0_u64;
    while begun.elapsed() < Duration::from_secs(1) {
        // 100 at a time, a thousand times a second.
        for _ in 0..100 {
            let number = [Argument::Number((sent % 180) as f64)];
            let object = if sent.is_multiple_of(2) { 1 } else { 3 };
            let packet = message(&format!("/adm/obj/{object}/azim"), &number);
            // A full socket buffer is the sender's to wait for, if it says so.
            sent += u64::from(socket.send_to(&packet, receiver.at()).is_ok());
        }
        let due = Duration::from_micros(sent * 10);
        std::thread::sleep(due.saturating_sub(begun.elapsed()));
    }
    for object in [1, 3] {
        let packet = message(&format!("/adm/obj/{object}/azim"), &[Argument::Number(-77.0)]);
        // A datagram may always be lost; whoever moves a fader sends its last place again.
        for _ in 0..3 {
            socket.send_to(&packet, receiver.at()).unwrap();
            std::thread::sleep(Duration::from_millis(5));
        }
    }
    for name in ["lead vox", "drums"] {
        let strip = controls.find(name).unwrap();
        let there = cupola::space::unit_vector(-77.0, 0.0);
        let is_there = || (controls.position(strip).unwrap().direction - there).norm() < 1e-6;
        assert!(wait_until(is_there), "{name}: {:?}", controls.position(strip));
    }
    let heard = receiver.counts().packets.load(Ordering::Relaxed);
    println!("{sent} sent, {heard} heard");
    // How many of them depends on the machine.
    assert!(heard * 10 > sent, "{heard} of {sent}");
}

/// The client of the standard's own test package, where there is one (`CUPOLA_PYTHON` may name the
/// Python that has it).
#[test]
fn the_client_of_adm_osc_moves_objects() {
    let python = std::env::var("CUPOLA_PYTHON").unwrap_or_else(|_| "python3".into());
    let has_it = Process::new(&python).args(["-c", "import adm_osc"]).output();
    if !has_it.is_ok_and(|it| it.status.success()) {
        println!("skipped: {python} has no adm-osc");
        return;
    }
    let (controls, _, surface) = Hand::new().shared();
    let receiver = Receiver::start(&here(), surface).unwrap();
    let script = format!(
        "import os, adm_osc\n\
         it = adm_osc.OscClientServer(address='127.0.0.1', out_port={}, in_port=0)\n\
         it.send_object_polar_position(object_number=1, pos=[-30.0, 10.0, 0.8])\n\
         it.send_object_cartesian_position(object_number=3, pos=[-0.5, 0.5, 0.0])\n\
         it.send_object_gain(object_number=3, v=0.25)\n\
         it.send_object_mute(object_number=3, v=1)\n\
         it.send_object_width(object_number=3, v=0.5)\n\
         it.send_listener_orientation([90.0, 0.0, 0.0])\n\
         os._exit(0)\n",
        receiver.at().port()
    );
    let run = Process::new(&python).args(["-c", &script]).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(wait_until(|| controls.head().is_some()), "{:?}", receiver.counts());
    let [lead, drums] = ["lead vox", "drums"].map(|name| controls.find(name).unwrap());
    let there = controls.position(lead).unwrap();
    assert!((there.direction - cupola::space::unit_vector(-30.0, 10.0)).norm() < 1e-6);
    assert!((there.distance - 0.8).abs() < 1e-6);
    assert!((controls.position(drums).unwrap().direction.x + 0.5_f64.sqrt()).abs() < 1e-6);
    assert_eq!((controls.level(drums), controls.is_muted(drums)), (Some(0.25), Some(true)));
    assert_eq!(controls.width_deg(drums), Some(180.0));
    assert_eq!(receiver.counts().refused.load(Ordering::Relaxed), 0);
}
