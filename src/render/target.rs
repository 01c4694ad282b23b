//! What is rendered to.

use std::path::PathBuf;

use crate::Result;
use crate::layout::{Fold, Layout, named};

/// Something that the scene is rendered to.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Its channels.
    pub layout: Layout,
    /// How they are made.
    pub made: Made,
}

/// How the channels of a target are made.
#[derive(Clone, Debug, PartialEq)]
pub enum Made {
    /// From the scene, for loudspeakers.
    ForLoudspeakers,
    /// From the mix of another layout.
    Folded(Fold),
    /// From the scene, for two ears.
    ForHeadphones(Headphones),
    /// From what is heard through the virtual loudspeakers of headphones.
    ForVirtualLoudspeakers,
}

/// How headphones hear the scene.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Headphones {
    /// The virtual loudspeakers through which all of it is heard; without them each sound from its own
    /// direction.
    pub speakers: Option<Layout>,
    /// A SOFA file, instead of what the scene says.
    pub hrtf: Option<PathBuf>,
    /// A SOFA file of a room for the virtual loudspeakers, instead of what the scene says.
    pub brir: Option<PathBuf>,
    /// How many moving sounds have filters of their own, instead of what the scene says.
    pub direct_lanes: Option<u32>,
}

impl Target {
    /// The name that headphones go by.
    pub const HEADPHONES: &str = "binaural";

    /// Headphones.
    ///
    /// # Errors
    /// Never: a pair of channels is built in.
    pub fn headphones(headphones: Headphones) -> Result<Self> {
        let layout = Layout { name: Self::HEADPHONES.to_owned(), ..named("stereo")? };
        Ok(Self { layout, made: Made::ForHeadphones(headphones) })
    }

    /// The name it goes by: that of its layout.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.layout.name
    }

    /// How it is folded from the mix of another layout, if it is.
    #[must_use]
    pub fn fold(&self) -> Option<&Fold> {
        match &self.made {
            Made::Folded(fold) => Some(fold),
            Made::ForLoudspeakers | Made::ForHeadphones(_) | Made::ForVirtualLoudspeakers => None,
        }
    }
}

impl From<Layout> for Target {
    fn from(layout: Layout) -> Self {
        Self { layout, made: Made::ForLoudspeakers }
    }
}

impl From<Fold> for Target {
    fn from(fold: Fold) -> Self {
        Self { layout: fold.to.clone(), made: Made::Folded(fold) }
    }
}
