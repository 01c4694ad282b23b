//! The JSON Schema of a scene, for editors.

use schemars::{Schema, schema_for};

use super::Spec;

/// The JSON Schema (draft 2020-12) of a scene file.
#[must_use]
pub fn schema() -> Schema {
    schema_for!(Spec)
}
