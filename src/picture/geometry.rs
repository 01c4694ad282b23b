//! Places on the paper, in pixels: x to the right, y DOWN.

/// A place on the paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Pixels from the left edge.
    pub x: f64,
    /// Pixels from the top edge.
    pub y: f64,
}

impl Point {
    /// The place at these pixels.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The place so many pixels further right and down.
    #[must_use]
    pub const fn moved(self, right: f64, down: f64) -> Self {
        Self { x: self.x + right, y: self.y + down }
    }

    /// Pixels to another place.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        libm::hypot(self.x - other.x, self.y - other.y)
    }
}

/// An upright rectangle on the paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Its upper left corner.
    pub corner: Point,
    /// Pixels across.
    pub width: f64,
    /// Pixels down.
    pub height: f64,
}

impl Rect {
    /// The rectangle of that size around a place.
    #[must_use]
    pub const fn around(centre: Point, width: f64, height: f64) -> Self {
        Self { corner: centre.moved(-0.5 * width, -0.5 * height), width, height }
    }

    /// The place in its middle.
    #[must_use]
    pub const fn centre(&self) -> Point {
        self.corner.moved(0.5 * self.width, 0.5 * self.height)
    }

    /// Its lower right corner.
    #[must_use]
    pub const fn far_corner(&self) -> Point {
        self.corner.moved(self.width, self.height)
    }

    /// The area two rectangles share, in square pixels.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> f64 {
        let shared = |low_a: f64, high_a: f64, low_b: f64, high_b: f64| {
            (high_a.min(high_b) - low_a.max(low_b)).max(0.0)
        };
        let (a, b) = (self.corner, other.corner);
        let (far_a, far_b) = (self.far_corner(), other.far_corner());
        shared(a.x, far_a.x, b.x, far_b.x) * shared(a.y, far_a.y, b.y, far_b.y)
    }
}
