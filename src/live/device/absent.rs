//! What there is of devices where the program was built without them.

use super::{Choice, Device, Host, InputDevice};
use crate::{Error, Result};

/// # Errors
/// Always: it says how to get them.
pub fn list() -> Result<Vec<Host>> {
    Err(absent())
}

/// # Errors
/// Always: it says how to get them.
pub fn find(_choice: &Choice) -> Result<Box<dyn Device>> {
    Err(absent())
}

/// # Errors
/// Always: it says how to get them.
pub fn find_input(_choice: &Choice, _output: &dyn Device) -> Result<Box<dyn InputDevice>> {
    Err(absent())
}

fn absent() -> Error {
    Error::machine(
        "this cupola was built without audio interfaces; `cargo install cupola --features live` has \
         them (on Linux it needs libasound2-dev)",
    )
}
