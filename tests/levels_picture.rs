//! The picture of levels over time.

use cupola::picture::{Levels, levels_sheet};

/// A programme that swells and rests, a value every tenth of a second.
fn levels(duration_s: u32) -> Levels {
    let series = |value: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
        (1..=10 * duration_s)
            .map(|tenth| 0.1 * f64::from(tenth))
            .map(|it| (it, value(it)))
            .collect()
    };
    let swell = |time_s: f64| -24.0 + 6.0 * (time_s / 9.0).sin() + 2.0 * (time_s / 2.3).sin();
    let beat = |time_s: f64| 3.0 * (time_s * 2.7).sin() * (time_s * 0.9).cos();
    let rest = |time_s: f64| (time_s % 31.0) < 2.0;
    Levels {
        title: "Night market".into(),
        subtitle: "7.1.4".into(),
        span_s: 0.0..f64::from(duration_s),
        momentary_lufs: series(&|it| {
            if rest(it) { f64::NEG_INFINITY } else { swell(it) + beat(it) }
        }),
        short_term_lufs: series(&swell),
        integrated_lufs: Some(-23.4),
        target_lufs: Some(-23.0),
        true_peak_dbtp: series(&|it| {
            if rest(it) { f64::NEG_INFINITY } else { swell(it) + 16.0 + 2.0 * beat(it) }
        }),
        ceiling_dbtp: Some(-1.0),
        gain_reduction_db: vec![
            ("drums".into(), series(&|it| (-beat(it).abs()).min(0.0))),
            ("master".into(), series(&|it| (-7.0 - swell(it) - 16.0).min(0.0))),
        ],
    }
}

/// Writes it where a look at it is wanted: `CUPOLA_PICTURES=folder`.
fn drawn(name: &str, levels: &Levels) -> String {
    let text = levels_sheet(levels);
    if let Some(folder) = std::env::var_os("CUPOLA_PICTURES") {
        std::fs::write(std::path::Path::new(&folder).join(name), &text).unwrap();
    }
    text
}

#[test]
fn everything_is_named_and_inside_the_paper() {
    let text = drawn("levels.svg", &levels(96));
    for word in [
        "Night market",
        "Loudness",
        "momentary, max",
        "short-term, max",
        "integrated −23.4",
        "target −23.0",
        "True peak",
        "ceiling −1.0",
        "Gain reduction",
        "drums, max",
        "master, max",
        "time (s)",
    ] {
        assert!(text.contains(word), "no {word:?}");
    }
    assert!(text.contains("class=\"excess\""), "peaks above the ceiling stand out");
    assert!(!text.contains("NaN") && !text.contains("inf"));
    for points in text.split("points=\"").skip(1) {
        for pair in points.split('"').next().unwrap().split(' ') {
            let (x, y) = pair.split_once(',').unwrap();
            let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
            assert!((84.0..=1084.0).contains(&x) && (92.0..760.0).contains(&y), "{pair}");
        }
    }
}

#[test]
fn what_is_not_known_is_not_drawn() {
    let mut few = levels(10);
    few.true_peak_dbtp.clear();
    few.gain_reduction_db.clear();
    few.target_lufs = None;
    let text = drawn("few.svg", &few);
    for word in ["True peak", "Gain reduction", "target", "ceiling"] {
        assert!(!text.contains(word), "{word}");
    }
    let nothing = Levels { span_s: 0.0..1.0, ..Levels::default() };
    assert!(levels_sheet(&nothing).ends_with("</svg>\n"));
}

/// Four hours are 144,000 values; the picture of them is no bigger than that of minutes.
#[test]
fn long_programmes_make_no_long_picture() {
    let text = drawn("long.svg", &levels(4 * 3600));
    assert!(text.len() < 300_000, "{} bytes", text.len());
    assert_eq!(text, levels_sheet(&levels(4 * 3600)), "the same bytes every time");
}
