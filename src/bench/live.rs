//! A full desk as it plays: what the callback of a device has to do in its time.

use std::fmt::Write;
use std::fs;

use super::RATE_HZ;
use crate::layout::Layout;
use crate::live::{ChannelMap, Outlet, Player, Readers, Route, Setup};
use crate::render::{Finish, Headphones, Target, desk};
use crate::scene::{Options, Scene};
use crate::{Error, Result};

/// A player of objects that orbit, each through an equaliser of four bands and a compressor, for a
/// layout and a pair of headphones besides: for so many seconds, and as many again in silence; its
/// readers come with it.
///
/// # Errors
/// When the layout cannot work, or there is no room for a temporary file.
pub fn crowd_at_play(objects: usize, seconds: usize, layout: &Layout) -> Result<(Player, Readers)> {
    let name = format!("cupola-bench-live-{}.toml", std::process::id());
    let path = std::env::temp_dir().join(name);
    let fail = |error| Error::machine(format!("{}: {error}", path.display()));
    fs::write(&path, scene(objects, seconds)).map_err(fail)?;
    let loaded = Scene::load(&path, &Options::default());
    fs::remove_file(&path).map_err(fail)?;
    let (scene, _) = loaded?;
    let targets = [layout.clone().into(), Target::headphones(Headphones::default())?];
    let outlet =
        |target: &Target| Outlet::new(&target.layout, ChannelMap::in_order(&target.layout));
    let outlets = targets.iter().map(outlet).collect();
    Player::new(Setup {
        desk: desk(&scene, &targets, &Finish::default())?,
        route: Route::once(0..scene.frames),
        outlets,
        ahead_s: 0.5,
        waits: false,
    })
}

fn scene(objects: usize, seconds: usize) -> String {
    let mut text = format!("sample_rate = {RATE_HZ}\nduration_s = {}\n", 2 * seconds);
    for index in 0..objects {
        let _ = write!(
            text,
            "[[object]]\nname = \"{index}\"\ngain_db = -20\nend_s = {seconds}\n\
             signal = {{ type = \"white-noise\", level_db = -12, seed = {index} }}\n\
             position = {{ elevation_deg = {} }}\n\
             macro = {{ type = \"orbit\", turns_per_s = {} }}\n\
             eq = [{{ type = \"bell\", freq_hz = 80, gain_db = 3 }}, \
             {{ type = \"bell\", freq_hz = 250, gain_db = -3 }}, \
             {{ type = \"bell\", freq_hz = 700, gain_db = 2 }}, \
             {{ type = \"bell\", freq_hz = 2000, gain_db = -2 }}]\n\
             compressor = {{ threshold_db = -20, ratio = 4 }}\n",
            index % 50,
            0.05 + 0.003 * index as f64,
        );
    }
    text
}
