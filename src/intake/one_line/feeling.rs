//! How it felt to the customer, where a plain word says so: `Anna called, delighted`. The list is short, so
//! that nothing is read that was not meant.

use super::sentence::Sentence;

/// The words, folded, and the signs, with how they felt from −1 to 1.
const WORDS: [(f64, &[&str], &[&str]); 4] = [
    (1.0, &["delighted", "thrilled", "dolblij", "dolgelukkig"], &["😍", "🤩"]),
    (0.5, &["happy", "pleased", "satisfied", "blij", "tevreden"], &[]),
    (-0.5, &["unhappy", "disappointed", "ontevreden", "teleurgesteld"], &[]),
    (-1.0, &["angry", "furious", "boos", "woedend"], &["😡"]),
];

/// The feeling that is said of somebody, and its word. Nothing when two feelings differ, when it is denied
/// (`not happy`), when it is one's own (`ik was blij`), and for `happy birthday`.
pub(super) fn read(sentence: &Sentence<'_>) -> Option<(f64, String)> {
    let said = (0..sentence.words.len()).filter_map(|at| word_at(sentence, at).map(|felt| (felt, sentence.words[at].text.to_owned())));
    let signs = WORDS.iter().flat_map(|(felt, _, signs)| signs.iter().map(move |sign| (*felt, *sign)));
    let shown = signs.filter(|(_, sign)| sentence.text.contains(sign)).map(|(felt, sign)| (felt, sign.to_owned()));
    let mut all = said.chain(shown);
    let first = all.next()?;
    all.all(|(felt, _)| felt == first.0).then_some(first)
}

fn word_at(sentence: &Sentence<'_>, at: usize) -> Option<f64> {
    let word = &sentence.words[at];
    let (felt, ..) = WORDS.iter().find(|(_, words, _)| words.contains(&word.folded.as_str()))?;
    let clause = (0..at).rev().take_while(|&before| !sentence.words[before].stop_after).take(4);
    let other = clause.map(|before| sentence.words[before].folded.as_str()).any(|before| {
        let denied = matches!(
            before,
            "not" | "niet" | "never" | "nooit" | "wasnt" | "isnt" | "arent" | "werent" | "nor" | "minder" | "less" | "if" | "als"
        );
        denied
            || matches!(
                before,
                "i" | "ik" | "im" | "we" | "wij" | "me" | "mij" | "about" | "over" | "to" | "make" | "maken" | "how" | "hoe"
            )
    });
    let next = sentence.words.get(at + 1).map_or("", |word| word.folded.as_str());
    let greeting = matches!(next, "birthday" | "new" | "holidays" | "christmas" | "easter" | "hour");
    (word.used.is_none() && !other && !greeting).then_some(*felt)
}
