//! The playbook in YAML: the shipped one, and a user's own that adds to it and overrides it.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use super::near::{nearest, shorten, suggest};
use super::raw::{OneOrMany, RawText, amount, amount_schema, blank, days, duration_schema, lower, many, slug};
use super::schema::{self, Schema};
use super::shape::{Parsed, Shaped};
use super::tree::Path;
use crate::domain::complaint::{Complaint, Span};
use crate::domain::finding::FindingKind;
use crate::domain::play::{CHECK_BACK, Grade, Occasion, Play, PlayContact, REFERRAL_ASK, Theme};
use crate::domain::text::Text;
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender};
use crate::text;

/// A playbook: plays that are added to the shipped ones, or take their place.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "attent playbook")]
pub struct RawPlaybook {
    /// The plays; one with the id of a shipped play takes its place.
    #[serde(default)]
    #[schemars(with = "Option<Vec<RawPlay>>")]
    pub plays: Vec<Option<RawPlay>>,
    /// The ids of shipped plays that are not wanted.
    pub hide: Option<OneOrMany<String>>,
}

/// A play: one warm, human action.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPlay {
    /// The id, unique in the playbook: lower-case letters, digits, `-` and `_`.
    #[schemars(regex(pattern = "^[a-z0-9][a-z0-9_-]*$"), example = &"short-call")]
    pub id: String,
    /// What people call it.
    pub title: RawText,
    /// What to do, in one sentence.
    pub action: RawText,
    /// The family it belongs to.
    pub theme: Theme,
    /// Which findings it answers; an empty list for a play that waits for an occasion, asks for a referral
    /// or asks back after a recovery.
    pub answers: OneOrMany<FindingKind>,
    /// The only stages it fits in; everywhere when left out.
    pub stages: Option<OneOrMany<String>>,
    /// Where it does not fit, and why.
    pub not_for: Option<RawText>,
    /// Minutes of a person's time.
    #[schemars(range(min = 0, max = 100_000))]
    pub minutes: u32,
    /// Money it costs; nothing when left out.
    #[schemars(schema_with = "amount_schema")]
    #[serde(default)]
    pub cost: Option<serde_json::Value>,
    /// The time between deciding and arriving.
    #[schemars(schema_with = "duration_schema")]
    #[serde(default)]
    pub lead_time: Option<String>,
    /// The touchpoint it becomes when it is done.
    pub touchpoint: RawContact,
    /// What to check before it counts as done.
    pub checklist: Option<OneOrMany<RawText>>,
    /// How well it is borne out.
    pub evidence: Option<RawEvidence>,
    /// What must have happened first.
    pub occasion: Option<RawOccasion>,
    /// For a recovery play: it fits in the two weeks after it has been made good, and not before.
    pub after_recovery: Option<bool>,
}

/// The touchpoint a play becomes; what is left out is what the channel stands for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawContact {
    /// Through which channel.
    pub channel: Channel,
    /// Which way.
    pub direction: Option<Direction>,
    /// Who makes it.
    pub sender: Option<Sender>,
    /// How personal.
    pub personal: Option<Personal>,
    /// What it is about.
    pub kind: Option<Kind>,
    /// How it is assumed to feel, from -1 to 1; 0 when left out.
    #[schemars(range(min = -1, max = 1))]
    pub sentiment: Option<f64>,
    /// Its tags.
    pub tags: Option<OneOrMany<String>>,
}

/// How well a play is borne out.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawEvidence {
    /// The grade.
    pub grade: Grade,
    /// What was found, in a sentence.
    pub note: Option<RawText>,
    /// Who found it.
    pub source: Option<String>,
}

/// What must have happened before a play fits.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawOccasion {
    /// The tag of the touchpoint that makes the occasion; any of them.
    pub tag: OneOrMany<String>,
    /// At most how long ago.
    #[schemars(schema_with = "duration_schema")]
    pub within: String,
}

/// A playbook as it stands in one file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Playbook {
    /// Its plays, in the order of the file.
    pub plays: Vec<Play>,
    /// The shipped plays that are not wanted.
    pub hide: Vec<String>,
    places: Places,
}

