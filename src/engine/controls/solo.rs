//! What is heard when something is soloed.

use super::super::plan::{Destination, InputPlan, Plan};

/// How the strips of a plan hang together.
#[derive(Debug)]
pub(super) struct Ways {
    /// For every strip, the buses that it goes through.
    buses: Vec<Vec<usize>>,
    is_return: Vec<bool>,
}

impl Ways {
    pub(super) fn of(plan: &Plan) -> Self {
        let buses = (0..plan.strips.len()).map(|strip| buses(plan, strip)).collect();
        let is_return =
            |strip: &super::super::StripPlan| matches!(strip.input, InputPlan::Return(_));
        Self { buses, is_return: plan.strips.iter().map(is_return).collect() }
    }

    /// Which strips some solos leave: all where there is none.
    pub(super) fn chosen(&self, soloed: &[bool]) -> Vec<bool> {
        if !soloed.contains(&true) {
            return vec![true; soloed.len()];
        }
        let mut chosen = soloed.to_vec();
        for (strip, buses) in self.buses.iter().enumerate() {
            if soloed[strip] {
                buses.iter().for_each(|&bus| chosen[bus] = true);
            }
            chosen[strip] |= self.is_return[strip] || buses.iter().any(|&bus| soloed[bus]);
        }
        chosen
    }
}

fn buses(plan: &Plan, strip: usize) -> Vec<usize> {
    let (mut buses, mut at) = (Vec::new(), strip);
    while let Destination::Bus(bus) = plan.strips[at].destination {
        if buses.contains(&bus) {
            break;
        }
        buses.push(bus);
        at = bus;
    }
    buses
}
