//! From the text of a layout to its spec.

use std::sync::Arc;

use super::spec::LayoutSpec;
use crate::document::{DocumentError, Place, Problem, Problems, Severity};
use crate::{Error, Result};

/// Reads and checks the text of a layout that was opened as `name`.
pub fn read(name: &str, text: &str) -> Result<LayoutSpec> {
    let mut problems = Problems::default();
    let spec = toml::from_str::<LayoutSpec>(text);
    match &spec {
        Ok(spec) => spec.check(&Place::root(), &mut problems),
        Err(error) => problems.push(Problem {
            place: Place::root(),
            span: error.span(),
            severity: Severity::Error,
            message: error.message().to_owned(),
            help: None,
        }),
    }
    match spec {
        Ok(spec) if !problems.has_errors() => Ok(spec),
        _ => Err(Error::Document(Arc::new(DocumentError {
            name: name.to_owned(),
            text: text.to_owned(),
            problems: problems.as_slice().to_vec(),
        }))),
    }
}
