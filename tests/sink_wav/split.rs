//! One mono file for every channel.

use std::fs;

use cupola::sink::{FileSpec, SampleFormat, Sink, SplitFiles};

use super::{chunk, listing, noise, slices, spec, write};

#[test]
fn the_files_hold_what_the_channels_of_one_file_hold() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["M+030", "M-030", "LFE1"].map(String::from).to_vec();
    let whole = FileSpec {
        order: vec![1, 0, 2],
        channel_names: names,
        ..spec(&folder.path().join("night.wav"), 3, 0, SampleFormat::Int16)
    };
    let samples = noise(3, 70_000);
    let mut split = SplitFiles::create(&whole).unwrap();
    split.write(&slices(&samples)).unwrap();
    assert!(listing(folder.path()).iter().all(|name| name.ends_with(".part")));
    let reports = split.finish().unwrap();
    let expected = ["night.LFE1.wav", "night.M+030.wav", "night.M-030.wav"];
    assert_eq!(listing(folder.path()), expected);
    write(whole.clone(), &samples);
    let whole = fs::read(whole.path).unwrap();
    let frames = chunk(&whole, b"data").unwrap().chunks_exact(6);
    for (channel, report) in reports.iter().enumerate() {
        let mono = fs::read(&report.path).unwrap();
        let expected = frames.clone().flat_map(|frame| &frame[2 * channel..2 * channel + 2]);
        assert!(chunk(&mono, b"data").unwrap().iter().eq(expected), "{}", report.path.display());
        assert_eq!(mono[20 + 28..][8..12], [1, 0, 1, 0], "plain, one channel");
    }
    assert_eq!(reports[0].channels, ["M+030"]);
}

#[test]
fn a_failure_leaves_none_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let spec = spec(&folder.path().join("night.wav"), 3, 0, SampleFormat::Int16);
    fs::write(folder.path().join("night.ch1.wav"), "before").unwrap();
    let mut split = SplitFiles::create(&spec).unwrap();
    let error = split.write(&[&[0.0], &[f32::NAN], &[0.0]]).unwrap_err();
    assert!(error.to_string().contains("ch1"), "{error}");
    assert!(split.finish().is_err());
    assert_eq!(listing(folder.path()), ["night.ch1.wav"]);
    assert_eq!(fs::read(folder.path().join("night.ch1.wav")).unwrap(), b"before");
}

#[test]
fn a_name_that_cannot_be_given_takes_the_others_back() {
    let folder = tempfile::tempdir().unwrap();
    let spec = spec(&folder.path().join("night.wav"), 3, 0, SampleFormat::Int16);
    let split = SplitFiles::create(&spec).unwrap();
    // Somebody makes a folder where the second file is to be.
    fs::create_dir_all(folder.path().join("night.ch1.wav/occupied")).unwrap();
    assert_eq!(split.finish().unwrap_err().exit_code(), 3);
    assert_eq!(listing(folder.path()), ["night.ch1.wav"]);
}
