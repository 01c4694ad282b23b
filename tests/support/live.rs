//! Players for tests.
#![allow(dead_code)]

use std::ops::Range;

use cupola::live::{ChannelMap, Outlet, Player, Readers, Route, Setup};
use cupola::render::{Finish, Target, desk};
use cupola::scene::Scene;

/// What plays some frames of a scene for one target, in the order of its layout.
pub fn setup(scene: &Scene, target: &Target, frames: Range<u64>) -> Setup {
    Setup {
        desk: desk(scene, std::slice::from_ref(target), &Finish::default()).unwrap(),
        route: Route::once(frames),
        outlets: vec![outlet(target)],
        ahead_s: 0.2,
        waits: true,
    }
}

/// The way of a target to the channels of a device, in the order of its layout.
pub fn outlet(target: &Target) -> Outlet {
    Outlet::new(&target.layout, ChannelMap::in_order(&target.layout))
}

/// A player of all of a scene, ready to play.
pub fn player(scene: &Scene, target: &Target) -> (Player, Readers) {
    let (mut player, readers) = Player::new(setup(scene, target, 0..scene.frames)).unwrap();
    player.prepare();
    (player, readers)
}

/// The next frames, interleaved.
pub fn frames(player: &mut Player, frames: usize) -> Vec<f32> {
    let channels = player.needs();
    let mut interleaved = vec![f32::NAN; frames * channels];
    player.fill(&mut interleaved, channels);
    interleaved
}

/// Channel after channel as frame after frame.
pub fn interleaved(channels: &[Vec<f32>]) -> Vec<f32> {
    let frames = 0..channels[0].len();
    frames.flat_map(|frame| channels.iter().map(move |channel| channel[frame])).collect()
}
