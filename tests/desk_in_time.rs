//! Every path arrives together, whatever else in the scene is late.

#[path = "support/command.rs"]
mod command;
#[path = "support/wave.rs"]
mod wave;

use std::fs;

use command::cupola;
use wave::read_floats;

/// Makes everything that is heard wait for 960 frames.
const LATE: &str = "duration_s = 0.5\n\
    [[object]]\nname = \"late\"\nsignal = { type = \"silence\" }\n\
    compressor = { threshold_db = 0, ratio = 2, lookahead_ms = 20 }\n";

/// Renders a scene beside what is late; its left channel.
fn left(scene: &str) -> Vec<f32> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.toml"), format!("{LATE}{scene}")).unwrap();
    cupola(folder.path(), "render s.toml --to stereo -o out.wav").well();
    read_floats(&folder.path().join("out.wav")).swap_remove(0)
}

/// The frames that are other than silence.
fn sounding(samples: &[f32]) -> Vec<usize> {
    let loud = samples.iter().enumerate().filter(|(_, sample)| sample.abs() > 1e-3);
    loud.map(|(frame, _)| frame).collect()
}

#[test]
fn a_return_is_in_time_with_what_sends_to_it() {
    let samples = left(
        "[[object]]\nname = \"click\"\n\
         signal = { type = \"clicks\", rate_hz = 1, level_db = -6 }\n\
         sends = [{ to = \"echo\" }]\n\
         [[return]]\nname = \"echo\"\n\
         echo = { time_ms = 100, feedback = 0 }\nspread = [{ azimuth_deg = 30 }]\n",
    );
    assert_eq!(sounding(&samples), [0, 4800]);
}

#[test]
fn a_key_is_in_time_with_what_it_opens() {
    let samples = left(
        "[[object]]\nname = \"key\"\nstart_s = 0.1\ngain_db = -200\n\
         signal = { type = \"clicks\", rate_hz = 1, level_db = 0 }\n\
         [[object]]\nname = \"noise\"\n\
         signal = { type = \"white-noise\", level_db = -10 }\nposition = { azimuth_deg = 30 }\n\
         gate = { threshold_db = -20, ratio = 1000, range_db = -200, key = \"key\", attack_ms = 0 }\n",
    );
    let opens = sounding(&samples)[0];
    // It opens within a sample; a handful of noise may lie below what counts as sound.
    assert!((4800..4805).contains(&opens), "it opens at {opens}");
}

#[test]
fn a_fader_moves_when_its_sound_does() {
    let samples = left(
        "[[object]]\nname = \"noise\"\n\
         signal = { type = \"white-noise\", level_db = -10 }\nposition = { azimuth_deg = 30 }\n\
         gain_db = { points = [[0, -200], [0.1, 0]], curve = \"step\" }\n",
    );
    let rises = sounding(&samples)[0];
    // A step is a straight line over the quantum of the desk's clock that it falls into; before the
    // latency of 960 frames is taken off, that is any of 64 frames.
    assert!((4800 - 64..=4800).contains(&rises), "it rises at {rises}");
}

#[test]
fn what_moves_is_where_it_is_when_it_is_heard() {
    let samples = left(
        "[[object]]\nname = \"noise\"\n\
         signal = { type = \"white-noise\", level_db = -10 }\n\
         macro = { type = \"keyframes\", points = [\
         { t_s = 0, azimuth_deg = -30 }, { t_s = 0.1, azimuth_deg = -30 },\
         { t_s = 0.2, azimuth_deg = 30 }, { t_s = 1, azimuth_deg = 30 }] }\n",
    );
    let comes = sounding(&samples)[0];
    // On the right nothing is heard from the left; control steps are 256 frames, and it takes a few
    // hundred frames of 60 degrees in 4800 until there is a thousandth.
    assert!((4800 - 256..4800 + 512).contains(&comes), "it comes at {comes}");
}
