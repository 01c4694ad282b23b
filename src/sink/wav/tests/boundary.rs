//! Where RIFF ends and RF64 begins, to the frame.

use std::io::{self, Seek, SeekFrom, Write};

use super::{data_start, number, spec};
use crate::sink::wav::header::Header;
use crate::sink::wav::writer::WavWriter;
use crate::sink::{Container, FileSpec, SampleFormat};

/// Keeps the beginning of a file and its length; the rest costs nothing.
#[derive(Default)]
struct Sparse {
    beginning: Vec<u8>,
    length: u64,
    position: u64,
}

impl Write for Sparse {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Ok(at) = usize::try_from(self.position)
            && at < 256
        {
            self.beginning.resize(self.beginning.len().max(at + bytes.len()), 0);
            self.beginning[at..at + bytes.len()].copy_from_slice(bytes);
        }
        self.position += bytes.len() as u64;
        self.length = self.length.max(self.position);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Sparse {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = match to {
            SeekFrom::Start(position) => position,
            SeekFrom::Current(by) => self.position.saturating_add_signed(by),
            SeekFrom::End(by) => self.length.saturating_add_signed(by),
        };
        Ok(self.position)
    }
}

fn write_frames(writer: &mut WavWriter<impl Write + Seek>, channels: usize, frames: usize) {
    let samples = vec![0.25; frames];
    writer.write(&vec![&samples[..]; channels]).unwrap();
}

/// The last length that RIFF can hold.
fn last_riff_frames(spec: &FileSpec) -> u64 {
    let header = Header::new(spec);
    let room = u64::from(u32::MAX) - 1 + 8 - header.bytes().len() as u64;
    let frames = room / spec.frame_bytes() as u64;
    // An odd last chunk is padded, which may be one byte too many.
    if header.file_bytes(frames) - 8 < u64::from(u32::MAX) { frames } else { frames - 1 }
}

fn file_of(spec: &FileSpec, frames: u64) -> Sparse {
    let mut writer = WavWriter::new(Sparse::default(), spec).unwrap();
    writer.leave_hole(frames - 1000).unwrap();
    write_frames(&mut writer, spec.order.len(), 1000);
    writer.finish().unwrap();
    assert_eq!(writer.frames(), frames);
    writer.into_inner()
}

fn assert_truthful(file: &Sparse, spec: &FileSpec, frames: u64, container: Container) {
    let header = &file.beginning;
    let start = data_start(header);
    let data = frames * spec.frame_bytes() as u64;
    assert_eq!(file.length, start as u64 + data + data % 2);
    assert_eq!(Header::new(spec).container(frames), container);
    match container {
        Container::Riff => {
            assert_eq!((&header[..4], &header[12..16]), (&b"RIFF"[..], &b"JUNK"[..]));
            assert_eq!(number::<4>(header, 4), file.length - 8);
            assert_eq!(number::<4>(header, start - 4), data);
        }
        Container::Rf64 => {
            assert_eq!((&header[..4], &header[12..16]), (&b"RF64"[..], &b"ds64"[..]));
            assert_eq!(number::<4>(header, 4), 0xFFFF_FFFF);
            assert_eq!(number::<4>(header, start - 4), 0xFFFF_FFFF);
            assert_eq!(number::<8>(header, 20), file.length - 8);
            assert_eq!(number::<8>(header, 28), data);
            assert_eq!(number::<8>(header, 36), frames);
            assert_eq!(number::<4>(header, 44), 0);
        }
    }
}

#[test]
fn the_container_changes_at_the_very_frame() {
    use SampleFormat::{Float32, Int16, Int24};
    for (channels, format) in [(1, Int16), (1, Int24), (3, Int24), (12, Float32), (24, Float32)] {
        let spec = spec(channels, format);
        let last = last_riff_frames(&spec);
        for frames in last - 2..=last + 2 {
            let container = if frames <= last { Container::Riff } else { Container::Rf64 };
            assert_truthful(&file_of(&spec, frames), &spec, frames, container);
        }
        assert!(Header::new(&spec).file_bytes(last) - 8 < 0xFFFF_FFFF);
        assert!(Header::new(&spec).file_bytes(last + 1) - 8 >= 0xFFFF_FFFF);
    }
}

#[test]
fn a_growing_file_becomes_rf64_in_place() {
    let spec = spec(12, SampleFormat::Float32);
    let last = last_riff_frames(&spec);
    let mut writer = WavWriter::new(Sparse::default(), &spec).unwrap();
    writer.leave_hole(last - 20_000).unwrap();
    write_frames(&mut writer, 12, 10_000);
    assert_eq!(&writer.get_ref().beginning[..4], b"RIFF");
    write_frames(&mut writer, 12, 20_000);
    assert_eq!(&writer.get_ref().beginning[..4], b"RF64", "not only when it is finished");
    writer.finish().unwrap();
    assert_truthful(writer.get_ref(), &spec, last + 10_000, Container::Rf64);
}

#[test]
fn the_count_of_frames_outgrows_32_bits() {
    let spec = spec(1, SampleFormat::Float32);
    let frames = u64::from(u32::MAX) + 10;
    let file = file_of(&spec, frames);
    assert_truthful(&file, &spec, frames, Container::Rf64);
    assert_eq!(number::<4>(&file.beginning, data_start(&file.beginning) - 12), 0xFFFF_FFFF);
}

/// Somebody else's reader agrees, on a real file with a hole in it.
#[cfg(target_os = "linux")]
#[test]
fn ffprobe_reads_the_length_of_rf64() {
    let file = tempfile::Builder::new().suffix(".wav").tempfile().unwrap();
    let spec = spec(12, SampleFormat::Float32);
    let frames = last_riff_frames(&spec) + 1;
    let mut writer = WavWriter::new(file.as_file(), &spec).unwrap();
    writer.leave_hole(frames - 1000).unwrap();
    write_frames(&mut writer, 12, 1000);
    writer.finish().unwrap();
    let probe = std::process::Command::new("ffprobe")
        .args(["-v", "error", "-show_entries", "stream=duration_ts,channels", "-of", "csv=p=0"])
        .arg(file.path())
        .output();
    match probe {
        Ok(output) => {
            assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), format!("12,{frames}"));
        }
        Err(_) => println!("skipped: no ffprobe here"),
    }
}
