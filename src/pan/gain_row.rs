//! A sparse row of gains, on the stack.

use crate::layout::MAX_CHANNELS;

/// The loudspeakers a sound goes to and how loud: pairs of channel and gain, in ascending channel
/// order, each channel at most once, silent ones left out. It never touches the heap.
#[derive(Clone)]
#[repr(C)]
pub struct GainRow {
    length: usize,
    /// A bit for every channel that is not silent.
    channels: u128,
    /// Side by side, so that the few that sound lie in one or two lines of the cache.
    entries: [Entry; MAX_CHANNELS],
}

#[derive(Clone, Copy)]
struct Entry {
    gain: f64,
    channel: u16,
}

impl GainRow {
    /// A row in which everything is silent.
    #[must_use]
    pub fn new() -> Self {
        Self { length: 0, channels: 0, entries: [Entry { gain: 0.0, channel: 0 }; MAX_CHANNELS] }
    }

    /// Makes everything silent again.
    pub fn clear(&mut self) {
        (self.length, self.channels) = (0, 0);
    }

    /// Adds a channel above all those already there. A gain of exactly 0 is left out.
    #[inline]
    pub fn push(&mut self, channel: usize, gain: f64) {
        debug_assert!(gain == 0.0 || self.iter().last().is_none_or(|(last, _)| last < channel));
        // Written in any case: whether it is silent cannot be foreseen.
        self.entries[self.length] = Entry { gain, channel: channel as u16 };
        let sounds = gain != 0.0;
        self.length += usize::from(sounds);
        self.channels |= u128::from(sounds) << channel;
    }

    /// Makes it another. Only what sounds is copied.
    #[inline]
    pub fn copy_from(&mut self, other: &Self) {
        (self.length, self.channels) = (other.length, other.channels);
        self.entries[..other.length].copy_from_slice(&other.entries[..other.length]);
    }

    /// How many channels are not silent.
    #[must_use]
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether everything is silent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The channels that are not silent, ascending, each with its gain.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.entries[..self.length].iter().map(|entry| (usize::from(entry.channel), entry.gain))
    }

    /// Whether the channels that are not silent are those of another row.
    #[inline]
    pub(crate) fn has_channels_of(&self, other: &Self) -> bool {
        self.channels == other.channels
    }

    /// The gain of one channel, 0 where it is silent.
    #[must_use]
    pub fn gain(&self, channel: usize) -> f64 {
        self.iter().find(|&(other, _)| other == channel).map_or(0.0, |(_, gain)| gain)
    }

    /// One gain for each of `channels` channels.
    ///
    /// # Panics
    /// When the row holds a channel that is not among them.
    #[must_use]
    pub fn to_dense(&self, channels: usize) -> Vec<f64> {
        let mut dense = vec![0.0; channels];
        self.iter().for_each(|(channel, gain)| dense[channel] = gain);
        dense
    }
}

impl Default for GainRow {
    fn default() -> Self {
        Self::new()
    }
}

impl PartialEq for GainRow {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl std::fmt::Debug for GainRow {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silent_channels_are_left_out_and_clearing_forgets() {
        let mut row = GainRow::new();
        row.push(1, 0.5);
        row.push(2, 0.0);
        row.push(7, 0.25);
        assert_eq!(row.iter().collect::<Vec<_>>(), [(1, 0.5), (7, 0.25)]);
        assert_eq!((row.gain(7), row.gain(2)), (0.25, 0.0));
        let mut other = row.clone();
        assert!(row.has_channels_of(&other));
        other.push(8, 0.5);
        assert!(!row.has_channels_of(&other) && !other.has_channels_of(&row));
        assert_eq!(row.to_dense(8), [0.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.25]);
        row.clear();
        assert!(row.is_empty());
    }
}
