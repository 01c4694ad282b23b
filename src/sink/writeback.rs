//! What is written goes to the disk while more is rendered, so that little is left to wait for at the
//! end.

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

/// Bytes after which what was written is sent to the disk.
const STRETCH_BYTES: usize = 8 << 20;

/// A file that is sent to the disk stretch by stretch, by a thread of its own.
#[derive(Debug)]
pub(super) struct Writeback {
    file: Arc<File>,
    unsent_bytes: usize,
    sender: Option<Sender>,
}

#[derive(Debug)]
struct Sender {
    due: SyncSender<()>,
    thread: JoinHandle<io::Result<()>>,
}

impl Writeback {
    /// Nothing is sent yet; a short file needs no thread.
    pub(super) fn new(file: &Arc<File>) -> Self {
        Self { file: Arc::clone(file), unsent_bytes: 0, sender: None }
    }

    /// Takes note of bytes that were written.
    pub(super) fn note(&mut self, bytes: usize) {
        self.unsent_bytes += bytes;
        if self.unsent_bytes < STRETCH_BYTES {
            return;
        }
        self.unsent_bytes = 0;
        if self.sender.is_none() {
            self.sender = Sender::start(&self.file);
        }
        if let Some(sender) = &self.sender {
            // Where the disk is slower than we are, one stretch joins the next.
            let _ = sender.due.try_send(());
        }
    }

    /// Sends all that is left and waits for it.
    ///
    /// # Errors
    /// When anything could not be written to the disk, now or before: the system says so only once.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        if let Some(Sender { due, thread }) = self.sender.take() {
            drop(due);
            thread.join().unwrap_or_else(|_| Err(io::Error::other("the disk was not heard of")))?;
        }
        self.file.sync_all()
    }
}

impl Sender {
    /// `None` where there is no thread to be had: then all is sent at the end.
    fn start(file: &Arc<File>) -> Option<Self> {
        let (due, asked) = sync_channel(1);
        let file = Arc::clone(file);
        let send = move || send(&file, &asked);
        let thread =
            std::thread::Builder::new().name("cupola-writeback".into()).spawn(send).ok()?;
        Some(Self { due, thread })
    }
}

fn send(file: &File, asked: &Receiver<()>) -> io::Result<()> {
    asked.iter().try_for_each(|()| file.sync_data())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_thread_helps_with_long_files_and_ends_with_them() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&[7; 1000]).unwrap();
        let file = Arc::new(file);
        let mut writeback = Writeback::new(&file);
        writeback.note(STRETCH_BYTES - 1);
        assert!(writeback.sender.is_none(), "not for a short one");
        writeback.note(1);
        assert!(writeback.sender.is_some());
        writeback.finish().unwrap();
        assert_eq!(Arc::strong_count(&file), 2, "ours and the writeback's: the thread is gone");
    }

    /// What a disk refuses comes to light at the end, not before.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_cannot_be_sent_is_an_error() {
        let file = Arc::new(File::open("/dev/null").unwrap());
        let mut writeback = Writeback::new(&file);
        writeback.note(STRETCH_BYTES);
        assert!(writeback.finish().is_err());
    }
}
