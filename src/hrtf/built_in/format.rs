//! A prepared table as bytes, all numbers little-endian:
//!
//! | | |
//! | --- | --- |
//! | 8 bytes | `CUPHRTF1`, the version included |
//! | 2 f64 | rate in Hz, lead in frames |
//! | 4 u32 | taps, ears, directions, of which measured |
//! | 3 f64 a direction | unit vector |
//! | an f32, for each ear and direction | time of arrival in frames |
//! | an f32 and `taps` i16, for each ear and direction | size of a unit, response |
//! | u32 | CRC-32 of all that stands before it |

use super::super::table::{Ear, Table};
use crate::space::Vector;
use crate::{Error, Result};

const MAGIC: &[u8; 8] = b"CUPHRTF1";

/// The bytes of a table.
pub fn encode(table: &Table) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend([table.rate_hz, table.lead_frames].map(f64::to_le_bytes).concat());
    let counts = [table.taps, table.ears.len(), table.directions.len(), table.measured];
    bytes.extend(counts.map(|count| (count as u32).to_le_bytes()).concat());
    for direction in &table.directions {
        bytes.extend([direction.x, direction.y, direction.z].map(f64::to_le_bytes).concat());
    }
    for ear in &table.ears {
        bytes.extend(ear.arrivals_frames.iter().flat_map(|it| (*it as f32).to_le_bytes()));
    }
    for row in table.ears.iter().flat_map(|ear| ear.responses.chunks_exact(table.taps)) {
        let largest = row.iter().fold(0.0_f32, |most, it| most.max(it.abs()));
        let unit = largest.max(f32::MIN_POSITIVE) / f32::from(i16::MAX);
        bytes.extend(unit.to_le_bytes());
        bytes.extend(row.iter().flat_map(|it| ((it / unit).round() as i16).to_le_bytes()));
    }
    let sum = crc32(&bytes);
    bytes.extend(sum.to_le_bytes());
    bytes
}

/// The table of bytes.
pub fn decode(bytes: &[u8]) -> Result<Table> {
    let damaged = || Error::input("the prepared responses are damaged");
    let (whole, sum) = bytes.split_last_chunk().ok_or_else(damaged)?;
    if u32::from_le_bytes(*sum) != crc32(whole) || !whole.starts_with(MAGIC) {
        return Err(damaged());
    }
    Reader(&whole[MAGIC.len()..]).table().ok_or_else(damaged)
}

/// Takes numbers from the front of bytes.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const SIZE: usize>(&mut self) -> Option<[u8; SIZE]> {
        let (front, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*front)
    }

    fn f64(&mut self) -> Option<f64> {
        self.take().map(f64::from_le_bytes)
    }

    fn f32(&mut self) -> Option<f32> {
        self.take().map(f32::from_le_bytes)
    }

    fn count(&mut self) -> Option<usize> {
        self.take().map(|bytes| u32::from_le_bytes(bytes) as usize)
    }

    fn table(&mut self) -> Option<Table> {
        let (rate_hz, lead_frames) = (self.f64()?, self.f64()?);
        let (taps, ears) = (self.count()?, self.count()?);
        let (directions, measured) = (self.count()?, self.count()?);
        let vector = |this: &mut Self| Some(Vector::new(this.f64()?, this.f64()?, this.f64()?));
        let directions = (0..directions).map(|_| vector(self)).collect::<Option<Vec<Vector>>>()?;
        let mut all = vec![Ear::default(); ears];
        for ear in &mut all {
            for _ in &directions {
                ear.arrivals_frames.push(self.f32()?.into());
            }
        }
        for ear in &mut all {
            for _ in &directions {
                let unit = self.f32()?;
                let row = self.0.get(..2 * taps)?;
                self.0 = &self.0[2 * taps..];
                let samples = row.as_chunks().0.iter().map(|it| i16::from_le_bytes(*it));
                ear.responses.extend(samples.map(|sample| f32::from(sample) * unit));
            }
        }
        Some(Table { rate_hz, taps, lead_frames, measured, directions, ears: all })
    }
}

/// The checksum of Ethernet and ZIP (ISO-HDLC).
fn crc32(bytes: &[u8]) -> u32 {
    let mut table = [0_u32; 256];
    for (entry, value) in table.iter_mut().zip(0..) {
        let step = |sum: u32| if sum & 1 == 0 { sum >> 1 } else { 0xEDB8_8320 ^ (sum >> 1) };
        *entry = (0..8).fold(value, |sum, _| step(sum));
    }
    let update =
        |sum: u32, byte: &u8| table[((sum ^ u32::from(*byte)) & 0xFF) as usize] ^ (sum >> 8);
    !bytes.iter().fold(u32::MAX, update)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Table {
        let ear = Ear {
            responses: vec![0.5, -0.25, 0.0, 1.0, 0.0, 0.0],
            arrivals_frames: vec![24.0, 30.5],
        };
        Table {
            rate_hz: 48_000.0,
            taps: 3,
            lead_frames: 24.0,
            measured: 1,
            directions: vec![Vector::x(), Vector::y()],
            ears: vec![ear],
        }
    }

    #[test]
    fn a_table_comes_back() {
        let (table, back) = (small(), decode(&encode(&small())).unwrap());
        assert_eq!((back.taps, back.measured, back.ears.len()), (3, 1, 1));
        assert_eq!((back.rate_hz, back.lead_frames), (48_000.0, 24.0));
        assert_eq!(back.directions, table.directions);
        assert_eq!(back.ears[0].arrivals_frames, table.ears[0].arrivals_frames);
        for (back, sample) in back.ears[0].responses.iter().zip(&table.ears[0].responses) {
            // Half a unit of the largest sample of a response, which is at most 1.
            assert!((back - sample).abs() <= 0.5 / 32_767.0);
        }
    }

    #[test]
    fn damage_is_found() {
        // The check value of the CRC catalogue.
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        let bytes = encode(&small());
        for position in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[position] ^= 0x10;
            assert!(decode(&bytes).is_err(), "{position}");
            assert!(decode(&bytes[..position]).is_err(), "{position}");
        }
    }
}
