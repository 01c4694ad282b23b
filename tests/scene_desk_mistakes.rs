//! Mistakes in the desk of a scene: strips, sends, buses, returns, groups, presets, masters.

mod scene_support;

use cupola::scene::Options;
use scene_support::Studio;

/// An object that is right and takes the keys that follow.
const VOICE: &str = "[[object]]\nname = 'a'\nfile = 'mono.wav'\n";

/// What follows `VOICE`, and its one problem: line, column and a phrase.
const STRIP: &[(&str, &str, &str)] = &[
    ("trim_db = 61", "4:11", "trim_db = 61 is out of range (-60 to 60 decibels)"),
    ("gain_db = { points = [[0, 0], [1, 90]] }", "4:35", "out of range (-200 to 60 decibels)"),
    ("gain_db = { points = [[1, 0], [0, 0]] }", "4:31", "0 s is not after 1 s"),
    ("gain_db = { lfo = 'sine', rate_hz = 1, from = -300, to = 0 }", "4:47", "-200 to 60"),
    ("delay_ms = 1001", "4:12", "delay_ms = 1001 is out of range (0 to 1000 milliseconds)"),
    ("delay_ms = { points = [[0, 0]] }", "4:12", "expected a number, found a table"),
    ("invert_polarity = 1", "4:19", "expected true or false"),
    ("invert_polarty = true", "4:1", "did you mean `invert_polarity`?"),
    ("compresor = { threshold_db = -20, ratio = 2 }", "4:1", "did you mean `compressor`?"),
    ("compressor = { threshold_db = -20 }", "4:14", "missing key `ratio`"),
    ("compressor = { treshold_db = -20, ratio = 2 }", "4:16", "did you mean `threshold_db`?"),
    ("eq = { type = 'bell' }", "4:6", "expected a list"),
    ("eq = [{ type = 'bel', freq_hz = 100, gain_db = 1 }]", "4:16", "did you mean `bell`?"),
    ("eq = [{ type = 'notch', freq_hz = 100, gian = 1 }]", "4:40", "unknown key `gian`"),
    ("eq = [{ type = 'notch', freq_hz = 30000 }]", "4:35", "freq_hz = 30000"),
    ("compressor = { threshold_db = -20, ratio = 0.5 }", "4:44", "ratio = 0.5 is out of range"),
    ("limiter = { ceiling_dbtp = 1 }", "4:28", "ceiling_dbtp = 1 is out of range"),
    ("limiter = -1", "4:11", "expected a table"),
    ("bypass = ['eq', 'compresor']", "4:17", "`compresor` is not known here (did you mean `comp"),
    ("bypass = ['fader']", "4:11", "one of `trim`, `polarity`"),
    ("preset = 'warm'", "4:10", "there is no preset `warm` (add a [[preset]] of that name)"),
    ("bus = 'drums'", "4:7", "there is no bus `drums` (add a [[bus]] of that name)"),
    ("bus = 'a'", "4:7", "there is no bus `a` (that is the name of a `object`)"),
    ("sends = [{ to = 'hall' }]", "4:17", "there is no return `hall` (add a [[return]]"),
    ("sends = [{ gain_db = 3 }]", "4:10", "missing key `to`"),
    (
        "sends = [{ to = 'r', gain = 3 }]\n[[return]]\nname='r'\nreverb={rt60_s=1}",
        "4:22",
        "gain_db",
    ),
    (
        "sends = [{ to = 'r', gain_db = 99 }]\n[[return]]\nname='r'\nreverb={rt60_s=1}",
        "4:32",
        "gain_db = 99 is out of range",
    ),
    (
        "sends = [{ to = 'r', gain_db = -100 }]\n[[return]]\nname='r'\nreverb={rt60_s=1}",
        "4:32",
        "warning: a send that never rises above -100 dB (it will not be heard)",
    ),
    (
        "compressor = { threshold_db = -20, ratio = 2, key = 'b' }",
        "4:53",
        "there is no bed, object, bus or return `b`",
    ),
    ("gate = { threshold_db = -20, key = 'A' }", "4:36", "did you mean `a`?"),
    ("gate = { threshold_db = -20, key = 'a' }", "4:36", "`a` has itself as its key (leave"),
    ("gate = { threshold_db = -20, link = 'x' }", "4:37", "warning: nothing else is linked by `x`"),
    ("solo = true", "4:8", "warning: `a` is soloed"),
    ("'(shared)' = 3", "4:1", "unknown key `(shared)`"),
];

