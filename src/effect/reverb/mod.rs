//! Reverberation by a feedback delay network (Jot and Chaigne 1991).

mod spec;

pub use spec::ReverbSpec;
