//! What must hold for any bytes that are read as a WAV file; the fuzzer and the tests share it.

use std::io::Cursor;

use cupola::source::{Source, wav::Wav};

/// Frames that are read of a file that claims more.
const MOST_FRAMES: usize = 10_000;

/// Reads bytes as WAV. Errors are fine; panics, endless loops and values that are no numbers are not.
pub fn read_as_wav(bytes: &[u8]) {
    for allow_truncated in [false, true] {
        let Ok(mut file) = Wav::new(Cursor::new(bytes), "any.wav", allow_truncated) else {
            continue;
        };
        let header = file.header();
        let frame_bytes = header.format.frame_bytes() as u64;
        assert!(header.data_start + header.present * frame_bytes <= bytes.len() as u64);
        assert!(header.present <= header.frames);
        assert!(allow_truncated || header.present == header.frames);
        let Ok(through) = first_channel(&mut file, 0, &[997]) else { continue };
        assert!(through.iter().all(|sample| sample.is_finite()));
        assert_eq!(through.len() as u64, file.frames().unwrap().min(MOST_FRAMES as u64));
        let from = through.len() / 3;
        let pieces = first_channel(&mut file, from, &[1, 64, 5000]).expect("what was read before");
        let both = pieces.len().min(through.len() - from);
        assert_eq!(pieces[..both], through[from..from + both]);
    }
}

/// At most [`MOST_FRAMES`] frames of the first channel from a frame on.
fn first_channel(file: &mut impl Source, from: usize, sizes: &[usize]) -> cupola::Result<Vec<f32>> {
    file.seek(from as u64)?;
    let mut samples = Vec::new();
    for size in sizes.iter().cycle() {
        let size = (*size).min(MOST_FRAMES - samples.len());
        let mut channels = vec![vec![0.0; size]; file.channels()];
        let mut slices: Vec<&mut [f32]> = channels.iter_mut().map(Vec::as_mut_slice).collect();
        if size == 0 {
            break;
        }
        let frames = file.read(&mut slices)?;
        samples.extend(&channels[0][..frames]);
        if frames < size {
            break;
        }
    }
    Ok(samples)
}
