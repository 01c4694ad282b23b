//! Damages to SOFA files: never a panic, a hang or more memory than a whole file would need. What
//! a fuzzer would do, bounded and the same every time.

#[path = "sofa_support/anything.rs"]
mod anything;
#[path = "support/counting_allocator.rs"]
mod counting_allocator;
mod sofa_support;

#[path = "support/numbers.rs"]
mod numbers;

use std::time::Instant;

use counting_allocator::{CountingAllocator, peak_bytes};
use cupola::hrtf::sofa;
use numbers::Numbers;
use sofa_support::{Maker, SMALL, kemar, small};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// How much memory reading may take, in sizes of what is read (the responses as f32).
const MOST_TIMES_DECODED: u64 = 8;

/// What the reading of even the smallest file may take, in bytes: a damaged type may claim 65,535
/// members, for which the container's reader makes room before it finds that they are not there.
const FLOOR_BYTES: u64 = 8 << 20;

/// Longer than this is a hang; an undamaged file of this size takes a few milliseconds.
const HANG_S: f64 = 5.0;

/// Damages a file in one to four places: flips, extremes, moved pieces, cuts.
fn mutate(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    for _ in 0..=numbers.below(4) {
        if bytes.is_empty() {
            return;
        }
        let at = numbers.below(bytes.len());
        match numbers.below(24) {
            0..6 => bytes[at] ^= 1 << numbers.below(8),
            6..11 => bytes[at] = [0, 1, 0x7F, 0x80, 0xFF][numbers.below(5)],
            11..15 => bytes[at..].iter_mut().take(4).for_each(|byte| *byte = 0xFF),
            15..19 => bytes[at..].iter_mut().take(8).for_each(|byte| *byte = 0),
            19..23 => {
                let from = numbers.below(bytes.len());
                let length = (1 + numbers.below(16)).min(bytes.len() - at.max(from));
                bytes.copy_within(from..from + length, at);
            }
            _ => bytes.truncate(at),
        }
    }
}

/// Reads so many damaged versions of a file; how many were still read, and the most memory any
/// took.
fn try_mutants(
    whole: &[u8],
    count: usize,
    limit_bytes: u64,
    numbers: &mut Numbers,
) -> (usize, u64) {
    let (mut read, mut most) = (0, 0);
    for _ in 0..count {
        let mut bytes = whole.to_vec();
        mutate(&mut bytes, numbers);
        let begun = Instant::now();
        let (was_read, peak) = peak_bytes(|| anything::read_as_sofa(bytes.clone()));
        assert!(begun.elapsed().as_secs_f64() < HANG_S, "it hangs");
        assert!(peak <= limit_bytes, "{peak} bytes of {limit_bytes}");
        read += usize::from(was_read);
        most = most.max(peak);
    }
    (read, most)
}

/// How many of each file: `CUPOLA_SOFA_MUTANTS`, or a number that takes a second.
fn mutants(usual: usize) -> usize {
    std::env::var("CUPOLA_SOFA_MUTANTS").map_or(usual, |count| count.parse().unwrap())
}

/// A set of 200 directions of 512 taps.
fn larger() -> Maker {
    let positions: Vec<[f64; 3]> = (0..200).map(|i| [f64::from(i) * 1.8, 0.0, 1.4]).collect();
    let mut numbers = Numbers(5);
    let noise: Vec<f64> =
        (0..200 * 1024).map(|_| numbers.below(2001) as f64 / 1000.0 - 1.0).collect();
    Maker::new(&positions, 512, |direction, ear, tap| noise[(direction * 2 + ear) * 512 + tap])
}

#[test]
fn damaged_files_are_read_or_refused() {
    let mut numbers = Numbers(0x1234_5678_9ABC_DEF1);
    let (mut read, mut most) = (0, 0);
    let count = mutants(400);
    for name in SMALL {
        let whole = std::fs::read(small(name)).unwrap();
        let found = try_mutants(&whole, count, FLOOR_BYTES, &mut numbers);
        read += found.0;
        most = most.max(found.1);
    }
    let all = count * SMALL.len();
    println!("{read} of {all} read, at most {most} bytes");
    assert!(read > all / 10 && read < all * 9 / 10, "{read} of {all} read");
}

#[test]
fn memory_is_bounded_by_what_is_decoded() {
    let whole = larger().bytes();
    let decoded = 200 * 2 * 512 * 4;
    let limit = MOST_TIMES_DECODED * decoded;
    let (_, peak) = peak_bytes(|| sofa::parse("whole.sofa", whole.clone()).unwrap());
    assert!((decoded..=limit).contains(&peak), "{peak} bytes of {limit}");
    let (read, most) = try_mutants(&whole, mutants(100), limit, &mut Numbers(77));
    println!("whole: {peak} bytes; {read} mutants read, at most {most} bytes of {limit}");
}

#[test]
fn promises_are_not_believed() {
    let bytes = std::fs::read(small("promises.sofa")).unwrap();
    let (read, peak) = peak_bytes(|| sofa::parse("promises.sofa", bytes.clone()));
    let said = read.unwrap_err().to_string();
    assert!(
        said.contains("100000 x 2 x 1024 values large, which the file does not hold"),
        "{said}"
    );
    // The file and its structure; the responses would be 1.6 GB.
    assert!(peak < 64 << 10, "{peak} bytes");
}

#[test]
fn a_damaged_kemar_is_read_or_refused() {
    let Some(path) = kemar() else { return };
    let whole = std::fs::read(path).unwrap();
    let limit = MOST_TIMES_DECODED * 710 * 2 * 512 * 4;
    let (_, peak) = peak_bytes(|| sofa::parse("kemar.sofa", whole.clone()).unwrap());
    let (read, most) = try_mutants(&whole, mutants(40), limit, &mut Numbers(99));
    println!("whole: {peak} bytes; {read} mutants read, at most {most} bytes of {limit}");
    assert!(peak <= limit, "{peak} bytes of {limit}");
}
