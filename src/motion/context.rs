//! What a motion needs to know of the scene around it.

use std::path::{Path, PathBuf};

use super::noise::mix;
use crate::Result;

/// What a motion needs to know of the scene around it.
pub struct Context<'a> {
    /// Beats a minute; without it a motion written in beats is an error.
    pub tempo_bpm: Option<f64>,
    /// Tells objects of the same seed apart: see [`Context::salt`].
    pub object: u64,
    /// Finds a file the scene names, or refuses it.
    pub resolve: &'a dyn Fn(&Path) -> Result<PathBuf>,
}

impl Context<'_> {
    /// The number that tells one object from another, made of its name alone, so that reordering a
    /// scene changes no motion.
    #[must_use]
    pub fn salt(name: &str) -> u64 {
        let start = mix(name.len() as u64);
        name.bytes().fold(start, |salt, byte| mix(salt ^ u64::from(byte)))
    }
}
