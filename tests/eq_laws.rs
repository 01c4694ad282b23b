//! The law of effects, kept by the equaliser.

#[path = "support/counting_allocator.rs"]
mod counting_allocator;
mod eq_support;
#[path = "support/spectrum.rs"]
mod spectrum;

use std::f64::consts::PI;

use counting_allocator::{CountingAllocator, calls};
use cupola::automation::{Automated, Curve, Envelope, Lfo, Shape};
use cupola::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use cupola::effect::{Band, Effect, EqSpec};
use eq_support::{Desk, bell, bundle, noise, output};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

const RATE_HZ: u32 = 48_000;

fn ramp(points: &[[f64; 2]]) -> Automated {
    Automated::Envelope(Envelope { points: points.to_vec(), curve: Curve::Linear })
}

fn swing(from: f64, to: f64) -> Automated {
    Automated::Lfo(Lfo { lfo: Shape::Sine, rate_hz: 3.0, from, to, phase_deg: 0.0 })
}

/// Ten lists of bands: short, long, none, still and moving.
fn crowd() -> Vec<Option<EqSpec>> {
    let highpass = Band::Highpass { freq_hz: 80.0.into(), slope_db_oct: 48 };
    let moving = Band::Bell { freq_hz: swing(200.0, 900.0), gain_db: 6.0.into(), q: 2.0.into() };
    let tilt = Band::Tilt { freq_hz: 700.0.into(), gain_db: swing(-6.0, 6.0) };
    let notch = Band::Notch { freq_hz: 50.0.into(), q: 10.0.into() };
    vec![
        Some(vec![bell(1000.0, 6.0, 1.0)]),
        None,
        Some(vec![highpass.clone(), moving, bell(3000.0, -4.0, 0.7)]),
        Some(vec![tilt]),
        Some(vec![]),
        Some(vec![notch.clone(), bell(100.0, 0.0, 1.0)]),
        None,
        Some(vec![bell(30.0, 12.0, 4.0), highpass, notch, bell(8000.0, 2.0, 1.0)]),
        Some(vec![bell(500.0, -12.0, 0.5)]),
        None,
    ]
}

/// Noise in every lane, with zeroes of both signs in it.
fn sound(seed: u64) -> impl FnMut() -> [Bundle; 2] {
    let mut noise = noise(seed);
    let mut sample = move || match noise() {
        value if value > 0.95 => -0.0,
        value if value > 0.9 => 0.0,
        value => value,
    };
    move || std::array::from_fn(|_| std::array::from_fn(|_| std::array::from_fn(|_| sample())))
}

#[test]
fn the_bits_of_a_lane_are_its_own() {
    let crowd = crowd();
    let lanes: Vec<Option<&EqSpec>> = crowd.iter().map(Option::as_ref).collect();
    let mut together = Desk::new(&lanes, RATE_HZ);
    let mut alone: Vec<Desk> = lanes.iter().map(|&lane| Desk::new(&[lane], RATE_HZ)).collect();
    let mut sound = sound(1);
    for quantum in 0..200 {
        let input = sound();
        let mut output = input;
        together.process(&mut output);
        for (lane, desk) in alone.iter_mut().enumerate() {
            let (row, place) = (lane / SIDE_BY_SIDE, lane % SIDE_BY_SIDE);
            let mut single = [bundle(|frame| input[row][frame][place])];
            desk.process(&mut single);
            for (expected, found) in single[0].iter().zip(&output[row]) {
                assert_eq!(expected[0].to_bits(), found[place].to_bits(), "lane {lane}, {quantum}");
            }
        }
    }
}

#[test]
fn lanes_without_bands_leave_as_they_came() {
    let crowd = crowd();
    let lanes: Vec<Option<&EqSpec>> = crowd.iter().map(Option::as_ref).collect();
    let mut desk = Desk::new(&lanes, RATE_HZ);
    let mut sound = sound(2);
    for _ in 0..50 {
        let mut input = sound();
        input[0][7][1] = f32::NAN;
        input[0][9][4] = f32::INFINITY;
        let mut output = input;
        desk.process(&mut output);
        for (row, lane) in [(0, 1), (0, 4), (0, 6), (1, 1), (1, 5)] {
            for (before, after) in input[row].iter().zip(&output[row]) {
                assert_eq!(before[lane].to_bits(), after[lane].to_bits(), "lane {lane} of {row}");
            }
        }
        assert_ne!(input[0][20][0], output[0][20][0]);
    }
}

/// A note of 30 Hz with a Q of 16 is the hardest to end.
#[test]
fn silence_after_sound_becomes_silence() {
    let bands = vec![
        bell(30.0, 12.0, 4.0),
        bell(20.0, 20.0, 10.0),
        Band::Highpass { freq_hz: 25.0.into(), slope_db_oct: 42 },
        Band::Lowpass { freq_hz: 9000.0.into(), slope_db_oct: 18 },
    ];
    for rate_hz in eq_support::RATES_HZ {
        let mut desk = Desk::new(&[Some(&bands), None], rate_hz);
        assert!(desk.eq.is_at_rest());
        desk.process(&mut [sound(3)()[0]]);
        assert!(!desk.eq.is_at_rest());
        while !desk.eq.is_at_rest() {
            desk.process(&mut [bundle(|_| 0.0)]);
            assert!(desk.quantum < 60 * u64::from(rate_hz) / QUANTUM as u64, "it rings on");
        }
        let mut lanes = [bundle(|_| 0.0)];
        desk.process(&mut lanes);
        assert!(lanes[0].iter().flatten().all(|sample| *sample == 0.0));
    }
}

