//! What a player hands out is what a file of the scene holds, however it is asked.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/heard.rs"]
mod heard;
#[path = "support/live.rs"]
mod live;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use cupola::live::device::{Heard, Mock, MockInput};
use cupola::live::{ChannelMap, Monitor, Outlet, Player, Route, Setup, Stage};
use cupola::render::Target;
use cupola::source::{Feed, Source};
use desk::{TestScene, busy_scene, full_scene, headphones, layouts, scene};
use heard::hear_targets;
use live::{frames, interleaved, player, setup};
use proptest::prelude::*;

fn target(name: &str) -> Target {
    layouts(&[name]).remove(0).into()
}

fn offline(scene: &TestScene, target: &Target) -> Vec<f32> {
    interleaved(&hear_targets(&scene.scene, std::slice::from_ref(target))[0])
}

/// A tone at half of full scale for so many seconds.
fn tone(duration_s: f64) -> TestScene {
    scene(&format!(
        "duration_s = {duration_s}\n[[object]]\nname = \"it\"\n\
         signal = {{ type = \"tone\", freq_hz = 1000, level_db = -6 }}\n"
    ))
}

/// The largest step from one sample to the next of one of two channels.
fn steepest(interleaved: &[f32]) -> f32 {
    let steps = interleaved.windows(3).map(|it| (it[2] - it[0]).abs());
    steps.fold(0.0, f32::max)
}

/// The largest step that a tone of 1 kHz at half of full scale makes, with a little for a fade.
const STEP_OF_TONE: f32 = 0.5 * 2.0 * std::f32::consts::PI * 1000.0 / 48_000.0 + 0.002;

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn callbacks_of_any_size_give_the_samples_of_the_file(
        sizes in prop::collection::vec(prop_oneof![1..=8192_usize, 1..=130_usize], 1..40),
    ) {
        for (scene, target) in [(full_scene(), target("7.1.4")), (busy_scene(), headphones())] {
            let whole = offline(&scene, &target);
            let (mut player, _readers) = player(&scene.scene, &target);
            let mut played = Vec::new();
            for &size in sizes.iter().cycle() {
                played.extend(frames(&mut player, size));
                if player.status().stage() == Stage::Over {
                    break;
                }
            }
            prop_assert!(played.len() >= whole.len());
            prop_assert!(played[..whole.len()] == whole[..]);
            prop_assert!(played[whole.len()..].iter().all(|sample| *sample == 0.0));
        }
    }
}

#[test]
fn a_device_hears_the_samples_of_the_file() {
    let (scene, target) = (full_scene(), target("5.1"));
    let whole = offline(&scene, &target);
    let (player, _readers) = player(&scene.scene, &target);
    let status = player.status();
    let heard = Heard::default();
    let mock = Mock {
        channels: 6,
        rate_hz: 48_000,
        sizes: vec![256, 1, 558, 64, 8192],
        paced: false,
        heard: heard.clone(),
        input: MockInput::default(),
    };
    let mut monitor = Monitor::start(Box::new(mock), Box::new(player)).unwrap();
    while status.stage() != Stage::Over {
        assert!(monitor.tick().is_empty());
        std::thread::sleep(Duration::from_millis(1));
    }
    monitor.finish();
    assert_eq!(heard.samples()[..whole.len()], whole);
    let told = status.snapshot();
    assert_eq!((told.faults, told.missed_reads, told.muted), (0, 0, 0));
    assert!(told.peaks_dbfs.iter().any(|peak| peak.is_some_and(|it| it > -40.0)));
}

