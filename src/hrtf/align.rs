//! From measured responses to aligned ones: at the rate asked for, each shifted by a part of a frame
//! so that the sound arrives in all of them at the same moment.

use rayon::prelude::*;

use super::arrival::ArrivalFinder;
use super::phase;
use super::resample::Resampler;
use super::spherical::Harmonics;
use super::table::{Ear, Table};
use super::{EARS, Measured, Options, mirror};
use crate::dsp::{Fourier, Spectrum};
use crate::{Error, Result};

/// Room on either side for what a shift by part of a frame spreads.
const ROOM: usize = 32;

/// New samples before the first one, where the rate changes: for the same reason.
const EARLY: f64 = 16.0;

/// How early a shortened response begins before the sound arrives: the constant latency.
const LEAD_S: f64 = 0.75e-3;

/// A time of arrival that is farther off what smoothly goes through all of them is looked for again,
/// as near as that: strong reflections can look more like the sound than the sound itself.
const OUTLIER_S: f64 = 0.3e-3;

/// Aligns a set. Its responses have all their samples and more, whatever the options say.
pub fn align(measured: &Measured, options: &Options) -> Result<Table> {
    let raw = Raw::new(measured, options)?;
    let ears = if mirror::is_symmetric(measured) { 1 } else { EARS };
    let starts: Vec<Vec<f64>> = (0..ears).map(|ear| raw.starts(measured, ear)).collect();
    let all = || starts.iter().flatten().copied();
    let (first, last) = (all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max));
    let lead_frames = match options.taps {
        Some(_) => LEAD_S * raw.rate_hz,
        None => libm::ceil(last) + ROOM as f64,
    };
    let span = (last.max(lead_frames) - first) as usize + 2 * ROOM;
    let taps = (raw.taps.max(options.taps.unwrap_or(0)) + span).next_power_of_two();
    let ears = starts.iter().enumerate().map(|(ear, starts)| {
        let delays = measured.delays_frames.iter().map(|delays| delays[ear] * raw.ratio);
        let arrivals = starts.iter().zip(delays).map(|(start, delay)| start + delay);
        Ear {
            responses: raw.shifted(ear, taps, starts, lead_frames),
            arrivals_frames: arrivals.map(|it| it - raw.early_frames).collect(),
        }
    });
    Ok(Table {
        rate_hz: raw.rate_hz,
        taps,
        lead_frames,
        measured: measured.directions.len(),
        directions: measured.directions.clone(),
        ears: ears.collect(),
    })
}

/// The responses at the rate asked for.
struct Raw {
    rate_hz: f64,
    ratio: f64,
    early_frames: f64,
    taps: usize,
    /// Direction by ear by tap.
    responses: Vec<f32>,
}

impl Raw {
    fn new(measured: &Measured, options: &Options) -> Result<Self> {
        let rate_hz = options.rate_hz.unwrap_or(measured.rate_hz);
        let whole = measured.directions.len() * EARS * measured.taps;
        if measured.taps == 0 || measured.responses.len() != whole {
            return Err(Error::input("the set has no responses, or not as many as directions"));
        }
        if rate_hz == measured.rate_hz {
            let (taps, responses) = (measured.taps, measured.responses.clone());
            return Ok(Self { rate_hz, ratio: 1.0, early_frames: 0.0, taps, responses });
        }
        let ratio = rate_hz / measured.rate_hz;
        let taps = (measured.taps as f64 * ratio + 2.0 * EARLY).ceil() as usize;
        let resampler = Resampler::new(measured.taps, ratio, taps, EARLY);
        let rows = measured.responses.chunks_exact(measured.taps);
        let responses = rows.flat_map(|row| resampler.resample(row)).collect();
        Ok(Self { rate_hz, ratio, early_frames: EARLY, taps, responses })
    }

    fn response(&self, direction: usize, ear: usize) -> &[f32] {
        let first = (direction * EARS + ear) * self.taps;
        &self.responses[first..first + self.taps]
    }

    /// Where in each response of an ear the sound arrives.
    fn starts(&self, measured: &Measured, ear: usize) -> Vec<f64> {
        let finder = ArrivalFinder::new(self.taps, self.rate_hz);
        let directions = 0..measured.directions.len();
        let find = |finder: &mut ArrivalFinder, direction: usize| {
            finder.find(self.response(direction, ear))
        };
        let mut starts: Vec<f64> =
            directions.clone().into_par_iter().map_init(|| finder.clone(), find).collect();
        let delays: Vec<f64> =
            measured.delays_frames.iter().map(|it| it[ear] * self.ratio).collect();
        let arrivals: Vec<f64> = starts.iter().zip(&delays).map(|(a, b)| a + b).collect();
        let smooth = Harmonics::fit(&measured.directions, &arrivals);
        let reach = OUTLIER_S * self.rate_hz;
        let mut finder = finder;
        for direction in directions {
            let expected = smooth.at(&measured.directions[direction]) - delays[direction];
            if (starts[direction] - expected).abs() > reach {
                let response = self.response(direction, ear);
                starts[direction] = finder.find_near(response, expected, reach);
            }
        }
        starts
    }

    /// The responses of an ear, each moved from its start to the lead.
    fn shifted(&self, ear: usize, taps: usize, starts: &[f64], lead_frames: f64) -> Vec<f32> {
        let mut shifted = vec![0.0; starts.len() * taps];
        let rooms = || (Fourier::new(taps), Spectrum::silent(taps));
        let rows = shifted.par_chunks_exact_mut(taps).zip(starts).enumerate();
        rows.for_each_init(rooms, |(fourier, spectrum), (direction, (row, start))| {
            row[..self.taps].copy_from_slice(self.response(direction, ear));
            fourier.forward(row, spectrum);
            phase::delay(spectrum, taps, lead_frames - start);
            fourier.inverse(spectrum, row);
        });
        shifted
    }
}
