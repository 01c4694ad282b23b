//! A tour through the loudspeakers: each alone, in order, as loud as is asked for.

use cupola::identify::{Sound, Tour};
use cupola::layout::{self, Layout};
use cupola::live::{ChannelMap, Outlet, Player, Route, Setup};

const RATE_HZ: u32 = 48_000;

fn layout() -> Layout {
    layout::load("5.1").unwrap()
}

/// What the channels of a layout hear of a tour.
fn heard(layout: &Layout, tour: Tour) -> Vec<Vec<f32>> {
    let frames = tour.desk.frames;
    let outlets = vec![Outlet::new(layout, ChannelMap::in_order(layout))];
    let route = Route::once(0..frames);
    let setup = Setup { desk: tour.desk, route, outlets, ahead_s: 0.2, waits: true };
    let (mut player, _readers) = Player::new(setup).unwrap();
    player.prepare();
    let channels = layout.loudspeakers.len();
    let mut samples = vec![0.0; frames as usize * channels];
    player.fill(&mut samples, channels);
    let channel = |number: usize| samples.iter().skip(number).step_by(channels).copied().collect();
    (0..channels).map(channel).collect()
}

fn rms(samples: &[f32]) -> f64 {
    let power: f64 = samples.iter().map(|it| f64::from(*it) * f64::from(*it)).sum();
    libm::sqrt(power / samples.len() as f64)
}

/// How many stretches of sound there are: what is silent for 50 ms is a gap.
fn bursts(samples: &[f32]) -> usize {
    let loud: Vec<bool> =
        samples.chunks(2400).map(|it| it.iter().any(|sample| *sample != 0.0)).collect();
    loud.windows(2).filter(|it| !it[0] && it[1]).count() + usize::from(loud[0])
}

#[test]
fn every_loudspeaker_counts_its_channel_alone() {
    let layout = layout();
    let tour = Tour::new(&layout, None, Sound::Call { level_db: -20.0 }, RATE_HZ).unwrap();
    let stops = tour.stops.clone();
    let names: Vec<&str> = stops.iter().map(|stop| stop.name.as_str()).collect();
    assert_eq!(names, ["L", "R", "C", "LFE", "Ls", "Rs"]);
    assert_eq!(stops[3].sound, "60 Hz");
    let frames = tour.desk.frames;
    let heard = heard(&layout, tour);
    for (number, stop) in stops.iter().enumerate() {
        let end = stops.get(number + 1).map_or(frames, |next| next.begin);
        for (channel, samples) in heard.iter().enumerate() {
            let turn = &samples[stop.begin as usize..end as usize];
            let peak = turn.iter().fold(0.0_f32, |peak, it| peak.max(it.abs()));
            if channel == number {
                // A tone, and a beep for every number.
                assert_eq!(bursts(turn), 1 + number + 1, "{}", stop.name);
                assert!((f64::from(peak) - 0.1).abs() < 1e-3, "{}: {peak}", stop.name);
            } else {
                assert_eq!(peak, 0.0, "{} is heard in {channel}", stop.name);
            }
        }
    }
}

#[test]
fn noise_has_the_level_that_is_asked_for() {
    let layout = layout();
    let sound = Sound::Noise { level_db: -20.0, seconds: 6.0 };
    let only = ["LFE".to_owned(), "L".to_owned()];
    let tour = Tour::new(&layout, Some(&only), sound, RATE_HZ).unwrap();
    let stops = tour.stops.clone();
    assert_eq!(stops.iter().map(|it| it.loudspeaker).collect::<Vec<_>>(), [0, 3]);
    let heard = heard(&layout, tour);
    for (stop, band_hz) in stops.iter().zip([[500.0, 2000.0], [30.0, 80.0]]) {
        let begin = stop.begin as usize + 4800;
        // A whole period: there the level is exact, but for the rounding of f32.
        let turn = &heard[stop.loudspeaker][begin..begin + (1 << 18)];
        let level_db = 20.0 * libm::log10(rms(turn));
        assert!((level_db + 20.0).abs() < 0.001, "{}: {level_db}", stop.name);
        for (freq_hz, inside) in
            [(band_hz[0] * 0.9, false), (band_hz[0] * 1.2, true), (band_hz[1] * 1.1, false)]
        {
            assert_eq!(power_at(turn, freq_hz) > 1e-6, inside, "{}: {freq_hz} Hz", stop.name);
        }
    }
}

/// The power in a twentieth of an octave or so about a frequency.
fn power_at(samples: &[f32], freq_hz: f64) -> f64 {
    let length = samples.len() as f64;
    let first = (freq_hz * length / f64::from(RATE_HZ)) as usize;
    let bins = first..first + 8;
    let power = |bin: usize| {
        let (mut real, mut imaginary) = (0.0, 0.0);
        for (frame, sample) in samples.iter().enumerate() {
            let turns = (bin as f64 * frame as f64 / length).fract();
            let (sin, cos) = libm::sincos(std::f64::consts::TAU * turns);
            real += f64::from(*sample) * cos;
            imaginary += f64::from(*sample) * sin;
        }
        2.0 * (real * real + imaginary * imaginary) / (length * length)
    };
    bins.map(power).sum()
}

#[test]
fn a_loudspeaker_that_is_not_there_is_refused() {
    let only = ["Lss".to_owned()];
    let tour = Tour::new(&layout(), Some(&only), Sound::Call { level_db: -20.0 }, RATE_HZ);
    assert!(tour.err().unwrap().to_string().contains("L, R, C, LFE, Ls, Rs"));
}