#[test]
fn loudspeakers_are_heard_on_the_channels_they_are_sent_to() {
    let (scene, target) = (full_scene(), target("stereo"));
    let map = ChannelMap::parse("L=4,R=2", &target.layout).unwrap();
    let outlets = vec![Outlet::new(&target.layout, map)];
    let setup = Setup { outlets, ..setup(&scene.scene, &target, 0..scene.scene.frames) };
    let (mut player, _readers) = Player::new(setup).unwrap();
    player.prepare();
    let mut played = vec![0.0; 5 * 1000];
    player.fill(&mut played, 5);
    for (frame, file) in played.chunks(5).zip(offline(&scene, &target).chunks(2)) {
        assert_eq!(frame, [0.0, file[1], 0.0, file[0], 0.0]);
    }
}

#[test]
fn a_pause_makes_no_click_and_loses_no_time() {
    let scene = tone(2.0);
    let (mut player, _readers) = player(&scene.scene, &target("stereo"));
    let (transport, status) = (player.transport(), player.status());
    let mut played = frames(&mut player, 4800);
    transport.pause();
    played.extend(frames(&mut player, 4800));
    assert_eq!(status.stage(), Stage::Paused);
    let stood = status.frame();
    assert!((4800 + 1440..4800 + 1500).contains(&stood), "{stood}: it fades within 30 ms");
    assert!(played[2 * 6300..].iter().all(|sample| *sample == 0.0));
    played.extend(frames(&mut player, 1000));
    assert_eq!(status.frame(), stood);
    transport.play();
    played.extend(frames(&mut player, 9600));
    assert_eq!(status.frame(), stood + 9600);
    assert!(steepest(&played) < STEP_OF_TONE, "{}", steepest(&played));
    let whole = offline(&scene, &target("stereo"));
    let now = 2 * stood as usize + 2 * 2000..2 * stood as usize + 2 * 9600;
    assert_eq!(played[played.len() - 2 * 7600..], whole[now]);
}

#[test]
fn it_goes_where_it_is_sent() {
    let scene = tone(2.0);
    let (mut player, _readers) = player(&scene.scene, &target("stereo"));
    let (transport, status) = (player.transport(), player.status());
    let mut played = frames(&mut player, 4800);
    transport.locate(70_001);
    played.extend(frames(&mut player, 9600));
    assert!((70_001 + 8100..70_001 + 8200).contains(&status.frame()), "{}", status.frame());
    assert!(steepest(&played) < STEP_OF_TONE, "{}", steepest(&played));
    let whole = offline(&scene, &target("stereo"));
    let at = 2 * status.frame() as usize;
    assert_eq!(played[played.len() - 2 * 4000..], whole[at - 2 * 4000..at]);
    // At the end there is nothing to hear, until it is sent elsewhere.
    frames(&mut player, 48_000);
    assert_eq!((status.stage(), status.frame()), (Stage::Over, 96_000));
    transport.locate(0);
    assert!(frames(&mut player, 4800).iter().any(|sample| *sample != 0.0));
    assert_eq!(status.frame(), 4800);
}

#[test]
fn a_loop_goes_round() {
    let scene = tone(2.0);
    let target = target("stereo");
    let route = Route::around(0, 9600..19_200);
    let setup = Setup { route, ..setup(&scene.scene, &target, 0..0) };
    let (mut player, _readers) = Player::new(setup).unwrap();
    player.prepare();
    let played = frames(&mut player, 48_000);
    let whole = offline(&scene, &target);
    let part = |frames: std::ops::Range<usize>| &whole[2 * frames.start..2 * frames.end];
    assert_eq!(played[..2 * 19_200], *part(0..19_200));
    assert_eq!(played[2 * 19_200..2 * 28_800], *part(9600..19_200));
    assert_eq!(played[2 * 38_400..], *part(9600..19_200));
    assert_eq!(player.status().frame(), 9600);
}

#[test]
fn it_leaves_softly() {
    let scene = tone(2.0);
    let (mut player, _readers) = player(&scene.scene, &target("stereo"));
    let mut played = frames(&mut player, 4801);
    player.transport().leave();
    played.extend(frames(&mut player, 2000));
    assert_eq!(player.status().stage(), Stage::Over);
    assert!(steepest(&played) < STEP_OF_TONE);
    assert_eq!(played[2 * 6500..], [0.0; 602]);
}

