//! Any bytes at all, read as a SOFA file: `cargo +nightly fuzz run sofa`.
#![no_main]

#[path = "../../tests/sofa_support/anything.rs"]
mod anything;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| _ = anything::read_as_sofa(bytes.to_vec()));
