//! Compressed files: against the original, to the frame, and damaged.

mod source_support;

use std::path::{Path, PathBuf};

use cupola::Result;
use cupola::source::{Opened, describe, open};
use source_support::{line, read, read_in_pieces};
use tempfile::TempDir;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/audio").join(name)
}

fn opened(name: &str) -> Opened {
    open(&data(name), name, false).unwrap()
}

/// A damaged copy of a file.
fn damaged(name: &str, damage: impl FnOnce(&mut Vec<u8>)) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let mut bytes = std::fs::read(data(name)).unwrap();
    damage(&mut bytes);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn read_file(path: &Path, allow_truncated: bool) -> Result<(Vec<Vec<f32>>, Vec<String>)> {
    let mut source = open(path, "test", allow_truncated)?.source;
    Ok((read(&mut *source)?, source.warnings()))
}

#[test]
fn lossless_files_are_the_original_to_the_bit() {
    let original = read(&mut *opened("tone.wav").source).unwrap();
    for name in ["tone.flac", "tone.aiff", "tone.caf", "tone-alac.m4a", "tone-alac.caf"] {
        assert_eq!(read(&mut *opened(name).source).unwrap(), original, "{name}");
    }
}

#[test]
fn lossy_files_lie_on_the_original_to_the_frame() {
    let original = read(&mut *opened("tone.wav").source).unwrap();
    for name in ["tone.mp3", "tone.ogg", "tone-aac.m4a"] {
        let decoded = read(&mut *opened(name).source).unwrap();
        assert_eq!(decoded[0].len(), original[0].len(), "{name}");
        for (decoded, original) in decoded.iter().zip(&original) {
            let inner = 1000..3400;
            let error: f32 = inner.clone().map(|n| (decoded[n] - original[n]).powi(2)).sum();
            let power: f32 = inner.map(|n| original[n].powi(2)).sum();
            // Shifted by one frame, a sine of 997 Hz differs by 0.14 of its amplitude: -17 dB.
            // The worst of the three, AAC, is off by -23.7 dB.
            assert!(10.0 * (error / power).log10() < -22.0, "{name}: {error} of {power}");
        }
    }
}

#[test]
fn pieces_and_seeks_change_nothing() {
    let names = ["blocks.flac", "tone.aiff", "tone.caf", "tone-alac.m4a"];
    for name in names.into_iter().chain(["tone.mp3", "tone.ogg", "tone-aac.m4a"]) {
        let mut source = opened(name).source;
        let whole = read(&mut *source).unwrap();
        for from in [4000, 0, 1, 4097, 511, 513, 2500] {
            source.seek(from).unwrap();
            let rest = read_in_pieces(&mut *source, &[64, 1, 700]).unwrap();
            for (rest, whole) in rest.iter().zip(&whole) {
                assert_eq!(rest[..], whole[from as usize..], "{name} from {from}");
            }
        }
        source.seek(1 << 40).unwrap();
        assert_eq!(read(&mut *source).unwrap()[0].len(), 0, "{name} behind its end");
    }
}

#[test]
fn an_estimated_length_is_not_believed() {
    // Loud, then quiet, without a tag: by its first packets it would be two thirds as long.
    let mut vbr = opened("vbr.mp3");
    assert_eq!(vbr.description.frames, 51 * 1152);
    assert_eq!(vbr.description.mask, 0, "mono is no left loudspeaker");
    let samples = read(&mut *vbr.source).unwrap().remove(0);
    assert_eq!(samples.len(), 51 * 1152);
    assert!(samples[50_000..57_000].iter().any(|sample| sample.abs() > 5e-4), "the quiet end");
}

#[test]
fn a_long_file_is_sought_not_skimmed_and_gives_the_same() {
    let Some(path) = long_flac() else { return };
    let mut source = open(&path, "long", false).unwrap().source;
    let whole = read(&mut *source).unwrap().remove(0);
    for from in [150_000, 5, 140_001, 60_000] {
        source.seek(from).unwrap();
        let mut block = vec![0.0; 3000];
        let frames = source.read(&mut [&mut block]).unwrap();
        assert_eq!(block[..frames], whole[from as usize..][..frames], "from {from}");
    }
}

