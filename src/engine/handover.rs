//! What gives way to something else of its kind, smoothly.

use super::live::{Between, Glide};

/// Something in use, and, while it takes over, what was before.
#[derive(Clone, Debug)]
pub(super) struct Handover<T> {
    now: T,
    before: Option<T>,
    /// How much of what is in use counts.
    share: Glide<f64>,
    steps: u32,
}

impl<T> Handover<T> {
    /// Something in use, that takes so many quanta to give way.
    pub(super) fn new(now: T, steps: u32) -> Self {
        Self { now, before: None, share: Glide::new(1.0, steps), steps }
    }

    /// Changes what is in use before anybody uses it.
    pub(super) fn change(&mut self, change: impl FnOnce(T) -> T)
    where
        T: Clone,
    {
        self.now = change(self.now.clone());
    }

    /// Lets something else take over, if there is anything; what is to be freed comes in exchange.
    pub(super) fn give_way(&mut self, to: &mut Option<T>) {
        if let Some(now) = to.take() {
            *to = self.before.replace(std::mem::replace(&mut self.now, now));
            self.share = Glide::new(0.0, self.steps);
            self.share.aim(1.0);
        }
    }

    /// Goes on by a quantum.
    pub(super) fn step(&mut self) {
        self.share.step();
    }

    /// What is in use, once nothing of what was before counts.
    pub(super) fn settled(&self) -> Option<&T> {
        (self.before.is_none() || self.share.has_arrived()).then_some(&self.now)
    }

    /// A value of what is in use, on its way from that of what was.
    pub(super) fn value<V: Between>(&self, of: impl Fn(&T) -> V) -> V {
        let now = of(&self.now);
        match &self.before {
            Some(before) if !self.share.has_arrived() => {
                V::between(&of(before), &now, self.share.at)
            }
            _ => now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_gives_way_in_a_straight_line() {
        let mut level = Handover::new(1.0, 4);
        let heard = |level: &Handover<f64>| level.value(|it| *it);
        let mut to = Some(3.0);
        level.give_way(&mut to);
        assert_eq!((heard(&level), to, level.settled()), (1.0, None, None));
        let way = (0..5).map(|_| {
            level.step();
            heard(&level)
        });
        assert_eq!(way.collect::<Vec<_>>(), [1.5, 2.0, 2.5, 3.0, 3.0]);
        assert_eq!(level.settled(), Some(&3.0));
        let mut to = Some(7.0);
        level.give_way(&mut to);
        assert_eq!((heard(&level), to), (3.0, Some(1.0)), "what was before is not freed here");
    }
}
