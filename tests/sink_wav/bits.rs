//! The same samples give the same bits, in blocks of any size and in any range.

use std::fs;
use std::path::Path;

use cupola::sink::{FileSpec, SampleFormat, Sink, WavFile};
use proptest::prelude::*;

use super::{chunk, noise, spec, write};

const CHANNELS: usize = 3;
const FRAMES: usize = 5000;

fn data_of(path: &Path) -> Vec<u8> {
    chunk(&fs::read(path).unwrap(), b"data").unwrap().to_vec()
}

/// The range of frames in blocks as they come.
fn write_range(spec: FileSpec, samples: &[Vec<f32>], end: usize, blocks: &[usize]) -> Vec<u8> {
    let path = spec.path.clone();
    let mut at = spec.first_frame as usize;
    let mut file = WavFile::create(spec).unwrap();
    for block in blocks.iter().cycle() {
        let next = end.min(at + block);
        file.write(&samples.iter().map(|channel| &channel[at..next]).collect::<Vec<_>>()).unwrap();
        at = next;
        if at == end {
            break;
        }
    }
    file.finish().unwrap();
    data_of(&path)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn blocks_and_ranges_change_no_bit(
        format in prop::sample::select(vec![
            SampleFormat::Int16, SampleFormat::Int24, SampleFormat::Float32,
        ]),
        start in 0..FRAMES,
        length in 1..FRAMES,
        blocks in prop::collection::vec(1_usize..2000, 1..6),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let samples = noise(CHANNELS, FRAMES);
        let whole = spec(&folder.path().join("whole.wav"), CHANNELS, 0, format);
        write(whole.clone(), &samples);
        let end = FRAMES.min(start + length);
        let path = folder.path().join("range.wav");
        let range = FileSpec { path, first_frame: start as u64, ..whole.clone() };
        let frame_bytes = whole.frame_bytes();
        let expected = &data_of(&whole.path)[start * frame_bytes..end * frame_bytes];
        prop_assert_eq!(write_range(range, &samples, end, &blocks), expected);
    }
}

#[test]
fn the_order_of_the_file_moves_whole_channels() {
    let folder = tempfile::tempdir().unwrap();
    let samples = noise(CHANNELS, 1000);
    let straight = spec(&folder.path().join("a.wav"), CHANNELS, 0, SampleFormat::Int16);
    let path = folder.path().join("b.wav");
    let turned = FileSpec { path, order: vec![2, 0, 1], ..straight.clone() };
    let (a, b) = (straight.path.clone(), turned.path.clone());
    let report = write(turned, &samples);
    write(straight, &samples);
    for (straight, turned) in data_of(&a).chunks_exact(6).zip(data_of(&b).chunks_exact(6)) {
        assert_eq!([&straight[4..6], &straight[0..2], &straight[2..4]].concat(), turned);
    }
    let peak = |channel: usize| samples[channel].iter().fold(0.0, |a: f32, b| a.max(b.abs()));
    assert_eq!(report.sample_peak, [peak(2), peak(0), peak(1)]);
}

#[test]
fn the_seed_matters_to_integers_only() {
    let folder = tempfile::tempdir().unwrap();
    let samples = noise(1, 1000);
    let with_seed = |dither_seed, format| {
        let spec = spec(&folder.path().join("a.wav"), 1, 4, format);
        write(FileSpec { dither_seed, ..spec }, &samples).sha256().unwrap()
    };
    for format in [SampleFormat::Int16, SampleFormat::Int24] {
        assert_eq!(with_seed(1, format), with_seed(1, format));
        assert_ne!(with_seed(1, format), with_seed(2, format));
    }
    assert_eq!(with_seed(1, SampleFormat::Float32), with_seed(2, SampleFormat::Float32));
}

#[test]
fn what_is_too_loud_is_flattened_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    let loud = [vec![1.5, -1.5, 0.5, 1.0], vec![-3.0, 0.0, 0.0, -1.0]];
    let report = write(spec(&path, 2, 3, SampleFormat::Int16), &loud);
    assert_eq!((report.clipped_samples, report.sample_peak), (3, vec![1.5, 3.0]));
    let data = data_of(&path);
    let sample = |index: usize| i16::from_le_bytes([data[2 * index], data[2 * index + 1]]);
    assert_eq!([sample(0), sample(1), sample(2)], [i16::MAX, i16::MIN, i16::MIN]);
    let report = write(spec(&path, 2, 3, SampleFormat::Float32), &loud);
    assert_eq!(report.clipped_samples, 3);
    assert_eq!(data_of(&path)[..8], [1.5_f32.to_le_bytes(), (-3.0_f32).to_le_bytes()].concat());
}
