//! The set that comes with the program.
//!
//! `kemar.bin` is what `cupola hrtf build --sofa MIT_KEMAR_normal_pinna.sofa -o kemar.bin` writes.

mod format;

use super::resample::Resampler;
use super::set::prepare;
use super::table::{Ear, Table};
use super::{About, EARS, Equalise, Measured, Options, Set};
use crate::{Error, Result};

/// Whose data it is, what may be done with it, and what was done to it.
pub const NOTICE: &str = include_str!("../../../NOTICE");

const KEMAR: &[u8] = include_bytes!("kemar.bin");

/// Frames a second of the set.
const RATE_HZ: f64 = 48_000.0;

/// How far the loudspeaker was.
const DISTANCE_M: f64 = 1.4;

/// What the set is built for; another rate is resampled from that when it is loaded.
const OPTIONS: Options =
    Options { rate_hz: Some(RATE_HZ), taps: Some(256), equalise: Equalise::On };

/// Rates that there are, in Hz.
const RATES_HZ: std::ops::RangeInclusive<f64> = 8_000.0..=384_000.0;

/// What the set says about itself.
#[must_use]
pub fn about() -> About {
    About {
        title: "HRTF Measurements of a KEMAR Dummy-Head Microphone".into(),
        database: "MIT KEMAR".into(),
        listener: "KEMAR, normal pinna".into(),
        author: "Bill Gardner and Keith Martin, MIT Media Laboratory, 1994".into(),
        licence: "free with no restrictions on use, provided the authors are cited".into(),
    }
}

/// The set as if it had been measured: as it is rendered, in the directions that were measured.
///
/// # Errors
/// If the program is damaged.
pub fn measured() -> Result<Measured> {
    let set = Set::built_in(RATE_HZ)?;
    let directions = set.measured_directions().to_vec();
    let taps = set.taps() + set.longest_delay_frames().ceil() as usize;
    let mut responses = vec![0.0; directions.len() * EARS * taps];
    for (index, response) in responses.chunks_exact_mut(taps).enumerate() {
        set.assemble(&directions[index / EARS], index % EARS, response);
    }
    Ok(Measured {
        rate_hz: RATE_HZ,
        taps,
        distances_m: vec![DISTANCE_M; directions.len()],
        delays_frames: vec![[0.0; EARS]; directions.len()],
        directions,
        responses,
        other_distances: 0,
        about: about(),
    })
}

/// Prepares a measured set once and for all: the bytes of a file like `kemar.bin`, always the same.
///
/// # Errors
/// As [`super::Set::new`].
pub fn build(measured: &Measured) -> Result<Vec<u8>> {
    let mut table = prepare(measured, &OPTIONS)?;
    // What the set calls 0 is of no use: the earliest sound arrives at once.
    let arrivals = table.ears.iter().flat_map(|ear| &ear.arrivals_frames);
    let earlier = arrivals.copied().fold(f64::INFINITY, f64::min) - table.lead_frames;
    for ear in &mut table.ears {
        ear.arrivals_frames.iter_mut().for_each(|it| *it -= earlier);
    }
    Ok(format::encode(&table))
}

/// The table of the set, at any rate.
pub(super) fn table(rate_hz: f64) -> Result<Table> {
    if !RATES_HZ.contains(&rate_hz) {
        let (from, to) = (RATES_HZ.start(), RATES_HZ.end());
        return Err(Error::input(format!("a rate of {rate_hz} Hz; {from} to {to} can be used")));
    }
    let table = format::decode(KEMAR)?;
    Ok(if rate_hz == table.rate_hz { table } else { resampled(table, rate_hz) })
}

fn resampled(table: Table, rate_hz: f64) -> Table {
    let ratio = rate_hz / table.rate_hz;
    let taps = (table.taps as f64 * ratio).ceil() as usize;
    let resampler = Resampler::new(table.taps, ratio, taps, 0.0);
    let ear = |ear: Ear| Ear {
        responses: ear
            .responses
            .chunks_exact(table.taps)
            .flat_map(|row| resampler.resample(row))
            .collect(),
        arrivals_frames: ear.arrivals_frames.iter().map(|it| it * ratio).collect(),
    };
    Table {
        rate_hz,
        taps,
        lead_frames: table.lead_frames * ratio,
        ears: table.ears.into_iter().map(ear).collect(),
        ..table
    }
}
