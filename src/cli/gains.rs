//! `cupola gains`.

use std::io::{self, Read};

use clap::Args;
use serde_json::json;

use super::output;
use crate::layout;
use crate::pan::{GainRow, Panner, Spread};
use crate::space::unit_vector;
use crate::{Error, Result};

/// What a row may hold, for its error messages.
const ROW: &str = "azimuth,elevation[,spread] or azimuth,elevation,width,height in degrees";

#[derive(Args)]
pub struct Arguments {
    /// The layout, by name or by the path of a .toml file
    layout: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A direction and a size, as typed.
struct Row {
    azimuth_deg: f64,
    elevation_deg: f64,
    spread: Spread,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let layout = layout::load(&arguments.layout)?;
    let panner = Panner::new(&layout)?;
    panner.warnings().iter().for_each(|warning| eprintln!("warning: {warning}"));
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => Error::input("standard input: not text; rows of numbers"),
        _ => Error::machine(format!("standard input: {error}")),
    })?;
    let gains: Vec<Vec<f64>> = rows(&text)?.iter().map(|row| solve(&panner, row)).collect();
    if arguments.json {
        let channels: Vec<&str> = layout.loudspeakers.iter().map(|it| it.name.as_str()).collect();
        let whole = json!({ "layout": layout.name, "channels": channels, "gains": gains });
        return output::print(&format!("{whole}\n"));
    }
    let line = |gains: &Vec<f64>| {
        let numbers: Vec<String> = gains.iter().map(f64::to_string).collect();
        numbers.join(",") + "\n"
    };
    output::print(&gains.iter().map(line).collect::<String>())
}

fn solve(panner: &Panner, row: &Row) -> Vec<f64> {
    let mut gains = GainRow::new();
    let direction = unit_vector(row.azimuth_deg, row.elevation_deg);
    panner.solve_spread(&direction, &row.spread, &mut gains);
    gains.to_dense(panner.channels())
}

/// The rows of a text. Blank lines and what follows a `#` are skipped.
fn rows(text: &str) -> Result<Vec<Row>> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let lines = lines.map(|(index, line)| (index + 1, line.split('#').next().unwrap_or("").trim()));
    lines.filter(|(_, line)| !line.is_empty()).map(|(number, line)| row(number, line)).collect()
}

fn row(line_number: usize, line: &str) -> Result<Row> {
    let wrong = |what: String| Error::input(format!("standard input:{line_number}: {what}"));
    let number = |text: &str| match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(wrong(format!("`{text}` is not a number; {ROW}"))),
    };
    let numbers = words(line).map(number).collect::<Result<Vec<f64>>>()?;
    let (azimuth_deg, elevation_deg, width_deg, height_deg) = match numbers[..] {
        [azimuth, elevation] => (azimuth, elevation, 0.0, 0.0),
        [azimuth, elevation, spread] => (azimuth, elevation, spread, spread),
        [azimuth, elevation, width, height] => (azimuth, elevation, width, height),
        _ => return Err(wrong(format!("{} numbers; {ROW}", numbers.len()))),
    };
    let within = |what: &str, value: f64, lowest: f64, highest: f64| {
        let fits = (lowest..=highest).contains(&value);
        let message = || wrong(format!("{what} {value}; from {lowest} to {highest} degrees"));
        if fits { Ok(()) } else { Err(message()) }
    };
    within("azimuth", azimuth_deg, -36_000.0, 36_000.0)?;
    within("elevation", elevation_deg, -90.0, 90.0)?;
    within("spread or width", width_deg, 0.0, 360.0)?;
    within("height", height_deg, 0.0, 360.0)?;
    Ok(Row { azimuth_deg, elevation_deg, spread: Spread { width_deg, height_deg } })
}

/// What stands between commas, or blanks where there are none.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(',').flat_map(|part| match part.trim() {
        "" => vec![""],
        part => part.split_whitespace().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Option<[f64; 4]> {
        let row = row(1, line).ok()?;
        let Spread { width_deg, height_deg } = row.spread;
        Some([row.azimuth_deg, row.elevation_deg, width_deg, height_deg])
    }

    #[test]
    fn commas_and_blanks_separate() {
        for line in ["30,-5,10,20", "30 -5 10 20", "30, -5\t10 , 20"] {
            assert_eq!(found(line), Some([30.0, -5.0, 10.0, 20.0]), "{line}");
        }
        assert_eq!(found("1 2"), Some([1.0, 2.0, 0.0, 0.0]));
        assert_eq!(found("1 2 3"), Some([1.0, 2.0, 3.0, 3.0]));
    }

    #[test]
    fn blank_lines_and_comments_do_not_count_but_are_counted() {
        let text = "\u{feff}# header\r\n\r\n10,0 # here\r\n  \n20,0\n";
        assert_eq!(rows(text).unwrap().len(), 2);
        let error = rows("1,2\n\n# three\n1,2,x").err().unwrap().to_string();
        assert!(error.starts_with("standard input:4: `x` is not a number"), "{error}");
    }

    #[test]
    fn what_makes_no_row_is_refused() {
        for line in
            ["1", "1,2,3,4,5", "1,,2", "1,2,", "nan,0", "1,inf", "0,91", "0,0,-1", "0,0,0,361"]
        {
            assert!(found(line).is_none(), "{line}");
        }
    }
}
