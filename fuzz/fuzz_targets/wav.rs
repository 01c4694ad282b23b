//! Any bytes at all, read as a WAV file: `cargo +nightly fuzz run wav`.
#![no_main]

#[path = "../../tests/source_support/anything.rs"]
mod anything;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| anything::read_as_wav(bytes));
