//! Arithmetic on samples, without policy: it knows no scene.

mod delay;
mod fractional_delay;
mod one_pole;

pub use delay::Delay;
pub use fractional_delay::{FractionalDelay, Weights};
pub use one_pole::OnePole;

/// Recursive states below this become 0 at the end of a quantum, so that silence after sound costs
/// no more than sound (denormal numbers are slow on most machines).
pub const STATE_FLOOR: f64 = 1e-15;
