//! Many objects at once.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::RATE_HZ;
use crate::Result;
use crate::block::{Quanta, Quantum};
use crate::engine::{
    Engine, Fader, Inputs, LanePlan, ObjectPlan, Plan, Propagation, StripPlan, TargetPlan, Work,
};
use crate::layout::Layout;
use crate::motion::{Context, Drift, Macro, Micro, Orbit, Placement, Trajectory};
use crate::pan::{Panner, Spread};

/// Whether and how the objects of a crowd move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motions {
    /// Not at all.
    Still,
    /// On orbits of different speeds and elevations: a new position every control step.
    Orbits,
    /// On the same orbits, drifting about them.
    DriftingOrbits,
}

/// A number of objects, their trajectories and the layout they are panned to.
pub struct Crowd {
    /// Where each of them is.
    pub trajectories: Vec<Arc<Trajectory>>,
    /// Turns their directions into gains.
    pub panner: Arc<Panner>,
    channels: usize,
}

impl Crowd {
    /// Objects spread over the upper half of the room.
    ///
    /// # Errors
    /// When the layout cannot work.
    pub fn new(objects: usize, motions: Motions, layout: &Layout) -> Result<Self> {
        let trajectories: Result<_> =
            (0..objects).map(|index| trajectory(index, motions).map(Arc::new)).collect();
        Ok(Self {
            trajectories: trajectories?,
            panner: Arc::new(Panner::new(layout)?),
            channels: layout.loudspeakers.len(),
        })
    }

    /// An engine that renders the crowd on one thread.
    #[must_use]
    pub fn engine(&self, quanta: usize) -> Engine {
        Engine::new(&self.plan(), quanta, Work::Serial)
    }

    /// A strip for every object, and the layout as the target.
    #[must_use]
    pub fn plan(&self) -> Plan {
        let lane = |trajectory: &Arc<Trajectory>| ObjectPlan {
            trajectory: Arc::clone(trajectory),
            offset_deg: 0.0,
            spread: Spread::default(),
            distance_law: None,
            propagation: Propagation::default(),
        };
        let strips = self.trajectories.iter().enumerate().map(|(index, trajectory)| {
            let lanes = vec![LanePlan::Panned(lane(trajectory))];
            StripPlan::source(&format!("object {index}"), Fader::fixed(0.1), lanes)
        });
        let target = TargetPlan::new("bench", self.channels, Arc::clone(&self.panner));
        Plan { rate_hz: RATE_HZ, strips: strips.collect(), targets: vec![target] }
    }

    /// How many channels it is mixed to.
    #[must_use]
    pub fn channels(&self) -> usize {
        self.channels
    }
}

fn trajectory(index: usize, motions: Motions) -> Result<Trajectory> {
    // The speeds come again after 128, so that crowds of any size move alike.
    let number = (index % 128) as f64;
    let placement = Placement {
        azimuth_deg: Some((number * 137.5) % 360.0 - 180.0),
        elevation_deg: Some((number * 23.0) % 60.0),
        ..Placement::default()
    };
    let turns_per_s =
        Some((0.05 + 0.003 * number) * if index.is_multiple_of(2) { 1.0 } else { -1.0 });
    let orbit = Macro::Orbit(Orbit { turns_per_s, ..Orbit::default() });
    let drift = Micro::Drift(Drift {
        azimuth_deg: 1.5,
        elevation_deg: 2.0,
        rate_hz: 0.5,
        seed: 7,
        together: false,
    });
    let (macro_motion, micro) = match motions {
        Motions::Still => (None, None),
        Motions::Orbits => (Some(&orbit), None),
        Motions::DriftingOrbits => (Some(&orbit), Some(&drift)),
    };
    let resolve = |path: &Path| -> Result<PathBuf> { Ok(path.to_owned()) };
    let context = Context { tempo_bpm: None, object: index as u64, resolve: &resolve };
    Trajectory::new(&placement, macro_motion, micro, &context)
}

/// Sources in memory, seconds long and played round and round: more than most caches hold, so that
/// they stream.
pub struct Reel {
    lanes: Vec<Quanta>,
    /// The quantum of the scene that is the first of the next call.
    pub first: u64,
}

impl Reel {
    /// Quanta of all lanes together, 128 MiB: four times a cache of 32 MiB. The same for few lanes
    /// and for many, so that crowds of different size read from the same place of the memory.
    const QUANTA: usize = 512 * 1024;

    /// The longest reel, in quanta: 44 seconds.
    const LONGEST: usize = 32 * 1024;

    /// Noise for every lane.
    #[must_use]
    pub fn new(lanes: usize) -> Self {
        let mut state = 1_u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        };
        // A power of two, so that going round costs nothing.
        let quanta = (Self::QUANTA / lanes).min(Self::LONGEST).next_power_of_two();
        let mut lane = || {
            let mut lane = Quanta::silent(quanta);
            lane.as_flattened_mut().iter_mut().for_each(|sample| *sample = noise());
            lane
        };
        Self { lanes: (0..lanes).map(|_| lane()).collect(), first: 0 }
    }

    /// How many lanes it has.
    #[must_use]
    pub fn lanes(&self) -> usize {
        self.lanes.len()
    }

    /// A quantum of a lane, by its number in the scene.
    #[must_use]
    pub fn at(&self, lane: usize, quantum: u64) -> &Quantum {
        let lane = &self.lanes[lane];
        &lane[quantum as usize & (lane.len() - 1)]
    }
}

impl Inputs for Reel {
    fn quantum(&self, lane: usize, quantum: usize) -> Option<&Quantum> {
        Some(self.at(lane, self.first + quantum as u64))
    }
}
