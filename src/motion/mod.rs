//! Motion: the position of an object as a pure function of time.
//!
//! A *macro* motion is where the author sends the object; a *micro* motion keeps it alive around
//! that place. Both may be asked at any time in any order: no answer depends on an earlier one.
//! A new motion is one new file, its `mod` line and its variant here.
//!
//! ```
//! use cupola::motion::{Context, Macro, Orbit, Placement, Trajectory};
//! use cupola::space::azimuth_elevation_deg;
//!
//! let orbit = Macro::Orbit(Orbit { turns_per_s: Some(0.1), ..Orbit::default() });
//! let context = Context {
//!     tempo_bpm: None,
//!     object: Context::salt("voice"),
//!     resolve: &|path| Ok(path.to_path_buf()),
//! };
//! let voice = Trajectory::new(&Placement::default(), Some(&orbit), None, &context)?;
//! let (azimuth_deg, _) = azimuth_elevation_deg(&voice.position(2.5).direction);
//! assert!((azimuth_deg - 90.0).abs() < 1e-12);
//! # Ok::<(), cupola::Error>(())
//! ```

mod bounds;
mod carriage;
mod context;
mod ellipse;
mod figure_eight;
mod keyframes;
mod line;
mod mistake;
mod orbit;
mod path;
mod pendulum;
mod placement;
mod repeat;
mod ring;
mod site;
mod sphere;
mod spiral;
mod survey;
mod timing;
mod trajectory;

mod drift;
mod noise;
mod sway;
mod tremor;
mod wander;

use schemars::JsonSchema;
use serde::Deserialize;

pub use carriage::Carriage;
pub use context::Context;
pub use drift::Drift;
pub use ellipse::Ellipse;
pub use figure_eight::FigureEight;
pub use keyframes::{Curve, Easing, Keyframes, Point};
pub use line::Line;
pub use orbit::Orbit;
pub use path::Path;
pub use pendulum::Pendulum;
pub use placement::{Direction, Offset, Placement};
pub use repeat::Repeat;
pub use spiral::Spiral;
pub use survey::{Class, Survey, survey};
pub use trajectory::Trajectory;
pub use tremor::Tremor;
pub use wander::Wander;

use crate::document::{Place, Problems};

/// Where the author sends an object: `macro = { type = "orbit", turns_per_s = 0.1 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(tag = "type")]
pub enum Macro {
    /// From point to point.
    Keyframes(Keyframes),
    /// Round the head, or round another centre, on a circle.
    Orbit(Orbit),
    /// Round the room on an ellipse.
    Ellipse(Ellipse),
    /// Round the head while rising, sinking, leaving or coming closer.
    Spiral(Spiral),
    /// On a lying figure of eight.
    #[serde(rename = "figure-8")]
    FigureEight(FigureEight),
    /// To and fro on an arc.
    Pendulum(Pendulum),
    /// Along the rows of a CSV file.
    Path(Path),
    /// Straight from one place to another.
    Line(Line),
}

/// What keeps an object alive around its place:
/// `micro = { type = "drift", azimuth_deg = 1.5, rate_hz = 0.3 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(tag = "type")]
pub enum Micro {
    /// Slow, smooth, never the same twice.
    Drift(Drift),
    /// Regular, like a vibrato.
    Tremor(Tremor),
    /// Restless: slow and quick at once.
    Wander(Wander),
}

impl Macro {
    /// The file it reads, as the scene names it.
    #[must_use]
    pub fn file(&self) -> Option<&std::path::Path> {
        match self {
            Self::Path(path) => Some(&path.file),
            _ => None,
        }
    }

    /// Notes every mistake that can be seen without the rest of the scene.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        let mut bounds = bounds::Bounds::new(place, problems);
        self.spec().timing().check(&mut bounds);
        self.spec().check(&mut bounds);
    }

    fn spec(&self) -> &dyn trajectory::MacroSpec {
        match self {
            Self::Keyframes(spec) => spec,
            Self::Orbit(spec) => spec,
            Self::Ellipse(spec) => spec,
            Self::Spiral(spec) => spec,
            Self::FigureEight(spec) => spec,
            Self::Pendulum(spec) => spec,
            Self::Path(spec) => spec,
            Self::Line(spec) => spec,
        }
    }
}

impl Micro {
    /// Notes every mistake.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        self.spec().amount().check(&mut bounds::Bounds::new(place, problems));
    }

    fn spec(&self) -> &dyn sway::MicroSpec {
        match self {
            Self::Drift(spec) => spec,
            Self::Tremor(spec) => spec,
            Self::Wander(spec) => spec,
        }
    }
}
