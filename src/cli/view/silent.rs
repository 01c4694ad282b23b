//! Where there is nothing to be seen: only what happens is told.

use super::{Seen, View};
use crate::cli::problems;
use crate::{Error, Result};

pub struct Silent;

impl View for Silent {
    fn say(&mut self, text: &str) {
        eprintln!("{text}");
    }

    fn explain(&mut self, error: &Error) {
        problems::report(error);
    }

    fn show(&mut self, _: &mut Seen<'_>) -> Result<()> {
        Ok(())
    }
}
