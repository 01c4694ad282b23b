//! An object's motion, ready to be asked.

use std::fmt::Debug;

use super::bounds::Bounds;
use super::carriage::Carriage;
use super::context::Context;
use super::mistake::Mistake;
use super::placement::Placement;
use super::site::Site;
use super::sway::Sway;
use super::timing::{Clock, Timing};
use super::{Macro, Micro};
use crate::Result;
use crate::document::{Place, Problems};
use crate::space::Position;

/// What the author wrote about a macro motion.
pub trait MacroSpec {
    /// When it happens.
    fn timing(&self) -> Timing;

    /// Notes the mistakes in its own fields.
    fn check(&self, bounds: &mut Bounds<'_>);

    /// One pass of it, ready to be asked.
    fn course(&self, site: &Site<'_>) -> Result<Box<dyn Course>, Mistake>;
}

/// One pass of a macro motion, ready to be asked.
pub trait Course: Debug + Send + Sync {
    /// How long it takes, in seconds.
    fn pass_s(&self) -> f64;

    /// Where it is at a time from 0 to [`Course::pass_s`].
    fn position(&self, time_s: f64) -> Position;

    /// A distance that it never exceeds.
    fn max_distance(&self) -> f64;
}

/// Where an object is at every moment: a pure function of time, for any thread in any order.
#[derive(Debug)]
pub struct Trajectory {
    rest: Position,
    course: Option<(Clock, Box<dyn Course>)>,
    sway: Option<Sway>,
    /// The groups that carry it, from the inside out.
    carriages: Vec<Carriage>,
}

impl Trajectory {
    /// The motion of an object that stands at a place, goes on a macro motion and sways about it.
    ///
    /// # Errors
    /// When there is any mistake in them: one that [`Trajectory::check`] would note as an error.
    pub fn new(
        placement: &Placement,
        macro_motion: Option<&Macro>,
        micro: Option<&Micro>,
        context: &Context<'_>,
    ) -> Result<Self> {
        let object = Place::root();
        let mut found = Problems::default();
        check_text(placement, macro_motion, micro, &object, &mut found);
        match Mistake::first_error(&found) {
            Some(mistake) => Err(mistake.into()),
            None => Ok(Self::build(placement, macro_motion, micro, context, &object)?),
        }
    }

    /// Notes every mistake in the `position`, `macro` and `micro` of the object at a place of the
    /// document. Those that show only in the context of the scene (beats without a tempo, an arc
    /// between opposite directions, a path file that cannot be used) are looked for where the text
    /// itself has no error.
    pub fn check(
        placement: &Placement,
        macro_motion: Option<&Macro>,
        micro: Option<&Micro>,
        context: &Context<'_>,
        object: &Place,
        problems: &mut Problems,
    ) {
        let mut found = Problems::default();
        check_text(placement, macro_motion, micro, object, &mut found);
        if !found.has_errors()
            && let Err(mistake) = Self::build(placement, macro_motion, micro, context, object)
        {
            mistake.note(&mut found);
        }
        found.as_slice().iter().for_each(|problem| problems.push(problem.clone()));
    }

    /// Where the object is.
    #[must_use]
    pub fn position(&self, time_s: f64) -> Position {
        let position = match &self.course {
            Some((clock, course)) => course.position(clock.within_pass_s(time_s)),
            None => self.rest,
        };
        let position = match &self.sway {
            Some(sway) => {
                Position { direction: sway.apply(&position.direction, time_s), ..position }
            }
            None => position,
        };
        self.carriages.iter().fold(position, |position, it| it.carry(position, time_s))
    }

    /// The same motion, carried by groups, from the inside out.
    #[must_use]
    pub fn carried(self, carriages: Vec<Carriage>) -> Self {
        Self { carriages, ..self }
    }

    /// Whether it never moves.
    #[must_use]
    pub fn is_static(&self) -> bool {
        self.course.is_none()
            && self.sway.is_none()
            && self.carriages.iter().all(Carriage::is_still)
    }

    /// A distance that it never exceeds.
    #[must_use]
    pub fn max_distance(&self) -> f64 {
        let course = self.course.as_ref();
        let own = course.map_or(self.rest.distance, |(_, course)| course.max_distance());
        self.carriages.iter().fold(own, |distance, it| distance * it.largest_scale())
    }

    fn build(
        placement: &Placement,
        macro_motion: Option<&Macro>,
        micro: Option<&Micro>,
        context: &Context<'_>,
        object: &Place,
    ) -> Result<Self, Mistake> {
        let start = placement.spot();
        let rest = start.position;
        let site = Site { start, context, place: object.key("macro") };
        let course = macro_motion.map(|motion| timed(motion, &site)).transpose()?;
        let sway = micro.and_then(|micro| micro.spec().sway(context));
        Ok(Self { rest, course, sway, carriages: Vec::new() })
    }
}

fn check_text(
    placement: &Placement,
    macro_motion: Option<&Macro>,
    micro: Option<&Micro>,
    object: &Place,
    problems: &mut Problems,
) {
    placement.check(&object.key("position"), problems);
    if let Some(motion) = macro_motion {
        motion.check(&object.key("macro"), problems);
    }
    if let Some(micro) = micro {
        micro.check(&object.key("micro"), problems);
    }
}

fn timed(motion: &Macro, site: &Site<'_>) -> Result<(Clock, Box<dyn Course>), Mistake> {
    let course = motion.spec().course(site)?;
    let clock = motion.spec().timing().clock(course.pass_s(), site)?;
    Ok((clock, course))
}
