//! How the words and numbers of a command line are read.

use std::ffi::OsStr;
use std::fmt;
use std::str::FromStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use crate::domain::money::Cents;
use crate::domain::text::Text;
use crate::intake::one_line;
use crate::text;

/// One of a closed set of words, in English or Dutch; completions offer the English ones.
#[derive(Debug, Clone)]
pub struct Words<T: 'static> {
    all: &'static [T],
    word: fn(T) -> &'static str,
}

impl<T: 'static> Words<T> {
    /// A parser of these words.
    pub fn new(all: &'static [T], word: fn(T) -> &'static str) -> Self {
        Self { all, word }
    }
}

impl<T: FromStr<Err = Text> + Copy + Send + Sync + 'static> TypedValueParser for Words<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<T, clap::Error> {
        value.to_str().and_then(|typed| typed.parse().ok()).ok_or_else(|| {
            let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
            if let Some(arg) = arg {
                error.insert(ContextKind::InvalidArg, ContextValue::String(arg.to_string()));
            }
            let words = self.all.iter().map(|value| (self.word)(*value).to_owned()).collect();
            error.insert(ContextKind::InvalidValue, ContextValue::String(value.to_string_lossy().into_owned()));
            error.insert(ContextKind::ValidValue, ContextValue::Strings(words));
            error
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.all.iter().map(|value| PossibleValue::new((self.word)(*value)))))
    }
}

/// Why a value was refused, in both languages: clap carries it to where the reader is known.
#[derive(Debug, Clone)]
pub struct Said(pub Text);

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Said {}

/// A number from −1 to 1, with a point or a comma.
pub fn sentiment(typed: &str) -> Result<f64, Said> {
    between(typed, -1.0).ok_or_else(|| Said(text!("it is a number from -1 to 1", "het is een getal van -1 tot 1")))
}

/// A number from 0 to 1, with a point or a comma.
pub fn share(typed: &str) -> Result<f64, Said> {
    between(typed, 0.0).ok_or_else(|| Said(text!("it is a number from 0 to 1", "het is een getal van 0 tot 1")))
}

fn between(typed: &str, least: f64) -> Option<f64> {
    let plain = typed.trim().replace(',', ".").replace('−', "-");
    // −0 says nothing more than 0.
    plain.parse::<f64>().ok().filter(|number| (least..=1.0).contains(number)).map(|number| number + 0.0)
}

/// How long it took, in minutes: `20`, or in words such as `half an hour` or `1u30`.
pub fn minutes(typed: &str) -> Result<u32, Said> {
    let number = typed.trim().parse().ok();
    number.or_else(|| one_line::minutes(typed)).ok_or_else(|| {
        Said(text!(
            "`{typed}` is no number of minutes, nor a time such as half an hour or 1h30",
            "`{typed}` is geen aantal minuten, en geen tijd zoals half uur of 1u30"
        ))
    })
}

/// An amount of money.
pub fn amount(typed: &str) -> Result<Cents, Said> {
    typed.parse().map_err(Said)
}
