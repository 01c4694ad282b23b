//! Spectra turned and made: shifts by any part of a frame, and minimum phase.

use crate::dsp::{Fourier, Spectrum};

/// Amplitudes are taken to be at least this part of the largest before their logarithm is.
const FLOOR: f64 = 1e-5;

/// Delays a stretch of `length` samples by any number of frames; what leaves at its end comes in at
/// its beginning.
pub fn delay(spectrum: &mut Spectrum, length: usize, frames: f64) {
    let step = -std::f64::consts::TAU * frames / length as f64;
    let (sin_step, cos_step) = libm::sincos(step);
    let (mut cos, mut sin) = (1.0, 0.0);
    for bin in 0..=length / 2 {
        // Now and then anew, so that rounding does not add up.
        if bin % 32 == 0 {
            (sin, cos) = libm::sincos(step * bin as f64);
        }
        let (real, imaginary) = (f64::from(spectrum.real[bin]), f64::from(spectrum.imaginary[bin]));
        spectrum.real[bin] = (real * cos - imaginary * sin) as f32;
        spectrum.imaginary[bin] = (real * sin + imaginary * cos) as f32;
        (cos, sin) = (cos * cos_step - sin * sin_step, cos * sin_step + sin * cos_step);
    }
    // Half the rate has no phase but 0 and 180 degrees.
    spectrum.imaginary[length / 2] = 0.0;
}

/// The phase in radians, at each bin, of the causal response with these amplitudes and the least
/// delay: the Hilbert transform of their logarithm, by way of the cepstrum (Oppenheim and Schafer,
/// "Discrete-Time Signal Processing", 13.5). `natural_logs` are those of the amplitudes.
pub fn minimum_phase(fourier: &mut Fourier, natural_logs: &[f64], phases: &mut Vec<f64>) {
    let length = fourier.length();
    let mut spectrum = Spectrum::silent(length);
    for (real, log) in spectrum.real.iter_mut().zip(natural_logs) {
        *real = *log as f32;
    }
    let mut cepstrum = vec![0.0; length];
    fourier.inverse(&spectrum, &mut cepstrum);
    // The odd part of the folded cepstrum alone has the phase.
    cepstrum[0] = 0.0;
    cepstrum[length / 2] = 0.0;
    cepstrum[length / 2 + 1..].iter_mut().for_each(|it| *it = -*it);
    fourier.forward(&cepstrum, &mut spectrum);
    phases.clear();
    phases.extend(spectrum.imaginary[..=length / 2].iter().map(|it| f64::from(*it)));
}

/// The natural logarithms of the amplitudes of a spectrum, none below -100 dB of the largest.
pub fn natural_logs(spectrum: &Spectrum, length: usize, logs: &mut Vec<f64>) {
    logs.clear();
    logs.extend(power(spectrum, length));
    let floor = (logs.iter().fold(0.0, |most: f64, it| most.max(*it)) * FLOOR * FLOOR).max(1e-60);
    logs.iter_mut().for_each(|it| *it = 0.5 * libm::log(it.max(floor)));
}

/// The squares of the amplitudes of a spectrum.
pub fn power(spectrum: &Spectrum, length: usize) -> impl Iterator<Item = f64> {
    let parts = spectrum.real.iter().zip(&spectrum.imaginary).take(length / 2 + 1);
    parts.map(|(real, imaginary)| {
        let (real, imaginary) = (f64::from(*real), f64::from(*imaginary));
        real * real + imaginary * imaginary
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_delays_move_samples() {
        let mut fourier = Fourier::new(64);
        let mut spectrum = Spectrum::silent(64);
        let mut samples = vec![0.0; 64];
        samples[3] = 1.0;
        fourier.forward(&samples, &mut spectrum);
        delay(&mut spectrum, 64, 17.0);
        fourier.inverse(&spectrum, &mut samples);
        for (frame, sample) in samples.iter().enumerate() {
            // What f32 leaves of 1.
            assert!((sample - f32::from(u8::from(frame == 20))).abs() < 1e-6, "{frame}: {sample}");
        }
    }

    /// A decaying exponential has minimum phase: it comes back as it was.
    #[test]
    fn an_exponential_has_minimum_phase() {
        let length = 256;
        let (mut fourier, mut spectrum) = (Fourier::new(length), Spectrum::silent(length));
        let samples: Vec<f32> = (0..length).map(|n| libm::pow(0.8, n as f64) as f32).collect();
        fourier.forward(&samples, &mut spectrum);
        let (mut logs, mut phases) = (Vec::new(), Vec::new());
        natural_logs(&spectrum, length, &mut logs);
        minimum_phase(&mut fourier, &logs, &mut phases);
        for (bin, phase) in phases.iter().enumerate() {
            let expected = f64::from(spectrum.imaginary[bin]).atan2(spectrum.real[bin].into());
            assert!((phase - expected).abs() < 1e-5, "bin {bin}: {phase}, not {expected}");
        }
    }
}
