//! Equalisers at work on signals.
#![allow(dead_code)]

use std::f64::consts::PI;

use cupola::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use cupola::effect::{Band, Effect, Eq, EqSpec};
use nalgebra::Complex;
use serde_json::Value;

pub const RATES_HZ: [u32; 3] = [44_100, 48_000, 96_000];

/// A file of `tests/data`.
pub fn data(name: &str) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A row of numbers; what is not a number is minus infinity.
pub fn numbers(row: &Value) -> Vec<f64> {
    let values = row.as_array().unwrap().iter();
    values.map(|value| value.as_f64().unwrap_or(f64::NEG_INFINITY)).collect()
}

/// An equaliser of whole seconds at work on the lanes of a unit, quantum after quantum.
pub struct Desk {
    pub eq: Eq,
    pub quantum: u64,
}

impl Desk {
    pub fn new(lanes: &[Option<&EqSpec>], rate_hz: u32) -> Self {
        Self { eq: Eq::new(lanes, rate_hz), quantum: 0 }
    }

    pub fn process(&mut self, lanes: &mut [Bundle]) {
        self.eq.process(self.quantum, lanes, &[]);
        self.quantum += 1;
    }
}

/// A bundle of one sound in all lanes.
pub fn bundle(sound: impl Fn(usize) -> f32) -> Bundle {
    std::array::from_fn(|frame| [sound(frame); SIDE_BY_SIDE])
}

/// What comes out of the one lane of an equaliser, as many quanta long as asked.
pub fn output(
    bands: &EqSpec,
    rate_hz: u32,
    quanta: usize,
    input: impl Fn(usize) -> f32,
) -> Vec<f64> {
    let mut desk = Desk::new(&[Some(bands)], rate_hz);
    let mut heard = Vec::with_capacity(quanta * QUANTUM);
    for quantum in 0..quanta {
        let mut lanes = [bundle(|frame| input(quantum * QUANTUM + frame))];
        desk.process(&mut lanes);
        heard.extend(lanes[0].iter().map(|frame| f64::from(frame[0])));
    }
    heard
}

/// What an impulse becomes, until nothing is left of it.
pub fn impulse_response(bands: &EqSpec, rate_hz: u32) -> Vec<f64> {
    let mut desk = Desk::new(&[Some(bands)], rate_hz);
    let mut heard = Vec::new();
    while desk.quantum == 0 || !desk.eq.is_at_rest() {
        let first = if desk.quantum == 0 { 1.0 } else { 0.0 };
        let mut lanes = [bundle(|frame| if frame == 0 { first } else { 0.0 })];
        desk.process(&mut lanes);
        heard.extend(lanes[0].iter().map(|frame| f64::from(frame[0])));
        assert!(heard.len() < 100 * rate_hz as usize, "it rings on");
    }
    heard
}

/// The level of a response at a frequency, in decibels.
pub fn level_db(response: &[f64], freq_hz: f64, rate_hz: u32) -> f64 {
    let turn = Complex::from_polar(1.0, -2.0 * PI * freq_hz / f64::from(rate_hz));
    let (mut sum, mut pointer) = (Complex::from(0.0), Complex::from(1.0));
    for sample in response {
        sum += pointer * sample;
        pointer *= turn;
    }
    20.0 * sum.norm().log10()
}

pub fn bell(freq_hz: f64, gain_db: f64, q: f64) -> Band {
    Band::Bell { freq_hz: freq_hz.into(), gain_db: gain_db.into(), q: q.into() }
}

/// Noise that is the same in every run: the high bits of a linear congruential generator.
pub fn noise(seed: u64) -> impl FnMut() -> f32 {
    let mut state = seed;
    move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    }
}
