//! What the log of the demo business cannot say: who its customers are, and what went wrong.

use crate::domain::calendar::Moment;
use crate::domain::customer::{Customer, GiftPolicy};
use crate::domain::incident::Incident;
use crate::domain::money::Cents;
use crate::domain::text::{Lang, Text};
use crate::domain::touchpoint::CustomerId;
use crate::domain::words::Severity;

/// The settings of the demo business.
pub fn settings(lang: Lang) -> String {
    let about = lang.pick("The settings of a made-up garden studio.", "De instellingen van een verzonnen tuinstudio.");
    let week = lang.pick("What a week may cost.", "Wat een week mag kosten.");
    let code = lang.code();
    format!("# {about}\nlanguage: {code}\ncurrency: EUR\njourney: garden\n# {week}\nbudget: {{minutes: 180, euros: 60}}\n")
}

/// The journey.
pub fn journey(lang: Lang) -> &'static str {
    lang.pick(include_str!("journey.en.yaml"), include_str!("journey.nl.yaml"))
}

/// The log as it is imported: what happened so many days ago gets its moment.
pub fn log(lang: Lang, now: Moment) -> String {
    let told = lang.pick(include_str!("log.en.csv"), include_str!("log.nl.csv"));
    let dated = told.lines().map(|line| {
        let (ago, rest) = line.split_once(',').unwrap_or((line, ""));
        let at = ago.parse().ok().and_then(|days| chrono::DateTime::from_timestamp_millis(now.minus_days(days).0));
        at.map_or_else(|| format!("at,{rest}\n"), |at| format!("{},{rest}\n", at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)))
    });
    dated.collect()
}

/// The customers of whom more is known than their name.
pub fn customers(now: Moment) -> [Customer; 5] {
    let one = |name: &str, segment: &str, days: f64, gifts: GiftPolicy| Customer {
        segment: segment.to_owned(),
        since: Some(now.minus_days(days)),
        gifts,
        ..Customer::named(name)
    };
    let up_to = |euros: i64| GiftPolicy::UpTo(Cents(euros * 100));
    [
        one("Marieke de Boer", "home", 397.9, up_to(50)),
        one("Yusuf Demir", "home", 378.2, up_to(50)),
        one("Kate Sullivan", "home", 66.0, up_to(25)),
        one("Ravi Patel", "home", 150.0, up_to(25)),
        one("De Wilgen School", "school", 300.0, GiftPolicy::None),
    ]
}

/// A failure, and by name whose it is.
pub struct Mishap {
    /// The customer.
    pub customer: &'static str,
    /// What went wrong; the customer's number is filled in when it is known.
    pub incident: Incident,
}

/// What went wrong: one made good, one open.
pub fn mishaps(lang: Lang, now: Moment) -> [Mishap; 2] {
    let wood = Text::new("The table top came in the wrong wood", "Het tafelblad kwam in de verkeerde houtsoort");
    let ramp = Text::new(
        "Pallets of stone blocked his ramp, and nobody had warned him",
        "Pallets met stenen stonden voor zijn oprit, en niemand had iets gezegd",
    );
    let open = |severity, kind: &str, what: &Text, days: f64| Incident {
        stage: Some("build".to_owned()),
        severity,
        kind: kind.to_owned(),
        ..Incident::new(CustomerId(0), what.get(lang), now.minus_days(days))
    };
    let mended = Incident {
        acknowledged: Some(now.minus_days(57.9)),
        resolved: Some(now.minus_days(56.6)),
        personal: true,
        stated_quality: Some(0.9),
        ..open(Severity::Minor, "wrong-delivery", &wood, 58.2)
    };
    [
        Mishap { customer: "Julia Stein", incident: mended },
        Mishap { customer: "Willem Dekker", incident: open(Severity::Moderate, "access", &ramp, 3.2) },
    ]
}
