//! Arithmetic on samples, without policy: it knows no scene.

mod convolver;
mod delay_line;
mod fourier;
mod fractional_delay;
mod one_pole;
mod partitions;
mod random;

pub use convolver::Convolver;
pub use delay_line::DelayLine;
pub use fourier::{Fourier, Spectrum};
pub use fractional_delay::{FractionalDelay, Weights};
pub use one_pole::OnePole;
pub use partitions::{Filter, History};
pub use random::Random;

/// Recursive states below this become 0 at the end of a quantum, so that silence after sound costs
/// no more than sound (denormal numbers are slow on most machines).
pub const STATE_FLOOR: f64 = 1e-15;

/// Samples below this become 0 where states are dropped all at once: far below anything that is
/// kept, far above denormal numbers.
pub const NEARLY_DENORMAL: f64 = 1e-30;
