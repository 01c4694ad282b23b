//! Engines that are moved by hand while they render.
#![allow(dead_code)]

use std::f32::consts::TAU;
use std::sync::Arc;

use cupola::block::{QUANTUM, Quantum};
use cupola::engine::{Controls, Engine, Inputs, Plan, Work};
use cupola::render::{Finish, Target};

use super::desk;

const RATE_HZ: f32 = 48_000.0;

/// What all lanes are fed with.
#[derive(Clone, Copy)]
pub enum Feed {
    /// A tone of amplitude 1.
    Tone { hz: f32 },
    /// Numbers from a counter.
    Noise,
}

pub struct Fed {
    pub first: u64,
    pub quanta: Vec<Quantum>,
}

impl Inputs for Fed {
    fn quantum(&self, _: usize, quantum: usize) -> Option<&Quantum> {
        Some(&self.quanta[self.first as usize + quantum])
    }
}

impl Feed {
    pub fn quanta(self, count: usize) -> Vec<Quantum> {
        let sample = |frame: usize| match self {
            Self::Tone { hz } => (TAU * ((frame as f32 * hz) % RATE_HZ) / RATE_HZ).sin(),
            Self::Noise => ((frame * 7919 + frame * frame * 31) % 1009) as f32 / 504.5 - 1.0,
        };
        let quantum = |number: usize| std::array::from_fn(|it| sample(number * QUANTUM + it));
        (0..count).map(quantum).collect()
    }
}

pub fn plan(text: &str, targets: &[Target]) -> Plan {
    let scene = desk::scene(text);
    cupola::render::desk(&scene.scene, targets, &Finish::default()).unwrap().plan
}

pub fn layout(name: &str) -> Target {
    desk::layouts(&[name]).remove(0).into()
}

/// The channels of a target of an engine that is moved by hand before some of its quanta.
pub fn hear(
    engine: &mut Engine,
    feed: Feed,
    quanta: usize,
    target: usize,
    mut hand: impl FnMut(usize),
) -> Vec<Vec<f32>> {
    let mut inputs = Fed { first: 0, quanta: feed.quanta(quanta) };
    let mut heard = vec![Vec::new(); engine.output(target, 0).len()];
    for number in 0..quanta {
        hand(number);
        inputs.first = number as u64;
        engine.render(number as u64, 1, &inputs);
        for (heard, samples) in heard.iter_mut().zip(engine.output(target, 0)) {
            heard.extend_from_slice(samples);
        }
    }
    heard
}

pub fn controlled(plan: &Plan) -> (Engine, Arc<Controls>) {
    let controls = Arc::new(Controls::new(plan));
    (Engine::controlled(plan, 16, Work::Serial, &controls), controls)
}

pub const STILL: &str = r#"
duration_s = 2
[[object]]
name = "it"
signal = { type = "clicks" }
position = { azimuth_deg = -30 }
"#;
