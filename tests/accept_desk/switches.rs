//! Mutes, solos, groups, polarity, trims, delays, and where sends are taken.

use super::{alike, noise, on, sum};
use crate::heard::{difference, peak};

fn stereo(text: &str) -> Vec<Vec<f32>> {
    on("stereo", &format!("duration_s = 0.3\n{text}"))
}

#[test]
fn mutes_and_solos_leave_the_others() {
    let [one, other] = [noise("one", 1, ""), noise("other", 2, "")];
    let alone = stereo(&one);
    alike(&alone, &stereo(&(one.clone() + &noise("other", 2, "mute = true"))));
    alike(&alone, &stereo(&(noise("one", 1, "solo = true") + &other)));
    let group = "[[group]]\nname = \"rest\"\nmembers = [\"other\"]\nmute = true\n";
    alike(&alone, &stereo(&(one + &other + group)));
}

#[test]
fn groups_and_trims_are_faders() {
    let quieter = stereo(&noise("one", 1, "gain_db = -6"));
    let group = "[[group]]\nname = \"all\"\nmembers = [\"one\"]\ngain_db = -4\n";
    alike(&quieter, &stereo(&(noise("one", 1, "gain_db = -2") + group)));
    alike(&quieter, &stereo(&noise("one", 1, "trim_db = -6")));
    alike(&quieter, &stereo(&(noise("one", 1, "") + "[master]\ngain_db = -6\n")));
}

#[test]
fn a_turned_polarity_cancels_to_silence() {
    let settings = "eq = [{ type = \"bell\", freq_hz = 500, gain_db = 5 }]\n\
                    compressor = { threshold_db = -30, ratio = 4, lookahead_ms = 3 }\n";
    let turned = format!("{settings}invert_polarity = true");
    let both = stereo(&(noise("one", 1, settings) + &noise("other", 1, &turned)));
    assert!(both.iter().all(|channel| peak(channel) == 0.0), "to the bit");
    let alone = stereo(&noise("one", 1, settings));
    assert!(peak(&alone[0]) > 0.01);
}

/// 10 ms are 480 frames, also where a lookahead elsewhere makes everything late.
#[test]
fn a_delay_is_heard_and_only_where_it_is() {
    let right = |more: &str| {
        let looks_ahead = "position = { azimuth_deg = -30 }\nlimiter = { ceiling_dbtp = -1 }\n";
        noise("right", 2, &format!("{looks_ahead}{more}"))
    };
    let left = |more: &str| noise("left", 1, &format!("position = {{ azimuth_deg = 30 }}\n{more}"));
    let plain = stereo(&(left("") + &right("")));
    let delayed = stereo(&(left("delay_ms = 10") + &right("")));
    assert!(plain[1] == delayed[1], "the other is as it was");
    assert!(delayed[0][480..] == plain[0][..plain[0].len() - 480]);
    assert!(peak(&delayed[0][..480]) == 0.0 && peak(&plain[0][..480]) > 0.01);
}

#[test]
fn sends_are_taken_before_or_behind_the_fader() {
    let hall = "[[return]]\nname = \"hall\"\necho = { time_ms = 20, feedback = 0.5 }\n";
    let heard = |fader_db: f64, pre_fader: bool| {
        let send = format!("sends = [{{ to = \"hall\", gain_db = -3, pre_fader = {pre_fader} }}]");
        stereo(&(noise("one", 1, &format!("gain_db = {fader_db}\n{send}")) + hall))
    };
    let dry = stereo(&noise("one", 1, ""));
    let wet =
        |fader_db: f64, gain: f32, pre_fader: bool| sum(&heard(fader_db, pre_fader), &dry, -gain);
    alike(&wet(0.0, 1.0, true), &wet(-20.0, 0.1, true));
    alike(&wet(0.0, 1.0, true), &wet(0.0, 1.0, false));
    let behind = wet(-20.0, 0.1, false);
    let tenth = sum(&behind, &wet(0.0, 1.0, true), -0.1);
    assert!(peak(&behind[0]) > 0.003 && tenth.iter().all(|it| peak(it) < 1e-6));
    assert!(difference(&behind, &wet(0.0, 1.0, true)) > 0.01);
}
