//! The diffuse field: what all directions have in common.

/// Where it is looked at, in Hz.
const FROM_HZ: f64 = 200.0;
const TO_HZ: f64 = 16_000.0;

/// Of a rate, only so much has sound: the rest is the slope of a converter.
const USED: f64 = 0.45;

/// Places in an octave at which it is looked at.
const PLACES: f64 = 24.0;

/// The width of bands, in octaves.
const OCTAVES: f64 = 1.0 / 6.0;

/// The level at frequencies about their mean, in bands of 1/6 octave; `power` is that of the bins
/// from 0 Hz to half the rate.
pub(super) fn levels_db(power: &[f64], rate_hz: f64) -> Vec<[f64; 2]> {
    let bin_hz = 0.5 * rate_hz / (power.len() - 1) as f64;
    let mut sums = vec![0.0];
    for bin in power {
        sums.push(sums[sums.len() - 1] + bin);
    }
    // All power below a frequency: a bin reaches half way to its neighbours.
    let below = |frequency_hz: f64| {
        let place = (frequency_hz / bin_hz + 0.5).clamp(0.0, power.len() as f64);
        let whole = (place as usize).min(power.len() - 1);
        sums[whole] + (place - whole as f64) * power[whole]
    };
    let to_hz = TO_HZ.min(USED * rate_hz);
    let count = libm::floor(PLACES * libm::log2(to_hz / FROM_HZ)) as usize;
    let half_band = libm::exp2(0.5 * OCTAVES);
    let level = |place: usize| {
        let frequency_hz = FROM_HZ * libm::exp2(place as f64 / PLACES);
        let (low, high) = (frequency_hz / half_band, frequency_hz * half_band);
        let density = (below(high) - below(low)) / (high - low);
        // A floor far below everything, so that a set without low frequencies has a level.
        [frequency_hz, 10.0 * libm::log10(density.max(1e-30))]
    };
    let mut levels: Vec<[f64; 2]> = (0..=count).map(level).collect();
    let mean = levels.iter().map(|[_, level]| level).sum::<f64>() / levels.len() as f64;
    levels.iter_mut().for_each(|[_, level]| *level -= mean);
    levels
}

/// The standard deviation of levels about their mean, which is 0.
pub(super) fn deviation_db(levels_db: &[[f64; 2]]) -> f64 {
    let squares: f64 = levels_db.iter().map(|[_, level]| level * level).sum();
    libm::sqrt(squares / levels_db.len() as f64)
}
