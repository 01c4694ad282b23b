//! The effects of strips, returns and masters: what the author writes and what it does to samples,
//! side by side. A new effect is one new file or folder, its `mod` line here and its key in the
//! scene.
