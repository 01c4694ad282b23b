//! What holds for every lane of a binaural render.

mod binaural_support;

use std::slice;
use std::sync::Arc;

use binaural_support::{RATE_HZ, SphericalHead, Tones};
use cupola::binaural::{
    Arrival, Bank, DirectLane, DirectShop, EARS, Fed, Feeds, FixedLane, Hearing, Kernel, LFE_GAIN,
    Levelled, Responses, Share, Sphere, SphereLane, Summing, Table, lfe_responses, whole_responses,
};
use cupola::block::{QUANTUM, Quantum, SILENCE};
use cupola::space::{FRONT, Position, Vector, unit_vector};

const LONGEST_FRAMES: f64 = 64.0;
const QUANTA: usize = 40;

type Heard = [Vec<f32>; EARS];

fn shop(head: &SphericalHead) -> Arc<DirectShop> {
    Arc::new(DirectShop::new(Table::new(head), LONGEST_FRAMES))
}

/// Hears shares quantum by quantum.
fn hear(quanta: usize, mut share_of: impl FnMut(usize, &mut Share)) -> Heard {
    let (summing, mut share) = (Summing::default(), Share::silent());
    let mut heard = [Vec::new(), Vec::new()];
    for number in 0..quanta {
        share_of(number, &mut share);
        // What is silent is to be made so.
        let mut ears = [[1.0; QUANTUM]; EARS];
        summing.hear(&share, &mut ears);
        assert!(share.sounds() || ears == [SILENCE; EARS]);
        share.clear();
        (0..EARS).for_each(|ear| heard[ear].extend(ears[ear]));
    }
    heard
}

/// Hears a signal from where a function of the quantum's number says, the direct way.
fn directly(
    shop: &Arc<DirectShop>,
    signal: &Tones,
    quanta: usize,
    hearing: impl Fn(usize) -> Hearing,
) -> Heard {
    let mut lane = DirectLane::new(shop);
    hear(quanta, |number, share| {
        let (begin, end) = (hearing(number), hearing(number + 1));
        lane.process(Some(&signal.quantum(number)), &begin, &end, share);
    })
}

