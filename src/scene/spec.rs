//! The keys of a scene file. Units are in the names; azimuth is positive to the left.

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Bus, Defaults, DistanceLaw, Group, Head, Headphones, Marker, Master, Preset, Return, Strip,
};
use crate::motion::{Macro, Micro, Placement};
use crate::source::{Pick, Signal};

/// A scene: beds that lie still, and objects that move.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// What it is called.
    #[serde(default)]
    pub title: String,
    /// Frames a second of everything in it, 8000 to 384000; files of other rates are resampled.
    #[serde(default = "default_sample_rate_hz")]
    pub sample_rate: u32,
    /// How long it lasts in seconds; where absent, to the end of the last source and the tail.
    pub duration_s: Option<f64>,
    /// How long it goes on after the end of the last source, in seconds; where absent, until returns
    /// and delays have died away by 90 dB, at most 30.
    pub tail_s: Option<f64>,
    /// Beats a minute, for motions that are written in beats.
    pub tempo_bpm: Option<f64>,
    /// The beds: sound for the channels of a layout.
    #[serde(default, rename = "bed")]
    pub beds: Vec<Bed>,
    /// The objects: sounds with a place of their own.
    #[serde(default, rename = "object")]
    pub objects: Vec<Object>,
    /// The buses: where strips are mixed to be worked on as one.
    #[serde(default, rename = "bus")]
    pub buses: Vec<Bus>,
    /// The returns: what comes back of what is sent to them.
    #[serde(default, rename = "return")]
    pub returns: Vec<Return>,
    /// The groups: strips that are moved together.
    #[serde(default, rename = "group")]
    pub groups: Vec<Group>,
    /// The markers: moments with names.
    #[serde(default, rename = "marker")]
    pub markers: Vec<Marker>,
    /// Settings that strips take by name.
    #[serde(default, rename = "preset")]
    pub presets: Vec<Preset>,
    /// Settings for all strips of a kind.
    #[serde(default)]
    pub defaults: Defaults,
    /// What the mix of every target passes last.
    #[serde(default)]
    pub master: Master,
    /// How it is heard on headphones.
    #[serde(default)]
    pub headphones: Headphones,
    /// Which way the listener's head looks; for headphones only.
    #[serde(default)]
    pub head: Head,
}

/// Sound for the channels of a layout.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bed {
    /// Its name, unlike that of any other bed, object, bus or return.
    pub name: String,
    /// An audio file, relative to the scene.
    pub file: Option<PathBuf>,
    /// Mono files by channel: `{ L = "l.wav", R = "r.wav" }`.
    pub files: Option<BTreeMap<String, PathBuf>>,
    /// A built-in signal, the same in all of `channels`.
    pub signal: Option<Signal>,
    /// Channels of the interface that it is played through, counted from 1; only `cupola play` has
    /// one.
    #[schemars(inner(range(min = 1, max = 256)))]
    pub inputs: Option<Vec<u16>>,
    /// The layout its channels belong to, by name (`7.1.4`) or by the path of a layout file; may be
    /// left out where the channels tell.
    pub layout: Option<String>,
    /// The names of the channels of the file or of `inputs`, in their order; where absent, those of
    /// the file's mask if they fit the layout, else the layout's own.
    pub channels: Option<Vec<String>>,
    /// When it begins, in seconds of the scene.
    #[serde(default)]
    pub start_s: f64,
    /// Where in the file it begins, in seconds.
    #[serde(default)]
    pub in_s: f64,
    /// Where in the file it ends, in seconds; where absent, at the file's end.
    pub out_s: Option<f64>,
    /// Whether it begins anew at its end, until `end_s` or the end of the scene.
    #[serde(default, rename = "loop")]
    pub looped: bool,
    /// When it ends at the latest, in seconds of the scene; where absent, with its source or the
    /// scene.
    pub end_s: Option<f64>,
    /// How long it takes to rise from silence, in seconds.
    #[serde(default)]
    pub fade_in_s: f64,
    /// How long it takes to fall to silence at its end, in seconds.
    #[serde(default)]
    pub fade_out_s: f64,
    /// What it has in common with the other strips of the desk.
    #[serde(rename = "(shared)")]
    #[schemars(flatten)]
    pub strip: Strip,
}

/// A sound with a place of its own: mono, or two channels as a linked pair.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// Its name, unlike that of any other bed, object, bus or return.
    pub name: String,
    /// An audio file, relative to the scene.
    pub file: Option<PathBuf>,
    /// Two mono files as a linked pair: `{ L = "l.wav", R = "r.wav" }`.
    pub files: Option<BTreeMap<String, PathBuf>>,
    /// A built-in signal.
    pub signal: Option<Signal>,
    /// A channel of the interface that it is played through, counted from 1; only `cupola play` has
    /// one.
    #[schemars(range(min = 1, max = 256))]
    pub input: Option<u16>,
    /// Which channel of the file: its number from 1, its name, or `mix` for the mean of all.
    #[serde(default)]
    pub channel: Pick,
    /// How far apart the channels of a linked pair stand, in degrees, 0 to 360; default 60.
    pub width_deg: Option<f64>,
    /// Where it stands, or where its motion has its centre.
    pub position: Option<Placement>,
    /// How wide and high it is, in degrees, 0 to 360.
    pub spread_deg: Option<f64>,
    /// How wide it is, in degrees, 0 to 360; instead of `spread_deg`.
    pub spread_width_deg: Option<f64>,
    /// How high it is, in degrees, 0 to 360; instead of `spread_deg`.
    pub spread_height_deg: Option<f64>,
    /// When it begins, in seconds of the scene.
    #[serde(default)]
    pub start_s: f64,
    /// Where in the file it begins, in seconds.
    #[serde(default)]
    pub in_s: f64,
    /// Where in the file it ends, in seconds; where absent, at the file's end.
    pub out_s: Option<f64>,
    /// Whether it begins anew at its end, until `end_s` or the end of the scene.
    #[serde(default, rename = "loop")]
    pub looped: bool,
    /// When it ends at the latest, in seconds of the scene; where absent, with its source or the
    /// scene.
    pub end_s: Option<f64>,
    /// How long it takes to rise from silence, in seconds.
    #[serde(default)]
    pub fade_in_s: f64,
    /// How long it takes to fall to silence at its end, in seconds.
    #[serde(default)]
    pub fade_out_s: f64,
    /// Where it is sent.
    #[serde(rename = "macro")]
    pub macro_motion: Option<Macro>,
    /// What keeps it alive around its place.
    #[serde(rename = "micro")]
    pub micro_motion: Option<Micro>,
    /// How it gets quieter with distance; where absent, it does not.
    pub distance_law: Option<DistanceLaw>,
    /// Whether the air takes its treble with distance.
    #[serde(default)]
    pub air_absorption: bool,
    /// Whether its pitch follows its speed towards the listener.
    #[serde(default)]
    pub doppler: bool,
    /// What it has in common with the other strips of the desk.
    #[serde(rename = "(shared)")]
    #[schemars(flatten)]
    pub strip: Strip,
}

/// The width of a linked pair where none is given, in degrees: that of a pair of loudspeakers.
pub const DEFAULT_WIDTH_DEG: f64 = 60.0;

/// The rate of a scene where none is given, in frames a second.
pub const DEFAULT_SAMPLE_RATE_HZ: u32 = 48_000;

fn default_sample_rate_hz() -> u32 {
    DEFAULT_SAMPLE_RATE_HZ
}
