//! A surface over three objects, a bed and a bus, and messages to it.
#![allow(dead_code)]

use std::sync::{Arc, Mutex};

use cupola::control::osc::{self, Argument};
use cupola::control::{Commands, Surface, Tally};
use cupola::engine::{Controls, Plan};
use cupola::render::{Finish, Target};

use super::desk::{TestScene, layouts, scene};

pub const SCENE: &str = r#"
duration_s = 10

[[bed]]
name = "floor"
layout = "5.1"
channels = ["L", "R"]
signal = { type = "pink-noise" }

[[object]]
name = "lead vox"
signal = { type = "clicks" }
position = { azimuth_deg = 30 }
bus = "band"

[[object]]
name = "silent"
signal = { type = "clicks" }
mute = true

[[object]]
name = "drums"
signal = { type = "clicks" }
gain_db = -6

[[bus]]
name = "band"
layout = "stereo"
"#;

pub struct Hand {
    pub scene: TestScene,
    pub plan: Plan,
    pub controls: Arc<Controls>,
    pub commands: Arc<Commands>,
    pub surface: Surface,
}

impl Hand {
    pub fn new() -> Self {
        Self::on(SCENE)
    }

    pub fn on(text: &str) -> Self {
        let scene = scene(text);
        let targets: Vec<Target> = layouts(&["stereo"]).into_iter().map(Into::into).collect();
        let finish = Finish::default();
        let plan = cupola::render::desk(&scene.scene, &targets, &finish).unwrap().plan;
        let controls = Arc::new(Controls::new(&plan));
        let commands = Arc::new(Commands::default());
        let names = scene.scene.spec.objects.iter().map(|it| it.name.as_str());
        let surface = Surface::new(Arc::clone(&controls), Arc::clone(&commands), names);
        Self { plan, controls, commands, surface, scene }
    }

    pub fn strip(&self, name: &str) -> usize {
        self.controls.find(name).unwrap()
    }

    pub fn say(&mut self, address: &str, numbers: &[f64]) -> Tally {
        self.tell(address, &numbers.iter().map(|it| Argument::Number(*it)).collect::<Vec<_>>())
    }

    pub fn tell(&mut self, address: &str, arguments: &[Argument<'_>]) -> Tally {
        let answer = |answer: &[u8]| panic!("an answer to {address}: {answer:?}");
        self.surface.take(&message(address, arguments), answer).unwrap()
    }

    /// The numbers of the only answer.
    pub fn ask(&mut self, address: &str) -> Vec<f64> {
        let answers = self.ask_all(address);
        assert_eq!(answers.len(), 1, "answers to {address}: {answers:?}");
        assert_eq!(answers[0].0, address);
        answers[0].1.clone()
    }

    /// Addresses and numbers of all answers.
    pub fn ask_all(&mut self, address: &str) -> Vec<(String, Vec<f64>)> {
        let mut answers = Vec::new();
        let answer = |bytes: &[u8]| {
            let messages = osc::read(bytes).unwrap();
            let numbers = messages[0].arguments.iter().filter_map(Argument::number).collect();
            answers.push((messages[0].address.to_owned(), numbers));
        };
        self.surface.take(&message(address, &[]), answer).unwrap();
        answers
    }

    pub fn shared(self) -> (Arc<Controls>, Arc<Commands>, Arc<Mutex<Surface>>) {
        (self.controls, self.commands, Arc::new(Mutex::new(self.surface)))
    }
}

pub fn message(address: &str, arguments: &[Argument<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    osc::write(address, arguments, &mut bytes);
    bytes
}

pub fn bundle(elements: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"#bundle\0\0\0\0\0\0\0\0\x01".to_vec();
    for element in elements {
        bytes.extend((element.len() as u32).to_be_bytes());
        bytes.extend(element);
    }
    bytes
}