/// What follows `VOICE`, and its one problem, in buses, returns, groups, presets and masters.
const DESK: &[(&str, &str, &str)] = &[
    ("[[bus]]\nname = 'b'", "5:8", "warning: nothing goes to the bus `b`"),
    ("bus = 'b'\n[[bus]]\nname = 'b'\nlayout = '7.1.5'", "7:10", "no layout `7.1.5`"),
    ("bus = 'b'\n[[bus]]\nname = 'b'\nlayot = '5.1'", "7:1", "did you mean `layout`?"),
    ("bus = 'b'\n[[bus]]\nname = 'b'\nfile = 'mono.wav'", "7:1", "unknown key `file`"),
    ("bus = 'a'\n[[bus]]\nname = 'a'", "6:8", "the name \"a\" is taken"),
    ("bus = 'b'\n[[bus]]\nname = 'b'\nbus = 'b'", "7:7", "it goes in a circle: `b` -> `b`"),
    (
        "bus = 'drums'\n[[bus]]\nname = 'drums'\nbus = 'all'\n[[bus]]\nname = 'all'\nbus = 'drums'",
        "7:7",
        "it goes in a circle: `drums` -> `all` -> `drums`",
    ),
    (
        "bus = 'b'\ngate = { threshold_db = -20, key = 'b' }\n[[bus]]\nname = 'b'",
        "5:36",
        "`a` -> `b` -> `a`",
    ),
    (
        "sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\nreverb = { rt60_s = 1 }\nbus = 'b'\n\
         [[bus]]\nname = 'b'\nsends = [{ to = 'r' }]",
        "11:17",
        "`b` -> `r` -> `b`",
    ),
    ("[[return]]\nname = 'r'\nreverb = { rt60_s = 1 }", "5:8", "warning: nothing is sent to the"),
    ("sends = [{ to = 'r' }]\n[[return]]\nname = 'r'", "5:1", "a return of nothing (add one of"),
    (
        "sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\nreverb = { rt60_s = 1 }\necho = { time_ms = 9 }",
        "8:8",
        "`echo` as well as `reverb` (keep one of",
    ),
    (
        "sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\nreverb = { rt60_s = 1 }\nsolo = true",
        "8:8",
        "a return has no `solo`",
    ),
    (
        "sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\necho = { beats = 1 }",
        "7:18",
        "beats without a tempo (`tempo_bpm` of the scene",
    ),
    (
        "sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\nreverb = { rt60_s = 1 }\nspread = 'hights'",
        "8:10",
        "did you mean `heights`?",
    ),
    (
        "sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\nreverb = { rt60_s = 1 }\nspread = []",
        "8:10",
        "0 directions (1 to 16)",
    ),
    (
        "sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\nreverb = { rt60_s = 1 }\n\
         spread = [{ azimuth_deg = 30, elevation_deg = 91 }]",
        "8:47",
        "out of range",
    ),
    (
        "sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\nconvolution = { file = 'mno.wav' }",
        "7:24",
        "no such file; did you mean 'mono.wav'?",
    ),
    (
        "sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\nconvolution = { file = '../outside.wav' }",
        "7:24",
        "outside the scene's folder",
    ),
    (
        "sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\nconvolution = { file = 'empty.wav' }",
        "7:24",
        "the impulse response is empty",
    ),
    (
        "sends = [{ to = 'r' }]\n[[return]]\nname = 'r'\nreverb = { rt60_s = 31 }",
        "7:21",
        "rt60_s = 31 is out of range",
    ),
    ("[[group]]\nname = 'g'\nmembers = []", "6:11", "a group of nothing"),
    ("[[group]]\nname = 'g'", "4:1", "missing key `members`"),
    ("[[group]]\nname = 'a'\nmembers = ['a']", "5:8", "the name \"a\" is taken"),
    ("[[group]]\nname = 'g'\nmembers = ['a', 'B']", "6:17", "there is no bed, object, bus, return"),
    ("[[group]]\nname = 'g'\nmembers = ['a']\nscale = 0", "7:9", "out of range (0.1 to 10)"),
    ("[[group]]\nname = 'g'\nmembers = ['a', 'g']", "6:17", "a group in itself: `g` -> `g`"),
    (
        "[[group]]\nname = 'g'\nmembers = ['h']\n[[group]]\nname = 'h'\nmembers = ['g', 'a']",
        "6:12",
        "a group in itself: `g` -> `h` -> `g`",
    ),
    (
        "bus = 'b'\n[[bus]]\nname = 'b'\n[[group]]\nname = 'g'\nmembers = ['b']\nturn_deg = 9",
        "9:11",
        "warning: no object is in the group `g` (only objects move)",
    ),
    ("[[group]]\nname = 'g'\nmembers = ['a']\nsolo = true", "7:8", "warning: `g` is soloed"),
    ("bus = 'b'\n[[bus]]\nname = 'b'\n[[preset]]\nname = 'p'\nbus = 'b'", "9:7", "has no `bus`"),
    ("[[preset]]\nname = 'p'\npreset = 'p'", "6:10", "a preset has no `preset`"),
    ("[[preset]]\nname = 'p'\n[[preset]]\nname = 'p'", "7:8", "the name \"p\" is taken"),
    ("[[preset]]\nname = 'p'\ntrim_db = 99", "6:11", "out of range"),
    ("preset = 'wram'\n[[preset]]\nname = 'warm'", "4:10", "did you mean `warm`?"),
    ("[defaults]\nobjects = {}", "5:1", "did you mean `object`?"),
    ("[defaults.object]\ngian_db = 3", "5:1", "did you mean `gain_db`?"),
    ("[defaults.bed]\ntrim_db = 99", "5:11", "out of range"),
    ("[defaults.bed]\nsolo = true", "5:8", "what holds for all has no `solo`"),
    ("[defaults.object]\nbus = 'b'", "5:7", "there is no bus `b`"),
    ("bus = 'b'\n[[bus]]\nname = 'b'\n[master]\nbus = 'b'", "8:7", "a master has no `bus`"),
    ("[master]\nloudness_lufs = 3", "5:17", "out of range (-70 to 0 LUFS)"),
    ("[master]\nwidth = 3", "5:9", "out of range (0 to 2)"),
    ("[master]\nlimter = { ceiling_dbtp = -1 }", "5:1", "did you mean `limiter`?"),
    ("[master]\nsends = []", "5:9", "a master has no `sends`"),
    ("[master]\nmute = true", "5:8", "a master has no `mute`"),
    ("[master.target.\"5.1\"]\ngian_db = 3", "5:1", "did you mean `gain_db`?"),
    ("[master.target.\"5.1\"]\nwidth = 3", "5:9", "out of range (0 to 2)"),
    ("[master.target.\"5.1\".target.mono]\nwidth = 1", "4:22", "has no targets of its own"),
    (
        "[master]\ngate = { threshold_db = -20, link = 'x' }",
        "5:37",
        "only beds and objects can be linked",
    ),
];

