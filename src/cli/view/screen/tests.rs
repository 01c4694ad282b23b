//! What the screen shows of a scene that plays, in terminals of all sizes.

use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::ballistics::Ballistics;
use super::figures::Figures;
use super::keys::Selection;
use super::page;
use crate::cli::view::{Key, Seen};
use crate::control::Command;
use crate::live::{ChannelMap, Metering, Outlet, Player, Readers, Route, Setup, metering};
use crate::loudness::Peaks;
use crate::render::{Finish, Headphones, Target, desk};
use crate::scene::{Options, Scene};

const SCENE: &str = "
title = 'Two tones'
duration_s = 4
[[marker]]
name = 'verse'
at_s = 1
[[marker]]
name = 'chorus'
at_s = 3
[[object]]
name = 'bird'
gain_db = -6
position = { azimuth_deg = 90 }
signal = { type = 'tone', freq_hz = 1000, level_db = -6 }
[[object]]
name = 'bee'
position = { azimuth_deg = -90, elevation_deg = 40 }
signal = { type = 'tone', freq_hz = 440, level_db = -20 }
";

/// A scene, played for half a second.
struct Stage {
    scene: Scene,
    targets: Vec<Target>,
    metering: Vec<Metering>,
    player: Player,
    _readers: Readers,
}

impl Stage {
    fn new(layout: &str) -> Self {
        Self::of(SCENE, layout)
    }

    fn of(scene: &str, layout: &str) -> Self {
        let file = tempfile::NamedTempFile::with_suffix(".toml").unwrap();
        std::fs::write(file.path(), scene).unwrap();
        let (scene, _) = Scene::load(file.path(), &Options::default()).unwrap();
        let headphones = Target::headphones(Headphones::default()).unwrap();
        let targets = vec![crate::layout::load(layout).unwrap().into(), headphones];
        let desk = desk(&scene, &targets, &Finish::default()).unwrap();
        let (mut outlets, mut meters) = (Vec::new(), Vec::new());
        for (target, measured) in targets.iter().zip(&desk.measured_targets) {
            let (tap, meter) = metering(measured, 48_000);
            let map = ChannelMap::in_order(&target.layout);
            outlets.push(Outlet::new(&target.layout, map).tapped(tap));
            meters.push(meter);
        }
        let route = Route::once(0..scene.frames);
        let setup = Setup { desk, route, outlets, ahead_s: 0.5, waits: true };
        let (mut player, readers) = Player::new(setup).unwrap();
        player.prepare();
        let mut stage = Self { scene, targets, metering: meters, player, _readers: readers };
        stage.play(24_000);
        stage
    }

    fn play(&mut self, frames: usize) {
        let channels = self.player.needs();
        self.player.fill(&mut vec![0.0; frames * channels], channels);
        self.metering.iter_mut().for_each(Metering::read);
    }

    fn look<T>(&mut self, look: impl FnOnce(&mut Seen<'_>) -> T) -> T {
        look(&mut Seen {
            scene: &self.scene,
            targets: &self.targets,
            metering: &mut self.metering,
            status: &self.player.status(),
            transport: &self.player.transport(),
            room: &self.player.control_room(),
            controls: &self.player.controls(),
            is_last: false,
        })
    }

    fn press(&mut self, selection: &mut Selection, code: KeyCode) -> Option<Key> {
        self.look(|seen| selection.press(KeyEvent::new(code, KeyModifiers::NONE), seen))
    }
}

fn drawn(figures: &Figures, selected: usize, width: u16, height: u16) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let said = ["something happened".to_owned()];
    terminal.draw(|frame| page::draw(frame, figures, selected, &said)).unwrap();
    let cells = terminal.backend().buffer().content().chunks(usize::from(width));
    let line = |cells: &[ratatui::buffer::Cell]| cells.iter().map(|it| it.symbol()).collect();
    cells.map(line).collect::<Vec<String>>().join("\n")
}

fn figures(stage: &mut Stage) -> Figures {
    stage.look(|seen| Figures::of(seen, &mut Ballistics::default(), Duration::ZERO))
}

#[test]
fn all_that_plays_is_seen_at_80_by_24() {
    let mut stage = Stage::new("7.1.4");
    let figures = figures(&mut stage);
    let page = drawn(&figures, 0, 80, 24);
    println!("{page}");
    for part in [
        "Two tones",
        "playing",
        "0:00.5 / 0:04.0",
        "1:7.1.4",
        "2:binaural",
        "verse",
        "chorus",
        "Ltr",
        "bird",
        "-6.0",
        "90\u{b0}",
        "LUFS  true peak -12.0",
        "LUFS",
        "p99",
        "something happened",
        "q quit",
    ] {
        assert!(page.contains(part), "{part} is missing in\n{page}");
    }
    // The bird is at the left of the view from above, at -12 dBFS.
    let (channel, meter) = &figures.channels[4];
    assert_eq!(channel, "Lss");
    let level = [meter.sample_peak_dbfs.unwrap(), meter.true_peak_dbtp.unwrap()];
    assert!(level.iter().all(|it| (it + 12.0).abs() < 0.2), "{level:?}");
    assert!(figures.strips[0].place.unwrap().x < -0.99);
}

