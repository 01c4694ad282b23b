//! What convolution by partitions is made of: overlap-save in the frequency domain (Stockham 1966;
//! Wefers 2015).
//!
//! The spectra of an input are made once, whatever is done with them; sums are made of spectra, so
//! that each output is transformed back once, however many inputs it has. A [`Filter`] is plain
//! data apart from all state: it may be shared, and exchanged at any block.

use super::fourier::{BINS_AT_ONCE, Fourier, Spectrum};

/// A response, cut into partitions and transformed.
#[derive(Clone, Debug)]
pub struct Filter {
    partitions: Vec<Spectrum>,
}

/// The spectra of the latest blocks of a signal.
#[derive(Clone, Debug)]
pub struct History {
    /// A ring of the spectra of the last block and the one before, and whether anything sounds.
    blocks: Vec<(Spectrum, bool)>,
    newest: usize,
    /// The last two blocks, as samples.
    samples: Vec<f32>,
}

impl Filter {
    /// Cuts a response into partitions of `block` samples, half of what the transform is made for.
    #[must_use]
    pub fn new(response: &[f32], fourier: &mut Fourier) -> Self {
        let mut stretch = vec![0.0; fourier.length()];
        let block = fourier.length() / 2;
        let partitions = response.chunks(block).map(|part| {
            stretch.fill(0.0);
            stretch[..part.len()].copy_from_slice(part);
            let mut spectrum = Spectrum::silent(fourier.length());
            fourier.forward(&stretch, &mut spectrum);
            spectrum
        });
        Self { partitions: partitions.collect() }
    }
}

impl History {
    /// Silence, as far back as filters of so many partitions need.
    #[must_use]
    pub fn new(partitions: usize, fourier: &Fourier) -> Self {
        let blocks = vec![(Spectrum::silent(fourier.length()), false); partitions.max(1)];
        Self { blocks, newest: 0, samples: vec![0.0; fourier.length()] }
    }

    /// Takes in the next block, half as long as the transform.
    #[inline(always)]
    pub fn push(&mut self, block: &[f32], fourier: &mut Fourier) {
        let half = self.samples.len() / 2;
        self.samples.copy_within(half.., 0);
        self.samples[half..].copy_from_slice(block);
        self.newest = (self.newest + 1) % self.blocks.len();
        let (spectrum, sounds) = &mut self.blocks[self.newest];
        *sounds = self.samples.iter().any(|sample| *sample != 0.0);
        if *sounds {
            fourier.forward(&self.samples, spectrum);
        }
    }

    /// Forgets all that came in.
    pub fn clear(&mut self) {
        self.samples.fill(0.0);
        self.blocks.iter_mut().for_each(|block| block.1 = false);
    }

    /// Adds the spectrum of this signal under a filter to a sum, of whose stretch the second half is
    /// the block under the filter. Whether there was anything to add. The filter must not have more
    /// partitions than the history was made for.
    #[inline(always)]
    pub fn add(&self, filter: &Filter, sum: &mut Spectrum) -> bool {
        let mut sounds = false;
        for (age, partition) in filter.partitions.iter().enumerate() {
            let place = (self.newest + self.blocks.len() - age) % self.blocks.len();
            let (block, sounding) = &self.blocks[place];
            if *sounding {
                multiply_add(block, partition, sum);
                sounds = true;
            }
        }
        sounds
    }
}

#[inline(always)]
fn multiply_add(a: &Spectrum, b: &Spectrum, sum: &mut Spectrum) {
    let bins = sum.real.len() / BINS_AT_ONCE * BINS_AT_ONCE;
    let (a_real, a_imaginary) = (&a.real[..bins], &a.imaginary[..bins]);
    let (b_real, b_imaginary) = (&b.real[..bins], &b.imaginary[..bins]);
    let (real, imaginary) = (&mut sum.real[..bins], &mut sum.imaginary[..bins]);
    for bin in 0..bins {
        real[bin] += a_real[bin] * b_real[bin] - a_imaginary[bin] * b_imaginary[bin];
        imaginary[bin] += a_real[bin] * b_imaginary[bin] + a_imaginary[bin] * b_real[bin];
    }
}
