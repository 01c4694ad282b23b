//! `cupola layouts`.

use std::fmt::Write;

use clap::Args;
use serde_json::{Value, json};

use super::coverage::Verdict;
use super::{fold, output};
use crate::Result;
use crate::layout::{self, Layout, Loudspeaker, wave_names};
use crate::picture::layout_sheet;

#[derive(Args)]
pub struct Arguments {
    /// The layout to show, by name or by the path of a .toml file; without one, all are listed
    name: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Draw it from above and from the side instead, as an SVG (`-` is standard output)
    #[arg(long, value_name = "FILE", requires = "name", conflicts_with = "json")]
    svg: Option<String>,
    /// Print how the channels of one layout become those of another (ITU-R BS.775 and on from there)
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"], conflicts_with_all = ["name", "svg"])]
    fold: Option<Vec<String>>,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    if let Some([from, to]) = arguments.fold.as_deref() {
        let fold = fold::between(from, to)?;
        let json = arguments.json.then(|| pretty(&fold::json(&fold)));
        return output::print(&json.unwrap_or_else(|| fold::text(&fold)));
    }
    let Some(name) = &arguments.name else {
        let all = layout::names().iter().filter_map(|name| layout::built_in(name));
        let all: Vec<Layout> = all.collect();
        let listed = if arguments.json { list_json(&all) } else { list_text(&all) };
        return output::print(&listed);
    };
    let layout = layout::load(name)?;
    match arguments.svg.as_deref() {
        Some(file) => output::write(file, &layout_sheet(&layout)),
        None if arguments.json => output::print(&pretty(&layout_json(&layout)?)),
        None => output::print(&layout_text(&layout)?),
    }
}

fn list_text(layouts: &[Layout]) -> String {
    table(&[
        ("name", false, layouts.iter().map(|it| it.name.clone()).collect()),
        ("channels", true, layouts.iter().map(|it| it.loudspeakers.len().to_string()).collect()),
        ("title", false, layouts.iter().map(|it| it.title.clone()).collect()),
    ])
}

fn list_json(layouts: &[Layout]) -> String {
    let entry = |it: &Layout| json!({ "name": it.name, "title": it.title, "channels": it.loudspeakers.len() });
    pretty(&layouts.iter().map(entry).collect())
}

fn layout_text(layout: &Layout) -> Result<String> {
    let all = &layout.loudspeakers;
    let cells = |cell: fn(&Loudspeaker) -> String| all.iter().map(cell).collect::<Vec<_>>();
    let numbers = (1..=all.len()).map(|number| number.to_string()).collect();
    let loudspeakers = table(&[
        ("", true, numbers),
        ("name", false, cells(|it| it.name.clone())),
        ("label", false, cells(|it| it.label.clone().unwrap_or_default())),
        ("azimuth", true, cells(|it| degrees(it.azimuth_deg))),
        ("elevation", true, cells(|it| degrees(it.elevation_deg))),
        ("nominal", true, cells(nominal)),
        ("LFE", false, cells(|it| if it.lfe { "LFE".into() } else { String::new() })),
    ]);
    let in_order = |order: &[usize]| {
        order.iter().map(|&index| all[index].name.as_str()).collect::<Vec<_>>().join(" ")
    };
    let layout_order: Vec<usize> = (0..all.len()).collect();
    let mut text = format!("{}\n\n{loudspeakers}\n", heading(layout));
    _ = writeln!(text, "layout order  {}", in_order(&layout_order));
    _ = writeln!(text, "file order    {}", in_order(&layout.file_order()));
    _ = writeln!(text, "channel mask  {}", mask_text(layout.mask()));
    text.push_str(&Verdict::of(layout)?.text());
    Ok(text)
}

fn layout_json(layout: &Layout) -> Result<Value> {
    let all = &layout.loudspeakers;
    let order: Vec<&str> = layout.file_order().iter().map(|&i| all[i].name.as_str()).collect();
    Ok(json!({
        "name": layout.name,
        "title": layout.title,
        "loudspeakers": all.iter().map(loudspeaker_json).collect::<Vec<_>>(),
        "file_order": order,
        "mask": layout.mask(),
        "wave": wave_names(layout.mask()),
        "coverage": Verdict::of(layout)?.json(),
    }))
}

fn loudspeaker_json(loudspeaker: &Loudspeaker) -> Value {
    json!({
        "name": loudspeaker.name,
        "label": loudspeaker.label,
        "azimuth_deg": loudspeaker.azimuth_deg,
        "elevation_deg": loudspeaker.elevation_deg,
        "nominal_azimuth_deg": loudspeaker.nominal_azimuth_deg,
        "nominal_elevation_deg": loudspeaker.nominal_elevation_deg,
        "distance_m": loudspeaker.distance_m,
        "lfe": loudspeaker.lfe,
        "gain_db": loudspeaker.gain_db,
        "delay_ms": loudspeaker.delay_ms,
    })
}

fn heading(layout: &Layout) -> String {
    format!("{}  {}", layout.name, layout.title).trim_end().to_owned()
}

fn mask_text(mask: u32) -> String {
    match mask {
        0 => "none: WAVE has no bits for these loudspeakers".to_owned(),
        _ => format!("0x{mask:X}  {}", wave_names(mask).join(" ")),
    }
}

/// Where the layout prescribes a loudspeaker; empty where it stands there.
fn nominal(loudspeaker: &Loudspeaker) -> String {
    let prescribed = (loudspeaker.nominal_azimuth_deg, loudspeaker.nominal_elevation_deg);
    if prescribed == (loudspeaker.azimuth_deg, loudspeaker.elevation_deg) {
        return String::new();
    }
    format!("{}, {}", degrees(prescribed.0), degrees(prescribed.1))
}

fn degrees(angle_deg: f64) -> String {
    // Adding zero turns a negative zero into a plain one.
    format!("{}", angle_deg + 0.0)
}

pub fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// Columns (heading, whether flush right, cells) side by side; those without any content are
/// left out.
pub fn table(columns: &[(&str, bool, Vec<String>)]) -> String {
    let rows = columns.first().map_or(0, |(_, _, cells)| cells.len());
    let mut lines = vec![String::new(); rows + 1];
    for (heading, flush_right, cells) in columns {
        if cells.iter().all(String::is_empty) {
            continue;
        }
        let cells: Vec<&str> =
            std::iter::once(*heading).chain(cells.iter().map(String::as_str)).collect();
        let width = cells.iter().map(|cell| cell.chars().count()).max().unwrap_or(0);
        for (line, cell) in lines.iter_mut().zip(cells) {
            let gap = if line.is_empty() { "" } else { "  " };
            _ = match flush_right {
                true => write!(line, "{gap}{cell:>width$}"),
                false => write!(line, "{gap}{cell:<width$}"),
            };
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned() + "\n").collect()
}