/// A source that nobody can read while its gate is shut.
struct Gated {
    shut: Arc<AtomicBool>,
    frame: u64,
}

impl Source for Gated {
    fn channels(&self) -> usize {
        1
    }

    fn rate_hz(&self) -> u32 {
        48_000
    }

    fn frames(&self) -> Option<u64> {
        None
    }

    fn read(&mut self, channels: &mut [&mut [f32]]) -> cupola::Result<usize> {
        while self.shut.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(1));
        }
        for sample in channels[0].iter_mut() {
            self.frame += 1;
            *sample = (self.frame * 7919 % 1009) as f32 / 2018.0;
        }
        Ok(channels[0].len())
    }

    fn seek(&mut self, frame: u64) -> cupola::Result<()> {
        self.frame = frame;
        Ok(())
    }
}

#[test]
fn sources_that_are_late_are_silent_and_counted() {
    let scene = tone(60.0);
    let shut = Arc::new(AtomicBool::new(false));
    let gated = |waits: bool| {
        let mut setup = setup(&scene.scene, &target("stereo"), 0..scene.scene.frames);
        let source = Gated { shut: Arc::clone(&shut), frame: 0 };
        setup.desk.feeds = vec![Feed::place(Box::new(source), 0)];
        let (mut player, readers) = Player::new(Setup { ahead_s: 0.1, waits, ..setup }).unwrap();
        player.prepare();
        (player, readers)
    };
    let (mut reference, _readers) = gated(true);
    let whole = frames(&mut reference, 480_000);
    let (mut player, _readers) = gated(false);
    let status = player.status();
    frames(&mut player, 256);
    shut.store(true, Ordering::SeqCst);
    // What has been read lasts for a tenth of a second; then there is silence, not a stall.
    frames(&mut player, 9600);
    assert_eq!(frames(&mut player, 2000), vec![0.0; 4000]);
    let missed = status.snapshot().missed_reads;
    assert!((2000 / 256..=11_856 / 256).contains(&(missed as usize)), "{missed}");
    assert_eq!(status.frame(), 11_856, "the clock went on");
    // Once it can be read again it plays what is due, not what was missed.
    shut.store(false, Ordering::SeqCst);
    for _ in 0..1000 {
        std::thread::sleep(Duration::from_millis(5));
        let at = 2 * status.frame() as usize;
        let played = frames(&mut player, 256);
        if played.iter().all(|sample| *sample != 0.0) {
            assert_eq!(played, whole[at..at + 512]);
            return;
        }
    }
    panic!("it never came back");
}

