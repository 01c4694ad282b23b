//! WAV, RF64 and BW64, as they should be.

mod source_support;

use cupola::source::Source;
use cupola::source::wav::{Encoding, Kind};
use proptest::prelude::*;
use source_support::{Maker, extensible, format, mono16, read, read_in_pieces, wav};

#[test]
fn every_encoding_is_read_to_the_bit() {
    let cases: [(u16, u16, Vec<u8>, [f32; 3]); 6] = [
        (1, 8, vec![0, 128, 255], [-1.0, 0.0, 127.0 / 128.0]),
        (1, 16, [i16::MIN, 0, 1].map(i16::to_le_bytes).concat(), [-1.0, 0.0, 1.0 / 32_768.0]),
        (1, 24, vec![0, 0, 0x80, 0, 0, 0, 1, 0, 0], [-1.0, 0.0, 1.0 / 8_388_608.0]),
        (1, 32, [i32::MIN, 0, 1 << 30].map(i32::to_le_bytes).concat(), [-1.0, 0.0, 0.5]),
        (3, 32, [-1.5_f32, 0.0, 0.1].map(f32::to_le_bytes).concat(), [-1.5, 0.0, 0.1]),
        (3, 64, [-1.5_f64, 0.0, 0.1].map(f64::to_le_bytes).concat(), [-1.5, 0.0, 0.1]),
    ];
    for (tag, bits, data, expected) in cases {
        let mut mono = wav(Maker::new(format(tag, 1, 48_000, bits), data.clone()).bytes()).unwrap();
        assert_eq!(read(&mut mono).unwrap(), [expected.to_vec()], "{bits} bits, mono");
        let mut three = wav(Maker::new(format(tag, 3, 48_000, bits), data).bytes()).unwrap();
        let frame = expected.map(|sample| vec![sample]);
        assert_eq!(read(&mut three).unwrap(), frame, "{bits} bits, three channels");
    }
}

#[test]
fn extensible_formats_tell_mask_and_valid_bits() {
    let data = vec![0; 12 * 3 * 5];
    let file = wav(Maker::new(extensible(1, 12, 24, 20, 0x2D63F), data).bytes()).unwrap();
    let format = file.header().format;
    assert_eq!((format.encoding, format.channels), (Encoding::Signed24, 12));
    assert_eq!((format.mask, format.valid_bits, file.header().frames), (0x2D63F, 20, 5));
}

#[test]
fn fmt_chunks_of_all_sizes_are_read() {
    for extra in [vec![], vec![0, 0], vec![22, 0], vec![0; 24], vec![7; 1000]] {
        let chunk = [format(3, 1, 44_100, 32), extra].concat();
        let mut file = wav(Maker::new(chunk, 0.25_f32.to_le_bytes().to_vec()).bytes()).unwrap();
        assert_eq!(read(&mut file).unwrap(), [[0.25]]);
    }
}

#[test]
fn chunks_before_the_samples_are_passed_over() {
    let mut maker = mono16(&[1, 2, 3]);
    maker.chunks_before = vec![
        (*b"JUNK", vec![0xFF; 64]),
        (*b"bext", vec![1; 603]),
        (*b"odd ", vec![b'd']),
        (*b"none", vec![]),
    ];
    maker.tail = vec![0x5A; 77];
    let mut file = wav(maker.bytes()).unwrap();
    assert_eq!(read(&mut file).unwrap()[0].len(), 3);
    assert!(file.warnings().is_empty(), "{:?}", file.warnings());
}

/// RF64 and BW64 with the sizes in `ds64` and 0xFFFFFFFF where they used to be.
fn long_form(id: [u8; 4], data: Vec<u8>, data_size: u64) -> Maker {
    let mut maker = Maker::new(format(1, 2, 48_000, 16), data);
    let mut sizes = 1000_u64.to_le_bytes().to_vec();
    sizes.extend(data_size.to_le_bytes());
    sizes.extend([0; 12]);
    maker.id = id;
    maker.riff_size = Some(u32::MAX);
    maker.data_size = Some(u32::MAX);
    maker.chunks_before = vec![(*b"ds64", sizes)];
    maker
}

