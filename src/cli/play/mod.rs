//! `cupola play`.

mod edits;
mod hand;
mod line_in;
mod obey;
mod show;
mod ways_out;

use std::path::PathBuf;

use clap::Args;

use super::range::{Moment, TimeRange};
use super::signals::Signals;
use super::{outlet, problems, target};
use crate::live::device::Device;
use crate::live::{Monitor, Player, Route, Setup};
use crate::render::{Desk, Finish, Headphones, Target, desk};
use crate::scene::{Options, Scene};
use crate::{Error, Result};
use edits::Edits;
use show::{Parts, Show};
use ways_out::WaysOut;

/// How far ahead sources are read, in seconds.
const AHEAD_S: f64 = 1.0;

#[derive(Args)]
pub struct Arguments {
    /// The scene: a .toml or .json file
    scene: PathBuf,
    /// What to play to: a layout, by name or by the path of a .toml file, or whatever `render --to`
    /// takes, such as binaural; may be said several times: the first is heard, until another is
    /// listened to
    #[arg(long = "to", value_name = "LAYOUT", required = true)]
    to: Vec<String>,
    #[command(flatten)]
    outlet: outlet::Arguments,
    /// Which loudspeaker is on which channel of the device: L=1,R=2,C=5,LFE=off
    /// [default: the layout's order on channels 1 to N]; the first that is said is for the first --to,
    /// and so on
    #[arg(long, value_name = "NAME=CHANNEL,…")]
    map: Vec<String>,
    /// How far to turn down what is heard, in decibels, -200 to 0
    #[arg(long, value_name = "DB", default_value_t = 0.0, allow_negative_numbers = true,
        value_parser = level_db)]
    level_db: f64,
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
    /// Print a line of JSON a second instead of showing a screen
    #[arg(long)]
    headless: bool,
    /// Write what the first target plays to a 32-bit WAV file
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

fn level_db(text: &str) -> std::result::Result<f64, String> {
    let level_db: f64 = text.parse().map_err(|_| "this is no number".to_owned())?;
    let is_sound = (-200.0..=0.0).contains(&level_db);
    is_sound.then_some(level_db).ok_or_else(|| "it has to be from -200 to 0".into())
}

pub fn run(arguments: &Arguments) -> Result<()> {
    // Asked first: where there are no devices, nothing else matters.
    let device = arguments.outlet.find()?;
    let headphones = Headphones { hrtf: arguments.hrtf.clone(), ..Headphones::default() };
    let targets = arguments.to.iter().map(|it| target::parse(it, &headphones));
    let targets = targets.collect::<Result<Vec<_>>>()?;
    let (scene, options) = load(arguments, &*device)?;
    let (desk, route) = staged(arguments, &scene, &targets)?;
    desk.warnings.iter().for_each(|warning| eprintln!("warning: {warning}"));
    let line_in = arguments.line_in.find(&scene, &*device, arguments.outlet.buffer)?;
    let input_channels = line_in.as_ref().map_or(0, line_in::LineIn::channels);
    let signals = Signals::listen()?;
    let WaysOut { outlets, metering, recording } =
        WaysOut::new(arguments, &scene, &desk, &targets, &*device)?;
    let waits = arguments.wait_for_sources;
    let setup = Setup { desk, route, outlets, ahead_s: AHEAD_S, waits };
    let (mut player, readers) = Player::new(setup)?;
    player.control_room().set_level_db(arguments.level_db);
    let hand = arguments.hand.take(&scene, &player.controls())?;
    let intake = line_in.map(|it| (it.listen(&mut player), it));
    let edits = Edits::of(&scene.path);
    let parts = Parts { scene, options, targets, readers, metering, hand, edits, input_channels };
    let mut show = Show::new(parts, arguments, &mut player);
    let input = intake.map(|(intake, line_in)| line_in.open(intake)).transpose()?;
    let monitor = Monitor::start(device, Box::new(player))?;
    let ended = show.run(monitor, input, &signals);
    // That the copy of the scene failed must not hide how playing ended.
    if let Err(error) = show.write_automation() {
        problems::report(&error);
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
    problems::show(&doubts);
    Ok((scene, options))
}

/// The desk of a scene, and which way through it is played.
fn staged(arguments: &Arguments, scene: &Scene, targets: &[Target]) -> Result<(Desk, Route)> {
    let finish = Finish { no_master: arguments.no_master, ..Finish::default() };
    let desk = desk(scene, targets, &finish)?;
    let range = arguments.range.unwrap_or_default();
    let frame = |moment: Moment| moment.frame(scene.spec.sample_rate);
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
