//! Where LFE channels go: to LFE only.

use crate::layout::Layout;

/// The gains of an LFE channel in all loudspeakers of another layout. One of two that share their
/// place, or that has two places, is split or joined at -3 dB.
pub fn column(index: usize, from: &Layout, to: &Layout) -> Vec<f64> {
    let label = from.loudspeakers[index].label.as_deref();
    let count = |layout: &Layout| layout.loudspeakers.iter().filter(|it| it.lfe).count();
    let (sources, places) = (count(from), count(to));
    let gain = libm::sqrt(1.0 / sources.max(places) as f64);
    let one_to_one = sources == places && sources > 1;
    let gain_of = |it: &crate::layout::Loudspeaker| match () {
        () if !it.lfe => 0.0,
        () if !one_to_one => gain,
        () => f64::from(u8::from(it.label.as_deref() == label)),
    };
    to.loudspeakers.iter().map(gain_of).collect()
}