/// What follows `VOICE`, and its one problem, in strips that are linked.
const LINKS: &[(&str, &str, &str)] = &[
    (
        "compressor = { threshold_db = -20, ratio = 2, link = 'x' }\n\
         [[object]]\nname = 'c'\nfile = 'mono.wav'\n\
         compressor = { threshold_db = -10, ratio = 2, link = 'x' }",
        "8:54",
        "`c` is linked with `a`, but set otherwise (give both the same settings)",
    ),
    (
        "gate = { threshold_db = -20, link = 'x' }\n\
         [[object]]\nname = 'c'\nfile = 'mono.wav'\n\
         gate = { threshold_db = -20, link = 'x' }\n\
         compressor = { threshold_db = -10, ratio = 2, key = 'a' }",
        "9:53",
        "it goes in a circle: `a` -> `c` (linked with `a`)",
    ),
    (
        "bus = 'b'\n[[bus]]\nname = 'b'\ngate = { threshold_db = -20, link = 'x' }",
        "7:37",
        "only beds and objects can be linked",
    ),
];

fn mismatches(cases: &[(&str, &str, &str)]) -> String {
    let studio = Studio::new();
    let wrong = cases.iter().filter_map(|(text, place, phrase)| {
        studio.mismatch(&format!("{VOICE}{text}"), place, phrase, Options::default())
    });
    wrong.collect()
}

#[test]
fn mistakes_in_a_strip_are_shown_where_they_were_made() {
    assert_eq!(mismatches(STRIP), "");
}

#[test]
fn mistakes_in_the_desk_are_shown_where_they_were_made() {
    assert_eq!(mismatches(DESK), "");
}

#[test]
fn mistakes_in_links_are_shown_where_they_were_made() {
    assert_eq!(mismatches(LINKS), "");
}

#[test]
fn a_preset_is_to_blame_for_what_it_says() {
    let text = "preset = 'p'\n[[preset]]\nname = 'p'\nsends = [{ to = 'hall' }]\n";
    assert_eq!(mismatches(&[(text, "7:17", "there is no return `hall`")]), "");
}

#[test]
fn a_circle_through_the_defaults_is_told_at_the_strip() {
    let text = "[[bus]]\nname = 'b'\n[defaults.object]\nbus = 'b'\n[defaults.bus]\nbus = 'b'";
    assert_eq!(mismatches(&[(text, "4:1", "`b` -> `b`")]), "");
}

#[test]
fn many_strips_that_lead_to_each_other_are_told_in_time() {
    let strip = |index: usize| {
        let key = (index + 1) % 4000;
        let bus = if index < 900 { "bus = 'nowhere'" } else { "" };
        format!(
            "[[object]]\nname = '{index}'\nsignal = {{ type = 'tone', freq_hz = 9 }}\n\
             gate = {{ threshold_db = -20, key = '{key}' }}\n{bus}\n"
        )
    };
    let text: String = (0..4000).map(strip).collect();
    let start = std::time::Instant::now();
    let text = format!("duration_s = 1\n{text}");
    let report = cupola::scene::Spec::lint("a.toml", text.as_bytes()).unwrap();
    let told = |phrase: &str| report.problems.iter().any(|it| it.message.starts_with(phrase));
    assert!(told("it goes in a circle") && told("there is no bus"));
    // Seconds would mean that something grows with the square of the scene.
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
