//! From a plan to a pair of headphones.

use std::sync::Arc;

use super::super::Work;
use super::super::fader::Fader;
use super::super::heading::{Heading, Spot};
use super::super::live::Live;
use super::super::plan::{Destination, LanePlan, Listening, Plan, StripPlan};
use super::super::unit::Address;
use super::heard::Kept;
use super::listener::{ByHand, Detour, Listener, Origin};
use super::plan::{EarsMode, HeadphonesPlan};
use super::room::{Around, Echoes};
use super::round::Round;
use super::route::{InRoom, Passage, Route, hearing};
use super::track::Track;
use super::{Headphones, TOGETHER};
use crate::binaural::{
    Bank, DirectLane, DirectShop, Feeds, FixedLane, Kernel, RoomSize, Share, Sphere, Summing,
    Table, lfe_responses, whole_responses,
};
use crate::block::SILENCE;
use crate::dsp::Delay;
use crate::space::Vector;

/// From this distance on nearness changes nothing, in metres.
const FAR_M: f64 = 1.0;

/// What listeners are built from.
struct Shop<'a> {
    plan: &'a HeadphonesPlan,
    kernel: &'a Kernel,
    direct: Arc<DirectShop>,
    rooms: &'a [Around],
    /// How many lanes that move may still have filters of their own.
    direct_lanes: usize,
    rate_hz: u32,
    late_frames: usize,
    quanta: usize,
    /// Whether lanes and the head may be led by hand.
    is_live: bool,
}

impl Headphones {
    /// The headphones of a plan; `heard` are the lanes that are heard in the targets, in scene order,
    /// late by some frames.
    pub(in super::super) fn all(
        plan: &Plan,
        heard: &[Address],
        late_frames: usize,
        quanta: usize,
        work: Work,
        is_live: bool,
    ) -> Vec<Self> {
        let targets = plan.targets.iter().enumerate();
        let headphones = targets.filter_map(|(target, it)| match &it.listening {
            Listening::Headphones(headphones) => Some((target, headphones)),
            Listening::Loudspeakers | Listening::VirtualLoudspeakers | Listening::Fold(_) => None,
        });
        headphones
            .map(|(target, it)| {
                Self::new(plan, (it, target), heard, late_frames, (quanta, work), is_live)
            })
            .collect()
    }

    fn new(
        plan: &Plan,
        (headphones, target): (&HeadphonesPlan, usize),
        heard: &[Address],
        late_frames: usize,
        (quanta, work): (usize, Work),
        is_live: bool,
    ) -> Self {
        let (kernel, sphere) = (Kernel::new(), Sphere::new());
        let responses = &*headphones.responses;
        let table = Table::new(responses);
        let bank = Bank::new(responses, &table, &sphere);
        let longest_frames = responses.longest_delay_frames();
        let rooms = rooms(plan, headphones, &sphere);
        let mut shop = Shop {
            plan: headphones,
            kernel: &kernel,
            rooms: &rooms,
            direct: Arc::new(DirectShop::new(table, longest_frames)),
            direct_lanes: headphones.direct_lanes,
            rate_hz: plan.rate_hz,
            late_frames,
            quanta,
            is_live,
        };
        let listeners = shop.listeners(&plan.strips, heard);
        let kept = listeners.iter().map(|it| Kept::new(it, quanta, work)).collect();
        let lead = headphones.lead_frames();
        let waits = Delay::new(lead).map(|delay| [delay.clone(), delay]);
        Self {
            target,
            plan: headphones.clone(),
            listeners,
            sphere,
            bank,
            feeds: vec![Feeds::new(); TOGETHER],
            rooms,
            summing: Summing::default(),
            shares: vec![Share::silent(); quanta],
            kept,
            looks: Vec::with_capacity(quanta + 1),
            ears: vec![[SILENCE; 2]; quanta],
            waits,
            rate_hz: plan.rate_hz,
            late_frames: late_frames as u64,
            kernel,
        }
    }
}

