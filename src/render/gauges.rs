//! What is measured while a scene is rendered.

use serde::Serialize;

use super::{Span, Timeline};
use crate::block::{QUANTUM, Quantum};
use crate::engine::{Engine, Inputs, Strips};
use crate::layout::{Layout, Loudspeaker, MAX_CHANNELS};
use crate::loudness::{History, Meter, Results, weight};
use crate::units::amplitude_to_decibels;

/// The meters of a render: those of the targets, and those of the strips where they are wanted.
#[derive(Default)]
pub struct Gauges {
    targets: Vec<Gauge>,
    strips: Vec<Gauge>,
}

/// A meter, and how much was turned down before it.
struct Gauge {
    name: String,
    channels: Vec<String>,
    meter: Meter,
    timeline: Option<Timeline>,
    lowest_gain: f32,
    /// The same since the last moment of the timeline.
    recent_gain: f32,
    /// The sum of the squares of all samples, for the crest factor.
    energy: f64,
    latency_frames: usize,
    /// The frames that count, as they leave: late by the latency.
    span: Span,
}

/// How it is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Frames a second.
    pub rate_hz: u32,
    /// Whether it is noted over time.
    pub over_time: bool,
}

/// What is measured: a target or a strip.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// The names of its channels and what they weigh (see [`weight`]).
    pub channels: Vec<(String, f64)>,
}

/// What was measured of a target or a strip.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// Its name.
    pub name: String,
    /// Loudness and peaks.
    #[serde(flatten)]
    pub loudness: Results,
    /// The highest sample of any channel, in dBFS; none for silence.
    pub sample_peak_dbfs: Option<f64>,
    /// The highest sample over the root mean square of all channels, in decibels; none for silence.
    pub crest_db: Option<f64>,
    /// The most that its dynamics took, all together, in decibels, 0 or less.
    pub gain_reduction_db: f64,
    /// By how many frames it would be late, if that were not made up for.
    pub latency_frames: usize,
}

impl Measured {
    /// The channels of a layout, weighed by where they stand.
    #[must_use]
    pub fn layout(name: &str, layout: &Layout) -> Self {
        let weigh =
            |it: &Loudspeaker| (it.name.clone(), weight(it.azimuth_deg, it.elevation_deg, it.lfe));
        let channels = layout.loudspeakers.iter().map(weigh).collect();
        Self { name: name.to_owned(), channels }
    }
}

impl Gauges {
    /// Gauges for what an engine renders in a span: all of its targets, and these of its strips.
    #[must_use]
    pub fn new(
        engine: &Engine,
        targets: &[Measured],
        strips: &[Measured],
        span: &Span,
        settings: &Settings,
    ) -> Self {
        let gauge =
            |(measured, late): (&Measured, usize)| Gauge::new(measured, late, span, settings);
        let targets = targets.iter().enumerate().map(|(at, it)| (it, engine.latency_frames(at)));
        let strips =
            strips.iter().enumerate().map(|(at, it)| (it, engine.strip_latency_frames(at)));
        Self { targets: targets.map(gauge).collect(), strips: strips.map(gauge).collect() }
    }

    /// Whether strips are listened to.
    #[must_use]
    pub fn hears_strips(&self) -> bool {
        !self.strips.is_empty()
    }

    /// Listens to the targets in the quanta of the last call, of which the first has that number.
    pub fn hear_targets(&mut self, engine: &Engine, first: u64, quanta: usize) {
        for (target, gauge) in self.targets.iter_mut().enumerate() {
            for quantum in 0..quanta {
                let gain = engine.output_gain(target, quantum);
                gauge.hear(first + quantum as u64, gain, engine.output(target, quantum));
            }
        }
    }

