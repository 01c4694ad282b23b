//! A set that answers from any direction.

use rayon::prelude::*;

use super::equaliser::{DiffuseField, RANGE_HZ, areas, flatten};
use super::kriging::{Shares, predict};
use super::lookup::{self, Lookup};
use super::mix::{Mixer, Spectra};
use super::refined::Refined;
use super::table::{Ear, Table};
use super::{Equalise, Measured, Options, align, bass, built_in, caps, mirror, phase};
use crate::dsp::{Fourier, Spectrum};
use crate::hull::{Face, triangles};
use crate::space::Vector;
use crate::{Error, Result};

/// A diffuse field that deviates by more, in decibels, is made flat where nobody says.
const FLAT_ENOUGH_DB: f64 = 1.0;

/// Down to here, in Hz, the diffuse field is flat in the end.
const LOWEST_HZ: f64 = 20.0;

/// Aligned responses on a fine mesh around the head, to be mixed linearly for any direction.
#[derive(Clone, Debug)]
pub struct Set {
    table: Table,
    lookup: Lookup,
    /// When the earliest sound arrives, in frames.
    first_frames: f64,
}

/// Where an ear heard something last, and how late at the nodes around it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Near {
    place: lookup::Near,
    /// Some nodes, and how late each of them is.
    late_frames: Option<([u32; 3], [f64; 3])>,
}

/// What to mix for a direction: aligned responses, and how late it arrives.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mixture {
    /// Nodes of the mesh, for [`Set::response`].
    pub nodes: [u32; 3],
    /// The share of each, from 0 to 1; together 1.
    pub weights: [f64; 3],
    /// How much later the sound arrives than the earliest of the set, in frames, at least 0.
    pub delay_frames: f64,
}

impl Set {
    /// Builds a set from what was measured.
    ///
    /// # Errors
    /// If the directions are too few or lie in one plane, or numbers are missing.
    pub fn new(measured: &Measured, options: &Options) -> Result<Self> {
        Self::of(prepare(measured, options)?)
    }

    /// The set that comes with the program: MIT KEMAR (Gardner and Martin 1994), equalised, of 256
    /// taps at 48 kHz.
    ///
    /// # Errors
    /// If the rate is none.
    pub fn built_in(rate_hz: f64) -> Result<Self> {
        Self::of(built_in::table(rate_hz)?)
    }

    /// Refines a table that is around the head.
    fn of(mut table: Table) -> Result<Self> {
        let faces = mesh(&table)?;
        let refined = Refined::new(&table.directions, faces);
        let new = &refined.directions[table.directions.len()..];
        let shares: Vec<_> =
            new.par_iter().map(|direction| predict(&table.directions, direction)).collect();
        for ear in &mut table.ears {
            extend(ear, table.taps, table.rate_hz, &shares);
        }
        let arrivals = table.ears.iter().flat_map(|ear| &ear.arrivals_frames);
        let first_frames = arrivals.copied().fold(f64::INFINITY, f64::min);
        if !first_frames.is_finite() {
            return Err(Error::input("the set has times of arrival that are no numbers"));
        }
        let lookup = Lookup::new(&refined.directions, &refined.triangles);
        table.directions = refined.directions;
        Ok(Self { table, lookup, first_frames })
    }

    /// Frames a second.
    #[must_use]
    pub fn rate_hz(&self) -> f64 {
        self.table.rate_hz
    }

    /// Samples of an aligned response.
    #[must_use]
    pub fn taps(&self) -> usize {
        self.table.taps
    }

