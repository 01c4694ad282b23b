//! The JSON Schema takes the scenes that the reader takes, and refuses what it refuses.

use cupola::scene::{Spec, schema};
use serde_json::Value;

/// Whether a value is what a schema describes. Knows the keywords that our schema uses, and fails
/// on any other, so that none is passed over.
fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    let keywords = schema.as_object().expect("schemas are objects");
    keywords.iter().all(|(keyword, rule)| match keyword.as_str() {
        "$ref" => {
            let pointer = rule.as_str().unwrap().trim_start_matches('#');
            fits(root, root.pointer(pointer).expect("the reference leads somewhere"), value)
        }
        "type" => has_type(rule, value),
        "const" => rule == value,
        "enum" => rule.as_array().unwrap().contains(value),
        "anyOf" => count(root, rule, value) >= 1,
        "oneOf" => count(root, rule, value) == 1,
        "minItems" => value.as_array().is_none_or(|it| it.len() as u64 >= rule.as_u64().unwrap()),
        "maxItems" => value.as_array().is_none_or(|it| it.len() as u64 <= rule.as_u64().unwrap()),
        "minimum" => value.as_f64().is_none_or(|it| it >= rule.as_f64().unwrap()),
        "maximum" => value.as_f64().is_none_or(|it| it <= rule.as_f64().unwrap()),
        "required" => value.as_object().is_none_or(|table| {
            rule.as_array().unwrap().iter().all(|key| table.contains_key(key.as_str().unwrap()))
        }),
        "items" => value.as_array().is_none_or(|items| items.iter().all(|it| fits(root, rule, it))),
        "properties" => value.as_object().is_none_or(|table| {
            let known = |key: &String| rule.get(key);
            table.iter().all(|(key, it)| known(key).is_none_or(|rule| fits(root, rule, it)))
        }),
        "additionalProperties" => value.as_object().is_none_or(|table| {
            let others = table.iter().filter(|(key, _)| schema["properties"].get(key).is_none());
            others.into_iter().all(|(_, it)| rule.as_bool().unwrap_or_else(|| fits(root, rule, it)))
        }),
        "$schema" | "$defs" | "title" | "description" | "default" | "format" => true,
        other => panic!("a keyword this test does not know: {other}"),
    })
}

fn count(root: &Value, choices: &Value, value: &Value) -> usize {
    choices.as_array().unwrap().iter().filter(|choice| fits(root, choice, value)).count()
}

fn has_type(rule: &Value, value: &Value) -> bool {
    match rule.as_str().expect("one type, as nothing may be null") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        other => panic!("a type this test does not know: {other}"),
    }
}

