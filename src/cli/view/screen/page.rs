//! Where everything is on the screen.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders};

use super::figures::Figures;
use super::{foot, heading, meters, plan, strips};

/// What is as narrow as this has room for the meters only.
const NARROW: u16 = 50;

/// Draws a page of any size; what does not fit is left out.
pub fn draw(frame: &mut Frame<'_>, figures: &Figures, selected: usize, said: &[String]) {
    let rows =
        [Constraint::Length(heading::ROWS), Constraint::Min(0), Constraint::Length(foot::ROWS)];
    let [head, body, feet] = Layout::vertical(rows).areas(frame.area());
    heading::draw(frame, head, figures);
    foot::draw(frame, feet, figures, said);
    if body.width < NARROW {
        let body = framed(frame, body, &target(figures));
        return meters::draw(frame, body, figures);
    }
    let halves = [Constraint::Length(body.width * 2 / 5), Constraint::Min(0)];
    let [left, right] = Layout::horizontal(halves).spacing(1).areas(body);
    let left = framed(frame, left, &target(figures));
    meters::draw(frame, left, figures);
    let rows = [Constraint::Percentage(60), Constraint::Min(0)];
    let [views, below] = Layout::vertical(rows).areas(right);
    let [top, side] = Layout::horizontal([Constraint::Percentage(50); 2]).spacing(1).areas(views);
    let top = framed(frame, top, "from above, front \u{2191}");
    plan::draw(frame, top, figures, selected, |at| [at.x, at.y]);
    let side = framed(frame, side, "from the right, front \u{2192}");
    plan::draw(frame, side, figures, selected, |at| [at.y, at.z]);
    let below = framed(frame, below, "strips");
    strips::draw(frame, below, figures, selected);
}

fn target(figures: &Figures) -> String {
    format!("{}, true peaks held", figures.targets[figures.heard])
}

/// Draws a frame, and says what is within it.
fn framed(frame: &mut Frame<'_>, area: Rect, title: &str) -> Rect {
    let block = Block::new().borders(Borders::TOP).title(Line::from(format!(" {title} ")));
    let inner = block.inner(area);
    frame.render_widget(block.border_style(Style::new().add_modifier(Modifier::DIM)), area);
    inner
}
