//! What kind of set a file holds, its shape and its rate.

use super::container::Container;
use crate::Result;
use crate::hrtf::EARS;

/// The most directions, and the most taps, of a set that is read.
const MAX_MEASUREMENTS: u64 = 100_000;
const MAX_TAPS: u64 = 1 << 17;

/// The rates that are read, in frames a second.
const RATES_HZ: std::ops::RangeInclusive<f64> = 8_000.0..=384_000.0;

/// How many measurements there are and how long each is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Measurements (M of AES69).
    pub(super) measurements: usize,
    /// Samples of each response (N of AES69).
    pub(super) taps: usize,
}

/// Where the head was that a set was measured with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surroundings {
    /// Where nothing comes back.
    FreeField,
    /// In a room, or as if.
    Room,
}

/// Refuses everything but impulse responses of a head in such surroundings.
pub(super) fn check(container: &Container, surroundings: Surroundings) -> Result<()> {
    let wanted: &[&str] = match surroundings {
        Surroundings::FreeField => &["SimpleFreeFieldHRIR"],
        Surroundings::Room => &["SingleRoomDRIR", "SimpleFreeFieldHRIR"],
    };
    let only = format!("only {} sets can be used", wanted.join(" and "));
    match container.text("SOFAConventions").as_str() {
        known if wanted.contains(&known) => {}
        "" => return Err(container.wrong(format!("does not say its SOFAConventions; {only}"))),
        other => return Err(container.wrong(format!("is a {other} set; {only}"))),
    }
    match container.text("DataType").as_str() {
        "FIR" | "" => Ok(()),
        other => Err(container.wrong(format!("its DataType is {other}; it must be FIR"))),
    }
}

impl Shape {
    /// The shape of a set, read before any of its numbers.
    pub(super) fn of(container: &Container) -> Result<Self> {
        let responses = container.variable("Data.IR")?;
        let [measurements, receivers, taps] = responses.shape[..] else {
            return Err(responses.wrong(format!(
                "has the shape {}; it must be measurements x 2 x samples",
                responses.shape()
            )));
        };
        if receivers != EARS as u64 {
            return Err(responses.wrong(format!("is for {receivers} receivers; a head has 2 ears")));
        }
        if !(1..=MAX_MEASUREMENTS).contains(&measurements) {
            return Err(responses.wrong(format!(
                "has {measurements} measurements; 1 to {MAX_MEASUREMENTS} can be used"
            )));
        }
        if !(1..=MAX_TAPS).contains(&taps) {
            return Err(responses
                .wrong(format!("has responses of {taps} samples; 1 to {MAX_TAPS} can be used")));
        }
        Ok(Self { measurements: measurements as usize, taps: taps as usize })
    }
}

/// The rate, one for all measurements.
pub(super) fn rate_hz(container: &Container) -> Result<f64> {
    let rates = container.variable("Data.SamplingRate")?;
    if !matches!(rates.shape[..], [] | [1..=MAX_MEASUREMENTS]) {
        return Err(rates.wrong(format!("has the shape {}; it must be one rate", rates.shape())));
    }
    let all = rates.values()?;
    if let Some(rate) = all.iter().find(|rate| !RATES_HZ.contains(rate)) {
        let (from, to) = (RATES_HZ.start(), RATES_HZ.end());
        return Err(rates.wrong(format!("is {rate} Hz; {from} to {to} can be used")));
    }
    match all.iter().all(|&other| other == all[0]) {
        true => Ok(all[0]),
        false => Err(rates.wrong("differs between measurements; it must be one rate")),
    }
}
