//! `cupola hrtf`: one file per verb.

mod build;
mod dump;
mod info;
mod picture;

use clap::{Args, Subcommand};

use crate::Result;

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Say what a set is and how good
    Info(info::Arguments),
    /// Write the pair of impulse responses of each direction, as rendered
    Dump(dump::Arguments),
    /// Prepare a SOFA file once and for all, as the built-in set was
    Build(build::Arguments),
}

pub fn run(arguments: &Arguments) -> Result<()> {
    match &arguments.verb {
        Verb::Info(arguments) => info::run(arguments),
        Verb::Dump(arguments) => dump::run(arguments),
        Verb::Build(arguments) => build::run(arguments),
    }
}
