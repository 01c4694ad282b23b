//! A scene that differs from another in nothing but numbers, for the engine that plays the other: its
//! strips, blocks and sends take the new numbers while they play, and nothing that rings is cut off.

use super::Engine;
use super::build::seats;
use super::chain::{Member, assemble};
use super::fader::Fader;
use super::graph::{Party, parties};
use super::live::{Live, StripTuning};
use super::origin::Origin;
use super::output::Output;
use super::plan::{Chain, InputPlan, Plan, StripPlan};
use super::rack::Rack;
use super::understudy::Understudy;
use super::unit::Unit;

/// What has to stay as it is in an engine for other numbers to fit it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Build {
    /// By how many frames every strip is late where it is heard, and where it leaves.
    late: Vec<[usize; 2]>,
    /// The latencies of the blocks of every unit, and of every master.
    racks: Vec<Vec<usize>>,
    masters: Vec<Vec<usize>>,
}

/// New numbers for an engine; afterwards, what is to be freed of the old ones.
pub struct Retuning {
    racks: Vec<Option<Box<Understudy>>>,
    masters: Vec<Option<Box<Understudy>>>,
    strips: Vec<StripTuning>,
    /// For every unit, the levels of the sends that come to it.
    sends: Vec<Vec<Option<Fader>>>,
    faders: Vec<Fader>,
}

impl Build {
    pub(super) fn new(late: Vec<[usize; 2]>, units: &[Unit], outputs: &[Output]) -> Self {
        let racks = units.iter().map(|unit| latencies(unit.rack.as_ref(), unit.lanes.len()));
        let masters = outputs.iter().map(|output| latencies(output.rack(), output.channels()));
        Self { late, racks: racks.collect(), masters: masters.collect() }
    }
}

fn latencies(rack: Option<&Rack>, lanes: usize) -> Vec<usize> {
    rack.map(|rack| rack.latencies(lanes)).unwrap_or_default()
}

impl Retuning {
    /// The numbers of a plan for an engine that was built so and plays what the plan `before` says;
    /// `moved` tells which strips have another way through space. `None` where more than numbers
    /// differ, or they change what takes time.
    #[must_use]
    pub fn new(
        build: &Build,
        [before, after]: [&Plan; 2],
        moved: impl Fn(&str) -> bool,
    ) -> Option<Self> {
        if !is_like(before, after) {
            return None;
        }
        let rate_hz = after.rate_hz;
        let parties = parties(after);
        let racks = parties.iter().zip(&build.racks);
        let racks = racks.map(|(party, latencies)| {
            let [before, after] = [before, after].map(|plan| members(plan, &parties, party));
            understudy(&before, &after, latencies, rate_hz)
        });
        let masters = before.targets.iter().zip(&after.targets).zip(&build.masters);
        let masters = masters.map(|((before, after), latencies)| {
            let [before, after] = [before, after].map(|target| {
                let (chain, lfe) = (&target.master.chain, target.master.lfe.clone());
                [Member { chain, lanes: 0..target.channels, lfe }]
            });
            understudy(&before, &after, latencies, rate_hz)
        });
        let strips = before.strips.iter().zip(&after.strips).zip(&build.late);
        let strips = strips.map(|((before, after), late)| {
            StripTuning::new([before, after], *late, moved(&after.name))
        });
        let sends = parties.iter().map(|party| sends([before, after], party, &build.late));
        let faders = after.strips.iter().zip(&build.late);
        let faders = faders.map(|(strip, [_, leaves])| strip.fader.clone().late(*leaves));
        Some(Self {
            racks: racks.collect::<Option<_>>()?,
            masters: masters.collect::<Option<_>>()?,
            strips: strips.collect(),
            sends: sends.collect(),
            faders: faders.collect(),
        })
    }
}

/// Whether two plans differ in nothing but numbers.
fn is_like(before: &Plan, after: &Plan) -> bool {
    let is_like = |(one, other): (&StripPlan, &StripPlan)| {
        let sends = |strip: &StripPlan| -> Vec<(usize, bool)> {
            strip.sends.iter().map(|send| (send.to, send.pre_fader)).collect()
        };
        let ties = |strip: &StripPlan| {
            let (lanes, lfe) = (strip.lanes.len(), strip.lfe.clone());
            (strip.name.clone(), strip.destination, strip.ears, lanes, lfe, sends(strip))
        };
        ties(one) == ties(other) && one.chain.is_like(&other.chain)
    };
    before.rate_hz == after.rate_hz
        && before.strips.len() == after.strips.len()
        && before.strips.iter().zip(&after.strips).all(is_like)
        && before.targets.len() == after.targets.len()
        && before.targets.iter().zip(&after.targets).all(|(one, other)| {
            one.channels == other.channels && one.master.chain.is_like(&other.master.chain)
        })
        && parties(before) == parties(after)
}

