//! Channels land where they belong: in the files, in other people's programs, and when a file comes
//! back as a bed.

#[path = "support/command.rs"]
mod command;
#[path = "support/wave.rs"]
mod wave;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use command::cupola;
use cupola::layout::{self, Layout};
use serde_json::Value;
use wave::{read_floats, write_floats};

/// 7.1.4 by the names of its file's channels, which are ours, ffmpeg's, and the order of the mask.
const SLOTS: [(&str, &str); 12] = [
    ("L", "FL"),
    ("R", "FR"),
    ("C", "FC"),
    ("LFE", "LFE"),
    ("Lrs", "BL"),
    ("Rrs", "BR"),
    ("Lss", "SL"),
    ("Rss", "SR"),
    ("Ltf", "TFL"),
    ("Rtf", "TFR"),
    ("Ltr", "TBL"),
    ("Rtr", "TBR"),
];

/// A second with a tone in every channel, 200 Hz in the first and 200 Hz more in each of the next.
fn write_tones(folder: &Path) {
    let mut scene = String::from("duration_s = 1\n");
    for (index, (name, _)) in SLOTS.iter().enumerate() {
        let freq_hz = 200 * (index + 1);
        let _ = writeln!(
            scene,
            "[[bed]]\nname = \"{name}\"\nlayout = \"7.1.4\"\nchannels = [\"{name}\"]\n\
             signal = {{ type = \"tone\", freq_hz = {freq_hz}, level_db = -6 }}"
        );
    }
    fs::write(folder.join("tones.toml"), scene).unwrap();
    cupola(folder, "render tones.toml --to 7.1.4 -o tones.wav").well();
}

/// The frequency of a tone, from its zero crossings in one second.
fn frequency(samples: &[f32]) -> usize {
    assert_eq!(samples.len(), 48_000);
    let rises = samples.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
    // A tone that begins by rising from zero has one rise less than periods.
    rises + 1
}

/// What a program prints; `None` where it is not installed.
fn output_of(program: &str, arguments: &str, folder: &Path) -> Option<Vec<u8>> {
    let arguments = arguments.split_whitespace();
    match Command::new(program).args(arguments).current_dir(folder).output() {
        Ok(output) => {
            assert!(output.status.success(), "{program}: {output:?}");
            Some(output.stdout)
        }
        Err(_) => {
            println!("skipped: no {program} here");
            None
        }
    }
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}

#[test]
fn every_channel_is_in_its_slot_for_ffmpeg() {
    let folder = tempfile::tempdir().unwrap();
    write_tones(folder.path());
    let probe = "-v error -show_entries stream=channel_layout -of csv=p=0 tones.wav";
    let Some(said) = output_of("ffprobe", probe, folder.path()) else { return };
    let names = SLOTS.map(|(_, name)| name).join("+");
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains(&names), "{said} is not {names}");
    for (index, (_, slot)) in SLOTS.iter().enumerate() {
        let take = format!("-v error -i tones.wav -af pan=mono|c0={slot} -f f32le -");
        let Some(bytes) = output_of("ffmpeg", &take, folder.path()) else { return };
        assert_eq!(frequency(&floats(&bytes)), 200 * (index + 1), "{slot}");
    }
}

#[test]
fn every_channel_is_in_its_slot_for_sox() {
    let folder = tempfile::tempdir().unwrap();
    write_tones(folder.path());
    for (index, (_, slot)) in SLOTS.iter().enumerate() {
        let take = format!("-V1 -D tones.wav -t f32 - remix {}", index + 1);
        let Some(bytes) = output_of("sox", &take, folder.path()) else { return };
        assert_eq!(frequency(&floats(&bytes)), 200 * (index + 1), "{slot}");
    }
}

