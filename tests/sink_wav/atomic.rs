//! A file under its final name is complete.

use std::fs;
use std::path::Path;

use cupola::sink::{FileSpec, SampleFormat, Sink, WavFile};

use super::{listing, noise, slices, spec, write};

fn stereo(path: &Path) -> FileSpec {
    spec(path, 2, 3, SampleFormat::Float32)
}

#[test]
fn the_name_is_given_at_the_end_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mix.wav");
    let samples = noise(2, 100_000);
    let mut file = WavFile::create(stereo(&path)).unwrap();
    for _ in 0..5 {
        file.write(&slices(&samples)).unwrap();
        assert_eq!(listing(folder.path()), [".mix.wav.part"]);
    }
    let report = file.finish().unwrap();
    assert_eq!(listing(folder.path()), ["mix.wav"]);
    assert_eq!((report.frames, report.bytes), (500_000, fs::metadata(&path).unwrap().len()));
}

#[test]
fn what_stands_there_is_replaced_at_the_end_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mix.wav");
    fs::write(&path, "before").unwrap();
    let mut file = WavFile::create(stereo(&path)).unwrap();
    file.write(&slices(&noise(2, 100_000))).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"before");
    drop(file);
    assert_eq!(fs::read(&path).unwrap(), b"before");
    assert_eq!(listing(folder.path()), ["mix.wav"], "dropped, it leaves nothing behind");
    write(stereo(&path), &noise(2, 10));
    assert_eq!(&fs::read(&path).unwrap()[..4], b"RIFF");
}

#[test]
fn a_stale_temporary_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mix.wav");
    // A name more for the stale file: it must be removed, not emptied or written over.
    fs::write(folder.path().join("precious"), [7; 100_000]).unwrap();
    fs::hard_link(folder.path().join("precious"), folder.path().join(".mix.wav.part")).unwrap();
    let report = write(stereo(&path), &noise(2, 10));
    assert_eq!(listing(folder.path()), ["mix.wav", "precious"]);
    assert_eq!(fs::metadata(&path).unwrap().len(), report.bytes);
    assert_eq!(fs::read(folder.path().join("precious")).unwrap(), [7; 100_000]);
}

#[test]
fn two_renders_to_one_name_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mix.wav");
    let mut first = WavFile::create(stereo(&path)).unwrap();
    let error = WavFile::create(stereo(&path)).unwrap_err();
    assert_eq!(error.exit_code(), 3);
    assert!(error.to_string().contains("another render is writing it"), "{error}");
    first.write(&slices(&noise(2, 10))).unwrap();
    assert_eq!(first.finish().unwrap().frames, 10);
    assert_eq!(listing(folder.path()), ["mix.wav"]);
    WavFile::create(stereo(&path)).unwrap();
}

#[test]
fn many_renders_to_one_name_leave_one_whole_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mix.wav");
    let samples = noise(2, 1000);
    let render = || -> cupola::Result<()> {
        let mut file = WavFile::create(stereo(&path))?;
        file.write(&slices(&samples)).unwrap();
        file.finish().unwrap();
        Ok(())
    };
    let renders = || (0..100).filter(|_| render().is_ok()).count();
    let won: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(renders)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert!(won > 0);
    assert_eq!(listing(folder.path()), ["mix.wav"]);
    assert_eq!(fs::metadata(&path).unwrap().len(), 8000 + 94);
}

#[test]
fn what_cannot_be_written_is_refused_before_any_work() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    fs::create_dir(folder.path().join("folder.wav")).unwrap();
    for name in ["missing/mix.wav", "file/mix.wav", "folder.wav"] {
        let error = WavFile::create(stereo(&folder.path().join(name))).unwrap_err();
        assert_eq!(error.exit_code(), 3, "{error}");
        assert!(error.to_string().contains(name) && !error.to_string().contains('\n'), "{error}");
    }
    assert_eq!(WavFile::create(stereo(Path::new(".."))).unwrap_err().exit_code(), 2);
    let vast = FileSpec { expected_frames: Some(1 << 50), ..stereo(&folder.path().join("a.wav")) };
    let error = WavFile::create(vast).unwrap_err();
    assert!(error.to_string().contains("needs 9007199254741086 bytes in all"), "{error}");
    assert_eq!(listing(folder.path()), ["file", "folder.wav"]);
}

#[test]
fn what_is_no_number_never_reaches_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let spec = FileSpec { first_frame: 1000, ..stereo(&folder.path().join("mix.wav")) };
    let mut file = WavFile::create(spec).unwrap();
    file.write(&[&[0.0; 50], &[0.0; 50]]).unwrap();
    let error = file.write(&[&[0.0, 0.0, f32::INFINITY], &[0.0, f32::NAN, 0.0]]).unwrap_err();
    assert!(error.to_string().contains("channel ch1 at frame 1051"), "{error}");
    assert!(error.to_string().contains("with 1 more such"), "{error}");
    assert!(file.write(&[&[0.0], &[0.0]]).is_err(), "a file that failed stays failed");
    assert_eq!(file.finish().unwrap_err().to_string(), error.to_string());
    assert!(listing(folder.path()).is_empty());
}

#[test]
fn the_report_can_be_written_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let report = write(stereo(&folder.path().join("mix.wav")), &[vec![0.5, -0.25], vec![0.0, 1.0]]);
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["container"], "RIFF");
    assert_eq!(json["sample_peak"], serde_json::json!([0.5, 1.0]));
    assert_eq!(json["clipped_samples"], 0);
    assert_eq!(report.sha256().unwrap().len(), 64);
    fs::write(&report.path, "abc").unwrap();
    // FIPS 180-2, appendix B.1.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(report.sha256().unwrap(), abc);
}
