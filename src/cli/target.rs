//! What `--to` says.

use std::path::Path;

use crate::layout::{self, Fold};
use crate::render::Target;
use crate::{Error, Result};

/// A target as it is written: `7.1.4`, `room.toml`, `stereo=fold:7.1.4` or `stereo=matrix:own.toml`.
pub fn parse(text: &str) -> Result<Target> {
    let Some((to, recipe)) = text.split_once('=') else {
        return Ok(layout::load(text)?.into());
    };
    let to = layout::load(to)?;
    let Some((kind, from)) = recipe.split_once(':') else { return Err(unknown(text)) };
    let fold = match kind {
        "fold" => Fold::itu(&layout::load(from)?, &to),
        "matrix" => Fold::from_file(Path::new(from))?,
        _ => return Err(unknown(text)),
    };
    if fold.to != to {
        let message = format!("--to {text}: the matrix is for {}", fold.to.name);
        return Err(Error::input(message));
    }
    Ok(fold.into())
}

fn unknown(text: &str) -> Error {
    let right = "a layout, LAYOUT=fold:LAYOUT or LAYOUT=matrix:FILE.toml";
    Error::usage(format!("--to {text}: {right}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_rendered_or_folded() {
        assert!(parse("7.1.4").unwrap().fold.is_none());
        let folded = parse("stereo=fold:7.1.4").unwrap();
        assert_eq!(folded.name(), "stereo");
        assert_eq!(folded.fold.unwrap().from.name, "7.1.4");
        for (wrong, code) in [("stereo=7.1.4", 2), ("stereo=bend:5.1", 2), ("steero=fold:5.1", 2)] {
            assert_eq!(parse(wrong).unwrap_err().exit_code(), code, "{wrong}");
        }
    }
}
