//! All channels as one.

use crate::block::{Quantum, SILENCE};
use crate::layout::{Fold, Layout, built_in};

/// What makes the channels of a layout mono: the fold to one loudspeaker, and from there back.
pub struct Mono {
    /// What each channel gives, and what it gets.
    gives: Vec<f32>,
    gets: Vec<f32>,
}

impl Mono {
    pub fn new(layout: &Layout) -> Self {
        let Some(one) = built_in("mono") else { unreachable!("mono is built in") };
        let gives = Fold::itu(layout, &one).gains.swap_remove(0);
        let gets = Fold::itu(&one, layout).gains;
        Self {
            gives: gives.into_iter().map(|gain| gain as f32).collect(),
            gets: gets.into_iter().map(|gains| gains[0] as f32).collect(),
        }
    }

    /// Puts what is mono in the place of the first frames, by these shares.
    pub fn mix(&self, channels: &mut [Quantum], shares: &[f32]) {
        let mut one = SILENCE;
        for (channel, gain) in channels.iter().zip(&self.gives).filter(|it| *it.1 != 0.0) {
            one.iter_mut().zip(channel).for_each(|(sum, sample)| *sum += gain * sample);
        }
        for (channel, gain) in channels.iter_mut().zip(&self.gets) {
            for ((sample, one), share) in channel.iter_mut().zip(&one).zip(shares) {
                *sample += share * (gain * one - *sample);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(layout: &str, channels: &[f32]) -> Vec<f32> {
        let layout = built_in(layout).unwrap();
        let mut quanta: Vec<Quantum> = channels.iter().map(|it| [*it; 64]).collect();
        Mono::new(&layout).mix(&mut quanta, &[1.0; 64]);
        quanta.iter().map(|it| it[63]).collect()
    }

    #[test]
    fn what_is_the_same_on_both_sides_stays_and_what_is_opposite_goes() {
        for (left, right, mono) in [(0.5, 0.5, 0.5), (0.5, -0.5, 0.0), (0.5, 0.0, 0.25)] {
            for sample in heard("stereo", &[left, right]) {
                // Two gains of -3 dB in single precision.
                assert!((sample - mono).abs() < 1e-6, "{sample} instead of {mono}");
            }
        }
    }

    #[test]
    fn it_comes_from_the_centre_where_there_is_one() {
        let mut channels = [0.0; 12];
        (channels[0], channels[1], channels[3]) = (0.5, 0.5, 0.9);
        let heard = heard("7.1.4", &channels);
        assert!((heard[2] - 0.5_f32.sqrt()).abs() < 1e-6, "{heard:?}");
        assert!(heard.iter().enumerate().all(|(at, it)| at == 2 || *it == 0.0), "{heard:?}");
    }
}
