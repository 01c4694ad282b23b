//! Monitoring: the engine of the files at the interface, as a scene plays.
//!
//! Threads of their own read the sources ahead; the callback of a device takes what they left,
//! renders quantum by quantum and hands out as many frames as it is asked for. What is handed out
//! is, to the bit, what a file of the scene holds, however the callback cuts it up. The callback
//! allocates nothing, takes no lock and asks nothing of the system: orders come down to it and
//! figures go up from it through atomics.

mod block;
mod calibration;
mod changeover;
mod channel_map;
mod departure;
pub mod device;
mod fade;
mod inputs;
mod load;
mod monitor;
mod orders;
mod performance;
mod player;
mod protection;
mod reader;
mod recorder;
mod route;
mod stagehand;
mod status;
mod supply;
mod transport;

pub use calibration::Calibration;
pub use channel_map::ChannelMap;
pub use inputs::{
    InputFigures, InputMonitor, InputReading, Intake, Listening, MOST_RESERVE_FRAMES,
};
pub use load::{Load, LoadReading};
pub use monitor::Monitor;
pub use player::{Player, Setup};
pub use reader::Readers;
pub use recorder::{Recording, Tape, record};
pub use route::Route;
pub use stagehand::Stagehand;
pub use status::{Snapshot, Stage, Status};
pub use transport::Transport;