/// Where the names stand that only other files can confirm.
#[derive(Debug, Clone, Default, PartialEq)]
struct Places {
    /// For each play, for each of its stages.
    stages: Vec<Vec<Span>>,
    hide: Vec<Span>,
}

impl Playbook {
    /// Complains of every play that names a stage no journey has.
    pub fn check_stages(&self, known: &[&str]) -> Vec<Complaint> {
        let plays = self.plays.iter().zip(&self.places.stages);
        let named = plays.flat_map(|(play, places)| play.stages.iter().zip(places));
        named.filter(|(stage, _)| !known.contains(&stage.as_str())).map(|(stage, &place)| no_stage(stage, place, known)).collect()
    }

    /// Complains of every hidden play that is not shipped.
    pub fn check_against(&self, shipped: &[Play]) -> Vec<Complaint> {
        let known = shipped.iter().map(|play| play.id.as_str()).collect::<Vec<_>>();
        let named = self.hide.iter().zip(&self.places.hide);
        named.filter(|(id, _)| !known.contains(&id.as_str())).map(|(id, &place)| no_play(id, place, &known)).collect()
    }
}

fn no_stage(stage: &str, place: Span, known: &[&str]) -> Complaint {
    let shown = shorten(stage);
    Complaint::error(place, text!("no stage is called `{shown}`", "geen fase heet `{shown}`")).help(suggest(&shown, known))
}

fn no_play(id: &str, place: Span, known: &[&str]) -> Complaint {
    let shown = shorten(id);
    let help = nearest(&shown, known.iter().copied());
    let help = help.map(|id| text!("did you mean `{id}`?", "bedoelde je `{id}`?")).unwrap_or_default();
    Complaint::error(place, text!("no shipped play is called `{shown}`", "geen meegeleverde actie heet `{shown}`")).help(help)
}

/// The plays that count: the shipped ones without the hidden, each replaced by an own play of the
/// same id, and after them the own plays that are new.
pub fn merge(shipped: &[Play], own: &Playbook) -> Vec<Play> {
    let own_of = |id: &str| own.plays.iter().find(|play| play.id == id);
    let kept = shipped.iter().filter(|play| !own.hide.contains(&play.id) || own_of(&play.id).is_some());
    let kept = kept.map(|play| own_of(&play.id).unwrap_or(play));
    let new = own.plays.iter().filter(|play| shipped.iter().all(|other| other.id != play.id));
    kept.chain(new).cloned().collect()
}

/// What the other files of the workspace know, against which a playbook is checked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// The ids of the stages of all journeys; `None` when they cannot be known.
    pub stages: Option<&'a [&'a str]>,
    /// The shipped plays; `None` when the file is itself the shipped playbook.
    pub shipped: Option<&'a [Play]>,
}

static SCHEMA: LazyLock<Schema<'static>> = LazyLock::new(|| schema::read(schema::PLAYBOOK));

/// Reads a playbook by itself.
pub fn parse_playbook(bytes: &[u8]) -> Parsed<Playbook> {
    check_playbook(bytes, Known::default())
}

/// Reads a playbook beside the files it names things of: all mistakes at once.
pub fn check_playbook(bytes: &[u8], known: Known<'_>) -> Parsed<Playbook> {
    if let Some(complaints) = blank(bytes) {
        return Parsed::new(Some(Playbook::default()), complaints);
    }
    let mut file = match Shaped::<RawPlaybook>::read(bytes, &SCHEMA) {
        Ok(file) => file,
        Err(complaints) => return Parsed::new(None, complaints),
    };
    let playbook = file.raw.take().map(|raw| playbook(&mut file, raw));
    let mut complaints = file.complaints;
    if let Some(playbook) = &playbook {
        complaints.extend(known.stages.map(|stages| playbook.check_stages(stages)).unwrap_or_default());
        complaints.extend(known.shipped.map(|shipped| playbook.check_against(shipped)).unwrap_or_default());
    }
    Parsed::new(playbook, complaints)
}

type File = Shaped<RawPlaybook>;

