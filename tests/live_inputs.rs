//! What comes in through an interface comes out where the scene puts it, bit for bit and as late as
//! it is said to be.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/live.rs"]
mod live;

use std::time::Duration;

use cupola::live::device::{Heard, Mock, MockInput};
use cupola::live::{InputMonitor, Intake, Listening, Monitor, Player, Readers, Stage};
use cupola::render::Target;
use desk::{TestScene, layouts, scene};
use live::{frames, player, setup};
use proptest::prelude::*;

/// An object and a bed; on 5.1 they come out at C, L and R as they came in.
const SCENE: &str = "
[[object]]
name = 'voice'
input = 1
[[bed]]
name = 'room'
layout = 'stereo'
inputs = [3, 2]
";

/// For L, R and C of 5.1, the channel that comes out there, counted from 0.
const TAKEN: [usize; 3] = [2, 1, 0];

fn target() -> Target {
    layouts(&["5.1"]).remove(0).into()
}

/// A sample that tells its frame and its channel; every number of it is held by an f32.
fn code(frame: u64, channel: usize) -> f32 {
    ((frame * 3 + channel as u64) % (1 << 22) + 1) as f32 / (1 << 23) as f32
}

fn come(intake: &mut Intake, from: u64, frames: usize) {
    let frame = |frame| (0..3).map(move |channel| code(frame, channel));
    let came: Vec<f32> = (from..from + frames as u64).flat_map(frame).collect();
    intake.take(&came, 3);
}

fn listener(scene: &TestScene, reserve_frames: Option<usize>) -> (Player, Readers, Intake) {
    let (mut player, readers) = player(&scene.scene, &target());
    let intake = player.listen(&Listening { channels: 3, reserve_frames, ..Listening::default() });
    (player, readers, intake)
}

/// Asserts that from the end of the fade on that begins what is heard all is as it came in, so many
/// frames late; returns the first frame that is.
#[track_caller]
fn check(played: &[f32], latency: u64) -> usize {
    let played: Vec<&[f32]> = played.chunks(6).collect();
    let sounds = |frame: &&[f32]| frame.iter().any(|sample| *sample != 0.0);
    let begin = played.iter().position(sounds).expect("something is heard") + 256;
    for (frame, heard) in played.iter().enumerate().skip(begin) {
        let came = frame as u64 - latency;
        let [left, right, centre] = TAKEN.map(|channel| code(came, channel));
        assert_eq!(**heard, [left, right, centre, 0.0, 0.0, 0.0], "frame {frame} of {came}");
    }
    begin
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn callbacks_of_any_size_give_what_came_in(
        sizes in prop::collection::vec(prop_oneof![1..=8192_usize, 1..=300_usize], 1..30),
        reserve in prop_oneof![Just(None), (255..2000_usize).prop_map(Some)],
    ) {
        let scene = scene(SCENE);
        let (mut player, _readers, mut intake) = listener(&scene, reserve);
        let status = player.status();
        let mut played = Vec::new();
        for &size in sizes.iter().cycle().take(400) {
            come(&mut intake, (played.len() / 6) as u64, size);
            played.extend(frames(&mut player, size));
            if played.len() > 6 * 60_000 {
                break;
            }
        }
        let latency = status.inputs.latency_frames();
        if played.len() > 6 * 30_000 {
            check(&played, latency.expect("it is heard"));
        }
        let figures = status.snapshot().inputs;
        prop_assert_eq!((figures.input_underruns, figures.input_overruns), (0, 0));
        prop_assert_eq!(figures.input_latency_ms, latency.map(|it| it as f64 / 48.0));
    }
}

#[test]
fn a_device_with_inputs_is_heard() {
    let scene = scene(SCENE);
    let (mut player, _readers, intake) = listener(&scene, None);
    let (status, transport) = (player.status(), player.transport());
    let heard = Heard::default();
    let input = MockInput::new(3, 48_000, code);
    let mut listens =
        InputMonitor::start(Box::new(input.clone()), Box::new(intake), 48_000).unwrap();
    player.prepare();
    let mock = Mock {
        channels: 6,
        rate_hz: 48_000,
        sizes: vec![256, 1, 558, 64, 1000],
        paced: false,
        heard: heard.clone(),
        input,
    };
    let mut monitor = Monitor::start(Box::new(mock), Box::new(player)).unwrap();
    while heard.samples().len() < 6 * 96_000 {
        assert_eq!((monitor.tick(), listens.tick()), (vec![], None));
        std::thread::sleep(Duration::from_millis(1));
    }
    let latency = status.inputs.latency_frames().unwrap();
    transport.leave();
    while status.stage() != Stage::Over {
        std::thread::sleep(Duration::from_millis(1));
    }
    monitor.finish();
    check(&heard.samples()[..6 * 90_000], latency);
}

/// Plays with callbacks of 480 frames each; `comes` says for every one how many frames come in
/// before.
fn play(player: &mut Player, intake: &mut Intake, came: &mut u64, comes: &[usize]) -> Vec<f32> {
    let mut played = Vec::new();
    for &size in comes {
        come(intake, *came, size);
        *came += size as u64;
        played.extend(frames(player, 480));
    }
    played
}

/// The largest step of C, of which every sample that came in is 3 / 2^23 above the last.
fn steepest(played: &[f32]) -> f32 {
    let centre: Vec<f32> = played.chunks(6).map(|frame| frame[2]).collect();
    centre.windows(2).map(|it| (it[1] - it[0]).abs()).fold(0.0, f32::max)
}

