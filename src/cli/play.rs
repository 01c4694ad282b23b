//! `cupola play`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;

use super::edits::Edits;
use super::hand::{self, Hand};
use super::range::TimeRange;
use super::signals::Signals;
use super::{line_in, outlet, output, target};
use crate::engine::Controls;
use crate::layout::Layout;
use crate::live::device::{Choice, Device, find};
use crate::live::{
    ChannelMap, InputMonitor, Monitor, Player, Readers, Recording, Route, Setup, Stage, Stagehand,
    Status, Tape, Transport, record,
};
use crate::render::{Desk, Finish, Headphones, Target, desk};
use crate::scene::{Options, Scene};
use crate::sink::{FileSpec, SampleFormat, guard_inputs};
use crate::{Error, Result};

/// How far ahead sources are read, in seconds.
const AHEAD_S: f64 = 1.0;

/// How often the device is looked after.
const TICK: Duration = Duration::from_millis(20);

/// How long a device has to fade out when it is asked to leave.
const FAREWELL: Duration = Duration::from_secs(1);

/// How often a line is printed where nobody looks at a screen.
const LINE: Duration = Duration::from_secs(1);

#[derive(Args)]
pub struct Arguments {
    /// The scene: a .toml or .json file
    scene: PathBuf,
    /// What to play to: a layout, by name or by the path of a .toml file, or whatever `render --to`
    /// takes, such as binaural
    #[arg(long = "to", value_name = "LAYOUT")]
    to: String,
    /// The sound system: alsa, jack, pipewire, … [default: that of the device, else the system's]
    #[arg(long)]
    host: Option<String>,
    /// The device, by its id: see `cupola devices` [default: that of the host]
    #[arg(long)]
    device: Option<String>,
    /// Frames that the device is to ask for at once [default: what it likes]
    #[arg(long, value_name = "FRAMES", value_parser = clap::value_parser!(u32).range(1..=8192))]
    buffer: Option<u32>,
    /// Which loudspeaker is on which channel of the device: L=1,R=2,C=5,LFE=off
    /// [default: the layout's order on channels 1 to N]
    #[arg(long, value_name = "NAME=CHANNEL,…")]
    map: Option<String>,
    /// Make up for loudspeakers and room as the layout says: level, delay, polarity, equaliser, bass
    #[arg(long)]
    calibrate: bool,
    /// Play at the device's rate where it does not have the scene's: files are resampled, and the
    /// samples are no longer those of a rendered file
    #[arg(long)]
    resample: bool,
    /// Play only a part, from A (heard) to B (not heard any more): 10s..20s, 1:30.., 0f..48000f
    #[arg(long, value_name = "A..B")]
    range: Option<TimeRange>,
    /// Play it over and over; its ends are taken to the nearest 64 frames
    #[arg(long = "loop")]
    around: bool,
    /// Print a line of JSON a second
    #[arg(long)]
    headless: bool,
    /// Write what is heard to a 32-bit WAV file
    #[arg(long, value_name = "FILE.wav")]
    record: Option<PathBuf>,
    /// Wait for files that are late instead of playing silence: for devices without a clock, where it
    /// is on once they show that they have none
    #[arg(long)]
    wait_for_sources: bool,
    /// The head that `--to binaural` hears with: a SOFA file (AES69)
    #[arg(long, value_name = "FILE.sofa")]
    hrtf: Option<PathBuf>,
    /// Leave the masters out: the raw mix
    #[arg(long)]
    no_master: bool,
    /// Pad audio files that are shorter than they say with silence, instead of refusing them
    #[arg(long)]
    allow_truncated: bool,
    /// Let the scene read files outside its folder
    #[arg(long)]
    allow_outside: bool,
    #[command(flatten)]
    line_in: line_in::Arguments,
    #[command(flatten)]
    hand: hand::Arguments,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    // Asked first: where there are no devices, nothing else matters.
    let device = find(&Choice {
        host: arguments.host.clone(),
        device: arguments.device.clone(),
        buffer_frames: arguments.buffer,
    })?;
    let headphones = Headphones { hrtf: arguments.hrtf.clone(), ..Headphones::default() };
    let target = target::parse(&arguments.to, &headphones)?;
    let (scene, options) = load(arguments, &*device)?;
    let rate_hz = scene.spec.sample_rate;
    let map = outlet::map(arguments.map.as_deref(), &target.layout, &*device, rate_hz)?;
    let calibration = outlet::calibration(arguments.calibrate, &target.layout, rate_hz)?;
    let line_in = arguments.line_in.find(&scene, &*device, arguments.buffer)?;
    let input_channels = line_in.as_ref().map_or(0, line_in::LineIn::channels);
    let signals = Signals::listen()?;
    let (tape, recording) = match &arguments.record {
        Some(path) => Some(begin_recording(path, &target.layout, &scene)?).unzip(),
        None => (None, None),
    };
    let (player, readers) = player(arguments, &scene, &target, map, tape)?;
    let mut player = player.calibrated(calibration);
    let controls = player.controls();
    let intake = line_in.map(|it| (it.listen(&mut player), it));
    let mut show = Show {
        status: player.status(),
        transport: player.transport(),
        stagehand: player.stagehand(),
        hand: arguments.hand.take(&scene, &controls)?,
        edits: Edits::of(&scene.path),
        controls,
        readers,
        signals,
        arguments,
        input: None,
        input_channels,
        options,
        target,
        scene,
    };
    show.input = intake.map(|(intake, line_in)| line_in.open(intake)).transpose()?;
    let monitor = Monitor::start(device, Box::new(player))?;
    let ended = show.run(monitor);
    // That the copy of the scene failed must not hide how playing ended.
    if let Some(Err(error)) = show.hand.as_ref().map(|hand| hand.write_automation(&show.scene)) {
        super::problems::report(&error);
    }
    if let Some(recording) = recording {
        recording.finish()?;
    }
    ended
}

