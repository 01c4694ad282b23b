//! Bytes gone wrong at random: nothing panics, nothing hangs. The bounded sister of the fuzz
//! targets, which share `hostile`.

mod hostile;

use std::time::{Duration, Instant};

const SCENE: &str = include_str!("data/hostile/scene.toml");
const SCENE_JSON: &str = include_str!("data/hostile/scene.json");
const LAYOUT: &str = include_str!("../layouts/7.1.4.toml");
const CSV: &str = "t_s,azimuth_deg,elevation_deg,distance\n0,0,0,1\n1,170,10,2\n2,-170,-90,0\n";

/// Pieces that have broken parsers before.
const NASTY: [&str; 24] = [
    "nan",
    "-inf",
    "1e999",
    "1e-999",
    "-0",
    "99999999999999999999",
    "0x",
    "[[",
    "]]",
    "{",
    "}",
    "\"",
    "\"\"\"",
    "'''",
    "\\u0000",
    "\\ud800",
    "\u{feff}",
    "\u{202e}",
    "\0",
    "\r",
    "\n[[object]]\n",
    ".a.b.c.d",
    "null",
    "1979-05-27",
];

/// Numbers that are the same on every machine (Steele, Lea and Flood: SplitMix64, 2014).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }

    /// One to four things done to a text: a byte changed, a part cut out, doubled or moved, a nasty
    /// piece put in.
    fn spoil(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(40)).min(bytes.len());
            let part = bytes[at..end].to_vec();
            match self.below(5) {
                0 if at < bytes.len() => bytes[at] = self.below(256) as u8,
                1 => drop(bytes.drain(at..end)),
                2 => drop(bytes.splice(at..at, part)),
                3 => {
                    let to = self.below(bytes.len() + 1);
                    drop(bytes.splice(to..to, part));
                }
                _ => {
                    let piece = NASTY[self.below(NASTY.len())];
                    drop(bytes.splice(at..at, piece.bytes()));
                }
            }
        }
        bytes
    }
}

/// Throws spoilt texts at something; none may take long.
fn bombard(text: &str, rounds: u64, target: impl Fn(&[u8])) {
    // A text of a kilobyte takes far below a millisecond; a second is a hang.
    const LONGEST: Duration = Duration::from_secs(1);
    target(text.as_bytes());
    for round in 0..rounds {
        let bytes = Numbers(round).spoil(text);
        let start = Instant::now();
        target(&bytes);
        let shown = String::from_utf8_lossy(&bytes);
        assert!(start.elapsed() < LONGEST, "round {round} took too long:\n{shown}");
    }
}

#[test]
fn the_texts_are_right_before_they_are_spoilt() {
    for (name, text) in [("scene.toml", SCENE), ("scene.json", SCENE_JSON)] {
        let report = cupola::scene::Spec::lint(name, text.as_bytes()).expect("it parses");
        assert!(report.problems.is_empty(), "{report}");
    }
}

#[test]
fn spoilt_scenes_never_panic() {
    bombard(SCENE, 3000, hostile::scene);
    bombard(SCENE_JSON, 3000, hostile::scene);
}

#[test]
fn spoilt_layouts_never_panic() {
    bombard(LAYOUT, 3000, hostile::layout);
}

#[test]
fn spoilt_paths_never_panic() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("path.csv");
    bombard(CSV, 500, |bytes| hostile::csv(bytes, &file));
}

#[test]
fn a_thousand_mistakes_are_found_in_time() {
    let object = "[[object]]\nname = 3\nfile = 'a.wav'\nmcro = 3\ngain_db = 'x'\n";
    let start = Instant::now();
    let report = cupola::scene::Spec::lint("a.toml", object.repeat(4000).as_bytes()).unwrap();
    assert!(report.problems.len() >= 100, "{}", report.problems.len());
    let last = report.problems.last().unwrap();
    assert!(last.message.contains("more mistakes"), "{}", last.message);
    // Every mistake costs a reading of the whole; that they are bounded keeps it at seconds.
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}
