//! The lowest frequencies, where small loudspeakers in small rooms were silent.
//!
//! Below a few hundred hertz a head is much smaller than the wave: levels and times of arrival no
//! longer change with frequency. So what is there at the lowest frequency that was measured well is
//! continued down to 0 Hz (Xie 2009, "On the low frequency characteristics of head-related transfer
//! function").

use rayon::prelude::*;

use super::phase;
use super::table::Table;
use crate::dsp::{Fourier, Spectrum};

/// From here on up, measurements are believed.
const BELIEVED_HZ: f64 = 250.0;

/// Continues every response of a table down to 0 Hz.
pub fn extend(table: &mut Table) {
    let (taps, lead) = (table.taps, table.lead_frames);
    let length = (2 * taps).next_power_of_two().max(64);
    let believed = (BELIEVED_HZ * length as f64 / table.rate_hz).ceil() as usize;
    let rooms = || (Fourier::new(length), Spectrum::silent(length), vec![0.0; length]);
    for ear in &mut table.ears {
        let rows = ear.responses.par_chunks_exact_mut(taps);
        rows.for_each_init(rooms, |(fourier, spectrum, stretch), row| {
            stretch[taps..].fill(0.0);
            stretch[..taps].copy_from_slice(row);
            fourier.forward(stretch, spectrum);
            // What is left of the phase once the lead is taken out goes to 0 with the frequency.
            phase::delay(spectrum, length, -lead);
            continue_down(spectrum, believed.min(length / 2));
            phase::delay(spectrum, length, lead);
            fourier.inverse(spectrum, stretch);
            row.copy_from_slice(&stretch[..taps]);
        });
    }
}

/// Gives all bins below one its amplitude, and its delay.
fn continue_down(spectrum: &mut Spectrum, from: usize) {
    let (real, imaginary) = (f64::from(spectrum.real[from]), f64::from(spectrum.imaginary[from]));
    let (amplitude, angle) = (libm::hypot(real, imaginary), libm::atan2(imaginary, real));
    for bin in 0..from {
        let (sin, cos) = libm::sincos(angle * bin as f64 / from as f64);
        spectrum.real[bin] = (amplitude * cos) as f32;
        spectrum.imaginary[bin] = (amplitude * sin) as f32;
    }
}
