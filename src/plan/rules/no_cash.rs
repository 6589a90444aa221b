//! G8: no cash, nor what is spent like it (METHOD §3.2). Known by whole words, and in Dutch by how a word ends:
//! *boekenbon*, *VVV-bon* and *dinercheque* are, a *bonbon* is not.

use super::{Case, Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::G8,
    name: || text!("No cash, nor a voucher", "Geen geld, en geen bon"),
    reason: || {
        text!(
            "money, a voucher or a gift card is no present: choose a thing",
            "geld, een bon of een cadeaukaart is geen cadeau: kies een ding"
        )
    },
    evidence: || {
        text!(
            "Codes of conduct allow no cash and no cash equivalents; that words tell them apart is a judgement, not a finding.",
            "Gedragscodes staan geen geld toe en niets wat als geld te besteden is; dat het aan woorden te zien is, is een inschatting, geen bevinding."
        )
    },
    source: "ICC Guidelines on Gifts and Hospitality",
    kept: Kept::Veto(stops),
};

/// Words that are money, or are spent like it.
const MONEY: [&str; 31] = [
    "bankbiljet",
    "bankbiljetten",
    "banknote",
    "banknotes",
    "bitcoin",
    "bonnen",
    "bon",
    "cadeaukaart",
    "cadeaukaarten",
    "cash",
    "cheque",
    "cheques",
    "contant",
    "contanten",
    "coupon",
    "coupons",
    "crypto",
    "geld",
    "geldbedrag",
    "giftcard",
    "giftcards",
    "kadokaart",
    "kadokaarten",
    "money",
    "paysafecard",
    "tegoed",
    "tegoedkaart",
    "tikkie",
    "voucher",
    "vouchers",
    "zakgeld",
];
/// Two words that are together.
const PAIRS: [[&str; 2]; 10] = [
    ["bank", "transfer"],
    ["gift", "card"],
    ["gift", "cards"],
    ["gift", "certificate"],
    ["gift", "certificates"],
    ["gift", "token"],
    ["gift", "tokens"],
    ["prepaid", "card"],
    ["shop", "credit"],
    ["store", "credit"],
];
/// How Dutch words for vouchers end: cadeaubon, boekenbonnen, dinercheque.
const ENDINGS: [&str; 4] = ["bon", "bonnen", "cheque", "cheques"];
/// Words that end so and are something else.
const OTHER: [&str; 12] =
    ["ambon", "bonbon", "bonbonnen", "bourbon", "carbon", "charbon", "gibbon", "gibbonnen", "jambon", "kassabon", "kassabonnen", "ribbon"];

fn stops(case: &Case<'_>) -> bool {
    let title = &case.play.title;
    let named = [case.present.map_or("", |present| present.what), &case.play.id, &title.en, &title.nl];
    case.gives() && named.iter().any(|what| is_cash(what))
}

/// Whether a text names money or something that is spent like it.
pub fn is_cash(what: &str) -> bool {
    let lower = what.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let ends = |word: &str| ENDINGS.iter().any(|ending| word.ends_with(ending)) && !OTHER.contains(&word);
    words.iter().any(|word| MONEY.contains(word) || ends(word)) || words.windows(2).any(|pair| PAIRS.iter().any(|known| pair == known))
}
