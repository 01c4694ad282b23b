//! Scenes with a desk that are right: what holds for their strips, and what is heard.

mod scene_support;

use cupola::automation::Automated;
use cupola::scene::{Block, Master, Scene, Spec, Spread, Strip, StripId};
use scene_support::{FRAMES, Studio};

const DESK: &str = r#"
[[bed]]
name = "room"
file = "six.wav"
preset = "warm"
trim_db = -2

[[object]]
name = "kick"
file = "mono.wav"
bus = "drums"
sends = [{ to = "hall", gain_db = -12, pre_fader = true }]

[[object]]
name = "snare"
file = "mono.wav"
bus = "drums"
gain_db = 2

[[object]]
name = "voice"
file = "mono.wav"
bypass = ["eq"]

[[bus]]
name = "drums"
bus = "all"

[[bus]]
name = "all"
layout = "5.1"

[[return]]
name = "hall"
convolution = { file = "stereo.wav", length_s = 0.05 }
spread = [{ azimuth_deg = 90 }]

[[group]]
name = "beat"
members = ["drums"]

[[group]]
name = "everything"
members = ["beat", "voice"]

[[preset]]
name = "warm"
trim_db = -9
delay_ms = 20

[defaults.object]
gain_db = -6
eq = [{ type = "notch", freq_hz = 50 }]

[defaults.bed]
trim_db = -4
gain_db = -5
delay_ms = 30

[master]
preset = "warm"
limiter = { ceiling_dbtp = -1 }

[master.target.mono]
gain_db = -3
"#;

fn desk() -> Scene {
    Studio::new().scene("desk.toml", DESK)
}

/// The scene with lines put below those that name a strip or group.
fn with(lines: &[(&str, &str)]) -> Spec {
    let mut text = DESK.to_owned();
    for (name, line) in lines {
        let header = format!("name = \"{name}\"\n");
        assert!(text.contains(&header));
        text = text.replace(&header, &format!("{header}{line}\n"));
    }
    Studio::new().scene("desk.toml", &text).spec
}

