//! Where sound leaves: the channels of a device, and what makes up for the loudspeakers behind them.

use clap::Args;

use crate::layout::Layout;
use crate::live::device::{Choice, Device, find};
use crate::live::{Calibration, ChannelMap};
use crate::{Error, Result};

// A name of its own: clap tells groups of arguments apart by it.
#[derive(Args)]
#[group(id = "outlet")]
pub struct Arguments {
    /// The sound system: alsa, jack, pipewire, … [default: that of the device, else the system's]
    #[arg(long)]
    host: Option<String>,
    /// The device, by its id: see `cupola devices` [default: that of the host]
    #[arg(long)]
    device: Option<String>,
    /// Frames that the device is to ask for at once [default: what it likes]
    #[arg(long, value_name = "FRAMES", value_parser = clap::value_parser!(u32).range(1..=8192))]
    pub buffer: Option<u32>,
}

impl Arguments {
    /// Finds the device.
    ///
    /// # Errors
    /// When it is not there, or there are none at all.
    pub fn find(&self) -> Result<Box<dyn Device>> {
        let Self { host, device, buffer } = self;
        find(&Choice { host: host.clone(), device: device.clone(), buffer_frames: *buffer })
    }
}

/// Which loudspeaker is on which channel of a device at a rate.
///
/// # Errors
/// When the device does not run at the rate or has too few channels, or the map is none.
pub fn map(
    text: Option<&str>,
    layout: &Layout,
    device: &dyn Device,
    rate_hz: u32,
) -> Result<ChannelMap> {
    let map = match text {
        Some(text) => ChannelMap::parse(text, layout)?,
        None => ChannelMap::in_order(layout),
    };
    let channels = device.most_channels(rate_hz)?;
    if channels == 0 {
        let message = format!(
            "{} does not run at the {rate_hz} Hz of the scene; set it to that rate, or give up \
             equal bits with --resample",
            device.id()
        );
        return Err(Error::machine(message));
    }
    map.check(device.id(), channels)?;
    Ok(map)
}

/// What makes up for the loudspeakers, where that is asked for.
///
/// # Errors
/// When a filter of the layout cannot be had at the rate.
pub fn calibration(asked: bool, layout: &Layout, rate_hz: u32) -> Result<Option<Calibration>> {
    if !asked {
        return Ok(None);
    }
    let calibration = Calibration::new(layout, rate_hz)?;
    if calibration.is_none() {
        eprintln!("warning: the layout {} says nothing to calibrate by", layout.name);
    }
    Ok(calibration)
}

/// The rate of a device that is nearest to another.
///
/// # Errors
/// When it has none.
pub fn nearest_rate_hz(device: &dyn Device, rate_hz: u32) -> Result<u32> {
    let nearest = device.nearest_rate_hz(rate_hz)?;
    nearest.ok_or_else(|| Error::machine(format!("{} has no rate", device.id())))
}
