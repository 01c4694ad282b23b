//! Which channel of a bed is which loudspeaker of its layout.

use crate::document::closest;
use crate::layout::{Layout, Loudspeaker, wave_bit};

/// One channel of a bed's source on its way to a loudspeaker of the bed's layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The channel of the source, counted from 0.
    pub lane: usize,
    /// The loudspeaker of the bed's layout, counted from 0.
    pub loudspeaker: usize,
}

/// Pairs of surrounds that files call back or side alike where there is only one of them.
const ALIKE: [(&str, &str); 2] = [("BL", "SL"), ("BR", "SR")];

/// The loudspeaker of that name, or what is wrong and what would be right.
pub fn by_name(layout: &Layout, name: &str) -> Result<usize, (String, String)> {
    layout.index_of(name).ok_or_else(|| {
        let names = || layout.loudspeakers.iter().map(|it| it.name.as_str());
        let help = match closest(name, names()) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("it has {}", names().collect::<Vec<_>>().join(", ")),
        };
        (format!("the layout {} has no channel `{name}`", layout.name), help)
    })
}

/// The loudspeakers that the channels of a file are, by its mask: if the layout has all of them.
pub fn by_mask(layout: &Layout, mask: u32, lanes: usize) -> Option<Vec<Route>> {
    if mask == 0 || mask.count_ones() as usize != lanes {
        return None;
    }
    let bits = (0..32).map(|bit| 1_u32 << bit).filter(|bit| mask & bit != 0);
    let routes = bits.enumerate().map(|(lane, bit)| {
        let loudspeaker = position(layout, bit).or_else(|| position(layout, alike(bit, mask)?))?;
        Some(Route { lane, loudspeaker })
    });
    routes.collect()
}

fn position(layout: &Layout, bit: u32) -> Option<usize> {
    layout.loudspeakers.iter().position(|it: &Loudspeaker| it.wave_bit == bit)
}

/// The other bit for the same surround, unless the mask has that too.
fn alike(bit: u32, mask: u32) -> Option<u32> {
    let mut bits = ALIKE.iter().filter_map(|(back, side)| Some((wave_bit(back)?, wave_bit(side)?)));
    let other = bits.find_map(|(back, side)| match bit {
        _ if bit == back => Some(side),
        _ if bit == side => Some(back),
        _ => None,
    })?;
    (mask & other == 0).then_some(other)
}

/// The loudspeakers in their own order, if the file has a channel for each.
pub fn by_order(layout: &Layout, lanes: usize) -> Option<Vec<Route>> {
    let route = |index| Route { lane: index, loudspeaker: index };
    (lanes == layout.loudspeakers.len()).then(|| (0..lanes).map(route).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::built_in;

    fn names(layout: &str, mask: u32) -> Option<String> {
        let layout = built_in(layout).unwrap();
        let routes = by_mask(&layout, mask, mask.count_ones() as usize)?;
        let name = |route: &Route| layout.loudspeakers[route.loudspeaker].name.clone();
        Some(routes.iter().map(name).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_mask_names_channels_in_the_order_of_its_bits() {
        let expected = "L R C LFE Lrs Rrs Lss Rss Ltf Rtf Ltr Rtr";
        assert_eq!(names("7.1.4", 0x2D63F).as_deref(), Some(expected));
        assert_eq!(names("5.1", 0x60F).as_deref(), Some("L R C LFE Ls Rs"));
        assert_eq!(names("5.1", 0x3F), names("5.1", 0x60F), "one pair is the surrounds");
        assert_eq!(names("stereo", 0x60F), None);
        assert_eq!(names("5.1", 0x63F), None, "two pairs are not one");
    }

    #[test]
    fn unknown_channels_are_told_with_what_there_is() {
        let layout = built_in("5.1").unwrap();
        assert_eq!(by_name(&layout, "C"), Ok(2));
        assert!(by_name(&layout, "Lz").unwrap_err().1.contains("did you mean"));
        assert!(by_name(&layout, "Ceiling").unwrap_err().1.contains("it has L, R"));
    }
}