/// The names of what is heard.
fn heard(spec: &Spec) -> String {
    let audible = spec.audible();
    let names = spec.ids().filter(|id| match *id {
        StripId::Bed(index) => audible.beds[index],
        StripId::Object(index) => audible.objects[index],
        StripId::Bus(index) => audible.buses[index],
        StripId::Return(index) => audible.returns[index],
    });
    names.map(|id| spec.name(id)).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_said_first_holds() {
    let Scene { spec, .. } = desk();
    let room = spec.strip_of_bed(0);
    let number = |value: f64| Some(Automated::Constant(value));
    assert_eq!(room.trim_db, number(-2.0), "its own");
    assert_eq!(room.delay_ms, Some(20.0), "its preset's");
    assert_eq!(room.gain_db, number(-5.0), "that of all beds");
    assert_eq!(spec.strip_of_object(0).fader_db(), Automated::Constant(-6.0));
    assert_eq!(spec.strip_of_object(1).fader_db(), Automated::Constant(2.0));
    assert!(spec.strip_of_object(2).bypasses(Block::Eq));
    assert_eq!(spec.strip_of_bus(0).gain_db, None);
    assert_eq!(spec.strip_of_object(0).sends()[0].to, "hall");
}

#[test]
fn a_target_may_have_a_master_of_its_own() {
    let Scene { spec, .. } = desk();
    let Master { strip, .. } = spec.master_of("5.1");
    assert!(strip.limiter.is_some());
    assert_eq!(strip.delay_ms, Some(20.0), "its preset's");
    let mono = Strip { gain_db: Some((-3.0).into()), ..Strip::default() };
    assert_eq!(spec.master_of("mono").strip, mono, "nothing of the other");
}

#[test]
fn mutes_and_solos_decide_what_is_heard() {
    assert_eq!(heard(&with(&[])), "room kick snare voice drums all hall");
    assert_eq!(heard(&with(&[("kick", "mute = true")])), "room snare voice drums all hall");
    assert_eq!(heard(&with(&[("beat", "mute = true")])), "room kick snare voice all hall");
    assert_eq!(heard(&with(&[("everything", "mute = true")])), "room kick snare all hall");
    assert_eq!(heard(&with(&[("kick", "solo = true")])), "kick drums all hall");
    assert_eq!(heard(&with(&[("drums", "solo = true")])), "kick snare drums all hall");
    assert_eq!(heard(&with(&[("everything", "solo = true")])), "kick snare voice drums all hall");
    let both = [("drums", "solo = true"), ("snare", "mute = true")];
    assert_eq!(heard(&with(&both)), "kick drums all hall");
}

#[test]
fn groups_know_all_that_is_in_them() {
    let Scene { spec, .. } = desk();
    let membership = spec.membership();
    let groups = |name: &str| membership.get(name).map(|it| it.iter().copied().collect::<Vec<_>>());
    assert_eq!(groups("drums"), Some(vec![0, 1]));
    assert_eq!(groups("voice"), Some(vec![1]));
    assert_eq!(groups("beat"), Some(vec![1]));
    assert_eq!(groups("kick"), None);
}

#[test]
fn buses_and_returns_have_what_their_files_are() {
    let studio = Studio::new();
    let scene = studio.scene("desk.toml", DESK);
    let layouts: Vec<_> = scene.buses.iter().map(|bus| bus.layout.name.as_str()).collect();
    assert_eq!(layouts, ["7.1.4", "5.1"]);
    let response = scene.returns[0].response.unwrap();
    assert_eq!((response.channels, response.length_s), (2, 0.05));
    let convolution = scene.spec.returns[0].convolution.as_ref().unwrap();
    let samples = scene.response(convolution).unwrap();
    assert_eq!(samples.iter().map(Vec::len).collect::<Vec<_>>(), [2400, 2400]);
    assert!(samples[1].iter().any(|sample| *sample != 0.0));
    assert!(scene.inputs().iter().any(|path| path.ends_with("stereo.wav")));
    assert_eq!(scene.spec.returns[0].spread.directions()[0].x, -1.0);
}

/// The length of a scene in frames beyond its one source.
fn tail(text: &str) -> u64 {
    let object = format!("tempo_bpm = 60\n[[object]]\nname = 'a'\nfile = 'mono.wav'\n{text}");
    Studio::new().scene("a.toml", &object).frames - u64::from(FRAMES)
}

#[test]
fn a_scene_goes_on_until_its_returns_have_died_away() {
    let room = |of: &str| tail(&format!("sends = [{{ to = 'r' }}]\n[[return]]\nname = 'r'\n{of}"));
    assert_eq!(tail(""), 0);
    assert_eq!(tail("delay_ms = 500"), 24_000);
    assert_eq!(tail("delay_ms = 500\nbypass = ['delay']"), 0);
    assert_eq!(room("reverb = { rt60_s = 2, predelay_ms = 100 }"), 148_800, "0.1 s + 1.5 * 2 s");
    assert_eq!(room("echo = { beats = 0.1, feedback = 0.5 }"), 76_800, "16 times 0.1 s");
    assert_eq!(room("convolution = { file = 'six.wav', predelay_ms = 50 }"), 2400 + 4800);
    assert_eq!(room("reverb = { rt60_s = 2 }\ndelay_ms = 500"), 168_000);
    assert_eq!(room("reverb = { rt60_s = 30 }"), 30 * 48_000, "no longer than that");
    assert_eq!(tail("[[return]]\nname = 'r'\nreverb = { rt60_s = 2 }"), 0, "nobody sends to it");
    let said = "sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\nreverb = { rt60_s = 2 }";
    let text = format!("tail_s = 1\n[[object]]\nname = 'a'\nfile = 'mono.wav'\n{said}");
    let scene = Studio::new().scene("a.toml", &text);
    assert_eq!(scene.frames - u64::from(FRAMES), 48_000, "as it says");
}

#[test]
fn named_spreads_are_told_by_their_names() {
    let spread = |text: &str| {
        let text = format!(
            "[[object]]\nname = 'a'\nfile = 'mono.wav'\nsends = [{{ to = 'r' }}]\n\
             [[return]]\nname = 'r'\nreverb = {{ rt60_s = 1 }}\n{text}"
        );
        Studio::new().scene("a.toml", &text).spec.returns[0].spread.clone()
    };
    assert_eq!(spread(""), Spread::All);
    assert_eq!(spread("spread = 'surround'"), Spread::Surround);
    assert_eq!(spread("spread = 'heights'"), Spread::Heights);
    assert_eq!(spread("spread = [{}, {}]").directions().len(), 2);
}
