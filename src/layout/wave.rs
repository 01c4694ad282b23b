//! The loudspeakers that the channel mask of a WAVE file can name.

/// The names of the bits of `dwChannelMask` (WAVEFORMATEXTENSIBLE), lowest bit first. A file holds
/// its channels in this order.
pub const WAVE_NAMES: [&str; 18] = [
    "FL", "FR", "FC", "LFE", "BL", "BR", "FLC", "FRC", "BC", "SL", "SR", "TC", "TFL", "TFC", "TFR",
    "TBL", "TBC", "TBR",
];

/// The bit of the channel mask that a name stands for: `SL` is 0x200.
#[must_use]
pub fn wave_bit(name: &str) -> Option<u32> {
    WAVE_NAMES.iter().position(|known| *known == name).map(|index| 1 << index)
}

/// The names of the bits of a channel mask, lowest bit first; bits without a name are left out.
#[must_use]
pub fn wave_names(mask: u32) -> Vec<&'static str> {
    let named = WAVE_NAMES.iter().enumerate();
    named.filter(|(index, _)| mask & (1 << index) != 0).map(|(_, name)| *name).collect()
}
