//! Channels of the interface in a scene: what may be written, and what each verb makes of it.

#[path = "support/command.rs"]
mod command;
mod scene_support;

use cupola::scene::{Options, Scene, schema};
use scene_support::Studio;

/// Whole scenes and their one problem.
const SCENES: &[(&str, &str, &str)] = &[
    ("[[object]]\nname='a'\ninput=0", "3:7", "no interface has a channel 0 (channels are counted"),
    ("[[object]]\nname='a'\ninput=257", "3:7", "counted from 1 to 256"),
    ("[[object]]\nname='a'\ninput=-1", "3:7", "a whole number from 0"),
    ("[[object]]\nname='a'\ninput=[1]", "3:7", "expected"),
    ("[[object]]\nname='a'\ninputs=[1]", "3:1", "did you mean `input`?"),
    (
        "[[object]]\nname='a'\ninput=1\nfile='mono.wav'",
        "3:7",
        "`input` as well as `file` (keep one of",
    ),
    ("[[object]]\nname='a'\ninput=1\nin_s=2", "4:6", "in_s is about files, not inputs"),
    ("[[object]]\nname='a'\ninput=1\nout_s=2", "4:7", "out_s is about files"),
    ("[[object]]\nname='a'\ninput=1\nloop=true\nend_s=3", "4:6", "loop is about files"),
    ("[[object]]\nname='a'\ninput=1\nchannel=1", "4:9", "leave channel out"),
    ("[[object]]\nname='a'\ninput=1\nwidth_deg=40", "4:11", "a single channel has no width"),
    ("[[bed]]\nname='a'\ninputs=[]\nlayout='5.1'", "3:8", "`inputs` is empty"),
    ("[[bed]]\nname='a'\ninputs=[1,0]", "3:11", "no interface has a channel 0"),
    ("[[bed]]\nname='a'\ninput=1", "3:1", "did you mean `inputs`?"),
    ("[[bed]]\nname='a'\ninputs=[1,2,3]", "1:1", "3 channels may be of many layouts"),
    (
        "[[bed]]\nname='a'\ninputs=[1,2,3]\nlayout='5.1'",
        "4:8",
        "there are 3 inputs, the layout 5.1 has 6",
    ),
    (
        "[[bed]]\nname='a'\ninputs=[1,2]\nlayout='5.1'\nchannels=['L']",
        "5:10",
        "there are 2 inputs, 1 are named",
    ),
    ("[[bed]]\nname='a'\nlayout='5.1'", "1:1", "add one of `file`, `files`, `signal`, `inputs`"),
];

#[test]
fn mistakes_are_shown_where_they_were_made() {
    let studio = Studio::new();
    let wrong = SCENES.iter().filter_map(|(text, place, phrase)| {
        studio.mismatch(text, place, phrase, Options::default())
    });
    assert_eq!(wrong.collect::<String>(), "");
}

const SCENE: &str = "[[bed]]\nname='room'\ninputs=[4,2]\n[[object]]\nname='voice'\ninput=3\n\
                     macro={type='orbit',turns_per_s=0.5,repeat='forever'}\n";

fn studio(scene: &str) -> Studio {
    let studio = Studio::new();
    std::fs::write(studio.path("scene.toml"), scene).unwrap();
    studio
}

#[test]
fn a_scene_of_inputs_lasts_until_it_is_ended() {
    let load = |scene: &str| {
        let studio = studio(scene);
        Scene::load(&studio.path("scene.toml"), &Options::default()).unwrap().0
    };
    let scene = load(SCENE);
    assert!(scene.is_endless());
    assert_eq!((scene.frames, scene.most_input_channels()), (604_800 * 48_000, 4));
    assert_eq!(scene.beds[0].layout.name, "stereo");
    for ended in [format!("duration_s=2\n{SCENE}"), SCENE.replace("input", "end_s=2\ninput")] {
        let scene = load(&ended);
        assert_eq!((scene.is_endless(), scene.frames), (false, 96_000), "{ended}");
    }
}

#[test]
fn it_is_checked_and_drawn_but_not_rendered() {
    let studio = studio(SCENE);
    let run = |arguments: &str| command::cupola(&studio.folder(), arguments);
    let checked = run("check scene.toml").well().printed;
    assert!(checked.starts_with("scene: until it is ended at 48000 Hz\n"), "{checked}");
    assert!(checked.contains("input 4, 2") && checked.contains("input 3"), "{checked}");
    let json: serde_json::Value =
        serde_json::from_str(&run("check scene.toml --json").well().printed).unwrap();
    assert!(json["frames"].is_null() && json["beds"][0]["length_s"].is_null(), "{json}");
    let refusal = ["scene.toml: `room` takes inputs 4, 2 of the interface", "`cupola play`"];
    run("render scene.toml --to stereo -o out.wav").fails(1, &refusal);
    run("check scene.toml --levels").fails(1, &refusal);
    assert!(!studio.path("out.wav").exists());
    run("plot scene.toml -o -").fails(2, &["--range A..B"]);
    assert!(run("plot scene.toml --range 0..4 -o -").well().printed.contains("<svg"));
}

#[test]
fn the_schema_knows_them() {
    let schema = schema();
    let channel = |pointer: &str| {
        let rule = schema.as_value().pointer(pointer).unwrap();
        (rule["type"].as_str().unwrap(), rule["minimum"].as_u64(), rule["maximum"].as_u64())
    };
    let expected = ("integer", Some(1), Some(256));
    assert_eq!(channel("/$defs/Object/properties/input"), expected);
    assert_eq!(channel("/$defs/Bed/properties/inputs/items"), expected);
}
