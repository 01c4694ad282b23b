//! Signals that ask a program to end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use signal_hook::consts;
use signal_hook::flag::register_usize;

use crate::{Error, Result};

/// Those that do.
#[cfg(unix)]
const ENDING: [i32; 3] = [consts::SIGINT, consts::SIGTERM, consts::SIGHUP];
#[cfg(not(unix))]
const ENDING: [i32; 2] = [consts::SIGINT, consts::SIGTERM];

/// The last signal that asked the program to end.
pub struct Signals(Arc<AtomicUsize>);

impl Signals {
    /// Listens for them.
    pub fn listen() -> Result<Self> {
        let last = Arc::new(AtomicUsize::new(0));
        for signal in ENDING {
            register_usize(signal, Arc::clone(&last), signal as usize)
                .map_err(|error| Error::machine(format!("signals cannot be caught: {error}")))?;
        }
        Ok(Self(last))
    }

    /// The error that ends the program, if one came.
    pub fn asked_to_end(&self) -> Option<Error> {
        match self.0.load(Ordering::SeqCst) {
            0 => None,
            signal if signal == consts::SIGINT as usize => Some(Error::Interrupted),
            signal => Some(Error::Signal(signal as u8)),
        }
    }
}
