//! What the screen shows, as it stands.

use std::ops::Range;
use std::time::Duration;

use super::ballistics::Ballistics;
use crate::cli::view::Seen;
use crate::layout::Loudspeaker;
use crate::live::{LoudnessReading, Snapshot};
use crate::loudness::Peaks;
use crate::space::Vector;
use crate::units::{amplitude_to_decibels, frames_to_seconds};

/// All that is shown at a moment.
pub struct Figures {
    pub title: String,
    /// How long the scene lasts, in seconds.
    pub duration_s: f64,
    /// What is played over and over, in seconds.
    pub loops: Option<Range<f64>>,
    /// The markers: seconds and names, by time.
    pub markers: Vec<(f64, String)>,
    pub snapshot: Snapshot,
    pub loudness: LoudnessReading,
    /// The targets that can be heard, and the number of the one that is.
    pub targets: Vec<String>,
    pub heard: usize,
    pub level_db: f64,
    pub is_dimmed: bool,
    pub is_muted: bool,
    pub is_mono: bool,
    /// The channels of the target that is heard: names and meters.
    pub channels: Vec<(String, Peaks)>,
    /// Where its loudspeakers are; those of headphones are beside the head.
    pub loudspeakers: Vec<Vector>,
    pub strips: Vec<Strip>,
}

/// A strip of the scene.
#[derive(Clone, Debug)]
pub struct Strip {
    pub name: String,
    /// Where it is, in radii of the loudspeakers, if it is an object.
    pub place: Option<Vector>,
    /// The level of its fader in decibels; minus infinity is silence.
    pub level_db: f64,
    pub is_muted: bool,
    pub is_soloed: bool,
}

impl Figures {
    pub fn of(seen: &mut Seen<'_>, ballistics: &mut Ballistics, elapsed: Duration) -> Self {
        let Seen { scene, status, room, controls, transport, .. } = *seen;
        let heard = room.heard();
        let loudspeakers = &seen.targets[heard].layout.loudspeakers;
        let metering = &mut seen.metering[heard];
        let meters = ballistics.show(heard, &metering.take_peaks(), elapsed);
        let seconds = |frame: u64| frames_to_seconds(frame, scene.spec.sample_rate);
        let markers = scene.spec.markers.iter().map(|it| (it.at_s, it.name.clone()));
        let mut markers: Vec<_> = markers.collect();
        markers.sort_by(|one, two| one.0.total_cmp(&two.0));
        let names = loudspeakers.iter().map(|it| it.name.clone());
        let strip = |(number, name): (usize, &str)| Strip {
            name: name.to_owned(),
            place: controls.position(number).map(|it| it.direction * it.distance),
            level_db: amplitude_to_decibels(controls.level(number).unwrap_or(0.0)),
            is_muted: controls.is_muted(number).unwrap_or(false),
            is_soloed: controls.is_soloed(number).unwrap_or(false),
        };
        Self {
            title: title(scene),
            duration_s: seconds(scene.frames),
            loops: transport.route().turns_in().map(|it| seconds(it.start)..seconds(it.end)),
            markers,
            snapshot: status.snapshot(),
            loudness: metering.loudness(),
            targets: room.targets().to_vec(),
            heard,
            level_db: room.level_db(),
            is_dimmed: room.is_dimmed(),
            is_muted: room.is_muted(),
            is_mono: room.is_mono(),
            channels: names.zip(meters.iter().copied()).collect(),
            loudspeakers: loudspeakers.iter().map(Loudspeaker::direction).collect(),
            strips: controls.names().enumerate().map(strip).collect(),
        }
    }
}

fn title(scene: &crate::scene::Scene) -> String {
    let name = scene.path.file_stem().map(|it| it.to_string_lossy().into_owned());
    if scene.spec.title.is_empty() { name.unwrap_or_default() } else { scene.spec.title.clone() }
}
