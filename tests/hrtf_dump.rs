//! `cupola hrtf`, as it is typed.

use assert_cmd::Command;
use cupola::hrtf::Set;
use cupola::space::unit_vector;
use serde_json::Value;

fn cupola() -> Command {
    Command::cargo_bin("cupola").unwrap()
}

#[test]
fn a_dump_is_what_the_set_answers() {
    let folder = tempfile::tempdir().unwrap();
    let (rows, out) = (folder.path().join("rows.csv"), folder.path().join("out.f32"));
    std::fs::write(&rows, "# azimuth,elevation\n30,0\n\n-110, 20\n").unwrap();
    let run = cupola()
        .args(["hrtf", "dump", "--json", "--directions"])
        .arg(&rows)
        .arg("-o")
        .arg(&out)
        .assert()
        .success();
    let told: Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    let taps = told["taps"].as_u64().unwrap() as usize;
    assert_eq!(told["rate_hz"], 48_000.0);
    let bytes = std::fs::read(&out).unwrap();
    let samples: Vec<f32> = bytes.as_chunks().0.iter().map(|it| f32::from_le_bytes(*it)).collect();
    assert_eq!(samples.len(), 2 * 2 * taps);
    let set = Set::built_in(48_000.0).unwrap();
    let directions = [unit_vector(30.0, 0.0), unit_vector(-110.0, 20.0)];
    for (row, response) in samples.chunks_exact(taps).enumerate() {
        let mut expected = vec![0.0; taps];
        set.assemble(&directions[row / 2], row % 2, &mut expected);
        assert_eq!(response, expected);
        let delay = told["delays_frames"][row / 2][row % 2].as_f64().unwrap();
        let expected = set.first_frames() + set.at(&directions[row / 2], row % 2).delay_frames;
        assert!((delay - expected).abs() < 1e-9);
    }
}

#[test]
fn what_makes_no_direction_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (rows, out) = (folder.path().join("rows.csv"), folder.path().join("out.f32"));
    for row in ["0", "0,91", "nan,0", "0,x", "1,2,3"] {
        std::fs::write(&rows, format!("1,2\n{row}\n")).unwrap();
        let mut command = cupola();
        command.args(["hrtf", "dump", "--directions"]).arg(&rows).arg("-o").arg(&out);
        let run = command.assert().code(1);
        let told = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(told.contains(&format!(":2: `{row}`")), "{told}");
        assert!(!out.exists());
    }
}

#[test]
fn whose_data_it_is_stands_in_the_program() {
    let run = cupola().arg("--licenses").assert().success();
    let told = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    assert!(told.contains("Copyright 1994 by the MIT Media Laboratory"), "{told}");
    assert!(told.contains("Bill Gardner and Keith Martin"), "{told}");
}

#[test]
fn the_built_in_set_says_what_it_is() {
    let run = cupola().args(["hrtf", "info"]).assert().success();
    let told = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    for word in ["MIT KEMAR", "provided the authors are cited", "710", "48000 Hz"] {
        assert!(told.contains(word), "{word}: {told}");
    }
}
