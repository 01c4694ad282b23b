//! Gain staging: every finding in a scene that has it, and not in its twin that has not.

#[path = "support/command.rs"]
mod command;
#[path = "support/desk.rs"]
mod desk;
#[path = "support/heard.rs"]
mod heard;

use std::fs;

use command::cupola;
use cupola::render::{Concern, Finding, levels};
use heard::Blind;
use serde_json::Value;

/// What is found in a scene on stereo.
fn findings(text: &str) -> Vec<Finding> {
    let targets: Vec<_> = desk::layouts(&["stereo"]).into_iter().map(Into::into).collect();
    let scene = desk::scene(&format!("duration_s = 1\n{text}"));
    levels(&scene.scene, &targets, &mut Blind).unwrap().findings
}

/// An object of pink noise, and what else is written of it.
fn noise(name: &str, level_db: f64, more: &str) -> String {
    format!(
        "[[object]]\nname = \"{name}\"\n\
         signal = {{ type = \"pink-noise\", level_db = {level_db}, seed = 1 }}\n{more}\n"
    )
}

/// Asserts that just one thing is found of a node, which says `figure`, and nothing in the twin.
#[track_caller]
fn tells_apart(concern: Concern, node: &str, figure: &str, guilty: &str, innocent: &str) {
    let found = findings(guilty);
    assert!(found.len() == 1, "{found:#?}");
    assert_eq!((found[0].concern, found[0].node.as_str()), (concern, node), "{found:#?}");
    let line = found[0].to_string();
    assert!(line.starts_with(&format!("{node}: ")) && line.contains(figure), "{line}");
    assert!(!found[0].advice.is_empty() && line.lines().count() == 1, "{line}");
    let twin = findings(innocent);
    assert!(twin.is_empty(), "the twin: {twin:#?}");
}

/// The same with settings of one object of noise at -30 dB.
#[track_caller]
fn settings(concern: Concern, figure: &str, guilty: &str, innocent: &str) {
    let scene = |more| noise("lead", -30.0, more);
    tells_apart(concern, "lead", figure, &scene(guilty), &scene(innocent));
}

/// Clicks are high and yet not loud; turned down on a bus it does no harm there.
#[test]
fn strips_clip_behind_their_faders() {
    let clicks = |gain_db: f64| {
        format!(
            "[[bus]]\nname = \"group\"\ngain_db = -20\n[[object]]\nname = \"click\"\n\
             bus = \"group\"\ngain_db = {gain_db}\n\
             signal = {{ type = \"clicks\", rate_hz = 100, level_db = -3 }}\n"
        )
    };
    tells_apart(Concern::Clipping, "click", "+2.0 dBFS", &clicks(5.0), &clicks(2.0));
}

#[test]
fn targets_have_a_true_peak_of_minus_1_at_most() {
    let click = |level_db: f64, master: &str| {
        format!(
            "[[bed]]\nname = \"click\"\nlayout = \"stereo\"\nchannels = [\"L\"]\n{master}\
             signal = {{ type = \"clicks\", rate_hz = 2, level_db = {level_db} }}\n"
        )
    };
    let limited = "[master.limiter]\nceiling_dbtp = -1\n";
    let limited = click(-0.5, "") + limited;
    tells_apart(Concern::Clipping, "stereo", "dBTP", &click(-0.5, ""), &limited);
    let over = click(-3.0, "") + "[master]\ngain_db = 4\n";
    let under = click(-3.0, "") + "[master]\ngain_db = 1\n";
    tells_apart(Concern::Clipping, "stereo", "over full scale, up to +1.0 dBFS", &over, &under);
}

#[test]
fn hot_strips_leave_no_room() {
    let tone = |level_db: f64| {
        format!(
            "[[object]]\nname = \"tone\"\nbus = \"group\"\n\
             signal = {{ type = \"tone\", freq_hz = 1000, level_db = {level_db} }}\n\
             [[bus]]\nname = \"group\"\nlayout = \"stereo\"\ngain_db = -10\n"
        )
    };
    // A sine of -6 dBFS in one channel has -9 LUFS, by the standard's definition.
    tells_apart(Concern::TooHot, "tone", "-9.0 LUFS", &tone(-6.0), &tone(-10.0));
}

