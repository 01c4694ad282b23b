//! Numbers that look like chance and are the same every time.

/// Numbers by counting: xorshift (Marsaglia 2003). The seed is not 0.
pub struct Numbers(pub u64);

impl Numbers {
    /// One from 0 on, below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}
