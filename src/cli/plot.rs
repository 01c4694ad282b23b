//! `cupola plot`.

use clap::Args;

use crate::Result;

#[derive(Args)]
pub struct Arguments {}

pub fn run(_arguments: &Arguments) -> Result<()> {
    Ok(())
}
