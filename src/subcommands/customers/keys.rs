//! The addresses, telephone numbers and other names a customer is known by, as people type them.

use anyhow::Result;

use crate::domain::customer::Customer;
use crate::domain::directory::is_free_mail;
use crate::domain::limits;
use crate::domain::names::identity;
use crate::domain::phone::{Country, normal};
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::text;

/// A key as it is stored: an address in lower case, a telephone number in one notation
/// (`+31612345678`), `@example.nl` for everybody at a firm, and anything else as another name.
///
/// # Errors
/// When it is none of these.
pub fn read(typed: &str, country: Country) -> Result<String, Text> {
    let key = limits::name(typed)?;
    match key.strip_prefix('@') {
        Some(domain) => firm(key, &domain.to_lowercase()),
        None if key.contains('@') => email(key),
        None => Ok(normal(key, country).unwrap_or_else(|| key.to_owned())),
    }
}

/// A mail address, in lower case.
///
/// # Errors
/// When it does not look like one.
pub fn email(typed: &str) -> Result<String, Text> {
    let key = limits::name(typed)?;
    let shaped = key.split_once('@').is_some_and(|(who, at)| !who.is_empty() && !at.is_empty() && !at.contains('@'));
    if !shaped || key.contains(char::is_whitespace) {
        return Err(text!("`{key}` is not an e-mail address", "`{key}` is geen e-mailadres"));
    }
    Ok(key.to_lowercase())
}

/// A telephone number in one notation; one that is not whole, such as an extension, as typed.
///
/// # Errors
/// When it does not look like one.
pub fn phone(typed: &str, country: Country) -> Result<String, Text> {
    let key = limits::name(typed)?;
    if key.chars().filter(char::is_ascii_digit).count() < 3 {
        return Err(text!("`{key}` is not a telephone number", "`{key}` is geen telefoonnummer"));
    }
    Ok(normal(key, country).unwrap_or_else(|| key.to_owned()))
}

fn firm(key: &str, domain: &str) -> Result<String, Text> {
    let shaped = domain.split('.').count() > 1 && domain.split('.').all(|part| !part.is_empty());
    if !shaped || domain.contains('@') || domain.contains(char::is_whitespace) {
        return Err(text!(
            "`{key}` is not the end of a firm's mail addresses, such as @example.nl",
            "`{key}` is niet het eind van de mailadressen van een bedrijf, zoals @voorbeeld.nl"
        ));
    }
    if is_free_mail(domain) {
        return Err(text!(
            "anybody can have an address at {domain}, so it is not one customer's",
            "iedereen kan een adres bij {domain} hebben, dus dat hoort niet bij één klant"
        ));
    }
    Ok(format!("@{domain}"))
}

/// Adds a key, unless the customer is known by it; false when they were.
pub fn add(customer: &mut Customer, key: String, country: Country) -> bool {
    let known = customer.keys.iter().chain([&customer.name]).any(|known| same(known, &key, country));
    if !known {
        customer.keys.push(key);
    }
    !known
}

/// Takes a key away.
///
/// # Errors
/// When the customer is not known by it.
pub fn remove(customer: &mut Customer, typed: &str, country: Country) -> Result<()> {
    let before = customer.keys.len();
    customer.keys.retain(|known| !same(known, typed, country));
    if customer.keys.len() == before {
        let (name, keys) = (&customer.name, customer.keys.join(", "));
        let problem = Problem::usage(text!("{name} is not known by `{typed}`", "{name} is niet bekend als `{typed}`"));
        return Err(if keys.is_empty() { problem } else { problem.why(text!("but by {keys}", "maar wel als {keys}")) }.into());
    }
    Ok(())
}

/// Whether two keys are one: the same in any case, or the same number in any notation.
fn same(known: &str, typed: &str, country: Country) -> bool {
    let number = |key| normal(key, country);
    identity(known) == identity(typed) || number(known).is_some_and(|known| number(typed) == Some(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_key_is_stored_in_one_notation() {
        for (typed, stored) in [
            ("Anna@Jansen.NL ", "anna@jansen.nl"),
            ("@Jansen.nl", "@jansen.nl"),
            ("06-1234 5678", "+31612345678"),
            ("+44 20 7946 0958", "+442079460958"),
            ("Annie", "Annie"),
            ("klant 12", "klant 12"),
            ("12", "12"),
        ] {
            assert_eq!(read(typed, Country::default()).as_deref(), Ok(stored), "{typed}");
        }
        for wrong in ["", "@", "@nl", "@gmail.com", "@a b.nl", "a@b@c.nl", "an na@x.nl", "x@", "a\nb"] {
            assert!(read(wrong, Country::default()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_number_is_one_key_in_any_notation() {
        let (mut anna, home) = (Customer::named("Anna"), Country::default());
        anna.keys = vec!["06-1234 5678".into()];
        assert!(!add(&mut anna, "+31612345678".into(), home) && !add(&mut anna, "ANNA".into(), home));
        assert!(add(&mut anna, "Annie".into(), home));
        assert!(remove(&mut anna, "0031 6 12345678", home).is_ok());
        assert_eq!(anna.keys, ["Annie"]);
        assert!(remove(&mut anna, "06", home).is_err());
    }
}
