//! A lane that goes round the head, against what is exact sample by sample.

mod binaural_support;

use std::sync::Arc;

use binaural_support::{RATE_HZ, SphericalHead, Tones, exactly};
use cupola::binaural::{
    DirectLane, DirectShop, EARS, Hearing, Kernel, Responses, Share, Summing, Table,
};
use cupola::block::{QUANTUM, SILENCE};
use cupola::hrtf::Set;
use cupola::space::unit_vector;

/// A lane that is heard as a function of the frame says.
fn render(
    head: &impl Responses,
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
        summing.hear(&share, &mut ears);
        share.clear();
        for (heard, ear) in heard.iter_mut().zip(ears) {
            heard.extend(ear.iter().map(|sample| f64::from(*sample)));
        }
    }
    heard
}

/// Once round the head in a second, a little above the ears.
fn circle(head: &impl Responses) -> impl Fn(f64) -> Hearing {
    move |frame| Hearing::far(head, &unit_vector(360.0 * frame / RATE_HZ, 10.0))
}

fn signal_to_noise_db(heard: &[f64], exact: &[f64]) -> f64 {
    let begin = 1000;
    let power = |samples: &mut dyn Iterator<Item = f64>| samples.map(|it| it * it).sum::<f64>();
    let noise = power(&mut heard.iter().zip(exact).skip(begin).map(|(a, b)| a - b));
    10.0 * libm::log10(power(&mut exact.iter().skip(begin).copied()) / noise)
}

/// The least signal-to-noise ratio of both ears, in dB.
fn noise_on_a_circle_db(head: &impl Responses) -> f64 {
    let frames = 24_000 / QUANTUM * QUANTUM;
    let signal = Tones::noise(60, 18_000.0);
    let heard = render(head, &signal, frames, circle(head));
    let lead = Kernel::LEAD_FRAMES as f64;
    let exact = exactly(head, &signal, lead, frames, circle(head));
    let of_ear = |ear: usize| signal_to_noise_db(&heard[ear], &exact[ear]);
    let found_db = (0..EARS).map(of_ear).fold(f64::INFINITY, f64::min);
    println!("noise: {found_db:.1} dB");
    found_db
}

/// The strongest spur of both ears beyond a distance in Hz from the tone, in dB of the carrier.
fn spur_dbc(head: &impl Responses, tone_hz: f64, beyond_hz: f64) -> f64 {
    let signal = Tones(vec![(tone_hz / RATE_HZ, 0.0, 0.5)]);
    let heard = render(head, &signal, 1 << 16, circle(head));
    let of_ear = |ear: &Vec<f64>| {
        let (carrier, spur, at_hz) = carrier_and_spur(ear, tone_hz, beyond_hz);
        let found_dbc = 10.0 * libm::log10(spur / carrier);
        println!("{tone_hz} Hz: {found_dbc:.1} dBc at {at_hz:.0} Hz");
        found_dbc
    };
    heard.iter().map(of_ear).fold(f64::NEG_INFINITY, f64::max)
}

#[test]
fn noise_on_a_circle_is_what_it_is_exactly() {
    assert!(noise_on_a_circle_db(&SphericalHead::new()) >= 60.0);
    assert!(noise_on_a_circle_db(&Set::built_in(RATE_HZ).unwrap()) >= 50.0);
}

#[test]
fn a_tone_on_a_circle_has_no_spurs() {
    let measured = Set::built_in(RATE_HZ).unwrap();
    // The Doppler shift is 2 Hz in a thousand; next to it is how the level changes, faster the shorter
    // the waves are.
    assert!(spur_dbc(&SphericalHead::new(), 1000.0, 100.0) <= -75.0);
    for tone_hz in [300.0, 1000.0, 4000.0, 10_000.0] {
        let beyond_hz = 100.0 + 0.02 * tone_hz;
        assert!(spur_dbc(&measured, tone_hz, beyond_hz) <= -65.0, "{tone_hz} Hz");
    }
}

/// The power of the tone, of the strongest bin beyond a distance from it, and where that is.
fn carrier_and_spur(heard: &[f64], tone_hz: f64, beyond_hz: f64) -> (f64, f64, f64) {
    let heard = &heard[heard.len() / 2..];
    let length = heard.len();
    let windowed = heard.iter().enumerate().map(|(frame, sample)| {
        let angle = std::f64::consts::TAU * frame as f64 / length as f64;
        // Blackman and Harris: side lobes of -92 dB.
        let window = 0.35875 - 0.48829 * libm::cos(angle) + 0.14128 * libm::cos(2.0 * angle)
            - 0.01168 * libm::cos(3.0 * angle);
        sample * window
    });
    let bins = fourier_oracle::forward(windowed.collect());
    let hz = |bin: usize| bin as f64 * RATE_HZ / length as f64;
    let strongest = |inside: bool| {
        let bins = bins.iter().enumerate();
        let bins = bins.filter(|(bin, _)| ((hz(*bin) - tone_hz).abs() <= beyond_hz) == inside);
        bins.map(|(bin, value)| (value.norm_sqr(), bin))
            .fold((0.0, 0), |best, it| if it.0 > best.0 { it } else { best })
    };
    let ((carrier, _), (spur, bin)) = (strongest(true), strongest(false));
    (carrier, spur, hz(bin))
}
