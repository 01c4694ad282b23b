//! The ways of a lane of an object that is led by hand: gains solved for every quantum.

use std::sync::Arc;

use super::super::heading::{Heading, Moment};
use super::super::ramp::{Line, connect};
use super::super::table::LaneRamps;
use super::strip::Place;
use crate::block::QUANTUM;
use crate::pan::Panner;

/// The ways of one lane, in every room it is heard in.
pub(in super::super) struct Guided {
    heading: Heading,
    /// Nothing where it is not mixed.
    ways: Vec<Option<GuidedWay>>,
    lines: Vec<Line>,
    /// The quantum that begins with the gains the last one ended with.
    next: Option<u64>,
}

struct GuidedWay {
    panner: Arc<Panner>,
    begin: Moment,
    end: Moment,
}

impl Guided {
    /// The ways of a heading through some panners, of at most so many channels.
    pub(in super::super) fn new(
        heading: Heading,
        panners: impl Iterator<Item = Option<Arc<Panner>>>,
        channels: usize,
    ) -> Self {
        let way = |panner| GuidedWay { panner, begin: Moment::new(), end: Moment::new() };
        let ways = panners.map(|panner| panner.map(way)).collect();
        Self { heading, ways, lines: Vec::with_capacity(channels), next: None }
    }

    /// The same for what comes so many frames late.
    pub(in super::super) fn late(self, frames: usize) -> Self {
        Self { heading: self.heading.late(frames), ..self }
    }

    /// Sets the ramps of one quantum of the scene, which has a place in the pass.
    pub(in super::super) fn emit(
        &mut self,
        number: u64,
        quantum: usize,
        places: &[Place; 2],
        ramps: &mut LaneRamps<'_>,
    ) {
        let goes_on = self.next == Some(number);
        let frame = number * QUANTUM as u64;
        let [here, there] = [0, 1]
            .map(|end| self.heading.spot(frame + (end * QUANTUM) as u64, &places[end].position));
        for (room, way) in self.ways.iter_mut().enumerate() {
            let Some(GuidedWay { panner, begin, end }) = way else {
                ramps.set(quantum, room, std::iter::empty());
                continue;
            };
            if !goes_on {
                begin.solve(&places[0].spread, panner, &here);
            }
            end.solve(&places[1].spread, panner, &there);
            connect(&begin.levelled(), &end.levelled(), QUANTUM, &mut self.lines);
            ramps.set(quantum, room, self.lines.iter().map(Line::whole_quantum));
            std::mem::swap(begin, end);
        }
        self.next = Some(number + 1);
    }
}