    /// Listens to the strips in the quanta of a pass, of which the first has that number.
    pub fn hear_strips<I: Inputs>(&mut self, strips: &Strips<'_, I>, first: u64, quanta: usize) {
        let mut channels = [[0.0; QUANTUM]; MAX_CHANNELS];
        for (strip, gauge) in self.strips.iter_mut().enumerate() {
            let count = gauge.channels.len();
            for quantum in 0..quanta {
                let number = first + quantum as u64;
                for (lane, channel) in channels[..count].iter_mut().enumerate() {
                    strips.behind_fader(strip, lane, quantum, number, channel);
                }
                gauge.hear(number, strips.lowest_gain(strip, quantum), &channels[..count]);
            }
        }
    }

    /// What was measured of the targets and of the strips over time, where that was asked for.
    #[must_use]
    pub fn timelines(&mut self) -> (Vec<Timeline>, Vec<Timeline>) {
        let all = |gauges: &mut [Gauge]| {
            gauges.iter_mut().filter_map(|gauge| gauge.timeline.take()).collect()
        };
        (all(&mut self.targets), all(&mut self.strips))
    }

    /// What was measured of the targets and of the strips.
    #[must_use]
    pub fn readings(&self) -> (Vec<Reading>, Vec<Reading>) {
        let all = |gauges: &[Gauge]| gauges.iter().map(Gauge::reading).collect();
        (all(&self.targets), all(&self.strips))
    }
}

impl Gauge {
    fn new(measured: &Measured, late: usize, span: &Span, settings: &Settings) -> Self {
        let weights: Vec<f64> = measured.channels.iter().map(|(_, weight)| *weight).collect();
        let rate_hz = settings.rate_hz;
        let timeline = settings.over_time.then(|| Timeline {
            name: measured.name.clone(),
            file: None,
            history: History::with_room(span.len(), rate_hz),
            gains: Vec::new(),
        });
        Self {
            name: measured.name.clone(),
            channels: measured.channels.iter().map(|(name, _)| name.clone()).collect(),
            meter: Meter::new(&weights, rate_hz),
            timeline,
            lowest_gain: 1.0,
            recent_gain: 1.0,
            energy: 0.0,
            latency_frames: late,
            span: span.later(late as u64),
        }
    }

    fn hear(&mut self, number: u64, lowest_gain: f32, channels: &[Quantum]) {
        let part = self.span.part_of(number);
        if part.is_empty() {
            return;
        }
        self.lowest_gain = self.lowest_gain.min(lowest_gain);
        let mut slices: [&[f32]; MAX_CHANNELS] = [&[]; MAX_CHANNELS];
        for (slice, channel) in slices.iter_mut().zip(channels) {
            *slice = &channel[part.clone()];
            self.energy += energy(slice);
        }
        let slices = &slices[..channels.len()];
        let Some(timeline) = &mut self.timeline else { return self.meter.push(slices) };
        timeline.history.listen(&mut self.meter, slices);
        self.recent_gain = self.recent_gain.min(lowest_gain);
        if timeline.gains.len() < timeline.history.moments().len() {
            timeline.gains.push(self.recent_gain);
            self.recent_gain = 1.0;
        }
    }

    fn reading(&self) -> Reading {
        let loudness = self.meter.results(&self.channels);
        let peaks = loudness.channels.iter().filter_map(|channel| channel.sample_peak_dbfs);
        let samples = self.meter.frames() as f64 * self.channels.len() as f64;
        let mean_square_db = 10.0 * libm::log10(self.energy / samples.max(1.0));
        let sample_peak_dbfs = peaks.reduce(f64::max);
        let crest_db = sample_peak_dbfs.map(|peak_db| peak_db - mean_square_db);
        Reading {
            name: self.name.clone(),
            sample_peak_dbfs,
            crest_db,
            gain_reduction_db: amplitude_to_decibels(f64::from(self.lowest_gain)),
            latency_frames: self.latency_frames,
            loudness,
        }
    }
}

/// The sum of the squares of samples: eight sums side by side, which one after the other would wait
/// for each other.
fn energy(samples: &[f32]) -> f64 {
    let square = |sample: &f32| f64::from(*sample) * f64::from(*sample);
    let (eights, rest) = samples.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for eight in eights {
        for (sum, sample) in sums.iter_mut().zip(eight) {
            *sum += square(sample);
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(square).sum::<f64>()
}
