//! The examples of the documents are right: every scene and layout in them is read without a mistake.

use std::fs;
use std::path::Path;

use cupola::document::Severity;
use cupola::layout::Layout;
use cupola::scene::Spec;

/// The fenced blocks of a kind in a document, each with its line.
fn blocks(text: &str, kind: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line.trim() == format!("```{kind}") {
            let inside = lines.by_ref().map(|(_, line)| line).take_while(|it| it.trim() != "```");
            found.push((number + 1, inside.collect::<Vec<_>>().join("\n")));
        }
    }
    found
}

/// Lines that begin with a motion, each given to an object of its own.
fn with_objects(example: &str) -> String {
    let mut scene = String::from("tempo_bpm = 120\nduration_s = 60\n");
    for (number, line) in example.lines().enumerate() {
        if line.starts_with("macro =") || line.starts_with("micro =") {
            let object =
                format!("[[object]]\nname = \"{number}\"\nsignal = {{ type = \"silence\" }}\n");
            scene.push_str(&object);
        }
        scene.push_str(line);
        scene.push('\n');
    }
    scene
}

/// What is wrong with an example, if anything.
fn faults(name: &str, example: &str) -> Option<String> {
    if example.starts_with("macro =") || example.starts_with("micro =") {
        return faults(name, &with_objects(example));
    }
    if example.contains("loudspeakers = [") {
        return Layout::from_toml(name, example).err().map(|error| error.to_string());
    }
    let report = match Spec::lint(name, example.as_bytes()) {
        Ok(report) => report,
        Err(error) => return Some(error.to_string()),
    };
    let wrong = report.problems.iter().any(|problem| problem.severity == Severity::Error);
    wrong.then(|| report.to_string())
}

#[test]
fn scenes_and_layouts_in_the_documents_are_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    let mut wrong = Vec::new();
    let documents =
        ["README.md", "docs/scene.md", "docs/desk.md", "docs/motion.md", "docs/panner.md"];
    for document in documents {
        let text = fs::read_to_string(root.join(document)).unwrap();
        for (kind, extension) in [("toml", "toml"), ("json", "json")] {
            for (line, example) in blocks(&text, kind) {
                seen += 1;
                let name = format!("{document}:{line}.{extension}");
                wrong.extend(faults(&name, &example));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(seen > 10, "only {seen} examples were found");
}

#[test]
fn a_wrong_example_would_be_found() {
    assert!(faults("a.toml", "[[object]]\nname = \"a\"\nspeed = 3\n").is_some());
    assert!(faults("c.toml", "macro = { type = \"orbit\" }").is_some());
    assert!(faults("b.toml", "loudspeakers = [{ name = \"L\" }]\n").is_some());
}
