//! When a motion begins, how often it is gone through, and which way.

use super::bounds::{Bounds, TIME};
use super::mistake::Mistake;
use super::repeat::Repeat;
use super::site::Site;

/// The four fields about time that every macro motion has, as written.
#[derive(Clone, Copy)]
pub struct Timing {
    pub delay_s: Option<f64>,
    pub delay_beats: Option<f64>,
    pub repeat: Repeat,
    pub ping_pong: bool,
}

impl Timing {
    /// Notes the mistakes in them.
    pub fn check(&self, bounds: &mut Bounds<'_>) {
        let (seconds, beats) = (self.delay_s.is_some(), self.delay_beats.is_some());
        bounds.not_both(("delay_s", seconds), ("delay_beats", beats));
        bounds.within("delay_s", self.delay_s, &TIME);
        bounds.within("delay_beats", self.delay_beats, &TIME);
    }

    /// The clock of a motion one pass of which takes `pass_s`.
    pub fn clock(&self, pass_s: f64, site: &Site<'_>) -> Result<Clock, Mistake> {
        let delay_s = site.time_s(self.delay_s, self.delay_beats, "delay_beats", 0.0)?;
        let passes = match self.repeat {
            Repeat::Times(count) => f64::from(count),
            Repeat::Forever => f64::INFINITY,
        };
        let returns_home = self.ping_pong && passes % 2.0 == 0.0;
        // A single point takes no time: it is there already, as often as it likes.
        let runs = pass_s > 0.0 && pass_s.is_finite();
        Ok(Clock {
            delay_s,
            pass_s,
            passes_per_s: if runs { 1.0 / pass_s } else { 0.0 },
            end_s: if runs { pass_s * passes } else { 0.0 },
            rest_s: if runs && !returns_home { pass_s } else { 0.0 },
            ping_pong: self.ping_pong,
        })
    }
}

/// Turns the scene's time into the time within one pass of a motion.
#[derive(Clone, Debug)]
pub struct Clock {
    delay_s: f64,
    pass_s: f64,
    passes_per_s: f64,
    end_s: f64,
    rest_s: f64,
    ping_pong: bool,
}

impl Clock {
    /// The time within the pass, from 0 to the length of a pass. Before the first pass it is 0,
    /// after the last it is where that one ended.
    pub fn within_pass_s(&self, time_s: f64) -> f64 {
        let elapsed_s = (time_s - self.delay_s).max(0.0);
        if elapsed_s >= self.end_s {
            return self.rest_s;
        }
        // Not negative, so that cutting off the fraction is rounding down; with a sign all the same,
        // for which processors have an instruction.
        let pass = (elapsed_s * self.passes_per_s) as i64 as f64;
        // The product may be rounded up to the next whole number: what is a last bit before the end
        // of a pass is not the beginning of the next.
        let pass = if pass * self.pass_s > elapsed_s { pass - 1.0 } else { pass };
        let forth_s = (elapsed_s - pass * self.pass_s).clamp(0.0, self.pass_s);
        let goes_back = self.ping_pong && libm::fmod(pass, 2.0) != 0.0;
        if goes_back { self.pass_s - forth_s } else { forth_s }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(pass_s: f64, delay_s: f64, passes: f64, ping_pong: bool) -> Clock {
        Clock {
            delay_s,
            pass_s,
            passes_per_s: 1.0 / pass_s,
            end_s: pass_s * passes,
            rest_s: if ping_pong && passes == 2.0 { 0.0 } else { pass_s },
            ping_pong,
        }
    }

    #[test]
    fn a_single_pass_waits_runs_and_rests() {
        let clock = clock(4.0, 1.0, 1.0, false);
        let times = [-1.0, 0.5, 1.0, 3.0, 5.0, 99.0];
        assert_eq!(times.map(|time_s| clock.within_pass_s(time_s)), [0.0, 0.0, 0.0, 2.0, 4.0, 4.0]);
    }

    #[test]
    fn the_last_moment_of_a_pass_is_in_it() {
        for number in 1..100_000 {
            let pass_s = f64::from(number) * 0.000_123_457;
            let single = clock(pass_s, 0.0, 1.0, false);
            let before_s = single.within_pass_s(pass_s.next_down());
            assert!(before_s > 0.999 * pass_s, "{before_s} instead of {pass_s}");
        }
    }

    #[test]
    fn passes_start_over_or_turn_round() {
        let over = clock(4.0, 0.0, f64::INFINITY, false);
        assert_eq!([3.0, 4.0, 5.0, 11.0].map(|t| over.within_pass_s(t)), [3.0, 0.0, 1.0, 3.0]);
        let round = clock(4.0, 0.0, 2.0, true);
        assert_eq!([3.0, 4.0, 5.0, 8.0].map(|t| round.within_pass_s(t)), [3.0, 4.0, 3.0, 0.0]);
    }
}