#[test]
fn a_lost_device_is_found_again_while_time_goes_on() {
    let scene = tone(30.0);
    let (player, _readers) = player(&scene.scene, &target("stereo"));
    let status = player.status();
    let heard = Heard::default();
    let mock = Mock {
        channels: 2,
        rate_hz: 48_000,
        sizes: vec![480],
        paced: true,
        heard: heard.clone(),
        input: MockInput::default(),
    };
    let mut monitor = Monitor::start(Box::new(mock), Box::new(player)).unwrap();
    let mut told = Vec::new();
    let mut wait = |monitor: &mut Monitor, s: f64| {
        let until = Instant::now() + Duration::from_secs_f64(s);
        while Instant::now() < until {
            told.extend(monitor.tick());
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    wait(&mut monitor, 0.3);
    heard.underrun();
    heard.unplug(true);
    wait(&mut monitor, 0.3);
    assert!(!monitor.is_at_device());
    let before = (status.frame(), heard.samples().len());
    wait(&mut monitor, 0.4);
    assert!(status.frame() > before.0 + 48_000 / 5, "the clock went on");
    assert_eq!(heard.samples().len(), before.1);
    heard.unplug(false);
    wait(&mut monitor, 1.0);
    assert!(monitor.is_at_device());
    let again = &heard.samples()[before.1..];
    assert!(again.len() > 2 * 4800);
    assert!(steepest(again) < STEP_OF_TONE && again[0] == 0.0, "it fades in");
    let figures = status.snapshot();
    assert_eq!((figures.faults, figures.underruns), (1, 1));
    assert_eq!(told, ["mock: lost: unplugged", "mock: found again"]);
    monitor.finish();
}

/// A tone of another level from the same phase: what an edit of the scene would be.
fn louder(duration_s: f64) -> TestScene {
    scene(&format!(
        "duration_s = {duration_s}\n[[object]]\nname = \"it\"\ngain_db = -6\n\
         signal = {{ type = \"tone\", freq_hz = 1000, level_db = -6 }}\n\
         eq = [{{ type = \"bell\", freq_hz = 100, gain_db = 6 }}]\n"
    ))
}

#[test]
fn another_engine_comes_in_without_a_gap() {
    let (first, second, target) = (tone(4.0), louder(4.0), target("stereo"));
    let (mut player, _readers) = player(&first.scene, &target);
    let status = player.status();
    let (mut stagehand, controls) = (player.stagehand(), player.controls());
    // To where it comes in at a crest of the tone: a step would show there.
    let mut played = frames(&mut player, 9612);
    let setup = setup(&second.scene, &target, 0..second.scene.frames);
    let _more = stagehand.replace(setup.desk, setup.route, 0.2, &controls).unwrap();
    while played.len() < 2 * 96_000 {
        played.extend(frames(&mut player, 333));
    }
    assert_eq!(2 * status.frame() as usize, played.len(), "no frame is lost");
    let (before, after) = (offline(&first, &target), offline(&second, &target));
    // It comes 0.4 s after what was heard when it was asked for, once the other has played what it
    // has rendered, within 38 quanta: 50.7 ms.
    let (comes, came) = (2 * (9612 + 19_200), 2 * (9612 + 19_200 + 256 + 38 * 64));
    assert!(played[..comes] == before[..comes]);
    assert!(played[comes..came] != before[comes..came]);
    // Its equaliser has heard a second of the scene, and then forgot where that began.
    let differs = played[came..].iter().zip(&after[came..]).map(|(a, b)| (a - b).abs());
    assert!(differs.fold(0.0, f32::max) < 1e-5);
    assert!(steepest(&played) < STEP_OF_TONE);
    assert_eq!(stagehand.tidy(), 0, "the old one has to be quiet for two seconds");
    frames(&mut player, 96_000 - 60_000);
    assert_eq!(stagehand.tidy(), 1, "the old one is freed here");
}

#[test]
fn another_engine_comes_in_at_once_where_nothing_is_heard() {
    let (first, second, target) = (tone(2.0), louder(2.0), target("stereo"));
    let (mut player, _readers) = player(&first.scene, &target);
    let (mut stagehand, transport) = (player.stagehand(), player.transport());
    let controls = player.controls();
    frames(&mut player, 9600);
    transport.pause();
    frames(&mut player, 4800);
    let at = player.status().frame() as usize;
    let setup = setup(&second.scene, &target, 0..second.scene.frames);
    let _more = stagehand.replace(setup.desk, setup.route, 0.2, &controls).unwrap();
    transport.play();
    let played = frames(&mut player, 4800);
    let after = offline(&second, &target);
    let differs = played[2 * 2400..].iter().zip(&after[2 * (at + 2400)..]);
    // The transient of an equaliser at 100 Hz that begins in the middle of a tone dies within 50 ms.
    let worst = differs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(worst < 1e-3, "{worst}");
    // What does not fit is refused.
    let other = live::setup(&second.scene, &layouts(&["5.1"]).remove(0).into(), 0..9);
    assert!(stagehand.replace(other.desk, other.route, 0.2, &controls).is_err());
}
