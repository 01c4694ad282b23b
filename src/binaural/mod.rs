//! Two ears from signals and directions, quantum by quantum, whatever scene they come from.
//!
//! - [`responses`]: what the ears are rendered from
//! - [`levelled`]: what comes in
//! - [`hearing`]: how a head hears a place; [`near_field`]: what nearness adds to it
//! - [`head`]: which way the head looks
//! - [`direct`]: a lane through filters of its own
//! - [`sphere`], [`arrival`], [`feeds`], [`bank`]: the virtual sphere, for any number of lanes
//! - [`room`], [`reflections`]: what comes back from the walls of a room
//! - [`fixed`]: a lane that stays where it is
//! - [`share`]: what every lane adds, and the sum of it all
//! - [`level`]: how loud it all is, and what goes through no head
//! - [`kernel`], [`delay`], [`transform`], [`table`]: what they are made of

pub mod arrival;
pub mod bank;
pub mod delay;
pub mod direct;
pub mod feeds;
pub mod fixed;
pub mod head;
pub mod hearing;
pub mod kernel;
mod late;
pub mod level;
pub mod levelled;
pub mod near_field;
mod past;
pub mod reflections;
pub mod responses;
pub mod room;
pub mod share;
mod slopes;
pub mod sphere;
pub mod table;
pub mod transform;

pub use arrival::Arrival;
pub use bank::{Bank, SphereLane};
pub use direct::{DirectLane, DirectShop};
pub use feeds::{Fed, Feeds};
pub use fixed::{FixedLane, whole_responses};
pub use head::Head;
pub use hearing::{Hearing, Lateness};
pub use kernel::Kernel;
pub use level::{LFE_GAIN, lfe_responses, loudness_gain};
pub use levelled::Levelled;
pub use reflections::{Reflected, Reflections};
pub use responses::{EARS, Mixture, Near, Responses, both_ears};
pub use room::{Room, RoomSize, Tail, WALLS};
pub use share::{Share, Summing};
pub use sphere::{DIRECTIONS, Pan, Sphere};
pub use table::Table;
