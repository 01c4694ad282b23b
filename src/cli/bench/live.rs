//! What playing takes of the time that a device gives.

use std::time::{Duration, Instant};

use super::Figure;
use crate::Result;
use crate::bench::{RATE_HZ, crowd_at_play};
use crate::layout::Layout;
use crate::live::LoadReading;

/// Frames that are asked for at once.
const FRAMES: usize = 256;

/// Objects that play.
const OBJECTS: usize = 128;

/// How long is played.
const SECONDS: usize = 20;

/// Plays in real time, as an interface would ask for it.
pub fn figures(layout: &Layout) -> Result<Vec<Figure>> {
    let (mut player, _readers) = crowd_at_play(OBJECTS, SECONDS, layout)?;
    player.prepare();
    let channels = layout.loudspeakers.len();
    let mut frames = vec![0.0; FRAMES * channels];
    let begun = Instant::now();
    for call in 0..SECONDS * RATE_HZ as usize / FRAMES {
        let due = Duration::from_secs_f64((call * FRAMES) as f64 / f64::from(RATE_HZ));
        std::thread::sleep(due.saturating_sub(begun.elapsed()));
        player.fill(&mut frames, channels);
    }
    let told = player.status().snapshot();
    let LoadReading { p50, p99, p999, max } = told.load;
    let name = |what: &str| format!("{OBJECTS} moving, {} and headphones: {what}", layout.name);
    let figure = |what: &str, value| Figure::new(name(what), value, "of the period");
    Ok(vec![
        figure("p50", p50),
        figure("p99", p99),
        figure("p99.9", p999),
        figure("max", max),
        Figure::new(name("missed reads"), told.missed_reads as f64, "blocks"),
    ])
}
