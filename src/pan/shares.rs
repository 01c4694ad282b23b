//! What the loudspeakers get of the corners of a region.

use super::GainRow;
use super::region::Mixing;
use crate::layout::MAX_CHANNELS;

/// As many loudspeakers as regions of real ones feed: their gains are worked out side by side.
const FEW: usize = 4;

/// The shares that loudspeakers have in the corners of a region.
#[derive(Clone, Debug)]
pub struct Shares {
    /// For each corner, what the first few loudspeakers get of it.
    few: [[f64; FEW]; 4],
    /// Where those go, in the order of channels; then in the mirror.
    few_outputs: [[Output; FEW]; 2],
    /// How many of them there are.
    count: u8,
    /// All of them, where there are more.
    many: Option<Box<Many>>,
}

/// The same for any number of loudspeakers.
#[derive(Clone, Debug)]
struct Many {
    shares: Box<[[f64; 4]]>,
    outputs: [Box<[Output]>; 2],
}

#[derive(Clone, Copy, Debug)]
struct Output {
    channel: u8,
    /// Which of the shares it gets.
    share: u8,
}

impl Shares {
    /// The shares of whatever gets anything.
    pub fn new(mixing: &Mixing<'_>) -> Self {
        let members = members(mixing);
        let outputs = [mixing.channels, mixing.mirrored].map(|of| outputs(&members, of));
        let few_shares = |corner: usize| {
            std::array::from_fn(|it| members.get(it).map_or(0.0, |it| it.2[corner]))
        };
        let nothing = Output { channel: 0, share: 0 };
        let few_outputs = |outputs: &[Output]| {
            std::array::from_fn(|it| outputs.get(it).copied().unwrap_or(nothing))
        };
        Self {
            few: std::array::from_fn(few_shares),
            few_outputs: [few_outputs(&outputs[0]), few_outputs(&outputs[1])],
            count: members.len().min(FEW) as u8,
            many: (members.len() > FEW).then(|| {
                let shares = members.into_iter().map(|(_, _, share)| share).collect();
                Box::new(Many { shares, outputs })
            }),
        }
    }

    /// Shares the gains of the corners among the loudspeakers, at a power of 1.
    #[inline(always)]
    pub fn fill(&self, corners: [f64; 4], mirrored: bool, row: &mut GainRow) {
        if let Some(many) = &self.many {
            return many.fill(corners, mirrored, row);
        }
        let [a, b, c, d] = &self.few;
        let gains: [f64; FEW] =
            std::array::from_fn(|it| mixed([a[it], b[it], c[it], d[it]], corners));
        let squares = gains.map(|gain| gain * gain);
        let norm = ((squares[0] + squares[2]) + (squares[1] + squares[3])).sqrt();
        let gains = gains.map(|gain| gain / norm);
        row.clear();
        for output in self.few_outputs[usize::from(mirrored)].iter().take(self.count.into()) {
            row.push(usize::from(output.channel), gains[usize::from(output.share) % FEW]);
        }
    }
}

impl Many {
    #[inline(never)]
    fn fill(&self, corners: [f64; 4], mirrored: bool, row: &mut GainRow) {
        let mut gains = [0.0; MAX_CHANNELS];
        let mut energy = 0.0;
        for (gain, share) in gains.iter_mut().zip(&self.shares) {
            *gain = mixed(*share, corners);
            energy += *gain * *gain;
        }
        let norm = energy.sqrt();
        row.clear();
        for output in &self.outputs[usize::from(mirrored)] {
            row.push(usize::from(output.channel), gains[usize::from(output.share)] / norm);
        }
    }
}

#[inline(always)]
fn mixed(share: [f64; 4], corners: [f64; 4]) -> f64 {
    (share[0] * corners[0] + share[1] * corners[1])
        + (share[2] * corners[2] + share[3] * corners[3])
}

/// For every channel that gets anything: its place, which of the place's channels, and its shares.
fn members(mixing: &Mixing<'_>) -> Vec<(usize, usize, [f64; 4])> {
    let of_place = |place: usize| {
        let channels = mixing.channels[place].len();
        let alone = 1.0 / libm::sqrt(channels as f64);
        let share: [f64; 4] = std::array::from_fn(|corner| {
            mixing.corners.get(corner).map_or(0.0, |mix| mix[place] * alone)
        });
        (0..channels).map(move |member| (place, member, share))
    };
    let all = (0..mixing.channels.len()).flat_map(of_place);
    all.filter(|(_, _, share)| share.iter().any(|&gain| gain > 0.0)).collect()
}

fn outputs(members: &[(usize, usize, [f64; 4])], channels: &[Vec<usize>]) -> Box<[Output]> {
    let output = |(share, &(place, member, _)): (usize, &(usize, usize, [f64; 4]))| Output {
        channel: channels[place][member] as u8,
        share: share as u8,
    };
    let mut outputs: Box<[Output]> = members.iter().enumerate().map(output).collect();
    outputs.sort_by_key(|output| output.channel);
    outputs
}
