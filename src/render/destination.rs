//! Which file each target is written to.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// The path of every target's file: `-o X.wav` with one target; with several, or where OUT ends in
/// a slash or is a folder, `OUT/<scene>.<target>.wav`; without OUT the working folder.
///
/// # Errors
/// When OUT is one file for several targets or is no `.wav`, or two targets share a name.
pub fn destinations(scene: &str, targets: &[&str], out: Option<&OsStr>) -> Result<Vec<PathBuf>> {
    refuse_twins(targets)?;
    let Some(out) = out else {
        return Ok(inside(Path::new(""), scene, targets));
    };
    let path = Path::new(out);
    let is_wav = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("wav"));
    let is_folder = out.as_encoded_bytes().ends_with(b"/") || path.is_dir();
    match (is_folder, is_wav, targets.len()) {
        (true, ..) | (false, false, 2..) => Ok(inside(path, scene, targets)),
        (false, true, 1) => Ok(vec![path.to_owned()]),
        (false, true, _) => Err(Error::usage(format!(
            "-o {0}: one file for {1} targets; name a folder: -o {0}/",
            path.display(),
            targets.len()
        ))),
        (false, false, _) => Err(Error::usage(format!(
            "-o {0}: only WAV files are written: -o {0}.wav for a file, -o {0}/ for a folder",
            path.display()
        ))),
    }
}

fn inside(folder: &Path, scene: &str, targets: &[&str]) -> Vec<PathBuf> {
    targets.iter().map(|target| folder.join(format!("{scene}.{target}.wav"))).collect()
}

fn refuse_twins(targets: &[&str]) -> Result<()> {
    for (index, target) in targets.iter().enumerate() {
        if targets[..index].contains(target) {
            let message = format!("--to {target}: asked for twice; each target is one file");
            return Err(Error::usage(message));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn go(targets: &[&str], out: Option<&str>) -> Result<Vec<PathBuf>> {
        destinations("market", targets, out.map(OsStr::new))
    }

    #[test]
    fn files_are_named_after_scene_and_target() {
        assert_eq!(go(&["5.1"], None).unwrap(), [PathBuf::from("market.5.1.wav")]);
        assert_eq!(go(&["5.1"], Some("mix.wav")).unwrap(), [PathBuf::from("mix.wav")]);
        assert_eq!(go(&["5.1"], Some("out/")).unwrap(), [PathBuf::from("out/market.5.1.wav")]);
        let both = go(&["5.1", "stereo"], Some("out")).unwrap();
        assert_eq!(
            both,
            [PathBuf::from("out/market.5.1.wav"), PathBuf::from("out/market.stereo.wav")]
        );
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        assert_eq!(go(&["5.1", "mono"], Some("mix.wav")).unwrap_err().exit_code(), 2);
        assert!(go(&["5.1"], Some("mix.flac")).unwrap_err().to_string().contains("only WAV"));
        assert!(go(&["5.1", "5.1"], None).unwrap_err().to_string().contains("twice"));
    }
}
