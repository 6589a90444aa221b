//! The page of `attent referral`: who brought whom, where revenue comes from, and whom to ask.
//!
//! Figures only: what a referral is worth in general was found by others, and is no promise.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::referral::ReferralLine;
use super::referral_ask::{AskLine, asks, not_yet};
use super::{as_of, stamp};
use crate::domain::money::Cents;
use crate::domain::names::slug;
use crate::domain::numbers::count;
use crate::domain::text::Text;
use crate::measure::revenue::{Origin, OriginRevenue};
use crate::plan::referrals::{Ambassador, Branch};
use crate::render::cell::Cell;
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::text;

/// One line of the tree.
#[derive(Debug, Clone)]
pub struct TreeLine {
    /// The customer's name.
    pub customer: String,
    /// Where they stand in the tree, and what they and those below them paid.
    pub branch: Branch,
    /// How they came; `None` for who nobody sent.
    pub referral: Option<ReferralLine>,
}

impl TreeLine {
    fn row(&self) -> Row {
        let (branch, referral) = (&self.branch, self.referral.as_ref());
        let day = |moment: Option<DateTime<FixedOffset>>| Cell::maybe(moment, Cell::Day);
        let paid = |cents: Cents| if cents == Cents(0) { Cell::Empty } else { Cell::Money(cents) };
        let row = Row::from(vec![
            Cell::Branch { follows: branch.follows.clone(), name: self.customer.clone() },
            Cell::Money(branch.own),
            Cell::Money(branch.below),
            Cell::Count(branch.brought as i64),
            day(referral.map(|referral| referral.at)),
            day(referral.and_then(|referral| referral.thanked)),
            day(referral.and_then(|referral| referral.told)),
            referral.map(|referral| referral.outcome.clone()).filter(|said| !said.is_empty()).map_or(Cell::Empty, Cell::name),
            referral.map_or(Cell::Empty, |referral| paid(referral.reward)),
            referral.map_or(Cell::Empty, |referral| paid(referral.reward_referred)),
            referral.map_or(Cell::Empty, |referral| Cell::name(referral.referred_by.clone())),
            Cell::Count(branch.follows.len() as i64),
            Cell::name(slug(&self.customer)),
        ]);
        if branch.follows.is_empty() { row.tone(Tone::Strong) } else { row }
    }

    fn json(&self) -> Value {
        let mut json = self.referral.as_ref().map_or_else(|| ReferralLine::json_of_nobody(&self.customer), ReferralLine::json);
        json["depth"] = json!(self.branch.follows.len());
        json["brought"] = json!(self.branch.brought);
        json["revenue"] = json!(self.branch.own.units());
        json["revenue_below"] = json!(self.branch.below.units());
        json
    }
}

/// Some of many.
#[derive(Debug, Clone)]
pub struct Part<T> {
    /// Those shown.
    pub shown: Vec<T>,
    /// How many more there are.
    pub more: usize,
}

/// Everything the page shows.
#[derive(Debug, Clone)]
pub struct ReferralsPage {
    /// The tree in reading order.
    pub tree: Vec<TreeLine>,
    /// Revenue by origin.
    pub origins: Vec<OriginRevenue>,
    /// Who brought others, with their names.
    pub ambassadors: Part<(String, Ambassador)>,
    /// Who may be asked now.
    pub ask: Part<AskLine>,
    /// Who may not be asked yet.
    pub not_yet: Part<AskLine>,
    /// The moment.
    pub as_of: DateTime<FixedOffset>,
}

impl ReferralsPage {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let mut document = Document::new(text!("Referrals", "Aanbevelingen")).subtitle(as_of(self.as_of));
        document = self.told_tree(document);
        if !self.origins.is_empty() {
            document = document.with(Block::Heading(text!("Where revenue comes from", "Waar omzet vandaan komt")));
            document = document.with(Block::Table(origins(&self.origins)));
        }
        if !self.ambassadors.shown.is_empty() {
            document = document.with(Block::Heading(text!("Who brought others", "Wie anderen brachten")));
            document = more(document.with(Block::Table(ambassadors(&self.ambassadors.shown))), self.ambassadors.more);
        }
        document = self.told_whom(document);
        for note in notes() {
            document = document.with(Block::Text(note));
        }
        let json = json!({
            "as_of": stamp(self.as_of),
            "referrals": self.tree.iter().map(TreeLine::json).collect::<Vec<_>>(),
            "origins": self.origins.iter().map(origin_json).collect::<Vec<_>>(),
            "ambassadors": self.ambassadors.shown.iter().map(ambassador_json).collect::<Vec<_>>(),
            "ask": self.ask.shown.iter().map(AskLine::json).collect::<Vec<_>>(),
            "not_yet": self.not_yet.shown.iter().map(AskLine::json).collect::<Vec<_>>(),
        });
        let ids = self.tree.iter().map(|line| slug(&line.customer)).collect();
        Answer { schema: "attent.referrals/1", json, rows_key: "referrals", ids, document, calendar: None }
    }

    fn told_tree(&self, document: Document) -> Document {
        if self.tree.is_empty() {
            let nobody = text!(
                "Nobody is known to have come through another customer yet.",
                "Van niemand is nog bekend dat die via een andere klant kwam."
            );
            let hint = text!(
                "Somebody did? attent referral add \"Bea Smit\" --by Anna",
                "Kwam er iemand zo? attent referral add \"Bea Smit\" --by Anna"
            );
            return document.with(Block::Text(nobody)).with(Block::Hint(hint));
        }
        let mut table = tree_table();
        self.tree.iter().for_each(|line| table.push(line.row()));
        document.with(Block::Table(table))
    }

    fn told_whom(&self, mut document: Document) -> Document {
        if self.ask.shown.is_empty() && self.not_yet.shown.is_empty() {
            return document;
        }
        document = document.with(Block::Heading(text!("Whom to ask for a referral now", "Wie je nu om een aanbeveling kunt vragen")));
        document = if self.ask.shown.is_empty() {
            document.with(Block::Text(text!("Nobody just now.", "Op dit moment niemand.")))
        } else {
            more(document.with(Block::Table(asks(&self.ask.shown))), self.ask.more)
        };
        if !self.not_yet.shown.is_empty() {
            document = document.with(Block::Heading(text!("Whom not yet, and why", "Wie nog niet, en waarom")));
            document = more(document.with(Block::Table(not_yet(&self.not_yet.shown))), self.not_yet.more);
        }
        document
    }
}

