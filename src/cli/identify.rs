//! `cupola identify`.

use std::time::{Duration, Instant};

use clap::Args;

use super::signals::Signals;
use super::{outlet, output};
use crate::identify::{Sound, Stop, Tour, stop_at};
use crate::live::{ChannelMap, Monitor, Outlet, Player, Route, Setup, Stage};
use crate::{Result, layout};

/// The rate where the device has it, in frames a second.
const RATE_HZ: u32 = 48_000;

/// How far ahead the sounds are made, in seconds.
const AHEAD_S: f64 = 0.5;

/// How often the device is looked after.
const TICK: Duration = Duration::from_millis(20);

/// How long a device has to fade out when it is asked to leave.
const FAREWELL: Duration = Duration::from_secs(1);

#[derive(Args)]
pub struct Arguments {
    /// The layout, by name or by the path of a .toml file
    #[arg(long = "to", value_name = "LAYOUT")]
    to: String,
    #[command(flatten)]
    outlet: outlet::Arguments,
    /// Which loudspeaker is on which channel of the device: L=1,R=2,C=5,LFE=off
    /// [default: the layout's order on channels 1 to N]
    #[arg(long, value_name = "NAME=CHANNEL,…")]
    map: Option<String>,
    /// Only these loudspeakers, in the order of the layout
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    only: Option<Vec<String>>,
    /// Play pink noise instead, to align levels by: 500 Hz to 2 kHz, 30 to 80 Hz for LFE
    #[arg(long)]
    noise: bool,
    /// How long every loudspeaker plays noise, in seconds, 1 to 600 [default: 5]
    #[arg(long, requires = "noise", value_name = "SECONDS", value_parser = seconds)]
    seconds: Option<f64>,
    /// The level in dBFS, -80 to -14: the peak of tones, the RMS of noise
    #[arg(long, default_value = "-20", value_parser = level, allow_hyphen_values = true)]
    level_db: f64,
    /// Make up for loudspeakers and room as the layout says
    #[arg(long)]
    calibrate: bool,
    /// Begin anew at the end, until it is interrupted
    #[arg(long = "loop")]
    around: bool,
}

fn within(text: &str, from: f64, to: f64, unit: &str) -> std::result::Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| format!("a number, {from} to {to} {unit}"))?;
    let is_within = (from..=to).contains(&number);
    if is_within { Ok(number) } else { Err(format!("{from} to {to} {unit}")) }
}

fn level(text: &str) -> std::result::Result<f64, String> {
    within(text, -80.0, -14.0, "dBFS")
}

fn seconds(text: &str) -> std::result::Result<f64, String> {
    within(text, 1.0, 600.0, "seconds")
}

pub fn run(arguments: &Arguments) -> Result<()> {
    // Asked first: where there are no devices, nothing else matters.
    let device = arguments.outlet.find()?;
    let layout = layout::load(&arguments.to)?;
    let rate_hz = outlet::nearest_rate_hz(&*device, RATE_HZ)?;
    let map = outlet::map(arguments.map.as_deref(), &layout, &*device, rate_hz)?;
    let level_db = arguments.level_db;
    let sound = if arguments.noise {
        Sound::Noise { level_db, seconds: arguments.seconds.unwrap_or(5.0) }
    } else {
        Sound::Call { level_db }
    };
    let Tour { desk, stops } = Tour::new(&layout, arguments.only.as_deref(), sound, rate_hz)?;
    let calibration = outlet::calibration(arguments.calibrate, &layout, rate_hz)?;
    let frames = 0..desk.frames;
    let route = if arguments.around { Route::around(0, frames) } else { Route::once(frames) };
    let outlets = vec![Outlet::new(&layout, map.clone()).calibrated(calibration)];
    let setup = Setup { desk, route, outlets, ahead_s: AHEAD_S, waits: false };
    let (player, _readers) = Player::new(setup)?;
    let signals = Signals::listen()?;
    let (status, transport) = (player.status(), player.transport());
    let mut monitor = Monitor::start(device, Box::new(player))?;
    let mut told = None;
    let mut left: Option<Instant> = None;
    while status.stage() != Stage::Over {
        monitor.tick().iter().for_each(|event| eprintln!("{event}"));
        monitor.check()?;
        if let Some(stop) = stop_at(&stops, status.frame())
            && told != Some(stop.loudspeaker)
        {
            told = Some(stop.loudspeaker);
            output::print(&line(stop, &map))?;
        }
        if signals.asked_to_end().is_some() {
            transport.leave();
            if left.get_or_insert_with(Instant::now).elapsed() > FAREWELL {
                break;
            }
        }
        std::thread::sleep(TICK);
    }
    monitor.finish();
    signals.asked_to_end().map_or(Ok(()), Err)
}

/// What is said of a loudspeaker while it sounds.
fn line(stop: &Stop, map: &ChannelMap) -> String {
    let channel = match map.channels()[stop.loudspeaker] {
        Some(channel) => format!("channel {}", channel + 1),
        None => "not heard".to_owned(),
    };
    format!("{:8} {channel:11} {}\n", stop.name, stop.sound)
}
