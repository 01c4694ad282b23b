//! Inputs are never written over.

use std::path::Path;

use super::identity::identity;
use super::part::part_path;
use crate::{Error, Result};

/// Refuses an output that is one of the inputs, under whatever name: device and inode count, so
/// symbolic and hard links are seen through (where there are no inodes, the canonical path).
///
/// The temporary beside the output is guarded in the same way. Inputs that do not exist are not
/// this function's business.
///
/// # Errors
/// When writing `output` would replace an input.
pub fn guard_inputs<P: AsRef<Path>>(output: &Path, inputs: &[P]) -> Result<()> {
    let part = part_path(output)?;
    let written = [identity(output).ok(), identity(&part).ok()];
    for input in inputs.iter().map(AsRef::as_ref) {
        let Ok(read) = identity(input) else { continue };
        if written.iter().flatten().any(|written| *written == read) {
            return Err(Error::usage(format!(
                "{}: writing it would replace the input {}; choose another name",
                output.display(),
                input.display()
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn an_input_is_recognised_under_every_name() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("voice.wav"), "input").unwrap();
        fs::write(at("other.wav"), "input").unwrap();
        fs::create_dir(at("sub")).unwrap();
        let inputs = [at("missing.wav"), at("voice.wav")];
        for name in ["voice.wav", "sub/../voice.wav"] {
            let error = guard_inputs(&at(name), &inputs).unwrap_err();
            assert_eq!(error.exit_code(), 2, "{error}");
            assert!(error.to_string().contains("replace the input"), "{error}");
        }
        assert!(guard_inputs(&at("other.wav"), &inputs).is_ok());
        assert!(guard_inputs(&at("new.wav"), &inputs).is_ok());
        assert!(guard_inputs(&at("missing.wav"), &inputs).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_seen_through() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("voice.wav"), "input").unwrap();
        std::os::unix::fs::symlink("voice.wav", at("soft.wav")).unwrap();
        fs::hard_link(at("voice.wav"), at("hard.wav")).unwrap();
        std::os::unix::fs::symlink(folder.path(), at("roundabout")).unwrap();
        for name in ["soft.wav", "hard.wav", "roundabout/voice.wav"] {
            assert!(guard_inputs(&at(name), &[at("voice.wav")]).is_err(), "{name}");
            assert!(guard_inputs(&at("voice.wav"), &[at(name)]).is_err(), "{name}");
        }
    }

    #[test]
    fn the_temporary_is_guarded_too() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join(".mix.wav.part");
        fs::write(&input, "input").unwrap();
        assert!(guard_inputs(&folder.path().join("mix.wav"), &[input]).is_err());
    }
}
