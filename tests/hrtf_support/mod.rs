//! How far two pairs of responses are apart, and sets with directions left out.
//!
//! The measures are those by which interpolation is compared in the literature: log-spectral
//! distortion, interaural time difference below 3 kHz, interaural level difference in ERB bands.
#![allow(dead_code)]

use cupola::hrtf::{EARS, Equalise, Measured, Options, Set, sofa};
use cupola::space::{Vector, unit_vector};
use fourier_oracle::{Complex, forward, inverse};

/// The left and the right response.
pub type Pair = [Vec<f32>; EARS];

const LENGTH: usize = 2048;
/// Interaural times are found on a grid this many times as fine as the samples.
const FINER: usize = 10;
const RANGE_HZ: [f64; 2] = [200.0, 16_000.0];
const ITD_HZ: f64 = 3000.0;
const LONGEST_ITD_S: f64 = 1e-3;

/// The MIT KEMAR set, or `None` with a word about it where that is not there.
pub fn kemar() -> Option<Measured> {
    let folder = std::env::var("CUPOLA_REFERENCE").unwrap_or_else(|_| "../shared".into());
    let path = std::path::Path::new(&folder).join("hrtf/MIT_KEMAR_normal_pinna.sofa");
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(sofa::read(&path).unwrap())
}

/// Directions evenly on the sphere.
pub fn spiral(count: u32) -> impl Iterator<Item = Vector> {
    (0..count).map(move |index| {
        let height = 1.0 - f64::from(2 * index + 1) / f64::from(count);
        unit_vector(f64::from(index) * 137.507_764, height.asin().to_degrees())
    })
}

/// As many directions as asked for, each as far as can be from those before it.
pub fn farthest(directions: &[Vector], count: usize) -> Vec<usize> {
    let mut chosen = vec![0];
    let mut nearest: Vec<f64> = directions.iter().map(|it| it.dot(&directions[0])).collect();
    while chosen.len() < count {
        let next = (0..nearest.len()).min_by(|a, b| nearest[*a].total_cmp(&nearest[*b])).unwrap();
        chosen.push(next);
        for (nearest, direction) in nearest.iter_mut().zip(directions) {
            *nearest = nearest.max(direction.dot(&directions[next]));
        }
    }
    chosen
}

/// A set of some directions of another.
pub fn subset(of: &Measured, keep: impl Fn(usize) -> bool) -> Measured {
    let kept: Vec<usize> = (0..of.directions.len()).filter(|index| keep(*index)).collect();
    let both = |index: usize| [of.response(index, 0), of.response(index, 1)].concat();
    Measured {
        directions: kept.iter().map(|&index| of.directions[index]).collect(),
        distances_m: kept.iter().map(|&index| of.distances_m[index]).collect(),
        delays_frames: kept.iter().map(|&index| of.delays_frames[index]).collect(),
        responses: kept.iter().flat_map(|&index| both(index)).collect(),
        ..of.clone()
    }
}

/// The set as it is, at its own rate with all its taps.
pub fn whole(measured: &Measured) -> Set {
    let options = Options { equalise: Equalise::Off, ..Options::default() };
    Set::new(measured, &options).unwrap()
}

/// What a set answers.
pub fn assembled(set: &Set, direction: &Vector, taps: usize) -> Pair {
    std::array::from_fn(|ear| {
        let mut response = vec![0.0; taps];
        set.assemble(direction, ear, &mut response);
        response
    })
}

/// The mean of some numbers and the one that 95 % of them stay below.
pub fn mean_and_p95(mut numbers: Vec<f64>) -> (f64, f64) {
    numbers.sort_by(f64::total_cmp);
    let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
    (mean, numbers[(numbers.len() - 1) * 95 / 100])
}

/// How far answers are from what they should be.
pub struct Errors {
    /// Log-spectral distortion: rms over bins, mean of the ears.
    pub lsd_db: Vec<f64>,
    pub itd_us: Vec<f64>,
    /// Mean over ERB bands.
    pub ild_db: Vec<f64>,
}

impl Errors {
    /// Those of a set, at directions of a measured one.
    pub fn of(set: &Set, truth: &Measured, directions: &[usize]) -> Self {
        let meter = Meter { rate_hz: truth.rate_hz };
        let mut errors = Self { lsd_db: Vec::new(), itd_us: Vec::new(), ild_db: Vec::new() };
        for &index in directions {
            let found = assembled(set, &truth.directions[index], truth.taps);
            let exact = [0, 1].map(|ear| truth.response(index, ear).to_vec());
            let (found, exact) = (meter.features(&found), meter.features(&exact));
            errors.lsd_db.push(found.distortion_db(&exact));
            errors.itd_us.push((found.itd_us - exact.itd_us).abs());
            let bands = found.ild_db.iter().zip(&exact.ild_db).map(|(a, b)| (a - b).abs());
            errors.ild_db.push(bands.sum::<f64>() / exact.ild_db.len() as f64);
        }
        errors
    }
}