fn members<'a>(plan: &'a Plan, parties: &[Party], party: &Party) -> Vec<Member<'a>> {
    let seats = seats(plan, parties);
    let member = |&number: &usize| Member::new(&plan.strips[number], &seats[number]);
    party.strips.iter().map(member).collect()
}

/// The blocks of a rack whose settings change; `None` where they would make it later or earlier.
#[allow(clippy::option_option)] // A rack that stays as it is, and one that does not fit.
fn understudy(
    before: &[Member<'_>],
    after: &[Member<'_>],
    latencies: &[usize],
    rate_hz: u32,
) -> Option<Option<Box<Understudy>>> {
    let changes = |block: usize| {
        let chains = before.iter().zip(after).map(|(one, other)| (one.chain, other.chain));
        let differ = |(one, other): (&Chain, &Chain)| !one.has_block_of(other, block);
        chains.into_iter().any(differ)
    };
    let Some(rack) = assemble(after, rate_hz).rack else { return Some(None) };
    let lanes = after.iter().map(|member| member.lanes.end).max().unwrap_or(0);
    if rack.latencies(lanes) != latencies {
        return None;
    }
    let (slots, bundles) = rack.into_slots();
    let effects: Vec<_> =
        slots.into_iter().map(|slot| changes(slot.block).then_some(slot.effect)).collect();
    let any = effects.iter().any(Option::is_some);
    Some(any.then(|| Box::new(Understudy::new(effects, bundles, rate_hz))))
}

/// The levels of the sends that come to a party which change, in the order they are fetched in.
fn sends([before, after]: [&Plan; 2], party: &Party, late: &[[usize; 2]]) -> Vec<Option<Fader>> {
    let &[to, ..] = &party.strips[..] else { return Vec::new() };
    if !matches!(after.strips[to].input, InputPlan::Return(_)) {
        return Vec::new();
    }
    let strips = before.strips.iter().zip(&after.strips).zip(late);
    let sends = strips.flat_map(|((before, after), [_, leaves])| {
        let sends = before.sends.iter().zip(&after.sends);
        let sends = sends.filter(|(_, send)| send.to == to);
        sends.map(|(before, after)| {
            let level = || after.level.clone().late(*leaves);
            (before.level != after.level).then(level)
        })
    });
    sends.collect()
}

impl Engine {
    /// How it is built, for [`Retuning::new`].
    #[must_use]
    pub fn build_of(&self) -> &Build {
        &self.build
    }

    /// Takes new numbers, from the next quantum on and without a jump; what is left in their place
    /// is to be freed elsewhere. Nothing is allocated. Those before that were still on their way in
    /// are there at once: wait until it [has settled](Self::has_settled).
    pub fn retune(&mut self, retuning: &mut Retuning) {
        for (unit, understudy) in self.units.iter_mut().zip(&mut retuning.racks) {
            if let (Some(rack), true) = (&mut unit.rack, understudy.is_some()) {
                rack.rehearse(understudy);
            }
        }
        for (unit, levels) in self.units.iter_mut().zip(&mut retuning.sends) {
            let Origin::Return(mix) = &mut unit.origin else { continue };
            mix.sent.sends.iter_mut().zip(levels).for_each(|(send, level)| send.tune(level));
        }
        for (output, understudy) in self.outputs.iter_mut().zip(&mut retuning.masters) {
            output.rehearse(understudy);
        }
        if let Some(live) = &mut self.live {
            live.tune(&mut retuning.strips);
        }
        std::mem::swap(&mut self.faders, &mut retuning.faders);
        self.unsettled = Understudy::quanta(self.rate_hz).max(Live::steps(self.rate_hz));
    }

    /// Whether new numbers are all there.
    #[must_use]
    pub fn has_settled(&self) -> bool {
        self.unsettled == 0
    }
}
