//! SOFA files that are wrong: each is an error that says what, where, and what would be right.

mod sofa_support;

use cupola::hrtf::sofa;
use sofa_support::{Maker, SMALL, kemar, small};

#[track_caller]
fn refused(maker: &Maker, parts: &[&str]) {
    let error = maker.read().expect_err("it was read").to_string();
    assert_eq!(error.lines().count(), 1, "{error}");
    for part in ["it.sofa: "].iter().chain(parts) {
        assert!(error.contains(part), "no {part:?} in {error:?}");
    }
}

#[test]
fn other_conventions_are_named() {
    let maker = Maker::small();
    assert!(maker.read().is_ok());
    let rooms = maker.clone().text("SOFAConventions", "MultiSpeakerBRIR");
    refused(&rooms, &["is a MultiSpeakerBRIR set", "SimpleFreeFieldHRIR"]);
    refused(&maker.clone().text("SOFAConventions", ""), &["does not say its SOFAConventions"]);
    refused(&maker.text("DataType", "TF"), &["DataType is TF", "FIR"]);
}

#[test]
fn shapes_must_agree() {
    let maker = Maker::small();
    let values = vec![0.5; 96];
    let shaped = |shape: &[u64]| maker.clone().variable("Data.IR", shape, &values);
    refused(&shaped(&[6, 16]), &["Data.IR", "6 x 16", "measurements x 2 x samples"]);
    refused(&shaped(&[6, 1, 16]), &["for 1 receivers", "2 ears"]);
    refused(&shaped(&[6, 4, 4]), &["for 4 receivers", "2 ears"]);
    refused(&shaped(&[8, 2, 6]), &["SourcePosition", "6 x 3", "8 x 3"]);
    let one = maker.clone().variable("SourcePosition", &[1, 3], &[0.0, 0.0, 1.0]);
    refused(&one, &["SourcePosition", "one place for 6 measurements"]);
    let delays = maker.clone().variable("Data.Delay", &[3, 2], &[0.0; 6]);
    refused(&delays, &["Data.Delay", "3 x 2", "6 x 2"]);
    let views = maker.clone().variable("ListenerView", &[2, 3], &[1.0; 6]);
    refused(&views, &["ListenerView", "2 x 3", "1 x 3"]);
    for name in ["Data.IR", "SourcePosition", "Data.SamplingRate"] {
        refused(&maker.clone().without(name), &["has no", name]);
    }
}

#[test]
fn sizes_have_bounds() {
    let many = vec![0.5; 2 * 100_001];
    let maker = Maker::small().variable("Data.IR", &[100_001, 2, 1], &many);
    refused(&maker, &["100001 measurements", "100000"]);
    let long = vec![0.5; 2 * 131_073];
    let maker = Maker::small().variable("Data.IR", &[1, 2, 131_073], &long);
    refused(&maker, &["131073 samples", "131072"]);
    refused(&Maker::small().variable("Data.IR", &[0, 2, 8], &[]), &["Data.IR"]);
}

#[test]
fn rates_are_audio_rates() {
    for rate_hz in [7_999.0, 384_001.0, 0.0, -48_000.0, f64::NAN, f64::INFINITY] {
        let maker = Maker::small().value("Data.SamplingRate", 0, rate_hz);
        refused(&maker, &["Data.SamplingRate", "8000 to 384000"]);
    }
    let two = Maker::small().variable("Data.SamplingRate", &[2], &[48_000.0, 44_100.0]);
    refused(&two, &["Data.SamplingRate", "one rate"]);
}

