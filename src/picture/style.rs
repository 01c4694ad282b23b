//! How all pictures look: ink on its own paper, so that they read the same on a light page and on
//! a dark one; colours that colour-blind readers can tell apart, and never colour alone.

/// The style sheet. Widths and sizes are pixels.
pub(super) const SHEET: &str = "\
    text { font-family: 'Helvetica Neue', Helvetica, Arial, sans-serif; fill: #26323d; }
    line, polyline, circle, rect { fill: none; }
    .paper { fill: #fcfbf8; }
    .title { font-size: 20px; font-weight: bold; }
    .subtitle { font-size: 13px; fill: #6b7681; }
    .caption { font-size: 13px; font-weight: bold; }
    .note { font-weight: normal; fill: #6b7681; }
    .tick { font-size: 10px; fill: #7d8790; }
    .side { font-size: 11px; fill: #5b6670; letter-spacing: 1px; }
    .grid { stroke: #e9e7e0; stroke-width: 1; }
    .ring { stroke: #b9bfc4; stroke-width: 1; }
    .dial { stroke: #cfd3d6; stroke-width: 1; }
    .axis { stroke: #7d8790; stroke-width: 1; }
    .listener { stroke: #7d8790; stroke-width: 1.25; stroke-linejoin: round; }
    circle.listener { fill: #f1efe9; }
    .leader { stroke: #9aa3ab; stroke-width: 0.75; }
    .name { font-size: 11px; font-weight: bold; paint-order: stroke; stroke: #fcfbf8;
            stroke-width: 3px; stroke-linejoin: round; }
    .key { font-size: 12px; fill: #4a5560; }
    text .middle { fill: #1f5a96; } text .upper { fill: #b3500f; }
    text .lower { fill: #1c7563; } text .lfe { fill: #5f6770; }
    circle.middle { fill: #1f5a96; stroke: #fcfbf8; stroke-width: 1.5; }
    circle.upper { fill: #d0651a; stroke: #fcfbf8; stroke-width: 1.5; }
    circle.lower { stroke: #1c7563; stroke-width: 2; }
    rect.lfe { stroke: #5f6770; stroke-width: 1.5; }
    .nominal { stroke: #9aa3ab; stroke-width: 1; stroke-dasharray: 2 2; }
    .path { stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
    .path-0 { stroke: #1f5a96; } .path-1 { stroke: #d0651a; } .path-2 { stroke: #1c7563; }
    .path-3 { stroke: #a2306f; } .path-4 { stroke: #7a6a00; } .path-5 { stroke: #5a4fb0; }
";

/// How many paths have a colour of their own.
const PATH_COLOURS: usize = 6;

/// The class of the path (a polyline) of the n-th of several objects; the colours repeat.
#[must_use]
pub fn path_class(index: usize) -> String {
    format!("path path-{}", index % PATH_COLOURS)
}
