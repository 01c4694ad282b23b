//! `--range A..B`.

use std::str::FromStr;

/// One end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// In seconds of the scene.
    Seconds(f64),
    /// In frames of the scene.
    Frame(u64),
}

/// A part of the scene, each end optional.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TimeRange {
    /// The first moment that is heard.
    pub from: Option<Moment>,
    /// The first that is not heard any more.
    pub to: Option<Moment>,
}

impl Moment {
    /// The frame it rounds to.
    pub fn frame(self, rate_hz: u32) -> u64 {
        match self {
            Self::Seconds(seconds) => crate::units::seconds_to_frames(seconds, rate_hz),
            Self::Frame(frame) => frame,
        }
    }
}

impl FromStr for TimeRange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (from, to) = text.split_once("..").ok_or("write it as A..B, for example 10s..20s")?;
        let end = |text: &str| match text.trim() {
            "" => Ok(None),
            text => moment(text).map(Some),
        };
        Ok(Self { from: end(from)?, to: end(to)? })
    }
}

/// `10`, `10s`, `1500ms`, `1:30` or `48000f`.
fn moment(text: &str) -> Result<Moment, String> {
    let wrong = || format!("`{text}` is no time: write 10s, 1500ms, 1:30 or 48000f (frames)");
    if let Some(frames) = text.strip_suffix('f') {
        return frames.parse().map(Moment::Frame).map_err(|_| wrong());
    }
    let number = |text: &str| {
        let value = text.parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0);
        value.ok_or_else(wrong)
    };
    let seconds = if let Some(text) = text.strip_suffix("ms") {
        number(text)? / 1000.0
    } else if let Some((minutes, seconds)) = text.split_once(':') {
        number(minutes)? * 60.0 + number(seconds)?
    } else {
        number(text.strip_suffix('s').unwrap_or(text))?
    };
    Ok(Moment::Seconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_engineers_write_them() {
        let frames = |text: &str| {
            let TimeRange { from, to } = text.parse().unwrap();
            (from.map(|it| it.frame(48_000)), to.map(|it| it.frame(48_000)))
        };
        assert_eq!(frames("10s..20s"), (Some(480_000), Some(960_000)));
        assert_eq!(frames("10..20.5"), (Some(480_000), Some(984_000)));
        assert_eq!(frames("1:30.."), (Some(4_320_000), None));
        assert_eq!(frames("..1500ms"), (None, Some(72_000)));
        assert_eq!(frames("7f..100f"), (Some(7), Some(100)));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["10s", "a..b", "-1s..2s", "1e999..2", "nan..1", "1.5f..2f"] {
            assert!(text.parse::<TimeRange>().is_err(), "{text}");
        }
    }
}
