//! What keys do.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::cli::view::{Key, Seen};
use crate::control::Command;
use crate::scene::Scene;
use crate::units::frames_to_seconds;

/// How far the arrows go, in seconds.
const STRIDE_S: f64 = 5.0;

/// By how much the level is changed at a key, in decibels.
const STEP_DB: f64 = 1.0;

/// The keys in a line.
pub const HELP: &str = "space play  \u{2190}\u{2192} seek  [ ] marker  i o l loop  \u{2191}\u{2193} strip  \
    s solo  u mute  1-9 listen  - + level  d dim  x mute  m mono  r peaks  q quit";

/// What was chosen by keys.
#[derive(Default)]
pub struct Selection {
    strip: usize,
    /// Where a loop is to begin, in seconds.
    loop_from_s: Option<f64>,
    pub forgets_peaks: bool,
}

impl Selection {
    /// The number of the strip that solo and mute are for.
    pub fn strip(&self) -> usize {
        self.strip
    }

    /// Takes a key. What the player is to do comes back; the strips are switched at once.
    pub fn press(&mut self, key: KeyEvent, seen: &Seen<'_>) -> Option<Key> {
        if key.modifiers.contains(KeyModifiers::CONTROL) {
            return (key.code == KeyCode::Char('c')).then_some(Key::Interrupt);
        }
        // An edit may have left fewer of them, or none.
        let last = seen.controls.names().count().saturating_sub(1);
        self.strip = self.strip.min(last);
        match key.code {
            KeyCode::Char('q') | KeyCode::Esc => return Some(Key::Quit),
            KeyCode::Up => self.strip = self.strip.saturating_sub(1),
            KeyCode::Down => self.strip = (self.strip + 1).min(last),
            KeyCode::Char('r') => self.forgets_peaks = true,
            KeyCode::Char('s') => {
                let is_soloed = seen.controls.is_soloed(self.strip) == Some(true);
                seen.controls.set_soloed(self.strip, !is_soloed);
            }
            KeyCode::Char('u') => {
                let is_muted = seen.controls.is_muted(self.strip) == Some(true);
                seen.controls.set_muted(self.strip, !is_muted);
            }
            code => {
                let command = self.transport(code, seen).or_else(|| room(code, seen));
                return command.map(Key::Command);
            }
        }
        None
    }

    fn transport(&mut self, code: KeyCode, seen: &Seen<'_>) -> Option<Command> {
        let Seen { scene, status, transport, .. } = seen;
        let now_s = frames_to_seconds(status.frame(), scene.spec.sample_rate);
        Some(match code {
            KeyCode::Char(' ') => Command::Play(!transport.is_playing()),
            KeyCode::Left => Command::Locate((now_s - STRIDE_S).max(0.0)),
            KeyCode::Right => Command::Locate(now_s + STRIDE_S),
            KeyCode::Home => Command::Locate(0.0),
            KeyCode::Char('[') => Command::Locate(marker_before_s(scene, now_s)),
            KeyCode::Char(']') => Command::Locate(marker_behind_s(scene, now_s)?),
            KeyCode::Char('i') => {
                self.loop_from_s = Some(now_s);
                return None;
            }
            KeyCode::Char('o') => {
                let from_s = self.loop_from_s.filter(|from_s| *from_s < now_s).unwrap_or(0.0);
                Command::Loop(Some((from_s, now_s)))
            }
            KeyCode::Char('l') if transport.route().turns_in().is_some() => Command::Loop(None),
            KeyCode::Char('l') => Command::Loop(Some(section_s(scene, now_s))),
            KeyCode::Char('R') => Command::Reload,
            _ => return None,
        })
    }
}

fn room(code: KeyCode, seen: &Seen<'_>) -> Option<Command> {
    let Seen { room, .. } = seen;
    let targets = room.targets();
    Some(match code {
        KeyCode::Char('d') => Command::Dim(!room.is_dimmed()),
        KeyCode::Char('x') => Command::Mute(!room.is_muted()),
        KeyCode::Char('m') => Command::Mono(!room.is_mono()),
        KeyCode::Char('-') => Command::Level(room.level_db() - STEP_DB),
        KeyCode::Char('+' | '=') => Command::Level((room.level_db() + STEP_DB).min(0.0)),
        KeyCode::Tab => Command::Listen(targets[(room.heard() + 1) % targets.len()].clone()),
        KeyCode::Char(digit @ '1'..='9') => {
            Command::Listen(targets.get(digit as usize - '1' as usize)?.clone())
        }
        _ => return None,
    })
}

/// Where the marker before is, or the scene begins. One that was just passed is passed over, so that
/// the same key can go on backwards.
fn marker_before_s(scene: &Scene, now_s: f64) -> f64 {
    let [before, _] = scene.spec.markers_around(now_s - 1.0);
    before.map_or(0.0, |it| it.at_s)
}

fn marker_behind_s(scene: &Scene, now_s: f64) -> Option<f64> {
    let [_, behind] = scene.spec.markers_around(now_s);
    behind.map(|it| it.at_s)
}

/// From marker to marker, or from end to end.
fn section_s(scene: &Scene, now_s: f64) -> (f64, f64) {
    let [before, behind] = scene.spec.markers_around(now_s);
    let end_s = frames_to_seconds(scene.frames, scene.spec.sample_rate);
    (before.map_or(0.0, |it| it.at_s), behind.map_or(end_s, |it| it.at_s))
}
