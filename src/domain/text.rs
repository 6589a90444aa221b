//! Words in the two languages of the program.
//!
//! Every sentence a person reads is born in English and Dutch at the place that knows what to
//! say; only the edge, which knows the reader, picks one. No lower floor asks for a language.

use std::fmt;

/// The reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Dutch.
    Nl,
}

impl Lang {
    /// Reads a language from a code or a locale name: `nl`, `nl_NL.UTF-8`, `en-GB`.
    pub fn from_locale(locale: &str) -> Option<Self> {
        let code = locale.split(['_', '-', '.']).next().unwrap_or_default();
        match code.to_ascii_lowercase().as_str() {
            "nl" => Some(Self::Nl),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The two-letter code, as it stands in `attent.yaml` and in HTML.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }

    /// Picks the string of this language.
    pub fn pick<T>(self, en: T, nl: T) -> T {
        match self {
            Self::En => en,
            Self::Nl => nl,
        }
    }
}

/// One message in both languages. Build it with [`text!`](crate::text).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// The English wording.
    pub en: String,
    /// The Dutch wording.
    pub nl: String,
}

impl Text {
    /// Pairs the two wordings.
    pub fn new(en: impl Into<String>, nl: impl Into<String>) -> Self {
        Self { en: en.into(), nl: nl.into() }
    }

    /// A word that is the same in both languages: a name, an identifier, what a person typed.
    pub fn same(word: impl Into<String>) -> Self {
        let word = word.into();
        Self { en: word.clone(), nl: word }
    }

    /// The wording for one reader.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.nl)
    }

    /// True when nothing is said.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.nl.is_empty()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

/// Formats a [`Text`](crate::domain::text::Text): the English pattern, the Dutch pattern, then
/// arguments that both of them use. Captured variables work in either.
#[macro_export]
macro_rules! text {
    ($en:literal, $nl:literal $(, $($arg:tt)*)?) => {
        $crate::domain::text::Text::new(
            format!($en $(, $($arg)*)?),
            format!($nl $(, $($arg)*)?),
        )
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_name_a_language_or_none() {
        assert_eq!(Lang::from_locale("nl_NL.UTF-8"), Some(Lang::Nl));
        assert_eq!(Lang::from_locale("en-GB"), Some(Lang::En));
        assert_eq!(Lang::from_locale("C"), None);
        assert_eq!(Lang::from_locale(""), None);
    }

    #[test]
    fn a_message_keeps_both_wordings() {
        let name = "Anna";
        let said = crate::text!("no customer {name}", "geen klant {name}");
        assert_eq!(said.get(Lang::En), "no customer Anna");
        assert_eq!(said.get(Lang::Nl), "geen klant Anna");
    }
}
