//! What is told of a scene, as JSON.

use serde_json::{Value, json};

use super::findings::{Findings, Line, class_name};
use crate::document::{DocumentError, Problem, position};
use crate::motion::Survey;
use crate::scene::Scene;

/// The problems and, of a scene without errors, its beds and objects.
pub fn to_json(found: Option<(&Scene, &Findings)>, report: &DocumentError) -> Value {
    let problems: Vec<Value> = report.problems.iter().map(|it| problem(report, it)).collect();
    let Some((scene, Findings { beds, objects })) = found else {
        return json!({ "file": report.name, "problems": problems });
    };
    let beds = beds.iter().zip(&scene.beds).map(|(line, bed)| {
        let mut value = common(line);
        value["layout"] = json!(bed.layout.name);
        value
    });
    let objects = objects.iter().map(|(line, survey)| {
        let mut value = common(line);
        value["motion"] = motion(survey);
        value
    });
    json!({
        "file": report.name,
        "sample_rate": scene.spec.sample_rate,
        "frames": (!scene.is_endless()).then_some(scene.frames),
        "problems": problems,
        "beds": beds.collect::<Vec<_>>(),
        "objects": objects.collect::<Vec<_>>(),
    })
}

fn problem(report: &DocumentError, problem: &Problem) -> Value {
    let at = position(&report.text, problem.span.as_ref().map_or(0, |span| span.start));
    json!({
        "severity": problem.severity.to_string(),
        "line": at.line,
        "column": at.column,
        "message": problem.message,
        "help": problem.help,
    })
}

fn common(line: &Line) -> Value {
    json!({
        "name": line.name,
        "source": line.source,
        "channels": line.channels,
        "start_s": line.start_s,
        "length_s": line.length_s,
    })
}

fn motion(survey: &Survey) -> Value {
    json!({
        "class": class_name(survey.class),
        "excursion_max_deg": survey.excursion_max_deg,
        "excursion_p95_deg": survey.excursion_p95_deg,
        "excursion_p95_audible": survey.excursion_p95_audible,
        "speed_max_deg_s": survey.speed_max_deg_s,
        "speed_p95_deg_s": survey.speed_p95_deg_s,
        "max_distance": survey.max_distance,
    })
}
