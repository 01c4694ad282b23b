//! What comes in while a scene plays: which input, how much is held back.

use clap::Args;

use crate::live::device::{Choice, Device, InputDevice, find_input};
use crate::live::{InputMonitor, Intake, Listening, MOST_RESERVE_FRAMES, Player};
use crate::scene::{LineInput, Scene};
use crate::{Error, Result};

// A name of its own: clap tells groups of arguments apart by it.
#[derive(Args)]
#[group(id = "line-in")]
pub struct Arguments {
    /// The device that `input` and `inputs` of the scene come in through, by its id
    /// [default: the one it is played to, else the default input of its host]
    #[arg(long, value_name = "DEVICE")]
    input_device: Option<String>,
    /// Channels of it that are opened [default: as many as the scene takes]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    input_channels: Option<u16>,
    /// Frames that are held back in case a callback is late [default: the larger of the two
    /// callbacks]
    #[arg(long, value_name = "FRAMES", value_parser = clap::value_parser!(u16).range(0..=MOST_RESERVE))]
    input_latency: Option<u16>,
}

const MOST_RESERVE: i64 = MOST_RESERVE_FRAMES as i64;

/// An input that was found to have what a scene takes.
pub struct LineIn {
    device: Box<dyn InputDevice>,
    listening: Listening,
    rate_hz: u32,
}

impl Arguments {
    /// Finds the input that a scene needs, if it needs one.
    ///
    /// # Errors
    /// When there is none, or it does not have what the scene takes.
    pub fn find(
        &self,
        scene: &Scene,
        output: &dyn Device,
        buffer_frames: Option<u32>,
    ) -> Result<Option<LineIn>> {
        let takes = scene.most_input_channels();
        let channels = self.input_channels.map_or(takes, usize::from);
        if channels == 0 {
            return Ok(None);
        }
        let device = self.input_device.clone();
        let device = find_input(&Choice { host: None, device, buffer_frames }, output)?;
        let rate_hz = scene.spec.sample_rate;
        let has = device.most_channels(rate_hz)?;
        if has == 0 {
            let id = device.id();
            let message = format!("{id} does not run at the {rate_hz} Hz of the scene");
            return Err(Error::machine(message + "; set it to that rate"));
        }
        check(&scene.spec.line_inputs(), device.id(), has.min(channels))?;
        let reserve_frames = self.input_latency.map(usize::from);
        let has_own_clock = device.has_own_clock();
        let listening = Listening { channels, reserve_frames, has_own_clock };
        Ok(Some(LineIn { device, listening, rate_hz }))
    }
}

impl LineIn {
    /// How many channels are open for a scene.
    pub fn channels(&self) -> usize {
        self.listening.channels
    }

    /// Has a player listen to it.
    pub fn listen(&self, player: &mut Player) -> Intake {
        player.listen(&self.listening)
    }

    /// Opens it.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(self, intake: Intake) -> Result<InputMonitor> {
        InputMonitor::start(self.device, Box::new(intake), self.rate_hz)
    }
}

/// Refuses an input that has too few channels, with a table of who takes what.
///
/// # Errors
/// When it has too few.
pub fn check(taken: &[LineInput], device: &str, channels: usize) -> Result<()> {
    let is_there = |channel: &u16| usize::from(*channel) <= channels;
    if taken.iter().flat_map(|it| &it.channels).all(is_there) {
        return Ok(());
    }
    let mut text = format!("{device} has {channels} inputs, the scene takes others:");
    for LineInput { strip, channels } in taken {
        for channel in channels {
            let missing = if is_there(channel) { "" } else { "  missing" };
            text += &format!("\n  {channel:>4}  {strip}{missing}");
        }
    }
    Err(Error::usage(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_too_small_is_refused_with_a_table() {
        let take = |strip: &str, channels: &[u16]| LineInput {
            strip: strip.into(),
            channels: channels.into(),
        };
        let taken = [take("street", &[1, 2]), take("voice", &[4])];
        check(&taken, "it", 4).unwrap();
        let said = check(&taken, "it", 2).unwrap_err();
        assert_eq!(said.exit_code(), 2);
        let said = said.to_string();
        assert_eq!(said.lines().count(), 4);
        assert!(said.ends_with("     4  voice  missing"), "{said}");
        assert_eq!(said.matches("missing").count(), 1);
    }
}
