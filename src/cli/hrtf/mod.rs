//! `cupola hrtf`: one file per verb.

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
}

pub fn run(arguments: &Arguments) -> Result<()> {
    match &arguments.verb {
        Verb::Info(arguments) => info::run(arguments),
    }
}