#[test]
fn terminals_of_any_size_are_drawn_to() {
    for layout in ["stereo", "22.2"] {
        let mut stage = Stage::new(layout);
        let figures = figures(&mut stage);
        for width in (1..100).step_by(7).chain([200]) {
            for height in (1..40).step_by(3).chain([90]) {
                drawn(&figures, 1, width, height);
            }
        }
    }
}

#[test]
fn keys_ask_for_what_they_say() {
    let mut stage = Stage::new("stereo");
    let mut keys = Selection::default();
    let command = |command| Some(Key::Command(command));
    for (code, expected) in [
        (KeyCode::Char(' '), command(Command::Play(false))),
        (KeyCode::Right, command(Command::Locate(5.5))),
        (KeyCode::Left, command(Command::Locate(0.0))),
        (KeyCode::Char(']'), command(Command::Locate(1.0))),
        (KeyCode::Char('['), command(Command::Locate(0.0))),
        (KeyCode::Char('l'), command(Command::Loop(Some((0.0, 1.0))))),
        (KeyCode::Char('o'), command(Command::Loop(Some((0.0, 0.5))))),
        (KeyCode::Char('2'), command(Command::Listen("binaural".into()))),
        (KeyCode::Char('3'), None),
        (KeyCode::Tab, command(Command::Listen("binaural".into()))),
        (KeyCode::Char('-'), command(Command::Level(-1.0))),
        (KeyCode::Char('+'), command(Command::Level(0.0))),
        (KeyCode::Char('d'), command(Command::Dim(true))),
        (KeyCode::Char('x'), command(Command::Mute(true))),
        (KeyCode::Char('m'), command(Command::Mono(true))),
        (KeyCode::Char('q'), Some(Key::Quit)),
        (KeyCode::F(7), None),
    ] {
        assert_eq!(stage.press(&mut keys, code), expected, "{code:?}");
    }
    let control_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
    assert_eq!(stage.look(|seen| keys.press(control_c, seen)), Some(Key::Interrupt));
}

#[test]
fn strips_are_soloed_and_muted_by_key() {
    let mut stage = Stage::new("stereo");
    let mut keys = Selection::default();
    for code in [KeyCode::Down, KeyCode::Down, KeyCode::Char('s'), KeyCode::Char('u')] {
        assert_eq!(stage.press(&mut keys, code), None);
    }
    let controls = stage.player.controls();
    assert_eq!((controls.is_soloed(0), controls.is_soloed(1)), (Some(false), Some(true)));
    assert_eq!((controls.is_muted(0), controls.is_muted(1)), (Some(false), Some(true)));
    let figures = figures(&mut stage);
    assert!(drawn(&figures, keys.strip(), 80, 24).contains("2 M bee"));
    stage.press(&mut keys, KeyCode::Up);
    assert_eq!(keys.strip(), 0);
}

#[test]
fn where_all_is_muted_there_is_nothing_to_choose() {
    let silent = SCENE.replace("[[object]]", "[[object]]\nmute = true");
    let mut stage = Stage::of(&silent, "stereo");
    let mut keys = Selection::default();
    for code in [KeyCode::Down, KeyCode::Up, KeyCode::Char('s'), KeyCode::Char('u')] {
        assert_eq!(stage.press(&mut keys, code), None);
    }
    assert_eq!(keys.strip(), 0);
    let figures = figures(&mut stage);
    assert!(figures.strips.is_empty());
    drawn(&figures, keys.strip(), 80, 24);
}

#[test]
fn meters_rise_at_once_and_fall_slowly_and_peaks_are_held() {
    let peaks = |level| Peaks { sample_peak_dbfs: level, true_peak_dbtp: level };
    let mut ballistics = Ballistics::default();
    let mut shown = |level, after_s: f64| {
        ballistics.show(0, &[peaks(level)], Duration::from_secs_f64(after_s))[0]
    };
    assert_eq!(shown(Some(-3.0), 0.0).sample_peak_dbfs, Some(-3.0));
    // 20 dB in 1.7 s.
    assert!((shown(Some(-60.0), 1.7).sample_peak_dbfs.unwrap() + 23.0).abs() < 1e-9);
    let silent = shown(None, 60.0);
    assert_eq!((silent.sample_peak_dbfs, silent.true_peak_dbtp), (None, Some(-3.0)));
    ballistics.forget();
    let now = ballistics.show(0, &[peaks(None)], Duration::ZERO)[0];
    assert_eq!(now.true_peak_dbtp, None);
}
