//! A lane that goes round the head, against what is exact sample by sample.

mod binaural_support;

use std::sync::Arc;

use binaural_support::{RATE_HZ, SphericalHead, Tones, exactly};
use cupola::binaural::{DirectLane, DirectShop, EARS, Hearing, Kernel, Share, Summing, Table};
use cupola::block::{QUANTUM, SILENCE};
use cupola::space::unit_vector;
use realfft::RealFftPlanner;

/// A lane that is heard as a function of the frame says.
fn render(
    head: &SphericalHead,
    signal: &Tones,
    frames: usize,
    hearing: impl Fn(f64) -> Hearing,
) -> [Vec<f64>; EARS] {
    let shop = Arc::new(DirectShop::new(Table::new(head), 64.0));
    let (mut lane, mut share, summing) =
        (DirectLane::new(&shop), Share::silent(), Summing::default());
    let mut heard = [Vec::new(), Vec::new()];
    for number in 0..frames / QUANTUM {
        let [begin, end] = [number, number + 1].map(|it| hearing((it * QUANTUM) as f64));
        lane.process(Some(&signal.quantum(number)), &begin, &end, &mut share);
        let mut ears = [SILENCE; EARS];
        summing.sum([&share].into_iter(), &mut ears);
        for (heard, ear) in heard.iter_mut().zip(ears) {
            heard.extend(ear.iter().map(|sample| f64::from(*sample)));
        }
    }
    heard
}

/// Once round the head in a second, a little above the ears.
fn circle(head: &SphericalHead) -> impl Fn(f64) -> Hearing + '_ {
    move |frame| Hearing::far(head, &unit_vector(360.0 * frame / RATE_HZ, 10.0))
}

fn signal_to_noise_db(heard: &[f64], exact: &[f64]) -> f64 {
    let begin = 1000;
    let power = |samples: &mut dyn Iterator<Item = f64>| samples.map(|it| it * it).sum::<f64>();
    let noise = power(&mut heard.iter().zip(exact).skip(begin).map(|(a, b)| a - b));
    10.0 * libm::log10(power(&mut exact.iter().skip(begin).copied()) / noise)
}

#[test]
fn noise_on_a_circle_is_what_it_is_exactly() {
    let head = SphericalHead::new();
    let frames = 24_000 / QUANTUM * QUANTUM;
    let signal = Tones::noise(60, 18_000.0);
    let heard = render(&head, &signal, frames, circle(&head));
    let lead = Kernel::LEAD_FRAMES as f64;
    let exact = exactly(&head, &signal, lead, frames, circle(&head));
    for ear in 0..EARS {
        let found_db = signal_to_noise_db(&heard[ear], &exact[ear]);
        println!("ear {ear}: {found_db:.1} dB");
        assert!(found_db >= 50.0, "ear {ear}: {found_db} dB");
    }
}

#[test]
fn a_tone_on_a_circle_has_no_spurs() {
    let head = SphericalHead::new();
    let frames = 1 << 16;
    let signal = Tones(vec![(1000.0 / RATE_HZ, 0.0, 0.5)]);
    let heard = render(&head, &signal, frames, circle(&head));
    for (ear, heard) in heard.iter().enumerate() {
        let (carrier, spur, at_hz) = carrier_and_spur(heard);
        let found_db = 10.0 * libm::log10(spur / carrier);
        println!("ear {ear}: {found_db:.1} dBc at {at_hz:.0} Hz");
        // Outside 50 Hz of the tone: the Doppler shift is 2 Hz, the rest is how the level changes.
        assert!(found_db <= -70.0, "ear {ear}: {found_db} dBc at {at_hz} Hz");
    }
}

/// The power of the tone, of the strongest bin beyond 50 Hz from it, and where that is.
fn carrier_and_spur(heard: &[f64]) -> (f64, f64, f64) {
    let heard = &heard[heard.len() / 2..];
    let length = heard.len();
    let mut windowed: Vec<f64> = heard
        .iter()
        .enumerate()
        .map(|(frame, sample)| {
            let angle = std::f64::consts::TAU * frame as f64 / length as f64;
            // Blackman and Harris: side lobes of -92 dB.
            let window = 0.35875 - 0.48829 * libm::cos(angle) + 0.14128 * libm::cos(2.0 * angle)
                - 0.01168 * libm::cos(3.0 * angle);
            sample * window
        })
        .collect();
    let mut bins = vec![Default::default(); length / 2 + 1];
    RealFftPlanner::<f64>::new()
        .plan_fft_forward(length)
        .process(&mut windowed, &mut bins)
        .unwrap();
    let hz = |bin: usize| bin as f64 * RATE_HZ / length as f64;
    let strongest = |inside: bool| {
        let bins = bins.iter().enumerate();
        let bins = bins.filter(|(bin, _)| ((hz(*bin) - 1000.0).abs() <= 50.0) == inside);
        bins.map(|(bin, value)| (value.norm_sqr(), bin))
            .fold((0.0, 0), |best, it| if it.0 > best.0 { it } else { best })
    };
    let ((carrier, _), (spur, bin)) = (strongest(true), strongest(false));
    (carrier, spur, hz(bin))
}
