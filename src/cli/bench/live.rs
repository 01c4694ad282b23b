//! What playing takes of the time that a device gives.

use std::time::{Duration, Instant};

use super::Figure;
use crate::bench::{RATE_HZ, crowd_at_play};
use crate::layout::Layout;
use crate::live::{Load, LoadReading, Player};
use crate::{Error, Result};

/// Frames that are asked for at once.
const FRAMES: usize = 256;

/// Objects that play.
const OBJECTS: usize = 128;

/// How long they sound, and then how long there is silence.
const SECONDS: usize = 20;

/// Plays in real time, as an interface would ask for it: at the priority that the callbacks of
/// interfaces have, where the system grants it.
pub fn figures(layout: &Layout) -> Result<Vec<Figure>> {
    let (mut player, _readers) = crowd_at_play(OBJECTS, SECONDS, layout)?;
    player.prepare();
    let channels = layout.loudspeakers.len();
    // On a thread of its own: those that it starts would get the same priority.
    let played = std::thread::scope(|scope| scope.spawn(|| play(&mut player, channels)).join());
    let played = played.map_err(|_| Error::machine("playing broke down"))?;
    let priority = if played.is_at_real_time { "real-time" } else { "normal" };
    let LoadReading { p50, p99, p999, max } = played.sound.reading();
    let crowd = format!("{OBJECTS} moving, {} and headphones, {priority} priority", layout.name);
    let figure =
        |what: &str, value| Figure::new(format!("{crowd}: {what}"), value, "of the period");
    Ok(vec![
        figure("p50", p50),
        figure("p99", p99),
        figure("p99.9", p999),
        figure("max", max),
        figure("p50 in the silence after it", played.silence.reading().p50),
        Figure::new(
            format!("{crowd}: missed reads"),
            player.status().snapshot().missed_reads as f64,
            "blocks",
        ),
    ])
}

/// How long callbacks took.
struct Played {
    sound: Load,
    silence: Load,
    is_at_real_time: bool,
}

fn play(player: &mut Player, channels: usize) -> Played {
    let (sound, silence) = (Load::default(), Load::default());
    let is_at_real_time = ask_for_real_time();
    let mut frames = vec![0.0; FRAMES * channels];
    let period_s = FRAMES as f64 / f64::from(RATE_HZ);
    let calls = SECONDS * RATE_HZ as usize / FRAMES;
    let begun = Instant::now();
    for call in 0..2 * calls {
        let due = Duration::from_secs_f64(call as f64 * period_s);
        std::thread::sleep(due.saturating_sub(begun.elapsed()));
        let called = Instant::now();
        player.fill(&mut frames, channels);
        let load = if call < calls { &sound } else { &silence };
        load.note(called.elapsed(), period_s);
    }
    Played { sound, silence, is_at_real_time }
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
