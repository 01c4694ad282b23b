//! `cupola bench`: prototype
use clap::Args;
use crate::Result;
use crate::block::*;
use crate::engine::*;
use crate::motion::Trajectory;
use crate::pan::{Panner, Spread};
use std::sync::Arc;
use std::time::Instant;

#[derive(Args)]
pub struct Arguments {}
struct Mem { lanes: Vec<Vec<Quantum>>, at: usize }
impl Inputs for Mem { fn quantum(&self, lane: usize, q: usize) -> Option<&Quantum> { let l = &self.lanes[lane]; Some(&l[(self.at + q) % l.len()]) } }

pub fn run(_arguments: &Arguments) -> Result<()> {
    let ls = (0..12).map(|i| crate::layout::Loudspeaker { name: format!("{i}"), label: None, azimuth_deg: 0.0, elevation_deg: 0.0, nominal_azimuth_deg: 0.0, nominal_elevation_deg: 0.0, distance_m: 1.0, lfe: false, gain_db: 0.0, delay_ms: 0.0, wave_bit: 0 }).collect();
    let layout = crate::layout::Layout { name: "x".into(), title: "x".into(), loudspeakers: ls };
    let panner = Arc::new(Panner::new(&layout)?);
    for (n, rate) in [(128, 0.0), (128, 0.1), (512, 0.1)] {
        let strips = (0..n).map(|i| StripPlan { name: format!("{i}"), fader: 0.5, lanes: vec![LanePlan::Panned(ObjectPlan { trajectory: Arc::new(Trajectory::stub(rate * (1.0 + i as f64 * 0.01))), offset_deg: 0.0, spread: Spread::default(), distance_law: None, propagation: Propagation::default() })] }).collect();
        let plan = Plan { rate_hz: 48000, strips, targets: vec![TargetPlan { name: "x".into(), channels: 12, panner: panner.clone() }] };
        let mut engine = Engine::new(&plan, 64, Work::Serial);
        let mut mem = Mem { lanes: (0..n).map(|i| vec![[i as f32 * 1e-3; QUANTUM]; 750 * 4]).collect(), at: 0 };
        for _ in 0..3 {
            let t = Instant::now();
            let total = 750 * 20;
            let mut q = 0;
            while q < total { mem.at = q; engine.render(q as u64, 60, &mem); q += 60; }
            println!("{n} objects rate {rate}: {:.1}x", 20.0 / t.elapsed().as_secs_f64());
        }
    }
    Ok(())
}
