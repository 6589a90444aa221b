//! Reading `attent.yaml`: what only meaning can tell is checked here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::file::WorkspaceFile;
use super::gift_policies::gift_policies;
use super::raw::{RawLanguage, RawWeights, RawWorkspace};
use super::retention::retention;
use super::rules::rules;
use crate::domain::complaint::Complaint;
use crate::domain::names::fold;
use crate::domain::numbers::shortest;
use crate::domain::text::{Lang, Text};
use crate::domain::words::Channel;
use crate::intake::contact_words::{Meaning, Words};
use crate::intake::near::shorten;
use crate::intake::raw::{OneOrMany, amount, blank, days, lower, many, slug};
use crate::intake::recovery;
use crate::intake::schema::{self, Schema};
use crate::intake::shape::{Parsed, Shaped};
use crate::intake::sources::sources;
use crate::intake::tables;
use crate::intake::tree::Path;
use crate::text;

static SCHEMA: LazyLock<Schema<'static>> = LazyLock::new(|| schema::read(schema::WORKSPACE));

/// Reads the settings of a workspace. What it says about itself that only its user can say is a mistake.
pub fn parse_workspace(bytes: &[u8]) -> Parsed<WorkspaceFile> {
    let Parsed { value, mut complaints } = parse_own_settings(bytes);
    complaints.extend(value.as_ref().and_then(misplaced));
    Parsed::new(value, complaints)
}

/// Reads the settings in a user's own file, which hold for all workspaces.
pub fn parse_own_settings(bytes: &[u8]) -> Parsed<WorkspaceFile> {
    if let Some(complaints) = blank(bytes) {
        return Parsed::new(Some(WorkspaceFile::default()), complaints);
    }
    let mut file = match Shaped::<RawWorkspace>::read(bytes, &SCHEMA) {
        Ok(file) => file,
        Err(complaints) => return Parsed::new(None, complaints),
    };
    let read = file.raw.take().map(|raw| workspace(&mut file, raw));
    Parsed::new(read, file.complaints)
}

pub(super) type File = Shaped<RawWorkspace>;

fn workspace(file: &mut File, raw: RawWorkspace) -> WorkspaceFile {
    let key = |name: &str| Path::default().key(name);
    if let Some(id) = &raw.journey {
        slug(file, &key("journey"), id);
    }
    check_weights(file, raw.weights.as_ref());
    let budget = raw.budget.as_ref();
    let profiles = tables::checked(file, &key("profiles"), raw.profiles.unwrap_or_default());
    let sources = sources(file, raw.sources.unwrap_or_default(), &profiles);
    let words = words(file, raw.words);
    let rules = rules(file, &raw.rules);
    let recovery = raw.recovery.map(|raw| recovery::recovery(file, &key("recovery"), raw)).unwrap_or_default();
    let retention = retention(file, raw.retention.unwrap_or_default());
    let gift_policies = gift_policies(file, raw.gift_policies.unwrap_or_default());
    let trust = trust(file, raw.trust);
    let masses = Channel::ALL.iter().filter_map(|channel| Some((*channel, *raw.channels.get(channel.word())?)));
    WorkspaceFile {
        language: raw.language.map(|language| match language {
            RawLanguage::Nl => Lang::Nl,
            RawLanguage::En => Lang::En,
        }),
        currency: raw.currency.as_deref().and_then(|code| currency(file, code)),
        channels: masses.collect(),
        me: me(file, raw.me),
        journey: raw.journey,
        half_life: days(file, &key("half_life"), raw.half_life.as_ref()),
        failure_half_life: days(file, &key("failure_half_life"), raw.failure_half_life.as_ref()),
        weights: raw.weights.unwrap_or_default(),
        pressure_cap: raw.pressure_cap,
        budget_minutes: budget.and_then(|budget| budget.minutes),
        budget_money: amount(file, &key("budget").key("euros"), budget.and_then(|budget| budget.euros.as_ref())),
        rules,
        recovery,
        nudge_max: raw.nudge.and_then(|nudge| nudge.max),
        retention,
        gift_policies,
        country: raw.country.map(|code| code.to_ascii_uppercase()),
        ignore: lower(raw.ignore),
        sources,
        words,
        profiles,
        trust,
        places: file.places(),
    }
}

