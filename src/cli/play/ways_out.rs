//! The ways of the targets to the channels of a device.

use std::path::Path;

use super::Arguments;
use crate::cli::outlet;
use crate::live::device::Device;
use crate::live::{ChannelMap, Metering, Outlet, Recording, Tape, metering, record};
use crate::render::{Desk, Target};
use crate::scene::Scene;
use crate::sink::{FileSpec, SampleFormat, guard_inputs};
use crate::{Error, Result};

/// The ways out, with what measures and records on them.
pub struct WaysOut {
    pub outlets: Vec<Outlet>,
    /// One for every target.
    pub metering: Vec<Metering>,
    pub recording: Option<Recording>,
}

impl WaysOut {
    /// Those of all targets of a desk; the first is recorded, where that is asked for.
    ///
    /// # Errors
    /// When the device has too few channels, a map is none, a layout cannot be calibrated by, or the
    /// recording cannot be written.
    pub fn new(
        arguments: &Arguments,
        scene: &Scene,
        desk: &Desk,
        targets: &[Target],
        device: &dyn Device,
    ) -> Result<Self> {
        let rate_hz = scene.spec.sample_rate;
        let mut ways = Self { outlets: Vec::new(), metering: Vec::new(), recording: None };
        for (map, target) in maps(arguments, targets, device, rate_hz)?.into_iter().zip(targets) {
            let calibration = outlet::calibration(arguments.calibrate, &target.layout, rate_hz)?;
            let (tap, meter) = metering(&desk.measured_targets[ways.outlets.len()], rate_hz);
            let outlet = Outlet::new(&target.layout, map).calibrated(calibration);
            ways.outlets.push(outlet.tapped(tap));
            ways.metering.push(meter);
        }
        if let Some(path) = &arguments.record {
            let (tape, recording) = begin_recording(path, scene, &targets[0])?;
            ways.recording = Some(recording);
            let first = ways.outlets.remove(0);
            ways.outlets.insert(0, first.taped(tape));
        }
        Ok(ways)
    }
}

/// Which loudspeaker is on which channel, for every target.
fn maps(
    arguments: &Arguments,
    targets: &[Target],
    device: &dyn Device,
    rate_hz: u32,
) -> Result<Vec<ChannelMap>> {
    if arguments.map.len() > targets.len() {
        return Err(Error::usage("there are more of --map than of --to"));
    }
    let said = arguments.map.iter().map(|it| Some(it.as_str())).chain(std::iter::repeat(None));
    let maps = targets.iter().zip(said);
    maps.map(|(target, said)| outlet::map(said, &target.layout, device, rate_hz)).collect()
}

fn begin_recording(path: &Path, scene: &Scene, target: &Target) -> Result<(Tape, Recording)> {
    guard_inputs(path, &scene.inputs())?;
    let layout = &target.layout;
    let order = layout.file_order();
    record(FileSpec {
        path: path.to_owned(),
        rate_hz: scene.spec.sample_rate,
        channel_names: order.iter().map(|&at| layout.loudspeakers[at].name.clone()).collect(),
        mask: layout.mask(),
        order,
        format: SampleFormat::Float32,
        dither_seed: 0,
        first_frame: 0,
        expected_frames: None,
    })
}
