//! `cupola gains` as its users see it.

use assert_cmd::Command;

fn gains(arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut command = Command::cargo_bin("cupola").unwrap();
    let output = command.arg("gains").args(arguments).write_stdin(input).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn numbers(line: &str) -> Vec<f64> {
    line.split(',').map(|number| number.parse().unwrap()).collect()
}

#[test]
fn every_row_has_its_line_of_gains() {
    let (status, out, _) = gains(&["5.1"], "# straight on, left, behind\n0,0\n\n30 0\n180, 0, 0\n");
    assert_eq!(status, 0);
    let lines: Vec<Vec<f64>> = out.lines().map(numbers).collect();
    assert_eq!(lines[0], [0.0, 0.0, 1.0, 0.0, 0.0, 0.0]);
    assert_eq!(lines[1], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    assert!((lines[2][4] - 0.5f64.sqrt()).abs() < 1e-12 && lines[2][4] == lines[2][5]);
    assert_eq!(lines.len(), 3);
}

#[test]
fn numbers_survive_being_written() {
    let (_, out, _) = gains(&["7.1.4"], "17.3,12.1\n17.3,12.1,20\n17.3,12.1,20,20");
    let lines: Vec<Vec<f64>> = out.lines().map(numbers).collect();
    let layout = cupola::layout::load("7.1.4").unwrap();
    let panner = cupola::pan::Panner::new(&layout).unwrap();
    assert_eq!(lines[0], panner.gains(&cupola::space::unit_vector(17.3, 12.1)));
    assert_eq!(lines[1], lines[2]);
    assert_ne!(lines[0], lines[1]);
}

#[test]
fn json_says_which_channel_is_which() {
    let (status, out, _) = gains(&["stereo", "--json"], "30,0\n");
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(status, 0);
    assert_eq!(found["layout"], "stereo");
    assert_eq!(found["channels"], serde_json::json!(["L", "R"]));
    assert_eq!(found["gains"], serde_json::json!([[1.0, 0.0]]));
}

#[test]
fn a_bad_row_is_named_with_what_would_be_right() {
    for (input, line, word) in [
        ("0,0\n1,two\n", ":2:", "`two`"),
        ("7\n", ":1:", "azimuth,elevation"),
        ("\n\n0,95\n", ":3:", "-90 to 90"),
        ("0,0,400", ":1:", "0 to 360"),
    ] {
        let (status, out, error) = gains(&["5.1"], input);
        assert_eq!((status, out.as_str()), (1, ""), "{input}");
        assert!(
            error.contains(line) && error.contains(word) && error.lines().count() == 1,
            "{error}"
        );
    }
}

#[test]
fn no_rows_are_no_gains() {
    assert_eq!(gains(&["5.1"], ""), (0, String::new(), String::new()));
    let (status, _, error) = gains(&["5.1.77"], "0,0");
    assert!(status == 2 && error.contains("5.1.77"), "{error}");
}
