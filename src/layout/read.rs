//! From the text of a layout to its spec.

use super::spec::LayoutSpec;
use crate::Result;
use crate::document::{Document, Place, Problems};

/// Reads and checks the text of a layout that was opened as `name`.
pub fn read(name: &str, text: &str) -> Result<LayoutSpec> {
    let mut document = Document::parse(name, text)?;
    let mut problems = Problems::default();
    let spec = document.read::<LayoutSpec>(&mut problems);
    if let Some(spec) = &spec {
        spec.check(&Place::root(), &mut problems);
    }
    match spec {
        Some(spec) if !problems.has_errors() => Ok(spec),
        _ => Err(document.error(problems)),
    }
}
