//! The rules of a journey's stages: reading them, and finding those that overlap.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::journey::RawJourney;
use super::raw::{OneOrMany, lower, many};
use super::shape::Shaped;
use super::tree::Path;
use crate::domain::journey::{Rule, Stage};
use crate::domain::words::{Channel, Direction, Kind, Sender};
use crate::text;

/// More words in the rules than this are refused: each rule is compared with those before it.
const MOST_WORDS: usize = 5_000;

/// A rule: every condition must hold; a list holds when the touchpoint has any of it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawRule {
    /// Through which channel.
    pub channel: Option<OneOrMany<Channel>>,
    /// What the contact was about.
    pub kind: Option<OneOrMany<Kind>>,
    /// Which way it went.
    pub direction: Option<OneOrMany<Direction>>,
    /// Who made it.
    pub sender: Option<OneOrMany<Sender>>,
    /// A tag it carries; upper and lower case are the same.
    pub tag: Option<OneOrMany<String>>,
    /// Where it came from, such as `log` or `csv`.
    pub source: Option<OneOrMany<String>>,
    /// A whole word in its note; upper and lower case are the same.
    pub word: Option<OneOrMany<String>>,
}

impl From<RawRule> for Rule {
    fn from(raw: RawRule) -> Self {
        Self {
            channel: many(raw.channel),
            kind: many(raw.kind),
            direction: many(raw.direction),
            sender: many(raw.sender),
            tag: lower(raw.tag),
            source: lower(raw.source),
            word: lower(raw.word),
        }
    }
}

/// Reads the rules of a stage. One that had a mistake of shape stays as an empty rule, so that
/// the others keep their places; it is not looked at again.
pub(super) fn rules(file: &mut Shaped<RawJourney>, raw: Vec<Option<RawRule>>, stage: &Path) -> Vec<Rule> {
    let mut rules = Vec::with_capacity(raw.len());
    for (index, raw) in raw.into_iter().enumerate() {
        let path = stage.key("rules").index(index);
        let rule = raw.map(Rule::from).unwrap_or_default();
        if !file.whole(&path) {
            rules.push(Rule::default());
            continue;
        }
        if rule.conditions() == 0 {
            file.error(&path, text!("an empty rule would claim every contact", "een lege regel zou elk contact opeisen")).help =
                text!("give it a condition, such as `channel: phone`", "geef een voorwaarde, zoals `channel: phone`");
        }
        rules.push(rule);
    }
    rules
}

/// Complains of every rule that overlaps with an earlier one.
pub(super) fn check_overlaps(file: &mut Shaped<RawJourney>, stages: &[Stage]) {
    let words: usize = stages.iter().flat_map(|stage| &stage.rules).map(words).sum();
    if words > MOST_WORDS {
        let what = text!(
            "the rules hold {words} words, more than the {MOST_WORDS} a journey may have",
            "de regels bevatten {words} woorden, meer dan de {MOST_WORDS} die een klantreis mag hebben"
        );
        file.error(&Path::default().key("stages"), what);
        return;
    }
    let mut seen: HashMap<[bool; 7], Vec<(usize, usize)>> = HashMap::new();
    let all = stages.iter().enumerate().flat_map(|(s, stage)| (0..stage.rules.len()).map(move |r| (s, r)));
    for (s, r) in all.filter(|&(s, r)| stages[s].rules[r].conditions() > 0) {
        let rule = &stages[s].rules[r];
        let earlier = seen.entry(fields(rule)).or_default();
        let hit = earlier.iter().find(|&&(es, er)| {
            let other = &stages[es].rules[er];
            if es == s { other == rule } else { overlap(other, rule) }
        });
        if let Some(&first) = hit {
            complain(file, stages, first, (s, r));
        }
        earlier.push((s, r));
    }
}

fn complain(file: &mut Shaped<RawJourney>, stages: &[Stage], first: (usize, usize), again: (usize, usize)) {
    let path = |(s, r): (usize, usize)| Path::default().key("stages").index(s).key("rules").index(r);
    let place = file.span(&path(first));
    let (one, two) = (&stages[first.0].id, &stages[again.0].id);
    let same = stages[first.0].rules[first.1] == stages[again.0].rules[again.1];
    let what = if same {
        text!("this rule stands here twice", "deze regel staat hier twee keer")
    } else {
        text!("this rule of `{two}` overlaps with one of `{one}`", "deze regel van `{two}` overlapt met een van `{one}`")
    };
    let complaint = file.error(&path(again), what);
    complaint.also = Some((place, text!("the same contacts belong to `{one}` here", "dezelfde contacten horen hier bij `{one}`")));
    complaint.help = text!(
        "drop a value they share, or add a condition to one of them: the rule with more conditions wins",
        "schrap een gedeelde waarde, of geef een van beide een extra voorwaarde: de regel met meer voorwaarden wint"
    );
}

/// How many words a rule holds.
fn words(rule: &Rule) -> usize {
    let fixed = rule.channel.len() + rule.kind.len() + rule.direction.len() + rule.sender.len();
    fixed + rule.tag.len() + rule.source.len() + rule.word.len()
}

/// Which fields a rule looks at.
fn fields(rule: &Rule) -> [bool; 7] {
    [
        rule.channel.is_empty(),
        rule.kind.is_empty(),
        rule.direction.is_empty(),
        rule.sender.is_empty(),
        rule.tag.is_empty(),
        rule.source.is_empty(),
        rule.word.is_empty(),
    ]
}

/// Whether two rules that look at the same fields share a value in each.
fn overlap(a: &Rule, b: &Rule) -> bool {
    fn share<T: PartialEq>(a: &[T], b: &[T]) -> bool {
        a.is_empty() && b.is_empty() || a.iter().any(|value| b.contains(value))
    }
    share(&a.channel, &b.channel)
        && share(&a.kind, &b.kind)
        && share(&a.direction, &b.direction)
        && share(&a.sender, &b.sender)
        && share(&a.tag, &b.tag)
        && share(&a.source, &b.source)
        && share(&a.word, &b.word)
}
