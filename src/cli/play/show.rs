//! A scene as it plays, looked after from the outside.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::edits::Edits;
use super::hand::Hand;
use super::obey::{Outcome, Reach};
use super::{AHEAD_S, Arguments, line_in, staged};
use crate::cli::problems;
use crate::cli::signals::Signals;
use crate::cli::view::{self, Key, Seen, View};
use crate::control::Command;
use crate::engine::Controls;
use crate::live::{
    ControlRoom, InputMonitor, Metering, Monitor, Player, Readers, Stage, Stagehand, Status,
    Transport,
};
use crate::render::Target;
use crate::scene::{Options, Scene};
use crate::{Error, Result};

/// How often the device is looked after.
const TICK: Duration = Duration::from_millis(20);

/// How long a device has to fade out when it is asked to leave.
const FAREWELL: Duration = Duration::from_secs(1);

/// What a show is made of besides its player.
pub struct Parts {
    pub scene: Scene,
    /// How the scene is read again.
    pub options: Options,
    pub targets: Vec<Target>,
    pub readers: Readers,
    pub metering: Vec<Metering>,
    pub hand: Option<Hand>,
    pub edits: Edits,
    /// How many channels of the interface are open.
    pub input_channels: usize,
}

/// A scene as it plays.
pub struct Show<'a> {
    parts: Parts,
    arguments: &'a Arguments,
    status: Arc<Status>,
    transport: Arc<Transport>,
    room: Arc<ControlRoom>,
    controls: Arc<Controls>,
    stagehand: Stagehand,
    view: Box<dyn View>,
    /// How many of the failures of the readers were told.
    failures: usize,
    /// How many channels were muted and strips silenced, as it was told.
    no_numbers: [u64; 2],
    /// What was refused last: the same is not told twice, however often it is asked for.
    refused: String,
    /// How a key ended it, if one did.
    left: Option<Result<()>>,
}

impl<'a> Show<'a> {
    pub fn new(parts: Parts, arguments: &'a Arguments, player: &mut Player) -> Self {
        Self {
            status: player.status(),
            transport: player.transport(),
            room: player.control_room(),
            controls: player.controls(),
            stagehand: player.stagehand(),
            view: view::silent(),
            failures: 0,
            no_numbers: [0; 2],
            refused: String::new(),
            left: None,
            parts,
            arguments,
        }
    }

    /// Plays to the end, or until somebody asks it to end.
    ///
    /// # Errors
    /// When a signal ended it, the device kept the player, or nothing can be shown any more.
    pub fn run(
        &mut self,
        monitor: Monitor,
        input: Option<InputMonitor>,
        signals: &Signals,
    ) -> Result<()> {
        self.view = view::open(self.arguments.headless)?;
        let played = self.play(monitor, input, signals);
        // However it ended, the terminal is given back before anything else is told.
        self.view = view::silent();
        played?;
        let signal = || signals.asked_to_end().map_or(Ok(()), Err);
        self.left.take().unwrap_or_else(signal)
    }

    fn play(
        &mut self,
        mut monitor: Monitor,
        mut input: Option<InputMonitor>,
        signals: &Signals,
    ) -> Result<()> {
        let mut leaves: Option<Instant> = None;
        while self.status.stage() != Stage::Over {
            self.look_after(&mut monitor, input.as_mut());
            monitor.check()?;
            self.stagehand.tidy();
            self.do_what_is_asked();
            if signals.asked_to_end().is_some() || self.left.is_some() {
                self.transport.leave();
                if leaves.get_or_insert_with(Instant::now).elapsed() > FAREWELL {
                    break;
                }
            }
            self.show(false)?;
            std::thread::sleep(TICK);
        }
        monitor.finish();
        self.show(true)
    }

    /// Writes the moves into a copy of the scene, if that was asked for.
    ///
    /// # Errors
    /// When the copy cannot be written.
    pub fn write_automation(&self) -> Result<()> {
        let hand = self.parts.hand.as_ref();
        hand.map_or(Ok(()), |hand| hand.write_automation(&self.parts.scene))
    }