#[test]
fn boosts_are_large_above_12_db() {
    let scene = |more: &str| noise("lead", -50.0, more);
    let boost = |figure: &str, guilty: &str, innocent: &str| {
        tells_apart(Concern::LargeBoost, "lead", figure, &scene(guilty), &scene(innocent));
    };
    boost("trim raises by up to +15.0 dB", "trim_db = 15", "trim_db = 12");
    boost("fader raises by up to +13.0 dB", "gain_db = 13", "gain_db = 12");
    let ride = "gain_db = { points = [[0, 0], [1, 14]] }";
    boost("+14.0 dB", ride, "gain_db = { points = [[0, 0], [1, 11]] }");
    let group = |gain_db| {
        format!("gain_db = 8\n[[group]]\nname = \"all\"\nmembers = [\"lead\"]\ngain_db = {gain_db}")
    };
    boost("+14.0 dB", &group(6), &group(3));
}

#[test]
fn what_is_never_above_minus_60_lufs_is_too_quiet() {
    let two = |level_db| noise("lead", -30.0, "") + &noise("hush", level_db, "");
    tells_apart(Concern::TooQuiet, "hush", "LUFS short-term", &two(-70.0), &two(-40.0));
    let late = |start_s: f64| {
        noise("lead", -30.0, "") + &noise("hush", -30.0, &format!("start_s = {start_s}"))
    };
    tells_apart(Concern::TooQuiet, "hush", "silent", &late(1.5), &late(0.0));
    let effects = |level_db: f64| {
        noise("lead", -30.0, "")
            + &format!(
                "[[bed]]\nname = \"low\"\nlayout = \"5.1\"\nchannels = [\"LFE\"]\n\
                 signal = {{ type = \"tone\", freq_hz = 50, level_db = {level_db} }}\n"
            )
    };
    tells_apart(Concern::TooQuiet, "low", "-70.0 dBFS", &effects(-70.0), &effects(-20.0));
}

#[test]
fn eq_moves_are_large_beyond_6_db() {
    let bell =
        |gain_db: f64| format!("eq = [{{ type = \"bell\", freq_hz = 320, gain_db = {gain_db} }}]");
    settings(Concern::LargeEqMove, "bell at 320 Hz: +9.0 dB", &bell(9.0), &bell(6.0));
    settings(Concern::LargeEqMove, "-6.5 dB", &bell(-6.5), &bell(-6.0));
    let ride = |to| {
        format!(
            "eq = [{{ type = \"high_shelf\", freq_hz = 5000, gain_db = {{ points = [[0, 0], [1, {to}]] }} }}]"
        )
    };
    settings(Concern::LargeEqMove, "high shelf at 5000 Hz: -12.0 dB", &ride(-12), &ride(-5));
    settings(Concern::LargeEqMove, "+9.0 dB", &bell(9.0), &(bell(9.0) + "\nbypass = [\"eq\"]"));
}

#[test]
fn filters_that_do_nothing_are_idle() {
    let idle = |figure: &str, guilty: &str, innocent: &str| {
        let eq = |band: &str| format!("eq = [{{ {band} }}]");
        settings(Concern::IdleFilter, figure, &eq(guilty), &eq(innocent));
    };
    let low_pass = "low-pass at 22000 Hz";
    idle(low_pass, "type = \"lowpass\", freq_hz = 22000", "type = \"lowpass\", freq_hz = 16000");
    idle(
        "high-pass at 3 Hz",
        "type = \"highpass\", freq_hz = 3",
        "type = \"highpass\", freq_hz = 30",
    );
    let bell =
        |gain_db: f64| format!("type = \"bell\", freq_hz = 733, gain_db = {gain_db}, q = 90");
    idle("bell at 733 Hz", &bell(0.0), &bell(-1.0));
    let shelf = |gain_db: f64| format!("type = \"low_shelf\", freq_hz = 90, gain_db = {gain_db}");
    idle("low shelf at 90 Hz", &shelf(0.05), &shelf(0.5));
    let moving = "type = \"bell\", freq_hz = 500, gain_db = { points = [[0, 0], [1, 3]] }";
    idle("bell at 733 Hz", &bell(0.05), moving);
}

