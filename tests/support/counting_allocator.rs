//! An allocator that counts what the current thread asks of it.
#![allow(unsafe_code, dead_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// Counts allocations, reallocations and frees.
pub struct CountingAllocator;

thread_local! {
    static CALLS: Cell<u64> = const { Cell::new(0) };
    static HELD_BYTES: Cell<i64> = const { Cell::new(0) };
    static MOST_BYTES: Cell<i64> = const { Cell::new(0) };
}

/// How often this thread has asked so far.
pub fn calls() -> u64 {
    CALLS.with(Cell::get)
}

/// The most bytes that this thread held at a time during some work, beyond those it held before.
pub fn peak_bytes<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let before = HELD_BYTES.with(Cell::get);
    MOST_BYTES.with(|most| most.set(before));
    let result = work();
    (result, (MOST_BYTES.with(Cell::get) - before) as u64)
}

fn count() {
    // A thread that is ending has no counter any more, and nothing to prove.
    let _ = CALLS.try_with(|calls| calls.set(calls.get() + 1));
}

fn hold(bytes: i64) {
    let _ = HELD_BYTES.try_with(|held| {
        held.set(held.get() + bytes);
        MOST_BYTES.try_with(|most| most.set(most.get().max(held.get())))
    });
}

// SAFETY: every call is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        hold(layout.size() as i64);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count();
        hold(-(layout.size() as i64));
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // Both for a moment, as where it has to be moved.
        hold(size as i64);
        hold(-(layout.size() as i64));
        unsafe { System.realloc(pointer, layout, size) }
    }
}
