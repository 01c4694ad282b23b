//! How the strips of an engine come and go where it takes the place of another, or another takes its:
//! returns are left alone, so that what was sent to them rings out.

use super::glide::Glide;

/// How long strips take to come or to go, in seconds.
pub(in super::super) const CURTAIN_S: f64 = 0.05;

/// How much of the strips reaches the targets, and how much the returns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Shares {
    pub(in super::super) heard: f64,
    pub(in super::super) sent: f64,
}

/// What hides the strips.
pub(in super::super) struct Curtain {
    heard: Glide<f64>,
    sent: Glide<f64>,
    steps: u32,
    /// At the ends of the quanta of the pass.
    shares: Vec<Shares>,
}

impl Curtain {
    /// One that is up, for passes of so many quanta; it takes so many to go down.
    pub(in super::super) fn new(steps: u32, quanta: usize) -> Self {
        let up = Glide::new(1.0, steps);
        let shares = vec![Shares { heard: 1.0, sent: 1.0 }; quanta + 1];
        Self { heard: up, sent: up, steps, shares }
    }

    /// Nothing reaches the returns until it is raised.
    pub(in super::super) fn close_sends(&mut self) {
        self.sent = Glide::new(0.0, self.steps);
    }

    /// All comes up.
    pub(in super::super) fn raise(&mut self) {
        self.heard.aim(1.0);
        self.sent.aim(1.0);
    }

    /// All goes down.
    pub(in super::super) fn draw(&mut self) {
        self.heard.aim(0.0);
        self.sent.aim(0.0);
    }

    /// Whether nothing of the strips is heard any more.
    pub(in super::super) fn is_down(&self) -> bool {
        self.heard.at == 0.0 && self.heard.has_arrived()
    }

    /// Moves through the quanta of a pass.
    pub(in super::super) fn begin(&mut self, quanta: usize) {
        self.shares[0] = self.now();
        for quantum in 1..=quanta {
            self.heard.step();
            self.sent.step();
            self.shares[quantum] = self.now();
        }
    }

    fn now(&self) -> Shares {
        Shares { heard: self.heard.at, sent: self.sent.at }
    }

    /// At the ends of the quanta of the pass; none where it is up all the time.
    pub(in super::super) fn shares(&self, quanta: usize) -> Option<&[Shares]> {
        let shares = &self.shares[..=quanta];
        shares.iter().any(|it| (it.heard, it.sent) != (1.0, 1.0)).then_some(shares)
    }
}
