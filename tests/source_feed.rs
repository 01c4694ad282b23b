//! Sources on the scene's clock: points, loops, fades, picks.

mod source_support;

use std::collections::BTreeMap;
use std::path::Path;

use cupola::folder::Folder;
use cupola::source::{
    Feed, FeedContext, FeedSpec, Memory, Noise, Origin, Pick, SharedFiles, Signal, Source,
};
use proptest::prelude::*;
use source_support::{Maker, extensible, format, line};
use tempfile::TempDir;

/// A folder with `ramp.wav` (stereo, 1000 frames: n / 1024 and -n / 1024), `one.wav` and `two.wav`
/// (mono, 100 and 50 frames) and `five.wav` (5.1 with a mask, channel n holds n / 8).
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, maker: Maker| {
        std::fs::write(folder.path().join(name), maker.bytes()).unwrap();
    };
    let floats = |samples: &mut dyn Iterator<Item = f32>| -> Vec<u8> {
        samples.flat_map(f32::to_le_bytes).collect()
    };
    let ramp = floats(&mut (0..1000).flat_map(|n| [n as f32 / 1024.0, -n as f32 / 1024.0]));
    write("ramp.wav", Maker::new(format(3, 2, 48_000, 32), ramp));
    for (name, frames) in [("one.wav", 100), ("two.wav", 50)] {
        let data = floats(&mut (0..frames).map(|n| 0.25 + n as f32 / 1024.0));
        write(name, Maker::new(format(3, 1, 48_000, 32), data));
    }
    let five = floats(&mut (0..6 * 64).map(|n| ((n % 6) as f32 + 1.0) / 8.0));
    write("five.wav", Maker::new(extensible(3, 6, 32, 32, 0x60F), five));
    folder
}

fn file(name: &str) -> FeedSpec {
    FeedSpec::new(Origin::File(name.into()))
}

fn open_in(folder: &Path, spec: &FeedSpec) -> cupola::Result<Feed> {
    let folder = Folder::new(folder, false);
    let shared = SharedFiles::default();
    let context =
        FeedContext { folder: &folder, shared: &shared, rate_hz: 48_000, allow_truncated: false };
    Feed::open(spec, &context)
}

/// Reads frames in pieces, and checks the ranges that are said to sound.
fn frames(feed: &mut Feed, count: usize, sizes: &[usize]) -> Vec<Vec<f32>> {
    let mut lanes = vec![vec![f32::NAN; count]; feed.lanes()];
    let (mut done, mut sizes) = (0, sizes.iter().cycle());
    while done < count {
        let size = (*sizes.next().unwrap()).min(count - done);
        let mut slices: Vec<_> =
            lanes.iter_mut().map(|lane| &mut lane[done..done + size]).collect();
        let sounding = feed.read(&mut slices).unwrap();
        for lane in &slices {
            let silent = |samples: &[f32]| samples.iter().all(|sample| *sample == 0.0);
            assert!(silent(&lane[..sounding.start]) && silent(&lane[sounding.end..]));
        }
        done += size;
    }
    lanes
}

fn seconds(frames: u32) -> f64 {
    f64::from(frames) / 48_000.0
}

#[test]
fn a_clip_begins_and_ends_to_the_frame() {
    let folder = folder();
    let mut spec = file("ramp.wav");
    (spec.start_s, spec.in_s, spec.out_s) = (seconds(70), seconds(100), Some(seconds(300)));
    let mut feed = open_in(folder.path(), &spec).unwrap();
    assert_eq!((feed.start_frame(), feed.end_frame()), (70, Some(270)));
    let lanes = frames(&mut feed, 400, &[64]);
    for (frame, (left, right)) in lanes[0].iter().zip(&lanes[1]).enumerate() {
        let inside = (70..270).contains(&frame);
        let expected = if inside { (frame as f32 + 30.0) / 1024.0 } else { 0.0 };
        assert_eq!((*left, *right), (expected, -expected), "frame {frame}");
    }
}

#[test]
fn the_sounding_range_is_that_of_absolute_time() {
    let mut feed = Feed::place(Box::new(Memory::new(vec![vec![1.0; 100]], 48_000)), 70);
    let mut block = [0.0; 64];
    let ranges: Vec<_> = (0..4).map(|_| feed.read(&mut [&mut block]).unwrap()).collect();
    assert_eq!(ranges[..3], [64..64, 6..64, 0..42]);
    assert!(ranges[3].is_empty());
}

#[test]
fn a_loop_is_seamless_and_endless() {
    let folder = folder();
    let mut spec = file("one.wav");
    (spec.looped, spec.in_s, spec.out_s) = (true, seconds(10), Some(seconds(17)));
    let mut feed = open_in(folder.path(), &spec).unwrap();
    assert_eq!(feed.end_frame(), None);
    feed.seek(1_000_003).unwrap();
    let lanes = frames(&mut feed, 500, &[64, 1, 300]);
    for (frame, sample) in lanes[0].iter().enumerate() {
        let expected = 0.25 + (10 + (frame + 1_000_003) % 7) as f32 / 1024.0;
        assert_eq!(*sample, expected);
    }
}

