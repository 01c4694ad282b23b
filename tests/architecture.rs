//! The house rules, held by a machine: imports run one way, rooms stay small, nothing is unsafe.

use std::fs;
use std::path::{Path, PathBuf};

/// Every module and what it may import from the crate. A new arrow is a decision: make it here.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("space", &[]),
    ("block", &[]),
    ("hull", &["space"]),
    ("latest", &[]),
    ("octahedron", &["space"]),
    ("error", &["document"]),
    ("folder", &["error"]),
    ("document", &["error", "folder"]),
    ("dsp", &["units", "block"]),
    ("automation", &["document"]),
    ("effect", &["units", "block", "error", "document", "dsp", "automation"]),
    ("loudness", &["units", "block", "dsp"]),
    ("hrtf", &["units", "space", "hull", "octahedron", "error", "dsp"]),
    ("binaural", &["units", "space", "block", "dsp", "loudness", "hrtf"]),
    // Loudspeakers have an equaliser like strips, written and checked alike.
    ("layout", &["units", "space", "error", "document", "effect"]),
    ("pan", &["units", "space", "hull", "octahedron", "error", "layout"]),
    ("motion", &["units", "space", "error", "document", "automation"]),
    ("source", &["units", "block", "error", "document", "folder", "dsp"]),
    ("picture", &["units", "space", "layout"]),
    (
        "scene",
        &[
            "units",
            "space",
            "error",
            "document",
            "folder",
            "layout",
            "motion",
            "source",
            "automation",
            "effect",
        ],
    ),
    (
        "engine",
        &[
            "units",
            "space",
            "block",
            "latest",
            "dsp",
            "hrtf",
            "binaural",
            "pan",
            "motion",
            "automation",
            "effect",
        ],
    ),
    ("sink", &["units", "block", "error"]),
    ("control", &["units", "space", "error", "automation", "binaural", "scene", "engine"]),
    (
        "render",
        &[
            "units",
            "space",
            "block",
            "error",
            "document",
            "folder",
            "layout",
            "pan",
            "motion",
            "source",
            "automation",
            "effect",
            "hrtf",
            "binaural",
            "loudness",
            "scene",
            "engine",
            "sink",
        ],
    ),
    ("identify", &["units", "error", "dsp", "layout", "pan", "source", "engine", "render"]),
    (
        "live",
        &[
            "units", "block", "latest", "error", "dsp", "layout", "source", "loudness", "engine",
            "sink", "render",
        ],
    ),
    (
        "bench",
        &[
            "units", "error", "block", "layout", "pan", "motion", "effect", "loudness", "hrtf",
            "scene", "engine", "sink", "render", "live",
        ],
    ),
    (
        "cli",
        &[
            "units", "space", "block", "error", "document", "folder", "layout", "pan", "motion",
            "source", "picture", "scene", "engine", "sink", "render", "bench", "loudness", "hrtf",
            "live", "control", "identify",
        ],
    ),
    ("lib", &["error", "cli"]),
    ("main", &[]),
];

/// Crates that only one module may name, so that they can be replaced in one place.
const KEPT_IN: &[(&str, &str)] = &[
    ("alsa", "live"),
    ("clap", "cli"),
    ("cpal", "live"),
    ("hdf5_pure", "hrtf"),
    ("indicatif", "cli"),
    ("miette", "document"),
    ("ratatui", "cli"),
    ("signal_hook", "cli"),
    ("symphonia", "source"),
    ("rtrb", "live"),
    ("rubato", "source"),
    ("thread_priority", "cli"),
    ("toml", "document"),
    ("toml_edit", "control"),
    ("jsonc_parser", "document"),
];

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Path below the package and text of every Rust file in the given folders.
fn sources(folders: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in folders {
        rust_files(&root.join(folder), &mut files);
    }
    files.sort();
    assert!(!files.is_empty(), "no sources found");
    let relative = |path: &Path| path.strip_prefix(root).unwrap().display().to_string();
    files.iter().map(|path| (relative(path), fs::read_to_string(path).unwrap())).collect()
}

