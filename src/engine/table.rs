//! The ramps of every lane in every target, for the quanta of one pass: one table, so that the mix
//! runs through it without looking for anything.

use super::ramp::Ramp;

/// Ramps by lane, quantum and target.
pub(super) struct RampTable {
    ramps: Vec<Ramp>,
    /// How many of the ramps there is room for are in use.
    counts: Vec<u16>,
    shape: Shape,
}

/// Where things are in the table.
#[derive(Clone)]
struct Shape {
    /// The most quanta of one pass.
    quanta: usize,
    /// Where each target's ramps begin among those of a quantum: its channels and those before it.
    begins: Vec<usize>,
    /// The channels of all targets.
    channels: usize,
}

/// What the table holds of one lane.
pub(super) struct LaneRamps<'a> {
    ramps: &'a mut [Ramp],
    counts: &'a mut [u16],
    shape: &'a Shape,
}

impl RampTable {
    /// A table for so many lanes and quanta, and targets of so many channels.
    pub(super) fn new(lanes: usize, quanta: usize, targets: &[usize]) -> Self {
        let mut channels = 0;
        let begins = targets.iter().map(|&count| {
            channels += count;
            channels - count
        });
        let shape = Shape { quanta, begins: begins.collect(), channels };
        let nothing = Ramp { channel: 0, start: 0.0, step: 0.0 };
        Self {
            ramps: vec![nothing; lanes * quanta * shape.channels],
            counts: vec![0; lanes * quanta * targets.len()],
            shape,
        }
    }

    /// The ramps of a lane in a target over a quantum of the current pass, in channel order.
    #[inline(always)]
    pub(super) fn get(&self, lane: usize, quantum: usize, target: usize) -> &[Ramp] {
        let Shape { quanta, begins, channels } = &self.shape;
        let place = lane * quanta + quantum;
        let count = self.counts[place * begins.len() + target];
        let begin = place * channels + begins[target];
        &self.ramps[begin..begin + usize::from(count)]
    }

    /// The part of every lane, in order.
    pub(super) fn lanes(&mut self) -> impl Iterator<Item = LaneRamps<'_>> {
        let Self { ramps, counts, shape } = self;
        let ramps = ramps.chunks_mut((shape.quanta * shape.channels).max(1));
        let counts = counts.chunks_mut((shape.quanta * shape.begins.len()).max(1));
        ramps.zip(counts).map(|(ramps, counts)| LaneRamps { ramps, counts, shape })
    }
}

impl LaneRamps<'_> {
    /// A quantum in which the lane is silent.
    pub(super) fn rest(&mut self, quantum: usize) {
        let targets = self.shape.begins.len();
        self.counts[quantum * targets..(quantum + 1) * targets].fill(0);
    }

    /// Puts the ramps of a quantum in all targets under a level.
    pub(super) fn put_under(&mut self, quantum: usize, levels: [f64; 2]) {
        let Shape { begins, channels, .. } = self.shape;
        for (target, begin) in begins.iter().enumerate() {
            let begin = quantum * channels + begin;
            let count = usize::from(self.counts[quantum * begins.len() + target]);
            for ramp in &mut self.ramps[begin..begin + count] {
                *ramp = ramp.under(levels);
            }
        }
    }

    /// Sets the ramps of a quantum in a target, given in channel order, at most one a channel.
    #[inline]
    pub(super) fn set(&mut self, quantum: usize, target: usize, ramps: impl Iterator<Item = Ramp>) {
        let Shape { begins, channels, .. } = self.shape;
        let begin = quantum * channels + begins[target];
        let mut count = 0;
        for (place, ramp) in self.ramps[begin..].iter_mut().zip(ramps) {
            *place = ramp;
            count += 1;
        }
        self.counts[quantum * begins.len() + target] = count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lane_quantum_and_target_has_its_own_ramps() {
        let mut table = RampTable::new(3, 2, &[2, 5]);
        let ramp = |lane: usize, quantum: usize, target: usize, channel: usize| {
            Ramp::level(channel, (lane * 100 + quantum * 10 + target) as f64)
        };
        for (lane, mut ramps) in table.lanes().enumerate() {
            for quantum in 0..2 {
                ramps.set(quantum, 0, (0..2).map(|it| ramp(lane, quantum, 0, it)));
                ramps.set(quantum, 1, (0..lane + 1).map(|it| ramp(lane, quantum, 1, it)));
            }
        }
        for (lane, quantum) in [(0, 0), (0, 1), (1, 0), (2, 1)] {
            let all = |target, count| {
                (0..count).map(|it| ramp(lane, quantum, target, it)).collect::<Vec<_>>()
            };
            assert_eq!(table.get(lane, quantum, 0), all(0, 2));
            assert_eq!(table.get(lane, quantum, 1), all(1, lane + 1));
        }
        table.lanes().nth(1).unwrap().rest(1);
        assert_eq!(table.get(1, 1, 0), []);
        assert_eq!(table.get(1, 0, 0).len(), 2);
    }
}
