//! How all pictures look: ink on its own paper, so that they read the same on a light page and on
//! a dark one; colours that colour-blind readers can tell apart, and never colour alone.

/// The style sheet. Widths and sizes are pixels.
pub(super) const SHEET: &str = "\
    text { font-family: 'Helvetica Neue', Helvetica, Arial, sans-serif; fill: #26323d; }
    line, polyline, path, circle, rect { fill: none; }
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
    .quiet .name { font-size: 10px; font-weight: normal; }
    .quiet text tspan { fill: #7d8790; }
    .quiet circle.middle, .quiet circle.upper { fill: #a9b1b7; }
    .quiet circle.upper { fill: #fcfbf8; stroke: #98a1a8; stroke-width: 2; }
    .quiet circle.lower, .quiet rect.lfe { stroke: #b3babf; }
    circle.far { stroke: #d3d6d4; stroke-width: 1; stroke-dasharray: 1 3; }
    text.far { font-size: 9px; fill: #7d8790; paint-order: stroke; stroke: #fcfbf8;
               stroke-width: 3px; }
    .hue-0 { color: #1f5a96; } .hue-1 { color: #d0651a; } .hue-2 { color: #1c7563; }
    .hue-3 { color: #a2306f; } .hue-4 { color: #7a6a00; } .hue-5 { color: #5a4fb0; }
    .hue-6 { color: #2f93c4; } .hue-7 { color: #b3261e; } .hue-8 { color: #6b4423; }
    .hue-9 { color: #5c8a1e; } .hue-10 { color: #d1649a; } .hue-11 { color: #3f4c57; }
    .sway { stroke: currentColor; stroke-width: 6; stroke-linecap: round; opacity: 0.17; }
    .jump { stroke: currentColor; stroke-width: 1; stroke-dasharray: 1 4; }
    .path { stroke: currentColor; stroke-width: 1.75; stroke-linecap: round;
            stroke-linejoin: round; }
    circle.moment { fill: currentColor; stroke: #fcfbf8; stroke-width: 1; }
    circle.start { fill: currentColor; stroke: #fcfbf8; stroke-width: 1.5; }
    circle.end { fill: #fcfbf8; stroke: currentColor; stroke-width: 1.75; }
    .still { fill: currentColor; stroke: #fcfbf8; stroke-width: 1.5; }
    .time, .object { fill: currentColor; paint-order: stroke; stroke: #fcfbf8; stroke-width: 3px;
                     stroke-linejoin: round; }
    .time { font-size: 9px; }
    .object { font-size: 12px; font-weight: bold; }
    .most { fill: currentColor; opacity: 0.35; }
    .least { fill: currentColor; opacity: 0.75; }
    .lane { font-size: 9px; fill: #5b6670; }
    .area { fill: currentColor; opacity: 0.28; }
    .curve { stroke: currentColor; stroke-width: 1.75; stroke-linejoin: round; }
    .level { stroke: currentColor; stroke-width: 1.5; }
    .aim { stroke: currentColor; stroke-width: 1.25; stroke-dasharray: 6 4; }
    .excess { stroke: currentColor; stroke-width: 1.5; }
    .word { font-size: 11px; fill: currentColor; }
";

/// How many objects have a colour of their own.
const HUES: usize = 12;

/// The class of everything that belongs to the n-th of several objects; the colours repeat.
#[must_use]
pub fn hue(index: usize) -> String {
    format!("hue-{}", index % HUES)
}
