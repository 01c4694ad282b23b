//! Responses of a head in a room, for loudspeakers that stay where they are.

use super::resample::Resampler;
use super::{EARS, Measured};
use crate::space::Vector;

/// What is quieter than this before the first sound is no sound, relative to the loudest.
const ONSET: f32 = 0.01;

/// Both ears' responses to some directions, each from the nearest that was measured, at a rate.
///
/// What all of them have of silence before the first sound is cut off but for `lead_frames`.
#[must_use]
pub fn room_responses(
    measured: &Measured,
    directions: &[Vector],
    rate_hz: f64,
    lead_frames: usize,
) -> Vec<[Vec<f32>; EARS]> {
    let rows: Vec<usize> = directions.iter().map(|it| nearest(&measured.directions, it)).collect();
    let latest = measured.delays_frames.iter().flatten().copied().fold(0.0, f64::max);
    let ratio = rate_hz / measured.rate_hz;
    let length = ((measured.taps as f64 + latest) * ratio).ceil() as usize;
    let mut responses: Vec<[Vec<f32>; EARS]> = rows
        .iter()
        .map(|&row| std::array::from_fn(|ear| response(measured, row, ear, ratio, length)))
        .collect();
    trim(&mut responses, lead_frames);
    responses
}

/// The number of the direction nearest to one.
fn nearest(directions: &[Vector], to: &Vector) -> usize {
    let better = |best: usize, row: usize| {
        if directions[row].dot(to) > directions[best].dot(to) { row } else { best }
    };
    (0..directions.len()).fold(0, better)
}

fn response(measured: &Measured, row: usize, ear: usize, ratio: f64, length: usize) -> Vec<f32> {
    let delay_frames = measured.delays_frames[row][ear];
    if ratio == 1.0 && delay_frames.fract() == 0.0 {
        let mut samples = vec![0.0; delay_frames as usize];
        samples.extend_from_slice(measured.response(row, ear));
        samples.resize(length, 0.0);
        return samples;
    }
    let resampler = Resampler::new(measured.taps, ratio, length, delay_frames * ratio);
    resampler.resample(measured.response(row, ear)).collect()
}

/// Cuts off what comes before the first sound of any response, but for a lead.
fn trim(responses: &mut [[Vec<f32>; EARS]], lead_frames: usize) {
    let all = || responses.iter().flatten();
    let loudest = all().flatten().fold(0.0_f32, |loudest, it| loudest.max(it.abs()));
    let onset = |it: &Vec<f32>| it.iter().position(|sample| sample.abs() > ONSET * loudest);
    let first = all().filter_map(onset).min().unwrap_or(0);
    for response in responses.iter_mut().flatten() {
        if first >= lead_frames {
            response.drain(..first - lead_frames);
        } else {
            response.splice(..0, vec![0.0; lead_frames - first]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::unit_vector;

    #[test]
    fn the_nearest_answers_with_its_delay_and_its_lead() {
        let measured = Measured {
            rate_hz: 48_000.0,
            taps: 3,
            directions: vec![unit_vector(30.0, 0.0), unit_vector(-30.0, 0.0)],
            responses: vec![0.5, 0.25, 0.0, 0.3, 0.1, 0.0, 0.3, 0.1, 0.0, 0.5, 0.25, 0.0],
            delays_frames: vec![[20.0, 24.0], [24.0, 20.0]],
            ..Measured::default()
        };
        let heard = room_responses(&measured, &[unit_vector(50.0, 10.0)], 48_000.0, 5);
        assert_eq!(heard[0][0][5..7], [0.5, 0.25]);
        assert_eq!(heard[0][1][9..11], [0.3, 0.1]);
        assert!(heard[0][0][..5].iter().chain(&heard[0][1][..9]).all(|it| *it == 0.0));
    }
}
