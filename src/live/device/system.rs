//! The devices of the system, through cpal: nothing else knows of it, and its next version renames
//! half of what is used here.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{
    BufferSize, DeviceId, ErrorKind, HostId, SampleFormat, StreamConfig, SupportedStreamConfigRange,
};

use super::{Choice, Device, Health, Host, Interface, Seat, Stream, Wanted};
use crate::{Error, Result};

/// The rates that are looked for in a list of devices.
const RATES_HZ: [u32; 6] = [44_100, 48_000, 88_200, 96_000, 176_400, 192_000];

/// How samples may be stored, the best first: as they are, or rounded to so many bits.
const FORMATS: [SampleFormat; 3] = [SampleFormat::F32, SampleFormat::I32, SampleFormat::I16];

/// Frames that are turned into integers at once.
const PIECE_FRAMES: usize = 1024;

/// What is waited for besides the buffers of a device when it is drained.
const DRAIN: Duration = Duration::from_millis(100);

/// Every device that can be played to, by host.
///
/// # Errors
/// When a host breaks down while it is asked.
pub fn list() -> Result<Vec<Host>> {
    quietly(|| cpal::available_hosts().into_iter().map(list_host).collect())
}

fn list_host(id: HostId) -> Result<Host> {
    let host = cpal::host_from_id(id).map_err(|error| fail(&key(id), &error))?;
    let default = host.default_output_device().and_then(|device| device.id().ok());
    let devices = host.output_devices().map_err(|error| fail(&key(id), &error))?;
    let interface = |device: cpal::Device| {
        let id = device.id().ok()?;
        let ranges: Vec<_> = device.supported_output_configs().ok()?.collect();
        let has = |rate: &u32| ranges.iter().any(|range| range.contains_rate(*rate));
        Some(Interface {
            name: device.description().map_or_else(|_| String::new(), |it| it.to_string()),
            default: default.as_ref() == Some(&id),
            id: id.to_string(),
            channels: ranges.iter().map(|it| usize::from(it.channels())).max().unwrap_or(0),
            rates_hz: RATES_HZ.into_iter().filter(has).collect(),
        })
    };
    Ok(Host { name: key(id), devices: devices.filter_map(interface).collect() })
}

/// The device that is asked for.
///
/// # Errors
/// When there is no such host or device.
pub fn find(choice: &Choice) -> Result<Box<dyn Device>> {
    let asked = choice.device.as_deref();
    let host = host_of(choice.host.as_deref(), asked)?;
    let prefix = format!("{}:", key(host));
    let id = asked.map(|name| DeviceId::new(host, name.strip_prefix(&prefix).unwrap_or(name)));
    let name = id.as_ref().map_or_else(|| format!("{prefix}default output"), DeviceId::to_string);
    let system = System { host, id, name, buffer_frames: choice.buffer_frames };
    system.device()?;
    Ok(Box::new(system))
}

/// A device as it was asked for.
struct System {
    host: HostId,
    /// None: whatever the host has for default.
    id: Option<DeviceId>,
    name: String,
    buffer_frames: Option<u32>,
}

impl System {
    /// Looks for it: it may have come back under its id.
    fn device(&self) -> Result<cpal::Device> {
        quietly(|| {
            let host = cpal::host_from_id(self.host).map_err(|error| fail(&self.name, &error))?;
            let device = match &self.id {
                Some(id) => host.device_by_id(id),
                None => host.default_output_device(),
            };
            let missing = || format!("{}: no such device; `cupola devices` lists them", self.name);
            device.ok_or_else(|| Error::machine(missing()))
        })
    }

    fn ranges(&self) -> Result<Vec<SupportedStreamConfigRange>> {
        let device = self.device()?;
        let ranges = quietly(|| device.supported_output_configs());
        Ok(ranges.map_err(|error| fail(&self.name, &error))?.collect())
    }
}

impl Device for System {
    fn id(&self) -> &str {
        &self.name
    }

    fn most_channels(&self, rate_hz: u32) -> Result<usize> {
        let ranges = self.ranges()?;
        let at_rate = ranges.iter().filter(|range| range.contains_rate(rate_hz));
        Ok(at_rate.map(|range| usize::from(range.channels())).max().unwrap_or(0))
    }

    fn nearest_rate_hz(&self, rate_hz: u32) -> Result<Option<u32>> {
        let ranges = self.ranges()?;
        let rates =
            ranges.iter().map(|it| rate_hz.clamp(it.min_sample_rate(), it.max_sample_rate()));
        Ok(rates.min_by_key(|rate| (rate.abs_diff(rate_hz), std::cmp::Reverse(*rate))))
    }

    fn open(&mut self, wanted: &Wanted, seat: Seat) -> Result<Box<dyn Stream>> {
        let ranges = self.ranges()?;
        let (format, channels) = best(&ranges, wanted).ok_or_else(|| {
            let Wanted { rate_hz, channels } = wanted;
            Error::machine(format!("{}: not {channels} channels at {rate_hz} Hz", self.name))
        })?;
        let config = StreamConfig {
            channels,
            sample_rate: wanted.rate_hz,
            buffer_size: buffer_size(self.buffer_frames),
        };
        let told = Arc::new(Told::default());
        let device = self.device()?;
        let stream = quietly(|| match format {
            SampleFormat::F32 => build(&device, config, seat, &told, as_they_are),
            SampleFormat::I32 => build(&device, config, seat, &told, rounded::<i32>()),
            _ => build(&device, config, seat, &told, rounded::<i16>()),
        });
        let stream = stream.map_err(|error| fail(&self.name, &error))?;
        stream.play().map_err(|error| fail(&self.name, &error))?;
        Ok(Box::new(Open::new(stream, told, wanted.rate_hz)))
    }
}

