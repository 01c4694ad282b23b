//! An engine that comes in place of another, or goes: its strips come and go, its returns stay.

use super::Engine;
use super::live::Live;
use crate::block::QUANTUM;

/// All of these do nothing where nothing is done by hand.
impl Engine {
    /// Lets nothing reach its returns until [`come`](Self::come): what comes before is rung out
    /// by another engine.
    pub fn close_sends(&mut self) {
        self.live.iter_mut().for_each(|live| live.curtain().close_sends());
    }

    /// Lets all be heard again, from the next quantum on and within [`curtain_frames`].
    ///
    /// [`curtain_frames`]: Self::curtain_frames
    pub fn come(&mut self) {
        self.live.iter_mut().for_each(|live| live.curtain().raise());
    }

    /// Lets nothing but what its returns still have be heard, as slowly.
    pub fn go(&mut self) {
        self.live.iter_mut().for_each(|live| live.curtain().draw());
    }

    /// Whether nothing but its returns is heard any more.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.live.as_ref().is_none_or(|live| live.is_hidden())
    }

    /// How many frames strips take to come or to go, in straight lines.
    #[must_use]
    pub fn curtain_frames(rate_hz: u32) -> usize {
        Live::curtain_steps(rate_hz) as usize * QUANTUM
    }

    /// By how many frames a target leaves later than its strips were mixed.
    #[must_use]
    pub fn master_latency_frames(&self, target: usize) -> usize {
        self.outputs[target].master_latency_frames()
    }
}
