//! The blocks of a strip, as the engine takes them: those that are bypassed are not there.

use super::seats::Seats;
use crate::engine::{Chain, Keyed};
use crate::scene::{Block, Strip};

/// The chain of a strip.
pub fn strip_chain(strip: &Strip, rate_hz: u32, seats: &Seats) -> Chain {
    let on = |block| !strip.bypasses(block);
    let gate = strip.gate.as_ref().filter(|_| on(Block::Gate));
    let gate = gate.and_then(|gate| keyed(gate.clone(), &gate.key, &gate.link, seats));
    let compressor = strip.compressor.as_ref().filter(|_| on(Block::Compressor));
    let compressor = compressor.and_then(|it| keyed(it.clone(), &it.key, &it.link, seats));
    Chain {
        trim_db: strip.trim_db.clone().filter(|_| on(Block::Trim)),
        inverted: strip.invert_polarity == Some(true) && on(Block::Polarity),
        gate,
        eq: strip.eq.clone().filter(|bands| on(Block::Eq) && !bands.is_empty()),
        compressor,
        multiband: strip.multiband.clone().filter(|_| on(Block::Multiband)),
        deesser: strip.deesser.clone().filter(|_| on(Block::Deesser)),
        saturation: strip.saturation.clone().filter(|_| on(Block::Saturation)),
        delay_frames: (strip.delay_s() * f64::from(rate_hz)).round() as usize,
        width: None,
        level_db: Vec::new(),
        limiter: strip.limiter.clone().filter(|_| on(Block::Limiter)),
    }
}

/// A block and the strip whose level it goes by. Without that strip, because it is muted, there is
/// no level to go by, and no block.
fn keyed<S>(
    spec: S,
    key: &Option<String>,
    link: &Option<String>,
    seats: &Seats,
) -> Option<Keyed<S>> {
    let key = match key {
        Some(name) => Some(seats.find(name)?),
        None => None,
    };
    Some(Keyed { spec, key, link: link.clone() })
}