impl Shop<'_> {
    fn listeners(&mut self, strips: &[StripPlan], heard: &[Address]) -> Vec<Listener> {
        let strips = strips.iter().enumerate();
        let heard_strips = strips.filter(|(_, it)| it.destination == Destination::Targets);
        let lanes = heard_strips
            .flat_map(|(number, strip)| strip.lanes.iter().map(move |lane| (number, strip, lane)));
        let mut listeners = Vec::new();
        for ((number, strip, lane), address) in lanes.zip(heard) {
            let through = strip.ears.through_loudspeakers && self.plan.loudspeakers.is_some();
            if strip.ears.mode != EarsMode::Off && !through {
                let mut listener = self.lane(lane, &strip.fader, Origin::Lane(*address));
                listener.by_hand.strip = Some(number);
                listener.echoes = self.echoes(strip.ears.mode).filter(|_| !is_lfe(lane));
                listeners.push(listener);
            }
        }
        if let Some(virtual_ones) = &self.plan.loudspeakers {
            let of = virtual_ones.of;
            for (channel, stands) in virtual_ones.stand.iter().enumerate() {
                let origin = Origin::Channel { of, channel };
                let mut listener = self.standing(*stands, &Fader::fixed(1.0), origin);
                if let Some(room) = virtual_ones.room.as_ref().filter(|_| stands.is_some()) {
                    let room = InRoom::new(&room[channel], self.quanta);
                    listener.route = Route::new(Passage::Room(Box::new(room)));
                }
                listeners.push(listener);
            }
        }
        if self.is_live {
            // Last, so that none of the lanes that move loses its filters to them.
            listeners.iter_mut().for_each(|listener| self.let_go(listener));
        }
        listeners
    }

    /// Gives what is heard by one fixed filter a way anywhere, unless it is LFE.
    fn let_go(&mut self, listener: &mut Listener) {
        if listener.route.is_fixed() && !listener.is_lfe {
            let detour = Detour::new(Route::new(self.free_passage()), Live::steps(self.rate_hz));
            listener.by_hand.detour = Some(Box::new(detour));
        }
    }

    fn lane(&mut self, lane: &LanePlan, fader: &Fader, origin: Origin) -> Listener {
        match lane {
            LanePlan::Routed(routed) => self.standing(routed.stands, fader, origin),
            LanePlan::Panned(object) => {
                let heading = || {
                    let heading = Heading::new(object.clone(), fader.clone(), self.rate_hz);
                    heading.late(self.late_frames)
                };
                let heading_by_hand = self.is_live.then(heading);
                let mut listener = self.listener(Track::of(heading()), origin);
                listener.by_hand.heading = heading_by_hand;
                listener
            }
        }
    }

    /// What stands in one direction, or is LFE.
    fn standing(&mut self, stands: Option<Vector>, fader: &Fader, origin: Origin) -> Listener {
        let fader = fader.clone().late(self.late_frames);
        if let Some(direction) = stands {
            return self.listener(Track::Still(direction, FAR_M, fader), origin);
        }
        // The gain of what passes the head is not for it.
        let gain = self.plan.lfe_gain / self.plan.gain;
        let responses = lfe_responses(&*self.plan.responses, self.kernel, gain);
        let passage = Passage::Fixed(Box::new(FixedLane::new(&responses)));
        let track = Track::Still(Vector::y(), FAR_M, fader);
        let by_hand = ByHand::default();
        Listener { origin, track, route: Route::new(passage), is_lfe: true, echoes: None, by_hand }
    }

    /// What a sound has of a room.
    fn echoes(&self, mode: EarsMode) -> Option<Box<Echoes>> {
        let around =
            self.rooms.iter().find(|it| Some(true) == size(mode).map(|size| it.is(size)))?;
        let longest_frames = self.plan.responses.longest_delay_frames();
        Some(Box::new(Echoes::new(around, longest_frames, self.quanta)))
    }

    fn listener(&mut self, mut track: Track, origin: Origin) -> Listener {
        let route = Route::new(self.passage(&mut track));
        let by_hand = ByHand::default();
        Listener { origin, track, route, is_lfe: false, echoes: None, by_hand }
    }

    fn passage(&mut self, track: &mut Track) -> Passage {
        let spot = track.at(0);
        if track.is_still() && self.plan.head.is_still() && spot.distance >= FAR_M {
            return Passage::Fixed(Box::new(self.fixed_lane(&spot)));
        }
        self.free_passage()
    }

    /// A way for what moves: by filters of its own as long as there are some, else over the sphere.
    fn free_passage(&mut self) -> Passage {
        let longest_frames = self.plan.responses.longest_delay_frames();
        if self.direct_lanes > 0 {
            self.direct_lanes -= 1;
            return Passage::Direct(Box::new(DirectLane::new(&self.direct)));
        }
        Passage::Sphere(Box::new(Round::new(longest_frames)))
    }

    fn fixed_lane(&self, spot: &Spot) -> FixedLane {
        let responses = &*self.plan.responses;
        let hearing = hearing(spot, &self.plan.head.at(0.0), responses, &mut Default::default());
        FixedLane::new(&whole_responses(responses, &hearing.mixtures, self.kernel))
    }
}

/// The rooms that any strip is in.
fn rooms(plan: &Plan, headphones: &HeadphonesPlan, sphere: &Sphere) -> Vec<Around> {
    let sizes = [RoomSize::Mid, RoomSize::Far].into_iter();
    let is_used =
        |it: &RoomSize| plan.strips.iter().any(|strip| size(strip.ears.mode) == Some(*it));
    let around = |size| Around::new(size, &headphones.responses, sphere, plan.rate_hz);
    sizes.filter(is_used).map(around).collect()
}

/// The room that a mode means.
fn size(mode: EarsMode) -> Option<RoomSize> {
    match mode {
        EarsMode::Off | EarsMode::Near => None,
        EarsMode::Mid => Some(RoomSize::Mid),
        EarsMode::Far => Some(RoomSize::Far),
    }
}

fn is_lfe(lane: &LanePlan) -> bool {
    matches!(lane, LanePlan::Routed(routed) if routed.stands.is_none())
}
