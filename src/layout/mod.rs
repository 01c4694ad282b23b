//! Loudspeaker layouts: what stands where. The built-in ones are data, in `layouts/*.toml`.

mod bass;
mod built_in;
mod check;
mod fold;
mod label;
mod load;
mod loudspeaker;
mod read;
mod spec;
mod wave;

pub use bass::{BassManagement, BassManagementSpec};
pub use built_in::{built_in, names};
pub use fold::Fold;
pub use label::is_itu_label;
pub use load::{is_path, load, named};
pub use loudspeaker::Loudspeaker;
pub use spec::{LayoutSpec, LoudspeakerSpec};
pub use wave::{WAVE_NAMES, wave_bit, wave_names};

use crate::Result;

/// The most channels a layout may have.
pub const MAX_CHANNELS: usize = 128;

/// The most characters in the name of a channel.
pub const MAX_NAME_CHARS: usize = 32;

/// A set of loudspeakers in a fixed order: the order of the channels of a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The name it is asked for by: `7.1.4`, `4+7+0`, or the stem of the user's file.
    pub name: String,
    /// What it is, in a few words.
    pub title: String,
    /// The loudspeakers, in channel order.
    pub loudspeakers: Vec<Loudspeaker>,
    /// Who plays the bass, on live outputs only.
    pub bass_management: Option<BassManagement>,
}

impl Layout {
    /// The layout in a text that was opened as `name`: a built-in name or the path of a file.
    ///
    /// # Errors
    /// All mistakes in the text at once.
    pub fn from_toml(name: &str, text: &str) -> Result<Self> {
        Ok(read::read(name, text)?.layout(load::stem(name)))
    }

    /// The channel mask of a WAVE file of this layout; 0 where it has none, because some
    /// loudspeaker has no bit in it.
    #[must_use]
    pub fn mask(&self) -> u32 {
        if self.loudspeakers.iter().any(|loudspeaker| loudspeaker.wave_bit == 0) {
            return 0;
        }
        self.loudspeakers.iter().fold(0, |mask, loudspeaker| mask | loudspeaker.wave_bit)
    }

    /// The loudspeakers (as indices) in the order a WAVE file holds their channels: by ascending
    /// bit of the mask, as WAVEFORMATEXTENSIBLE demands, else as they are.
    #[must_use]
    pub fn file_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.loudspeakers.len()).collect();
        if self.mask() != 0 {
            order.sort_by_key(|&index| self.loudspeakers[index].wave_bit);
        }
        order
    }

    /// The highest frequency of the filters that make up for the room, in hertz; `None` without any.
    #[must_use]
    pub fn highest_filter_hz(&self) -> Option<f64> {
        let bands = self.loudspeakers.iter().flat_map(|it| &it.eq);
        let bands = bands.map(|band| band.freq_hz().at(0.0));
        let crossover = self.bass_management.iter().map(|it| it.crossover_hz);
        bands.chain(crossover).reduce(f64::max)
    }

    /// The loudspeaker of that name, else of that ITU label.
    #[must_use]
    pub fn index_of(&self, channel_name: &str) -> Option<usize> {
        let named = |it: &Loudspeaker| it.name == channel_name;
        let labelled = |it: &Loudspeaker| it.label.as_deref() == Some(channel_name);
        let mut all = self.loudspeakers.iter();
        all.clone().position(named).or_else(|| all.position(labelled))
    }
}
