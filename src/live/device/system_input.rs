//! The inputs of the system, through cpal.

use std::sync::Arc;

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{
    DeviceDirection, DeviceId, HostId, SampleFormat, StreamConfig, SupportedStreamConfigRange,
};

use super::system::{Open, Told, best, buffer_size, fail, host_of, key, quietly};
use super::{Choice, Device, Entrance, InputDevice, Stream, Wanted};
use crate::{Error, Result};

/// Frames that are turned from integers at once.
const PIECE_FRAMES: usize = 1024;

/// The input that is asked for; where none is, that of the output's device if it has one, else the
/// default of its host.
///
/// # Errors
/// When there is no such host or device.
pub fn find_input(choice: &Choice, output: &dyn Device) -> Result<Box<dyn InputDevice>> {
    let asked = choice.device.as_deref();
    let host = match (asked, &choice.host) {
        (None, None) => host_of(None, Some(output.id()))?,
        (asked, host) => host_of(host.as_deref(), asked)?,
    };
    let own = |name: &str| name.strip_prefix(&format!("{}:", key(host))).unwrap_or(name).to_owned();
    let system = |id: Option<DeviceId>| {
        let name = id.as_ref().map(DeviceId::to_string);
        let name = name.unwrap_or_else(|| format!("{}:default input", key(host)));
        let has_own_clock = name != output.id() && !is_server(host);
        SystemInput { host, id, name, buffer_frames: choice.buffer_frames, has_own_clock }
    };
    if let Some(name) = asked {
        let named = system(Some(DeviceId::new(host, own(name))));
        named.device()?;
        return Ok(Box::new(named));
    }
    let same = system(Some(DeviceId::new(host, own(output.id()))));
    let found = if same.has_inputs() { same } else { system(None) };
    found.device()?;
    Ok(Box::new(found))
}

/// Whether all devices of a host run on the clock of one server.
fn is_server(host: HostId) -> bool {
    ["jack", "pipewire", "pulseaudio"].contains(&key(host).as_str())
}

/// An input as it was asked for.
struct SystemInput {
    host: HostId,
    /// None: whatever the host has for default.
    id: Option<DeviceId>,
    name: String,
    buffer_frames: Option<u32>,
    has_own_clock: bool,
}

impl SystemInput {
    /// Looks for it: it may have come back under its id.
    fn device(&self) -> Result<cpal::Device> {
        quietly(|| {
            let host = cpal::host_from_id(self.host).map_err(|error| fail(&self.name, &error))?;
            let device = match &self.id {
                Some(id) => host.device_by_id(id),
                None => host.default_input_device(),
            };
            let missing = || format!("{}: no such input", self.name);
            device.ok_or_else(|| Error::machine(missing()))
        })
    }

    /// Whether it is there and sound comes in through it.
    fn has_inputs(&self) -> bool {
        // Some say what an input would have even where they are none.
        let is_output = |it: cpal::DeviceDescription| it.direction() == DeviceDirection::Output;
        self.device().is_ok_and(|it| !it.description().is_ok_and(is_output))
            && self.ranges().is_ok_and(|ranges| !ranges.is_empty())
    }

    fn ranges(&self) -> Result<Vec<SupportedStreamConfigRange>> {
        let device = self.device()?;
        let ranges = quietly(|| device.supported_input_configs());
        Ok(ranges.map_err(|error| fail(&self.name, &error))?.collect())
    }
}

impl InputDevice for SystemInput {
    fn id(&self) -> &str {
        &self.name
    }

    fn most_channels(&self, rate_hz: u32) -> Result<usize> {
        let ranges = self.ranges()?;
        let at_rate = ranges.iter().filter(|range| range.contains_rate(rate_hz));
        Ok(at_rate.map(|range| usize::from(range.channels())).max().unwrap_or(0))
    }

    fn has_own_clock(&self) -> bool {
        self.has_own_clock
    }

    fn open(&mut self, wanted: &Wanted, entrance: Entrance) -> Result<Box<dyn Stream>> {
        let ranges = self.ranges()?;
        let (format, channels) = best(&ranges, wanted).ok_or_else(|| {
            let Wanted { rate_hz, channels } = wanted;
            Error::machine(format!("{}: not {channels} inputs at {rate_hz} Hz", self.name))
        })?;
        let config = StreamConfig {
            channels,
            sample_rate: wanted.rate_hz,
            buffer_size: buffer_size(self.buffer_frames),
        };
        let told = Arc::new(Told::default());
        let device = self.device()?;
        let stream = quietly(|| match format {
            SampleFormat::F32 => build(&device, config, entrance, &told, as_they_are),
            SampleFormat::I32 => {
                build::<i32>(&device, config, entrance, &told, scaled(2_147_483_648.0))
            }
            _ => build::<i16>(&device, config, entrance, &told, scaled(32_768.0)),
        });
        let stream = stream.map_err(|error| fail(&self.name, &error))?;
        stream.play().map_err(|error| fail(&self.name, &error))?;
        Ok(Box::new(Open::new(stream, told, wanted.rate_hz)))
    }
}

/// A stream whose samples are taken by way of some function.
fn build<S: cpal::SizedSample>(
    device: &cpal::Device,
    config: StreamConfig,
    mut entrance: Entrance,
    told: &Arc<Told>,
    mut take: impl FnMut(&mut Entrance, &[S], usize) + Send + 'static,
) -> std::result::Result<cpal::Stream, cpal::Error> {
    let channels = usize::from(config.channels);
    let told = Arc::clone(told);
    device.build_input_stream(
        config,
        move |samples: &[S], _: &_| take(&mut entrance, samples, channels),
        move |error| told.note(&error),
        None,
    )
}

fn as_they_are(entrance: &mut Entrance, samples: &[f32], channels: usize) {
    entrance.take(samples, channels);
}

/// Integers of some full scale as fractions of it.
fn scaled<S: Into<f64> + Copy>(
    full_scale: f64,
) -> impl FnMut(&mut Entrance, &[S], usize) + Send + 'static {
    let mut buffer = vec![0.0_f32; PIECE_FRAMES * usize::from(u8::MAX)];
    move |entrance, samples, channels| {
        for piece in samples.chunks(PIECE_FRAMES * channels) {
            let floats = &mut buffer[..piece.len()];
            let sample = |it: S| (it.into() / full_scale) as f32;
            floats.iter_mut().zip(piece).for_each(|(float, it)| *float = sample(*it));
            entrance.take(floats, channels);
        }
    }
}
