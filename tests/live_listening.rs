//! Several targets at once: each with the bits of its file, one of them heard, as loud as is wanted.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/heard.rs"]
mod heard;
#[path = "support/live.rs"]
mod live;

use cupola::live::{ChannelMap, ControlRoom, Outlet, Player, Readers, Setup, metering, record};
use cupola::render::{Finish, Target};
use cupola::sink::{FileSpec, SampleFormat};
use desk::{TestScene, busy_scene, full_scene, headphones, layouts, scene};
use heard::hear_targets;
use live::{frames, interleaved, outlet};

const RATE_HZ: u32 = 48_000;

/// Within how many frames what was set is there: 30 ms, and a little for where quanta begin.
const THERE: usize = 1440 + 64;

fn targets() -> Vec<Target> {
    let layouts = layouts(&["7.1.4", "stereo"]).into_iter().map(Into::into);
    layouts.chain([headphones()]).collect()
}

fn offline(scene: &TestScene, targets: &[Target]) -> Vec<Vec<f32>> {
    hear_targets(&scene.scene, targets).iter().map(|it| interleaved(it)).collect()
}

fn player(scene: &TestScene, targets: &[Target], outlets: Vec<Outlet>) -> (Player, Readers) {
    player_ahead(0.2, scene, targets, outlets)
}

/// One whose sources are read so many seconds ahead.
fn player_ahead(
    ahead_s: f64,
    scene: &TestScene,
    targets: &[Target],
    outlets: Vec<Outlet>,
) -> (Player, Readers) {
    let desk = cupola::render::desk(&scene.scene, targets, &Finish::default()).unwrap();
    let route = cupola::live::Route::once(0..scene.scene.frames);
    let setup = Setup { desk, route, outlets, ahead_s, waits: true };
    let (mut player, readers) = Player::new(setup).unwrap();
    player.prepare();
    (player, readers)
}

/// Outlets one behind the other, so that the channels of every target are its own.
fn apart(targets: &[Target]) -> Vec<Outlet> {
    let mut first = 0;
    let outlet = |target: &Target| {
        let places = target.layout.loudspeakers.iter().enumerate();
        let map: Vec<String> =
            places.map(|(at, it)| format!("{}={}", it.name, first + at + 1)).collect();
        first += map.len();
        let map = ChannelMap::parse(&map.join(","), &target.layout).unwrap();
        Outlet::new(&target.layout, map)
    };
    targets.iter().map(outlet).collect()
}

/// A tone at half of full scale, the same in both channels of stereo.
fn tone() -> TestScene {
    scene(
        "duration_s = 2\n[[bed]]\nname = 'it'\nlayout = 'stereo'\nchannels = ['L', 'R']\n\
         signal = { type = 'tone', freq_hz = 1000, level_db = -6.0206 }\n",
    )
}

fn peak(samples: &[f32]) -> f32 {
    samples.iter().fold(0.0, |peak, it| peak.max(it.abs()))
}

/// The largest step from a sample to the next of one of two channels.
fn steepest(interleaved: &[f32]) -> f32 {
    let steps = interleaved.windows(3).map(|it| (it[2] - it[0]).abs());
    steps.fold(0.0, f32::max)
}

/// The largest step that the tone makes, and a little for fades: half of full scale within 20 ms.
const STEP_OF_TONE: f32 = 0.5 * 2.0 * std::f32::consts::PI * 1000.0 / 48_000.0 + 0.001;

#[test]
fn every_target_has_the_bits_of_its_file_whichever_is_heard() {
    for scene in [full_scene(), busy_scene()] {
        let targets = targets();
        let whole = offline(&scene, &targets);
        for heard in 0..targets.len() {
            let (mut player, _readers) = player(&scene, &targets, apart(&targets));
            assert!(player.control_room().listen(heard));
            // From the first frame on where it is chosen before; then 30 ms are a crossfade.
            let count = whole[0].len() / 12;
            let played = frames(&mut player, count);
            let all = player.needs();
            let first: usize = targets[..heard].iter().map(|it| it.layout.loudspeakers.len()).sum();
            let channels = targets[heard].layout.loudspeakers.len();
            for (frame, played) in played.chunks(all).enumerate().skip(THERE) {
                let file = &whole[heard][frame * channels..][..channels];
                assert_eq!(&played[first..first + channels], file, "target {heard}, {frame}");
                let others = played[..first].iter().chain(&played[first + channels..]);
                assert!(others.into_iter().all(|it| *it == 0.0));
            }
        }
    }
}

