//! The set that comes with the program.
//!
//! `kemar.bin` is what `cupola hrtf build --sofa MIT_KEMAR_normal_pinna.sofa -o kemar.bin` writes.

mod format;

use super::resample::Resampler;
use super::set::prepare;
use super::table::{Ear, Table};
use super::{About, Equalise, Measured, Options};
use crate::{Error, Result};

/// Whose data it is, what may be done with it, and what was done to it.
pub const NOTICE: &str = include_str!("NOTICE");

const KEMAR: &[u8] = include_bytes!("kemar.bin");

/// What the set is built for; another rate is resampled from that when it is loaded.
const OPTIONS: Options =
    Options { rate_hz: Some(48_000.0), taps: Some(256), equalise: Equalise::On };

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
