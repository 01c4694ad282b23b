//! What the channels of a file are called.

/// A bit of the WAVE channel mask, its WAVE name, and its name among mix engineers.
type Speaker = (u32, &'static str, &'static str);

const BACK_LEFT: u32 = 0x10;
const BACK_RIGHT: u32 = 0x20;
const SIDE_LEFT: u32 = 0x200;
const SIDE_RIGHT: u32 = 0x400;

/// `ksmedia.h`, in the order of the bits, which is the order of the channels. What the surrounds are
/// called depends on whether a file has one pair of them or two.
const SPEAKERS: [Speaker; 18] = [
    (0x1, "FL", "L"),
    (0x2, "FR", "R"),
    (0x4, "FC", "C"),
    (0x8, "LFE", "LFE"),
    (BACK_LEFT, "BL", "Lrs"),
    (BACK_RIGHT, "BR", "Rrs"),
    (0x40, "FLC", "Lc"),
    (0x80, "FRC", "Rc"),
    (0x100, "BC", "Cs"),
    (SIDE_LEFT, "SL", "Lss"),
    (SIDE_RIGHT, "SR", "Rss"),
    (0x800, "TC", "Tc"),
    (0x1000, "TFL", "Ltf"),
    (0x2000, "TFC", "Ctf"),
    (0x4000, "TFR", "Rtf"),
    (0x8000, "TBL", "Ltr"),
    (0x10000, "TBC", "Ctr"),
    (0x20000, "TBR", "Rtr"),
];

/// The names of the channels that a mask stands for, in order: `L`, `R`, `C`, `LFE`, …
///
/// Two pairs of surrounds are `Lss`/`Rss` and `Lrs`/`Rrs`, a single pair is `Ls`/`Rs`. `None` when
/// the mask does not name exactly `channels` channels.
#[must_use]
pub fn channel_names(mask: u32, channels: usize) -> Option<Vec<String>> {
    let named = speakers(mask);
    (named.len() == channels && mask.count_ones() as usize == channels)
        .then(|| named.iter().map(|speaker| mix_name(mask, *speaker).to_owned()).collect())
}

/// The index (from 0) of the channel of a mask that has a name, be it `Ls`, `BL` or `Lrs`.
#[must_use]
pub fn channel_of_name(mask: u32, name: &str) -> Option<usize> {
    speakers(mask).iter().position(|speaker| {
        let (_, wave, mix) = *speaker;
        [wave, mix, mix_name(mask, *speaker)].contains(&name)
    })
}

/// The mask that a file of so many channels means when it has none: mono, stereo, 5.1 or 7.1.
pub(super) fn usual_mask(channels: usize) -> u32 {
    match channels {
        1 => 0x4,
        2 => 0x3,
        6 => 0x3F,
        8 => 0x63F,
        _ => 0,
    }
}

fn speakers(mask: u32) -> Vec<Speaker> {
    SPEAKERS.into_iter().filter(|(bit, ..)| mask & bit != 0).collect()
}

fn mix_name(mask: u32, (bit, _, name): Speaker) -> &'static str {
    let sides = mask & (SIDE_LEFT | SIDE_RIGHT) != 0;
    let backs = mask & (BACK_LEFT | BACK_RIGHT) != 0;
    match bit {
        BACK_LEFT | SIDE_LEFT if sides != backs => "Ls",
        BACK_RIGHT | SIDE_RIGHT if sides != backs => "Rs",
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surrounds_are_called_by_how_many_there_are() {
        let names = |mask: u32| channel_names(mask, mask.count_ones() as usize).unwrap().join(" ");
        assert_eq!(names(0x3F), "L R C LFE Ls Rs");
        assert_eq!(names(0x60F), "L R C LFE Ls Rs");
        assert_eq!(names(0x2D63F), "L R C LFE Lrs Rrs Lss Rss Ltf Rtf Ltr Rtr");
        assert_eq!(channel_names(0x3F, 5), None);
        assert_eq!(channel_names(0x8000_0001, 2), None, "a bit without a name");
    }

    #[test]
    fn channels_are_found_by_all_their_names() {
        for name in ["Ls", "Lrs", "BL"] {
            assert_eq!(channel_of_name(0x3F, name), Some(4), "{name}");
        }
        assert_eq!(channel_of_name(0x63F, "Lss"), Some(6));
        assert_eq!(channel_of_name(0x63F, "Ls"), None, "which of two pairs?");
    }
}