/// The module a file belongs to: `src/pan/quad.rs` and `src/pan.rs` are both `pan`.
fn module_of(file: &str) -> &str {
    let inside = file.strip_prefix("src/").unwrap();
    inside.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The modules of the crate that a file names, with the line that does.
fn imports(text: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !is_comment(line)) {
        for part in line.split("crate::").skip(1) {
            for name in first_names(part) {
                found.push((name, number + 1));
            }
        }
    }
    found
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// `pan::Panner` names `pan`; `{Error, pan::Panner}` names `Error` and `pan`.
fn first_names(path: &str) -> Vec<String> {
    let inner = path.strip_prefix('{').map_or(path, |group| group.split('}').next().unwrap());
    let parts: Vec<&str> =
        if path.starts_with('{') { inner.split(',').collect() } else { vec![inner] };
    let name = |part: &str| -> String {
        part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    parts.into_iter().map(name).filter(|name| !name.is_empty()).collect()
}

#[test]
fn imports_run_one_way() {
    let mut wrong = Vec::new();
    for (file, text) in sources(&["src"]) {
        let module = module_of(&file);
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{file}: the module {module} has no line in MAY_IMPORT"));
            continue;
        };
        for (name, line) in imports(&text) {
            let target = if matches!(name.as_str(), "Error" | "Result") { "error" } else { &name };
            if target != module && !allowed.contains(&target) {
                wrong.push(format!("{file}:{line}: {module} may not import {target}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn crates_stay_where_they_belong() {
    let mut wrong = Vec::new();
    for (file, text) in sources(&["src"]) {
        for (name, home) in KEPT_IN.iter().filter(|(_, home)| *home != module_of(&file)) {
            let named = |line: &str| !is_comment(line) && line.contains(&format!("{name}::"));
            if text.lines().any(named) {
                wrong.push(format!("{file} names {name}, which belongs in {home}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn files_and_functions_stay_small() {
    let mut wrong = Vec::new();
    for (file, text) in sources(&["src", "tests", "benches"]) {
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("{file}: {lines} lines"));
        }
        for (name, length) in functions(&text) {
            if length > LONGEST_FUNCTION {
                wrong.push(format!("{file}: {name} has {length} lines"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Name and length of every function: from its `fn` to the brace in the same column.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut found = Vec::new();
    for (begin, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let closes = |other: &&str| indent(other) == indent(line) && other.trim() == "}";
        if let Some(length) = lines[begin..].iter().position(closes) {
            found.push((name, length + 1));
        }
    }
    found
}

fn function_name(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let position = words.iter().position(|word| *word == "fn")?;
    let qualifiers = ["pub", "pub(super)", "pub(crate)", "const", "async", "unsafe"];
    let one_line = line.trim_end().ends_with('}');
    let is_function = words[..position].iter().all(|word| qualifiers.contains(word));
    (is_function && !one_line).then(|| words[position + 1].split(['(', '<']).next().unwrap().into())
}

#[test]
fn nothing_is_unsafe_outside_the_counting_allocator() {
    for (file, text) in sources(&["src", "benches", "tests"]) {
        if file.ends_with("architecture.rs") || file.ends_with("counting_allocator.rs") {
            continue;
        }
        let named = text.lines().any(|line| !is_comment(line) && line.contains("unsafe "));
        assert!(!named, "{file} is unsafe");
    }
}

#[test]
fn the_rules_can_be_broken() {
    assert_eq!(first_names("{Error, pan::Panner}"), ["Error", "pan"]);
    assert_eq!(imports("use crate::cli::run;"), [("cli".to_string(), 1)]);
    let text = format!("fn long() {{\n{}}}\n", "    work();\n".repeat(70));
    assert_eq!(functions(&text), [("long".to_string(), 72)]);
}
