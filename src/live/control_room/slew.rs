//! A value that gets to where it is wanted in a straight line.

/// A value that moves by so much a frame at most.
pub struct Slew {
    at: f32,
    goal: f32,
    most: f32,
}

impl Slew {
    /// One that stays at a value, and takes so many frames to move by 1.
    pub fn new(at: f32, frames: u64) -> Self {
        Self { at, goal: at, most: 1.0 / frames.max(1) as f32 }
    }

    /// Sets where it is to go.
    pub fn aim(&mut self, goal: f32) {
        self.goal = goal;
    }

    /// Whether it is at a value, and stays.
    pub fn stays_at(&self, value: f32) -> bool {
        self.at == value && self.goal == value
    }

    /// Its value at the next frame.
    pub fn next_value(&mut self) -> f32 {
        let at = self.at;
        let way = self.goal - at;
        self.at = if way.abs() <= self.most { self.goal } else { at + self.most.copysign(way) };
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_gets_there_and_stays() {
        let mut slew = Slew::new(1.0, 100);
        slew.aim(0.1);
        let values: Vec<f32> = (0..120).map(|_| slew.next_value()).collect();
        assert!(values.windows(2).all(|pair| (0.0..0.0101).contains(&(pair[0] - pair[1]))));
        assert_eq!((values[0], values[119]), (1.0, 0.1));
        assert!(slew.stays_at(0.1));
    }
}