#[test]
fn fades_of_one_length_add_up_to_one() {
    let ones = || {
        Origin::Signal(Signal::Clicks(cupola::source::Clicks {
            rate_hz: 48_000.0,
            level_db: 0.0,
            duration_s: Some(seconds(1000)),
        }))
    };
    let mut rising = FeedSpec { fade_in_s: seconds(300), ..FeedSpec::new(ones()) };
    rising.start_s = seconds(700);
    let falling = FeedSpec { fade_out_s: seconds(300), ..FeedSpec::new(ones()) };
    let folder = folder();
    let rising = frames(&mut open_in(folder.path(), &rising).unwrap(), 1700, &[64]).remove(0);
    let falling = frames(&mut open_in(folder.path(), &falling).unwrap(), 1700, &[50]).remove(0);
    for (frame, (rising, falling)) in rising.iter().zip(&falling).enumerate() {
        // Half an f32 step of each gain.
        assert!((rising + falling - 1.0).abs() < 1.2e-7, "frame {frame}");
    }
    assert!(rising[700] < 1e-5 && (rising[849] - 0.5).abs() < 0.01 && rising[1000] == 1.0);
}

#[test]
fn mono_files_lie_side_by_side_and_the_short_one_ends_in_silence() {
    let folder = folder();
    let files = |paths: [(&str, &str); 2]| {
        Origin::Files(BTreeMap::from(paths.map(|(key, path)| (key.to_owned(), path.into()))))
    };
    let spec = FeedSpec::new(files([("R", "two.wav"), ("L", "one.wav")]));
    let mut feed = open_in(folder.path(), &spec).unwrap();
    assert_eq!(
        (feed.channel_names(), feed.end_frame()),
        (&["L".into(), "R".into()][..], Some(100))
    );
    let lanes = frames(&mut feed, 100, &[64]);
    assert_eq!(
        (lanes[0][99], lanes[1][49], lanes[1][50]),
        (0.25 + 99.0 / 1024.0, 0.25 + 49.0 / 1024.0, 0.0)
    );
    let looped = FeedSpec { looped: true, ..spec };
    assert!(line(open_in(folder.path(), &looped)).contains("two.wav: is not as long as one.wav"));
    let stereo = FeedSpec::new(files([("L", "one.wav"), ("R", "ramp.wav")]));
    assert_eq!(line(open_in(folder.path(), &stereo)), "ramp.wav: has 2 channels, files are mono");
}

#[test]
fn files_of_other_rates_end_together() {
    let folder = tempfile::tempdir().unwrap();
    for rate_hz in [44_100, 48_000, 96_000] {
        let data = (0..rate_hz / 10).flat_map(|_| 0.5_f32.to_le_bytes()).collect();
        let maker = Maker::new(format(3, 1, rate_hz, 32), data);
        std::fs::write(folder.path().join(format!("{rate_hz}.wav")), maker.bytes()).unwrap();
    }
    let paths = ["44100.wav", "48000.wav", "96000.wav"].map(|path| (path.into(), path.into()));
    let spec = FeedSpec {
        start_s: seconds(100),
        looped: true,
        ..FeedSpec::new(Origin::Files(BTreeMap::from(paths)))
    };
    let once = FeedSpec { looped: false, ..spec.clone() };
    let mut once = open_in(folder.path(), &once).unwrap();
    assert_eq!((once.start_frame(), once.end_frame()), (100, Some(4900)));
    for lane in frames(&mut once, 5000, &[333]) {
        assert!((lane[2500] - 0.5).abs() < 1e-5, "{}", lane[2500]);
    }
    let mut looped = open_in(folder.path(), &spec).unwrap();
    for lane in frames(&mut looped, 20_000, &[333]) {
        // Across its ends, too, a looped constant is constant: -110 dB.
        assert!(lane[3000..].iter().all(|sample| (sample - 0.5).abs() < 1.6e-6));
    }
}

#[test]
fn channels_are_picked_by_number_name_and_mix() {
    let folder = folder();
    let first = |pick: Pick, channels: &[&str]| {
        let channels = channels.iter().map(|name| name.to_string()).collect();
        let spec = FeedSpec { pick, channels, ..file("five.wav") };
        open_in(folder.path(), &spec).map(|mut feed| {
            assert_eq!(feed.lanes(), 1);
            frames(&mut feed, 64, &[10])[0][63]
        })
    };
    assert_eq!(first(Pick::Number(3), &[]).unwrap(), 3.0 / 8.0);
    assert_eq!(first(Pick::Name("Ls".into()), &[]).unwrap(), 5.0 / 8.0);
    assert_eq!(first(Pick::Name("Ls".into()), &["C", "L", "R", "Ls", "Rs", "LFE"]).unwrap(), 0.5);
    assert_eq!(first(Pick::Mix, &[]).unwrap(), 3.5 / 8.0);
    let message = line(first(Pick::Number(7), &[]));
    assert_eq!(message, "five.wav: has no channel 7, its channels are 1 to 6");
    let message = line(first(Pick::Name("Lw".into()), &[]));
    assert_eq!(message, "five.wav: has no channel 'Lw', it has L R C LFE Ls Rs");
    assert!(line(first(Pick::All, &["L"])).contains("has 6 channels, 1 are named"));
}