fn playbook(file: &mut File, raw: RawPlaybook) -> Playbook {
    let root = Path::default();
    let mut read = Playbook { hide: many(raw.hide), ..Playbook::default() };
    read.places.hide = (0..read.hide.len()).map(|index| file.span(&root.key("hide").index(index))).collect();
    let mut first = std::collections::HashMap::new();
    for (index, raw) in raw.plays.into_iter().enumerate() {
        let Some(raw) = raw else { continue };
        let path = root.key("plays").index(index);
        check_id(file, &raw.id, &path.key("id"), &mut first);
        let play = play(file, raw, &path);
        let places = (0..play.stages.len()).map(|index| file.span(&path.key("stages").index(index)));
        read.places.stages.push(places.collect());
        read.plays.push(play);
    }
    read
}

fn check_id(file: &mut File, id: &str, path: &Path, first: &mut std::collections::HashMap<String, Span>) {
    slug(file, path, id);
    let place = file.span(path);
    if let Some(&earlier) = first.get(id) {
        let shown = shorten(id);
        let complaint = file.error(path, text!("play `{shown}` stands here twice", "actie `{shown}` staat hier twee keer"));
        complaint.also = Some((earlier, text!("first here", "eerst hier")));
        complaint.help = text!("give one of them another id", "geef een van beide een andere id");
    }
    first.entry(id.to_owned()).or_insert(place);
}

fn play(file: &mut File, mut raw: RawPlay, path: &Path) -> Play {
    let (answers, tags) = (many(Some(raw.answers)), lower(raw.touchpoint.tags.take()));
    let asked_for_by_itself = raw.occasion.is_some() || tags.iter().any(|tag| tag == REFERRAL_ASK || tag == CHECK_BACK);
    if answers.is_empty() && !asked_for_by_itself && file.whole(&path.key("answers")) {
        file.error(
            &path.key("answers"),
            text!(
                "a play needs at least one finding that it answers, or an occasion",
                "een actie heeft minstens één bevinding nodig die ze beantwoordt, of een aanleiding"
            ),
        );
    }
    let after_recovery = raw.after_recovery.unwrap_or_default();
    if after_recovery && raw.theme != Theme::Recovery {
        file.error(
            &path.key("after_recovery"),
            text!(
                "only a play of the theme `recovery` can follow a recovery",
                "alleen een actie met het thema `recovery` kan op herstel volgen"
            ),
        );
    }
    let evidence = raw.evidence.unwrap_or(RawEvidence { grade: Grade::Judgement, note: None, source: None });
    Play {
        id: raw.id,
        title: raw.title.into(),
        action: raw.action.into(),
        theme: raw.theme,
        answers,
        stages: many(raw.stages),
        not_for: raw.not_for.map(Text::from).unwrap_or_default(),
        minutes: raw.minutes,
        cost: amount(file, &path.key("cost"), raw.cost.as_ref()).unwrap_or_default(),
        lead_time: days(file, &path.key("lead_time"), raw.lead_time.as_ref()).unwrap_or_default(),
        contact: contact(&raw.touchpoint),
        tags,
        checklist: many(raw.checklist).into_iter().map(Text::from).collect(),
        grade: evidence.grade,
        evidence: evidence.note.map(Text::from).unwrap_or_default(),
        source: evidence.source.unwrap_or_default(),
        occasion: raw.occasion.and_then(|raw| occasion(file, raw, &path.key("occasion"))),
        after_recovery,
    }
}

fn contact(raw: &RawContact) -> PlayContact {
    let usual = raw.channel.defaults();
    PlayContact {
        channel: raw.channel,
        direction: raw.direction.unwrap_or(usual.direction),
        sender: raw.sender.unwrap_or(usual.sender),
        personal: raw.personal.unwrap_or(usual.personal),
        kind: raw.kind.unwrap_or(usual.kind),
        sentiment: raw.sentiment.unwrap_or_default(),
    }
}

fn occasion(file: &mut File, raw: RawOccasion, path: &Path) -> Option<Occasion> {
    let within = days(file, &path.key("within"), Some(&raw.within));
    let tags = lower(Some(raw.tag));
    if tags.is_empty() && file.whole(&path.key("tag")) {
        file.error(&path.key("tag"), text!("an occasion needs a tag", "een aanleiding heeft een label nodig"));
    }
    Some(Occasion { tags, within: within? })
}

#[cfg(test)]
#[path = "playbook_tests.rs"]
mod tests;
