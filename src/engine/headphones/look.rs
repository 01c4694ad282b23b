//! Which way the head looks, and whether it has turned.

use crate::binaural::Head;

/// Which way the head looks.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    pub(super) head: Head,
    /// How often it has turned before.
    turns: u64,
}

impl Look {
    /// The way it looks next.
    pub(super) fn then(self, head: Head) -> Self {
        Self { head, turns: self.turns + u64::from(head != self.head) }
    }

    /// Whether it is still the same way.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.turns == other.turns
    }
}
