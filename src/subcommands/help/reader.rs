//! Who reads, as far as that is told before the command line is understood.

use std::ffi::{OsStr, OsString};
use std::io::IsTerminal;

use clap::ValueEnum as _;

use super::super::cli::When;
use crate::domain::text::Lang;
use crate::settings::env::Environment;

/// The reader's language: what `--lang` says wherever it stands, else what the environment says.
pub fn language(words: &[OsString], environment: &Environment) -> Lang {
    said(words, "--lang").and_then(Lang::from_locale).unwrap_or_else(|| environment.language())
}

/// Whether what is written there has colour.
pub fn color(words: &[OsString], environment: &Environment, out: &impl IsTerminal) -> bool {
    let when = said(words, "--color").and_then(|word| When::from_str(word, false).ok());
    when.unwrap_or_default().decides(environment, out.is_terminal())
}

/// What was typed last behind a flag; what stands behind `--` is no flag.
fn said<'a>(words: &'a [OsString], flag: &str) -> Option<&'a str> {
    let words: Vec<&str> =
        words.iter().take_while(|word| *word != OsStr::new("--")).map(|word| word.to_str().unwrap_or_default()).collect();
    (0..words.len()).rev().find_map(|at| match words[at].strip_prefix(flag)? {
        "" => words.get(at + 1).copied(),
        joined => joined.strip_prefix('='),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(line: &str, set: &[(&str, &str)]) -> &'static str {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        language(&words, &Environment::from_pairs(set.to_vec())).code()
    }

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        for line in ["attent --lang nl --help", "attent log --lang=nl", "attent log --help --lang nl", "attent --lang en score --lang nl"] {
            assert_eq!(reads(line, &[("LANG", "en_GB.UTF-8")]), "nl", "{line}");
        }
        for line in ["attent", "attent --lang", "attent --language nl", "attent log a -- --lang nl", "attent --lang fr"] {
            assert_eq!(reads(line, &[]), "en", "{line}");
        }
    }

    #[test]
    fn the_environment_tells_otherwise() {
        assert_eq!(reads("attent", &[("LANG", "nl_NL.UTF-8")]), "nl");
        assert_eq!(reads("attent", &[("LANG", "nl_NL"), ("LC_ALL", "en_GB")]), "en");
        assert_eq!(reads("attent", &[("LC_ALL", "en_GB"), ("ATTENT_LANG", "nl")]), "nl");
        assert_eq!(reads("attent --lang en", &[("ATTENT_LANGUAGE", "nl")]), "en");
        assert_eq!(reads("attent --lang fr", &[("LANG", "nl")]), "nl");
    }
}