#[test]
fn dynamics_work_neither_never_nor_too_hard() {
    let compressor = |threshold_db: f64, ratio: f64| {
        format!("compressor = {{ threshold_db = {threshold_db}, ratio = {ratio} }}")
    };
    let never = "compressor never works: 0.0 dB";
    settings(Concern::IdleDynamics, never, &compressor(0.0, 4.0), &compressor(-35.0, 2.0));
    let hard = "compressor takes up to";
    settings(Concern::HardDynamics, hard, &compressor(-60.0, 20.0), &compressor(-35.0, 2.0));
    let limiter = |ceiling_dbtp: f64| format!("limiter = {{ ceiling_dbtp = {ceiling_dbtp} }}");
    settings(Concern::IdleDynamics, "limiter never works", &limiter(-1.0), &limiter(-24.0));
    // A gate is shut before anything is heard, unless it may take nothing.
    let gate = |range_db: f64| format!("gate = {{ threshold_db = -90, range_db = {range_db} }}");
    let shut = "gate = { threshold_db = -35, range_db = -40 }\ngain_db = 3";
    settings(Concern::IdleDynamics, "gate never works", &gate(0.0), shut);
    let by = compressor(0.0, 4.0);
    settings(Concern::IdleDynamics, never, &by, &(by.clone() + "\nbypass = [\"compressor\"]"));
}

/// A limiter of a master is a guard: that it has nothing to do is well; a compressor is not.
#[test]
fn masters_may_have_idle_limiters() {
    let master = |dynamics: &str| noise("lead", -30.0, "") + &format!("[master]\n{dynamics}\n");
    let compressor = master("compressor = { threshold_db = 0, ratio = 2 }");
    let limiter = master("limiter = { ceiling_dbtp = -1 }");
    tells_apart(Concern::IdleDynamics, "stereo", "compressor never works", &compressor, &limiter);
}

const HALL: &str = "[[return]]\nname = \"hall\"\nreverb = { rt60_s = 0.3 }\n";

/// Two that send to a hall: `lead` as it should, `pad` as is said.
fn senders(pad: &str, hall: &str) -> String {
    let lead = "sends = [{ to = \"hall\", gain_db = -10 }]";
    noise("lead", -30.0, lead) + &noise("pad", -30.0, pad) + HALL + hall
}

#[test]
fn sends_into_silence_are_lost() {
    let send = |gain_db: f64| format!("sends = [{{ to = \"hall\", gain_db = {gain_db} }}]");
    let lost = |figure: &str, guilty: &str, innocent: &str| {
        tells_apart(Concern::LostSend, "pad", figure, guilty, innocent);
    };
    lost("never above -80.0 dB", &senders(&send(-80.0), ""), &senders(&send(-20.0), ""));
    let muted = noise("pad", -30.0, &send(-10.0)) + HALL + "mute = true\n";
    lost("hall, which is muted", &muted, &senders(&send(-20.0), ""));
    let silent = senders(&(send(-20.0) + "\nstart_s = 2"), "");
    let found = findings(&silent);
    let concerns: Vec<Concern> = found.iter().map(|finding| finding.concern).collect();
    assert_eq!(concerns, [Concern::TooQuiet, Concern::LostSend], "{found:#?}");
    assert!(found[1].to_string().starts_with("pad: sends to hall, but is silent"), "{found:#?}");
}

