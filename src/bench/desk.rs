//! Desks at work: strips with equalisers and compressors, sends, a master.

use super::{Crowd, Motions, Reel};
use crate::Result;
use crate::block::Quantum;
use crate::effect::{Band, CompressorSpec, Detector, EqSpec, LimiterSpec, ReverbSpec};
use crate::engine::{
    Chain, Destination, Engine, Fader, InputPlan, Keyed, LanePlan, MasterPlan, Plan, ReturnPlan,
    RoutedPlan, SendPlan, StripPlan, Work,
};
use crate::layout::Layout;
use crate::pan::GainRow;

/// The corners and centres of the bands of every equaliser, as many as it has.
pub const FREQUENCIES_HZ: [f64; 6] = [80.0, 250.0, 700.0, 2000.0, 5000.0, 10_000.0];

/// What those bands do, in decibels.
pub const GAINS_DB: [f64; 6] = [3.0, -3.0, 2.0, -2.0, 3.0, -3.0];

/// What a compressor gives back in decibels, so that the peaks of such noise stay far below the ceiling of
/// the limiter or are always above it.
pub const MAKEUPS_DB: [f64; 2] = [0.0, 12.0];

/// How much of a strip is sent.
const SEND: f64 = 0.25;

/// A bed of a layout through an equaliser of six bands and a compressor for all of its channels, and
/// through a master that limits true peaks. White noise at full scale is always compressed; what
/// the compressor gives back decides whether the limiter has to work as well.
///
/// # Errors
/// When the layout cannot work.
pub fn mastered_bed(layout: &Layout, makeup_db: f64, quanta: usize) -> Result<Engine> {
    let mut plan = Crowd::new(0, Motions::Still, layout)?.plan();
    let lfe = layout.loudspeakers.iter().enumerate().filter(|(_, it)| it.lfe).map(|(at, _)| at);
    let lfe: Vec<usize> = lfe.collect();
    let lane = |channel| {
        let mut row = GainRow::new();
        row.push(channel, 1.0);
        LanePlan::Routed(RoutedPlan { rows: vec![row], stands: None })
    };
    let lanes = (0..layout.loudspeakers.len()).map(lane).collect();
    plan.strips.push(StripPlan {
        chain: strip(6, makeup_db),
        lfe: lfe.clone(),
        ..StripPlan::source("bed", Fader::fixed(1.0), lanes)
    });
    let chain = Chain { limiter: Some(limiter()), ..Chain::default() };
    plan.targets[0].master = MasterPlan { chain, lfe };
    Ok(engine(&plan, quanta))
}

/// Objects on orbits, each through an equaliser of four bands and a compressor.
///
/// # Errors
/// When the layout cannot work.
pub fn strips(objects: usize, layout: &Layout, quanta: usize) -> Result<Engine> {
    let mut plan = Crowd::new(objects, Motions::Orbits, layout)?.plan();
    plan.strips.iter_mut().for_each(|it| it.chain = strip(4, 0.0));
    Ok(engine(&plan, quanta))
}

/// Objects that stand still, of which the first so many are sent to a reverb of four outputs.
///
/// # Errors
/// When the layout cannot work.
pub fn sends(objects: usize, sending: usize, layout: &Layout, quanta: usize) -> Result<Engine> {
    let mut plan = Crowd::new(objects, Motions::Still, layout)?.plan();
    for strip in &mut plan.strips[..sending] {
        strip.sends.push(SendPlan { to: objects, level: Fader::fixed(SEND), pre_fader: false });
    }
    let outputs = Crowd::new(OUTPUTS, Motions::Still, layout)?.plan().strips;
    let lanes = outputs.into_iter().flat_map(|strip| strip.lanes).collect();
    plan.strips.push(StripPlan {
        input: InputPlan::Return(ReturnPlan::Reverb(reverb())),
        destination: Destination::Targets,
        ..StripPlan::source("reverb", Fader::fixed(0.5), lanes)
    });
    Ok(engine(&plan, quanta))
}

/// How many outputs the reverbs have.
pub const OUTPUTS: usize = 4;

/// The plain sum of a quantum of some lanes, each under a gain: the least that as many sends cost.
pub fn sum_of_gains(reel: &Reel, quantum: u64, gains: &[f32], sum: &mut Quantum) {
    sum.fill(0.0);
    for (lane, gain) in gains.iter().enumerate() {
        for (sum, sample) in sum.iter_mut().zip(reel.at(lane, quantum)) {
            *sum += sample * gain;
        }
    }
}

/// The limiter of masters.
#[must_use]
pub fn limiter() -> LimiterSpec {
    LimiterSpec { ceiling_dbtp: (-1.0).into(), lookahead_ms: 2.0, release_ms: 100.0.into() }
}

/// The reverb of returns.
#[must_use]
pub fn reverb() -> ReverbSpec {
    ReverbSpec {
        rt60_s: 1.9,
        rt60_bands_s: None,
        predelay_ms: 20.0,
        size: 1.0,
        damping_hz: Some(6000.0),
        modulation_ms: 0.0,
        modulation_hz: 0.5,
        seed: 0,
    }
}

fn engine(plan: &Plan, quanta: usize) -> Engine {
    Engine::new(plan, quanta, Work::Serial)
}

/// A chain with bells and a compressor.
fn strip(bands: usize, makeup_db: f64) -> Chain {
    let compressor = Keyed { spec: compressor(makeup_db), key: None, link: None };
    Chain { eq: Some(bells(bands)), compressor: Some(compressor), ..Chain::default() }
}

fn bells(bands: usize) -> EqSpec {
    let bands = FREQUENCIES_HZ.into_iter().zip(GAINS_DB).take(bands);
    let bell = |(freq_hz, gain_db): (f64, f64)| Band::Bell {
        freq_hz: freq_hz.into(),
        gain_db: gain_db.into(),
        q: 1.0.into(),
    };
    bands.map(bell).collect()
}

fn compressor(makeup_db: f64) -> CompressorSpec {
    CompressorSpec {
        threshold_db: (-20.0).into(),
        ratio: 4.0.into(),
        knee_db: 6.0.into(),
        attack_ms: 10.0.into(),
        release_ms: 150.0.into(),
        makeup_db: makeup_db.into(),
        auto_makeup: false,
        lookahead_ms: 0.0,
        detector: Detector::Peak,
        rms_ms: 10.0,
        sidechain_eq: Vec::new(),
        key: None,
        link: None,
        mix: 1.0.into(),
    }
}