/// A stem of several seconds, where the reference data is at hand.
fn long_flac() -> Option<PathBuf> {
    let folder = std::env::var("CUPOLA_REFERENCE").unwrap_or_else(|_| "../shared".into());
    let path = Path::new(&folder).join("stems/guit_em9.flac");
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

#[test]
fn files_say_what_they_are() {
    let expected = [
        ("tone.wav", "WAV", "16-bit integer", 0x0, Some(16)),
        ("tone.flac", "FLAC", "FLAC", 0x3, Some(16)),
        ("tone.aiff", "AIFF", "16-bit integer", 0x3, Some(16)),
        ("tone.caf", "CAF", "24-bit integer", 0x3, Some(24)),
        ("tone-alac.m4a", "MP4", "ALAC", 0x3, None),
        ("tone.mp3", "MP3", "MP3", 0x3, None),
        ("tone.ogg", "Ogg", "VORBIS", 0x3, None),
        ("tone-aac.m4a", "MP4", "AAC", 0x3, None),
    ];
    for (name, format, encoding, mask, bits) in expected {
        let found = describe(&data(name)).unwrap();
        assert_eq!((found.format.as_str(), found.encoding.as_str()), (format, encoding), "{name}");
        assert_eq!((found.mask, found.bits, found.frames), (mask, bits, 4410), "{name}");
        assert_eq!((found.channels, found.rate_hz), (2, 44_100), "{name}");
    }
}

#[test]
fn channels_of_5_1_come_in_the_order_of_the_mask() {
    let mut six = opened("six.m4a");
    assert_eq!(six.description.mask, 0x3F);
    for (index, channel) in read(&mut *six.source).unwrap().iter().enumerate() {
        let peak = channel.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        // 44.1 frames a cycle: the nearest to the peak lies within 0.3 % of it.
        assert!((peak - 0.1 * (index + 1) as f32).abs() < 0.003, "channel {index}: {peak}");
    }
    let message = line(open(&data("six.ogg"), "six.ogg", false));
    assert!(message.contains("Vorbis of 6 channels"), "{message}");
}

#[test]
fn a_damaged_flac_frame_is_an_error() {
    let (_folder, path) = damaged("blocks.flac", |bytes| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x10;
    });
    for allow_truncated in [false, true] {
        let message = line(read_file(&path, allow_truncated));
        assert!(message.contains("is damaged: expected frame"), "{message}");
    }
}

#[test]
fn a_wrong_md5_sum_is_an_error_unless_the_file_was_sought() {
    // The sum is the last 16 bytes of the STREAMINFO block of 34 that begins at byte 8.
    let (_folder, path) = damaged("blocks.flac", |bytes| bytes[8 + 18] ^= 1);
    let message = line(read_file(&path, false));
    assert!(message.contains("MD5 sum"), "{message}");
}

#[test]
fn truncated_files_are_errors_unless_allowed() {
    let cases = ["blocks.flac", "tone.caf", "tone.aiff", "tone-alac.m4a", "tone.ogg", "tone.mp3"];
    for name in cases {
        let (_folder, path) = damaged(name, |bytes| bytes.truncate(bytes.len() * 2 / 3));
        let message = line(read_file(&path, false));
        assert!(message.contains("truncated") || message.contains("damaged"), "{name}: {message}");
        if name == "blocks.flac" {
            assert!(message.contains("needs 6,000 frames, has "), "{name}: {message}");
            let (channels, warnings) = read_file(&path, true).unwrap();
            assert_eq!(channels[0].len(), 6000, "{name}");
            assert!(warnings[0].contains("the rest is silence"), "{name}: {warnings:?}");
        }
    }
}

#[test]
fn what_is_not_audio_is_told_by_what_it_looks_like() {
    let cases: [(&[u8], &str); 7] = [
        (b"", "is empty"),
        (b"title = \"Night market\"\n", "looks like text"),
        (b"\x89PNG\r\n\x1A\n", "is a PNG picture"),
        (b"OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead", "is Opus audio"),
        (b"wvpk\0\0\0\0\0\0\0\0", "is WavPack audio"),
        (b"fLaC\0\0\0\x22", "is truncated"),
        (&[0; 5000], "is not audio of a kind that is read"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    for (bytes, expected) in cases {
        std::fs::write(&path, bytes).unwrap();
        let message = line(open(&path, "x", false));
        assert!(message.starts_with("x: ") && message.contains(expected), "{message}");
    }
}
