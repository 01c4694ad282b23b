//! `cupola render`.

use std::ffi::OsString;
use std::fmt::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::progress::{Progress, stop_on_interrupt};
use super::range::TimeRange;
use super::readings::{findings, readings};
use super::{levels, output, target};
use crate::render::{self, ChannelOrder, Headphones, Report, Request};
use crate::scene::{Options, Scene};
use crate::sink::SampleFormat;
use crate::units::amplitude_to_decibels;
use crate::{Error, Result};

#[derive(Args)]
pub struct Arguments {
    /// The scene: a .toml or .json file
    scene: PathBuf,
    /// A layout to render to, by name or by the path of a .toml file; may be given several times
    ///
    /// stereo=fold:7.1.4 folds the mix of another layout down by ITU-R BS.775;
    /// stereo=matrix:FILE.toml by a matrix of your own; binaural is for headphones, every sound from
    /// its own direction; binaural=speakers:7.1.4 through virtual loudspeakers
    #[arg(long = "to", value_name = "LAYOUT", required = true)]
    to: Vec<String>,
    /// Where to write: X.wav for one target, a folder for several [default: here]
    #[arg(short, long, value_name = "OUT")]
    output: Option<OsString>,
    /// Bits a sample: 16 or 24 (integers, dithered) or 32 (floating point)
    #[arg(long, default_value = "32")]
    bits: Bits,
    /// The order of the channels in the files
    #[arg(long, default_value = "mask")]
    channel_order: Order,
    /// Write one mono file for each channel
    #[arg(long)]
    split: bool,
    /// Render only a part, from A (heard) to B (not heard any more), in seconds or frames:
    /// 10s..20s, 1:30.., ..1500ms, 0f..48000f
    #[arg(long, value_name = "A..B")]
    range: Option<TimeRange>,
    /// How many threads work [default: as many as there are cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// How many quanta are rendered at once; changes nothing but speed
    #[arg(long, value_name = "N", default_value = "64", hide = true,
          value_parser = clap::value_parser!(u16).range(1..=4096))]
    batch: u16,
    /// The seed of the dither of integer files
    #[arg(long, value_name = "N", default_value = "0")]
    dither_seed: u64,
    /// Bring targets to the loudness that their masters ask for (`loudness_lufs`); the scene is
    /// measured first
    #[arg(long)]
    normalize: bool,
    /// Make `--to binaural` as loud as the stereo render; both are measured first
    #[arg(long, conflicts_with = "normalize")]
    match_loudness: bool,
    /// Leave the masters out: the raw mix
    #[arg(long)]
    no_master: bool,
    /// Measure every bed, object, bus and return as well, and tell what is hardly meant
    #[arg(long)]
    report: bool,
    /// Write loudness, peaks and gain reduction over time beside every target: X.meters.csv
    #[arg(long)]
    meters: bool,
    /// Draw the same beside every target: X.levels.svg
    #[arg(long)]
    svg: bool,
    /// The head that `--to binaural` hears with: a SOFA file (AES69) [default: that of the scene, else
    /// a KEMAR dummy head]
    #[arg(long, value_name = "FILE.sofa")]
    hrtf: Option<PathBuf>,
    /// The room that its virtual loudspeakers stand in: a SOFA file of binaural room impulse responses;
    /// everything is heard through them then
    #[arg(long, value_name = "FILE.sofa")]
    brir: Option<PathBuf>,
    /// How many moving sounds `--to binaural` gives filters of their own: the first ones in scene
    /// order [default: that of the scene, else 16]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=4096))]
    direct_lanes: Option<u32>,
    /// Pad audio files that are shorter than they say with silence, instead of refusing them
    #[arg(long)]
    allow_truncated: bool,
    /// Let the scene read files outside its folder
    #[arg(long)]
    allow_outside: bool,
    /// Print the report as JSON, with a hash of every file
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Bits {
    #[value(name = "16")]
    Sixteen,
    #[value(name = "24")]
    TwentyFour,
    #[value(name = "32")]
    ThirtyTwo,
}

