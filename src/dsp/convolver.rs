//! Convolution of one input with long responses, without delay.
//!
//! The first 4096 samples of each response are cut into partitions of a quantum, so that what comes
//! in is heard in the same quantum; the rest into partitions of 2048, the sums of which are made
//! over the 2048 frames before they are needed, output after output, so that no quantum costs much
//! more than another (Gardner 1995).

use pulp::Arch;

use super::fourier::{Fourier, Spectrum};
use super::partitions::{Filter, History};
use super::vectorised::vectorised;
use crate::block::{QUANTUM, Quantum, SILENCE};

/// Samples of a partition of the tail.
const TAIL: usize = 2048;

/// Quanta in which the tail of a block is made.
const STEPS: usize = TAIL / QUANTUM;

/// Samples of a response that are the head: what the tail takes to come.
const HEAD: usize = 2 * TAIL;

/// One input and an output for each response.
pub struct Convolver {
    arch: Arch,
    head: Head,
    tail: Option<Tail>,
    /// Samples of the longest response.
    length: usize,
    /// Frames since anything came in.
    silent_frames: usize,
}

/// The beginnings of the responses.
struct Head {
    fourier: Fourier,
    history: History,
    filters: Vec<Filter>,
    sum: Spectrum,
}

/// What follows of them.
struct Tail {
    fourier: Fourier,
    history: History,
    filters: Vec<Filter>,
    sum: Spectrum,
    /// The block that is coming in.
    block: Vec<f32>,
    /// What is heard of each output in this block, and what will be in the next.
    playing: Vec<Vec<f32>>,
    coming: Vec<Vec<f32>>,
    stretch: Vec<f32>,
}

impl Convolver {
    /// A silent convolver with an output for each response.
    #[must_use]
    pub fn new(responses: &[Vec<f32>]) -> Self {
        let length = responses.iter().map(Vec::len).max().unwrap_or_default();
        let tail = (length > HEAD).then(|| Tail::new(responses, length - HEAD));
        Self {
            arch: Arch::new(),
            head: Head::new(responses, length.min(HEAD)),
            tail,
            length,
            silent_frames: length,
        }
    }

    /// Makes a quantum of every output; `None` is silence. Whether anything sounds: if not, the
    /// outputs are not touched. Once the input has been silent for as long as the longest response,
    /// nothing sounds, to the bit.
    pub fn process(
        &mut self,
        quantum: u64,
        input: Option<&Quantum>,
        outputs: &mut [Quantum],
    ) -> bool {
        let input = input.filter(|input| input.iter().any(|sample| *sample != 0.0));
        if input.is_none() && self.is_at_rest() {
            return false;
        }
        self.silent_frames = if input.is_some() { 0 } else { self.silent_frames + QUANTUM };
        let Self { arch, head, tail, .. } = self;
        let input = input.unwrap_or(&SILENCE);
        let step = (quantum % STEPS as u64) as usize;
        vectorised(
            *arch,
            #[inline(always)]
            || {
                head.process(input, outputs);
                if let Some(tail) = tail {
                    tail.process(step, input, outputs);
                }
            },
        );
        if self.is_at_rest() {
            self.clear();
        }
        true
    }

    /// Whether nothing is left of what came in.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.silent_frames + 1 >= self.length
    }

    fn clear(&mut self) {
        self.head.history.clear();
        if let Some(tail) = &mut self.tail {
            tail.history.clear();
            tail.block.fill(0.0);
            tail.playing.iter_mut().chain(&mut tail.coming).for_each(|block| block.fill(0.0));
        }
    }
}

impl Head {
    fn new(responses: &[Vec<f32>], length: usize) -> Self {
        let mut fourier = Fourier::new(2 * QUANTUM);
        let begins = responses.iter().map(|it| &it[..it.len().min(HEAD)]);
        let filters = begins.map(|it| Filter::new(it, &mut fourier)).collect();
        let history = History::new(length.div_ceil(QUANTUM), &fourier);
        Self { sum: Spectrum::silent(fourier.length()), fourier, history, filters }
    }

    #[inline(always)]
    fn process(&mut self, input: &Quantum, outputs: &mut [Quantum]) {
        self.history.push(input, &mut self.fourier);
        for (filter, output) in self.filters.iter().zip(outputs) {
            *output = SILENCE;
            self.sum.clear();
            if self.history.add(filter, &mut self.sum) {
                let mut stretch = [0.0; 2 * QUANTUM];
                self.fourier.inverse(&self.sum, &mut stretch);
                output.copy_from_slice(&stretch[QUANTUM..]);
            }
        }
    }
}

impl Tail {
    fn new(responses: &[Vec<f32>], length: usize) -> Self {
        let mut fourier = Fourier::new(2 * TAIL);
        let ends = responses.iter().map(|it| &it[it.len().min(HEAD)..]);
        let filters: Vec<Filter> = ends.map(|it| Filter::new(it, &mut fourier)).collect();
        let silent = vec![vec![0.0; TAIL]; filters.len()];
        Self {
            history: History::new(length.div_ceil(TAIL), &fourier),
            sum: Spectrum::silent(fourier.length()),
            fourier,
            filters,
            block: vec![0.0; TAIL],
            playing: silent.clone(),
            coming: silent,
            stretch: vec![0.0; 2 * TAIL],
        }
    }

    /// One of the steps of a block: adds what is heard, makes its share of what is to come.
    #[inline(always)]
    fn process(&mut self, step: usize, input: &Quantum, outputs: &mut [Quantum]) {
        let here = step * QUANTUM..(step + 1) * QUANTUM;
        for (playing, output) in self.playing.iter().zip(outputs) {
            for (sum, sample) in output.iter_mut().zip(&playing[here.clone()]) {
                *sum += sample;
            }
        }
        let count = self.filters.len();
        for output in step * count / STEPS..(step + 1) * count / STEPS {
            self.make(output);
        }
        self.block[here].copy_from_slice(input);
        if step + 1 == STEPS {
            self.history.push(&self.block, &mut self.fourier);
            std::mem::swap(&mut self.playing, &mut self.coming);
        }
    }

    /// What an output will play in the next block.
    #[inline(always)]
    fn make(&mut self, output: usize) {
        self.sum.clear();
        if self.history.add(&self.filters[output], &mut self.sum) {
            self.fourier.inverse(&self.sum, &mut self.stretch);
            self.coming[output].copy_from_slice(&self.stretch[TAIL..]);
        } else {
            self.coming[output].fill(0.0);
        }
    }
}