struct Features {
    levels_db: [Vec<f64>; EARS],
    itd_us: f64,
    ild_db: Vec<f64>,
}

impl Features {
    fn distortion_db(&self, other: &Self) -> f64 {
        let ears = self.levels_db.iter().zip(&other.levels_db).map(|(a, b)| {
            let squares: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
            (squares / a.len() as f64).sqrt()
        });
        ears.sum::<f64>() / EARS as f64
    }
}

struct Meter {
    rate_hz: f64,
}

impl Meter {
    fn features(&self, pair: &Pair) -> Features {
        let spectra = [0, 1].map(|ear| spectrum(&pair[ear]));
        let frequency = |bin: usize| bin as f64 * self.rate_hz / LENGTH as f64;
        let inside = |bin: &usize| (RANGE_HZ[0]..=RANGE_HZ[1]).contains(&frequency(*bin));
        let bins: Vec<usize> = (0..=LENGTH / 2).filter(inside).collect();
        let level = |ear: usize, bin: usize| 20.0 * spectra[ear][bin].norm().max(1e-9).log10();
        let ild_db = erb_bands().map(|[low, high]| {
            let band = bins.iter().filter(|&&bin| (low..high).contains(&frequency(bin)));
            let [left, right] = band.fold([1e-20; 2], |[left, right], &bin| {
                [left + spectra[0][bin].norm_sqr(), right + spectra[1][bin].norm_sqr()]
            });
            10.0 * (left / right).log10()
        });
        Features {
            ild_db: ild_db.collect(),
            levels_db: [0, 1].map(|ear| bins.iter().map(|&bin| level(ear, bin)).collect()),
            itd_us: self.itd_us(&spectra),
        }
    }

    /// The lag of the largest interaural cross-correlation, below 3 kHz.
    fn itd_us(&self, spectra: &[Vec<Complex<f64>>; EARS]) -> f64 {
        let length = FINER * LENGTH;
        let mut cross = vec![Complex::default(); length / 2 + 1];
        for (bin, (left, right)) in spectra[0].iter().zip(&spectra[1]).enumerate() {
            let ratio = bin as f64 * self.rate_hz / LENGTH as f64 / ITD_HZ;
            cross[bin] = left * right.conj() / (1.0 + ratio.powi(8)).powi(2);
        }
        cross[0].im = 0.0;
        let correlation = inverse(cross);
        let rate_hz = self.rate_hz * FINER as f64;
        let longest = (LONGEST_ITD_S * rate_hz) as i64;
        let at = |lag: i64| correlation[lag.rem_euclid(length as i64) as usize];
        let best = (-longest..=longest).max_by(|a, b| at(*a).total_cmp(&at(*b))).unwrap();
        let (before, here, after) = (at(best - 1), at(best), at(best + 1));
        let part = 0.5 * (before - after) / (before - 2.0 * here + after);
        (best as f64 + part) / rate_hz * 1e6
    }
}

fn spectrum(response: &[f32]) -> Vec<Complex<f64>> {
    let mut samples = vec![0.0; LENGTH];
    samples.iter_mut().zip(response).for_each(|(to, from)| *to = f64::from(*from));
    forward(samples)
}

/// Bands one ERB wide (Glasberg and Moore 1990).
fn erb_bands() -> impl Iterator<Item = [f64; 2]> {
    let number = |hz: f64| 21.4 * (1.0 + 0.00437 * hz).log10();
    let hz = |number: f64| (10_f64.powf(number / 21.4) - 1.0) / 0.00437;
    let (first, last) = (number(RANGE_HZ[0]).ceil() as i32, number(RANGE_HZ[1]).floor() as i32);
    (first..last).map(move |band| [hz(f64::from(band)), hz(f64::from(band + 1))])
}

/// Standard deviation in decibels, over bins from 200 Hz to 16 kHz, of the mean power of responses.
pub fn diffuse_deviation_db(pairs: impl Iterator<Item = Pair>, rate_hz: f64) -> f64 {
    let mut power = vec![0.0; LENGTH / 2 + 1];
    for response in pairs.flatten() {
        let spectrum = spectrum(&response);
        power.iter_mut().zip(spectrum).for_each(|(sum, bin)| *sum += bin.norm_sqr());
    }
    let frequency = |bin: usize| bin as f64 * rate_hz / LENGTH as f64;
    let inside = |bin: &usize| (RANGE_HZ[0]..=RANGE_HZ[1]).contains(&frequency(*bin));
    let levels: Vec<f64> =
        (0..power.len()).filter(inside).map(|bin| 10.0 * power[bin].log10()).collect();
    let mean = levels.iter().sum::<f64>() / levels.len() as f64;
    let squares: f64 = levels.iter().map(|level| (level - mean) * (level - mean)).sum();
    (squares / levels.len() as f64).sqrt()
}