#[test]
fn the_layouts_own_order_has_sides_before_rears() {
    let folder = tempfile::tempdir().unwrap();
    write_tones(folder.path());
    cupola(folder.path(), "render tones.toml --to 7.1.4 --channel-order itu -o itu.wav").well();
    let found: Vec<usize> =
        read_floats(&folder.path().join("itu.wav")).iter().map(|it| frequency(it) / 200).collect();
    assert_eq!(found, [1, 2, 3, 4, 7, 8, 5, 6, 9, 10, 11, 12]);
}

/// One frame for every channel, in which it alone sounds, at a level of its own.
fn one_after_another(channels: usize) -> Vec<Vec<f32>> {
    let sample = |channel: usize, frame: usize| {
        if channel == frame { 1.0 - 0.01 * channel as f32 } else { 0.0 }
    };
    (0..channels).map(|it| (0..channels).map(|frame| sample(it, frame)).collect()).collect()
}

/// A scene whose only sound is a file as a bed of a layout.
fn bed(file: &str, layout: &str, channels: &str) -> String {
    format!("[[bed]]\nname = \"bed\"\nfile = \"{file}\"\nlayout = \"{layout}\"\n{channels}")
}

/// Whatever the order of the channels, a file that comes back as a bed is the same file again.
#[test]
fn a_file_that_comes_back_lands_where_it_came_from() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for layout in layout::names().iter().map(|name| layout::load(name).unwrap()) {
        let (name, count) = (&layout.name, layout.loudspeakers.len());
        write_floats(&at("in.wav"), &one_after_another(count));
        let names: Vec<&str> = layout.loudspeakers.iter().map(|it| it.name.as_str()).collect();
        let channels = format!("channels = {names:?}");
        fs::write(at("first.toml"), bed("in.wav", name, &channels)).unwrap();
        for order in ["mask", "itu"] {
            let options = format!("--to {name} --channel-order {order}");
            cupola(folder.path(), &format!("render first.toml {options} -o first.wav")).well();
            fs::write(at("again.toml"), bed("first.wav", name, "")).unwrap();
            cupola(folder.path(), &format!("render again.toml {options} -o again.wav")).well();
            let (first, again) = (fs::read(at("first.wav")).unwrap(), fs::read(at("again.wav")));
            assert!(first == again.unwrap(), "{name}, {order}");
            let expected = in_file_order(&layout, order);
            assert!(read_floats(&at("first.wav")) == expected, "{name}, {order}");
        }
    }
}

fn in_file_order(layout: &Layout, order: &str) -> Vec<Vec<f32>> {
    let channels = one_after_another(layout.loudspeakers.len());
    match order {
        "mask" => layout.file_order().iter().map(|&at| channels[at].clone()).collect(),
        _ => channels,
    }
}

