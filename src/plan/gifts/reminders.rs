//! Facts of a country that somebody who gives should check: printed as reminders with where they were
//! found, not as advice (METHOD §3.2; for Belgium the public pages that are named).

use crate::domain::customer::Customer;
use crate::domain::money::Cents;
use crate::domain::names::fold;
use crate::domain::text::Text;
use crate::text;

use super::policy::is_medical;

/// What the reminders look at: the gifts of one customer in one calendar year.
#[derive(Debug, Clone, Copy)]
pub struct Year<'a> {
    /// The customer.
    pub customer: &'a Customer,
    /// How many gifts, planned ones included.
    pub count: u32,
    /// What they cost together, planned ones included.
    pub value: Cents,
    /// The dearest of them.
    pub dearest: Cents,
}

/// A fact to check, and whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The word in machine formats.
    pub id: &'static str,
    /// The fact, ending in "check".
    pub fact: Text,
    /// Where it was found.
    pub source: &'static str,
    /// The names of those it concerns.
    pub about: Vec<String>,
}

/// A fact of a country.
struct Fact {
    id: &'static str,
    country: &'static str,
    concerns: fn(&Year<'_>) -> bool,
    fact: fn() -> Text,
    source: &'static str,
}

/// The facts of a country that concern somebody of these, each once, with whom.
pub fn reminders(country: &str, years: &[Year<'_>]) -> Vec<Reminder> {
    let here = FACTS.iter().filter(|fact| fact.country == country);
    let found = here.map(|fact| {
        let concerned = years.iter().filter(|year| (fact.concerns)(year));
        let about = concerned.map(|year| year.customer.name.clone()).collect();
        Reminder { id: fact.id, fact: (fact.fact)(), source: fact.source, about }
    });
    found.filter(|reminder| !reminder.about.is_empty()).collect()
}

/// Whether a word of the segment begins with one of these.
fn in_segment(year: &Year<'_>, words: &[&str]) -> bool {
    fold(&year.customer.segment).split(' ').any(|word| words.iter().any(|begin| word.starts_with(begin)))
}

fn municipal(year: &Year<'_>) -> bool {
    in_segment(year, &["gemeente", "municipal"])
}

fn governmental(year: &Year<'_>) -> bool {
    in_segment(year, &["overheid", "rijksoverheid", "government", "ministerie", "ministry", "rijk", "provincie", "waterschap", "public"])
}

fn medical(year: &Year<'_>) -> bool {
    is_medical(&year.customer.segment)
}

/// The Dutch threshold of a year, excluding VAT.
const DUTCH_VAT: Cents = Cents(22_700);
/// A year is near a threshold from this share of it, in hundredths **[J]**: amounts here may include VAT.
const NEAR: i64 = 80;
/// The Belgian threshold of one gift, excluding VAT.
const BELGIAN_VAT: Cents = Cents(5000);
/// The Belgian amount a year above which a professional recipient is told to the tax office.
const BELGIAN_FORM: Cents = Cents(25_000);

fn near(value: Cents, threshold: Cents) -> bool {
    value.0 * 100 >= threshold.0 * NEAR
}

const FACTS: &[Fact] = &[
    Fact {
        id: "nl-government",
        country: "NL",
        concerns: governmental,
        fact: || {
            text!(
                "Central-government staff may accept at most €50 a gift, with their manager's consent, with nothing in return, and never at their home: check",
                "Wie bij de rijksoverheid werkt mag hoogstens € 50 per cadeau aannemen, met toestemming van de leidinggevende, zonder tegenprestatie en nooit thuis: controleer dit"
            )
        },
        source: "p-direkt.nl",
    },
    Fact {
        id: "nl-municipality",
        country: "NL",
        concerns: municipal,
        fact: || {
            text!(
                "Municipalities set their own rules for gifts; €50 is the usual guide value: check",
                "Gemeenten hebben hun eigen regels voor cadeaus; € 50 is de gebruikelijke richtwaarde: controleer dit"
            )
        },
        source: "gemeente.nu",
    },
    Fact {
        id: "nl-medical",
        country: "NL",
        concerns: medical,
        fact: || {
            text!(
                "Medical professionals: self-regulation limits gifts, and the paediatric society says none may be offered or accepted: check",
                "Medische beroepen: zelfregulering beperkt cadeaus, en de kinderartsenvereniging zegt dat je ze niet mag aanbieden of aannemen: controleer dit"
            )
        },
        source: "nvk.nl, CGR",
    },
    Fact {
        id: "nl-vat",
        country: "NL",
        concerns: |year| near(year.value, DUTCH_VAT),
        fact: || {
            text!(
                "VAT on business gifts is deductible up to €227 for each recipient a year, excluding VAT; above that a test of 30% applies, and only for existing relations: check",
                "Btw op relatiegeschenken is aftrekbaar tot € 227 per ontvanger per jaar, zonder btw; daarboven geldt een toets van 30%, en alleen voor bestaande relaties: controleer dit"
            )
        },
        source: "mkbservicedesk, kemna.nl, fundamentvoor.nl",
    },
    Fact {
        id: "be-vat",
        country: "BE",
        concerns: |year| year.count > 1 || near(year.dearest, BELGIAN_VAT),
        fact: || {
            text!(
                "VAT is deductible for one gift a year to each business relation, when it cost less than €50 excluding VAT; never for spirits and tobacco: check",
                "Btw is aftrekbaar voor één geschenk per jaar aan elke zakenrelatie, als het minder dan € 50 zonder btw kostte; nooit voor sterkedrank en tabak: controleer dit"
            )
        },
        source: "kmocockpit.be, plutus.be",
    },
    Fact {
        id: "be-cost",
        country: "BE",
        concerns: |year| near(year.value, BELGIAN_FORM),
        fact: || {
            text!(
                "Half of what business gifts cost is deductible; above €250 a year to one professional relation a form 281.50 in their name is asked for: check",
                "Relatiegeschenken zijn voor de helft aftrekbaar; boven € 250 per jaar aan één professionele relatie wordt een fiche 281.50 op hun naam gevraagd: controleer dit"
            )
        },
        source: "sbb.be, plutus.be",
    },
    Fact {
        id: "be-public",
        country: "BE",
        concerns: |year| governmental(year) || municipal(year),
        fact: || {
            text!(
                "Federal civil servants are bound by a code of conduct, other public bodies have their own: check with them what may be accepted",
                "Federale ambtenaren zijn gebonden aan een deontologisch kader, andere overheden hebben hun eigen regels: controleer dit bij hen"
            )
        },
        source: "circular 706 of 2022, etaamb.be",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(country: &str, segment: &str, count: u32, value: i64, dearest: i64) -> Vec<&'static str> {
        let customer = Customer { segment: segment.into(), ..Customer::named("Anna") };
        let year = Year { customer: &customer, count, value: Cents(value), dearest: Cents(dearest) };
        reminders(country, &[year]).iter().map(|reminder| reminder.id).collect()
    }

    #[test]
    fn a_fact_is_said_where_it_holds_and_when_it_concerns_somebody() {
        for (country, segment, count, value, dearest, expected) in [
            ("NL", "Rijksoverheid", 0, 0, 0, vec!["nl-government"]),
            ("NL", "Gemeente Utrecht", 0, 0, 0, vec!["nl-municipality"]),
            ("NL", "zorg", 0, 0, 0, vec!["nl-medical"]),
            ("NL", "webshop", 2, 18_159, 9000, vec![]),
            ("NL", "webshop", 2, 18_160, 9000, vec!["nl-vat"]),
            ("BE", "webshop", 1, 3999, 3999, vec![]),
            ("BE", "webshop", 1, 4000, 4000, vec!["be-vat"]),
            ("BE", "webshop", 2, 2000, 1000, vec!["be-vat"]),
            ("BE", "overheid", 5, 20_000, 4000, vec!["be-vat", "be-cost", "be-public"]),
            ("DE", "overheid", 5, 99_999, 50_000, vec![]),
        ] {
            assert_eq!(ids(country, segment, count, value, dearest), expected, "{country} {segment} {value}");
        }
    }

    #[test]
    fn every_fact_asks_to_be_checked_and_promises_nothing() {
        for fact in FACTS {
            let said = (fact.fact)();
            assert!(said.en.contains(": check") && said.nl.contains(": controleer dit"), "{}", fact.id);
        }
    }
}
