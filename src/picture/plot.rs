//! The whole picture of a scene: `cupola plot SCENE`.

use std::ops::Range;

use super::distances::Distances;
use super::geometry::Point;
use super::labels::{Labels, held, leader, text_width};
use super::lanes::{Lanes, Strip};
use super::loudspeakers::draw_loudspeakers;
use super::moments::{Moments, clock};
use super::plot_key::{draw_key, draw_names, names_height};
use super::stage::Stage;
use super::style::hue;
use super::svg::{Anchor, Drawing, Span};
use super::track::{Seen, Trace, Track};
use super::view::View;
use crate::layout::Layout;

/// What is to be drawn of a scene.
pub struct Plot<'a> {
    /// What the scene is called.
    pub title: String,
    /// What else there is to say.
    pub subtitle: String,
    /// The loudspeakers.
    pub layout: &'a Layout,
    /// The part of the scene that is shown, in seconds; not empty.
    pub span_s: Range<f64>,
    /// A distance that no object exceeds, in radii of the loudspeakers.
    pub farthest: f64,
    /// The objects.
    pub tracks: Vec<Track<'a>>,
    /// The objects whose gains are shown.
    pub strips: Vec<Strip<'a>>,
}

/// Steps along all ways of a picture, at most; and along each, whatever their number.
const STEPS: usize = 8_000_000;
const STEPS_EACH: std::ops::RangeInclusive<usize> = 4000..=2_000_000;
/// Size of an object's name and height of its line, in pixels.
const NAME_PX: f64 = 12.0;
const LINE_PX: f64 = 14.0;
/// How far from its mark a name may stand, in pixels.
const NAME_AWAY_PX: f64 = 54.0;
const HEAD_PX: f64 = 80.0;
/// Above the names of all objects and above the gains; for the caption of the gains and for the axis
/// below them; and for the key, in pixels.
const GAP_PX: f64 = 36.0;
const CAPTION_PX: f64 = 30.0;
const AXIS_PX: f64 = 46.0;
const FOOT_PX: f64 = 58.0;
/// In a crowd of more objects than this, times would cover all else: it is drawn without.
const CROWD: usize = 24;

/// Draws a scene from above and from the right with the ways of its objects, and their gains over
/// time, as the text of an SVG file.
#[must_use]
pub fn scene_plot(plot: &Plot<'_>) -> String {
    let names: Vec<&str> = plot.layout.loudspeakers.iter().map(|it| it.name.as_str()).collect();
    let lanes: Vec<Lanes<'_>> =
        plot.strips.iter().map(|strip| Lanes::solve(strip, &plot.span_s, &names)).collect();
    let names_top = HEAD_PX + Stage::HEIGHT + GAP_PX;
    let gains_top = names_top + names_height(&plot.tracks) + GAP_PX;
    let gains_height: f64 = lanes.iter().map(Lanes::height).sum();
    let around_gains = if lanes.is_empty() { 0.0 } else { CAPTION_PX + AXIS_PX };
    let height = gains_top + gains_height + around_gains + FOOT_PX;
    let distances = Distances::up_to(plot.farthest);
    let most = (STEPS / plot.tracks.len().max(1)).clamp(*STEPS_EACH.start(), *STEPS_EACH.end());
    let seen: Vec<Option<Seen>> =
        plot.tracks.iter().map(|track| track.see(&distances, most)).collect();
    let mut drawing = Drawing::new(Stage::WIDTH, height, &plot.title);
    drawing.text("title", Point::new(40.0, 46.0), Anchor::Start, &plot.title);
    drawing.text("subtitle", Point::new(40.0, 68.0), Anchor::Start, &plot.subtitle);
    draw_stage(&mut drawing, plot, &distances, &seen);
    draw_names(&mut drawing, names_top, &plot.tracks, &seen);
    draw_gains(&mut drawing, gains_top, &lanes, &plot.span_s);
    draw_key(&mut drawing, Point::new(40.0, height - 44.0), plot);
    drawing.finish()
}

