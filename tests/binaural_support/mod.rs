//! A head that can be written down: the delays of a sphere, a shadow of one pole, and a reflection
//! from something like a pinna, on a mesh of 15 degrees.
#![allow(dead_code)]

use cupola::binaural::{EARS, Hearing, Mixture, Responses};
use cupola::block::{QUANTUM, Quantum};
use cupola::space::{Vector, azimuth_elevation_deg, unit_vector};

pub const RATE_HZ: f64 = 48_000.0;
pub const TAPS: usize = 256;
const STEP_DEG: f64 = 15.0;
const AROUND: usize = 24;
const RINGS: usize = 13;
const LEAD: usize = 16;
/// The radius of the head by the speed of sound, in frames.
const RADIUS_FRAMES: f64 = 0.0875 / 343.0 * RATE_HZ;

/// The set. The right ear is the left one, mirrored.
pub struct SphericalHead {
    responses: Vec<Vec<f32>>,
}

impl SphericalHead {
    pub fn new() -> Self {
        let node = |node: usize| {
            let azimuth = (node % AROUND) as f64 * STEP_DEG - 180.0;
            unit_vector(azimuth, (node / AROUND) as f64 * STEP_DEG - 90.0)
        };
        Self { responses: (0..AROUND * RINGS).map(|it| left_response(&node(it))).collect() }
    }
}

fn left_response(direction: &Vector) -> Vec<f32> {
    let lit = 0.5 * (1.0 - direction.x);
    let pole = 0.2 + 0.65 * (1.0 - lit);
    let mut response = vec![0.0; TAPS];
    for (age, sample) in response[LEAD..].iter_mut().enumerate() {
        let echo = 0.4 * f64::from(u8::from(age == 5)) * direction.y;
        let late = 0.2 * f64::from(u8::from(age == 11)) * direction.z;
        *sample = ((0.3 + 0.7 * lit) * (1.0 - pole) * pole.powi(age as i32) + echo + late) as f32;
    }
    response
}

impl Responses for SphericalHead {
    fn rate_hz(&self) -> f64 {
        RATE_HZ
    }
    fn taps(&self) -> usize {
        TAPS
    }
    fn nodes(&self) -> usize {
        self.responses.len()
    }
    fn response(&self, node: usize, _: usize) -> &[f32] {
        &self.responses[node]
    }
    fn lead_frames(&self) -> f64 {
        LEAD as f64
    }
    fn at(&self, direction: &Vector, ear: usize) -> Mixture {
        let mirror = if ear == 0 { 1.0 } else { -1.0 };
        let left = Vector::new(mirror * direction.x, direction.y, direction.z);
        let (azimuth, elevation) = azimuth_elevation_deg(&left);
        let (column, ring) = ((azimuth + 180.0) / STEP_DEG, (elevation + 90.0) / STEP_DEG);
        let low = (ring as usize).min(RINGS - 2);
        let (u, v) = (column.fract(), ring - low as f64);
        let node = |right: usize, up: usize| {
            ((low + up) * AROUND + (column as usize + right) % AROUND) as u32
        };
        let (nodes, weights) = if u + v < 1.0 {
            ([node(0, 0), node(1, 0), node(0, 1)], [1.0 - u - v, u, v])
        } else {
            ([node(1, 1), node(0, 1), node(1, 0)], [u + v - 1.0, 1.0 - u, 1.0 - v])
        };
        let angle = libm::acos((-left.x).clamp(-1.0, 1.0));
        let quarter = std::f64::consts::FRAC_PI_2;
        let way = if angle < quarter { 1.0 - libm::cos(angle) } else { 1.0 + angle - quarter };
        Mixture { nodes, weights, delay_frames: RADIUS_FRAMES * way }
    }
}

/// A signal known between its samples: a sum of tones.
pub struct Tones(pub Vec<(f64, f64, f64)>);

impl Tones {
    /// Noise up to a frequency: so many tones of equal level with phases that know nothing of each
    /// other.
    pub fn noise(count: usize, highest_hz: f64) -> Self {
        let tone = |index: usize| {
            let place = (index as f64 + 0.37) / count as f64;
            let phase = (index * index * 7919 % 1009) as f64 / 1009.0;
            (highest_hz * place / RATE_HZ, phase, libm::sqrt(2.0 / count as f64) * 0.2)
        };
        Self((0..count).map(tone).collect())
    }

    pub fn at(&self, frame: f64) -> f64 {
        let turn = std::f64::consts::TAU;
        let tone = |(cycles, phase, level): &(f64, f64, f64)| {
            level * libm::sin(turn * (cycles * frame + phase))
        };
        self.0.iter().map(tone).sum()
    }

    pub fn quantum(&self, number: usize) -> Quantum {
        std::array::from_fn(|frame| self.at((number * QUANTUM + frame) as f64) as f32)
    }
}

/// What both ears hear, by the definition, in f64: each sample under the responses and the delays of
/// its own frame.
pub fn exactly(
    head: &impl Responses,
    signal: &Tones,
    lead_frames: f64,
    frames: usize,
    hearing: impl Fn(f64) -> Hearing,
) -> [Vec<f64>; EARS] {
    let heard: Vec<Hearing> = (0..frames).map(|frame| hearing(frame as f64)).collect();
    std::array::from_fn(|ear| {
        let late: Vec<f64> = (0..frames)
            .map(|frame| {
                let delay = heard[frame].mixtures[ear].delay_frames + lead_frames;
                signal.at(frame as f64 - delay)
            })
            .collect();
        let under = |frame: usize| {
            let mixture = &heard[frame].mixtures[ear];
            let mut sum = 0.0;
            for (node, weight) in mixture.nodes.iter().zip(mixture.weights) {
                let response = head.response(*node as usize, ear);
                let taps = response.iter().zip(late[..=frame].iter().rev());
                sum += weight * taps.map(|(tap, late)| f64::from(*tap) * late).sum::<f64>();
            }
            sum
        };
        (0..frames).map(under).collect()
    })
}
