//! Arithmetic on samples, without policy: it knows no scene.

mod delay_line;
mod fractional_delay;
mod one_pole;
mod random;

pub use delay_line::DelayLine;
pub use fractional_delay::{FractionalDelay, Weights};
pub use one_pole::OnePole;
pub use random::Random;

/// Recursive states below this become 0 at the end of a quantum, so that silence after sound costs
/// no more than sound (denormal numbers are slow on most machines).
pub const STATE_FLOOR: f64 = 1e-15;
