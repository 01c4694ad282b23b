//! The bytes in front of the samples.

use std::fs;

use cupola::sink::{Container, FileSpec, SampleFormat, WavFile};

use super::{chunk, noise, spec, write};

/// The `fmt ` chunk of a file of two frames.
fn format_chunk(channels: usize, mask: u32, format: SampleFormat) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    write(spec(&path, channels, mask, format), &noise(channels, 2));
    chunk(&fs::read(path).unwrap(), b"fmt ").unwrap().to_vec()
}

#[test]
fn a_7_1_4_file_names_its_loudspeakers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    let report = write(spec(&path, 12, 0x2D63F, SampleFormat::Float32), &noise(12, 3));
    let file = fs::read(&path).unwrap();
    #[rustfmt::skip]
    let expected = [
        b"RIFF", &252_u32.to_le_bytes()[..], b"WAVE", // 260 bytes in all
        b"JUNK", &28_u32.to_le_bytes(), &[0; 28],
        b"fmt ", &40_u32.to_le_bytes(),
        &[0xFE, 0xFF], &12_u16.to_le_bytes(), &48_000_u32.to_le_bytes(), // extensible
        &(48_000_u32 * 48).to_le_bytes(), &48_u16.to_le_bytes(), &32_u16.to_le_bytes(),
        &22_u16.to_le_bytes(), &32_u16.to_le_bytes(), &[0x3F, 0xD6, 0x02, 0x00],
        &[3, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71], // IEEE float
        b"fact", &4_u32.to_le_bytes(), &3_u32.to_le_bytes(),
        b"data", &144_u32.to_le_bytes(),
    ]
    .concat();
    assert_eq!(file[..expected.len()], expected);
    assert_eq!(file.len() as u64, report.bytes);
    assert_eq!((report.bytes, report.container), (260, Container::Riff));
}

#[test]
fn a_layout_wave_has_no_names_for_has_mask_0() {
    let format = format_chunk(10, 0, SampleFormat::Int24);
    assert_eq!(format[..2], [0xFE, 0xFF]);
    assert_eq!(format[14..16], [24, 0]);
    assert_eq!(format[18..26], [24, 0, 0, 0, 0, 0, 1, 0]);
}

#[test]
fn the_short_form_is_used_where_it_says_all() {
    use SampleFormat::{Float32, Int16, Int24};
    let tag_and_size = |channels, mask, format| {
        let bytes = format_chunk(channels, mask, format);
        (u16::from_le_bytes([bytes[0], bytes[1]]), bytes.len())
    };
    assert_eq!(tag_and_size(1, 0x4, Int16), (1, 16));
    assert_eq!(tag_and_size(2, 0x3, Int16), (1, 16));
    assert_eq!(tag_and_size(1, 0x4, Float32), (3, 18));
    assert_eq!(tag_and_size(1, 0, Float32), (3, 18));
    assert_eq!(tag_and_size(2, 0x3, Float32), (3, 18));
    for (channels, mask, format) in
        [(1, 0x4, Int24), (2, 0x3, Int24), (1, 0x8, Float32), (2, 0, Float32), (2, 0x600, Int16)]
    {
        assert_eq!(tag_and_size(channels, mask, format), (0xFFFE, 40));
        assert_eq!(format_chunk(channels, mask, format)[20..24], mask.to_le_bytes());
    }
}

#[test]
fn odd_data_is_padded_and_empty_files_are_files() {
    let folder = tempfile::tempdir().unwrap();
    for (frames, bytes) in [(0, 104), (1, 108), (2, 110), (3, 114)] {
        let path = folder.path().join(format!("{frames}.wav"));
        let report = write(spec(&path, 1, 4, SampleFormat::Int24), &noise(1, frames));
        let file = fs::read(path).unwrap();
        assert_eq!((file.len(), report.bytes), (bytes, bytes as u64));
        assert_eq!(file[4..8], (bytes as u32 - 8).to_le_bytes());
        assert_eq!(chunk(&file, b"data").unwrap().len(), 3 * frames);
    }
}

#[test]
fn what_no_file_can_be_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    let good = spec(&path, 2, 3, SampleFormat::Float32);
    let cases = [
        (FileSpec { mask: 7, ..good.clone() }, "the channel mask 0x7 has 3 bits for 2 channels"),
        (FileSpec { rate_hz: 0, ..good.clone() }, "0 Hz"),
        (FileSpec { rate_hz: u32::MAX, ..good.clone() }, "too many"),
        (FileSpec { order: vec![], channel_names: vec![], ..good.clone() }, "at least one channel"),
        (FileSpec { channel_names: vec!["L".into()], ..good.clone() }, "a name for each"),
        (spec(&path, 20_000, 0, SampleFormat::Float32), "too many"),
    ];
    for (spec, message) in cases {
        let _ = spec.expected_bytes();
        let error = WavFile::create(spec).unwrap_err();
        assert_eq!(error.exit_code(), 1);
        assert!(error.to_string().contains(message), "{error}");
    }
    assert!(super::listing(folder.path()).is_empty());
}
