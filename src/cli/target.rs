//! What `--to` says.

use std::path::Path;

use crate::layout::{self, Fold};
use crate::render::{Headphones, Target};
use crate::{Error, Result};

/// A target as it is written: `7.1.4`, `room.toml`, `stereo=fold:7.1.4`, `stereo=matrix:own.toml`,
/// `binaural` or `binaural=speakers:7.1.4`; `headphones` says what else holds for headphones.
pub fn parse(text: &str, headphones: &Headphones) -> Result<Target> {
    let (to, recipe) = match text.split_once('=') {
        Some((to, recipe)) => (to, Some(recipe)),
        None => (text, None),
    };
    let recipe = recipe.map(|it| it.split_once(':').ok_or_else(|| unknown(text))).transpose()?;
    if to == Target::HEADPHONES {
        let speakers = match recipe {
            None => None,
            Some(("speakers", layout)) => Some(layout::load(layout)?),
            Some(_) => return Err(unknown(text)),
        };
        return Target::headphones(Headphones { speakers, ..headphones.clone() });
    }
    let to = layout::load(to)?;
    let fold = match recipe {
        None => return Ok(to.into()),
        Some(("fold", from)) => Fold::itu(&layout::load(from)?, &to),
        Some(("matrix", from)) => Fold::from_file(Path::new(from))?,
        Some(_) => return Err(unknown(text)),
    };
    if fold.to != to {
        let message = format!("--to {text}: the matrix is for {}", fold.to.name);
        return Err(Error::input(message));
    }
    Ok(fold.into())
}

fn unknown(text: &str) -> Error {
    let right = "a layout, LAYOUT=fold:LAYOUT, LAYOUT=matrix:FILE.toml, binaural or \
                 binaural=speakers:LAYOUT";
    Error::usage(format!("--to {text}: {right}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Made;

    fn read(text: &str) -> Result<Target> {
        parse(text, &Headphones::default())
    }

    #[test]
    fn targets_are_rendered_or_folded() {
        assert_eq!(read("7.1.4").unwrap().made, Made::ForLoudspeakers);
        let folded = read("stereo=fold:7.1.4").unwrap();
        assert_eq!(folded.name(), "stereo");
        assert_eq!(folded.fold().unwrap().from.name, "7.1.4");
        for (wrong, code) in [("stereo=7.1.4", 2), ("stereo=bend:5.1", 2), ("steero=fold:5.1", 2)] {
            assert_eq!(read(wrong).unwrap_err().exit_code(), code, "{wrong}");
        }
    }

    #[test]
    fn headphones_hear_directions_or_loudspeakers() {
        let made = |text: &str| read(text).unwrap().made;
        assert_eq!(made("binaural"), Made::ForHeadphones(Headphones::default()));
        let Made::ForHeadphones(Headphones { speakers, .. }) = made("binaural=speakers:5.1") else {
            panic!("no headphones");
        };
        assert_eq!(speakers.unwrap().name, "5.1");
        for (wrong, code) in [("binaural=5.1", 2), ("binaural=fold:5.1", 2)] {
            assert_eq!(read(wrong).unwrap_err().exit_code(), code, "{wrong}");
        }
    }
}