/// What the figures are.
fn notes() -> [Text; 2] {
    [
        text!(
            "Revenue is what the log has as transactional: orders, invoices, payments, less what was refunded; no gifts, and nothing tagged quote, offerte or tender. The orders of a shop and the invoices of your bookkeeping for the same sale count twice: import the amounts of one of them.",
            "Omzet is wat in het logboek zakelijk is: bestellingen, facturen, betalingen, min wat is terugbetaald; geen cadeaus, en niets met het label quote, offerte of tender. De bestellingen van een winkel en de facturen uit je boekhouding voor dezelfde verkoop tellen dubbel: importeer de bedragen van een van de twee."
        ),
        text!(
            "In contact means that there was contact in the last year, mail from a machine not counted; that year is a default.",
            "In contact betekent dat er het afgelopen jaar contact was, post van een machine niet meegeteld; dat jaar is een standaardkeuze."
        ),
    ]
}

fn more(document: Document, n: usize) -> Document {
    if n == 0 {
        return document;
    }
    let n = count(n as u64);
    document.with(Block::Hint(Text::new(
        format!("And {} more: attent referral list --all shows them.", n.en),
        format!("En nog {}: attent referral list --all toont ze.", n.nl),
    )))
}

fn tree_table() -> Table {
    Table::new(vec![
        Column::left("customer", Text::new("customer", "klant")).telling(),
        Column::right("revenue", Text::new("revenue", "omzet")),
        Column::right("revenue_below", Text::new("of those below", "van wie eronder staat")),
        Column::right("brought", Text::new("brought", "bracht")).expendable(3),
        Column::left("at", Text::new("came", "kwam")).expendable(2),
        Column::left("thanked", Text::new("thanked", "bedankt")).expendable(4),
        Column::left("told", Text::new("told", "verteld")).expendable(5).unless(""),
        Column::left("outcome", Text::new("what became of it", "wat het werd")).expendable(6).unless(""),
        Column::right("reward", Text::new("reward", "beloning")).expendable(7).unless(""),
        Column::right("reward_referred", Text::new("reward for who came", "beloning voor wie kwam")).machines_only(),
        Column::left("referred_by", Text::new("sent by", "gestuurd door")).machines_only(),
        Column::right("depth", Text::new("depth", "diepte")).machines_only(),
        Column::left("id", Text::new("short name", "korte naam")).machines_only(),
    ])
    .main()
}

fn origin_word(origin: &Origin) -> Cell {
    match origin {
        Origin::Own => Cell::word("own", text!("on their own", "uit zichzelf")),
        Origin::Referred => Cell::word("referred", text!("sent by a customer", "gestuurd door een klant")),
        Origin::Channel(channel) => Cell::name(channel.clone()),
    }
}

fn origins(lines: &[OriginRevenue]) -> Table {
    let mut table = Table::new(vec![
        Column::left("origin", Text::new("how they came", "hoe ze kwamen")),
        Column::right("customers", Text::new("customers", "klanten")),
        Column::right("revenue", Text::new("revenue", "omzet")),
        Column::right("share", Text::new("share", "aandeel")),
    ]);
    for line in lines {
        table.push(vec![
            origin_word(&line.origin),
            Cell::Count(line.customers as i64),
            Cell::Money(line.revenue),
            Cell::maybe(line.share, Cell::Percent),
        ]);
    }
    table
}

fn origin_json(line: &OriginRevenue) -> Value {
    let (origin, channel) = match &line.origin {
        Origin::Own => ("own", None),
        Origin::Referred => ("referred", None),
        Origin::Channel(channel) => ("channel", Some(channel)),
    };
    json!({"origin": origin, "channel": channel, "customers": line.customers, "revenue": line.revenue.units(), "share": line.share})
}

fn ambassadors(lines: &[(String, Ambassador)]) -> Table {
    let mut table = Table::new(vec![
        Column::left("customer", Text::new("customer", "klant")),
        Column::right("brought", Text::new("brought", "bracht")),
        Column::right("in_contact", Text::new("still in contact", "nog in contact")),
        Column::right("revenue", Text::new("revenue brought", "omzet gebracht")),
    ]);
    for (name, one) in lines {
        table.push(vec![
            Cell::name(name.clone()),
            Cell::Count(one.brought as i64),
            Cell::Count(one.in_contact as i64),
            Cell::Money(one.revenue),
        ]);
    }
    table
}

fn ambassador_json((name, one): &(String, Ambassador)) -> Value {
    json!({"customer": name, "brought": one.brought, "in_contact": one.in_contact, "revenue": one.revenue.units()})
}
