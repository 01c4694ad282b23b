//! What a desk costs, part by part and as a whole.

use super::{BATCH, Figure, middle, speed, speed_of_batches};
use crate::Result;
use crate::bench::{Ffmpeg, LimiterAlone, MeterAlone, Reel, ReverbAlone, desk, mastering};
use crate::block::SILENCE;
use crate::engine::Engine;
use crate::layout::Layout;

/// Where the peaks are that come to a limiter.
const PEAKS: [&str; 2] = ["below the ceiling", "above the ceiling"];

/// The amplitudes of white noise with its peaks there.
const AMPLITUDES: [f32; 2] = [0.25, 1.0];

/// Strips that are sent to a reverb, in the scene that has many.
const SENDS: usize = 40;

pub fn figures(layout: &Layout, runs: usize) -> Result<Vec<Figure>> {
    let mut figures = mastered_beds(layout, runs)?;
    let mut reel = Reel::new(128);
    let mut strips = desk::strips(128, layout, BATCH)?;
    let speeds = (0..=runs).map(|_| speed_of_batches(&mut strips, &mut reel)).collect();
    let name = "128 objects, each 4 bands and a compressor";
    figures.push(Figure::new(name, middle(speeds), "x real time"));
    figures.extend(sends(layout, runs, &mut reel)?);
    figures.extend(parts(layout, runs, &reel));
    Ok(figures)
}

/// A bed through six bands, a compressor and a limiter, against ffmpeg where there is one.
fn mastered_beds(layout: &Layout, runs: usize) -> Result<Vec<Figure>> {
    let mut reel = Reel::new(layout.loudspeakers.len());
    let ffmpeg = Ffmpeg::with(&reel, 0, &std::env::temp_dir())?;
    if ffmpeg.is_none() {
        eprintln!("there is no ffmpeg to hold the desk against");
    }
    let mut figures = Vec::new();
    for (peaks, makeup_db) in PEAKS.into_iter().zip(desk::MAKEUPS_DB) {
        let mut engine = desk::mastered_bed(layout, makeup_db, BATCH)?;
        let (mut speeds, mut theirs, mut of_ffmpeg) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..=runs {
            let mine = speed_of_batches(&mut engine, &mut reel);
            speeds.push(mine);
            if let Some(their) = ffmpeg.as_ref().and_then(|it| it.speed(&mastering(makeup_db))) {
                theirs.push(their);
                of_ffmpeg.push(mine / their);
            }
        }
        let name = format!("{} channels mastered, {peaks}", reel.lanes());
        if !theirs.is_empty() {
            let name = format!("{name}: ffmpeg");
            figures.push(Figure::new(name, middle(theirs), "x real time"));
        }
        let of_ffmpeg = (!of_ffmpeg.is_empty()).then(|| middle(of_ffmpeg));
        figures.push(Figure { of_ffmpeg, ..Figure::new(name, middle(speeds), "x real time") });
    }
    Ok(figures)
}

/// Many sends to a reverb, against one and as many gains.
fn sends(layout: &Layout, runs: usize, reel: &mut Reel) -> Result<Vec<Figure>> {
    let mut many = desk::sends(SENDS, SENDS, layout, BATCH)?;
    let mut one = desk::sends(SENDS, 1, layout, BATCH)?;
    let gains = [0.1; SENDS];
    let mut sum = SILENCE;
    let (mut speeds, mut shares) = (Vec::new(), Vec::new());
    for _ in 0..=runs {
        let mut time = |engine: &mut Engine| 1.0 / speed_of_batches(engine, reel);
        let (many, one) = (time(&mut many), time(&mut one));
        let summing = 1.0 / speed(|quantum| desk::sum_of_gains(reel, quantum, &gains, &mut sum));
        speeds.push(1.0 / many);
        shares.push(many / (one + summing));
    }
    Ok(vec![
        Figure::new(
            format!("{SENDS} objects, all sent to one reverb"),
            middle(speeds),
            "x real time",
        ),
        Figure::new(
            format!("the same against one sent and {SENDS} gains"),
            middle(shares),
            "of the time",
        ),
    ])
}

/// A limiter, a reverb and a meter, each on its own.
fn parts(layout: &Layout, runs: usize, reel: &Reel) -> Vec<Figure> {
    let channels = layout.loudspeakers.len();
    let figure = |name: String, work: &mut dyn FnMut(u64)| {
        let speeds = (0..=runs).map(|_| speed(&mut *work)).collect();
        Figure::new(name, middle(speeds), "x real time")
    };
    let mut figures = Vec::new();
    for (how, amplitude) in PEAKS.into_iter().zip(AMPLITUDES) {
        let mut limiter = LimiterAlone::new(reel, channels, amplitude);
        let name = format!("limiter alone, {channels} channels {how}");
        figures.push(figure(name, &mut |quantum| limiter.process(quantum)));
    }
    let mut reverb = ReverbAlone::new();
    let work = &mut |quantum| reverb.process(reel, quantum);
    figures.push(figure(format!("reverb alone, {} outputs", desk::OUTPUTS), work));
    let mut meter = MeterAlone::new(layout);
    let work = &mut |quantum| meter.process(reel, quantum);
    figures.push(figure(format!("meter alone, {channels} channels"), work));
    figures
}
