//! Levels: too high, too low, or brought up from far below.

use super::node::{Node, Role};
use super::ways::{UNHEARD_DB, is_all_wet};
use super::{Concern, Finding};
use crate::scene::Block;

/// The highest true peak of a target, in dBTP (EBU R 128).
const HIGHEST_TRUE_PEAK_DBTP: f64 = -1.0;

/// Less than this, in decibels, is rounding.
const ROUNDING_DB: f64 = 0.05;

/// The highest integrated loudness of a strip, in LUFS: what is louder leaves no room.
const HOTTEST_LUFS: f64 = -12.0;

/// The most that a trim or fader should raise, in decibels.
const LARGEST_BOOST_DB: f64 = 12.0;

/// What never rises above this, in LUFS over 3 s, nobody hears.
const QUIETEST_LUFS: f64 = -60.0;

pub fn check(node: &Node<'_>, nodes: &[Node<'_>], found: &mut Vec<Finding>) {
    found.extend(clipping(node));
    found.extend(too_hot(node));
    found.extend(large_boosts(node));
    if !node.is_unused(nodes) && !is_all_wet(node) {
        found.extend(too_quiet(node));
    }
}

fn clipping(node: &Node<'_>) -> Option<Finding> {
    let peak_dbfs = node.reading.sample_peak_dbfs?;
    let finding = |seen, advice: String| Some(node.finding(Concern::Clipping, seen, advice));
    if peak_dbfs > ROUNDING_DB {
        let less_db = peak_dbfs + 0.05;
        return match node.role {
            Role::Master => finding(
                format!("samples over full scale, up to {peak_dbfs:+.1} dBFS"),
                format!(
                    "a limiter in [master] with `ceiling_dbtp = -1`, or {:.1} dB less",
                    less_db + 1.0
                ),
            ),
            _ => finding(
                format!("peaks at {peak_dbfs:+.1} dBFS behind its fader"),
                format!("{less_db:.1} dB less at its trim or fader stays below 0 dBFS"),
            ),
        };
    }
    let true_peak_dbtp = node.reading.loudness.true_peak_dbtp?;
    if node.role == Role::Master && true_peak_dbtp > HIGHEST_TRUE_PEAK_DBTP + ROUNDING_DB {
        let less_db = true_peak_dbtp - HIGHEST_TRUE_PEAK_DBTP;
        return finding(
            format!("true peak of {true_peak_dbtp:+.1} dBTP"),
            format!(
                "at most -1: a limiter in [master] with `ceiling_dbtp = -1`, or {less_db:.1} dB less"
            ),
        );
    }
    None
}

fn too_hot(node: &Node<'_>) -> Option<Finding> {
    let lufs = node.reading.loudness.integrated_lufs?;
    let is_hot = node.role != Role::Master && lufs > HOTTEST_LUFS;
    let seen = format!("integrated loudness of {lufs:.1} LUFS");
    let advice = format!(
        "at most {HOTTEST_LUFS} leaves room for the others: {:.1} dB less",
        lufs - HOTTEST_LUFS
    );
    is_hot.then(|| node.finding(Concern::TooHot, seen, advice))
}

fn large_boosts<'a>(node: &'a Node<'_>) -> impl Iterator<Item = Finding> + 'a {
    let trim = node.strip.trim_db.as_ref().filter(|_| !node.strip.bypasses(Block::Trim));
    let trim_db = trim.map(|trim| trim.extremes().1);
    let levels = [("trim", trim_db), ("fader", Some(node.highest_fader_db))];
    levels.into_iter().filter_map(|(what, level_db)| {
        let level_db = level_db.filter(|it| *it > LARGEST_BOOST_DB)?;
        let seen = format!("its {what} raises by up to {level_db:+.1} dB");
        let advice = format!("at most {LARGEST_BOOST_DB} dB: begin with a louder source");
        Some(node.finding(Concern::LargeBoost, seen, advice))
    })
}

fn too_quiet(node: &Node<'_>) -> Option<Finding> {
    let finding = |seen, advice| Some(node.finding(Concern::TooQuiet, seen, advice));
    let Some(peak_dbfs) = node.reading.sample_peak_dbfs else {
        return finding("silent throughout".to_owned(), "leave it out, or find out why");
    };
    let advice = "leave it out, or raise it until it is heard";
    match node.reading.loudness.max_short_term_lufs {
        Some(lufs) if lufs <= QUIETEST_LUFS => {
            finding(format!("never above {lufs:.1} LUFS short-term"), advice)
        }
        // Low-frequency effects have no loudness.
        None if peak_dbfs <= UNHEARD_DB => {
            finding(format!("never above {peak_dbfs:.1} dBFS"), advice)
        }
        _ => None,
    }
}