#[test]
fn what_is_missing_is_silent_and_counted_and_comes_back_softly() {
    let scene = scene(SCENE);
    let (mut player, _readers, mut intake) = listener(&scene, Some(480));
    let status = player.status();
    let mut came = 1 << 20;
    play(&mut player, &mut intake, &mut came, &[480; 40]);
    let level = code(came, 0);
    let nothing = play(&mut player, &mut intake, &mut came, &[0; 10]);
    assert!(nothing[nothing.len() - 6 * 2000..].iter().all(|sample| *sample == 0.0));
    let back = play(&mut player, &mut intake, &mut came, &[480; 20]);
    // It goes within what is left of a control step, and comes within one.
    let played = [nothing, back].concat();
    assert!(steepest(&played) < level * 0.03, "{} of {level}", steepest(&played));
    let figures = status.snapshot().inputs;
    assert_eq!((figures.input_underruns, figures.input_overruns), (1, 0));
    assert!(played[played.len() - 6..][2] > level, "it goes on with what comes in now");
}

#[test]
fn what_is_too_much_is_left_out_and_counted() {
    let scene = scene(SCENE);
    let (mut player, _readers, mut intake) = listener(&scene, Some(480));
    let status = player.status();
    let mut came = 1 << 20;
    play(&mut player, &mut intake, &mut came, &[480; 40]);
    let before = status.snapshot().inputs.input_latency_ms;
    // Ten callbacks of the input while the output waits for one.
    for _ in 0..10 {
        come(&mut intake, came, 480);
        came += 480;
    }
    let burst = play(&mut player, &mut intake, &mut came, &[480]);
    let more = play(&mut player, &mut intake, &mut came, &[480; 40]);
    let played = [burst, more].concat();
    let jump = 3.0 * 4800.0 / (1 << 23) as f32;
    assert!(steepest(&played) < jump * 0.02, "{} of {jump}", steepest(&played));
    let _ = status.snapshot();
    play(&mut player, &mut intake, &mut came, &[480; 40]);
    let figures = status.snapshot().inputs;
    assert_eq!((figures.input_underruns, figures.input_overruns), (0, 1));
    let [before, after] = [before, figures.input_latency_ms].map(Option::unwrap);
    assert!((before - after).abs() < 6.0, "as late as before, but for a step: {before} {after}");
}

/// Inputs are heard while the scene plays, as all else; after a pause what comes in then is.
#[test]
fn a_pause_is_silent_and_leaves_nothing_behind() {
    let scene = scene(SCENE);
    let (mut player, _readers, mut intake) = listener(&scene, None);
    let (transport, status) = (player.transport(), player.status());
    let mut came = 0;
    let first = play(&mut player, &mut intake, &mut came, &[480; 100]);
    transport.pause();
    let paused = play(&mut player, &mut intake, &mut came, &[480; 300]);
    assert!(paused[6 * 480 * 6..].iter().all(|sample| *sample == 0.0));
    transport.play();
    let again = play(&mut player, &mut intake, &mut came, &[480; 50]);
    // What was told before is of what was heard before.
    let _ = status.snapshot();
    let more = play(&mut player, &mut intake, &mut came, &[480; 50]);
    let latency = status.inputs.latency_frames().unwrap();
    let all = [first, paused, again, more].concat();
    let last = all.len() / 6 - 1;
    assert_eq!(all[6 * last + 2], code(last as u64 - latency, 0));
    let figures = status.snapshot().inputs;
    assert_eq!((figures.input_underruns, figures.input_overruns), (0, 0));
}

/// `start_s`, `end_s` and fades hold for what comes in as for files.
#[test]
fn an_input_is_heard_when_the_scene_says() {
    let timed =
        "[[object]]\nname = 'it'\ninput = 1\nstart_s = 0.25\nend_s = 0.5\nfade_out_s = 0.1\n";
    let scene = scene(timed);
    assert_eq!(scene.scene.frames, 24_000);
    let (mut player, _readers, mut intake) = listener(&scene, None);
    let mut came = 0;
    let played = play(&mut player, &mut intake, &mut came, &[480; 60]);
    let centre: Vec<f32> = played.chunks(6).map(|frame| frame[2]).collect();
    assert!(centre[..12_000].iter().all(|sample| *sample == 0.0));
    assert!(centre[12_000..19_200].iter().all(|sample| *sample > 0.0));
    assert!(centre[23_990] < centre[19_200] / 100.0);
    assert_eq!(player.status().stage(), Stage::Over);
}

/// An edit of the scene goes on with the input where the engine before was.
#[test]
fn another_engine_goes_on_with_the_input() {
    let (first, second) = (scene(SCENE), scene(&SCENE.replace("[[bed]]", "eq = []\n[[bed]]")));
    let (mut player, _readers, mut intake) = listener(&first, None);
    let (mut stagehand, controls) = (player.stagehand(), player.controls());
    let status = player.status();
    let mut came = 0;
    let mut played = play(&mut player, &mut intake, &mut came, &[480; 50]);
    let latency = status.inputs.latency_frames().unwrap();
    let setup = setup(&second.scene, &target(), 0..second.scene.frames);
    let _more = stagehand.replace(setup.desk, setup.route, 0.2, &controls).unwrap();
    while stagehand.tidy() == 0 {
        played.extend(play(&mut player, &mut intake, &mut came, &[480]));
    }
    let changed = played.len() / 6;
    played.extend(play(&mut player, &mut intake, &mut came, &[480; 50]));
    assert_eq!(status.inputs.latency_frames(), Some(latency));
    for (frame, heard) in played.chunks(6).enumerate().skip(changed) {
        assert_eq!(heard[2], code(frame as u64 - latency, 0), "frame {frame}");
    }
}
