//! The fixed words of a touchpoint: channel, direction, sender, personal, kind.
//!
//! The same words stand in commands, files, JSON and the documentation (METHOD §1.2). Sets of words
//! that belong to another noun are declared beside it, with the same macro.

/// Declares a closed set of words with their Dutch labels and a stable number each. Where a word says too little to a
/// reader, its English label stands between brackets behind it.
macro_rules! words {
    (@label $word:literal) => { $word };
    (@label $word:literal $english:literal) => { $english };
    ($(#[$doc:meta])* $name:ident, $what_en:literal, $what_nl:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal $(($english:literal))?, $dutch:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// Every value, in the order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word as it is typed, stored and exported.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The word as a reader sees it.
            pub fn label(self) -> $crate::domain::text::Text {
                match self { $(Self::$variant => $crate::domain::text::Text::new(words!(@label $word $($english)?), $dutch),)+ }
            }

            /// The stable number the ledger stores.
            pub fn code(self) -> u8 {
                self as u8
            }

            /// The value of a stored number.
            pub fn from_code(code: u8) -> Option<Self> {
                Self::ALL.get(usize::from(code)).copied()
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::text::Text;

            fn from_str(word: &str) -> Result<Self, $crate::domain::text::Text> {
                let typed = word.trim();
                let lower = typed.to_lowercase();
                Self::ALL
                    .iter()
                    .copied()
                    .find(|value| [value.word(), &value.label().en, &value.label().nl].contains(&lower.as_str()))
                    .ok_or_else(|| {
                        let (en, nl) = ($what_en, $what_nl);
                        let words = Self::ALL.iter().map(|value| value.word()).collect::<Vec<_>>().join(", ");
                        $crate::text!(
                            "`{typed}` is not a {en}; it is one of: {words}",
                            "`{typed}` is geen {nl}; het is een van: {words}"
                        )
                    })
            }
        }
    };
}

pub(super) use words;

words! {
    /// Through which medium the contact went.
    Channel, "channel", "kanaal" {
        /// Face to face at either's place.
        Visit = "visit", "bezoek";
        /// A gathering with several people.
        Event = "event", "evenement";
        /// A video call.
        Video = "video", "videogesprek";
        /// A telephone call.
        Phone = "phone", "telefoon";
        /// A (handwritten) card.
        Card = "card", "kaart";
        /// A present.
        Gift = "gift", "cadeau";
        /// A personal SMS, WhatsApp or direct message.
        Message = "message", "bericht";
        /// Live chat.
        Chat = "chat", "chat";
        /// E-mail.
        Email = "email", "e-mail";
        /// A printed letter.
        Letter = "letter", "brief";
        /// Social media.
        Social = "social", "social media";
        /// A portal or an app.
        Portal = "portal", "portaal";
        /// A newsletter.
        Newsletter = "newsletter", "nieuwsbrief";
        /// A push notification.
        Push = "push", "pushmelding";
        /// A survey.
        Survey = "survey", "enquête";
    }
}

words! {
    /// Who started it: the customer (`in`), the firm (`out`), or a conversation (`both`).
    Direction, "direction", "richting" {
        /// From the customer.
        In = "in" ("from them"), "van de klant";
        /// To the customer.
        Out = "out" ("to them"), "naar de klant";
        /// A conversation.
        Both = "both" ("both ways"), "over en weer";
    }
}

words! {
    /// Who made it: a person, a person with a machine's draft, or a machine.
    Sender, "sender", "afzender" {
        /// A person.
        Human = "human", "mens";
        /// Drafted by a machine and sent by a person, or sent in someone's name.
        Assisted = "assisted", "met hulp";
        /// A machine.
        Automated = "automated", "automatisch";
    }
}

words! {
    /// How far it refers to this customer.
    Personal, "degree of personal contact", "graad van persoonlijk contact" {
        /// About this customer's own situation.
        Personal = "personal", "persoonlijk";
        /// A name or a segment merged in.
        Merged = "merged", "ingevuld";
        /// The same for everybody.
        Generic = "generic", "algemeen";
    }
}

words! {
    /// What the contact was about.
    Kind, "kind", "soort" {
        /// The relation itself.
        Relational = "relational", "relatie";
        /// Help with what was bought.
        Service = "service", "service";
        /// Selling.
        Promo = "promo", "promotie";
        /// Order, invoice, reminder, contract.
        Transactional = "transactional", "zakelijk";
    }
}

words! {
    /// How grave a failure is for the customer.
    Severity, "severity", "ernst" {
        /// An annoyance.
        Minor = "minor", "klein";
        /// It cost the customer time or money.
        Moderate = "moderate", "matig";
        /// It harmed the customer or broke a promise that mattered.
        Severe = "severe", "ernstig";
    }
}

/// What a channel stands for when nothing else is said. Judgements **[J]**, shown as such in the
/// documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChannelDefaults {
    /// The direction.
    pub direction: Direction,
    /// The sender.
    pub sender: Sender,
    /// How personal.
    pub personal: Personal,
    /// What it is about.
    pub kind: Kind,
}

impl Channel {
    /// What is assumed of a touchpoint that says only its channel: conversations go both ways
    /// (METHOD §1.2), the rest is a judgement on how small firms use the channel **[J]**.
    pub fn defaults(self) -> ChannelDefaults {
        use Channel as C;
        let (direction, sender, personal, kind) = match self {
            C::Visit | C::Video | C::Phone => (Direction::Both, Sender::Human, Personal::Personal, Kind::Relational),
            C::Event => (Direction::Both, Sender::Human, Personal::Generic, Kind::Relational),
            C::Chat => (Direction::Both, Sender::Human, Personal::Personal, Kind::Service),
            C::Card | C::Gift | C::Message => (Direction::Out, Sender::Human, Personal::Personal, Kind::Relational),
            C::Email | C::Letter => (Direction::Out, Sender::Human, Personal::Personal, Kind::Service),
            C::Social => (Direction::Out, Sender::Human, Personal::Generic, Kind::Relational),
            C::Portal | C::Survey => (Direction::Out, Sender::Automated, Personal::Generic, Kind::Service),
            C::Newsletter | C::Push => (Direction::Out, Sender::Automated, Personal::Generic, Kind::Promo),
        };
        ChannelDefaults { direction, sender, personal, kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back_from_its_word_label_and_number() {
        for &channel in Channel::ALL {
            assert_eq!(channel.word().parse(), Ok(channel));
            assert_eq!(channel.label().nl.to_uppercase().parse(), Ok(channel));
            assert_eq!(Channel::from_code(channel.code()), Some(channel));
            assert_eq!(serde_json::to_value(channel).unwrap(), channel.word());
        }
        assert_eq!(Channel::from_code(15), None);
    }

    #[test]
    fn a_wrong_word_is_answered_with_the_right_ones() {
        let said = "sideways".parse::<Direction>().unwrap_err();
        assert_eq!(said.en, "`sideways` is not a direction; it is one of: in, out, both");
        assert_eq!(said.nl, "`sideways` is geen richting; het is een van: in, out, both");
    }
}
