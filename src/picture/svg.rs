//! Writing SVG: a handful of shapes, each with a class that the style sheet knows.

use std::fmt::Write;

use super::geometry::{Point, Rect};
use super::style::SHEET;

/// A picture being drawn; later shapes cover earlier ones.
#[derive(Clone, Debug)]
pub struct Drawing {
    text: String,
    depth: usize,
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// A piece of a text with a class of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span<'a> {
    /// The class in the style sheet; may be empty.
    pub class: &'a str,
    /// What it says.
    pub text: &'a str,
}

impl Drawing {
    /// An empty sheet of paper, in pixels, with a title for those who cannot see it.
    #[must_use]
    pub fn new(width: f64, height: f64, title: &str) -> Self {
        let (width, height) = (number(width), number(height));
        let text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width}\" \
             height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n  <title>{}</title>\n  \
             <style>\n{SHEET}  </style>\n  \
             <rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n",
            escaped(title)
        );
        Self { text, depth: 1 }
    }

    /// Draws some shapes together, under a class.
    pub fn group(&mut self, class: &str, draw: impl FnOnce(&mut Self)) {
        self.line_of_text(&format!("<g class=\"{}\">", escaped(class)));
        self.depth += 1;
        draw(self);
        self.depth -= 1;
        self.line_of_text("</g>");
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, from: Point, to: Point) {
        self.shape("line", class, &[("x1", from.x), ("y1", from.y), ("x2", to.x), ("y2", to.y)]);
    }

    /// A circle.
    pub fn circle(&mut self, class: &str, centre: Point, radius: f64) {
        self.shape("circle", class, &[("cx", centre.x), ("cy", centre.y), ("r", radius)]);
    }

    /// An upright rectangle.
    pub fn rectangle(&mut self, class: &str, area: Rect) {
        let corner = area.corner;
        let sides = [("width", area.width), ("height", area.height)];
        self.shape("rect", class, &[("x", corner.x), ("y", corner.y), sides[0], sides[1]]);
    }

    /// A line through all of the points; none where there are fewer than two.
    pub fn polyline(&mut self, class: &str, points: &[Point]) {
        if points.len() < 2 {
            return;
        }
        let pair = |point: &Point| format!("{},{}", number(point.x), number(point.y));
        let points: Vec<String> = points.iter().map(pair).collect();
        let class = escaped(class);
        self.line_of_text(&format!(
            "<polyline class=\"{class}\" points=\"{}\"/>",
            points.join(" ")
        ));
    }

    /// Many straight strokes as one shape.
    pub fn strokes(&mut self, class: &str, strokes: &[[Point; 2]]) {
        let pair = |point: &Point| format!("{},{}", number(point.x), number(point.y));
        let stroke = |[from, to]: &[Point; 2]| format!("M{}L{}", pair(from), pair(to));
        let strokes: String = strokes.iter().map(stroke).collect();
        if !strokes.is_empty() {
            let class = escaped(class);
            self.line_of_text(&format!("<path class=\"{class}\" d=\"{strokes}\"/>"));
        }
    }

    /// A line of text; `at` lies on its baseline.
    pub fn text(&mut self, class: &str, at: Point, anchor: Anchor, text: &str) {
        self.write_text(class, at, anchor, &escaped(text));
    }

    /// A line of text in pieces; `at` lies on its baseline.
    pub fn spans(&mut self, class: &str, at: Point, anchor: Anchor, spans: &[Span<'_>]) {
        let mut content = String::new();
        for span in spans {
            let text = escaped(span.text);
            if span.class.is_empty() {
                content.push_str(&text);
            } else {
                let class = escaped(span.class);
                _ = write!(content, "<tspan class=\"{class}\">{text}</tspan>");
            }
        }
        self.write_text(class, at, anchor, &content);
    }

    /// The picture as the text of an SVG file.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }

    fn write_text(&mut self, class: &str, at: Point, anchor: Anchor, content: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (class, x, y) = (escaped(class), number(at.x), number(at.y));
        let attributes = format!("class=\"{class}\" x=\"{x}\" y=\"{y}\"{anchor}");
        // Spaces between pieces are part of the text.
        let text = format!("<text {attributes} xml:space=\"preserve\">{content}</text>");
        self.line_of_text(&text);
    }

    fn shape(&mut self, tag: &str, class: &str, attributes: &[(&str, f64)]) {
        let mut element = format!("<{tag} class=\"{}\"", escaped(class));
        for (name, value) in attributes {
            _ = write!(element, " {name}=\"{}\"", number(*value));
        }
        element.push_str("/>");
        self.line_of_text(&element);
    }

    fn line_of_text(&mut self, element: &str) {
        self.text.push_str(&"  ".repeat(self.depth));
        self.text.push_str(element);
        self.text.push('\n');
    }
}

/// A number in at most two decimals: a hundredth of a pixel is invisible, and so rounded the
/// same picture is the same text.
fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A text that XML takes for nothing but text.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // XML 1.0 has no control characters, and neither of these two.
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            _ if letter.is_control() => safe.push('\u{fffd}'),
            _ => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_stable() {
        assert_eq!(number(1.0), "1");
        assert_eq!(number(100.0), "100");
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(12.346), "12.35");
        assert_eq!(number(-7.5), "-7.5");
        assert_eq!(number(f64::NAN), "0");
    }

    #[test]
    fn no_text_escapes_from_its_element() {
        assert_eq!(escaped("a<b> & \"c\"\u{1}"), "a&lt;b&gt; &amp; &quot;c&quot;\u{fffd}");
        let mut drawing = Drawing::new(10.0, 10.0, "</title>");
        drawing.text("x\" onload=\"y", Point::new(0.0, 0.0), Anchor::Start, "</text>");
        let svg = drawing.finish();
        assert_eq!(svg.matches("</text>").count(), 1);
        assert_eq!(svg.matches("</title>").count(), 1);
        assert!(!svg.contains("onload=\""));
    }

    #[test]
    fn groups_nest() {
        let mut drawing = Drawing::new(10.0, 10.0, "");
        drawing.group("outer", |it| it.group("inner", |it| it.polyline("p", &[])));
        let svg = drawing.finish();
        assert!(svg.contains("  <g class=\"outer\">\n    <g class=\"inner\">\n    </g>\n  </g>\n"));
    }
}