#[test]
fn another_target_comes_without_a_click() {
    let (scene, targets) = (tone(), vec![layouts(&["stereo"]).remove(0).into(), headphones()]);
    let outlets = targets.iter().map(outlet).collect();
    let (mut player, _readers) = player(&scene, &targets, outlets);
    let room = player.control_room();
    assert_eq!((room.targets().len(), room.heard()), (2, 0));
    assert!(!room.listen(2));
    let mut played = frames(&mut player, 10_000);
    let mut levels = Vec::new();
    for (target, pieces) in [(1, 40), (0, 3), (1, 3), (0, 40)] {
        assert!(room.listen(target));
        (0..pieces).for_each(|_| played.extend(frames(&mut player, 333)));
        levels.push(peak(&played[played.len() - 500..]));
    }
    assert!(steepest(&played) < STEP_OF_TONE, "{}", steepest(&played));
    assert_eq!(player.status().snapshot().target, "stereo");
    assert!((levels[3] - 0.5).abs() < 1e-4 && levels[0] > 0.1, "{levels:?}");
    assert_eq!(
        played[played.len() - 500..],
        offline(&scene, &targets)[0][played.len() - 500..played.len()]
    );
}

/// The engine is replaced by one of the same scene: every target comes and goes as one, so that
/// nothing of it is heard in any of them. The one that goes has next to nothing read ahead: it is waited
/// for until it is gone.
#[test]
fn another_engine_comes_in_on_every_target() {
    let (scene, targets) = (tone(), vec![layouts(&["5.1"]).remove(0).into(), headphones()]);
    let whole = offline(&scene, &targets);
    for heard in 0..2 {
        let outlets = targets.iter().map(outlet).collect();
        let (mut player, readers) = player_ahead(0.01, &scene, &targets, outlets);
        let (mut stagehand, controls) = (player.stagehand(), player.controls());
        assert!(player.control_room().listen(heard));
        let all = player.needs();
        let mut played = frames(&mut player, 9600);
        let desk = cupola::render::desk(&scene.scene, &targets, &Finish::default()).unwrap();
        let route = cupola::live::Route::once(0..scene.scene.frames);
        let _later = stagehand.replace(desk, route, 0.2, &controls).unwrap();
        (0..120).for_each(|_| played.extend(frames(&mut player, 480)));
        let channels = whole[heard].len() / whole[0].len().div_euclid(6);
        let pairs = played.chunks(all).zip(whole[heard].chunks(channels)).skip(THERE);
        let worst = pairs.flat_map(|(played, file)| played.iter().zip(file));
        let worst = worst.fold(0.0_f32, |worst, (a, b)| worst.max((a - b).abs()));
        // Two shares in single precision, of which each is rounded; on headphones the one that goes is faded before its filters,
        // which spread over some 16 frames, the one that comes behind them: over 2400 frames.
        let tolerance = [1.2e-7, 0.5 * 16.0 / 2400.0][heard];
        assert!(worst < tolerance, "target {heard}: {worst}");
        assert_eq!(player.status().snapshot().missed_reads, 0);
        drop(readers);
        let other = vec![targets[1].clone(), targets[0].clone()];
        let desk = cupola::render::desk(&scene.scene, &other, &Finish::default()).unwrap();
        let refused = stagehand.replace(desk, route, 0.2, &controls);
        assert!(refused.is_err(), "targets of other channels");
    }
}

#[test]
fn level_dim_and_mute_do_what_they_say_without_a_click() {
    let (scene, targets) = (tone(), vec![layouts(&["stereo"]).remove(0).into()]);
    let whole = offline(&scene, &targets).remove(0);
    let (mut player, _readers) = player(&scene, &targets, targets.iter().map(outlet).collect());
    let room = player.control_room();
    let mut played = frames(&mut player, 1000);
    type Set = fn(&ControlRoom);
    let sets: [(Set, f32); 7] = [
        (|room| assert!(room.set_level_db(-6.0206)), 0.5),
        (|room| room.set_dimmed(true), 0.05),
        (|room| room.set_muted(true), 0.0),
        (|room| room.set_muted(false), 0.05),
        (|room| room.set_dimmed(false), 0.5),
        (|room| assert!(!room.set_level_db(f64::NAN)), 0.5),
        (|room| assert!(room.set_level_db(12.0)), 1.0),
    ];
    for (set, gain) in sets {
        set(&room);
        (0..20).for_each(|_| played.extend(frames(&mut player, 100)));
        let there = peak(&played[played.len() - 400..]);
        assert!((there - 0.5 * gain).abs() < 1e-4, "{there} instead of {}", 0.5 * gain);
    }
    assert!(steepest(&played) < STEP_OF_TONE, "{}", steepest(&played));
    assert_eq!(played[played.len() - 400..], whole[played.len() - 400..played.len()]);
    assert_eq!(room.level_db(), 0.0);
}

