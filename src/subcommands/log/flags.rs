//! What can be said of a contact with flags: for `log` and for `edit`.

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::felt::felt;
use crate::domain::limits;
use crate::domain::money::Cents;
use crate::domain::text::Text;
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender};
use crate::subcommands::complete;
use crate::subcommands::typed::{Words, amount, minutes};

/// The flags that describe a contact.
#[derive(Debug, Args, Default)]
pub struct ContactFlags {
    /// Through which channel
    #[arg(long, value_parser = Words::new(Channel::ALL, Channel::word), value_name = "CHANNEL")]
    pub channel: Option<Channel>,
    /// The customer started it
    #[arg(long = "in", conflicts_with_all = ["outward", "both"])]
    pub inward: bool,
    /// You started it
    #[arg(long = "out", conflicts_with = "both")]
    pub outward: bool,
    /// It was a conversation
    #[arg(long)]
    pub both: bool,
    /// Who made it: a person, a person with a machine's help, or a machine
    #[arg(long, value_parser = Words::new(Sender::ALL, Sender::word), value_name = "SENDER")]
    pub sender: Option<Sender>,
    /// How far it was about this customer
    #[arg(long, value_parser = Words::new(Personal::ALL, Personal::word), value_name = "HOW")]
    pub personal: Option<Personal>,
    /// What it was about
    #[arg(long, value_parser = Words::new(Kind::ALL, Kind::word), value_name = "KIND")]
    pub kind: Option<Kind>,
    /// How it felt to the customer: from -1 to 1, or great, good, neutral, bad or terrible
    #[arg(long, alias = "sentiment", value_parser = felt, allow_hyphen_values = true, value_name = "-1..1")]
    pub felt: Option<f64>,
    /// The stage it belongs to, instead of the one the journey's rules say
    #[arg(long, value_name = "STAGE", add = ArgValueCandidates::new(complete::any_stages))]
    pub stage: Option<String>,
    /// When: today, yesterday 14:00, last friday, 2026-11-20 …
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,
    /// How many minutes it took: 20, half an hour, 1h30
    #[arg(long, value_parser = minutes, value_name = "N")]
    pub minutes: Option<u32>,
    /// What it cost or brought, such as 12.50
    #[arg(long, value_parser = amount, allow_hyphen_values = true, value_name = "AMOUNT")]
    pub amount: Option<Cents>,
    /// A label; may be given more than once
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
}

impl ContactFlags {
    /// The direction that was said.
    pub fn direction(&self) -> Option<Direction> {
        let said = [(self.inward, Direction::In), (self.outward, Direction::Out), (self.both, Direction::Both)];
        said.into_iter().find(|(said, _)| *said).map(|(_, direction)| direction)
    }

    /// The labels that were said: lower case, sorted, each once, as they are a set.
    ///
    /// # Errors
    /// When one cannot be stored.
    pub fn tags(&self) -> Result<Vec<String>, Text> {
        let parts = self.tag.iter().flat_map(|tag| tag.split([' ', ',', ';'])).filter(|tag| !tag.is_empty());
        let mut tags = parts.map(|tag| limits::name(tag).map(str::to_lowercase)).collect::<Result<Vec<_>, _>>()?;
        tags.sort_unstable();
        tags.dedup();
        Ok(tags)
    }
}
