//! From positions to ramps: the gains of a moving lane in one target, control step by control step.

use std::sync::Arc;

use super::heading::{Heading, Moment, Spot};
use super::piece::Piece;
use super::ramp::{Levelled, Line, connect};
use super::table::LaneRamps;
use crate::block::{CONTROL_STEP, QUANTA_PER_STEP, QUANTUM};
use crate::pan::Panner;

/// The squared cosine of the 3 degrees by which a unit gain vector may turn within a control step
/// before the step is divided into quanta. A straight line between gains 3 degrees apart loses
/// 0.0015 dB in its middle; what decides is how it modulates a tone: 10 degrees would let lines rise
/// to -46 dBc on an orbit of two turns a second, 4 degrees to -53.6 dBc at one and a half.
const UNDIVIDED_TURN: f64 = 0.997_260_947_684_136_5;

/// Control steps that are gone through together: what does not depend on the step before, the positions
/// and then the gains, processors work out side by side.
pub(super) const STEPS: usize = 4;

/// What is worked out of a lane on its way through some control steps. Nothing of it is kept, so that
/// it stays in the cache from lane to lane.
pub(super) struct Stretch {
    piece: Piece,
    /// Whether it begins where the one before it ended.
    goes_on: bool,
    /// Where the lane is at the beginning of each step, and at the end of the last.
    spots: [Spot; STEPS + 1],
    /// The gains there, but for the beginning.
    moments: [Moment; STEPS],
    /// The gains at the quanta within one step.
    between: [Moment; QUANTA_PER_STEP as usize - 1],
    lines: Vec<Line>,
}

impl Stretch {
    /// Room for one on the way to rooms of so many channels.
    pub(super) fn new(channels: &[usize]) -> Box<Self> {
        Box::new(Self {
            piece: Piece::pass(0, 0),
            goes_on: false,
            spots: [Spot::default(); STEPS + 1],
            moments: std::array::from_fn(|_| Moment::new()),
            between: std::array::from_fn(|_| Moment::new()),
            lines: Vec::with_capacity(channels.iter().copied().max().unwrap_or(0)),
        })
    }

    /// Looks where a heading leads over a piece of at most [`STEPS`] control steps; `goes_on` where
    /// the last one that was looked at for this lane ended there.
    #[inline]
    pub(super) fn look(&mut self, heading: &Heading, piece: Piece, goes_on: bool) {
        (self.piece, self.goes_on) = (piece, goes_on);
        let first = usize::from(goes_on);
        for (spot, step) in
            self.spots.iter_mut().zip(piece.first_step()..).take(piece.steps() + 1).skip(first)
        {
            *spot = heading.at(first_frame_of(step));
        }
    }
}

/// A lane's way to one target.
pub(super) struct Steering {
    panner: Arc<Panner>,
    /// The gains where the last stretch ended: the next may begin with them.
    last: Moment,
}

impl Steering {
    pub(super) fn new(panner: Arc<Panner>) -> Self {
        Self { panner, last: Moment::new() }
    }

    /// Sets the ramps of the piece that was looked at.
    #[inline]
    pub(super) fn emit(
        &mut self,
        heading: &Heading,
        stretch: &mut Stretch,
        target: usize,
        ramps: &mut LaneRamps<'_>,
    ) {
        let Stretch { piece, goes_on, spots, moments, between, lines } = stretch;
        let Self { panner, last } = self;
        let steps = piece.steps();
        if !*goes_on {
            last.solve(heading.spread(), panner, &spots[0]);
        }
        for (moment, spot) in moments.iter_mut().zip(&spots[1..]).take(steps) {
            moment.solve(heading.spread(), panner, spot);
        }
        let mut start = &*last;
        for (piece, end) in piece.cut(1).zip(&*moments) {
            let turn = connect(&start.levelled(), &end.levelled(), CONTROL_STEP, lines);
            // A ride is followed as closely as a quick turn.
            if turn.exceeds(UNDIVIDED_TURN) || heading.is_ridden() {
                divide(heading, panner, piece.first_step(), between);
                emit_divided(piece, [start, end], between, lines, target, ramps);
            } else {
                for (number, quantum) in piece.quanta() {
                    let ramp = |line: &Line| line.quantum_of_step(number % QUANTA_PER_STEP);
                    ramps.set(quantum, target, lines.iter().map(ramp));
                }
            }
            start = end;
        }
        last.copy_from(&moments[steps - 1]);
    }
}

/// Solves the gains at the quanta within a step.
fn divide(heading: &Heading, panner: &Panner, step: u64, between: &mut [Moment]) {
    for (index, moment) in between.iter_mut().enumerate() {
        let spot = heading.at(first_frame_of(step) + ((index + 1) * QUANTUM) as u64);
        moment.solve(heading.spread(), panner, &spot);
    }
}

/// Sets the ramps of a piece of a step that is divided into its quanta.
fn emit_divided(
    piece: Piece,
    [start, end]: [&Moment; 2],
    between: &[Moment],
    lines: &mut Vec<Line>,
    target: usize,
    ramps: &mut LaneRamps<'_>,
) {
    let moment = |place: u64| -> Levelled<'_> {
        match place {
            0 => start.levelled(),
            QUANTA_PER_STEP => end.levelled(),
            _ => between[place as usize - 1].levelled(),
        }
    };
    for (number, quantum) in piece.quanta() {
        let place = number % QUANTA_PER_STEP;
        connect(&moment(place), &moment(place + 1), QUANTUM, lines);
        ramps.set(quantum, target, lines.iter().map(Line::whole_quantum));
    }
}

/// The frame at which a control step begins.
pub(super) fn first_frame_of(step: u64) -> u64 {
    step * CONTROL_STEP as u64
}
