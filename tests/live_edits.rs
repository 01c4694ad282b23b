//! Scenes that are edited while they play: numbers without a gap, all else under a crossfade, and
//! what rings rings on. Times are counted in frames from when the edit reaches the player.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/heard.rs"]
mod heard;
#[path = "support/live.rs"]
mod live;

use cupola::live::{Player, Readers, Stagehand};
use cupola::render::Target;
use desk::{TestScene, layouts, scene};
use heard::hear_targets;
use live::{frames, interleaved, player, setup};

const RATE_HZ: usize = 48_000;

/// Within how many frames a number is there: 60 ms, and a control step.
const THERE: usize = RATE_HZ * 60 / 1000 + 256;

/// By how much more samples may step than the sine does before or after: what a fade of 20 ms adds is
/// half of full scale in 960 frames.
const FADE: f32 = 0.001;

fn target(name: &str) -> Target {
    layouts(&[name]).remove(0).into()
}

fn offline(scene: &TestScene, target: &Target) -> Vec<f32> {
    interleaved(&hear_targets(&scene.scene, std::slice::from_ref(target))[0])
}

/// An object with a tone, and whatever else.
fn tone(more: &str) -> TestScene {
    scene(&format!(
        "duration_s = 1.5\n[[object]]\nname = \"it\"\n\
         signal = {{ type = \"tone\", freq_hz = 500, level_db = -6 }}\n{more}\n"
    ))
}

/// A player under the hand of a stagehand.
struct Stage {
    target: Target,
    player: Player,
    stagehand: Stagehand,
    readers: Readers,
    played: Vec<f32>,
}

impl Stage {
    fn new(scene: &TestScene, target: Target) -> Self {
        let (mut player, readers) = player(&scene.scene, &target);
        let stagehand = player.stagehand();
        Self { target, player, stagehand, readers, played: Vec::new() }
    }

    fn play(&mut self, count: usize) {
        // In pieces, as a device asks for them.
        for begin in (0..count).step_by(333) {
            let more = frames(&mut self.player, 333.min(count - begin));
            self.played.extend(more);
        }
    }

    /// Gives it the numbers of another scene; whether that could be done.
    fn retune(&mut self, before: &TestScene, after: &TestScene) -> bool {
        if !before.scene.differs_in_knobs(&after.scene) {
            return false;
        }
        let moved = before.scene.moved(&after.scene);
        let desk = setup(&after.scene, &self.target, 0..1).desk;
        self.stagehand.retune(desk, &moved, &self.player.controls()).unwrap().is_none()
    }

    fn replace(&mut self, after: &TestScene) {
        let setup = setup(&after.scene, &self.target, 0..after.scene.frames);
        let controls = self.player.controls();
        let new = self.stagehand.replace(setup.desk, setup.route, 0.2, &controls).unwrap();
        // Those that read for the old one still have to.
        std::mem::forget(std::mem::replace(&mut self.readers, new.0));
    }
}