/// The scene, at the device's rate where it may be, and how it is read again.
fn load(arguments: &Arguments, device: &dyn Device) -> Result<(Scene, Options)> {
    let mut options = Options {
        allow_outside: arguments.allow_outside,
        allow_truncated: arguments.allow_truncated,
        rate_hz: None,
    };
    let (mut scene, mut doubts) = Scene::load(&arguments.scene, &options)?;
    if arguments.resample && device.most_channels(scene.spec.sample_rate)? == 0 {
        options.rate_hz = Some(outlet::nearest_rate_hz(device, scene.spec.sample_rate)?);
        (scene, doubts) = Scene::load(&arguments.scene, &options)?;
    }
    super::problems::show(&doubts);
    Ok((scene, options))
}

fn begin_recording(path: &Path, layout: &Layout, scene: &Scene) -> Result<(Tape, Recording)> {
    guard_inputs(path, &scene.inputs())?;
    let order = layout.file_order();
    record(FileSpec {
        path: path.to_owned(),
        rate_hz: scene.spec.sample_rate,
        channel_names: order.iter().map(|&at| layout.loudspeakers[at].name.clone()).collect(),
        mask: layout.mask(),
        order,
        format: SampleFormat::Float32,
        dither_seed: 0,
        first_frame: 0,
        expected_frames: None,
    })
}

fn player(
    arguments: &Arguments,
    scene: &Scene,
    target: &Target,
    map: ChannelMap,
    tape: Option<Tape>,
) -> Result<(Player, Readers)> {
    let (desk, route) = staged(arguments, scene, target)?;
    let waits = arguments.wait_for_sources;
    Player::new(Setup { desk, route, map, ahead_s: AHEAD_S, waits, tape })
}

