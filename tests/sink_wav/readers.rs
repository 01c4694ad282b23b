//! Other people's readers find in our files what was written.

use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use cupola::sink::SampleFormat;
use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia_format_riff::WavReader;

use super::{noise, spec, write};

const FRAMES: usize = 3001;
const FORMATS: [SampleFormat; 3] =
    [SampleFormat::Int16, SampleFormat::Int24, SampleFormat::Float32];

/// Channels and masks: mono, stereo, 5.1, 7.1.4, and layouts WAVE has no names for.
const LAYOUTS: [(usize, u32); 8] =
    [(1, 0x4), (1, 0), (2, 0x3), (2, 0), (6, 0x60F), (10, 0), (12, 0x2D63F), (24, 0)];

/// Half a step of rounding and one of dither in the integer formats, none in floating point, where
/// a reader that keeps floating point gives back the bits.
fn tolerance(format: SampleFormat) -> f32 {
    match format {
        SampleFormat::Int16 => 1.5 / 32_768.0,
        // A float near 1 has steps of half a 24-bit step: a quarter more for the reader's rounding.
        SampleFormat::Int24 => 1.75 / 8_388_608.0,
        SampleFormat::Float32 => 0.0,
    }
}

/// Sox computes in 32-bit integers and goes through them to a float of 24 bits: a step of those.
const SOX_TOLERANCE: f32 = 1.0 / 16_777_216.0;

/// Compares interleaved samples with the planar ones that were written.
fn assert_same(read: &[f32], written: &[Vec<f32>], tolerance: f32, what: &str) {
    assert_eq!(read.len(), written.len() * FRAMES, "{what}");
    for (index, &sample) in read.iter().enumerate() {
        let expected = written[index % written.len()][index / written.len()];
        assert!((sample - expected).abs() <= tolerance, "{what}: {sample} for {expected}");
    }
}

/// Writes every kind of file and hands it to a reader.
fn for_every_kind(
    extra_tolerance: f32,
    read: impl Fn(&Path, usize, u32, SampleFormat) -> Option<Vec<f32>>,
) {
    let folder = tempfile::tempdir().unwrap();
    for (channels, mask) in LAYOUTS {
        let written = noise(channels, FRAMES);
        for format in FORMATS {
            let path = folder.path().join("a.wav");
            write(spec(&path, channels, mask, format), &written);
            let what = format!("{channels} channels, mask {mask:#X}, {format:?}");
            if let Some(samples) = read(&path, channels, mask, format) {
                assert_same(&samples, &written, tolerance(format) + extra_tolerance, &what);
            }
        }
    }
}

/// Runs somebody's program; `None` where it is not installed.
fn output_of(program: &str, arguments: &[&str], file: &Path) -> Option<Vec<u8>> {
    let split = arguments.iter().position(|&argument| argument == "FILE").unwrap();
    let mut command = Command::new(program);
    let command = command.args(&arguments[..split]).arg(file).args(&arguments[split + 1..]);
    match command.output() {
        Ok(output) => {
            let complaint = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success() && complaint.is_empty(), "{program}: {complaint}");
            Some(output.stdout)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("skipped: no {program} here");
            None
        }
        Err(error) => panic!("{program}: {error}"),
    }
}

fn floats(bytes: Vec<u8>) -> Vec<f32> {
    bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}

#[test]
fn hound_reads_our_files() {
    for_every_kind(0.0, |path, channels, _, format| {
        let mut reader = hound::WavReader::open(path).unwrap();
        assert_eq!(usize::from(reader.spec().channels), channels);
        Some(match format {
            SampleFormat::Float32 => reader.samples::<f32>().map(Result::unwrap).collect(),
            _ => {
                let full_scale = (1 << (8 * format.bytes() - 1)) as f32;
                reader.samples::<i32>().map(|sample| sample.unwrap() as f32 / full_scale).collect()
            }
        })
    });
}

#[test]
fn symphonia_reads_our_files() {
    // It refuses more channels than the mask has bits, whatever the mask says.
    for_every_kind(0.0, |path, channels, _, _| {
        (channels <= 18).then(|| read_with_symphonia(path, channels))
    });
}

fn read_with_symphonia(path: &Path, channels: usize) -> Vec<f32> {
    let file = std::fs::File::open(path).unwrap();
    let stream = MediaSourceStream::new(Box::new(file), Default::default());
    // The reader itself, not the probe: the program leaves WAV files to a reader of its own.
    let mut reader = WavReader::try_new(stream, FormatOptions::default()).unwrap();
    let track = reader.default_track(TrackType::Audio).unwrap();
    let parameters = track.codec_params.as_ref().unwrap().audio().unwrap().clone();
    assert_eq!(parameters.channels.as_ref().unwrap().count(), channels);
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(&parameters, &AudioDecoderOptions::default())
        .unwrap();
    let mut samples = Vec::new();
    while let Some(packet) = reader.next_packet().unwrap() {
        let mut block = Vec::new();
        decoder.decode(&packet).unwrap().copy_to_vec_interleaved::<f32>(&mut block);
        samples.extend(block);
    }
    samples
}

#[test]
fn ffmpeg_reads_our_files() {
    let arguments = ["-v", "warning", "-guess_layout_max", "0", "-i", "FILE", "-f", "f32le", "-"];
    for_every_kind(0.0, |path, _, _, _| output_of("ffmpeg", &arguments, path).map(floats));
}

#[test]
fn sox_reads_our_files() {
    // Errors only: it warns of every extensible file in floating point, ffmpeg's own too.
    let arguments = ["-V1", "-D", "FILE", "-t", "f32", "-"];
    for_every_kind(SOX_TOLERANCE, |path, _, _, _| output_of("sox", &arguments, path).map(floats));
}

#[test]
fn ffprobe_knows_the_loudspeakers() {
    let names = [
        (0x4, 1, "mono"),
        (0x3, 2, "stereo"),
        (0x3F, 6, "5.1"),
        (0x60F, 6, "5.1(side)"),
        (0x63F, 8, "7.1"),
    ];
    let entries = "stream=channel_layout,sample_rate,duration_ts";
    let arguments = ["-v", "error", "-show_entries", entries, "-of", "csv=p=0", "FILE"];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    for (mask, channels, name) in names {
        for format in FORMATS {
            write(spec(&path, channels, mask, format), &noise(channels, FRAMES));
            let Some(said) = output_of("ffprobe", &arguments, &path) else { return };
            let said = String::from_utf8(said).unwrap();
            let expected = format!("48000,{name},{FRAMES}");
            // The short form names no loudspeakers: there ffprobe says "unknown" and players assume
            // mono or stereo.
            let unnamed = format!("48000,unknown,{FRAMES}");
            let plain = channels <= 2 && format != SampleFormat::Int24;
            assert_eq!(said.trim(), if plain { unnamed } else { expected });
        }
    }
}