    fn look_after(&mut self, monitor: &mut Monitor, input: Option<&mut InputMonitor>) {
        monitor.tick().iter().for_each(|event| self.view.say(event));
        if let Some(input) = input {
            input.tick().iter().for_each(|event| self.view.say(event));
            self.status.inputs.note_buffers(input.buffer_frames() + monitor.buffer_frames());
        }
        for failure in self.parts.readers.failures().iter().skip(self.failures) {
            self.view.say(&format!("warning: {failure}"));
            self.failures += 1;
        }
        let no_numbers = self.status.no_numbers();
        for (at, what) in ["channels muted", "strips or targets silenced"].iter().enumerate() {
            if no_numbers[at] > self.no_numbers[at] {
                let count = no_numbers[at] - self.no_numbers[at];
                self.view.say(&format!("warning: {count} {what}: something in them was no number"));
            }
        }
        self.no_numbers = no_numbers;
        self.parts.metering.iter_mut().for_each(Metering::read);
    }

    fn show(&mut self, is_last: bool) -> Result<()> {
        let Self { parts, view, status, transport, room, controls, .. } = self;
        let Parts { scene, targets, metering, .. } = parts;
        view.show(&mut Seen {
            scene,
            targets,
            metering,
            status,
            transport,
            room,
            controls,
            is_last,
        })
    }

    fn do_what_is_asked(&mut self) {
        let mut reload = self.parts.edits.any();
        let mut asked = self.parts.hand.as_ref().map_or_else(Vec::new, Hand::take);
        for key in self.view.take_keys() {
            match key {
                Key::Command(command) => asked.push(command),
                Key::Quit => self.left = Some(Ok(())),
                Key::Interrupt => self.left = Some(Err(Error::Interrupted)),
            }
        }
        for command in asked {
            reload |= self.obey(command);
        }
        if reload {
            self.change_over();
        }
    }

    /// Whether the scene is to be read anew.
    fn obey(&mut self, command: Command) -> bool {
        let Self { transport, room, status, parts, .. } = self;
        let reach = Reach { scene: &parts.scene, transport, room, frame: status.frame() };
        match reach.obey(command) {
            Outcome::Done => false,
            Outcome::Reload => true,
            Outcome::Refused(why) => {
                if self.refused != why {
                    self.view.say(&format!("warning: {why}"));
                    self.refused = why;
                }
                false
            }
        }
    }

    /// Plays the scene as it is on the disk now. If it cannot be, what plays plays on.
    fn change_over(&mut self) {
        match self.try_change_over() {
            Ok(()) => self.view.say(&format!("{}: read anew", self.parts.scene.path.display())),
            Err(error) => self.view.explain(&error),
        }
    }

    fn try_change_over(&mut self) -> Result<()> {
        let (scene, doubts) = Scene::load(&self.arguments.scene, &self.parts.options)?;
        if !doubts.problems.is_empty() {
            self.view.say(problems::plain(&doubts).trim_end());
        }
        line_in::check(&scene.spec.line_inputs(), "what was opened", self.parts.input_channels)?;
        let (mut desk, route) = staged(self.arguments, &scene, &self.parts.targets)?;
        if self.parts.scene.differs_in_knobs(&scene) {
            let moved = self.parts.scene.moved(&scene);
            match self.stagehand.retune(desk, &moved, &self.controls)? {
                Some(back) => desk = back,
                None => {
                    self.parts.scene = scene;
                    return Ok(());
                }
            }
        }
        let (readers, controls) = self.stagehand.replace(desk, route, AHEAD_S, &self.controls)?;
        if let Some(hand) = &self.parts.hand {
            hand.change_over(&scene, &controls);
        }
        self.failures = 0;
        (self.parts.scene, self.parts.readers, self.controls) = (scene, readers, controls);
        Ok(())
    }
}