/// The best format at the rate, with the fewest channels that are enough.
pub(super) fn best(
    ranges: &[SupportedStreamConfigRange],
    wanted: &Wanted,
) -> Option<(SampleFormat, u16)> {
    FORMATS.into_iter().find_map(|format| {
        let fit = ranges.iter().filter(|it| {
            it.sample_format() == format
                && it.contains_rate(wanted.rate_hz)
                && usize::from(it.channels()) >= wanted.channels
        });
        Some((format, fit.map(SupportedStreamConfigRange::channels).min()?))
    })
}

/// A stream whose samples are filled by way of some function.
fn build<S: cpal::SizedSample>(
    device: &cpal::Device,
    config: StreamConfig,
    mut seat: Seat,
    told: &Arc<Told>,
    mut fill: impl FnMut(&mut Seat, &mut [S], usize) + Send + 'static,
) -> std::result::Result<cpal::Stream, cpal::Error> {
    let channels = usize::from(config.channels);
    let told = Arc::clone(told);
    device.build_output_stream(
        config,
        move |samples: &mut [S], _: &_| fill(&mut seat, samples, channels),
        move |error| told.note(&error),
        None,
    )
}

fn as_they_are(seat: &mut Seat, samples: &mut [f32], channels: usize) {
    seat.fill(samples, channels);
}

/// Integers to full scale, rounded to the nearest.
fn rounded<S: Integer>() -> impl FnMut(&mut Seat, &mut [S], usize) + Send + 'static {
    let mut buffer = vec![0.0_f32; PIECE_FRAMES * usize::from(u8::MAX)];
    move |seat, samples, channels| {
        for piece in samples.chunks_mut(PIECE_FRAMES * channels) {
            let floats = &mut buffer[..piece.len()];
            seat.fill(floats, channels);
            piece.iter_mut().zip(floats).for_each(|(it, float)| *it = S::nearest(*float));
        }
    }
}

/// An integer sample.
trait Integer: cpal::SizedSample + Send + 'static {
    fn nearest(sample: f32) -> Self;
}

impl Integer for i32 {
    fn nearest(sample: f32) -> Self {
        libm::rint(f64::from(sample) * 2_147_483_648.0) as Self
    }
}

impl Integer for i16 {
    fn nearest(sample: f32) -> Self {
        libm::rintf(sample * 32_768.0) as Self
    }
}

/// What a stream has told of itself, from whatever thread.
#[derive(Default)]
pub(super) struct Told {
    underruns: AtomicU64,
    lost: OnceLock<String>,
}

impl Told {
    pub(super) fn note(&self, error: &cpal::Error) {
        match error.kind() {
            ErrorKind::Xrun => _ = self.underruns.fetch_add(1, Ordering::Relaxed),
            // It plays on, elsewhere or with less of a claim to its time.
            ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied => {}
            _ => _ = self.lost.set(error.to_string()),
        }
    }
}

/// A stream at work.
pub(super) struct Open {
    stream: cpal::Stream,
    told: Arc<Told>,
    rate_hz: u32,
}

impl Open {
    pub(super) fn new(stream: cpal::Stream, told: Arc<Told>, rate_hz: u32) -> Self {
        Self { stream, told, rate_hz }
    }
}

impl Stream for Open {
    fn health(&self) -> Health {
        let underruns = self.told.underruns.load(Ordering::Relaxed);
        Health { underruns, lost: self.told.lost.get().cloned() }
    }

    fn drain(&self) {
        // What was handed out last may have a few buffers before it.
        let frames = 4 * self.buffer_frames();
        let lasts = Duration::from_secs_f64(frames as f64 / f64::from(self.rate_hz));
        std::thread::sleep(DRAIN + lasts);
    }

    fn buffer_frames(&self) -> usize {
        self.stream.buffer_size().unwrap_or(0) as usize
    }
}

/// What hosts are asked for by.
pub(super) fn key(id: HostId) -> String {
    id.name().to_lowercase()
}

/// The host of a name, else that of a device's id, else the default one.
pub(super) fn host_of(name: Option<&str>, device: Option<&str>) -> Result<HostId> {
    match name {
        Some(name) => host_named(name),
        None => Ok(device
            .and_then(|id| host_named(id.split_once(':')?.0).ok())
            .unwrap_or_else(|| cpal::default_host().id())),
    }
}

pub(super) fn buffer_size(frames: Option<u32>) -> BufferSize {
    frames.map_or(BufferSize::Default, BufferSize::Fixed)
}

fn host_named(name: &str) -> Result<HostId> {
    let hosts = cpal::available_hosts();
    let names: Vec<String> = hosts.iter().map(|id| key(*id)).collect();
    let found = hosts.into_iter().find(|id| key(*id) == name.to_lowercase());
    let missing = || format!("no host {name} is running here; there is {}", names.join(", "));
    found.ok_or_else(|| Error::machine(missing()))
}

pub(super) fn fail(name: &str, error: &cpal::Error) -> Error {
    Error::machine(format!("{name}: {error}"))
}

/// Keeps what ALSA has to say to itself off the terminal.
pub(super) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    #[cfg(target_os = "linux")]
    let _quiet = alsa::Output::local_error_handler();
    work()
}
