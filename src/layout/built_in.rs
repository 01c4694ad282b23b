//! The layouts that come with the program: data, one file each.

use super::Layout;

macro_rules! built_ins {
    ($($name:literal),* $(,)?) => {
        const NAMES: &[&str] = &[$($name),*];
        const TEXTS: &[&str] = &[$(include_str!(concat!("../../layouts/", $name, ".toml"))),*];
    };
}

// By growing number of loudspeakers, then the systems of ITU-R BS.2051 in its order.
built_ins![
    "mono", "stereo", "quad", "5.1", "5.1.2", "5.1.4", "7.1", "7.1.2", "7.1.4", "9.1.6", "22.2",
    "ring8", "0+2+0", "0+5+0", "2+5+0", "4+5+0", "4+5+1", "3+7+0", "4+9+0", "9+10+3", "0+7+0",
    "4+7+0",
];

/// The names of the built-in layouts, in the order they are listed.
#[must_use]
pub fn names() -> &'static [&'static str] {
    NAMES
}

/// The built-in layout of that name.
#[must_use]
pub fn built_in(name: &str) -> Option<Layout> {
    let index = NAMES.iter().position(|known| *known == name)?;
    let layout = Layout::from_toml(name, TEXTS[index]);
    Some(layout.expect("built-in layouts are part of the program and tested to be right"))
}
