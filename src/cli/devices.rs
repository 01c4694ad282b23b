//! `cupola devices`.

use std::fmt::Write;

use clap::Args;

use super::output;
use crate::live::device::{Host, list};
use crate::{Error, Result};

#[derive(Args)]
pub struct Arguments {
    /// Print the list as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let hosts = list()?;
    if arguments.json {
        let text = serde_json::to_string_pretty(&hosts)
            .map_err(|error| Error::machine(format!("the list cannot be written: {error}")))?;
        return output::print(&(text + "\n"));
    }
    output::print(&as_text(&hosts))
}

fn as_text(hosts: &[Host]) -> String {
    let mut text = String::new();
    for host in hosts {
        let _ = writeln!(text, "{}", host.name);
        if host.devices.is_empty() {
            text.push_str("  nothing to play to\n");
        }
        for device in &host.devices {
            let rates: Vec<String> =
                device.rates_hz.iter().map(|rate| format!("{}", f64::from(*rate) / 1e3)).collect();
            let default = if device.default { "  (default)" } else { "" };
            let _ = writeln!(
                text,
                "  {:32} {:3} channels  {} kHz  {}{default}",
                device.id,
                device.channels,
                rates.join("/"),
                device.name,
            );
        }
    }
    text
}
