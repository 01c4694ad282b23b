//! The screen: transport, meters, the room, loudness and load, in a terminal.

mod ballistics;
mod figures;
mod foot;
mod heading;
mod keys;
mod meters;
mod page;
mod plan;
mod rows;
mod strips;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io::{IsTerminal, stdin, stdout};
use std::time::{Duration, Instant};

use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{Event, KeyEventKind, poll, read};

use super::{Key, Seen, View};
use crate::{Error, Result};
use ballistics::Ballistics;
use figures::Figures;
use keys::Selection;

/// How often it is drawn.
const FRAME: Duration = Duration::from_millis(66);

/// How many lines of what happened are kept, to be told again when the screen is gone.
const KEPT_LINES: usize = 200;

/// A screen on the terminal of the program.
pub struct Screen {
    terminal: DefaultTerminal,
    drawn: Option<Instant>,
    ballistics: Ballistics,
    selection: Selection,
    said: VecDeque<String>,
    keys: Vec<Key>,
}

impl Screen {
    /// Takes the terminal; `None` where there is none that can show a screen and has keys.
    ///
    /// # Errors
    /// When it cannot be set up.
    pub fn open() -> Result<Option<Self>> {
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
        if is_dumb || !stdin().is_terminal() || !stdout().is_terminal() {
            return Ok(None);
        }
        let terminal = ratatui::try_init().map_err(|error| failed(&error))?;
        Ok(Some(Self {
            terminal,
            drawn: None,
            ballistics: Ballistics::default(),
            selection: Selection::default(),
            said: VecDeque::new(),
            keys: Vec::new(),
        }))
    }

    fn read_keys(&mut self, seen: &Seen<'_>) -> Result<()> {
        while poll(Duration::ZERO).map_err(|error| failed(&error))? {
            match read().map_err(|error| failed(&error))? {
                Event::Key(key) if key.kind != KeyEventKind::Release => {
                    self.keys.extend(self.selection.press(key, seen));
                }
                Event::Resize(..) => self.drawn = None,
                _ => {}
            }
        }
        if std::mem::take(&mut self.selection.forgets_peaks) {
            self.ballistics.forget();
        }
        Ok(())
    }

    fn draw(&mut self, seen: &mut Seen<'_>) -> Result<()> {
        let elapsed = self.drawn.map_or(Duration::ZERO, |drawn| drawn.elapsed());
        self.drawn = Some(Instant::now());
        let figures = Figures::of(seen, &mut self.ballistics, elapsed);
        let selected = self.selection.strip();
        let said = self.said.make_contiguous();
        let drawn = self.terminal.draw(|frame| page::draw(frame, &figures, selected, said));
        drawn.map(|_| ()).map_err(|error| failed(&error))
    }
}

impl View for Screen {
    fn say(&mut self, text: &str) {
        self.said.extend(text.lines().map(str::to_owned));
        while self.said.len() > KEPT_LINES {
            self.said.pop_front();
        }
    }

    fn show(&mut self, seen: &mut Seen<'_>) -> Result<()> {
        self.read_keys(seen)?;
        if seen.is_last || self.drawn.is_none_or(|drawn| drawn.elapsed() >= FRAME) {
            self.draw(seen)?;
        }
        Ok(())
    }

    fn take_keys(&mut self) -> Vec<Key> {
        std::mem::take(&mut self.keys)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        ratatui::restore();
        // What the screen took with it.
        self.said.iter().for_each(|line| eprintln!("{line}"));
    }
}

fn failed(error: &std::io::Error) -> Error {
    Error::machine(format!("the terminal: {error}"))
}