#[test]
fn a_hundred_objects_take_their_channels_of_one_file() {
    let folder = tempfile::tempdir().unwrap();
    // Sample n of channel c: 5000 frames, so that several blocks are needed.
    let value = |frame: usize, channel: usize| (frame * 7 + channel * 131) as f32 / 65_536.0;
    let data = (0..5000).flat_map(|frame| (0..100).map(move |channel| value(frame, channel)));
    let data = data.flat_map(f32::to_le_bytes).collect();
    let maker = Maker::new(format(3, 100, 48_000, 32), data);
    std::fs::write(folder.path().join("adm.wav"), maker.bytes()).unwrap();
    let (folder, shared) = (Folder::new(folder.path(), false), SharedFiles::default());
    let context =
        FeedContext { folder: &folder, shared: &shared, rate_hz: 48_000, allow_truncated: false };
    let mut feeds: Vec<Feed> = (0..100)
        .map(|channel| FeedSpec { pick: Pick::Number(channel + 1), ..file("adm.wav") })
        // Not all of them begin together.
        .enumerate()
        .map(|(channel, spec)| FeedSpec { start_s: seconds(channel as u32 % 3 * 999), ..spec })
        .map(|spec| Feed::open(&spec, &context).unwrap())
        .collect();
    let mut lane = [0.0; 256];
    for block in 0..30 {
        for (channel, feed) in feeds.iter_mut().enumerate() {
            let start = channel % 3 * 999;
            let sounding = feed.read(&mut [&mut lane]).unwrap();
            for offset in sounding {
                assert_eq!(lane[offset], value(block * 256 + offset - start, channel));
            }
        }
    }
}

#[test]
fn a_bed_knows_the_mask_of_its_file() {
    let folder = folder();
    let feed = open_in(folder.path(), &file("five.wav")).unwrap();
    assert_eq!((feed.lanes(), feed.mask()), (6, 0x60F));
    assert_eq!(feed.channel_names().join(" "), "L R C LFE Ls Rs");
    assert!(open_in(folder.path(), &file("ramp.wav")).unwrap().channel_names().is_empty());
}

#[test]
fn points_behind_the_end_are_errors() {
    let folder = folder();
    let late = FeedSpec { out_s: Some(0.5), ..file("one.wav") };
    let message = line(open_in(folder.path(), &late));
    assert!(message.starts_with("one.wav: out_s = 0.5 lies behind its end"), "{message}");
    let empty = FeedSpec { looped: true, in_s: seconds(100), ..file("one.wav") };
    assert!(line(open_in(folder.path(), &empty)).contains("nothing between in_s and out_s"));
}

proptest! {
    #![proptest_config(source_support::cases(64))]
    #[test]
    fn pieces_and_seeks_change_nothing(
        sizes in prop::collection::vec(1..400_usize, 1..5),
        start in 0..200_u32, from in 0..1000_u64, looped: bool, pink: bool,
    ) {
        let folder = folder();
        let noise = Noise { level_db: -6.0, seed: 3, duration_s: Some(0.01) };
        let origin = Origin::Signal(Signal::PinkNoise(noise));
        let base = if pink { FeedSpec::new(origin) } else { file("ramp.wav") };
        let spec = FeedSpec { start_s: seconds(start), in_s: seconds(20), looped,
            out_s: Some(seconds(320)), fade_in_s: seconds(33), fade_out_s: seconds(44), ..base };
        let mut feed = open_in(folder.path(), &spec).unwrap();
        let whole = frames(&mut feed, 1500, &[1500]);
        feed.seek(from).unwrap();
        let rest = frames(&mut feed, 500, &sizes);
        for (rest, whole) in rest.iter().zip(&whole) {
            prop_assert_eq!(&rest[..], &whole[from as usize..][..500]);
        }
    }
}

#[test]
fn a_source_that_ends_too_early_is_an_error() {
    struct Liar;
    impl Source for Liar {
        fn channels(&self) -> usize {
            1
        }
        fn rate_hz(&self) -> u32 {
            48_000
        }
        fn frames(&self) -> Option<u64> {
            Some(100)
        }
        fn read(&mut self, channels: &mut [&mut [f32]]) -> cupola::Result<usize> {
            Ok(channels[0].len().min(10))
        }
        fn seek(&mut self, _frame: u64) -> cupola::Result<()> {
            Ok(())
        }
    }
    let mut feed = Feed::place(Box::new(Liar), 0);
    let message = line(feed.read(&mut [&mut [0.0; 64]]));
    assert!(message.contains("ended 54 frames before its end"), "{message}");
}
