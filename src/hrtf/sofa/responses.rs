//! The responses and the delays before them.

use super::container::Container;
use super::convention::Shape;
use crate::Result;
use crate::hrtf::EARS;

/// The longest delay before a response, in frames.
const MAX_DELAY_FRAMES: f64 = (1 << 17) as f64;

/// The words for the ears in messages.
const EAR_NAMES: [&str; EARS] = ["left", "right"];

/// All responses, direction by ear by tap; none of them silent, none of them not a number.
pub(super) fn responses(container: &Container, shape: &Shape) -> Result<Vec<f32>> {
    let variable = container.variable("Data.IR")?;
    let values = variable.values_f32()?;
    for (index, response) in values.chunks_exact(shape.taps).enumerate() {
        let place = || {
            let (measurement, ear) = (index / EARS + 1, EAR_NAMES[index % EARS]);
            format!("of measurement {measurement}, {ear} ear,")
        };
        if let Some(tap) = response.iter().position(|sample| !sample.is_finite()) {
            let value = response[tap];
            let place = place();
            return Err(variable
                .wrong(format!("{place} has {value} as sample {}; it must be finite", tap + 1)));
        }
        if response.iter().all(|&sample| sample == 0.0) {
            return Err(variable.wrong(format!("{} is silent: all of its samples are 0", place())));
        }
    }
    Ok(values)
}

/// What is to be put before each response of each measurement, in frames.
pub(super) fn delays_frames(container: &Container, shape: &Shape) -> Result<Vec<[f64; EARS]>> {
    let Some(variable) = container.find("Data.Delay")? else {
        return Ok(vec![[0.0; EARS]; shape.measurements]);
    };
    let (rows, ears) = (shape.measurements as u64, EARS as u64);
    match variable.shape[..] {
        [count, receivers] if receivers == ears && (count == 1 || count == rows) => {}
        [receivers] if receivers == ears => {}
        _ => {
            return Err(variable.wrong(format!(
                "has the shape {}; it must be 1 x 2, or {rows} x 2 as Data.IR",
                variable.shape()
            )));
        }
    }
    let values = variable.values()?;
    let (delays, _) = values.as_chunks::<EARS>();
    for (row, delay) in delays.iter().enumerate() {
        if !delay.iter().all(|frames| (0.0..=MAX_DELAY_FRAMES).contains(frames)) {
            return Err(variable.wrong(format!(
                "of measurement {} is {delay:?}; it must be 0 to {MAX_DELAY_FRAMES} samples",
                row + 1
            )));
        }
    }
    match delays {
        [one] => Ok(vec![*one; shape.measurements]),
        each => Ok(each.to_vec()),
    }
}
