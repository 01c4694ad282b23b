//! What headphones cost.

use std::env;
use std::path::Path;

use super::{BATCH, Figure, middle, speed_of_batches};
use crate::Result;
use crate::bench::{Ffmpeg, Reel, headphones, sofalizer};
use crate::layout::Layout;

/// Moving objects, and how many of them have filters of their own.
const CROWDS: [(usize, usize); 3] = [(32, 32), (128, 16), (128, 0)];

pub fn figures(layout: &Layout, runs: usize, set: Option<&Path>) -> Result<Vec<Figure>> {
    let mut figures = bed(layout, runs, set)?;
    for (objects, direct_lanes) in CROWDS {
        let mut reel = Reel::new(objects);
        let mut engine = headphones::objects(objects, direct_lanes, BATCH)?;
        let speeds = (0..=runs).map(|_| speed_of_batches(&mut engine, &mut reel)).collect();
        let name = format!("headphones: {objects} objects on orbits, {direct_lanes} direct");
        figures.push(Figure::new(name, middle(speeds), "x real time"));
    }
    Ok(figures)
}

/// A bed that lies still, against ffmpeg's filter for headphones where there is one, and a set of
/// responses for it to read.
fn bed(layout: &Layout, runs: usize, set: Option<&Path>) -> Result<Vec<Figure>> {
    let mut reel = Reel::new(layout.loudspeakers.len());
    let ffmpeg = match set {
        Some(_) => Ffmpeg::with(&reel, layout.mask(), &env::temp_dir())?,
        None => None,
    };
    if ffmpeg.is_none() {
        eprintln!(
            "to hold headphones against ffmpeg, it and a set of responses (--sofa) are needed"
        );
    }
    let mut engine = headphones::bed(layout, BATCH)?;
    let (mut speeds, mut theirs, mut of_ffmpeg) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..=runs {
        let mine = speed_of_batches(&mut engine, &mut reel);
        speeds.push(mine);
        let their = ffmpeg.as_ref().zip(set);
        let their = their.and_then(|(it, set)| it.speed(&sofalizer(set)));
        if let Some(their) = their {
            theirs.push(their);
            of_ffmpeg.push(mine / their);
        }
    }
    let name = format!("headphones: {} channels lying still", reel.lanes());
    let mut figures = Vec::new();
    if !theirs.is_empty() {
        figures.push(Figure::new(format!("{name}: ffmpeg"), middle(theirs), "x real time"));
    }
    let of_ffmpeg = (!of_ffmpeg.is_empty()).then(|| middle(of_ffmpeg));
    figures.push(Figure { of_ffmpeg, ..Figure::new(name, middle(speeds), "x real time") });
    Ok(figures)
}