fn worst(one: &[f32], other: &[f32]) -> f32 {
    assert_eq!(one.len(), other.len());
    one.iter().zip(other).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn steepest(samples: &[f32]) -> f32 {
    samples.windows(2).map(|it| (it[1] - it[0]).abs()).fold(0.0, f32::max)
}

/// Plays a scene, edits it, and holds it against the file of the edited one once it is there.
fn edited(target: Target, before: &TestScene, after: &TestScene, tolerance: f32) -> Stage {
    let mut stage = Stage::new(before, target.clone());
    // To a crest of the tone: a step would show there.
    stage.play(9624);
    assert!(stage.retune(before, after), "nothing but numbers differs");
    stage.play(48_000);
    let (old, new) = (offline(before, &target), offline(after, &target));
    let channels = target.layout.loudspeakers.len();
    assert_eq!(stage.played[..9624 * channels], old[..9624 * channels]);
    let there = (9624 + THERE) * channels..57_624 * channels;
    let worst = worst(&stage.played[there.clone()], &new[there]);
    assert!(worst <= tolerance, "it is {worst} off");
    let steps = |samples: &[f32]| {
        let all = (0..channels).map(|channel| steepest(&channel_of(samples, channel, channels)));
        all.fold(0.0, f32::max)
    };
    let (does, may) = (steps(&stage.played), steps(&old).max(steps(&new)) + FADE);
    assert!(does < may, "it steps by {does}, not {may}");
    stage
}

fn channel_of(interleaved: &[f32], channel: usize, channels: usize) -> Vec<f32> {
    interleaved.iter().skip(channel).step_by(channels).copied().collect()
}

#[test]
fn a_fader_is_heard_at_once_and_without_a_click() {
    // The same gains, multiplied in another order: the last bits of f32.
    edited(target("stereo"), &tone(""), &tone("gain_db = -12"), 1e-6);
    edited(
        target("stereo"),
        &tone("gain_db = -40"),
        &tone("gain_db = { points = [[0, -9], [3, -20]] }"),
        1e-6,
    );
}

#[test]
fn a_send_behind_a_fader_follows_it_once() {
    let sent = |fader_db: f64, send_db: f64| {
        tone(&format!(
            "gain_db = {fader_db}\nsends = [{{ to = \"slap\", gain_db = {send_db} }}]\n\
             [[return]]\nname = \"slap\"\necho = {{ time_ms = 20, feedback = 0 }}"
        ))
    };
    // The echo of what was sent meanwhile is over, too: 20 ms after 20 ms.
    edited(target("stereo"), &sent(-3.0, -6.0), &sent(-20.0, -6.0), 1e-6);
    edited(target("stereo"), &sent(-3.0, -6.0), &sent(-9.0, 0.0), 1e-6);
}

#[test]
fn an_object_is_elsewhere_at_once_and_without_a_click() {
    let at = |azimuth_deg: f64| tone(&format!("position = {{ azimuth_deg = {azimuth_deg} }}"));
    edited(target("7.1.4"), &at(30.0), &at(-90.0), 1e-6);
    let moves = tone("macro = { type = \"orbit\", turns_per_s = 0.2 }");
    // Gains of every quantum on a straight line, against those of every fourth.
    edited(target("7.1.4"), &at(30.0), &moves, 1e-3);
}

#[test]
fn headphones_hear_an_object_elsewhere_without_a_click() {
    let at = |azimuth_deg: f64| tone(&format!("position = {{ azimuth_deg = {azimuth_deg} }}"));
    // Filters that may move stand for the fixed one: within 1 % of full scale.
    edited(desk::headphones(), &at(30.0), &at(-90.0), 1e-2);
}

#[test]
fn blocks_are_set_anew_without_a_click() {
    let eq = |gain_db: f64| {
        tone(&format!("eq = [{{ type = \"bell\", freq_hz = 500, gain_db = {gain_db}, q = 2 }}]"))
    };
    // The ring of the bell has decayed by then: q / (pi f) = 1.3 ms.
    edited(target("stereo"), &eq(-3.0), &eq(-9.0), 1e-5);
    let compressor = |threshold_db: f64| {
        tone(&format!(
            "compressor = {{ threshold_db = {threshold_db}, ratio = 4, attack_ms = 5, release_ms = 50 }}"
        ))
    };
    // The attack of 5 ms has had twelve time constants: 6e-6 of the 18 dB; within a thousandth.
    edited(target("stereo"), &compressor(-12.0), &compressor(-30.0), 1e-3);
    let master = |gain_db: f64| tone(&format!("[master]\ngain_db = {gain_db}"));
    edited(target("stereo"), &master(-3.0), &master(-9.0), 1e-6);
}

/// A burst that is over after a fifth of a second, in a room of three seconds.
fn room(send_db: f64, more: &str) -> TestScene {
    scene(&format!(
        "duration_s = 10\n[[object]]\nname = \"it\"\ngain_db = -100\n\
         signal = {{ type = \"pink-noise\", level_db = -12, duration_s = 0.2 }}\n\
         sends = [{{ to = \"hall\", gain_db = {send_db}, pre_fader = true }}]\n\
         [[return]]\nname = \"hall\"\nreverb = {{ rt60_s = 3 }}\n{more}\n"
    ))
}

#[test]
fn what_is_sent_changes_and_what_rings_rings_on() {
    let (before, after) = (room(-10.0, ""), room(-30.0, ""));
    let target = target("stereo");
    let mut stage = Stage::new(&before, target.clone());
    // The burst is over: nothing may change any more.
    stage.play(20_000);
    assert!(stage.retune(&before, &after));
    stage.play(20_000);
    assert_eq!(stage.played, offline(&before, &target)[..2 * 40_000]);
}

#[test]
fn another_engine_lets_the_tail_of_the_old_one_ring_out() {
    let silent = "[[object]]\nname = \"new\"\nsignal = { type = \"silence\" }\n\
                  position = { azimuth_deg = 10 }";
    let (before, after) = (room(-10.0, ""), room(-10.0, silent));
    let target = target("stereo");
    let mut stage = Stage::new(&before, target.clone());
    stage.play(20_000);
    assert!(!stage.retune(&before, &after), "that is more than numbers");
    stage.replace(&after);
    stage.play(100_000);
    // The new one has sent nothing yet to its room, and the old one's is heard to the bit: by 10 s
    // of ringing nothing is cut off.
    let whole = offline(&before, &target);
    assert!(whole[2 * 119_000..2 * 120_000].iter().any(|it| it.abs() > 1e-4), "it still rings");
    assert_eq!(worst(&stage.played, &whole[..2 * 120_000]), 0.0);
    // Another one, while that one still rings.
    stage.replace(&before);
    stage.play(40_000);
    assert_eq!(worst(&stage.played, &whole[..2 * 160_000]), 0.0);
    assert_eq!(stage.stagehand.tidy(), 0, "both still ring");
    // The tail falls below -100 dBFS within 4 s, and then they wait for 2 s.
    stage.play(280_000);
    assert_eq!(stage.stagehand.tidy(), 2, "they are freed here");
}

#[test]
fn a_tone_goes_through_a_changeover_as_if_there_were_none() {
    let silent = "[[object]]\nname = \"new\"\nsignal = { type = \"silence\" }";
    let (before, after, target) = (tone(""), tone(silent), target("stereo"));
    let mut stage = Stage::new(&before, target.clone());
    stage.play(9624);
    stage.replace(&after);
    stage.play(50_000);
    // One comes in the line in which the other goes: what is between is rounding.
    let worst = worst(&stage.played, &offline(&before, &target)[..2 * 59_624]);
    assert!(worst < 1e-6, "{worst}");
    assert!(worst > 0.0, "there was a changeover");
}

#[test]
fn what_is_more_than_a_number_is_not_taken_for_one() {
    let before = tone("compressor = { threshold_db = -20, ratio = 3 }");
    let mut stage = Stage::new(&before, target("stereo"));
    for more in [
        "compressor = { threshold_db = -20, ratio = 3 }\ndelay_ms = 5",
        "compressor = { threshold_db = -20, ratio = 3 }\nmute = true",
        "compressor = { threshold_db = -20, ratio = 3, lookahead_ms = 3 }",
        "compressor = { threshold_db = -20, ratio = 3 }\neq = [{ type = \"bell\", freq_hz = 500, gain_db = 3 }]",
        "compressor = { threshold_db = -20, ratio = 3 }\ndoppler = true",
        "",
    ] {
        assert!(!stage.retune(&before, &tone(more)), "{more}");
    }
    assert!(stage.retune(&before, &tone("compressor = { threshold_db = -10, ratio = 2 }")));
}
