//! What playing takes of the time that a device gives.

use std::time::{Duration, Instant};

use super::Figure;
use crate::bench::{RATE_HZ, crowd_at_play};
use crate::layout::Layout;
use crate::live::{LoadReading, Player};
use crate::{Error, Result};

/// Frames that are asked for at once.
const FRAMES: usize = 256;

/// Objects that play.
const OBJECTS: usize = 128;

/// How long is played.
const SECONDS: usize = 20;

/// Plays in real time, as an interface would ask for it: at the priority that the callbacks of
/// interfaces have, where the system grants it.
pub fn figures(layout: &Layout) -> Result<Vec<Figure>> {
    let (mut player, _readers) = crowd_at_play(OBJECTS, SECONDS, layout)?;
    player.prepare();
    let channels = layout.loudspeakers.len();
    // On a thread of its own: those that it starts would get the same priority.
    let played = std::thread::scope(|scope| scope.spawn(|| play(&mut player, channels)).join());
    let is_granted = played.map_err(|_| Error::machine("playing broke down"))?;
    let priority = if is_granted { "real-time" } else { "normal" };
    let told = player.status().snapshot();
    let LoadReading { p50, p99, p999, max } = told.load;
    let crowd = format!("{OBJECTS} moving, {} and headphones, {priority} priority", layout.name);
    let figure =
        |what: &str, value| Figure::new(format!("{crowd}: {what}"), value, "of the period");
    Ok(vec![
        figure("p50", p50),
        figure("p99", p99),
        figure("p99.9", p999),
        figure("max", max),
        Figure::new(format!("{crowd}: missed reads"), told.missed_reads as f64, "blocks"),
    ])
}

/// Whether it was at real-time priority.
fn play(player: &mut Player, channels: usize) -> bool {
    let is_granted = ask_for_real_time();
    let mut frames = vec![0.0; FRAMES * channels];
    let begun = Instant::now();
    for call in 0..SECONDS * RATE_HZ as usize / FRAMES {
        let due = Duration::from_secs_f64((call * FRAMES) as f64 / f64::from(RATE_HZ));
        std::thread::sleep(due.saturating_sub(begun.elapsed()));
        player.fill(&mut frames, channels);
    }
    is_granted
}

/// Whether this thread goes before all others from now on.
#[cfg(unix)]
fn ask_for_real_time() -> bool {
    use thread_priority::unix::{
        RealtimeThreadSchedulePolicy, ThreadSchedulePolicy, set_thread_priority_and_policy,
        thread_native_id,
    };
    use thread_priority::{ThreadPriority, ThreadPriorityValue};
    // That of JACK's callbacks.
    let Ok(priority) = ThreadPriorityValue::try_from(10_u8) else { return false };
    let policy = ThreadSchedulePolicy::Realtime(RealtimeThreadSchedulePolicy::Fifo);
    let priority = ThreadPriority::Crossplatform(priority);
    set_thread_priority_and_policy(thread_native_id(), priority, policy).is_ok()
}

#[cfg(not(unix))]
fn ask_for_real_time() -> bool {
    false
}
