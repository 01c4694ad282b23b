//! What is heard of listeners, on its way to where it is summed.

use super::super::Work;
use super::listener::Listener;
use crate::binaural::{Fed, Share};

/// What is heard of a listener in the quanta of a pass, but for rooms.
pub(super) struct Heard<'a> {
    /// What it adds to.
    pub(super) shares: &'a mut [Share],
    /// What it gives the sphere, if that is its way.
    pub(super) fed: &'a mut [Fed],
}

/// The same, kept until all listeners are through.
pub(super) struct Kept {
    /// Shares of its own, if it cannot add to those of all: where many listen at once, or where it has two
    /// ways.
    pub(super) shares: Vec<Share>,
    pub(super) fed: Vec<Fed>,
}

impl Kept {
    /// Room for a listener.
    pub(super) fn new(listener: &Listener, quanta: usize, work: Work) -> Self {
        let detour = listener.by_hand.detour.as_deref();
        let is_apart = work == Work::Parallel || detour.is_some();
        let has_shares = is_apart && listener.route.has_shares();
        let feeds = listener.route.feeds() || detour.is_some_and(|it| it.route.feeds());
        let quanta_where = |is_there| if is_there { quanta } else { 0 };
        Self {
            shares: vec![Share::silent(); quanta_where(has_shares)],
            fed: vec![Fed::default(); quanta_where(feeds)],
        }
    }

    /// All of it: with its own shares, silent yet, if it has some, else with those of all.
    pub(super) fn heard<'a>(&'a mut self, of_all: &'a mut [Share]) -> Heard<'a> {
        self.shares.iter_mut().for_each(Share::clear);
        let shares = if self.shares.is_empty() { of_all } else { &mut self.shares };
        Heard { shares, fed: &mut self.fed }
    }
}
