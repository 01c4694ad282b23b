//! `cupola schema`.

use clap::Args;

use super::layouts::pretty;
use super::output;
use crate::Result;
use crate::scene::schema;

#[derive(Args)]
pub struct Arguments {}

pub fn run(_arguments: &Arguments) -> Result<()> {
    output::print(&pretty(schema().as_value()))
}
