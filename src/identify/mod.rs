//! A tour through the loudspeakers of a layout: which channel is which, and how loud each is. All of
//! it is generated, and played like any scene.

mod call;
mod noise;

use std::sync::Arc;

use crate::engine::{Fader, LanePlan, Plan, RoutedPlan, StripPlan, TargetPlan};
use crate::layout::{Layout, Loudspeaker};
use crate::pan::{GainRow, Panner};
use crate::render::{Desk, Measured};
use crate::source::{Feed, Source};
use crate::units::{decibels_to_amplitude, seconds_to_frames};
use crate::{Error, Result};
use call::Call;
use noise::BandNoise;

/// What every loudspeaker plays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sound {
    /// A tone of a pitch of its own, and then beeps that count the number of its channel, long ones
    /// for tens. The level is the peak's, in dBFS.
    Call {
        /// Level in dBFS.
        level_db: f64,
    },
    /// Pink noise to align levels by, 500 Hz to 2 kHz, 30 to 80 Hz where it is LFE. The level is the RMS's:
    /// a sine of full scale has -3.01 dBFS.
    Noise {
        /// Level in dBFS.
        level_db: f64,
        /// How long each plays, in seconds.
        seconds: f64,
    },
}

/// One loudspeaker of the tour.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The number of the loudspeaker in its layout, from 0.
    pub loudspeaker: usize,
    /// Its name.
    pub name: String,
    /// What it plays, in words.
    pub sound: String,
    /// The first frame of it.
    pub begin: u64,
}

/// A tour: a desk that plays one loudspeaker after the other, and when it is whose turn.
pub struct Tour {
    /// What plays.
    pub desk: Desk,
    /// The loudspeakers in the order of their turns.
    pub stops: Vec<Stop>,
}

impl Tour {
    /// A tour through some loudspeakers of a layout, by their names, or through all; in the order of
    /// the layout, at a rate in frames a second.
    ///
    /// # Errors
    /// When a name is not in the layout, or the layout cannot work.
    pub fn new(
        layout: &Layout,
        only: Option<&[String]>,
        sound: Sound,
        rate_hz: u32,
    ) -> Result<Self> {
        let (mut strips, mut feeds, mut stops) = (Vec::new(), Vec::new(), Vec::new());
        let mut begin = 0;
        for number in chosen(layout, only)? {
            let loudspeaker = &layout.loudspeakers[number];
            let (source, words) = source(layout, number, sound, rate_hz);
            let frames = source.frames().unwrap_or(0);
            strips.push(strip(loudspeaker, number));
            feeds.push(Feed::place(source, begin));
            let name = loudspeaker.name.clone();
            stops.push(Stop { loudspeaker: number, name, sound: words, begin });
            begin += frames;
        }
        let panner = Arc::new(Panner::new(layout)?);
        let target = TargetPlan::new(&layout.name, layout.loudspeakers.len(), panner);
        let desk = Desk {
            plan: Plan { rate_hz, strips, targets: vec![target] },
            feeds,
            frames: begin,
            warnings: Vec::new(),
            wanted: 1,
            measured_targets: vec![Measured::layout(&layout.name, layout)],
            measured_strips: Vec::new(),
        };
        Ok(Self { desk, stops })
    }

    /// Whose turn it is at a frame.
    #[must_use]
    pub fn stop_at(&self, frame: u64) -> Option<&Stop> {
        stop_at(&self.stops, frame)
    }
}

/// Whose turn it is at a frame.
#[must_use]
pub fn stop_at(stops: &[Stop], frame: u64) -> Option<&Stop> {
    stops.iter().rev().find(|stop| stop.begin <= frame)
}

/// The numbers of the loudspeakers of a tour.
fn chosen(layout: &Layout, only: Option<&[String]>) -> Result<Vec<usize>> {
    let mut numbers: Vec<usize> = match only {
        None => (0..layout.loudspeakers.len()).collect(),
        Some(names) => names.iter().map(|name| find(layout, name)).collect::<Result<_>>()?,
    };
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

fn find(layout: &Layout, name: &str) -> Result<usize> {
    layout.index_of(name).ok_or_else(|| {
        let names: Vec<&str> = layout.loudspeakers.iter().map(|it| it.name.as_str()).collect();
        Error::usage(format!("{} has no {name}: {}", layout.name, names.join(", ")))
    })
}

/// What goes to one loudspeaker and to no other.
fn strip(loudspeaker: &Loudspeaker, number: usize) -> StripPlan {
    let mut row = GainRow::new();
    row.push(number, 1.0);
    let stands = (!loudspeaker.lfe).then(|| loudspeaker.direction());
    let lane = LanePlan::Routed(RoutedPlan { rows: vec![row], stands });
    StripPlan::source(&loudspeaker.name, Fader::fixed(1.0), vec![lane])
}

/// What a loudspeaker plays, and in words.
fn source(layout: &Layout, number: usize, sound: Sound, rate_hz: u32) -> (Box<dyn Source>, String) {
    let is_lfe = layout.loudspeakers[number].lfe;
    match sound {
        Sound::Call { level_db } => {
            let alike = layout.loudspeakers[..number].iter().filter(|it| it.lfe == is_lfe).count();
            let freq_hz = call::pitch_hz(alike, is_lfe);
            let amplitude = decibels_to_amplitude(level_db);
            let call = Call::new(number + 1, freq_hz, amplitude, rate_hz);
            (Box::new(call), format!("{freq_hz:.0} Hz"))
        }
        Sound::Noise { level_db, seconds } => {
            let band_hz = if is_lfe { [30.0, 80.0] } else { [500.0, 2000.0] };
            let frames = seconds_to_frames(seconds, rate_hz);
            let noise = BandNoise::new(band_hz, decibels_to_amplitude(level_db), frames, rate_hz);
            let [low, high] = band_hz;
            (Box::new(noise), format!("pink noise, {low} to {high} Hz, {level_db} dBFS RMS"))
        }
    }
}