/// The largest difference of two renders.
fn difference(a: &Heard, b: &Heard) -> f32 {
    let both = a.iter().flatten().zip(b.iter().flatten());
    both.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn noise() -> Tones {
    Tones::noise(40, 15_000.0)
}

/// The sum over all taps, in f64.
fn convolved(head: &SphericalHead, direction: &Vector, signal: &Tones) -> Heard {
    let mixtures = Hearing::far(head, direction).mixtures;
    let responses = whole_responses(head, &mixtures, &Kernel::new());
    let input: Vec<f32> = (0..QUANTA).flat_map(|number| signal.quantum(number)).collect();
    responses.map(|response| {
        let at = |frame: usize| {
            let taps = response.iter().zip(input[..=frame].iter().rev());
            taps.map(|(tap, sample)| f64::from(*tap) * f64::from(*sample)).sum::<f64>() as f32
        };
        (0..input.len()).map(at).collect()
    })
}

#[test]
fn what_stays_is_convolved_whichever_way_it_goes() {
    let (head, signal) = (SphericalHead::new(), noise());
    let sphere = Sphere::new();
    // A direction of the sphere, so that all three ways have the same responses.
    let direction = sphere.directions()[17];
    let hearing = Hearing::far(&head, &direction);
    let exact = convolved(&head, &direction, &signal);
    let direct = directly(&shop(&head), &signal, QUANTA, |_| hearing);
    // Samples are below 1, f32 keeps 6e-8 of them, and some hundred are added up.
    assert!(difference(&direct, &exact) < 1e-6, "direct: {}", difference(&direct, &exact));
    let mut fixed = FixedLane::new(&whole_responses(&head, &hearing.mixtures, &Kernel::new()));
    let fixed = hear(QUANTA, |number, share| {
        fixed.process(Some(&signal.quantum(number)), share);
    });
    assert!(difference(&fixed, &exact) < 1e-6, "fixed: {}", difference(&fixed, &exact));
    let mut over = SphereWay::new(&head);
    let over = hear(QUANTA, |number, share| {
        over.process(Some(&signal.quantum(number)), [&hearing; 2], [&direction; 2], share);
    });
    // It is read by fewer taps, which leave -72 dB, but of the click with which the tones begin.
    let later = |heard: &Heard| heard.clone().map(|ear| ear[8 * QUANTUM..].to_vec());
    let off = difference(&later(&over), &later(&exact));
    assert!(off < 2e-4, "sphere: {off}");
}

/// One lane on its way over the sphere.
struct SphereWay {
    kernel: Kernel,
    sphere: Sphere,
    lane: SphereLane,
    feeds: Feeds,
    bank: Bank,
}

impl SphereWay {
    fn new(head: &SphericalHead) -> Self {
        let sphere = Sphere::new();
        let bank = Bank::new(head, &Table::new(head), &sphere);
        let (kernel, lane) = (Kernel::new(), SphereLane::new(LONGEST_FRAMES));
        Self { kernel, sphere, lane, feeds: Feeds::new(), bank }
    }

    fn process(
        &mut self,
        input: Option<&Quantum>,
        hearings: [&Hearing; 2],
        directions: [&Vector; 2],
        share: &mut Share,
    ) {
        self.feed(input, hearings, directions);
        self.bank.process(slice::from_ref(&self.feeds), slice::from_mut(share));
    }

    /// Makes what the sphere gets.
    fn feed(
        &mut self,
        input: Option<&Quantum>,
        [begin, end]: [&Hearing; 2],
        directions: [&Vector; 2],
    ) {
        let mut fed = Fed::default();
        self.feeds.clear();
        let [from, to] = directions.map(|it| self.sphere.pan(it));
        let begin = Arrival { lateness: begin.lateness(), pan: from };
        let end = Arrival { lateness: end.lateness(), pan: to };
        self.lane.process(&self.kernel, input.map(Levelled::from), [&begin, &end], &mut fed);
        self.feeds.add([&fed].into_iter());
    }
}

/// A way that turns, rises and comes near.
fn spiral(head: &SphericalHead, number: usize, mirror: f64) -> (Hearing, Vector) {
    let position = Position::polar(
        mirror * 7.0 * number as f64,
        number as f64 * 2.0,
        1.5 - number as f64 * 0.03,
    );
    (Hearing::near(head, &position), position.direction)
}

#[test]
fn mirrored_lanes_are_mirrored_to_the_bit() {
    let (head, signal) = (SphericalHead::new(), noise());
    let shop = shop(&head);
    let direct = [1.0, -1.0]
        .map(|mirror| directly(&shop, &signal, QUANTA, |it| spiral(&head, it, mirror).0));
    let over = [1.0, -1.0].map(|mirror| {
        let mut way = SphereWay::new(&head);
        hear(QUANTA, |number, share| {
            let [from, to] = [number, number + 1].map(|it| spiral(&head, it, mirror));
            let input = signal.quantum(number);
            way.process(Some(&input), [&from.0, &to.0], [&from.1, &to.1], share);
        })
    });
    for [left, right] in [direct, over] {
        assert!(left[0] != left[1], "the ears hear something different");
        assert!(left[0] == right[1] && left[1] == right[0], "not mirrored");
    }
}

#[test]
fn a_pause_changes_no_bit_and_ends_in_silence() {
    let (head, signal) = (SphericalHead::new(), noise());
    let shop = shop(&head);
    let hearing = |number: usize| spiral(&head, number % 50, 1.0).0;
    let (mut lane, mut fresh) = (DirectLane::new(&shop), DirectLane::new(&shop));
    // The response, the delay line, the near field's one pole, and a quantum that lies across.
    let silent_from = 10 + (256 + 256 + 4096 + 64) / QUANTUM;
    let heard = hear(200, |number, share| {
        let input = (!(10..150).contains(&number)).then(|| signal.quantum(number));
        lane.process(input.as_ref(), &hearing(number), &hearing(number + 1), share);
        assert!(share.sounds() || (silent_from..150).contains(&number) || number == 0, "{number}");
    });
    let again = hear(50, |number, share| {
        let number = number + 150;
        fresh.process(Some(&signal.quantum(number)), &hearing(number), &hearing(number + 1), share);
    });
    for ear in 0..EARS {
        // 256 samples of the response, 256 of the delay line, and then the near field's one pole.
        assert!(heard[ear][70 * QUANTUM..150 * QUANTUM].iter().all(|sample| *sample == 0.0));
        assert!(heard[ear][150 * QUANTUM..] == again[ear], "ear {ear}");
    }
}

/// With a pause, in which the sphere comes to rest.
#[test]
fn quanta_that_go_over_the_sphere_together_are_those_of_one_after_the_other() {
    const TOGETHER: usize = 5;
    let (head, signal, summing) = (SphericalHead::new(), noise(), Summing::default());
    let (mut alone, mut among) = (SphereWay::new(&head), SphereWay::new(&head));
    let mut sounded = [false; 2];
    for first in (0..40 * TOGETHER).step_by(TOGETHER) {
        let (mut feeds, mut one_by_one) = (Vec::new(), Vec::new());
        for number in first..first + TOGETHER {
            let input = signal.quantum(number);
            let input = (number % 150 < 12).then_some(&input);
            let ends = [number, number + 1].map(|it| spiral(&head, it, 1.0));
            let (hearings, directions) =
                (ends.each_ref().map(|(it, _)| it), ends.each_ref().map(|(_, it)| it));
            let mut share = Share::silent();
            alone.process(input, hearings, directions, &mut share);
            one_by_one.push(share);
            among.feed(input, hearings, directions);
            feeds.push(among.feeds.clone());
        }
        let mut together = vec![Share::silent(); TOGETHER];
        among.bank.process(&feeds, &mut together);
        for (one, other) in one_by_one.iter().zip(&together) {
            let mut ears = [[SILENCE; EARS]; 2];
            let [a, b] = &mut ears;
            summing.hear(one, a);
            summing.hear(other, b);
            assert_eq!(one.sounds(), other.sounds(), "quantum {first} and on");
            assert_eq!(ears[0], ears[1], "quantum {first} and on");
            sounded[usize::from(one.sounds())] = true;
        }
    }
    assert_eq!(sounded, [true; 2], "it sounds, and it rests");
}

/// Everything is linear: two lanes together are the sum of each alone.
#[test]
fn shares_add_up() {
    let (head, signal) = (SphericalHead::new(), noise());
    let shop = shop(&head);
    let mut lanes = [DirectLane::new(&shop), DirectLane::new(&shop)];
    let mut share = Share::silent();
    let ways = [1.0, -1.0]
        .map(|mirror| directly(&shop, &signal, QUANTA, |it| spiral(&head, it, mirror).0));
    let summing = Summing::default();
    for number in 0..QUANTA {
        let input = signal.quantum(number);
        for (lane, mirror) in lanes.iter_mut().zip([1.0, -1.0]) {
            let [begin, end] = [number, number + 1].map(|it| spiral(&head, it, mirror).0);
            lane.process(Some(&input), &begin, &end, &mut share);
        }
        let mut ears = [SILENCE; EARS];
        summing.hear(&share, &mut ears);
        share.clear();
        for (ear, heard) in ears.iter().enumerate() {
            for (frame, heard) in heard.iter().enumerate() {
                let at = number * QUANTUM + frame;
                let sum = ways[0][ear][at] + ways[1][ear][at];
                // Samples are below 1, of which f32 keeps 6e-8, and some thirty sums make one.
                assert!((heard - sum).abs() < 2e-6, "{heard} is {sum}");
            }
        }
    }
}

/// No step from sample to sample is larger than half as much again as the largest of a lane that stays before
/// the near ear.
#[test]
fn a_way_through_the_head_and_one_over_the_poles_do_not_click() {
    let head = SphericalHead::new();
    let shop = shop(&head);
    let signal = Tones(vec![(300.0 / RATE_HZ, 0.0, 0.5)]);
    let ways: [&dyn Fn(usize) -> Position; 4] = [
        &|number| Position::cartesian(Vector::new(number as f64 * 0.004 - 0.8, 0.0, 0.0)),
        &|number| Position::cartesian(Vector::new(0.0, number as f64 * 0.004 - 0.8, 0.0)),
        &|number| Position::cartesian(Vector::new(0.01, 0.0, 0.8 - number as f64 * 0.004)),
        &|number| Position::polar(30.0, number as f64 * 0.9, 1.0),
    ];
    let step = |heard: &Heard| {
        let pairs = heard.iter().flat_map(|ear| ear[QUANTUM * 10..].windows(2));
        pairs.map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
    };
    let near = Hearing::near(&head, &Position::polar(90.0, 0.0, 0.15));
    let still = step(&directly(&shop, &signal, 100, |_| near));
    for (number, way) in ways.iter().enumerate() {
        let heard = directly(&shop, &signal, 400, |it| Hearing::near(&head, &way(it)));
        assert!(heard.iter().flatten().all(|sample| sample.is_finite()), "way {number}");
        assert!(step(&heard) < 1.5 * still, "way {number}: {} for {still}", step(&heard));
    }
}

#[test]
fn low_frequency_channels_are_in_time_and_equal() {
    let head = SphericalHead::new();
    let [left, right] = lfe_responses(&head, &Kernel::new(), LFE_GAIN);
    assert_eq!(left, right);
    let sum: f32 = left.iter().sum();
    // The kernel's weights add up to 1, within what f32 leaves of 24 of them.
    assert!((f64::from(sum) - LFE_GAIN).abs() < 1e-6);
    let late =
        left.iter().enumerate().map(|(frame, tap)| frame as f64 * f64::from(*tap)).sum::<f64>();
    let delay_frames = Hearing::far(&head, &FRONT).mixtures[0].delay_frames;
    let expected = (head.lead_frames() + delay_frames).round() + Kernel::LEAD_FRAMES as f64;
    // A whole frame is one tap, and nothing beside it.
    assert!((late / f64::from(sum) - expected).abs() < 1e-3, "{late} for {expected}");
    assert_eq!(unit_vector(0.0, 0.0), FRONT);
}

#[test]
fn a_sample_that_is_no_number_is_soon_forgotten() {
    let (head, signal) = (SphericalHead::new(), noise());
    let shop = shop(&head);
    let heard = [f32::NAN, f32::INFINITY, 0.5].map(|bad| {
        let mut lane = DirectLane::new(&shop);
        hear(QUANTA, |number, share| {
            let mut input = signal.quantum(number);
            if number == 5 {
                input[7] = bad;
            }
            let [begin, end] = [number, number + 1].map(|it| spiral(&head, it, 1.0).0);
            lane.process(Some(&input), &begin, &end, share);
        })
    });
    let [not_a_number, infinite, fine] =
        heard.map(|ears| ears.map(|it| it[30 * QUANTUM..].to_vec()));
    // The near field's pole began anew, which is forgotten by then.
    assert!(difference(&not_a_number, &fine) < 1e-6 && difference(&infinite, &fine) < 1e-6);
    assert!(not_a_number.iter().chain(&infinite).flatten().all(|sample| sample.is_finite()));
}
