//! Control of what plays: OSC in and out, and the moves made by it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use clap::Args;

use crate::Result;
use crate::control::moves::{Moves, save};
use crate::control::{Command, Commands, Listening, Receiver, Surface, Tracker};
use crate::engine::Controls;
use crate::scene::Scene;

/// Where OSC is listened to where only `--osc` is said: ADM-OSC's port, of this machine alone.
const HERE: &str = "127.0.0.1:4001";

// A name of its own: clap tells groups of arguments apart by it.
#[derive(Args)]
#[group(id = "hand")]
pub struct Arguments {
    /// Take OSC messages: ADM-OSC, head trackers and our own, at an address of this machine
    #[arg(long, value_name = "ADDRESS:PORT", num_args = 0..=1, default_missing_value = HERE)]
    osc: Option<SocketAddr>,
    /// Tell somebody what moves, by OSC
    #[arg(long, value_name = "ADDRESS:PORT", requires = "osc")]
    osc_tell: Option<SocketAddr>,
    /// The port that answers go to [default: 4002; 0 is the port that the question came from]
    #[arg(long, value_name = "PORT", requires = "osc")]
    osc_reply: Option<u16>,
    /// Which way the head tracker counts yaw, pitch and roll: + to the left, up, to the right
    #[arg(long, value_name = "SIGNS", requires = "osc", allow_hyphen_values = true)]
    tracker_signs: Option<String>,
    /// The order and signs of its quaternions: w,-y,x,-z
    #[arg(long, value_name = "ORDER", requires = "osc")]
    tracker_quaternion: Option<String>,
    /// Write the moves made by OSC into a copy of the scene, as automation
    #[arg(long, value_name = "FILE.toml", requires = "osc")]
    write_automation: Option<PathBuf>,
}

/// The hand on what plays.
pub struct Hand {
    surface: Arc<Mutex<Surface>>,
    commands: Arc<Commands>,
    moves: Arc<Mutex<Moves>>,
    arguments: HandArguments,
    /// Listens as long as it is held.
    _receiver: Receiver,
}

/// What is still needed of the arguments.
struct HandArguments {
    tracker: Tracker,
    write_automation: Option<PathBuf>,
}

impl Arguments {
    /// Begins to listen, if it was asked for.
    ///
    /// # Errors
    /// When the address is taken, or the tracker cannot be like that.
    pub fn take(&self, scene: &Scene, controls: &Arc<Controls>) -> Result<Option<Hand>> {
        let Some(at) = self.osc else { return Ok(None) };
        let mut tracker = Tracker::default();
        if let Some(signs) = &self.tracker_signs {
            tracker = tracker.with_signs(signs)?;
        }
        if let Some(order) = &self.tracker_quaternion {
            tracker = tracker.with_quaternion(order)?;
        }
        let listening = Listening {
            at,
            reply_port: match self.osc_reply {
                None => Listening::default().reply_port,
                Some(port) => (port > 0).then_some(port),
            },
            tell: self.osc_tell,
        };
        let commands = Arc::new(Commands::default());
        let moves = Arc::new(Mutex::new(Moves::new(scene.spec.sample_rate)));
        let surface = surface(scene, controls, &commands, &tracker, &moves);
        let surface = Arc::new(Mutex::new(surface));
        let receiver = Receiver::start(&listening, Arc::clone(&surface))?;
        eprintln!("listening for OSC at {}", receiver.at());
        let arguments = HandArguments { tracker, write_automation: self.write_automation.clone() };
        Ok(Some(Hand { surface, commands, moves, arguments, _receiver: receiver }))
    }
}

fn surface(
    scene: &Scene,
    controls: &Arc<Controls>,
    commands: &Arc<Commands>,
    tracker: &Tracker,
    moves: &Arc<Mutex<Moves>>,
) -> Surface {
    let objects = scene.spec.objects.iter().map(|object| object.name.as_str());
    Surface::new(Arc::clone(controls), Arc::clone(commands), objects)
        .with_tracker(tracker.clone())
        .with_moves(Arc::clone(moves))
}

impl Hand {
    /// Moves another engine from now on.
    pub fn change_over(&self, scene: &Scene, controls: &Arc<Controls>) {
        let HandArguments { tracker, .. } = &self.arguments;
        let new = surface(scene, controls, &self.commands, tracker, &self.moves);
        *self.surface.lock().unwrap_or_else(PoisonError::into_inner) = new;
    }

    /// Takes what was asked of the player.
    pub fn take(&self) -> Vec<Command> {
        self.commands.take()
    }

    /// Writes the moves into a copy of the scene, if that was asked for.
    ///
    /// # Errors
    /// When the copy cannot be written.
    pub fn write_automation(&self, scene: &Scene) -> Result<()> {
        let Some(path) = &self.arguments.write_automation else { return Ok(()) };
        let moves = self.moves.lock().unwrap_or_else(PoisonError::into_inner);
        if moves.is_empty() {
            eprintln!("{}: nothing was moved; not written", path.display());
            return Ok(());
        }
        let left_out = save(scene, &moves, path)?;
        left_out.iter().for_each(|line| eprintln!("warning: {line}"));
        eprintln!("{}: written", path.display());
        Ok(())
    }
}