#[test]
fn rf64_and_bw64_take_their_sizes_from_ds64() {
    for (id, kind) in [(*b"RF64", Kind::Rf64), (*b"BW64", Kind::Bw64)] {
        let mut maker = long_form(id, vec![1; 400], 400);
        maker.tail = vec![9; 50];
        let mut file = wav(maker.bytes()).unwrap();
        assert_eq!((file.header().kind, file.frames()), (kind, Some(100)));
        assert_eq!(read(&mut file).unwrap()[1].len(), 100);
        assert!(file.warnings().is_empty(), "{:?}", file.warnings());
    }
}

#[test]
fn a_hundred_and_twenty_eight_channels_are_kept_apart() {
    let frames = 300;
    let data = (0..frames).flat_map(|frame: i16| (0..128).map(move |lane| frame * 100 + lane));
    let data = data.flat_map(i16::to_le_bytes).collect();
    let mut file = wav(Maker::new(format(1, 128, 48_000, 16), data).bytes()).unwrap();
    let channels = read(&mut file).unwrap();
    for (lane, samples) in channels.iter().enumerate() {
        for (frame, sample) in samples.iter().enumerate() {
            assert_eq!(*sample, (frame as i16 * 100 + lane as i16) as f32 / 32_768.0);
        }
    }
}

#[test]
fn files_of_another_writer_are_read() {
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: 44_100,
        bits_per_sample: 24,
        sample_format: hound::SampleFormat::Int,
    };
    let mut bytes = std::io::Cursor::new(vec![]);
    let mut writer = hound::WavWriter::new(&mut bytes, spec).unwrap();
    for sample in -500..500_i32 {
        writer.write_sample(sample * 16_000).unwrap();
    }
    writer.finalize().unwrap();
    let mut file = wav(bytes.into_inner()).unwrap();
    assert_eq!(file.rate_hz(), 44_100);
    let channels = read(&mut file).unwrap();
    for (index, sample) in (-500..500_i32).enumerate() {
        let expected = (f64::from(sample * 16_000) / 8_388_608.0) as f32;
        assert_eq!(channels[index % 2][index / 2], expected);
    }
}

proptest! {
    #![proptest_config(source_support::cases(64))]
    #[test]
    fn pieces_and_seeks_change_nothing(
        sizes in prop::collection::vec(1..5000_usize, 1..6),
        from in 0..40_000_u64,
    ) {
        // More than one buffer of 64 KiB, of a length that no power of two divides.
        let samples: Vec<i16> = (0..40_000_i32).map(|n| (n * 7919 % 65_521 - 32_000) as i16).collect();
        let mut file = wav(mono16(&samples).bytes()).unwrap();
        let whole = read(&mut file).unwrap();
        prop_assert_eq!(whole[0].len(), samples.len());
        file.seek(from).unwrap();
        let rest = read_in_pieces(&mut file, &sizes).unwrap();
        prop_assert_eq!(&rest[0][..], &whole[0][from as usize..]);
        file.seek(0).unwrap();
        prop_assert_eq!(read_in_pieces(&mut file, &sizes).unwrap(), whole);
    }
}

#[test]
fn a_file_of_a_cinema_is_read() {
    let folder = std::env::var("CUPOLA_REFERENCE").unwrap_or_else(|_| "../shared".into());
    let path = std::path::Path::new(&folder).join("adm/dolby_sample_0.wav");
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return;
    }
    let mut opened = cupola::source::open(&path, "dolby", false).unwrap();
    let found = opened.description;
    assert_eq!((found.channels, found.rate_hz, found.bits), (2, 48_000, Some(24)));
    assert_eq!(read(&mut *opened.source).unwrap()[0].len() as u64, found.frames);
    assert!(opened.source.warnings().is_empty(), "{:?}", opened.source.warnings());
}
