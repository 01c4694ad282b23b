//! The lengths of a room: everything about it that is drawn by its seed.

use super::hadamard::LINES;
use super::spec::ReverbSpec;
use crate::dsp::Random;

/// The shortest and the longest line of a room of size 1, in seconds.
const SHORTEST_S: f64 = 0.020;
const LONGEST_S: f64 = 0.060;

/// No line is shorter, in frames: less a quarter of modulation and half an interpolation a whole
/// quantum has to lie in the past.
const SHORTEST_FRAMES: usize = 112;

/// Over how long the two steps of diffusion spread sound, in seconds at size 1.
const DIFFUSION_S: [f64; 2] = [0.007, 0.019];

/// The delays of a room, in frames.
#[derive(Clone, Debug)]
pub struct Room {
    /// Of the lines, shortest first: different prime numbers, so that echoes meet as rarely as can
    /// be.
    pub lines: [usize; LINES],
    /// The signs with which sound goes into the diffusion and comes back into the lines.
    pub signs: [[f32; LINES]; 2],
    /// Of the two steps of diffusion; the least of each is 0.
    pub diffusion: [[usize; LINES]; 2],
    /// Where in their swing the delays of the lines are at the beginning, in turns.
    pub phases: [f64; LINES],
}

impl Room {
    pub fn new(spec: &ReverbSpec, rate_hz: u32) -> Self {
        let mut random = Random::new(spec.seed);
        let frames_of_s = spec.size * f64::from(rate_hz);
        Self {
            lines: lines(frames_of_s, &mut random),
            signs: std::array::from_fn(|_| std::array::from_fn(|_| random.sign())),
            diffusion: DIFFUSION_S.map(|seconds| spread(seconds * frames_of_s, &mut random)),
            phases: std::array::from_fn(|_| random.unit()),
        }
    }

    /// Frames until the first of an input has come out of every line.
    pub fn longest_way(&self) -> usize {
        let diffusion = self.diffusion.iter().filter_map(|step| step.iter().max());
        diffusion.sum::<usize>() + self.lines[LINES - 1]
    }
}

/// Delays evenly strewn, on a scale of ratios, from the shortest to the longest.
fn lines(frames_of_s: f64, random: &mut Random) -> [usize; LINES] {
    let mut above = SHORTEST_FRAMES - 1;
    std::array::from_fn(|line| {
        let part = (line as f64 + random.unit()) / LINES as f64;
        let seconds = SHORTEST_S * libm::pow(LONGEST_S / SHORTEST_S, part);
        above = next_prime(above.max((seconds * frames_of_s) as usize));
        above
    })
}

/// Delays strewn over a span, one in each sixteenth of it, in any order.
fn spread(frames: f64, random: &mut Random) -> [usize; LINES] {
    let mut delays = std::array::from_fn(|part| {
        let part = if part == 0 { 0.0 } else { part as f64 + random.unit() };
        (part / LINES as f64 * frames) as usize
    });
    random.shuffle(&mut delays);
    delays
}

fn next_prime(above: usize) -> usize {
    (above + 1..).find(|&number| is_prime(number)).expect("there are always more primes")
}

fn is_prime(number: usize) -> bool {
    (2..)
        .take_while(|factor| factor * factor <= number)
        .all(|factor| !number.is_multiple_of(factor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_different_primes_within_their_span() {
        for (rate_hz, size) in [(48_000, 1.0), (44_100, 0.1), (8000, 0.1), (192_000, 4.0)] {
            for seed in 0..20 {
                let spec = format!(r#"{{"rt60_s": 1, "size": {size}, "seed": {seed}}}"#);
                let lines = Room::new(&serde_json::from_str(&spec).unwrap(), rate_hz).lines;
                assert!(lines.iter().all(|&frames| is_prime(frames)));
                assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "{lines:?}");
                assert!(lines[0] >= SHORTEST_FRAMES);
                let longest = LONGEST_S * size * f64::from(rate_hz);
                // The next prime is never far, but short rooms are filled from the least up.
                assert!((lines[15] as f64) < longest.max(190.0) + 50.0, "{lines:?}");
            }
        }
    }
}
