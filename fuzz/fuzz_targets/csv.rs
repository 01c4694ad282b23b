//! Any bytes as a path.
#![no_main]

#[path = "../../tests/hostile/mod.rs"]
mod hostile;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let name = format!("cupola-fuzz-{}.csv", std::process::id());
    hostile::csv(bytes, &std::env::temp_dir().join(name));
});
