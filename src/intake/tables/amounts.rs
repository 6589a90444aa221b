//! Amounts as the world writes them, durations, and how it felt.

use crate::domain::money::Cents;

/// The sign a list of amounts uses for decimals, when one of them leaves no doubt.
pub(super) fn decimal_sign<'a>(amounts: impl IntoIterator<Item = &'a str>) -> Option<char> {
    amounts.into_iter().find_map(|typed| certain_sign(&bare(typed)?.1))
}

/// Reads `1.234,56`, `1,234.56`, `€ 12,50`, `12.50 EUR`, `12,-`, `-5`, `5-` and `(5)`; `None` when it
/// is no amount. Without a decimal sign, the last of two signs counts, and one sign with three digits
/// behind it parts thousands.
pub(super) fn amount(typed: &str, decimal: Option<char>) -> Option<Cents> {
    let (negative, digits) = bare(typed)?;
    let decimal = decimal.or_else(|| certain_sign(&digits)).unwrap_or_else(|| if grouped(&digits, ',') { '.' } else { ',' });
    let (whole, fraction) = digits.rsplit_once(decimal).unwrap_or((&digits, ""));
    let other = if decimal == ',' { '.' } else { ',' };
    let plain = whole.bytes().all(|b| b.is_ascii_digit()) && !whole.is_empty();
    if !(plain || grouped(whole, other)) || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let sign = if negative { "-" } else { "" };
    format!("{sign}{whole}.{fraction}0").parse().ok()
}

/// The sign that can only be the decimal one.
fn certain_sign(digits: &str) -> Option<char> {
    let last = digits.rfind([',', '.'])?;
    let sign = if digits.as_bytes()[last] == b',' { ',' } else { '.' };
    let other = if sign == ',' { '.' } else { ',' };
    if digits[..last].contains(other) {
        return (!digits[..last].contains(sign)).then_some(sign);
    }
    if digits[..last].contains(sign) {
        return Some(other);
    }
    (digits.len() - last - 1 != 3 || digits[..last] == *"0").then_some(sign)
}

/// Whether this is one to three digits and groups of three, such as `1.234.567`.
fn grouped(digits: &str, mark: char) -> bool {
    let mut groups = digits.split(mark);
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()) && digits(group));
    first && groups.all(|group| group.len() == 3 && digits(group))
}

/// The digits and signs without currency, spaces and sign; true when it is negative.
fn bare(typed: &str) -> Option<(bool, String)> {
    let packed: String = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '\u{202f}')).collect();
    if packed.len() > 40 {
        return None;
    }
    let bracketed = packed.starts_with('(') && packed.ends_with(')');
    let is_mark = |c: char| c.is_alphabetic() || matches!(c, '€' | '$' | '£' | '¥' | '(' | ')');
    let is_minus = |c: char| matches!(c, '-' | '−' | '–');
    let core = packed.trim_matches(is_mark);
    let core = core.strip_suffix(",-").or_else(|| core.strip_suffix(".-")).unwrap_or(core);
    let negative = bracketed || core.starts_with(is_minus) || core.ends_with(is_minus) || packed.starts_with(is_minus);
    let digits = core.trim_start_matches('+').trim_matches(|c| is_minus(c) || is_mark(c));
    let letters = packed.chars().filter(|c| c.is_alphabetic()).count();
    let fine = letters <= 4 && digits.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let shaped = fine && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let zero = if digits.starts_with(['.', ',']) { "0" } else { "" };
    shaped.then(|| (negative, format!("{zero}{digits}")))
}

/// Minutes: `15`, `15 min`, `7,5`, `0:15`, `0:15:30`, `1,5 uur`; rounded, half a minute up. A bare number
/// in a column of hours (`hours`) is hours.
pub(super) fn minutes(typed: &str, hours: bool) -> Option<u32> {
    let lower = typed.trim().to_lowercase();
    let bare = lower.trim_end_matches(|c: char| c.is_alphabetic() || c == '.').trim();
    let unit = lower[bare.len()..].trim().trim_end_matches('.');
    let in_hours = (hours && unit.is_empty()) || matches!(unit, "h" | "hr" | "hrs" | "u" | "uur" | "uren" | "hour" | "hours");
    let seconds = match bare.split(':').collect::<Vec<_>>().as_slice() {
        [number_of] => number(number_of)? * if in_hours { 3600.0 } else { 60.0 },
        [hours, minutes] => whole(hours)? * 3600.0 + whole(minutes)? * 60.0,
        [hours, minutes, seconds] => whole(hours)? * 3600.0 + whole(minutes)? * 60.0 + whole(seconds)?,
        _ => return None,
    };
    let minutes = (seconds / 60.0 + 0.5).floor();
    (minutes >= 0.0 && minutes <= f64::from(u32::MAX)).then_some(minutes as u32)
}

/// How it felt: a number from −1 to 1.
pub(super) fn sentiment(typed: &str) -> Option<f64> {
    number(&typed.trim().replace('−', "-")).filter(|felt| (-1.0..=1.0).contains(felt))
}

fn number(typed: &str) -> Option<f64> {
    let plain = typed.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'+'));
    if plain { typed.replace(',', ".").parse().ok() } else { None }
}

fn whole(typed: &str) -> Option<f64> {
    let plain = typed.len() <= 9 && typed.bytes().all(|b| b.is_ascii_digit());
    if plain { typed.parse().ok() } else { None }
}
