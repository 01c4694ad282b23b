//! ADM-OSC out: where objects are and how loud, whenever it has changed.

use super::osc;
use super::surface::Surface;

/// What is told of every object.
const TOLD: [&str; 4] = ["name", "aed", "gain", "mute"];

/// What one packet holds at most, in bytes: less than an Ethernet frame.
const PACKET_BYTES: usize = 1200;

/// Tells what has changed since it was told last.
#[derive(Debug, Default)]
pub struct Announcer {
    /// What was told last, message by message.
    told: Vec<Vec<u8>>,
    bundle: Vec<u8>,
}

impl Announcer {
    /// Hands over bundles of all that has changed.
    pub fn tell(&mut self, surface: &Surface, mut send: impl FnMut(&[u8])) {
        self.told.resize(surface.objects() * TOLD.len(), Vec::new());
        let mut message = Vec::new();
        for index in 0..surface.objects() {
            for (place, what) in TOLD.iter().enumerate() {
                let Some(arguments) = surface.tells(index, what) else { continue };
                message.clear();
                osc::write(&format!("/adm/obj/{}/{what}", index + 1), &arguments, &mut message);
                let told = &mut self.told[index * TOLD.len() + place];
                if *told != message {
                    told.clone_from(&message);
                    self.add(&message, &mut send);
                }
            }
        }
        self.flush(&mut send);
    }

    fn add(&mut self, message: &[u8], send: &mut impl FnMut(&[u8])) {
        if self.bundle.len() + 4 + message.len() > PACKET_BYTES {
            self.flush(send);
        }
        if self.bundle.is_empty() {
            // A bundle for now: a time of 1.
            self.bundle.extend(b"#bundle\0\0\0\0\0\0\0\0\x01");
        }
        self.bundle.extend((message.len() as u32).to_be_bytes());
        self.bundle.extend(message);
    }

    fn flush(&mut self, send: &mut impl FnMut(&[u8])) {
        if !self.bundle.is_empty() {
            send(&self.bundle);
            self.bundle.clear();
        }
    }
}
