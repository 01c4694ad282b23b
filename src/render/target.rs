//! What is rendered to.

use crate::layout::{Fold, Layout};

/// A layout that the scene is rendered to, or that another is folded to.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The layout.
    pub layout: Layout,
    /// How it is made from the mix of another layout, instead of from the scene.
    pub fold: Option<Fold>,
}

impl Target {
    /// The name it goes by: that of its layout.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.layout.name
    }
}

impl From<Layout> for Target {
    fn from(layout: Layout) -> Self {
        Self { layout, fold: None }
    }
}

impl From<Fold> for Target {
    fn from(fold: Fold) -> Self {
        Self { layout: fold.to.clone(), fold: Some(fold) }
    }
}
