//! Where in the log something stands, in words.

use crate::domain::text::Text;
use crate::ledger::Spot;
use crate::text;

/// `contact #12 (Bram)`.
pub fn place(spot: &Spot) -> Text {
    let (row, who) = (spot.row, &spot.customer);
    match (spot.table, spot.column) {
        ("touchpoints", _) => text!("contact #{row} ({who})", "contact #{row} ({who})"),
        ("incidents", _) => text!("failure #{row} ({who})", "misser #{row} ({who})"),
        ("nudges", _) => text!("nudge {row} ({who})", "nudge {row} ({who})"),
        ("gifts", _) => text!("gift #{row} ({who})", "cadeau #{row} ({who})"),
        ("referrals", _) => text!("the referral of {who}", "de aanbeveling van {who}"),
        ("customers", "name") => text!("a customer's name", "de naam van een klant"),
        ("customer_keys", _) => text!("what {who} is known by", "waaraan {who} herkend wordt"),
        ("particulars", _) => text!("what is known of {who}", "wat er bekend is van {who}"),
        ("customers", "notes") => text!("the note with {who}", "de notitie bij {who}"),
        ("customers", "organisation") => text!("the firm of {who}", "het bedrijf van {who}"),
        ("customers", "segment") => text!("the group of {who}", "de groep van {who}"),
        ("customers", "origin") => text!("how {who} came", "hoe {who} kwam"),
        (table, column) => Text::same(format!("{table}.{column} {row}")),
    }
}
