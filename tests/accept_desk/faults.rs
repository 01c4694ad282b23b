//! What is no number is silenced, and said by name.

use super::{noise, on};
use crate::desk::{layouts, scene};
use crate::heard::{Blind, peak};
use cupola::render::levels;

/// A tone that is raised beyond all that floating point can hold.
fn overflowing() -> String {
    let bell = "{ type = \"bell\", freq_hz = 1000, gain_db = 60, q = 0.05 }";
    let bands = vec![bell; 14].join(", ");
    format!(
        "[[object]]\nname = \"mad\"\nposition = {{ azimuth_deg = -30 }}\ntrim_db = 60\n\
         signal = {{ type = \"tone\", freq_hz = 1000, level_db = 20, duration_s = 0.1 }}\n\
         eq = [{bands}]\ncompressor = {{ threshold_db = -20, ratio = 4 }}\n"
    )
}

#[test]
fn an_overflow_is_silenced_and_the_rest_goes_on() {
    let lead = format!(
        "duration_s = 0.3\n{}",
        noise("lead", 1, "position = { azimuth_deg = 30 }\nsends = [{ to = \"hall\" }]")
    );
    let hall = "[[return]]\nname = \"hall\"\nreverb = { rt60_s = 0.2 }\n\
                spread = [{ azimuth_deg = 30 }]\n";
    let text = format!("{lead}{}{hall}", overflowing());
    let mixed = on("stereo", &text);
    assert!(mixed.iter().flatten().all(|sample| sample.is_finite()));
    let alone = on("stereo", &format!("{lead}{hall}"));
    assert!(peak(&alone[0]) > 0.01 && mixed[0] == alone[0], "the other side is as it was");
    let targets: Vec<_> = layouts(&["stereo"]).into_iter().map(Into::into).collect();
    let measured = levels(&scene(&text).scene, &targets, &mut Blind).unwrap();
    let named = |warning: &&String| warning.starts_with("mad: no number in frame ");
    assert_eq!(measured.warnings.iter().filter(named).count(), 1, "{:?}", measured.warnings);
    assert_eq!(measured.warnings.len(), 1, "nobody else: {:?}", measured.warnings);
}
