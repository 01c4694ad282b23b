//! What whoever listens wants: play, pause, go somewhere, loop, leave.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::Route;
use super::orders::Orders;

/// The wishes of whoever listens, the latest of each kind. The player follows them as they stand
/// when it looks, so that none queue up.
pub struct Transport {
    orders: Orders,
    playing: AtomicBool,
    leaving: AtomicBool,
    /// The route as it was asked for last; held while another is given.
    route: Mutex<Route>,
}

/// The wishes at a moment.
#[derive(Clone, Copy)]
pub(super) struct Wishes {
    /// The number of the route.
    pub order: u64,
    pub route: Route,
    pub playing: bool,
    pub leaving: bool,
}

impl Transport {
    pub(super) fn new(route: Route) -> Self {
        Self {
            orders: Orders::new(route),
            playing: AtomicBool::new(true),
            leaving: AtomicBool::new(false),
            route: Mutex::new(route),
        }
    }

    /// Plays on from where it stands.
    pub fn play(&self) {
        self.playing.store(true, Ordering::SeqCst);
    }

    /// Stands still; sound fades out first.
    pub fn pause(&self) {
        self.playing.store(false, Ordering::SeqCst);
    }

    /// Whether it is to play.
    #[must_use]
    pub fn is_playing(&self) -> bool {
        self.playing.load(Ordering::SeqCst)
    }

    /// Goes to a frame of the scene, on the way it is on.
    pub fn locate(&self, frame: u64) {
        self.change(|route| route.starting_at(frame));
    }

    /// Goes another way.
    pub fn follow(&self, route: Route) {
        self.change(|_| route);
    }

    /// The way that was asked for last.
    #[must_use]
    pub fn route(&self) -> Route {
        *self.route.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fades out for good.
    pub fn leave(&self) {
        self.leaving.store(true, Ordering::SeqCst);
    }

    fn change(&self, change: impl FnOnce(Route) -> Route) {
        let mut route = self.route.lock().unwrap_or_else(PoisonError::into_inner);
        *route = change(*route);
        self.orders.give(*route);
    }

    /// The wishes now; `None` while a route is being given.
    pub(super) fn wishes(&self) -> Option<Wishes> {
        let (order, route) = self.orders.latest()?;
        let playing = self.is_playing();
        Some(Wishes { order, route, playing, leaving: self.leaving.load(Ordering::SeqCst) })
    }
}