#[test]
fn a_bad_sample_is_forgotten() {
    let bands = vec![bell(1000.0, 6.0, 1.0), bell(100.0, 6.0, 1.0)];
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX] {
        let mut desk = Desk::new(&[Some(&bands)], RATE_HZ);
        desk.process(&mut [bundle(|frame| if frame == 5 { bad } else { 0.5 })]);
        let mut lanes = [bundle(|_| 0.5)];
        for _ in 0..1500 {
            lanes = [bundle(|_| 0.5)];
            desk.process(&mut lanes);
        }
        assert!(lanes[0].iter().flatten().all(|sample| sample.is_finite()), "{bad} stays");
    }
}

/// What a quantum sounds like does not depend on whether silent ones before it were left out.
#[test]
fn silent_quanta_may_be_left_out() {
    let crowd = crowd();
    let lanes: Vec<Option<&EqSpec>> = crowd.iter().map(Option::as_ref).collect();
    let (mut all, mut some) = (Desk::new(&lanes, RATE_HZ), Desk::new(&lanes, RATE_HZ));
    for _ in 0..77 {
        all.process(&mut [[[0.0; SIDE_BY_SIDE]; QUANTUM]; 2]);
    }
    some.quantum = 77;
    let mut sound = sound(4);
    for _ in 0..50 {
        let (mut a, mut b) = {
            let input = sound();
            (input, input)
        };
        all.process(&mut a);
        some.process(&mut b);
        assert_eq!(a, b);
    }
}

#[test]
fn processing_allocates_nothing() {
    let crowd = crowd();
    let lanes: Vec<Option<&EqSpec>> = crowd.iter().map(Option::as_ref).collect();
    let mut desk = Desk::new(&lanes, RATE_HZ);
    let mut sound = sound(5)();
    let before = calls();
    for _ in 0..100 {
        desk.process(&mut sound);
        desk.quantum += desk.quantum % 3;
    }
    assert_eq!(calls() - before, 0, "the equaliser allocated while processing");
}

/// Levels arrive at the ends of quanta and go there in straight lines of the coefficients.
#[test]
fn moving_bands_arrive_where_still_ones_are() {
    let moving = Band::Bell {
        freq_hz: ramp(&[[0.0, 400.0], [0.5, 1000.0]]),
        gain_db: ramp(&[[0.0, -12.0], [0.5, 6.0]]),
        q: ramp(&[[0.0, 0.3], [0.5, 2.0]]),
    };
    let tone = |frame: usize| (2.0 * PI * 1000.0 * frame as f64 / 48_000.0).sin() as f32;
    let heard = output(&vec![moving], RATE_HZ, 750, tone);
    let still = output(&vec![bell(1000.0, 6.0, 2.0)], RATE_HZ, 750, tone);
    for (moved, still) in heard.iter().zip(&still).skip(40_000) {
        // A third of a second later what was different has died away; both are f32.
        assert!((moved - still).abs() < 1e-6, "{moved}, not {still}");
    }
}

/// A tone of 1 kHz while the bell on it goes from -6 to 6 dB in 100 ms and back, 0.8 seconds long.
/// What it should be is the tone under the bell's own gain at each moment; the rest are spurs.
fn swept(rate_hz: u32) -> (Vec<f64>, Vec<f64>) {
    let cycle = [[0.0, -6.0], [0.1, 6.0], [0.2, -6.0], [0.3, 6.0], [0.4, -6.0]];
    let gain_db = ramp(&cycle);
    let band = Band::Bell { freq_hz: 1000.0.into(), gain_db: gain_db.clone(), q: 1.0.into() };
    let rate = f64::from(rate_hz);
    let tone = |frame: usize| (2.0 * PI * 1000.0 * frame as f64 / rate).sin();
    let quanta = (0.4 * rate) as usize / QUANTUM;
    let heard = output(&vec![band], rate_hz, quanta, |frame| tone(frame) as f32);
    let under = |frame: usize| 10_f64.powf(gain_db.at(frame as f64 / rate) / 20.0) * tone(frame);
    let expected = (0..heard.len()).map(under).collect();
    (heard, expected)
}

#[test]
fn a_sweeping_bell_makes_no_spurs() {
    for rate_hz in eq_support::RATES_HZ {
        let (heard, expected) = swept(rate_hz);
        let (heard, expected) = (spectrum::amplitudes(&heard), spectrum::amplitudes(&expected));
        let carrier = spectrum::highest(&expected);
        let bin_hz = f64::from(rate_hz) / 2.0 / (heard.len() - 1) as f64;
        let mut worst: f64 = 0.0;
        for (bin, (found, expected)) in heard.iter().zip(&expected).enumerate() {
            // The side bands of the sweep itself lie within 500 Hz; beyond, there should be nothing.
            if (bin as f64 * bin_hz - 1000.0).abs() > 500.0 {
                worst = worst.max(found - expected);
            }
        }
        let spur = spectrum::decibels(worst / carrier);
        println!("{rate_hz} Hz: spurs of {spur} dBc");
        assert!(spur < -70.0, "{rate_hz} Hz: a spur of {spur} dBc");
    }
}
