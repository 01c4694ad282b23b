//! Thousands of small damages to small files: never a panic, a hang or an absurd allocation. What
//! a fuzzer would do, bounded and the same every time.

mod source_support;

#[path = "source_support/anything.rs"]
mod anything;

#[path = "support/numbers.rs"]
mod numbers;

use std::path::Path;

use cupola::source::open;
use numbers::Numbers;
use source_support::{Maker, extensible, format, mono16, read};

/// Damages a file in one to four places: flips, extremes, cuts, repeats.
fn mutate(bytes: &mut Vec<u8>, header_bytes: usize, numbers: &mut Numbers) {
    for _ in 0..=numbers.below(4) {
        if bytes.is_empty() {
            return;
        }
        // Mostly where the figures stand.
        let near = if numbers.below(4) > 0 { header_bytes.min(bytes.len()) } else { bytes.len() };
        let at = numbers.below(near);
        match numbers.below(6) {
            0 => bytes[at] ^= 1 << numbers.below(8),
            1 => bytes[at] = [0, 1, 0x7F, 0x80, 0xFF][numbers.below(5)],
            2 => bytes[at..].iter_mut().take(4).for_each(|byte| *byte = 0xFF),
            3 => bytes[at..].iter_mut().take(4).for_each(|byte| *byte = 0),
            4 => bytes.truncate(at),
            _ => {
                let piece = bytes[at..(at + 12).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
}

#[test]
fn damaged_wav_files_are_read_or_refused() {
    let mut long = mono16(&[3; 40]);
    long.id = *b"RF64";
    long.data_size = Some(u32::MAX);
    long.chunks_before = vec![(*b"ds64", [&[0; 8][..], &80_u64.to_le_bytes(), &[0; 12]].concat())];
    let float = Maker::new(format(3, 2, 48_000, 32), vec![0x3E; 160]);
    let wide = Maker::new(extensible(1, 12, 24, 24, 0x2D63F), vec![9; 36 * 5]);
    let seeds = [mono16(&[1; 50]), long, float, wide].map(|maker| maker.bytes());
    let mut numbers = Numbers(0x1234_5678_9ABC_DEF1);
    for round in 0..20_000 {
        let mut bytes = seeds[round % seeds.len()].clone();
        mutate(&mut bytes, 80, &mut numbers);
        anything::read_as_wav(&bytes);
    }
}

#[test]
fn damaged_compressed_files_are_read_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/audio");
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("damaged");
    let mut numbers = Numbers(0xFEDC_BA98_7654_3211);
    let names =
        ["blocks.flac", "tone.aiff", "tone.caf", "six.m4a", "tone.mp3", "tone.ogg", "tone-aac.m4a"];
    let (mut read_on, mut refused) = (0, 0);
    for name in names {
        let whole = std::fs::read(folder.join(name)).unwrap();
        for round in 0..300 {
            let mut bytes = whole.clone();
            mutate(&mut bytes, if round % 2 == 0 { 200 } else { whole.len() }, &mut numbers);
            std::fs::write(&path, bytes).unwrap();
            let Ok(mut opened) = open(&path, name, true) else {
                refused += 1;
                continue;
            };
            // A damaged length may promise days of silence.
            if opened.description.frames < 100_000 {
                read_on += usize::from(read(&mut *opened.source).is_ok());
            }
        }
    }
    println!("{refused} refused, {read_on} read to the end");
    assert!(refused > 100 && read_on > 100, "{refused} refused, {read_on} read");
}