impl From<Bits> for SampleFormat {
    fn from(bits: Bits) -> Self {
        match bits {
            Bits::Sixteen => Self::Int16,
            Bits::TwentyFour => Self::Int24,
            Bits::ThirtyTwo => Self::Float32,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Order {
    /// That of the WAVE channel mask, which names every channel (7.1.4: rears before sides)
    Mask,
    /// The layout's own, as the ITU lists it, with mask 0
    Itu,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let options = Options {
        allow_outside: arguments.allow_outside,
        allow_truncated: arguments.allow_truncated,
        ..Options::default()
    };
    let headphones = Headphones {
        speakers: None,
        hrtf: arguments.hrtf.clone(),
        brir: arguments.brir.clone(),
        direct_lanes: arguments.direct_lanes,
    };
    let targets = arguments.to.iter().map(|text| target::parse(text, &headphones));
    let targets = targets.collect::<Result<_>>()?;
    let (scene, doubts) = Scene::load(&arguments.scene, &options)?;
    super::problems::show(&doubts);
    let stop = stop_on_interrupt()?;
    let rate_hz = scene.spec.sample_rate;
    let range = arguments.range.unwrap_or_default();
    let request = Request {
        targets,
        // Those that are built-in names are no files, and do no harm here.
        guarded: arguments
            .to
            .iter()
            .map(PathBuf::from)
            .chain(arguments.hrtf.clone())
            .chain(arguments.brir.clone())
            .collect(),
        output: arguments.output.clone(),
        format: arguments.bits.into(),
        order: match arguments.channel_order {
            Order::Mask => ChannelOrder::Mask,
            Order::Itu => ChannelOrder::Layout,
        },
        split: arguments.split,
        from: range.from.map(|moment| moment.frame(rate_hz)),
        to: range.to.map(|moment| moment.frame(rate_hz)),
        threads: arguments.threads.map(usize::from),
        batch: usize::from(arguments.batch),
        dither_seed: arguments.dither_seed,
        no_master: arguments.no_master,
        normalize: arguments.normalize,
        match_loudness: arguments.match_loudness,
        measure_strips: arguments.report || arguments.json || arguments.svg,
        over_time: arguments.meters || arguments.svg,
    };
    let mut progress = Progress::new(rate_hz, stop);
    let report = render::render(&scene, &request, &mut progress)?;
    progress.finish();
    levels::write(&report, &scene, arguments.meters, arguments.svg)?;
    for warning in &report.warnings {
        eprintln!("warning: {warning}");
    }
    output::print(&if arguments.json { as_json(&report)? } else { as_text(&report) })
}

fn as_json(report: &Report) -> Result<String> {
    let hashed = report.with_hashes()?;
    let text = serde_json::to_string_pretty(&hashed)
        .map_err(|error| Error::machine(format!("the report cannot be written: {error}")))?;
    Ok(text + "\n")
}

fn as_text(report: &Report) -> String {
    let mut text = String::new();
    for file in &report.files {
        let written = &file.written;
        let peak = written.sample_peak.iter().copied().fold(0.0, f32::max);
        let _ = write!(
            text,
            "{}  {}, {:.2} s, peak {}",
            written.path.display(),
            count(written.channels.len()),
            written.frames as f64 / f64::from(report.sample_rate),
            level(f64::from(peak)),
        );
        if written.clipped_samples > 0 {
            let _ = write!(text, ", {} samples over full scale", written.clipped_samples);
        }
        text.push('\n');
    }
    text = text + "\n" + &readings("target", &report.targets);
    if !report.strips.is_empty() {
        text = text + "\n" + &readings("strip", &report.strips);
    }
    text += &findings(&report.findings);
    let _ = writeln!(text, "\n{:.2} s, {:.0}x real time", report.render_s, report.times_real_time);
    text
}

fn count(channels: usize) -> String {
    if channels == 1 { "1 channel".into() } else { format!("{channels} channels") }
}

fn level(amplitude: f64) -> String {
    if amplitude > 0.0 {
        format!("{:.2} dBFS", amplitude_to_decibels(amplitude))
    } else {
        "silent".into()
    }
}
