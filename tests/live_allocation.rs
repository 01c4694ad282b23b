//! The callback of a device allocates nothing, whatever is wanted of the player.

#[path = "support/counting_allocator.rs"]
mod counting_allocator;
#[path = "support/desk.rs"]
mod desk;
#[path = "support/live.rs"]
mod live;

use counting_allocator::{CountingAllocator, calls};
use cupola::engine::Controls;
use cupola::live::{Listening, Player, Route, Setup, Stage, Stagehand, metering};
use cupola::render::{Finish, Target};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// Gives a player other numbers wherever there are any; whether that could be done.
fn retuned(
    before: &desk::TestScene,
    target: &Target,
    stagehand: &mut Stagehand,
    controls: &Controls,
) -> bool {
    let mut after = before.scene.clone();
    for object in &mut after.spec.objects {
        object.strip.gain_db = Some((-9.0).into());
        object.spread_deg = object.spread_deg.map(|spread_deg| spread_deg / 2.0);
    }
    for strip in after.spec.beds.iter_mut().map(|bed| &mut bed.strip) {
        strip.eq = strip.eq.as_ref().map(|_| Vec::new());
        strip.trim_db = strip.trim_db.as_ref().map(|_| (-3.0).into());
        let sends = strip.sends.iter_mut().flatten();
        sends.for_each(|send| send.gain_db = (-7.0).into());
    }
    let moved = before.scene.moved(&after);
    let desk = live::setup(&after, target, 0..1).desk;
    before.scene.differs_in_knobs(&after)
        && stagehand.retune(desk, &moved, controls).unwrap().is_none()
}

#[test]
fn the_callback_allocates_nothing() {
    for (scene, target) in [
        (desk::full_scene(), desk::layouts(&["7.1.4"]).remove(0).into()),
        (desk::busy_scene(), desk::headphones()),
    ] {
        let (mut player, _readers) = live::player(&scene.scene, &target);
        let (transport, status) = (player.transport(), player.status());
        let (mut stagehand, controls) = (player.stagehand(), player.controls());
        let channels = player.needs();
        let mut out = vec![0.0; 8192 * channels];
        let mut sounds = |frames: usize| {
            let before = calls();
            player.fill(&mut out[..frames * channels], channels);
            assert_eq!(calls() - before, 0, "the callback allocated");
            out[..frames * channels].iter().any(|sample| *sample != 0.0)
        };
        let sizes = [1, 64, 256, 558, 8192, 100];
        let mut fill = || sizes.into_iter().filter(|size| sounds(*size)).count();
        assert!(retuned(&scene, &target, &mut stagehand, &controls), "nothing but numbers");
        assert!(fill() > 0);
        let again = live::setup(&scene.scene, &target, 0..scene.scene.frames);
        let _more = stagehand.replace(again.desk, again.route, 0.2, &controls).unwrap();
        // Until the new one has come: 0.4 s later, and 50 ms for the crossfade.
        (0..3).for_each(|_| assert!(fill() > 0));
        transport.pause();
        fill();
        transport.play();
        transport.locate(5000);
        fill();
        transport.leave();
        fill();
        assert_eq!(status.stage(), Stage::Over);
        assert_eq!(stagehand.tidy(), 1, "the old engine is freed elsewhere");
    }
}

/// Nor where one of several targets is listened to, whatever is set in the control room.
#[test]
fn listening_allocates_nothing() {
    let scene = desk::full_scene();
    let layouts = desk::layouts(&["7.1.4", "stereo"]).into_iter().map(Into::into);
    let targets: Vec<Target> = layouts.chain([desk::headphones()]).collect();
    let desk = cupola::render::desk(&scene.scene, &targets, &Finish::default()).unwrap();
    let outlet = |(target, measured)| {
        let (tap, meter) = metering(measured, 48_000);
        (live::outlet(target).tapped(tap), meter)
    };
    let (outlets, _meters): (Vec<_>, Vec<_>) =
        targets.iter().zip(&desk.measured_targets).map(outlet).unzip();
    let route = Route::once(0..scene.scene.frames);
    let setup = Setup { desk, route, outlets, ahead_s: 0.2, waits: true };
    let (mut player, _readers) = Player::new(setup).unwrap();
    player.prepare();
    let room = player.control_room();
    let mut out = vec![0.0; 12 * 558];
    for round in 0..20 {
        room.listen(round % 3);
        room.set_dimmed(round % 2 == 0);
        room.set_mono(round % 5 == 0);
        assert!(room.set_level_db(-(round as f64)));
        let before = calls();
        player.fill(&mut out, 12);
        assert_eq!(calls() - before, 0, "the callback allocated");
        assert!(out.iter().any(|sample| *sample != 0.0));
    }
}

const INPUTS: &str = "
[[object]]
name = 'voice'
input = 2
fade_in_s = 0.1
compressor = { threshold_db = -20, ratio = 3, lookahead_ms = 1 }
[[bed]]
name = 'room'
inputs = [1, 3]
";

/// Neither callback of an input does, with what it takes, with too little and with too much.
#[test]
fn the_callbacks_of_an_input_allocate_nothing() {
    let scene = desk::scene(INPUTS);
    let (mut player, _readers) =
        live::player(&scene.scene, &desk::layouts(&["7.1.4"]).remove(0).into());
    let status = player.status();
    let mut intake = player.listen(&Listening { channels: 3, ..Listening::default() });
    let (came, mut out) = (vec![0.5_f32; 3 * 558], vec![0.0; 12 * 8192]);
    let enough = [(558, 558); 20];
    let too_much = [(558, 64); 80];
    for (comes, goes) in enough.into_iter().chain([(0, 8192)]).chain(too_much) {
        let before = calls();
        intake.take(&came[..3 * comes], 3);
        player.fill(&mut out[..12 * goes], 12);
        assert_eq!(calls() - before, 0, "a callback allocated");
    }
    let figures = status.snapshot().inputs;
    assert_eq!((figures.input_underruns, figures.input_overruns), (1, 1));
}
