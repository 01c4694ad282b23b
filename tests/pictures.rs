//! Pictures of layouts are well-formed, complete and stable.

use cupola::layout::{Layout, built_in, names};
use cupola::picture::layout_sheet;

/// The tags of an XML text, each without its brackets. Fails where a bracket is astray.
fn tags(xml: &str) -> Vec<&str> {
    xml.split('<')
        .skip(1)
        .map(|piece| {
            let (tag, text) = piece.split_once('>').unwrap_or_else(|| panic!("open: <{piece}"));
            assert!(!text.contains('>'), "stray bracket after <{tag}>");
            tag
        })
        .collect()
}

/// Fails unless every element is closed in turn and every attribute is quoted.
fn assert_well_formed(xml: &str) {
    let mut open = Vec::new();
    for tag in tags(xml) {
        let name = tag.split_whitespace().next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed out of turn");
        } else if !tag.ends_with('/') {
            open.push(name);
        }
        assert_eq!(tag.matches('"').count(), 2 * tag.matches("=\"").count(), "<{tag}>");
    }
    assert!(open.is_empty(), "left open: {open:?}");
    for entity in xml.split('&').skip(1) {
        let name = entity.split(';').next().unwrap();
        assert!(["amp", "lt", "gt", "quot"].contains(&name), "&{name}");
    }
}

/// The text of the group of a class, without the groups that follow it.
fn group<'a>(svg: &'a str, class: &str) -> &'a str {
    let start = svg.find(&format!("<g class=\"{class}\">")).expect("the group is there");
    let end = svg[start..].find("</g>").expect("the group ends");
    &svg[start..start + end]
}

#[test]
fn every_loudspeaker_is_named_once_in_each_view() {
    for layout in names().iter().filter_map(|name| built_in(name)) {
        let svg = layout_sheet(&layout);
        assert_well_formed(&svg);
        for view in ["above", "right"] {
            let drawn = group(&svg, view);
            for loudspeaker in &layout.loudspeakers {
                let name = format!("\">{}</tspan>", loudspeaker.name);
                assert_eq!(drawn.matches(&name).count(), 1, "{} {view} {name}", layout.name);
            }
        }
    }
}

#[test]
fn the_same_layout_is_the_same_text() {
    let svg = layout_sheet(&built_in("22.2").unwrap());
    assert_eq!(svg, layout_sheet(&built_in("22.2").unwrap()));
    let decimals = |number: &str| number.split_once('.').map_or(0, |(_, after)| after.len());
    let numbers = group(&svg, "above").split('"').filter(|text| text.parse::<f64>().is_ok());
    assert!(numbers.clone().count() > 100);
    assert!(numbers.into_iter().all(|number| decimals(number) <= 2));
}

#[test]
fn what_the_picture_shows_is_said_on_it() {
    let svg = layout_sheet(&built_in("7.1.4").unwrap());
    for said in ["From above", "front is up, left is left", "From the right", "FRONT", "7.1.4"] {
        assert!(svg.contains(said), "{said}");
    }
    assert!(!svg.contains("where it should stand"));
}

#[test]
fn a_hostile_layout_is_drawn_safely() {
    let line = |index: usize| {
        let azimuth_deg = (index * 37 % 360) as f64 - 180.0;
        format!(
            r#"{{ name = "<{index}&\"", azimuth_deg = {azimuth_deg}, elevation_deg = 0,
               nominal_azimuth_deg = 12, nominal_elevation_deg = -90 }},"#
        )
    };
    let lines: String = (0..128).map(line).collect();
    let text = format!("title = '</svg><script>'\nloudspeakers = [{lines}]").replace(",\n", ", ");
    let layout = Layout::from_toml("room.toml", &text).unwrap();
    let svg = layout_sheet(&layout);
    assert_well_formed(&svg);
    assert!(!svg.contains("<script"));
    assert!(svg.contains("where it should stand"));
    assert_eq!(group(&svg, "above").matches("&lt;127&amp;&quot;</tspan>").count(), 1);
}
