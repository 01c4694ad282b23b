//! `cupola hrtf build`.

use std::path::PathBuf;

use clap::Args;

use crate::Result;
use crate::cli::output;
use crate::hrtf::{built_in, sofa};

#[derive(Args)]
pub struct Arguments {
    /// The measured set
    #[arg(long, value_name = "FILE.sofa")]
    sofa: PathBuf,
    /// Where to write it: 256 taps at 48 kHz, equalised, aligned
    #[arg(short, long, value_name = "FILE.bin")]
    output: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let bytes = built_in::build(&sofa::read(&arguments.sofa)?)?;
    output::write_file(&arguments.output, &bytes)
}
