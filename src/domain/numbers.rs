//! Numbers as each language writes them: `1,234.5` in English, `1.234,5` in Dutch.

use super::text::{Lang, Text};

/// A whole number in a sentence.
pub fn count(n: u64) -> Text {
    written(false, &n.to_string())
}

/// So many of a thing, with its word in one and in more: `1 customer`, `19,998 customers`.
pub fn counted(n: u64, en: [&str; 2], nl: [&str; 2]) -> Text {
    let (many, n) = (usize::from(n != 1), count(n));
    Text::new(format!("{} {}", n.en, en[many]), format!("{} {}", n.nl, nl[many]))
}

/// How long ago something was, in whole days.
pub fn days_ago(days: f64) -> Text {
    let days = days.floor().max(0.0) as u64;
    if days == 0 {
        return Text::new("less than a day ago", "minder dan een dag geleden");
    }
    let n = counted(days, ["day", "days"], ["dag", "dagen"]);
    Text::new(format!("{} ago", n.en), format!("{} geleden", n.nl))
}

/// A number with so many decimals in a sentence; with a real minus sign.
pub fn decimal(value: f64, decimals: usize) -> Text {
    let plain = format!("{:.*}", decimals, value.abs());
    written(value < 0.0 && plain.bytes().any(|digit| matches!(digit, b'1'..=b'9')), &plain)
}

/// A number with as few decimals as it needs, such as a weight somebody chose.
pub fn shortest(value: f64) -> Text {
    written(value < 0.0, &value.abs().to_string())
}

fn written(negative: bool, plain: &str) -> Text {
    let minus = if negative { "−" } else { "" };
    let of = |lang| format!("{minus}{}", grouped(plain, lang));
    Text::new(of(Lang::En), of(Lang::Nl))
}

/// Puts the separators of a language into a plain number without a sign.
pub fn grouped(plain: &str, lang: Lang) -> String {
    let (thousands, mark) = lang.pick((',', '.'), ('.', ','));
    let (whole, decimals) = plain.split_once('.').map_or((plain, None), |(whole, decimals)| (whole, Some(decimals)));
    let mut written = String::with_capacity(plain.len() + whole.len() / 3 + 1);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            written.push(thousands);
        }
        written.push(digit);
    }
    if let Some(decimals) = decimals {
        written.push(mark);
        written.push_str(decimals);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_stand_in_a_sentence() {
        for (text, en, nl) in [
            (count(19_998), "19,998", "19.998"),
            (count(7), "7", "7"),
            (counted(1, ["day", "days"], ["dag", "dagen"]), "1 day", "1 dag"),
            (counted(1_000, ["day", "days"], ["dag", "dagen"]), "1,000 days", "1.000 dagen"),
            (days_ago(0.9), "less than a day ago", "minder dan een dag geleden"),
            (days_ago(1.9), "1 day ago", "1 dag geleden"),
            (decimal(1234.56, 1), "1,234.6", "1.234,6"),
            (decimal(-0.04, 1), "0.0", "0,0"),
            (decimal(-3.0, 0), "−3", "−3"),
            (shortest(12.5), "12.5", "12,5"),
            (shortest(25.0), "25", "25"),
        ] {
            assert_eq!((text.en.as_str(), text.nl.as_str()), (en, nl));
        }
    }
}