/// The desk of a scene, and which way through it is played.
fn staged(arguments: &Arguments, scene: &Scene, target: &Target) -> Result<(Desk, Route)> {
    let finish = Finish { no_master: arguments.no_master, ..Finish::default() };
    let desk = desk(scene, std::slice::from_ref(target), &finish)?;
    desk.warnings.iter().for_each(|warning| eprintln!("warning: {warning}"));
    let range = arguments.range.unwrap_or_default();
    let frame = |moment: super::range::Moment| moment.frame(scene.spec.sample_rate);
    let from = range.from.map_or(0, frame);
    let to = range.to.map_or(desk.frames, frame).min(desk.frames);
    if from >= to {
        let message = format!("the range has no frames: the scene has {}", desk.frames);
        return Err(Error::usage(message));
    }
    let route =
        if arguments.around { Route::around(from, from..to) } else { Route::once(from..to) };
    Ok((desk, route))
}

/// A scene as it plays.
struct Show<'a> {
    scene: Scene,
    target: Target,
    options: Options,
    arguments: &'a Arguments,
    status: Arc<Status>,
    transport: Arc<Transport>,
    controls: Arc<Controls>,
    stagehand: Stagehand,
    readers: Readers,
    hand: Option<Hand>,
    edits: Edits,
    signals: Signals,
    input: Option<InputMonitor>,
    input_channels: usize,
}

impl Show<'_> {
    /// Plays to the end, or until somebody asks it to end.
    fn run(&mut self, mut monitor: Monitor) -> Result<()> {
        let mut told = Instant::now();
        let mut left: Option<Instant> = None;
        let mut failures = 0;
        while self.status.stage() != Stage::Over {
            monitor.tick().iter().for_each(|event| eprintln!("{event}"));
            monitor.check()?;
            if let Some(input) = &mut self.input {
                input.tick().iter().for_each(|event| eprintln!("{event}"));
                self.status.inputs.note_buffers(input.buffer_frames() + monitor.buffer_frames());
            }
            for failure in self.readers.failures().iter().skip(failures) {
                eprintln!("warning: {failure}");
                failures += 1;
            }
            self.stagehand.tidy();
            let hand = self.hand.as_ref();
            let asked = hand.map(|it| it.obey(&self.transport, &self.controls, &self.scene));
            if self.edits.any() || asked == Some(true) {
                self.change_over();
                failures = 0;
            }
            if self.signals.asked_to_end().is_some() {
                self.transport.leave();
                if left.get_or_insert_with(Instant::now).elapsed() > FAREWELL {
                    break;
                }
            }
            if told.elapsed() >= LINE {
                told += LINE;
                self.tell()?;
            }
            std::thread::sleep(TICK);
        }
        monitor.finish();
        self.tell()?;
        self.signals.asked_to_end().map_or(Ok(()), Err)
    }

    /// Plays the scene as it is on the disk now. If it cannot be, what plays plays on.
    fn change_over(&mut self) {
        if let Err(error) = self.try_change_over() {
            super::problems::report(&error);
        }
    }

    fn try_change_over(&mut self) -> Result<()> {
        let (scene, doubts) = Scene::load(&self.arguments.scene, &self.options)?;
        super::problems::show(&doubts);
        line_in::check(&scene.spec.line_inputs(), "what was opened", self.input_channels)?;
        let (mut desk, route) = staged(self.arguments, &scene, &self.target)?;
        if self.scene.differs_in_knobs(&scene) {
            let moved = self.scene.moved(&scene);
            match self.stagehand.retune(desk, &moved, &self.controls)? {
                Some(back) => desk = back,
                None => {
                    self.scene = scene;
                    return Ok(());
                }
            }
        }
        let (readers, controls) = self.stagehand.replace(desk, route, AHEAD_S, &self.controls)?;
        if let Some(hand) = &self.hand {
            hand.change_over(&scene, &controls);
        }
        (self.scene, self.readers, self.controls) = (scene, readers, controls);
        Ok(())
    }

    /// A line of JSON, where that is what is wanted.
    fn tell(&self) -> Result<()> {
        if !self.arguments.headless {
            return Ok(());
        }
        let line = serde_json::to_string(&self.status.snapshot())
            .map_err(|error| Error::machine(format!("the line cannot be written: {error}")))?;
        output::print(&(line + "\n"))
    }
}
