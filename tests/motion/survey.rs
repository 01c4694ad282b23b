//! What motions are to the ear.

use cupola::motion::{Class, Placement, Survey, survey};

use super::{build, moving, swaying};

fn drifting(azimuth_deg: f64, elevation_deg: f64, rate_hz: f64) -> Survey {
    let fields = format!(
        "azimuth_deg = {azimuth_deg}\nelevation_deg = {elevation_deg}\nrate_hz = {rate_hz}"
    );
    survey(&swaying("", "drift", &fields, "voice"), 120.0)
}

#[test]
fn classes_are_those_of_the_ear() {
    let still = build(&Placement::default(), None, None, "a").unwrap();
    assert_eq!(survey(&still, 60.0).class, Class::Still);
    assert_eq!(drifting(0.3, 0.5, 0.3).class, Class::SubThreshold);
    assert_eq!(drifting(1.5, 2.0, 0.3).class, Class::Micro);
    assert_eq!(drifting(12.0, 2.0, 0.3).class, Class::Macro);
    assert_eq!(drifting(3.0, 3.0, 12.0).class, Class::Macro, "too quick for a micro motion");
    let orbit =
        |rate: f64| survey(&moving("", "orbit", &format!("turns_per_s = {rate}")), 60.0).class;
    assert_eq!(orbit(0.1), Class::Macro);
    assert_eq!(orbit(3.0), Class::TooFastToFollow);
    // In ten thousand even steps through the minute it would be at the same place every time.
    assert_eq!(orbit(500.0 / 3.0), Class::TooFastToFollow);
    assert_eq!(orbit(1000.0), Class::TooFastToFollow);
}

#[test]
fn figures_are_those_of_the_motion() {
    let fields = "cycles_per_s = 0.5\nswing_deg = 20\nbearing_deg = 90";
    let found = survey(&moving("distance = 2", "pendulum", fields), 40.0);
    // 10,000 looks at a sine: its top is met to a part in ten thousand, its mean to one in a
    // thousand; 95 percent of its time a sine stays within sin(0.95 * 90 degrees) = 0.9969.
    assert!((found.excursion_max_deg - 20.0).abs() < 0.05, "{found:?}");
    assert!((found.excursion_p95_deg - 19.94).abs() < 0.05, "{found:?}");
    assert!((found.excursion_p95_audible - 19.94 / 3.65).abs() < 0.05, "{found:?}");
    let top_deg_s = 20.0 * std::f64::consts::PI;
    assert!((found.speed_max_deg_s - top_deg_s).abs() < 0.01 * top_deg_s, "{found:?}");
    assert!((found.speed_p95_deg_s - 0.9969 * top_deg_s).abs() < 0.01 * top_deg_s, "{found:?}");
    assert_eq!(found.max_distance, 2.0);
    assert_eq!(found, survey(&moving("distance = 2", "pendulum", fields), 40.0));
}