fn draw_stage(
    drawing: &mut Drawing,
    plot: &Plot<'_>,
    distances: &Distances,
    seen: &[Option<Seen>],
) {
    let stage = Stage::new(Point::new(0.0, HEAD_PX), 1.0);
    stage.draw_room(drawing);
    for view in stage.views() {
        distances.draw_rings(drawing, view);
        let mut labels = Labels::new(view.bounds());
        drawing.group("quiet", |drawing| labels = draw_loudspeakers(drawing, view, plot.layout));
        let heard = plot.tracks.iter().zip(seen);
        let traces: Vec<Path<'_>> = heard
            .filter_map(|(track, seen)| Some(Path::new(track, seen.as_ref()?.trace(view))))
            .collect();
        draw_paths(drawing, view, &traces, labels);
    }
}

/// An object on one view.
struct Path<'a> {
    hue: String,
    name: &'a str,
    trace: Trace,
    moments: Moments,
}

impl<'a> Path<'a> {
    fn new(track: &'a Track<'_>, trace: Trace) -> Self {
        Self { hue: hue(track.index), name: &track.name, moments: Moments::of(&trace), trace }
    }

    /// Writes its name beside its start, where there is room.
    fn draw_name(&self, drawing: &mut Drawing, view: &View, labels: &mut Labels) {
        let (at, radius) = (self.trace.start, self.trace.radius());
        let size = Point::new(text_width(self.name, NAME_PX), LINE_PX);
        let outwards = Point::new(at.x - view.centre().x, at.y - view.centre().y);
        if let Some(area) = labels.try_place(at, radius, size, outwards, NAME_AWAY_PX) {
            if let Some([start, end]) = leader(at, radius, &area) {
                drawing.line("leader", start, end);
            }
            let (anchor, x) = held(at, &area);
            drawing.text("object", Point::new(x, area.corner.y + 11.0), anchor, self.name);
        }
    }
}

/// Draws the objects in layers: what is pale below what is strong, names on top.
fn draw_paths(drawing: &mut Drawing, view: &View, paths: &[Path<'_>], mut labels: Labels) {
    let mut layer = |draw: &mut dyn FnMut(&mut Drawing, &Path<'_>)| {
        for path in paths {
            drawing.group(&path.hue, |drawing| draw(drawing, path));
        }
    };
    layer(&mut |drawing, path| path.trace.draw_sway(drawing));
    layer(&mut |drawing, path| path.trace.draw_path(drawing));
    layer(&mut |drawing, path| {
        if paths.len() <= CROWD {
            path.moments.draw(drawing);
        }
        path.trace.draw_marks(drawing);
    });
    for path in paths {
        path.trace.clear().into_iter().for_each(|area| labels.keep_clear(area));
        path.moments.clear().for_each(|area| labels.keep_clear(area));
        path.trace.line().for_each(|point| labels.avoid(point));
    }
    layer(&mut |drawing, path| path.draw_name(drawing, view, &mut labels));
    if paths.len() <= CROWD {
        layer(&mut |drawing, path| path.moments.draw_times(drawing, view, &mut labels));
    }
}

fn draw_gains(drawing: &mut Drawing, top: f64, lanes: &[Lanes<'_>], span_s: &Range<f64>) {
    if lanes.is_empty() {
        return;
    }
    let note = "  ·  linear, by position and distance; a full lane is 0 dB; \
                pale where they change faster than this chart can show";
    let spans = [Span { class: "", text: "Gains" }, Span { class: "note", text: note }];
    drawing.spans("caption", Point::new(40.0, top), Anchor::Start, &spans);
    let mut top = top + CAPTION_PX - 8.0;
    let mut axes = None;
    for strip in lanes {
        axes = Some(strip.draw(drawing, top, span_s));
        top += strip.height();
    }
    if let Some(axes) = axes {
        axes.draw_across(drawing, "time (s)");
    }
}

/// A part of a scene in words: `20 s to 28.4 s`.
pub(super) fn stretch(span_s: &Range<f64>) -> String {
    let tenth = |time_s: f64| clock(libm::round(time_s * 10.0) / 10.0);
    if span_s.is_empty() {
        "not heard".to_owned()
    } else {
        format!("{} to {}", tenth(span_s.start), tenth(span_s.end))
    }
}
