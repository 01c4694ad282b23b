//! The laws of time: how a render is cut up, and who does the work, changes not one bit.

#[path = "support/desk.rs"]
mod support;

use std::path::Path;

use cupola::render::{ChannelOrder, Request, Watch, render};
use cupola::sink::SampleFormat;
use support::{busy_scene, headphones, layouts};

struct Blind;

impl Watch for Blind {
    fn begins(&mut self, _frames: u64) {}

    fn frames_done(&mut self, _frames: u64) {}

    fn stopped(&self) -> bool {
        false
    }
}

fn request(out: &Path, targets: &[&str]) -> Request {
    Request {
        targets: layouts(targets).into_iter().map(Into::into).chain([headphones()]).collect(),
        guarded: vec![],
        output: Some(format!("{}/", out.display()).into()),
        format: SampleFormat::Float32,
        order: ChannelOrder::Mask,
        split: false,
        from: None,
        to: None,
        threads: Some(1),
        batch: 64,
        dither_seed: 7,
        no_master: false,
        normalize: false,
        match_loudness: false,
        measure_strips: false,
        over_time: false,
    }
}

/// The bytes of every file of a render.
fn bytes(change: impl FnOnce(&mut Request)) -> Vec<Vec<u8>> {
    let scene = busy_scene();
    let out = tempfile::tempdir().unwrap();
    let mut request = request(out.path(), &["7.1.4", "5.1", "stereo"]);
    change(&mut request);
    let report = render(&scene.scene, &request, &mut Blind).unwrap();
    report.files.iter().map(|file| std::fs::read(&file.written.path).unwrap()).collect()
}

/// The audio of a file: what follows the header of its data chunk.
fn audio(file: &[u8]) -> &[u8] {
    let place = file.windows(4).position(|word| word == b"data").unwrap();
    &file[place + 8..]
}

#[test]
fn threads_change_nothing() {
    let alone = bytes(|_| {});
    assert!(audio(&alone[0]).iter().any(|byte| *byte != 0), "a silent scene proves nothing");
    for threads in [2, 3, 8] {
        assert!(alone == bytes(|request| request.threads = Some(threads)), "{threads} threads");
    }
}

#[test]
fn batches_change_nothing() {
    let usual = bytes(|_| {});
    for batch in [1, 7, 512] {
        assert!(usual == bytes(|request| request.batch = batch), "batches of {batch} quanta");
        let both = bytes(|request| (request.batch, request.threads) = (batch, Some(3)));
        assert!(usual == both, "batches of {batch} quanta on three threads");
    }
}

/// Seven ranges with cuts off the quantum grid, in dithered 16 bit, joined.
#[test]
fn ranges_join_without_a_seam() {
    let cuts = [0, 1, 63, 1000, 33_333, 100_001, 150_017];
    let whole = bytes(|request| request.format = SampleFormat::Int16);
    let mut joined = vec![Vec::new(); whole.len()];
    for (index, from) in cuts.into_iter().enumerate() {
        let part = bytes(|request| {
            request.format = SampleFormat::Int16;
            request.from = Some(from);
            request.to = cuts.get(index + 1).copied();
        });
        for (sum, part) in joined.iter_mut().zip(&part) {
            sum.extend_from_slice(audio(part));
        }
    }
    for (target, (whole, joined)) in whole.iter().zip(&joined).enumerate() {
        assert!(audio(whole) == joined, "target {target}");
    }
}

/// Without anything that remembers, a range is a leap, and still the same.
#[test]
fn a_leap_lands_on_the_same_samples() {
    let text = support::BUSY.replace("air_absorption = true\ndoppler = true\n", "");
    let scene = support::scene(&text);
    let out = tempfile::tempdir().unwrap();
    let run = |from, to, folder: &str| {
        let mut request = request(&out.path().join(folder), &["7.1.4"]);
        request.targets.pop();
        (request.from, request.to) = (from, to);
        let report = render(&scene.scene, &request, &mut Blind).unwrap();
        std::fs::read(&report.files[0].written.path).unwrap()
    };
    let whole = run(None, None, "whole");
    let part = run(Some(100_001), Some(120_003), "part");
    let frame = 12 * 4;
    assert!(audio(&part) == &audio(&whole)[100_001 * frame..120_003 * frame]);
}
