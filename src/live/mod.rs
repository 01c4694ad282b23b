//! Monitoring: the engine of the files at the interface, as a scene plays.
//!
//! Threads of their own read the sources ahead; the callback of a device takes what they left,
//! renders quantum by quantum and hands out as many frames as it is asked for. What is handed out
//! is, to the bit, what a file of the scene holds, however the callback cuts it up. The callback
//! allocates nothing, takes no lock and asks nothing of the system: orders come down to it and
//! figures go up from it through atomics.

mod alignment;
mod block;
mod calibration;
mod changeover;
mod channel_map;
mod control_room;
mod departure;
pub mod device;
mod fade;
mod inputs;
mod load;
mod metering;
mod monitor;
mod orders;
mod pace;
mod performance;
mod player;
mod protection;
mod reader;
mod recorder;
mod route;
mod stagehand;
mod status;
mod supply;
mod tape;
mod transport;

pub use calibration::Calibration;
pub use channel_map::ChannelMap;
pub use control_room::{ControlRoom, Outlet};
pub use inputs::{
    InputFigures, InputMonitor, InputReading, Intake, Listening, MOST_RESERVE_FRAMES,
};
pub use load::{Load, LoadReading};
pub use metering::{LoudnessReading, Metering, metering};
pub use monitor::Monitor;
pub use player::{Player, Setup};
pub use reader::Readers;
pub use recorder::{Recording, record};
pub use route::Route;
pub use stagehand::Stagehand;
pub use status::{Snapshot, Stage, Status};
pub use tape::Tape;
pub use transport::Transport;

/// How long sound takes to come or to go, or to make way for another target, in seconds.
const CROSSFADE_S: f64 = 0.03;
