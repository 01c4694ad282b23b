//! A bus: strips mixed, to be worked on as one.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Strip;

/// Where strips are mixed to be worked on as one: a bed whose channels come from what goes to it.
/// Objects are panned into its layout, beds are routed into it, and it is heard like a bed of it.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bus {
    /// Its name, unlike that of any other bed, object, bus or return.
    pub name: String,
    /// The layout it is mixed in, by name or by the path of a layout file; default 7.1.4.
    #[serde(default = "default_layout")]
    pub layout: String,
    /// What it has in common with beds and objects.
    #[serde(rename = "(shared)")]
    #[schemars(flatten)]
    pub strip: Strip,
}

fn default_layout() -> String {
    "7.1.4".to_owned()
}