/// Pieces of scenes; the reader and the schema must be of one mind about each.
const OBJECTS: &[(&str, bool)] = &[
    ("", true),
    ("gain_db = -3", true),
    ("gain_db = 'loud'", false),
    ("gian_db = -3", false),
    ("channel = 1", true),
    ("channel = 'mix'", true),
    ("channel = true", false),
    ("macro = { type = 'orbit', turns_per_s = 0.1 }", true),
    ("macro = { type = 'orbit', turns_per_s = 0.1, repeat = 3 }", true),
    ("macro = { type = 'orbit', turns_per_s = 0.1, repeat = 'forever' }", true),
    ("macro = { type = 'orbti', turns_per_s = 0.1 }", false),
    ("macro = { turns_per_s = 0.1 }", false),
    ("macro = 'orbit'", false),
    ("macro = { type = 'orbit', turns_per_s = 0.1, seed = 4 }", false),
    ("macro = { type = 'keyframes', points = [{ t_s = 0 }, { t_s = 1, x = 1 }] }", true),
    ("macro = { type = 'keyframes', curve = 'step', points = [{ t_s = 0 }] }", true),
    ("macro = { type = 'keyframes', curve = 'spline', points = [{ t_s = 0 }] }", false),
    ("macro = { type = 'keyframes' }", false),
    ("micro = { type = 'drift', azimuth_deg = 1, rate_hz = 0.3 }", true),
    ("micro = { type = 'drift', azimut_deg = 1, rate_hz = 0.3 }", false),
    ("distance_law = { type = 'inverse' }", true),
    ("distance_law = { type = 'inverse', limit = '1' }", false),
    ("position = { azimuth_deg = 30 }", true),
    ("position = [30]", false),
    ("mute = 1", false),
    ("gain_db = { points = [[0, -60], [2, 0]], curve = 'smooth' }", true),
    ("gain_db = { lfo = 'sine', rate_hz = 1, from = 0, to = 1 }", true),
    ("gain_db = { lfo = 'sine', rate = 1, from = 0, to = 1 }", false),
    ("eq = [{ type = 'bell', freq_hz = 300, gain_db = 3 }]", true),
    ("eq = [{ type = 'bell', freq = 300, gain_db = 3 }]", false),
    ("eq = [{ type = 'notch', freq_hz = 300, gain_db = 3 }]", false),
    ("compressor = { threshold_db = -20, ratio = 2, detector = 'rms' }", true),
    ("compressor = { threshold_db = -20 }", false),
    ("bypass = ['eq', 'limiter']", true),
    ("bypass = ['fader']", false),
    ("sends = [{ to = 'r', gian = 3 }]", false),
    ("'(shared)' = 3", false),
    ("bus = 3", false),
    ("[[return]]\nname = 'r'\nreverb = { rt60_s = 1 }\nsends = 3", false),
    ("sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\nreverb = { rt60_s = 1 }", true),
    (
        "sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\nspread = [{}]\nreverb = { rt60_s = 1 }",
        true,
    ),
    (
        "sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\nspread = 'up'\nreverb = { rt60_s = 1 }",
        false,
    ),
    ("bus = 'b'\n[[bus]]\nname = 'b'\nlayout = '5.1'\ntrim_db = 3", true),
    ("bus = 'b'\n[[bus]]\nname = 'b'\nposition = {}", false),
    (
        "[[group]]\nname = 'g'\nmembers = ['a']\nturn_deg = { lfo = 'saw', rate_hz = 1, from = 0, to = 360 }",
        true,
    ),
    ("[[group]]\nname = 'g'\nmembers = 'a'", false),
    ("[[preset]]\nname = 'p'\ngain_db = 3\n[defaults.object]\npreset = 'p'", true),
    ("[defaults.objects]\ngain_db = 3", false),
    (
        "[master]\nloudness_lufs = -23\nlimiter = { ceiling_dbtp = -1 }\n[master.target.mono]\ntrim_db = 1",
        true,
    ),
    ("[master]\nlimiter = { ceiling = -1 }", false),
    ("[master.target.mono]\ntrim = 1", false),
    ("doppler = true", true),
    ("out_s = 1", true),
];

#[test]
fn schema_and_reader_are_of_one_mind() {
    let schema = schema();
    let schema = schema.as_value();
    for (piece, is_right) in OBJECTS {
        let text = format!("[[object]]\nname = 'a'\nfile = 'a.wav'\n{piece}\n");
        let told = Spec::lint("a.toml", text.as_bytes()).expect("it is TOML");
        assert_eq!(told.problems.is_empty(), *is_right, "the reader on {piece}: {told}");
        let value: Value = toml::from_str(&text).expect("it is TOML");
        assert_eq!(fits(schema, schema, &value), *is_right, "the schema on {piece}");
    }
}

#[test]
fn every_key_is_explained() {
    let schema = schema();
    let spec = schema.as_value();
    for holder in [
        "",
        "/$defs/Bed",
        "/$defs/Object",
        "/$defs/Bus",
        "/$defs/Return",
        "/$defs/Group",
        "/$defs/Preset",
        "/$defs/Defaults",
        "/$defs/Master",
        "/$defs/Strip",
        "/$defs/Send",
    ] {
        let properties = spec.pointer(&format!("{holder}/properties")).unwrap();
        for (key, property) in properties.as_object().unwrap() {
            let description = property["description"].as_str().unwrap_or_default();
            assert!(!description.is_empty(), "{holder}/{key} is not described");
        }
    }
}
