//! Disks that fail, and files that are looked at before they are finished.

use std::io::{self, Cursor, Seek, SeekFrom, Write};

use super::{data_start, number, spec};
use crate::sink::wav::writer::WavWriter;
use crate::sink::{FileSpec, SampleFormat};

const CHANNELS: usize = 3;
const BLOCK: usize = 12_345;
const BLOCKS: usize = 9;

/// Takes a number of writes and then fails, half of the last one written; but what is as small as a
/// header, and overwrites what is there, no disk tears in two.
struct Failing {
    inner: Cursor<Vec<u8>>,
    writes_left: usize,
}

impl Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.writes_left {
            0 => Err(io::ErrorKind::StorageFull.into()),
            1 if bytes.len() > 256 => {
                self.writes_left = 0;
                self.inner.write(&bytes[..bytes.len().div_ceil(2)])
            }
            _ => {
                self.writes_left -= 1;
                self.inner.write(bytes)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Failing {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

fn write_all<'a>(mut out: impl Write + Seek + 'a, spec: &FileSpec) -> io::Result<()> {
    let samples = vec![0.5; BLOCK];
    let mut writer = WavWriter::new(&mut out, spec)?;
    for _ in 0..BLOCKS {
        writer.write(&[&samples[..]; CHANNELS])?;
    }
    writer.finish()
}

/// The bytes of data a header promises, which must be there.
fn promised(file: &[u8]) -> usize {
    let start = data_start(file);
    let data = number::<4>(file, start - 4) as usize;
    assert!(start + data <= file.len(), "{data} promised, {} there", file.len() - start);
    assert_eq!(number::<4>(file, 4) as usize, start - 8 + data + data % 2);
    data
}

#[test]
fn a_failure_at_any_write_is_reported_and_leaves_a_true_header() {
    let spec = spec(CHANNELS, SampleFormat::Int24);
    let frame_bytes = CHANNELS * 3;
    for writes in 0.. {
        let mut out = Failing { inner: Cursor::default(), writes_left: writes };
        let result = write_all(&mut out, &spec);
        let file = out.inner.into_inner();
        if result.is_ok() {
            assert!(writes > 8, "several buffers, each with its header, and the end");
            let data = BLOCK * BLOCKS * frame_bytes;
            assert_eq!(promised(&file), data);
            assert_eq!(file.len(), data_start(&file) + data + data % 2);
            return;
        }
        assert_eq!(result.unwrap_err().kind(), io::ErrorKind::StorageFull);
        if writes > 0 {
            assert_eq!(promised(&file) % (2 * frame_bytes), 0, "whole frames, no padding");
        }
    }
}

/// What a kill would leave is never more than a second or 256 KiB behind, however little arrives at a
/// time.
#[test]
fn the_header_keeps_up_with_the_samples() {
    for (channels, rate_hz) in [(1, 8_000), (2, 48_000), (12, 48_000), (128, 96_000)] {
        let spec = FileSpec { rate_hz, ..spec(channels, SampleFormat::Float32) };
        let frame_bytes = spec.frame_bytes();
        let mut file = Cursor::new(Vec::new());
        let mut writer = WavWriter::new(&mut file, &spec).unwrap();
        let block = [0.5; 61];
        for _ in 0..1000 {
            writer.write(&vec![&block[..]; channels]).unwrap();
            let written = writer.frames() as usize;
            let there = promised(writer.get_ref().get_ref()) / frame_bytes;
            let behind = written - there;
            // One frame more, because only even numbers are promised.
            let allowed = (rate_hz as usize).min((1 << 18) / frame_bytes) + 1;
            assert!(there <= written && behind <= allowed, "{behind} frames behind");
        }
    }
}
