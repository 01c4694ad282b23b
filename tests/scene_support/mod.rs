//! A folder with everything a scene can name, good and bad.
#![allow(dead_code, reason = "every test binary uses another part")]

use std::fs;
use std::path::{Path, PathBuf};

use cupola::scene::{Options, Reading, Scene};
use tempfile::TempDir;

/// Frames of every audio file: a tenth of a second at the scene's default rate.
pub const FRAMES: u32 = 4800;

/// A folder `scene` with audio and paths, and a file outside of it.
pub struct Studio {
    dir: TempDir,
}

impl Studio {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder for the test");
        let studio = Self { dir };
        fs::create_dir_all(studio.folder().join("stems")).unwrap();
        for (name, channels) in [
            ("mono", 1),
            ("stems/l", 1),
            ("stereo", 2),
            ("three", 3),
            ("six", 6),
            ("../outside", 1),
        ] {
            wav(&studio.path(&format!("{name}.wav")), channels, FRAMES);
        }
        wav(&studio.path("empty.wav"), 1, 0);
        let whole = fs::read(studio.path("mono.wav")).unwrap();
        fs::write(studio.path("cut.wav"), &whole[..whole.len() - 4000]).unwrap();
        for (name, text) in TEXTS {
            fs::write(studio.path(name), text).unwrap();
        }
        #[cfg(unix)]
        studio.devices();
        studio
    }

    #[cfg(unix)]
    fn devices(&self) {
        std::os::unix::fs::symlink("../outside.wav", self.path("link.wav")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(self.path("pipe.wav")).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo");
    }

    pub fn folder(&self) -> PathBuf {
        self.dir.path().join("scene")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Reads a scene that is written into the folder under a name.
    pub fn read(&self, name: &str, text: &str, options: Options) -> cupola::Result<Reading> {
        fs::write(self.path(name), text).unwrap();
        Scene::read(&self.path(name), &options)
    }

    /// What is wrong with a scene: a line each, without the folder.
    pub fn problems(&self, name: &str, text: &str, options: Options) -> Vec<String> {
        let told = match self.read(name, text, options) {
            Ok(reading) => reading.report.to_string(),
            Err(error) => error.to_string(),
        };
        let folder = format!("{}/", self.folder().display());
        told.lines().map(|line| line.replace(&folder, "")).collect()
    }

    /// Where the one problem of a scene is not at this place or does not say this.
    pub fn mismatch(
        &self,
        text: &str,
        place: &str,
        phrase: &str,
        options: Options,
    ) -> Option<String> {
        let found = self.problems("scene.toml", text, options);
        let start = format!("scene.toml:{place}: ");
        let right = |line: &String| line.starts_with(&start) && line.contains(phrase);
        let is_right = found.len() == 1 && found.iter().all(right);
        (!is_right).then(|| format!("{text}\nhas {found:#?},\nnot {place} {phrase}\n\n"))
    }

    /// A scene that is right.
    pub fn scene(&self, name: &str, text: &str) -> Scene {
        let reading = self.read(name, text, Options::default()).expect("it can be read");
        reading.scene.unwrap_or_else(|| panic!("{}", reading.report))
    }
}

const TEXTS: [(&str, &str); 6] = [
    ("text.wav", "This is not audio.\n"),
    ("path.csv", "t_s,azimuth_deg,elevation_deg\n0,0,0\n1,90,10\n"),
    ("back.csv", "t_s,azimuth_deg,elevation_deg\n0,0,0\n2,90,10\n1,90,10\n"),
    ("words.csv", "t_s,azimuth_deg,elevation_deg\n0,left,0\n"),
    ("room.toml", "loudspeakers = [{ name = \"X\", azimuth_deg = 0, elevation_deg = 0 }]\n"),
    ("ruin.toml", "loudspeakers = [\n  { name = \"X\", azimut_deg = 0, elevation_deg = 0 }]\n"),
];

fn wav(path: &Path, channels: u16, frames: u32) {
    let spec = hound::WavSpec {
        channels,
        sample_rate: 48_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, spec).expect("a WAV file can be made");
    for sample in 0..frames * u32::from(channels) {
        writer.write_sample((sample % 100) as i16).unwrap();
    }
    writer.finalize().unwrap();
}
