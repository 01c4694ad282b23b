//! Which loudspeaker is on which channel of a device.

use std::fmt::Write;

use crate::layout::{Layout, MAX_CHANNELS};
use crate::{Error, Result};

/// For every channel of a layout, the channel of the device it is heard on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelMap {
    names: Vec<String>,
    /// Counted from 0; none is not heard.
    channels: Vec<Option<usize>>,
}

impl ChannelMap {
    /// The layout's order, on channels 1 to N.
    #[must_use]
    pub fn in_order(layout: &Layout) -> Self {
        let names: Vec<String> = layout.loudspeakers.iter().map(|it| it.name.clone()).collect();
        let channels = (0..names.len()).map(Some).collect();
        Self { names, channels }
    }

    /// As it is written: `L=1,R=2,C=5,LFE=off`, channels of the device counted from 1. Every
    /// loudspeaker has to be named, so that none is missed by mistake.
    ///
    /// # Errors
    /// When a name is not in the layout, something is said twice or left out, or a channel is none.
    pub fn parse(text: &str, layout: &Layout) -> Result<Self> {
        let mut map = Self::in_order(layout);
        let mut said = vec![false; map.names.len()];
        for part in text.split(',') {
            let (index, channel) = assignment(part.trim(), layout)?;
            if std::mem::replace(&mut said[index], true) {
                return Err(Error::usage(format!("--map names {} twice", map.names[index])));
            }
            map.channels[index] = channel;
        }
        let left_out: Vec<&str> =
            map.names.iter().zip(&said).filter(|it| !it.1).map(|it| it.0.as_str()).collect();
        if !left_out.is_empty() {
            let all = left_out.join(", ");
            return Err(Error::usage(format!("--map leaves out {all}; NAME=off is not heard")));
        }
        let mut taken: Vec<usize> = map.channels.iter().flatten().copied().collect();
        taken.sort_unstable();
        match taken.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(Error::usage(format!("--map takes channel {} twice", pair[0] + 1))),
            None => Ok(map),
        }
    }

    /// How many channels a device has to have for it.
    #[must_use]
    pub fn needs(&self) -> usize {
        self.channels.iter().flatten().max().map_or(1, |last| last + 1)
    }

    /// The channel of the device for every channel of the layout; none is not heard.
    #[must_use]
    pub fn channels(&self) -> &[Option<usize>] {
        &self.channels
    }

    /// Refuses a device that has too few channels, with a table of what is to go where.
    ///
    /// # Errors
    /// When it has too few.
    pub fn check(&self, device: &str, channels: usize) -> Result<()> {
        if channels >= self.needs() {
            return Ok(());
        }
        let mut text = format!(
            "{device} has {channels} channels, {} are needed; say with --map which is where, \
             NAME=off is not heard:",
            self.needs()
        );
        for (name, channel) in self.names.iter().zip(&self.channels) {
            let there = channel.map_or("off".into(), |channel| (channel + 1).to_string());
            let missing = if channel.is_some_and(|it| it >= channels) { "  missing" } else { "" };
            let _ = write!(text, "\n  {there:>4}  {name}{missing}");
        }
        Err(Error::usage(text))
    }
}

/// `C=5` or `C=off`.
fn assignment(text: &str, layout: &Layout) -> Result<(usize, Option<usize>)> {
    let wrong = || {
        let right = format!("NAME=1 to NAME={MAX_CHANNELS}, or NAME=off");
        Error::usage(format!("--map {text}: {right}"))
    };
    let (name, channel) = text.split_once('=').ok_or_else(wrong)?;
    let index = layout.index_of(name).ok_or_else(|| {
        let names: Vec<&str> = layout.loudspeakers.iter().map(|it| it.name.as_str()).collect();
        Error::usage(format!("--map {text}: {} has {}", layout.name, names.join(", ")))
    })?;
    if channel == "off" {
        return Ok((index, None));
    }
    let channel = channel.parse().ok().filter(|it| (1..=MAX_CHANNELS).contains(it));
    Ok((index, Some(channel.ok_or_else(wrong)? - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::named;

    #[test]
    fn loudspeakers_go_where_they_are_sent() {
        let layout = named("stereo").unwrap();
        assert_eq!(ChannelMap::in_order(&layout).channels(), [Some(0), Some(1)]);
        let map = ChannelMap::parse("R=3, L=off", &layout).unwrap();
        assert_eq!((map.channels(), map.needs()), (&[None, Some(2)][..], 3));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let layout = named("stereo").unwrap();
        for text in ["", "L=1", "L=1,R=1", "L=1,L=2,R=3", "L=0,R=1", "L=1,R=129", "L=1,Q=2", "L"] {
            assert_eq!(ChannelMap::parse(text, &layout).unwrap_err().exit_code(), 2, "{text}");
        }
    }

    #[test]
    fn a_device_too_small_is_refused_with_a_table() {
        let map = ChannelMap::in_order(&named("5.1").unwrap());
        map.check("it", 6).unwrap();
        let said = map.check("it", 2).unwrap_err().to_string();
        assert_eq!(said.lines().count(), 7);
        assert_eq!(said.lines().filter(|line| line.ends_with("missing")).count(), 4);
    }
}