    /// Directions of the mesh.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.table.directions.len()
    }

    /// The directions that were measured: the first nodes of the mesh.
    #[must_use]
    pub fn measured_directions(&self) -> &[Vector] {
        &self.table.directions[..self.table.measured]
    }

    /// Where in every aligned response the sound arrives, in frames: a latency that all directions
    /// have in common. At most 1 ms where taps were asked for.
    #[must_use]
    pub fn lead_frames(&self) -> f64 {
        self.table.lead_frames
    }

    /// When the earliest sound of the set arrives, in frames after what the set calls 0.
    #[must_use]
    pub fn first_frames(&self) -> f64 {
        self.first_frames
    }

    /// The largest delay of any direction and ear, in frames.
    #[must_use]
    pub fn longest_delay_frames(&self) -> f64 {
        let arrivals = self.table.ears.iter().flat_map(|ear| &ear.arrivals_frames);
        arrivals.copied().fold(0.0, f64::max) - self.first_frames
    }

    /// The aligned response of a node of the mesh for an ear (0 left, 1 right): one of those that
    /// [`Set::at`] named for this ear. Where the right ear hears the mirror image of the left, its
    /// nodes are those of the mirrored mesh.
    #[must_use]
    pub fn response(&self, node: usize, ear: usize) -> &[f32] {
        self.table.ears[ear.min(self.table.ears.len() - 1)].response(node, self.table.taps)
    }

    /// What an ear (0 left, 1 right) hears from a direction, a unit vector. A pure function of the
    /// direction, without allocation; all of it moves steadily with the direction.
    #[inline]
    #[must_use]
    pub fn at(&self, direction: &Vector, ear: usize) -> Mixture {
        self.at_near(direction, ear, &mut Near::default())
    }

    /// The same, faster where the direction is near the last one that this ear heard.
    #[inline]
    #[must_use]
    pub fn at_near(&self, direction: &Vector, ear: usize, near: &mut Near) -> Mixture {
        let own = ear < self.table.ears.len();
        let heard_from = if own { *direction } else { mirror::mirrored(direction) };
        let (nodes, weights) = self.lookup.find(&heard_from, &mut near.place);
        let known = near.late_frames.filter(|(known, _)| *known == nodes);
        let (_, [a, b, c]) = known.unwrap_or_else(|| {
            let arrivals = &self.table.ears[if own { ear } else { 0 }].arrivals_frames;
            (nodes, nodes.map(|node| arrivals[node as usize] - self.first_frames))
        });
        near.late_frames = Some((nodes, [a, b, c]));
        let delay_frames = weights[0] * a + weights[1] * b + weights[2] * c;
        Mixture { nodes, weights, delay_frames }
    }

    /// The whole response of an ear to a direction, with its delay: as it would have been measured,
    /// from what the set calls 0 on. What is longer than `out` is cut off.
    pub fn assemble(&self, direction: &Vector, ear: usize, out: &mut [f32]) {
        let mixture = self.at(direction, ear);
        let length = self.table.taps.next_power_of_two().max(64);
        let mut stretch = vec![0.0; length];
        for (node, weight) in mixture.nodes.iter().zip(mixture.weights) {
            let response = self.response(*node as usize, ear);
            for (sum, sample) in stretch.iter_mut().zip(response) {
                *sum += sample * weight as f32;
            }
        }
        let later = self.first_frames + mixture.delay_frames - self.table.lead_frames;
        let whole = libm::floor(later);
        let (mut fourier, mut spectrum) = (Fourier::new(length), Spectrum::silent(length));
        fourier.forward(&stretch, &mut spectrum);
        phase::delay(&mut spectrum, length, later - whole);
        fourier.inverse(&spectrum, &mut stretch);
        for (frame, out) in out.iter_mut().enumerate() {
            let from = frame as i64 - whole as i64;
            *out =
                usize::try_from(from).ok().and_then(|it| stretch.get(it)).copied().unwrap_or(0.0);
        }
    }

    /// The standard deviation of the level of the diffuse field from 200 Hz to 16 kHz, in decibels.
    #[must_use]
    pub fn diffuse_field_deviation_db(&self) -> f64 {
        let around = areas(&self.table.directions, &self.lookup.faces());
        DiffuseField::new(&self.table, &around).deviation_db()
    }
}

/// Aligned responses around the head, equalised and shortened as the options say.
pub(super) fn prepare(measured: &Measured, options: &Options) -> Result<Table> {
    let mut table = align::align(measured, options)?;
    caps::fill(&mut table)?;
    let around = areas(&table.directions, &mesh(&table)?);
    let field = DiffuseField::new(&table, &around);
    let flat = match options.equalise {
        Equalise::Off => false,
        Equalise::On => true,
        Equalise::Auto => field.deviation_db() > FLAT_ENOUGH_DB,
    };
    if flat {
        flatten(&mut table, &field, RANGE_HZ[0]);
        bass::extend(&mut table);
    }
    let shorten = |table: &mut Table| options.taps.into_iter().for_each(|it| table.shorten(it));
    shorten(&mut table);
    if flat {
        // What was cut off was part of the field; and what is below the range is there now.
        let field = DiffuseField::new(&table, &around);
        flatten(&mut table, &field, LOWEST_HZ);
        shorten(&mut table);
    }
    Ok(table)
}

fn mesh(table: &Table) -> Result<Vec<Face>> {
    triangles(&table.directions).ok_or_else(|| Error::input("the directions lie in one plane"))
}

/// Gives an ear the new nodes of a refined mesh, each with its shares of those that there were.
fn extend(ear: &mut Ear, taps: usize, rate_hz: f64, shares: &[(Shares, Shares)]) {
    let spectra = Spectra::new(ear, taps, rate_hz);
    let mix = |mixer: &mut Mixer<'_>, shares: &(Shares, Shares)| mixer.mix(&shares.0).to_vec();
    let rows: Vec<Vec<f32>> = shares.par_iter().map_init(|| Mixer::new(&spectra), mix).collect();
    ear.responses.extend(rows.iter().flatten());
    for (_, shares) in shares {
        let arrival = shares.iter().map(|&(node, share)| share * ear.arrivals_frames[node]).sum();
        ear.arrivals_frames.push(arrival);
    }
}
