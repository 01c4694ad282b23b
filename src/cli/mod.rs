//! The command line: one file per verb. clap lives here and nowhere else.

mod actor;
mod bench;
mod check;
mod coverage;
mod fold;
mod gains;
mod hrtf;
mod layouts;
mod levels;
mod measure;
mod output;
mod plot;
mod problems;
mod progress;
mod range;
mod readings;
mod render;
mod schema;
mod target;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::Result;

/// An immersive, object-based spatial renderer.
#[derive(Parser)]
#[command(name = "cupola", version, about, long_about = None)]
struct CommandLine {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Render a scene to files, one for each target
    Render(render::Arguments),
    /// Find every mistake in a scene, each with its line and column
    Check(check::Arguments),
    /// List the loudspeaker layouts, or show one
    Layouts(layouts::Arguments),
    /// Read directions on standard input, print the gain of every loudspeaker
    ///
    /// One direction a line, in degrees: azimuth,elevation or azimuth,elevation,spread or
    /// azimuth,elevation,width,height. Azimuth is positive to the left, elevation up. Each gives a
    /// line of linear gains in the layout's channel order, LFE included (0).
    Gains(gains::Arguments),
    /// Draw the paths of a scene's objects and their gains as an SVG
    Plot(plot::Arguments),
    /// Measure the loudness and the true peak of an audio file
    Measure(measure::Arguments),
    /// Look into sets of head-related impulse responses
    Hrtf(hrtf::Arguments),
    /// Print the JSON Schema of a scene
    Schema(schema::Arguments),
    /// Measure the speed of the panner, the mixer and the engine on this machine
    Bench(bench::Arguments),
}

/// Runs the command line of this process and prints the error, if any, on standard error.
#[must_use]
pub fn main() -> ExitCode {
    match run(CommandLine::parse().verb) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            problems::report(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(verb: Verb) -> Result<()> {
    match verb {
        Verb::Render(arguments) => render::run(&arguments),
        Verb::Check(arguments) => check::run(&arguments),
        Verb::Layouts(arguments) => layouts::run(&arguments),
        Verb::Gains(arguments) => gains::run(&arguments),
        Verb::Plot(arguments) => plot::run(&arguments),
        Verb::Measure(arguments) => measure::run(&arguments),
        Verb::Hrtf(arguments) => hrtf::run(&arguments),
        Verb::Schema(arguments) => schema::run(&arguments),
        Verb::Bench(arguments) => bench::run(&arguments),
    }
}
