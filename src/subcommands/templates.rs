//! The files of a new workspace: a journey for each kind of business, and the settings with every
//! default in sight.

use clap::ValueEnum;

use crate::domain::model::Component;
use crate::domain::retention::Retention;
use crate::domain::text::{Lang, Text};
use crate::domain::words::Channel;
use crate::intake::journey::parse_journey;
use crate::intake::schema;
use crate::settings::keys::{Key, Settings};
use crate::settings::locate::WORKSPACE_FILE;
use crate::text;

/// A kind of business, with a journey that fits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Template {
    /// A coach, trainer or therapist
    Coach,
    /// A webshop
    Webshop,
    /// An agency: design, marketing, software, advice
    Agency,
    /// A restaurant, café or small hotel
    Restaurant,
    /// Software people subscribe to
    Saas,
}

/// What a new workspace is made from.
#[derive(Debug, Clone)]
pub struct Seed {
    /// The kind of business.
    pub template: Template,
    /// The language of the files and the answers.
    pub lang: Lang,
    /// The currency, three capitals.
    pub currency: String,
    /// My own addresses.
    pub me: Vec<String>,
}

/// A file of a new workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its path in the workspace.
    pub path: &'static str,
    /// What it holds.
    pub text: String,
    /// What it is for; nothing when people never look into it.
    pub purpose: Text,
}

impl Template {
    /// The word after `--template`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Coach => "coach",
            Self::Webshop => "webshop",
            Self::Agency => "agency",
            Self::Restaurant => "restaurant",
            Self::Saas => "saas",
        }
    }

    /// The words for the business.
    pub fn label(self) -> Text {
        match self {
            Self::Coach => text!("a coach, trainer or therapist", "een coach, trainer of therapeut"),
            Self::Webshop => text!("a webshop", "een webwinkel"),
            Self::Agency => {
                text!("an agency: design, marketing, software, advice", "een bureau: ontwerp, marketing, software, advies")
            }
            Self::Restaurant => text!("a restaurant, café or small hotel", "een restaurant, café of klein hotel"),
            Self::Saas => text!("software people subscribe to", "software met abonnees"),
        }
    }

    /// The journey in YAML.
    fn journey(self, lang: Lang) -> &'static str {
        match self {
            Self::Coach => lang.pick(include_str!("templates/coach.en.yaml"), include_str!("templates/coach.nl.yaml")),
            Self::Webshop => lang.pick(include_str!("templates/webshop.en.yaml"), include_str!("templates/webshop.nl.yaml")),
            Self::Agency => lang.pick(include_str!("templates/agency.en.yaml"), include_str!("templates/agency.nl.yaml")),
            Self::Restaurant => lang.pick(include_str!("templates/restaurant.en.yaml"), include_str!("templates/restaurant.nl.yaml")),
            Self::Saas => lang.pick(include_str!("templates/saas.en.yaml"), include_str!("templates/saas.nl.yaml")),
        }
    }
}

/// The files of a new workspace, in the order they are written: `attent.yaml`, which makes the
/// folder a workspace, comes last.
pub fn files(seed: &Seed) -> Vec<NewFile> {
    let file = |path, text, purpose| NewFile { path, text, purpose };
    let schema = |path, schema: &str| file(path, schema.to_owned(), Text::default());
    let playbook = seed.lang.pick(include_str!("templates/playbook.en.yaml"), include_str!("templates/playbook.nl.yaml"));
    vec![
        schema(".attent/journey.schema.json", schema::JOURNEY),
        schema(".attent/playbook.schema.json", schema::PLAYBOOK),
        schema(".attent/workspace.schema.json", schema::WORKSPACE),
        file(".gitignore", ignored(seed.lang).to_owned(), Text::default()),
        file(
            "playbook.yaml",
            format!("{}{playbook}", modeline("./.attent/playbook")),
            text!("your own ideas, beside the shipped ones", "je eigen ideeën, naast de meegeleverde"),
        ),
        file(
            "journeys/customer.yaml",
            format!("{}{}", modeline("../.attent/journey"), seed.template.journey(seed.lang)),
            text!("the stages your customers go through", "de fasen die je klanten doorlopen"),
        ),
        file(WORKSPACE_FILE, settings(seed), text!("the settings, each with its default", "de instellingen, elk met de standaardwaarde")),
    ]
}

fn modeline(schema: &str) -> String {
    format!("# yaml-language-server: $schema={schema}.schema.json\n")
}

fn ignored(lang: Lang) -> &'static str {
    lang.pick(
        "# The log is about your customers: keep it to yourself.\nattent.db*\nbackups/\n",
        "# Het logboek gaat over je klanten: houd het voor jezelf.\nattent.db*\nbackups/\n",
    )
}

