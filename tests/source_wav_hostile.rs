//! WAV files as they should not be: mended with a warning where that is safe, else refused in one
//! line; never a panic, a hang or a large allocation.

mod source_support;

use cupola::source::Source;
use source_support::{Maker, extensible, format, line, mono16, read, wav, wav_truncated};

#[test]
fn hostile_headers_are_refused_in_one_line() {
    let plain = || mono16(&[1, 2, 3, 4]);
    let with_format = |format: Vec<u8>| Maker { format: Some(format), ..plain() }.bytes();
    let mut twice = plain();
    twice.chunks_before = vec![(*b"fmt ", format(1, 1, 48_000, 16))];
    let mut unknown_guid = extensible(1, 1, 16, 16, 4);
    unknown_guid[39] ^= 1;
    let mut wrong_align = format(1, 2, 48_000, 16);
    wrong_align[12] = 5;
    let other_form = [b"RIFF\x20\0\0\0AVI ".to_vec(), vec![0; 32]].concat();
    let cases = [
        ("twice", twice.bytes(), "two fmt chunks"),
        ("no format", Maker { format: None, ..plain() }.bytes(), "data chunk comes before its fmt"),
        ("fmt of size 0", with_format(vec![]), "fmt chunk has 0 bytes"),
        ("fmt of size 15", with_format(vec![1; 15]), "fmt chunk has 15 bytes"),
        ("no channels", with_format(format(1, 0, 48_000, 16)), "has 0 channels"),
        ("rate 0", with_format(format(1, 1, 0, 16)), "0 Hz"),
        ("0 bits", with_format(format(1, 1, 48_000, 0)), "0 bits"),
        ("65535 channels", with_format(format(1, 65_535, u32::MAX, 32)), "at most 256"),
        ("block align", with_format(wrong_align), "block align is 5, 2 channels of 16 bits need 4"),
        ("A-law", with_format(format(6, 1, 8000, 8)), "is A-law"),
        ("40 bits", with_format(format(1, 1, 48_000, 40)), "integers of 40 bits"),
        ("16-bit float", with_format(format(3, 1, 48_000, 16)), "floats of 16 bits"),
        ("short extensible", with_format(format(0xFFFE, 1, 48_000, 16)), "needs 40"),
        ("sub-format", with_format(unknown_guid), "sub-format is unknown"),
        ("33 bytes", plain().bytes()[..33].to_vec(), "fmt chunk"),
        ("36 bytes", plain().bytes()[..36].to_vec(), "no data chunk"),
        ("12 bytes", plain().bytes()[..12].to_vec(), "no data chunk"),
        ("5 bytes", plain().bytes()[..5].to_vec(), "has 5 bytes"),
        ("nothing", vec![], "has 0 bytes"),
        ("another RIFF", other_form, "of the kind 'AVI '"),
    ];
    for (name, bytes, expected) in cases {
        let message = line(wav(bytes));
        assert!(message.starts_with("test.wav: "), "{name}: {message}");
        assert!(message.contains(expected), "{name}: {message}");
    }
}

#[test]
fn a_figure_that_overflows_hurts_nobody() {
    // The byte rate does not fit 32 bits; what matters is right.
    let maker = Maker::new(format(1, 200, u32::MAX, 32), vec![0; 800]);
    assert_eq!(wav(maker.bytes()).unwrap().frames(), Some(1));
    // A chunk that claims 4 GiB ends behind the file.
    let mut bytes = b"RIFF\xFF\xFF\xFF\xFFWAVEJUNK\xFF\xFF\xFF\xFF".to_vec();
    bytes.extend(vec![0; 50]);
    assert!(line(wav(bytes)).contains("no data chunk"));
    // An fmt chunk that claims 4 GiB.
    let mut bytes = b"RIFF\xFF\xFF\xFF\xFFWAVEfmt \xFF\xFF\xFF\xFF".to_vec();
    bytes.extend(format(1, 1, 48_000, 16));
    assert!(line(wav(bytes)).contains("ends inside its fmt chunk"));
}

#[test]
fn a_truncated_file_is_an_error_unless_allowed() {
    let mut maker = mono16(&vec![77; 1000]);
    maker.data_size = Some(200_000);
    let message = line(wav(maker.bytes()));
    assert!(message.contains("needs 100,000 frames, has 1,000"), "{message}");
    let mut file = wav_truncated(maker.bytes()).unwrap();
    let samples = read(&mut file).unwrap().remove(0);
    assert_eq!(samples.len(), 100_000);
    assert!(samples[..1000].iter().all(|sample| *sample == 77.0 / 32_768.0));
    assert!(samples[1000..].iter().all(|sample| *sample == 0.0));
    assert!(file.warnings()[0].contains("the rest is silence"), "{:?}", file.warnings());
}

#[test]
fn an_unfinished_header_plays_what_is_there() {
    for size in [0, u32::MAX, 0x7FFF_F000] {
        let mut maker = mono16(&[5; 100]);
        maker.data_size = Some(size);
        maker.riff_size = Some(if size == 0 { 36 } else { size });
        let mut file = wav(maker.bytes()).unwrap();
        assert_eq!(read(&mut file).unwrap(), [[5.0 / 32_768.0; 100]]);
        assert!(file.warnings()[0].contains("never finished"), "{:?}", file.warnings());
    }
}

#[test]
fn a_finished_file_without_samples_is_silence_whatever_follows() {
    let mut maker = mono16(&[]);
    for tail in [vec![], b"LIST\x04\0\0\0INFO".to_vec()] {
        maker.tail = tail;
        let mut file = wav(maker.bytes()).unwrap();
        assert_eq!(read(&mut file).unwrap(), [[0.0; 0]]);
        assert!(file.warnings()[0].contains("no frames"), "{:?}", file.warnings());
    }
}

#[test]
fn wrong_sizes_around_the_samples_are_mended() {
    let mut maker = mono16(&[5; 100]);
    maker.riff_size = Some(36 + 200 - 8);
    let file = wav(maker.bytes()).unwrap();
    assert_eq!(file.frames(), Some(100));
    assert!(file.warnings()[0].contains("RIFF size is too small"));

    let mut maker = mono16(&[5; 100]);
    maker.data.push(1);
    let file = wav(maker.bytes()).unwrap();
    assert_eq!(file.frames(), Some(100));
    assert!(file.warnings()[0].contains("last frame is incomplete"));
}

#[test]
fn a_sample_that_is_no_number_is_named() {
    for (bad, word) in [(f32::NAN, "NaN"), (f32::NEG_INFINITY, "infinite")] {
        let mut samples = vec![0.5_f32; 40_000];
        samples[2 * 12_345 + 1] = bad;
        let data = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        let mut file = wav(Maker::new(format(3, 2, 48_000, 32), data).bytes()).unwrap();
        let message = line(read(&mut file));
        assert_eq!(message, format!("test.wav: frame 12345 of channel 2 is {word}"));
    }
    let data = 1e39_f64.to_le_bytes().to_vec();
    let mut file = wav(Maker::new(format(3, 1, 48_000, 64), data).bytes()).unwrap();
    assert!(line(read(&mut file)).contains("frame 0 of channel 1 is infinite"));
}
