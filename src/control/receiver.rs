//! Messages over UDP, on a thread of their own.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::announcer::Announcer;
use super::osc::LONGEST_PACKET;
use super::surface::Surface;
use crate::{Error, Result};

/// Where ADM-OSC is sent to.
const PORT: u16 = 4001;

/// Where ADM-OSC expects the answers to questions.
pub const REPLY_PORT: u16 = 4002;

/// How often changes are told, and how soon the thread ends when it is to.
const PACE: Duration = Duration::from_millis(50);

/// Where to listen, and whom to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listening {
    /// The address to listen at: port 4001 of this machine alone, unless something else is said.
    pub at: SocketAddr,
    /// The port of whoever asks that answers go to, 4002 by ADM-OSC; `None` is the port that the
    /// question came from.
    pub reply_port: Option<u16>,
    /// Whom to tell what changes, if anybody.
    pub tell: Option<SocketAddr>,
}

impl Default for Listening {
    fn default() -> Self {
        let at = SocketAddr::from((Ipv4Addr::LOCALHOST, PORT));
        Self { at, reply_port: Some(REPLY_PORT), tell: None }
    }
}

/// What has come in so far.
#[derive(Debug, Default)]
pub struct Counts {
    /// Packets.
    pub packets: AtomicU64,
    /// Packets thrown away because they were malformed.
    pub malformed: AtomicU64,
    /// Messages that were done or answered; a pattern counts for each address that it fits.
    pub taken: AtomicU64,
    /// Messages that said nothing that can be done.
    pub refused: AtomicU64,
    /// Messages to addresses of nobody here.
    pub unknown: AtomicU64,
}

/// Listens until it is dropped. Nothing is kept of what was heard but the last values.
#[derive(Debug)]
pub struct Receiver {
    at: SocketAddr,
    counts: Arc<Counts>,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Receiver {
    /// Begins to listen; the surface may be replaced at any time, as when a scene is read anew.
    ///
    /// # Errors
    /// [`Error::Machine`] if the address is taken or there is no thread to be had.
    pub fn start(listening: &Listening, surface: Arc<Mutex<Surface>>) -> Result<Self> {
        let failed = |error: std::io::Error| {
            Error::machine(format!("cannot listen for OSC at {}: {error}", listening.at))
        };
        let socket = UdpSocket::bind(listening.at).map_err(failed)?;
        socket.set_read_timeout(Some(PACE)).map_err(failed)?;
        let at = socket.local_addr().map_err(failed)?;
        let (counts, is_over) = (Arc::new(Counts::default()), Arc::new(AtomicBool::new(false)));
        let ear = Ear {
            socket,
            surface,
            counts: Arc::clone(&counts),
            is_over: Arc::clone(&is_over),
            listening: *listening,
        };
        let thread = std::thread::Builder::new().name("osc".into());
        let thread = thread.spawn(move || ear.listen()).map_err(failed)?;
        Ok(Self { at, counts, is_over, thread: Some(thread) })
    }

    /// The address it listens at.
    #[must_use]
    pub fn at(&self) -> SocketAddr {
        self.at
    }

    /// What has come in so far.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // Whatever became of it, it is over.
            let _ = thread.join();
        }
    }
}

/// What the thread has.
struct Ear {
    socket: UdpSocket,
    surface: Arc<Mutex<Surface>>,
    counts: Arc<Counts>,
    is_over: Arc<AtomicBool>,
    listening: Listening,
}

impl Ear {
    fn listen(self) {
        let mut bytes = vec![0; LONGEST_PACKET];
        let mut announcer = Announcer::default();
        let mut told = Instant::now();
        while !self.is_over.load(Ordering::Relaxed) {
            match self.socket.recv_from(&mut bytes) {
                Ok((length, from)) => self.hear(&bytes[..length], from),
                Err(error) if is_quiet(error.kind()) => {}
                // The network may come back; until then it is not asked all the time.
                Err(_) => std::thread::sleep(PACE),
            }
            if let Some(to) = self.listening.tell.filter(|_| told.elapsed() >= PACE) {
                told = Instant::now();
                let surface = self.surface.lock().unwrap_or_else(PoisonError::into_inner);
                announcer.tell(&surface, |packet| self.send(packet, to));
            }
        }
    }

    fn hear(&self, packet: &[u8], from: SocketAddr) {
        let mut to = from;
        self.listening.reply_port.into_iter().for_each(|port| to.set_port(port));
        let count = |counter: &AtomicU64, by| counter.fetch_add(by, Ordering::Relaxed);
        let Counts { packets, malformed, taken, refused, unknown } = &*self.counts;
        count(packets, 1);
        let mut surface = self.surface.lock().unwrap_or_else(PoisonError::into_inner);
        match surface.take(packet, |answer| self.send(answer, to)) {
            Ok(tally) => {
                count(taken, tally.taken);
                count(refused, tally.refused);
                count(unknown, tally.unknown);
            }
            Err(_) => {
                count(malformed, 1);
            }
        }
    }

    /// Sends and forgets: whoever does not listen misses it.
    fn send(&self, packet: &[u8], to: SocketAddr) {
        let _ = self.socket.send_to(packet, to);
    }
}

/// Whether nothing came, or only word that an answer found nobody.
fn is_quiet(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::WouldBlock
            | ErrorKind::TimedOut
            | ErrorKind::Interrupted
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionRefused
    )
}