/// `attent.yaml`: what was said as settings, everything else as a comment with its default.
fn settings(seed: &Seed) -> String {
    let usual = Settings::default();
    let show = |key: Key| key.show(&usual);
    let block = |keys: Vec<(&str, Key)>| keys.iter().map(|(word, key)| format!("#  {word}: {}", show(*key))).collect::<Vec<_>>().join("\n");
    let template = seed.lang.pick(include_str!("templates/settings.en.yaml"), include_str!("templates/settings.nl.yaml"));
    let journey = parse_journey(seed.template.journey(seed.lang).as_bytes()).value.map(|journey| journey.id).unwrap_or_default();
    let recovery = vec![
        ("acknowledge", Key::Acknowledge),
        ("resolve", Key::Resolve),
        ("hours", Key::RecoveryHours),
        ("working_days", Key::WorkingDays),
        ("working_hours", Key::WorkingHours),
    ];
    let filled = template
        .replace("%LANGUAGE%", seed.lang.code())
        .replace("%CURRENCY%", &seed.currency)
        .replace("%COUNTRY%", &show(Key::Country))
        .replace("%JOURNEY%", &journey)
        .replace("%HALF_LIFE%", &show(Key::HalfLife))
        .replace("%FAILURE_HALF_LIFE%", &show(Key::FailureHalfLife))
        .replace("%WEIGHTS%", &block(Component::ALL.map(|part| (part.id(), Key::Weight(part))).to_vec()))
        .replace("%PRESSURE_CAP%", &show(Key::PressureCap))
        .replace("%BUDGET%", &block(vec![("minutes", Key::BudgetMinutes), ("euros", Key::BudgetEuros)]))
        .replace("%RECOVERY%", &block(recovery))
        .replace("%NUDGE%", &block(vec![("max", Key::NudgeMax)]))
        .replace("%RETENTION%", &block(Retention::ALL.map(|what| (what.id(), Key::Kept(what))).to_vec()))
        .replace("%CHANNELS%", &block(Channel::ALL.iter().map(|channel| (channel.word(), Key::Mass(*channel))).collect()))
        .replace("%ME%", &me(&seed.me));
    modeline("./.attent/workspace") + &filled
}

/// My addresses as YAML; JSON's quotes are YAML's too.
fn me(addresses: &[String]) -> String {
    if addresses.is_empty() {
        return "#me: [anna@example.com]".to_owned();
    }
    format!(
        "me: [{}]",
        addresses.iter().map(|address| serde_json::Value::from(address.as_str()).to_string()).collect::<Vec<_>>().join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::course::{Course, Traits};
    use crate::domain::model::Model;
    use crate::domain::touchpoint::Facts;
    use crate::domain::words::{Kind, Sender};
    use crate::intake::playbook::parse_playbook;
    use crate::intake::workspace::parse_workspace;

    fn seed(template: Template, lang: Lang) -> Seed {
        Seed { template, lang, currency: "EUR".into(), me: vec!["a\"b%ME%@example.com".into()] }
    }

    /// The text with every commented setting taken in; prose has a space after its `#`.
    fn uncommented(text: &str) -> String {
        let taken = |line: &str| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with(' ') || rest.starts_with("  ") => rest.to_owned(),
            _ => line.to_owned(),
        };
        text.lines().map(|line| taken(line) + "\n").collect()
    }

    #[test]
    fn every_file_reads_as_it_stands_and_with_its_comments_taken_in() {
        for &template in Template::value_variants() {
            for lang in [Lang::En, Lang::Nl] {
                let text = |path: &str| files(&seed(template, lang)).into_iter().find(|file| file.path == path).unwrap().text;
                let whole = uncommented(&text(WORKSPACE_FILE));
                for settings in [text(WORKSPACE_FILE), whole] {
                    let read = parse_workspace(settings.as_bytes());
                    assert!(read.complaints.is_empty(), "{settings}\n{:?}", read.complaints);
                    assert_eq!(read.value.unwrap().me, ["a\"b%me%@example.com"]);
                }
                for playbook in [text("playbook.yaml"), uncommented(&text("playbook.yaml"))] {
                    let read = parse_playbook(playbook.as_bytes());
                    assert!(read.complaints.is_empty(), "{playbook}\n{:?}", read.complaints);
                }
                let read = parse_journey(text("journeys/customer.yaml").as_bytes());
                assert!(read.complaints.is_empty(), "{} {lang:?} {:?}", template.word(), read.complaints);
            }
        }
    }

    #[test]
    fn an_imported_order_lands_where_a_webshop_orders() {
        let usual = Channel::Email.defaults();
        let (direction, personal) = (usual.direction, usual.personal);
        let (sender, kind) = (Sender::Automated, Kind::Transactional);
        let order = Facts { at: Moment(0), channel: Channel::Email, direction, sender, personal, kind, sentiment: None };
        for lang in [Lang::En, Lang::Nl] {
            let journey = parse_journey(Template::Webshop.journey(lang).as_bytes()).value.unwrap();
            let course = Course::new(journey, &Model::default());
            let claimed = course.claim(&order, Traits { tags: &["order".to_owned()], note: "#1031", ..Traits::default() });
            assert_eq!(claimed.map(|stage| course.journey.stages[stage].id.as_str()), Some("order"));
        }
    }

    #[test]
    fn the_settings_show_every_key_at_its_default() {
        for lang in [Lang::En, Lang::Nl] {
            let text = uncommented(&settings(&seed(Template::Coach, lang)));
            let file = parse_workspace(text.as_bytes()).value.unwrap();
            let mut read = Settings { language: Lang::Nl, ..Settings::default() };
            for key in Key::all().filter(|key| !matches!(key, Key::Rule(_))) {
                assert!(file.span_of(&key.name()).is_some(), "{} is not in the file", key.name());
                key.take_from(&mut read, &file);
            }
            assert_eq!(read, Settings { language: lang, me: read.me.clone(), journey: Some("client".into()), ..Settings::default() });
        }
    }
}
