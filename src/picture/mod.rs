//! Pictures as SVG: the room from above and from the side, and charts. Quiet, legible on any
//! background, and the same bytes every time, so that they can be kept under version control.
//!
//! A picture is a [`Drawing`]; a [`Stage`] is a room in it and [`Axes`] a chart in it, both of which
//! say where on the paper something lies.

mod axes;
mod band;
mod chart;
mod distances;
mod geometry;
mod ink;
mod labels;
mod lanes;
mod levels;
mod loudspeakers;
mod mark;
mod moments;
mod plot;
mod plot_key;
mod responses;
mod sheet;
mod simplify;
mod stage;
mod style;
mod svg;
mod track;
mod view;
mod walk;

pub use axes::{Axes, nice_step};
pub use geometry::{Point, Rect};
pub use labels::{Labels, text_width};
pub use lanes::{Gains, Strip};
pub use levels::{Levels, levels_sheet};
pub use loudspeakers::draw_loudspeakers;
pub use mark::draw_legend;
pub use plot::{Plot, scene_plot};
pub use responses::{Responses, responses_sheet};
pub use sheet::layout_sheet;
pub use stage::Stage;
pub use style::hue;
pub use svg::{Anchor, Drawing, Span};
pub use track::{Track, Way};
pub use view::{Eye, View};