#[test]
fn mono_adds_what_is_on_both_sides() {
    let text = "duration_s = 2\n[[bed]]\nname = 'it'\nlayout = 'stereo'\nchannels = ['L']\n\
                signal = { type = 'tone', freq_hz = 1000, level_db = -6.0206 }\n";
    let (scene, targets) = (scene(text), vec![layouts(&["stereo"]).remove(0).into()]);
    let (mut player, _readers) = player(&scene, &targets, targets.iter().map(outlet).collect());
    let room = player.control_room();
    room.set_mono(true);
    let mut played = frames(&mut player, 3000);
    for frame in played[2 * THERE..].chunks(2) {
        assert!((frame[0] - frame[1]).abs() < 1e-7);
    }
    // Left and right meet at half of their levels, and come from both sides.
    let there = peak(&played[2 * THERE..]);
    assert!((there - 0.25).abs() < 1e-4, "{there}");
    room.set_mono(false);
    played.extend(frames(&mut player, 3000));
    assert!(steepest(&played) < STEP_OF_TONE);
    let whole = offline(&scene, &targets).remove(0);
    assert_eq!(played[6000 + 2 * THERE..], whole[6000 + 2 * THERE..12_000]);
}

#[test]
fn what_is_recorded_is_the_first_target_whichever_is_heard_and_however_loud() {
    let (scene, targets) = (full_scene(), targets());
    let whole = offline(&scene, &targets).remove(0);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("it.wav");
    let layout = &targets[0].layout;
    let spec = FileSpec {
        path: path.clone(),
        rate_hz: RATE_HZ,
        channel_names: layout.loudspeakers.iter().map(|it| it.name.clone()).collect(),
        mask: 0,
        order: (0..12).collect(),
        format: SampleFormat::Float32,
        dither_seed: 0,
        first_frame: 0,
        expected_frames: None,
    };
    let (tape, recording) = record(spec).unwrap();
    let mut outlets: Vec<Outlet> = targets.iter().map(outlet).collect();
    let first = outlets.remove(0).taped(tape);
    outlets.insert(0, first);
    let (mut player, _readers) = player(&scene, &targets, outlets);
    let room = player.control_room();
    room.set_dimmed(true);
    let count = whole.len() / 12;
    frames(&mut player, count / 3);
    room.listen(2);
    frames(&mut player, count - count / 3);
    recording.finish().unwrap();
    let read: Vec<f32> =
        hound::WavReader::open(&path).unwrap().samples().map(Result::unwrap).collect();
    assert_eq!(read, whole);
}

#[test]
fn loudness_and_peaks_are_those_of_the_scene_however_loud_it_is_heard() {
    let (scene, targets) = (tone(), vec![layouts(&["stereo"]).remove(0).into()]);
    let desk = cupola::render::desk(&scene.scene, &targets, &Finish::default()).unwrap();
    let (tap, mut meter) = metering(&desk.measured_targets[0], RATE_HZ);
    let outlets = vec![outlet(&targets[0]).tapped(tap)];
    let (mut player, _readers) = player(&scene, &targets, outlets);
    player.control_room().set_dimmed(true);
    for _ in 0..60 {
        frames(&mut player, 1600);
        meter.read();
    }
    let loudness = meter.loudness();
    // A tone of 1 kHz at -6.02 dBFS in two channels: -3.01 - 6.02 + 3.01 dB, by BS.1770's calibration.
    let integrated = loudness.integrated_lufs.unwrap();
    assert!((integrated + 6.02).abs() < 0.05, "{integrated}");
    assert!((loudness.true_peak_dbtp.unwrap() + 6.02).abs() < 0.05, "{loudness:?}");
    let peaks = meter.take_peaks();
    assert!(peaks.iter().all(|it| (it.sample_peak_dbfs.unwrap() + 6.02).abs() < 0.05));
    assert!(meter.take_peaks().iter().all(|it| it.true_peak_dbtp.is_none()));
}
