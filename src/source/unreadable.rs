//! What to say of a file that is not read: what it looks like, and what would be.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::Error;

const READ: &str = "WAV, RF64, BW64, FLAC, AIFF, CAF, ALAC, MP3, AAC and Ogg Vorbis are read";

/// How kinds of files begin: where, with which bytes, and what they are called.
const KINDS: [(usize, &[u8], &str); 22] = [
    (28, b"OpusHead", "Opus audio"),
    (0, b"wvpk", "WavPack audio"),
    (0, b"riff\x2E\x91\xCF\x11", "Wave64 audio"),
    (0, b"MAC ", "Monkey's Audio"),
    (0, b".snd", "Sun audio"),
    (0, b"#!AMR", "AMR audio"),
    (0, b"DSD ", "DSD audio"),
    (0, b"FRM8", "DSD audio"),
    (0, b"MThd", "MIDI"),
    (0, b"OggS", "Ogg without Vorbis"),
    (0, b"\x1A\x45\xDF\xA3", "Matroska or WebM"),
    (0, b"\x30\x26\xB2\x75", "Windows Media"),
    (4, b"ftyp", "MP4 that is truncated or has no audio that is read"),
    (0, b"\x89HDF", "HDF5 (SOFA)"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"\x1F\x8B", "a gzip archive"),
    (0, b"\x89PNG", "a PNG picture"),
    (0, b"\xFF\xD8\xFF", "a JPEG picture"),
    (0, b"GIF8", "a GIF picture"),
    (0, b"%PDF", "a PDF document"),
    (0, b"\x7FELF", "a program"),
    (0, b"version https://git-lfs", "a Git LFS pointer, not the file it stands for"),
];

/// The file is not audio of a kind that is read.
pub fn unknown(path: &Path, name: &str) -> Error {
    Error::input(format!("{name}: {} ({READ})", looks_like(&beginning(path))))
}

/// The file ends before its first sample.
pub fn cut_off(path: &Path, name: &str) -> Error {
    let start = beginning(path);
    let audio: [&[u8]; 4] = [b"fLaC", b"FORM", b"caff", b"OggS"];
    let is_audio = audio.iter().any(|magic| start.starts_with(magic));
    let is_vorbis = !start.starts_with(b"OggS") || start.get(29..35) == Some(b"vorbis");
    if is_audio && is_vorbis || start.get(4..8) == Some(b"ftyp") {
        return Error::input(format!("{name}: is truncated: it ends before its samples do"));
    }
    unknown(path, name)
}

fn beginning(path: &Path) -> Vec<u8> {
    let mut start = Vec::new();
    if let Ok(file) = File::open(path) {
        // What cannot be read any more is not looked at.
        let _ = file.take(512).read_to_end(&mut start);
    }
    start
}

fn looks_like(start: &[u8]) -> String {
    let kind = KINDS.iter().find(|(at, magic, _)| {
        start.get(*at..at + magic.len()).is_some_and(|bytes| bytes == *magic)
    });
    let is_text = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0x80..);
    match kind {
        Some((_, _, name)) => format!("is {name}"),
        None if start.is_empty() => "is empty".into(),
        None if start.iter().all(is_text) => "looks like text".into(),
        None => "is not audio of a kind that is read".into(),
    }
}
