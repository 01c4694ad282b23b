//! The command line: one file per verb. clap lives here and nowhere else.

mod actor;
mod bench;
mod check;
mod coverage;
mod devices;
mod fold;
mod gains;
mod hrtf;
mod identify;
mod layouts;
mod levels;
mod measure;
mod outlet;
mod output;
mod play;
mod plot;
mod problems;
mod progress;
mod range;
mod readings;
mod render;
mod schema;
mod signals;
mod target;
mod view;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::Result;
use crate::hrtf::built_in::NOTICE;

/// An immersive, object-based spatial renderer.
#[derive(Parser)]
#[command(name = "cupola", version, about, long_about = None, arg_required_else_help = true)]
struct CommandLine {
    /// Print whose data the program carries, and what may be done with it
    #[arg(long)]
    licenses: bool,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Subcommand)]
enum Verb {
    /// Render a scene to files, one for each target
    Render(render::Arguments),
    /// Play a scene through an audio interface
    Play(Box<play::Arguments>),
    /// Let the loudspeakers of a layout say, one after the other, which they are
    Identify(identify::Arguments),
    /// List the audio interfaces that scenes can be played through
    Devices(devices::Arguments),
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
    match run(CommandLine::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            problems::report(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(line: CommandLine) -> Result<()> {
    let Some(verb) = line.verb.filter(|_| !line.licenses) else {
        return output::print(NOTICE);
    };
    match verb {
        Verb::Render(arguments) => render::run(&arguments),
        Verb::Play(arguments) => play::run(&arguments),
        Verb::Identify(arguments) => identify::run(&arguments),
        Verb::Devices(arguments) => devices::run(&arguments),
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
