//! An impulse leaves when it should, whatever way it takes.

use crate::desk::{layouts, scene_in};
use crate::heard::hear;
use crate::wave::write_floats;

/// The frame of the impulse.
const WHEN: usize = 1000;

/// A scene of 10007 frames, which no quantum divides: an impulse left with some settings and among
/// other strips, and one that goes straight to the right.
fn heard(settings: &str, desk: &str) -> Vec<Vec<f32>> {
    let folder = tempfile::tempdir().unwrap();
    let mut impulse = vec![0.0; 5003];
    impulse[WHEN] = 0.5;
    write_floats(&folder.path().join("click.wav"), &[impulse]);
    let mut response = vec![0.0; 333];
    response[0] = 1.0;
    write_floats(&folder.path().join("response.wav"), &[response]);
    let text = format!(
        "duration_s = 0.20848\n\
         [[object]]\nname = \"left\"\nfile = \"click.wav\"\nposition = {{ azimuth_deg = 30 }}\n\
         {settings}\n\
         [[object]]\nname = \"right\"\nfile = \"click.wav\"\nposition = {{ azimuth_deg = -30 }}\n\
         {desk}\n"
    );
    let channels = hear(&scene_in(folder, &text).scene, &layouts(&["stereo"])).remove(0);
    assert!(channels.iter().all(|channel| channel.len() == 10_007));
    channels
}

/// The frame of the highest sample.
fn highest(samples: &[f32]) -> usize {
    (0..samples.len()).max_by(|&a, &b| samples[a].abs().total_cmp(&samples[b].abs())).unwrap()
}

/// Asserts that the impulse leaves both left and right when it came, near its level.
#[track_caller]
fn in_time(settings: &str, desk: &str) {
    for (side, samples) in ["left", "right"].iter().zip(heard(settings, desk)) {
        let frame = highest(&samples);
        assert_eq!(frame, WHEN, "{side}: {settings} {desk}");
        assert!((0.3..0.6).contains(&samples[frame].abs()), "{side}: {}", samples[frame]);
    }
}

/// What makes a strip late, and how it is written: nothing, whole and odd numbers of frames.
fn latenesses() -> Vec<String> {
    let mut all = vec![String::new()];
    for lookahead_ms in [0.021, 0.7, 1.13, 5.0] {
        all.push(format!(
            "compressor = {{ threshold_db = 0, ratio = 2, lookahead_ms = {lookahead_ms} }}\n"
        ));
        all.push(format!("gate = {{ threshold_db = -100, lookahead_ms = {lookahead_ms} }}\n"));
    }
    for lookahead_ms in [0.5, 1.51, 2.0] {
        all.push(format!("limiter = {{ ceiling_dbtp = 0, lookahead_ms = {lookahead_ms} }}\n"));
    }
    all.push("saturation = { drive_db = 0 }\n".to_owned());
    all.push(
        "compressor = { threshold_db = 0, ratio = 2, lookahead_ms = 1.13 }\n\
         saturation = { drive_db = 0 }\nlimiter = { ceiling_dbtp = 0 }\n"
            .to_owned(),
    );
    all
}

#[test]
fn straight_to_the_targets() {
    latenesses().iter().for_each(|late| in_time(late, ""));
}

#[test]
fn by_buses_and_masters() {
    let inner = "[[bus]]\nname = \"inner\"\nlayout = \"stereo\"\n";
    let outer = "[[bus]]\nname = \"outer\"\nlayout = \"5.1\"\n";
    for late in latenesses() {
        in_time("bus = \"inner\"", &format!("{inner}{late}"));
        in_time("", &format!("[master]\n{late}"));
        in_time(
            &format!("bus = \"inner\"\n{late}"),
            &format!("{inner}bus = \"outer\"\n{outer}{late}"),
        );
    }
    let limited = "limiter = { ceiling_dbtp = 0 }\n";
    let desk = format!("{inner}bus = \"outer\"\n{limited}{outer}{limited}[master]\n{limited}");
    in_time(&format!("bus = \"inner\"\n{limited}"), &desk);
}

/// A key that comes late makes what it turns down wait, and nothing else.
#[test]
fn keyed_by_another() {
    for lookahead_ms in [0.0, 0.7, 1.13] {
        let keyed = format!(
            "compressor = {{ threshold_db = 20, ratio = 2, key = \"key\", lookahead_ms = {lookahead_ms} }}"
        );
        for late in latenesses() {
            let key =
                format!("[[object]]\nname = \"key\"\nfile = \"click.wav\"\ngain_db = -200\n{late}");
            in_time(&keyed, &key);
        }
    }
}

#[test]
fn echoes_and_responses_come_when_they_are_due() {
    for late in latenesses() {
        let send = format!("gain_db = -20\nsends = [{{ to = \"it\", pre_fader = true }}]\n{late}");
        let from = "spread = [{ azimuth_deg = 30 }]\n";
        let again = format!("[[return]]\nname = \"it\"\n{from}{late}");
        let echo = format!("{again}echo = {{ time_ms = 10, feedback = 0 }}\n");
        let channels = heard(&send, &echo);
        assert_eq!(highest(&channels[0]), WHEN + 480, "echo: {late}");
        assert_eq!(highest(&channels[1]), WHEN, "beside the echo: {late}");
        let response = format!("{again}convolution = {{ file = \"response.wav\" }}\n");
        let channels = heard(&send, &response);
        assert_eq!(highest(&channels[0]), WHEN, "response: {late}");
        assert!((0.5..0.6).contains(&channels[0][WHEN].abs()), "both: {}", channels[0][WHEN]);
    }
}