#[test]
fn what_is_heard_by_its_sends_only_is_all_wet() {
    let pad = |gain_db: f64, pre_fader: bool| {
        let send = format!("{{ to = \"hall\", gain_db = -10, pre_fader = {pre_fader} }}");
        senders(&format!("gain_db = {gain_db}\nsends = [{send}]"), "")
    };
    let seen = "fader is at -120.0 dB";
    tells_apart(Concern::AllWet, "pad", seen, &pad(-120.0, true), &pad(-6.0, true));
    let found = findings(&pad(-120.0, false));
    assert!(found.iter().all(|finding| finding.concern == Concern::TooQuiet), "{found:#?}");
}

#[test]
fn returns_and_buses_are_for_something() {
    let lead = noise("lead", -30.0, "");
    let unused = format!("{lead}{HALL}");
    tells_apart(Concern::UnusedReturn, "hall", "nothing that is heard", &unused, &senders("", ""));
    let bus = "[[bus]]\nname = \"group\"\n";
    let used = noise("lead", -30.0, "bus = \"group\"") + bus;
    let unused = format!("{lead}{bus}");
    tells_apart(Concern::UnusedBus, "group", "nothing that is heard", &unused, &used);
}

/// A scene with a fault, in a folder.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("duration_s = 0.5\n{}", noise("lead", -30.0, "trim_db = 13") + HALL);
    fs::write(folder.path().join("s.toml"), text).unwrap();
    folder
}

#[test]
fn check_lists_every_node_and_writes_nothing() {
    let folder = folder();
    let ran = cupola(folder.path(), "check s.toml --levels --to stereo --to 5.1");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for word in ["lead", "hall", "stereo", "5.1", "dBFS", "dBTP", "LUFS", "crest"] {
        assert!(ran.printed.contains(word), "no {word} in {}", ran.printed);
    }
    assert!(ran.printed.contains("\n  lead: its trim raises by up to +13.0 dB; "), "{ran:?}");
    assert!(ran.printed.contains("\n  hall: nothing that is heard sends"), "{ran:?}");
    let ran = cupola(folder.path(), "check s.toml --levels --json");
    let told: Value = serde_json::from_str(&ran.printed).unwrap();
    let levels = &told["levels"];
    assert_eq!(levels["targets"][0]["name"], "7.1.4");
    assert_eq!(levels["strips"][1]["name"], "hall");
    let lead = &levels["strips"][0];
    for key in ["sample_peak_dbfs", "true_peak_dbtp", "integrated_lufs", "max_short_term_lufs"] {
        assert!(lead[key].is_f64(), "{key}: {lead}");
    }
    assert!(lead["crest_db"].is_f64() && lead["gain_reduction_db"].is_number(), "{lead}");
    assert_eq!(lead["latency_frames"], 0);
    assert_eq!(levels["findings"][0]["node"], "lead");
    assert_eq!(levels["findings"][0]["concern"], "large-boost");
    assert_eq!(command::listing(folder.path()), ["s.toml"]);
    assert_eq!(cupola(folder.path(), "check s.toml --to 5.1").code, Some(2));
}

#[test]
fn a_report_has_the_same_findings() {
    let folder = folder();
    let checked = cupola(folder.path(), "check s.toml --levels --json --to stereo");
    let rendered = cupola(folder.path(), "render s.toml --to stereo -o o.wav --json");
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let (checked, rendered) = (read(&checked.printed), read(&rendered.printed));
    assert_eq!(checked["levels"]["findings"], rendered["findings"]);
    assert_eq!(checked["levels"]["strips"], rendered["strips"]);
    let ran = cupola(folder.path(), "render s.toml --to stereo -o o.wav --report");
    assert!(ran.printed.contains("\n  lead: its trim raises"), "{ran:?}");
    let ran = cupola(folder.path(), "render s.toml --to stereo -o o.wav");
    assert!(!ran.printed.contains("its trim"), "{ran:?}");
}
