//! Folding: the channels of one layout made into those of another, by a matrix of gains.
//!
//! The matrix follows ITU-R BS.775-4 (Annex 4, Table 2), carried on to layouts it does not know:
//!
//! - A loudspeaker that is there (by its BS.2051 label, or within 10 degrees in its layer) takes its
//!   channel as it is.
//! - A channel that lands between two loudspeakers of its layer is split between them so that the
//!   power stays: centre goes to left and right at -3 dB.
//! - Heights go to the heights beside them, else down to ear level; what is below the ear goes up.
//! - Channels of the sides and the back (80 degrees and more) go to the surrounds of their side,
//!   else to the front of their side.
//! - Whoever so moves onto another's place is turned down by 3 dB: surrounds in the front, heights at
//!   ear level, left and right in the centre. Where nobody is nearer to the place, it is free: then
//!   it is taken as it is, as side surrounds do that of the surrounds of 5.1.
//! - LFE goes to LFE, where there is one, and nowhere else.
//!
//! No channel is lost but the LFE, none is raised.

mod file;
mod lfe;
mod rules;

use super::Layout;
use rules::Rules;

/// How the channels of one layout become those of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// The layout of what comes.
    pub from: Layout,
    /// The layout of what leaves.
    pub to: Layout,
    /// Linear gains, `[to][from]` in layout order.
    pub gains: Vec<Vec<f64>>,
}

impl Fold {
    /// The matrix of ITU-R BS.775 and what follows from it.
    #[must_use]
    pub fn itu(from: &Layout, to: &Layout) -> Self {
        let rules = Rules::new(from, to);
        let mut gains = vec![vec![0.0; from.loudspeakers.len()]; to.loudspeakers.len()];
        for (index, loudspeaker) in from.loudspeakers.iter().enumerate() {
            let column =
                if loudspeaker.lfe { lfe::column(index, from, to) } else { rules.column(index) };
            for (row, gain) in gains.iter_mut().zip(column) {
                row[index] = gain;
            }
        }
        Self { from: from.clone(), to: to.clone(), gains }
    }
}
