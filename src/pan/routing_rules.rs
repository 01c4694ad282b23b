//! The table of ITU-R BS.2127 (8.3): where a channel of a standard bed goes if its loudspeaker is missing.

/// One line of the table: which label goes to which others, if all of these are there.
struct Rule {
    from: &'static str,
    /// Labels and what part of the power each gets.
    to: &'static [(&'static str, f64)],
    /// Whether the line is for beds of 9+10+3 only.
    only_22_2: bool,
}

const HALF: f64 = 1.0 / 2.0;
const THIRD: f64 = 1.0 / 3.0;
const TWO_THIRDS: f64 = 2.0 / 3.0;
const QUARTER: f64 = 1.0 / 4.0;

const fn rule(from: &'static str, to: &'static [(&'static str, f64)]) -> Rule {
    Rule { from, to, only_22_2: false }
}

const fn rule_22_2(from: &'static str, to: &'static [(&'static str, f64)]) -> Rule {
    Rule { from, to, only_22_2: true }
}

/// The left half of the table; the right is its mirror. That a label goes to itself is not written.
#[rustfmt::skip]
const RULES: &[Rule] = &[
    rule("M+000", &[("M+030", HALF), ("M-030", HALF)]),
    rule("M+060", &[("M+030", TWO_THIRDS), ("M+110", THIRD)]),
    rule("M+060", &[("M+030", HALF), ("M+090", HALF)]),
    rule("M+060", &[("M+030", 1.0)]),
    rule_22_2("M+090", &[("M+030", THIRD), ("M+110", TWO_THIRDS)]),
    rule("M+090", &[("M+030", HALF), ("M+110", HALF)]),
    rule("M+090", &[("M+030", HALF)]),
    rule("M+110", &[("M+135", 1.0)]),
    rule("M+110", &[("M+030", HALF)]),
    rule("M+135", &[("M+110", 1.0)]),
    rule("M+135", &[("M+030", HALF)]),
    rule("M+180", &[("M+135", HALF), ("M-135", HALF)]),
    rule("M+180", &[("M+110", HALF), ("M-110", HALF)]),
    rule("M+180", &[("M+030", QUARTER), ("M-030", QUARTER)]),
    rule("U+000", &[("U+030", HALF), ("U-030", HALF)]),
    rule("U+000", &[("U+045", HALF), ("U-045", HALF)]),
    rule("U+000", &[("M+000", 1.0)]),
    rule("U+000", &[("M+030", HALF), ("M-030", HALF)]),
    rule("U+030", &[("U+045", 1.0)]),
    rule("U+030", &[("M+030", 1.0)]),
    rule("U+045", &[("U+030", 1.0)]),
    rule("U+045", &[("M+030", 1.0)]),
    rule_22_2("U+090", &[("U+045", TWO_THIRDS), ("UH+180", THIRD)]),
    rule("U+090", &[("U+030", HALF), ("U+110", HALF)]),
    rule("U+090", &[("U+045", HALF), ("U+135", HALF)]),
    rule("U+090", &[("M+090", 1.0)]),
    rule("U+090", &[("U+030", HALF), ("M+110", HALF)]),
    rule("U+090", &[("M+030", HALF), ("M+110", HALF)]),
    rule("U+090", &[("M+030", HALF)]),
    rule("U+110", &[("U+135", 1.0)]),
    rule("U+110", &[("U+045", HALF), ("UH+180", HALF)]),
    rule("U+110", &[("M+110", 1.0)]),
    rule("U+110", &[("M+135", 1.0)]),
    rule("U+110", &[("M+030", HALF)]),
    rule("U+135", &[("U+110", 1.0)]),
    rule_22_2("U+135", &[("U+045", THIRD), ("UH+180", TWO_THIRDS)]),
    rule("U+135", &[("U+045", HALF), ("UH+180", HALF)]),
    rule("U+135", &[("M+135", 1.0)]),
    rule("U+135", &[("M+110", 1.0)]),
    rule("U+135", &[("M+030", HALF)]),
    rule("U+180", &[("UH+180", 1.0)]),
    rule("U+180", &[("U+135", HALF), ("U-135", HALF)]),
    rule("U+180", &[("U+110", HALF), ("U-110", HALF)]),
    rule("U+180", &[("M+135", HALF), ("M-135", HALF)]),
    rule("U+180", &[("M+110", HALF), ("M-110", HALF)]),
    rule("U+180", &[("M+030", QUARTER), ("M-030", QUARTER)]),
    rule("UH+180", &[("U+180", 1.0)]),
    rule("UH+180", &[("U+135", HALF), ("U-135", HALF)]),
    rule("UH+180", &[("U+110", HALF), ("U-110", HALF)]),
    rule("UH+180", &[("M+135", HALF), ("M-135", HALF)]),
    rule("UH+180", &[("M+110", HALF), ("M-110", HALF)]),
    rule("UH+180", &[("M+030", QUARTER), ("M-030", QUARTER)]),
    rule("T+000", &[("U+045", QUARTER), ("U-045", QUARTER), ("U+135", QUARTER), ("U-135", QUARTER)]),
    rule("T+000", &[("U+030", QUARTER), ("U-030", QUARTER), ("U+110", QUARTER), ("U-110", QUARTER)]),
    rule("T+000", &[("U+045", THIRD), ("U-045", THIRD), ("UH+180", THIRD)]),
    rule("T+000", &[("U+045", QUARTER), ("U-045", QUARTER), ("M+135", QUARTER), ("M-135", QUARTER)]),
    rule("T+000", &[("U+030", QUARTER), ("U-030", QUARTER), ("M+110", QUARTER), ("M-110", QUARTER)]),
    rule("T+000", &[("M+030", QUARTER), ("M-030", QUARTER), ("M+135", QUARTER), ("M-135", QUARTER)]),
    rule("T+000", &[("M+030", QUARTER), ("M-030", QUARTER), ("M+110", QUARTER), ("M-110", QUARTER)]),
    rule("T+000", &[("M+030", QUARTER), ("M-030", QUARTER)]),
    rule("B+000", &[("M+000", 1.0)]),
    rule("B+000", &[("M+030", HALF), ("M-030", HALF)]),
    rule("B+045", &[("M+030", 1.0)]),
];

/// The beds the table is for, by the labels of their loudspeakers without LFE: those with a pack of
/// the common definitions of ADM (ITU-R BS.2094).
const STANDARD_BEDS: &[&str] = &[
    "M+000",
    "M+030 M-030",
    "M+030 M-030 M+000 M+110 M-110",
    "M+030 M-030 M+000 M+110 M-110 U+030 U-030",
    "M+030 M-030 M+000 M+110 M-110 U+030 U-030 U+110 U-110",
    "M+030 M-030 M+000 M+110 M-110 U+030 U-030 U+110 U-110 B+000",
    "M+000 M+030 M-030 U+045 U-045 M+090 M-090 M+135 M-135 UH+180",
    "M+030 M-030 M+000 M+090 M-090 M+135 M-135 U+045 U-045 U+135 U-135 M+SC M-SC",
    "M+030 M-030 M+000 M+090 M-090 M+135 M-135",
    "M+030 M-030 M+000 M+090 M-090 M+135 M-135 U+045 U-045 U+135 U-135",
    BED_22_2,
];

const BED_22_2: &str = "M+060 M-060 M+000 M+135 M-135 M+030 M-030 M+180 M+090 M-090 U+045 U-045 \
                        U+000 T+000 U+135 U-135 U+090 U-090 U+180 B+000 B+045 B-045";

/// Whether a bed is one of those the table is for.
pub enum Bed {
    /// 9+10+3, for which the table has lines of its own.
    Standard22_2,
    /// Any other bed of the standard.
    Standard,
    /// Not a bed of the standard: the table says nothing about it.
    Other,
}

impl Bed {
    /// What a bed is by the labels of its channels without LFE, in any order.
    pub fn of(labels: &[&str]) -> Self {
        let sorted = |mut labels: Vec<&str>| {
            labels.sort_unstable();
            labels.join(" ")
        };
        let bed = sorted(labels.to_vec());
        let is = |standard: &&str| bed == sorted(standard.split_whitespace().collect());
        match STANDARD_BEDS.iter().copied().find(is) {
            Some(BED_22_2) => Self::Standard22_2,
            Some(_) => Self::Standard,
            None => Self::Other,
        }
    }

    /// The labels a channel goes to, each with its gain, if the table has a line that fits.
    pub fn targets(&self, from: &str, exists: impl Fn(&str) -> bool) -> Option<Vec<(String, f64)>> {
        let lines = RULES.iter().filter(|rule| match self {
            Self::Standard22_2 => true,
            Self::Standard => !rule.only_22_2,
            Self::Other => false,
        });
        let side = |rule: &Rule| match () {
            () if rule.from == from => Some(rule.targets(str::to_owned)),
            () if opposite(rule.from) == from => Some(rule.targets(opposite)),
            () => None,
        };
        lines.filter_map(side).find(|targets| targets.iter().all(|(label, _)| exists(label)))
    }
}

impl Rule {
    fn targets(&self, name: impl Fn(&str) -> String) -> Vec<(String, f64)> {
        self.to.iter().map(|&(label, power)| (name(label), libm::sqrt(power))).collect()
    }
}

/// The label on the other side; those in the middle have none.
fn opposite(label: &str) -> String {
    let in_middle = label.ends_with("000") || label.ends_with("180");
    if in_middle { label.to_owned() } else { label.replace('+', "-") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_tried_in_their_order_and_on_both_sides() {
        let exists = |label: &str| ["M+030", "M-030", "M-110"].contains(&label);
        let targets = |bed: Bed, from| bed.targets(from, exists);
        let gain = libm::sqrt(HALF);
        let expected = vec![("M-030".to_owned(), gain), ("M-110".to_owned(), gain)];
        assert_eq!(targets(Bed::Standard, "M-090"), Some(expected));
        assert_eq!(targets(Bed::Standard, "M+090"), Some(vec![("M+030".to_owned(), gain)]));
        let third = vec![
            ("M-030".to_owned(), libm::sqrt(THIRD)),
            ("M-110".to_owned(), libm::sqrt(TWO_THIRDS)),
        ];
        assert_eq!(targets(Bed::Standard22_2, "M-090"), Some(third));
        assert_eq!(targets(Bed::Other, "M-090"), None);
    }

    #[test]
    fn beds_are_known_by_their_labels_in_any_order() {
        assert!(matches!(Bed::of(&["M-030", "M+030"]), Bed::Standard));
        assert!(matches!(Bed::of(&["M-030", "M+045"]), Bed::Other));
        let labels: Vec<_> = BED_22_2.split_whitespace().rev().collect();
        assert!(matches!(Bed::of(&labels), Bed::Standard22_2));
    }
}
