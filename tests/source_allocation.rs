//! Reading does not allocate once it runs: counted by the allocator.

#[path = "support/counting_allocator.rs"]
mod counting_allocator;
mod source_support;

use counting_allocator::{CountingAllocator, calls};
use cupola::folder::Folder;
use cupola::source::{
    Feed, FeedContext, FeedSpec, Memory, Noise, Origin, Pick, Resampled, SharedFiles, Signal, Tone,
};
use source_support::{Maker, format};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// Allocations in ten seconds of quanta, after one second to warm up.
fn allocations(feed: &mut Feed) -> u64 {
    let mut lanes = vec![[0.0_f32; 64]; feed.lanes()];
    let mut slices: Vec<&mut [f32]> = lanes.iter_mut().map(|lane| &mut lane[..]).collect();
    let mut before = 0;
    for quantum in 0..11 * 750 {
        if quantum == 750 {
            before = calls();
        }
        feed.read(&mut slices).unwrap();
    }
    calls() - before
}

#[test]
fn reading_wav_files_does_not_allocate() {
    let place = tempfile::tempdir().unwrap();
    let data = vec![1; 12 * 3 * 48_000 * 12];
    let maker = Maker::new(format(1, 12, 48_000, 24), data);
    std::fs::write(place.path().join("bed.wav"), maker.bytes()).unwrap();
    let (folder, shared) = (Folder::new(place.path(), false), SharedFiles::default());
    let context =
        FeedContext { folder: &folder, shared: &shared, rate_hz: 48_000, allow_truncated: false };
    let spec = FeedSpec::new(Origin::File("bed.wav".into()));
    let looped = FeedSpec { looped: true, out_s: Some(0.7), fade_in_s: 5.0, ..spec.clone() };
    let picked = FeedSpec { pick: Pick::Mix, ..spec.clone() };
    for spec in [spec, looped, picked] {
        let mut feed = Feed::open(&spec, &context).unwrap();
        assert_eq!(allocations(&mut feed), 0, "{spec:?}");
    }
}

#[test]
fn signals_and_resampling_do_not_allocate() {
    let noise = Noise { level_db: -20.0, seed: 1, duration_s: None };
    let tone = Tone { freq_hz: 1000.0, level_db: -20.0, duration_s: None };
    let place = Folder::new("", false);
    let shared = SharedFiles::default();
    let context =
        FeedContext { folder: &place, shared: &shared, rate_hz: 48_000, allow_truncated: false };
    for signal in [Signal::PinkNoise(noise.clone()), Signal::WhiteNoise(noise), Signal::Tone(tone)]
    {
        let mut feed = Feed::open(&FeedSpec::new(Origin::Signal(signal)), &context).unwrap();
        assert_eq!(allocations(&mut feed), 0);
    }
    let memory = Box::new(Memory::new(vec![vec![0.1; 44_100 * 12]; 2], 44_100));
    let resampled = Resampled::new(memory, 48_000, "test").unwrap();
    assert_eq!(allocations(&mut Feed::place(Box::new(resampled), 0)), 0);
}