/// My own addresses; `@example.nl` is everybody there.
fn me(file: &mut File, raw: Option<OneOrMany<String>>) -> Vec<String> {
    let addresses = lower(raw);
    let is_address = |address: &str| address.rsplit_once('@').is_some_and(|(_, host)| !host.is_empty());
    for address in addresses.iter().filter(|address| !is_address(address)) {
        let shown = shorten(address);
        file.error(&Path::default().key("me"), text!("`{shown}` is not a mail address", "`{shown}` is geen mailadres")).help = text!(
            "write a whole address, such as anna@example.nl, or @example.nl for everybody there",
            "schrijf een heel adres, zoals anna@voorbeeld.nl, of @voorbeeld.nl voor iedereen daar"
        );
    }
    addresses
}

/// Folders by their whole path: one that depends on where a command is run would say something else each time.
fn trust(file: &mut File, raw: Option<OneOrMany<String>>) -> Vec<String> {
    let said = many(raw);
    let is_whole = |said: &str| said == "*" || said == "~" || said.starts_with("~/") || std::path::Path::new(said).is_absolute();
    for folder in said.iter().filter(|folder| !is_whole(folder)) {
        let shown = shorten(folder);
        file.error(&Path::default().key("trust"), text!("`{shown}` is not a whole path", "`{shown}` is geen heel pad")).help =
            text!("write it from the root or from home, such as ~/shared", "schrijf het vanaf de wortel of vanaf thuis, zoals ~/gedeeld");
    }
    said
}

fn misplaced(file: &WorkspaceFile) -> Option<Complaint> {
    let place = file.span_of("trust")?;
    let what = text!("`trust` does not belong in attent.yaml", "`trust` hoort niet in attent.yaml");
    Some(Complaint::error(place, what).help(text!(
        "a workspace cannot vouch for itself; put it into your own config.yaml (`attent config` says where that is)",
        "een werkmap kan niet voor zichzelf instaan; zet het in je eigen config.yaml (`attent config` zegt waar die staat)"
    )))
}

/// The phrases in the order of attent's words. One that holds no letter or digit could never be found.
fn words(file: &mut File, mut raw: BTreeMap<String, Option<OneOrMany<String>>>) -> Words {
    let mut words: Vec<(Meaning, String)> = Vec::new();
    for (word, meaning) in Meaning::all() {
        for phrase in many(raw.remove(word).flatten()) {
            if fold(&phrase).is_empty() {
                let shown = shorten(&phrase);
                let what = text!("`{shown}` holds no letter or digit", "in `{shown}` staat geen letter of cijfer");
                file.error(&Path::default().key("words").key(word), what);
            }
            words.push((meaning, phrase));
        }
    }
    Words::with(words)
}

fn currency(file: &mut File, code: &str) -> Option<String> {
    if code.len() == 3 && code.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Some(code.to_ascii_uppercase());
    }
    let shown = shorten(code);
    let what = text!("`{shown}` is not a currency code", "`{shown}` is geen valutacode");
    file.error(&Path::default().key("currency"), what).help =
        text!("a currency code has three letters, such as EUR", "een valutacode heeft drie letters, zoals EUR");
    None
}

/// Weights that do not add up to 100 still work, but a warmth is then not out of 100.
fn check_weights(file: &mut File, weights: Option<&RawWeights>) {
    let path = Path::default().key("weights");
    let Some(weights) = weights.filter(|_| file.whole(&path)) else { return };
    let given = [weights.human, weights.personal, weights.relational, weights.sentiment, weights.reciprocity];
    let sum: f64 = given.iter().zip([25.0, 25.0, 20.0, 15.0, 15.0]).map(|(given, usual)| given.unwrap_or(usual)).sum();
    if (sum - 100.0).abs() > 1e-9 {
        let what = Text::new(
            format!("the weights add up to {}, not to 100", shortest(sum).en),
            format!("de gewichten zijn samen {}, geen 100", shortest(sum).nl),
        );
        let place = file.key_span(&path);
        let complaint = Complaint::warning(place, what).help(text!(
            "weights that are left out count as 25 human, 25 personal, 20 relational, 15 sentiment, 15 reciprocity",
            "gewichten die ontbreken tellen als 25 human, 25 personal, 20 relational, 15 sentiment, 15 reciprocity"
        ));
        file.complaints.push(complaint);
    }
}
