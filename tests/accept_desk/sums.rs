//! What is mixed adds up, whatever it goes through.

use super::{alike, noise, on, sum};

/// Everything that is linear: equalisers, sends, a reverb, echoes, a bus in a bus.
const DESK: &str = r#"
[[bus]]
name = "inner"
layout = "5.1"
bus = "outer"
gain_db = -2
eq = [{ type = "low_shelf", freq_hz = 200, gain_db = 3 }]
sends = [{ to = "hall", gain_db = -12 }]

[[bus]]
name = "outer"
layout = "7.1.4"
eq = [{ type = "high_shelf", freq_hz = 6000, gain_db = -3 }]

[[return]]
name = "hall"
reverb = { rt60_s = 0.6, predelay_ms = 5, modulation_ms = 1 }
bus = "outer"

[[return]]
name = "slap"
echo = { time_ms = 31, feedback = 0.4, lowpass_hz = 6000, ping_pong = true }
"#;

fn one(more: &str) -> String {
    let settings = "position = { azimuth_deg = 70, elevation_deg = 20 }\nbus = \"inner\"\n\
                    trim_db = 2\neq = [{ type = \"bell\", freq_hz = 900, gain_db = -4 }]\n\
                    sends = [{ to = \"slap\", gain_db = -6 }]\n";
    noise("one", 1, &format!("{settings}{more}"))
}

fn other(more: &str) -> String {
    let settings = "macro = { type = \"orbit\", turns_per_s = 1 }\ndelay_ms = 3\n\
                    eq = [{ type = \"highpass\", freq_hz = 100 }]\n\
                    sends = [{ to = \"hall\", gain_db = -8, pre_fader = true }]\n";
    noise("other", 2, &format!("{settings}{more}"))
}

fn scene(parts: &[&str]) -> String {
    format!("duration_s = 0.4\n{}", parts.concat())
}

#[test]
fn two_are_the_sum_of_each() {
    let both = on("7.1.4", &scene(&[&one(""), &other(""), DESK]));
    let first = on("7.1.4", &scene(&[&one(""), &other("mute = true"), DESK]));
    let second = on("7.1.4", &scene(&[&one("mute = true"), &other(""), DESK]));
    alike(&both, &sum(&first, &second, 1.0));
}

#[test]
fn the_order_in_the_file_does_not_matter() {
    let forth = on("5.1", &scene(&[&one(""), &other(""), DESK]));
    let mut parts: Vec<String> = DESK.split("\n\n").map(|part| format!("{part}\n")).collect();
    parts.extend([one(""), other("")]);
    parts.reverse();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    alike(&forth, &on("5.1", &scene(&parts)));
}

/// A bus of the target's layout, at unity, is a wire.
#[test]
fn a_bus_at_unity_changes_nothing() {
    let scene = |bus: &str, layout: &str| {
        let moving = "spread_deg = 30\nmacro = { type = \"orbit\", turns_per_s = 2 }\n";
        let pan = noise("one", 1, &format!("{moving}{bus}")) + &noise("other", 2, bus);
        let bed = format!(
            "[[bed]]\nname = \"bed\"\nlayout = \"5.1\"\nchannels = [\"L\", \"LFE\", \"Rs\"]\n{bus}\n\
             signal = {{ type = \"pink-noise\", level_db = -20, seed = 3 }}\n"
        );
        let bus = format!("[[bus]]\nname = \"sub\"\nlayout = \"{layout}\"\n");
        scene(&[&pan, &bed, &bus])
    };
    for layout in ["stereo", "5.1", "7.1.4"] {
        let direct = on(layout, &scene("", layout));
        alike(&direct, &on(layout, &scene("bus = \"sub\"\n", layout)));
    }
}
