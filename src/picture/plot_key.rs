//! What the marks of a plot mean, and which colour is whose.

use super::geometry::Point;
use super::labels::text_width;
use super::mark::draw_legend;
use super::moments::clock;
use super::plot::{Plot, stretch};
use super::style::hue;
use super::svg::{Anchor, Drawing, Span};
use super::track::{START_PX, Seen, Track, draw_still};

/// What the names of all objects may take, in pixels across; and a row of them, down.
const WIDTH_PX: f64 = 1190.0;
const ROW_PX: f64 = 20.0;
/// Size of a name, and what its mark and its times take beside it, in pixels.
const NAME_PX: f64 = 12.0;
const BESIDE_PX: f64 = 138.0;
/// The most names beside each other.
const MOST_COLUMNS: f64 = 5.0;
/// Pixels from one entry of the key to the next.
const ENTRY_PX: f64 = 102.0;

/// How many names stand beside each other: as many as the longest allows.
fn columns(tracks: &[Track<'_>]) -> usize {
    let widths = tracks.iter().map(|track| text_width(&track.name, NAME_PX) + BESIDE_PX);
    (WIDTH_PX / widths.fold(1.0, f64::max)).clamp(1.0, MOST_COLUMNS) as usize
}

/// Pixels down that the names of all objects take.
pub fn names_height(tracks: &[Track<'_>]) -> f64 {
    ROW_PX * tracks.len().div_ceil(columns(tracks)) as f64
}

/// Writes the names of all objects, each in its colour, and when it is heard.
pub fn draw_names(drawing: &mut Drawing, top: f64, tracks: &[Track<'_>], seen: &[Option<Seen>]) {
    let columns = columns(tracks);
    let column_px = WIDTH_PX / columns as f64;
    drawing.group("names", |drawing| {
        for (index, track) in tracks.iter().enumerate() {
            let (row, column) = (index / columns, index % columns);
            let at = Point::new(40.0 + column_px * column as f64, top + ROW_PX * row as f64);
            let mut note = format!("  {}", stretch(&track.heard_s));
            if let Some(time_s) = seen[index].as_ref().and_then(Seen::broken_off_s) {
                note = format!("  drawn up to {}", clock(libm::round(time_s)));
            }
            let spans =
                [Span { class: "", text: &track.name }, Span { class: "note", text: &note }];
            drawing.group(&hue(track.index), |drawing| {
                drawing.circle("start", at.moved(6.0, -4.0), START_PX);
                drawing.spans("object", at.moved(17.0, 0.0), Anchor::Start, &spans);
            });
        }
    });
}

/// Draws what the marks mean, in two rows that begin at `at`.
pub fn draw_key(drawing: &mut Drawing, at: Point, plot: &Plot<'_>) {
    let entries = ["start", "end", "which way", "stands still", "micro motion"];
    drawing.group("hue-11", |drawing| {
        for (index, meaning) in entries.into_iter().enumerate() {
            let at = at.moved(ENTRY_PX * index as f64, 0.0);
            draw_mark(drawing, meaning, at.moved(8.0, -4.0));
            drawing.text("key", at.moved(24.0, 0.0), Anchor::Start, meaning);
        }
    });
    if plot.farthest > 1.0 {
        let meaning = "rings 2×, 5× …: distance in radii of the loudspeakers, drawn ever closer";
        let at = at.moved(ENTRY_PX * entries.len() as f64 + 50.0, 0.0);
        drawing.text("key", at, Anchor::Start, meaning);
    }
    let row = at.moved(0.0, ROW_PX);
    drawing.text("key", row, Anchor::Start, "Loudspeakers");
    let legend = row.moved(ENTRY_PX - 2.0, 0.0);
    drawing.group("quiet", |drawing| draw_legend(drawing, legend, plot.layout));
}

fn draw_mark(drawing: &mut Drawing, meaning: &str, at: Point) {
    match meaning {
        "start" => drawing.circle("start", at, START_PX),
        "end" => drawing.circle("end", at, START_PX - 1.0),
        "which way" => {
            drawing.line("path", at.moved(-8.0, 0.0), at.moved(8.0, 0.0));
            drawing
                .polyline("path", &[at.moved(-1.5, -3.0), at.moved(3.0, 0.0), at.moved(-1.5, 3.0)]);
        }
        "stands still" => draw_still(drawing, at),
        _ => drawing.strokes("sway", &[[at.moved(-6.0, 0.0), at.moved(6.0, 0.0)]]),
    }
}
