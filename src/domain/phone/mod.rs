//! Telephone numbers in any notation → one notation, so that they can be compared.
//!
//! The result is E.164 (ITU-T): `+`, the calling code, the number without its trunk prefix. It says
//! that two notations are the same number, not that the number exists: for that one needs the
//! numbering plans of the whole world, which are heavier than this program and old within months.
//! The table knows the countries of Europe and some beyond; numbers of other countries are read
//! when they are written with `+` or `00`.

mod countries;

#[cfg(test)]
mod tests;

pub use countries::Country;

/// The fewest digits of a number worth comparing, and the most that E.164 allows (§6.2.1).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// What may come before an extension, which is dropped.
const EXTENSIONS: &[&str] = &[";", ",", "#", "ext", "x", "toestel", "tst", "doorkies", "dw"];

/// A number as E.164, such as `+31612345678`; `country` is that of whoever wrote it. Normalising
/// twice changes nothing.
///
/// `None` for what is no telephone number, or not a whole one: letters in it, fewer than 7 digits
/// or more than 15, or a local number without its area.
pub fn normal(typed: &str, country: Country) -> Option<String> {
    let written = without_extension(typed);
    let (plus, all) = digits(&written).filter(|(_, all)| all.len() >= *DIGITS.start())?;
    if plus {
        return whole(&all, &written);
    }
    let abroad = [country.abroad, "00"].into_iter().find(|prefix| !prefix.is_empty() && all.starts_with(prefix));
    if let Some(prefix) = abroad {
        return whole(&all[prefix.len()..], &written);
    }
    let trunk = country.trunks.iter().find(|trunk| all.starts_with(**trunk) && !country.is_all_of(&all));
    match trunk {
        Some(trunk) => whole(&format!("{}{}", country.calling, &all[trunk.len()..]), ""),
        None => whole(&country.without_trunk(&all)?, ""),
    }
}

fn without_extension(typed: &str) -> String {
    let lower = typed.trim().to_lowercase();
    let number = ["tel:", "tel.", "callto:", "sms:"].iter().find_map(|scheme| lower.strip_prefix(scheme)).unwrap_or(&lower);
    let end = EXTENSIONS.iter().filter_map(|mark| number.find(mark)).min().unwrap_or(number.len());
    number[..end].to_owned()
}

/// Whether it begins with a plus, and the digits; `None` when there is anything else in it than
/// what people part digits with.
fn digits(written: &str) -> Option<(bool, String)> {
    let mut plus = false;
    let mut all = String::new();
    for sign in written.chars() {
        match sign {
            '0'..='9' => all.push(sign),
            '+' if all.is_empty() && !plus => plus = true,
            '(' | ')' | '[' | ']' | '-' | '.' | '/' | '·' | '‐'..='―' | '−' | '_' | '~' => {}
            // Telephones put marks for the direction of writing around the numbers they copy.
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {}
            _ if sign.is_whitespace() => {}
            _ => return None,
        }
        // No need to read on through a book.
        if all.len() > 40 {
            return None;
        }
    }
    Some((plus, all))
}

/// A number from its calling code on, without the trunk prefix people leave in: `+31 (0)6 …`.
fn whole(coded: &str, written: &str) -> Option<String> {
    let number = match Country::called(coded) {
        Some(country) => country.without_zero(coded),
        // Hardly any number begins with a zero of its own, so one in brackets is not dialled.
        None => match written.split_once("(0)").and_then(|(_, after)| digits(after)) {
            Some((_, after)) if coded.ends_with(&format!("0{after}")) => format!("{}{after}", &coded[..coded.len() - after.len() - 1]),
            _ => coded.to_owned(),
        },
    };
    (DIGITS.contains(&number.len()) && !number.starts_with('0')).then(|| format!("+{number}"))
}
