//! What holds for a strip: what it says itself, then its preset, then the defaults of its kind.

use super::{Master, Spec, Strip};

impl Strip {
    /// These settings, with what they do not say taken from a preset, and what that does not say
    /// from the defaults.
    #[must_use]
    pub fn resolve(&self, preset: Option<&Self>, defaults: Option<&Self>) -> Self {
        [preset, defaults].into_iter().flatten().fold(self.clone(), Self::or)
    }

    fn or(self, other: &Self) -> Self {
        let Self { preset, trim_db, invert_polarity, gate, eq, compressor, multiband, .. } = other;
        let Self { deesser, saturation, delay_ms, limiter, gain_db, mute, .. } = other;
        let Self { solo, bypass, sends, bus, binaural, binaural_way, .. } = other;
        Self {
            preset: self.preset.or_else(|| preset.clone()),
            trim_db: self.trim_db.or_else(|| trim_db.clone()),
            invert_polarity: self.invert_polarity.or(*invert_polarity),
            gate: self.gate.or_else(|| gate.clone()),
            eq: self.eq.or_else(|| eq.clone()),
            compressor: self.compressor.or_else(|| compressor.clone()),
            multiband: self.multiband.or_else(|| multiband.clone()),
            deesser: self.deesser.or_else(|| deesser.clone()),
            saturation: self.saturation.or_else(|| saturation.clone()),
            delay_ms: self.delay_ms.or(*delay_ms),
            limiter: self.limiter.or_else(|| limiter.clone()),
            gain_db: self.gain_db.or_else(|| gain_db.clone()),
            mute: self.mute.or(*mute),
            solo: self.solo.or(*solo),
            bypass: self.bypass.or_else(|| bypass.clone()),
            sends: self.sends.or_else(|| sends.clone()),
            bus: self.bus.or_else(|| bus.clone()),
            binaural: self.binaural.or(*binaural),
            binaural_way: self.binaural_way.or(*binaural_way),
        }
    }
}

impl Spec {
    /// What holds for the strip of a bed, by its number.
    #[must_use]
    pub fn strip_of_bed(&self, index: usize) -> Strip {
        self.resolved(&self.beds[index].strip, Some(&self.defaults.bed))
    }

    /// What holds for the strip of an object, by its number.
    #[must_use]
    pub fn strip_of_object(&self, index: usize) -> Strip {
        self.resolved(&self.objects[index].strip, Some(&self.defaults.object))
    }

    /// What holds for the strip of a bus, by its number.
    #[must_use]
    pub fn strip_of_bus(&self, index: usize) -> Strip {
        self.resolved(&self.buses[index].strip, Some(&self.defaults.bus))
    }

    /// What holds for the strip of a return, by its number; it sends nowhere and
    /// is never soloed, whatever its preset says.
    #[must_use]
    pub fn strip_of_return(&self, index: usize) -> Strip {
        Strip { sends: None, solo: None, ..self.resolved(&self.returns[index].strip, None) }
    }

    /// The master of a target: its own, or that of all; its strip is what holds. It sends nowhere
    /// and is never mute, whatever its preset says.
    #[must_use]
    pub fn master_of(&self, target: &str) -> Master {
        let master = self.master.target.get(target).unwrap_or(&self.master);
        let strip = Strip { sends: None, mute: None, ..self.resolved(&master.strip, None) };
        Master { strip, ..master.clone() }
    }

    fn resolved(&self, own: &Strip, defaults: Option<&Strip>) -> Strip {
        let name = own.preset.as_ref().or_else(|| defaults?.preset.as_ref());
        let preset = self.presets.iter().find(|preset| Some(&preset.name) == name);
        own.resolve(preset.map(|preset| &preset.strip), defaults)
    }
}