#[test]
fn numbers_are_finite() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
        // Direction 4 of 6, right ear, sample 3 of 8.
        let maker = Maker::small().value("Data.IR", (3 * 2 + 1) * 8 + 2, value);
        refused(&maker, &["measurement 4, right ear", "sample 3", "finite"]);
    }
    refused(&Maker::small().value("SourcePosition", 3, f64::NAN), &["measurement 2", "finite"]);
    refused(&Maker::small().value("Data.Delay", 0, f64::NAN), &["Data.Delay", "0 to 131072"]);
    refused(&Maker::small().value("Data.Delay", 1, -1.0), &["Data.Delay", "0 to 131072"]);
    refused(&Maker::small().value("ListenerView", 0, f64::NAN), &["ListenerView", "finite"]);
}

#[test]
fn silence_is_no_response() {
    let mut maker = Maker::small();
    for tap in 0..8 {
        maker = maker.value("Data.IR", 2 * 2 * 8 + tap, 0.0);
    }
    refused(&maker, &["measurement 3, left ear", "silent"]);
}

#[test]
fn a_direction_is_there_once() {
    let again = Maker::small().value("SourcePosition", 5 * 3, 120.0);
    refused(&again, &["measurements 3 and 6", "azimuth 120.000, elevation 10.000"]);
    let round = Maker::small().value("SourcePosition", 5 * 3, 360.0);
    refused(&round, &["measurements 1 and 6", "azimuth 0.000"]);
    let near = Maker::small().value("SourcePosition", 5 * 3, 359.999_5);
    refused(&near, &["measurements 1 and 6"]);
    let beside = Maker::small().value("SourcePosition", 5 * 3, 359.998);
    assert_eq!(beside.read().unwrap().directions.len(), 6);
}

#[test]
fn places_make_sense() {
    refused(&Maker::small().value("SourcePosition", 1, 91.0), &["measurement 1", "-90 to 90"]);
    refused(&Maker::small().value("SourcePosition", 2, -1.0), &["measurement 1", "negative"]);
    refused(&Maker::small().value("SourcePosition", 2, 0.0), &["measurement 1", "distance"]);
    let cylinder = Maker::small().kind("SourcePosition", "Type", "cylindrical");
    refused(&cylinder, &["SourcePosition", "'cylindrical'", "spherical or cartesian"]);
    let gons = Maker::small().kind("SourcePosition", "Units", "gon, gon, metre");
    refused(&gons, &["SourcePosition", "'gon, gon, metre'", "in degrees or in radians"]);
    let lying = Maker::small().variable("ListenerUp", &[1, 3], &[1.0, 0.0, 0.0]);
    refused(&lying, &["ListenerView and ListenerUp"]);
}

#[test]
fn files_cut_short_are_refused() {
    let mut paths: Vec<_> = SMALL.iter().map(|name| small(name)).collect();
    paths.extend(kemar());
    for path in paths {
        let whole = std::fs::read(&path).unwrap();
        for percent in [0, 1, 25, 50, 75, 90, 99] {
            let length = whole.len() * percent / 100;
            let error = sofa::parse("cut.sofa", whole[..length].to_vec());
            let error = error.expect_err(&format!("{}: {percent} %", path.display())).to_string();
            assert!(error.starts_with("cut.sofa: ") && error.lines().count() == 1, "{error}");
        }
    }
}

#[test]
fn other_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("empty.sofa"), "").unwrap();
    std::fs::write(path("text.sofa"), "azimuth,elevation\n".repeat(1000)).unwrap();
    let said = |name: &str| sofa::read(&path(name)).unwrap_err().to_string();
    assert!(said("empty.sofa").contains("not a SOFA file"));
    assert!(said("text.sofa").contains("text.sofa: not a SOFA file"));
    assert!(said("missing.sofa").contains("missing.sofa"));
    assert!(sofa::read(folder.path()).unwrap_err().to_string().contains("not a file"));
    // Another program's file in the same container.
    let mut other = hdf5_pure::FileBuilder::new();
    other.create_dataset("temperature").with_f64_data(&[1.0]);
    let error = sofa::parse("other.h5", other.finish().unwrap()).unwrap_err().to_string();
    assert!(error.contains("does not say its SOFAConventions"), "{error}");
}
