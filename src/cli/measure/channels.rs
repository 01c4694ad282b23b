//! Which loudspeaker each channel of a file is for.

use serde::Serialize;

use crate::layout::{self, Layout, Loudspeaker};
use crate::loudness::weight;
use crate::scene::routes_by_mask;

/// Layouts that a number of channels is taken for, where a file does not say.
const USUAL: [(usize, &str); 9] = [
    (1, "mono"),
    (2, "stereo"),
    (4, "quad"),
    (6, "5.1"),
    (8, "7.1"),
    (10, "5.1.4"),
    (12, "7.1.4"),
    (16, "9.1.6"),
    (24, "22.2"),
];

/// So few channels are taken for what they usually are without a word.
const BEYOND_DOUBT: usize = 2;

/// The channels of a file, each with its loudspeaker.
pub struct Assignment {
    pub layout: Layout,
    pub order: Order,
    /// The loudspeaker of each channel, counted from 0.
    loudspeakers: Vec<usize>,
    is_guess: bool,
}

/// What the order of the channels was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// The channel mask of the file.
    Mask,
    /// The layout.
    Layout,
}

impl Assignment {
    /// Channels for a layout: by the mask of the file if the layout has all that it names, else in
    /// the layout's order; or why they cannot be.
    pub fn to(layout: Layout, mask: u32, channels: usize) -> Result<Self, String> {
        if let Some(loudspeakers) = by_mask(&layout, mask, channels) {
            return Ok(Self { layout, order: Order::Mask, loudspeakers, is_guess: false });
        }
        if layout.loudspeakers.len() == channels {
            let loudspeakers = (0..channels).collect();
            return Ok(Self { layout, order: Order::Layout, loudspeakers, is_guess: false });
        }
        let (name, wanted) = (&layout.name, layout.loudspeakers.len());
        Err(format!("has {}, the layout {name} has {wanted}", count(channels)))
    }

    /// Channels for the built-in layout that the mask of the file names, with or without its LFE,
    /// else for the usual layout of so many; or that there is none.
    pub fn guess(mask: u32, channels: usize) -> Result<Self, String> {
        let mut built_in = layout::names().iter().filter_map(|name| layout::built_in(name));
        if let Some(layout) = built_in.find(|it| is_named(it, mask, channels)) {
            return Self::to(layout, mask, channels);
        }
        let usual = USUAL.iter().find(|(count, _)| *count == channels);
        match usual.and_then(|(_, name)| layout::built_in(name)) {
            Some(layout) => {
                Ok(Self { is_guess: channels > BEYOND_DOUBT, ..Self::to(layout, 0, channels)? })
            }
            None => Err(format!(
                "has {}, and does not say for which loudspeakers; name them with --layout",
                count(channels)
            )),
        }
    }

    /// What each channel counts in the loudness of all.
    pub fn weights(&self) -> Vec<f64> {
        self.each().map(|it| weight(it.azimuth_deg, it.elevation_deg, it.lfe)).collect()
    }

    /// The names of the channels.
    pub fn names(&self) -> Vec<&str> {
        self.each().map(|it| it.name.as_str()).collect()
    }

    /// What the listener to a figure should know, if the layout was guessed.
    pub fn doubt(&self) -> Option<String> {
        let (count, name) = (count(self.loudspeakers.len()), &self.layout.name);
        self.is_guess.then(|| format!("{count} taken for {name}; --layout says what they are"))
    }

    fn each(&self) -> impl Iterator<Item = &Loudspeaker> {
        self.loudspeakers.iter().map(|index| &self.layout.loudspeakers[*index])
    }
}

fn by_mask(layout: &Layout, mask: u32, channels: usize) -> Option<Vec<usize>> {
    let routes = routes_by_mask(layout, mask, channels)?;
    Some(routes.into_iter().map(|route| route.loudspeaker).collect())
}

/// Whether a mask names all of a layout but, at most, its LFE.
fn is_named(layout: &Layout, mask: u32, channels: usize) -> bool {
    by_mask(layout, mask, channels).is_some_and(|named| {
        let mut all = layout.loudspeakers.iter().enumerate();
        all.all(|(index, it)| it.lfe || named.contains(&index))
    })
}

fn count(channels: usize) -> String {
    if channels == 1 { "1 channel".into() } else { format!("{channels} channels") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(mask: u32, channels: usize) -> (String, Order, String) {
        let it = Assignment::guess(mask, channels).unwrap();
        (it.layout.name.clone(), it.order, it.names().join(" "))
    }

    #[test]
    fn a_mask_says_more_than_a_number() {
        let (name, order, names) = guessed(0x2D63F, 12);
        assert_eq!((name.as_str(), order), ("7.1.4", Order::Mask));
        assert_eq!(names, "L R C LFE Lrs Rrs Lss Rss Ltf Rtf Ltr Rtr");
        let (name, order, names) = guessed(0, 12);
        assert_eq!((name.as_str(), order), ("7.1.4", Order::Layout));
        assert_eq!(names, "L R C LFE Lss Rss Lrs Rrs Ltf Rtf Ltr Rtr");
        assert_eq!(guessed(0x33, 4).0, "quad");
        assert_eq!(guessed(0x37, 5).2, "L R C Ls Rs", "5.0 is 5.1 without its LFE");
        assert_eq!(guessed(0x63F, 8).0, "7.1");
        assert_eq!(guessed(0xFFF, 12).1, Order::Layout, "twelve bits in a row name no layout");
        assert!(Assignment::guess(0x7, 3).is_err(), "nor do three in front");
    }

    #[test]
    fn every_usual_layout_has_so_many_channels() {
        for (channels, name) in USUAL {
            let assignment = Assignment::guess(0, channels).unwrap();
            assert_eq!(assignment.layout.name, name);
            assert_eq!(assignment.doubt().is_some(), channels > BEYOND_DOUBT);
        }
    }

    #[test]
    fn weights_follow_the_mask() {
        let weights = |mask| Assignment::guess(mask, 12).unwrap().weights();
        assert_eq!(weights(0x2D63F)[3..8], [0.0, 1.0, 1.0, 1.41, 1.41]);
        assert_eq!(weights(0)[3..8], [0.0, 1.41, 1.41, 1.0, 1.0]);
    }
}
