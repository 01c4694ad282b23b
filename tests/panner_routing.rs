//! Beds against the EBU's reference implementation of ITU-R BS.2127, and beds it does not know.

mod panner_support;

use cupola::layout::Layout;
use cupola::pan::{Panner, route_bed};
use panner_support::{
    assert_close, data, dense, layout, number, odd_layouts, reference, shipped, standard,
};

/// The reference gains are written with twelve digits; the promise is a billionth.
const TOLERANCE: f64 = 1e-9;

fn route(bed: &Layout, target: &Layout) -> Vec<Vec<f64>> {
    let rows = route_bed(bed, target, &Panner::new(target).unwrap());
    rows.iter().map(|row| row.to_dense(target.loudspeakers.len())).collect()
}

/// A bed as the common definitions of ADM have it; 2+7+0 is not in ITU-R BS.2051.
fn bed(name: &str) -> Layout {
    if name != "2+7+0" {
        return standard(name);
    }
    let mut bed = standard("0+7+0");
    // At 45 degrees, as our own 7.1.2: the label says where the standard has it. The published pack has
    // T+000 in the place of M+090; both are here.
    for (name, azimuth, elevation) in
        [("U+090", 90.0, 45.0), ("U-090", -90.0, 45.0), ("T+000", 0.0, 90.0)]
    {
        let mut height = panner_support::speaker(name, azimuth, elevation);
        height.label = Some(name.into());
        bed.loudspeakers.push(height);
    }
    bed
}

#[test]
fn every_standard_bed_on_every_standard_layout_agrees() {
    let beds = data("pan_beds.json");
    let mut compared = 0;
    for (bed_name, targets) in beds.as_object().unwrap() {
        let bed = bed(bed_name);
        for (target_name, rows) in targets.as_object().unwrap() {
            let target = standard(target_name);
            let routed = route(&bed, &target);
            for row in rows.as_array().unwrap() {
                let label = row[0].as_str();
                let index =
                    bed.loudspeakers.iter().position(|speaker| speaker.label.as_deref() == label);
                let expected = dense(&row[1], target.loudspeakers.len());
                let what = format!("{bed_name} {} on {target_name}", row[0]);
                assert_close(&routed[index.expect(&what)], &expected, TOLERANCE, &what);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 1180);
}

#[test]
fn the_large_reference_of_beds_agrees() {
    let Some(file) = reference("direct_speakers_gains.json") else { return };
    let packs = [
        ("AP_00010001", "0+1+0"),
        ("AP_00010002", "0+2+0"),
        ("AP_00010003", "0+5+0"),
        ("AP_0001000f", "0+7+0"),
        ("AP_00010005", "4+5+0"),
        ("AP_00010017", "4+7+0"),
        ("AP_00010009", "9+10+3"),
        ("AP_00010016", "2+7+0"),
    ];
    for (target_name, of_target) in file.as_object().unwrap() {
        let Some(known) = of_target["packs"].as_object() else { continue };
        let target = standard(target_name);
        for (pack, channels) in known {
            let Some((_, name)) = packs.iter().find(|(id, _)| pack.starts_with(id)) else {
                continue;
            };
            let bed = bed(name);
            let routed = route(&bed, &target);
            for channel in channels.as_array().unwrap() {
                let urn = channel["label"][0].as_str().unwrap();
                let label = match urn.rsplit(':').next().unwrap() {
                    "LFE" | "LFEL" => "LFE1",
                    "LFER" => "LFE2",
                    label => label,
                };
                let fits =
                    |speaker: &cupola::layout::Loudspeaker| speaker.label.as_deref() == Some(label);
                let index = bed.loudspeakers.iter().position(fits).unwrap();
                let expected: Vec<f64> =
                    channel["gains"].as_array().unwrap().iter().map(number).collect();
                assert_close(&routed[index], &expected, TOLERANCE, &format!("{pack} {label}"));
            }
        }
    }
}

#[test]
fn a_bed_in_its_own_layout_comes_out_as_it_went_in() {
    for layout in shipped().into_iter().chain(odd_layouts()) {
        for (channel, gains) in route(&layout, &layout).iter().enumerate() {
            let only = gains.iter().enumerate().all(|(n, &g)| g == f64::from(n == channel));
            assert!(only, "{} {channel}: {gains:?}", layout.name);
        }
    }
}

#[test]
fn names_count_where_labels_are_missing() {
    let mut bed = layout("bed", &[(20.0, 0.0), (-20.0, 0.0), (150.0, 10.0)]);
    bed.loudspeakers[0].name = "M+030".into();
    bed.loudspeakers[1].name = "X".into();
    let target = standard("4+7+0");
    let routed = route(&bed, &target);
    assert_eq!(routed[0][0], 1.0);
    let panned = Panner::new(&target).unwrap().gains(&bed.loudspeakers[1].direction());
    assert_eq!(routed[1], panned);
    let energy: f64 = routed[2].iter().map(|gain| gain * gain).sum();
    assert!((energy - 1.0).abs() < TOLERANCE);
}

#[test]
fn different_labels_are_different_loudspeakers_whatever_their_names() {
    let mut bed = standard("0+5+0");
    let mut target = standard("0+7+0");
    bed.loudspeakers[4].name = "Ls".into();
    target.loudspeakers[4].name = "Ls".into();
    // M+110 goes to M+135 by the standard's table, not to M+090 by its name.
    assert_eq!(route(&bed, &target)[4], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0]);
}

#[test]
fn low_frequency_effects_stay_among_themselves() {
    let mut one = layout("one", &[(0.0, 0.0), (40.0, -30.0)]);
    one.loudspeakers[1].lfe = true;
    let mut three = layout("three", &[(0.0, 0.0), (0.0, -30.0), (90.0, -30.0), (9.0, -30.0)]);
    three.loudspeakers[1..].iter_mut().for_each(|speaker| speaker.lfe = true);
    three.loudspeakers[1].name = "sub".into();
    let none = layout("none", &[(30.0, 0.0), (-30.0, 0.0)]);
    assert_eq!(route(&one, &three)[1], [0.0, 1.0, 0.0, 0.0]);
    assert_eq!(route(&one, &none)[1], [0.0, 0.0]);
    let shared: f64 = route(&three, &one)[1..].iter().map(|gains| gains[1] * gains[1]).sum();
    assert!((shared - 1.0).abs() < TOLERANCE);
    assert!(route(&three, &none)[1..].iter().flatten().all(|&gain| gain == 0.0));
}