/// A bed of the standard on all layouts of the standard, in one pass, by the standard's own table.
#[test]
fn beds_land_on_other_layouts_where_the_standard_says() {
    let folder = tempfile::tempdir().unwrap();
    let beds: Value = serde_json::from_str(include_str!("data/pan_beds.json")).unwrap();
    let beds = beds.as_object().unwrap();
    let mut compared = 0;
    for (bed_name, targets) in beds.iter().filter(|(name, _)| layout::built_in(name).is_some()) {
        let count = layout::load(bed_name).unwrap().loudspeakers.len();
        let identity = (0..count).map(|it| (0..count).map(move |at| f32::from(u8::from(at == it))));
        let identity: Vec<Vec<f32>> = identity.map(Iterator::collect).collect();
        write_floats(&folder.path().join("in.wav"), &identity);
        let names = layout::load(bed_name).unwrap().loudspeakers;
        let names: Vec<&str> = names.iter().map(|it| it.name.as_str()).collect();
        let scene = bed("in.wav", bed_name, &format!("channels = {names:?}"));
        fs::write(folder.path().join("s.toml"), scene).unwrap();
        let targets = targets.as_object().unwrap();
        let wanted: String = targets.keys().map(|name| format!(" --to {name}")).collect();
        let ran =
            cupola(folder.path(), &format!("render s.toml{wanted} --channel-order itu -o out/"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        for (target, rows) in targets {
            let heard = read_floats(&folder.path().join(format!("out/s.{target}.wav")));
            for row in rows.as_array().unwrap() {
                let what = format!("{bed_name} {} on {target}", row[0]);
                let frame = names.iter().position(|name| row[0] == **name).expect(&what);
                compare(&heard, frame, &row[1], &what);
                compared += 1;
            }
        }
    }
    assert!(compared > 800, "{compared} rows compared");
}

/// The gains are written with twelve digits and heard with 24 bits.
fn compare(heard: &[Vec<f32>], frame: usize, expected: &Value, what: &str) {
    let gains = expected.as_array().unwrap();
    for (channel, samples) in heard.iter().enumerate() {
        let gain =
            gains.iter().find(|it| it[0] == channel).map_or(0.0, |it| it[1].as_f64().unwrap());
        assert!((f64::from(samples[frame]) - gain).abs() < 1e-6, "{what}: channel {channel}");
    }
}

/// Low-frequency effects reach low-frequency effects and nothing else does, from every built-in
/// layout to every other.
#[test]
fn low_frequency_effects_keep_to_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let names = layout::names();
    let wanted: String = names.iter().map(|name| format!(" --to {name}")).collect();
    for from in names.iter().map(|name| layout::load(name).unwrap()) {
        // Effects in the first frame, everything else in the second.
        let channel = |lfe: bool| if lfe { vec![1.0, 0.0] } else { vec![0.0, 1.0] };
        let channels: Vec<_> = from.loudspeakers.iter().map(|it| channel(it.lfe)).collect();
        write_floats(&folder.path().join("in.wav"), &channels);
        let own: Vec<&str> = from.loudspeakers.iter().map(|it| it.name.as_str()).collect();
        let scene = bed("in.wav", &from.name, &format!("channels = {own:?}"));
        fs::write(folder.path().join("s.toml"), scene).unwrap();
        let ran =
            cupola(folder.path(), &format!("render s.toml{wanted} --channel-order itu -o out/"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let has_effects = from.loudspeakers.iter().any(|it| it.lfe);
        for to in names.iter().map(|name| layout::load(name).unwrap()) {
            let heard = read_floats(&folder.path().join(format!("out/s.{}.wav", to.name)));
            let what = format!("{} to {}", from.name, to.name);
            let mut effects = 0.0;
            for (speaker, samples) in to.loudspeakers.iter().zip(heard) {
                let foreign = if speaker.lfe { samples[1] } else { samples[0] };
                assert_eq!(foreign, 0.0, "{what}: {}", speaker.name);
                effects += if speaker.lfe { samples[0].powi(2) } else { 0.0 };
            }
            let takes_them = to.loudspeakers.iter().any(|it| it.lfe);
            assert_eq!(effects > 0.4, has_effects && takes_them, "{what}: power {effects}");
        }
    }
}

/// A file of somebody else's, in the order of its mask, with the surrounds as "back" channels, on
/// 7.1.4 where the standard has them: at its rears.
#[test]
fn somebody_elses_surround_file_is_understood() {
    let folder = tempfile::tempdir().unwrap();
    let make = "-v error -f lavfi -i aevalsrc=exprs=sin(400*PI*t)|sin(800*PI*t)|sin(1200*PI*t)|\
                sin(1600*PI*t)|sin(2000*PI*t)|sin(2400*PI*t):c=5.1:s=48000:d=1 \
                -c:a pcm_f32le in.wav";
    if output_of("ffmpeg", make, folder.path()).is_none() {
        return;
    }
    fs::write(folder.path().join("s.toml"), bed("in.wav", "5.1", "")).unwrap();
    cupola(folder.path(), "render s.toml --to 7.1.4 -o out.wav").well();
    let heard = read_floats(&folder.path().join("out.wav"));
    for (index, samples) in heard.iter().take(6).enumerate() {
        assert_eq!(frequency(samples), 200 * (index + 1), "{}", SLOTS[index].0);
    }
    assert!(heard[6..].iter().flatten().all(|sample| *sample == 0.0));
}
