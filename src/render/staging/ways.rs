//! Ways that lead nowhere: sends of which nothing is heard, buses and returns that nothing reaches.

use super::node::{Node, Role};
use super::{Concern, Finding};
use crate::scene::{Send, Spec};

/// A fader or send at this level, in decibels, or below is shut.
pub const UNHEARD_DB: f64 = -60.0;

pub fn check(node: &Node<'_>, nodes: &[Node<'_>], spec: &Spec, found: &mut Vec<Finding>) {
    if node.is_unused(nodes) {
        found.push(unused(node));
    }
    if node.role == Role::Master {
        return;
    }
    if is_all_wet(node) {
        let seen = format!(
            "heard by way of its pre-fader sends only: its fader is at {:.1} dB",
            node.highest_fader_db
        );
        let advice =
            "raise the fader and send behind it, so that direct sound and room keep together";
        found.push(node.finding(Concern::AllWet, seen, advice));
    }
    for send in node.strip.sends() {
        found.extend(lost(node, send, nodes, spec));
    }
}

/// Whether a strip is heard by what it sends before its fader, and not otherwise.
pub fn is_all_wet(node: &Node<'_>) -> bool {
    node.highest_fader_db <= UNHEARD_DB
        && node.strip.sends().iter().any(|send| send.pre_fader && !is_shut(send))
}

fn is_shut(send: &Send) -> bool {
    send.gain_db.extremes().1 <= UNHEARD_DB
}

/// A send of which nothing is heard.
fn lost(node: &Node<'_>, send: &Send, nodes: &[Node<'_>], spec: &Spec) -> Option<Finding> {
    let to = &send.to;
    let finding = |seen, advice| Some(node.finding(Concern::LostSend, seen, advice));
    if !nodes.iter().any(|other| other.role == Role::Return && other.name == to) {
        spec.find(to)?;
        return finding(format!("sends to {to}, which is muted"), "unmute it, or drop the send");
    }
    if is_shut(send) {
        let level_db = send.gain_db.extremes().1;
        let seen = format!("its send to {to} is never above {level_db:.1} dB");
        return finding(seen, "raise it, or drop it");
    }
    if node.is_silent() && !(send.pre_fader && node.highest_fader_db <= UNHEARD_DB) {
        return finding(format!("sends to {to}, but is silent"), "drop the send");
    }
    None
}

fn unused(node: &Node<'_>) -> Finding {
    if node.role == Role::Bus {
        let seen = "nothing that is heard goes to this bus".to_owned();
        return node.finding(Concern::UnusedBus, seen, "leave it out, or `bus` in a strip");
    }
    let seen = "nothing that is heard sends to this return".to_owned();
    node.finding(Concern::UnusedReturn, seen, "leave it out, or `sends` in a strip")
}
