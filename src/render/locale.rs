//! How one reader wants it written: language, currency, numbers and dates, colour, width.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::sanitize::visible;
use crate::domain::calendar::{MONTHS_EN, MONTHS_NL};
use crate::domain::money::Cents;
use crate::domain::numbers::grouped;
use crate::domain::text::{Lang, Text};

/// The reader and the device: everything a format needs to know beside the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The reader's language.
    pub lang: Lang,
    /// Whether the terminal shows colour. Nothing needs colour to be understood.
    pub color: bool,
    /// Whether the program itself keeps to ASCII; names from data stay as they are.
    pub ascii: bool,
    /// The columns of the terminal; `None` in a pipe: no limit and no line drawing.
    pub width: Option<u16>,
    /// The currency code of the workspace: `EUR`.
    pub currency: String,
}

impl Default for Look {
    fn default() -> Self {
        Self { lang: Lang::En, color: false, ascii: false, width: None, currency: "EUR".to_owned() }
    }
}

impl Look {
    /// One of two spellings of a sign: the typographic one, or the one of ASCII.
    pub fn sign(&self, typographic: &'static str, ascii: &'static str) -> &'static str {
        if self.ascii { ascii } else { typographic }
    }

    /// What stands where there is nothing to show.
    pub fn nothing(&self) -> String {
        self.sign("–", "-").to_owned()
    }

    /// A text for this reader, on one line, with nothing hidden in it.
    pub fn text(&self, text: &Text) -> String {
        let shown = visible(text.get(self.lang));
        // What is the same in both languages is a name from data; it is not ours to respell.
        if self.ascii && text.en != text.nl { shown.chars().map(ascii).collect() } else { shown.into_owned() }
    }

    /// A number with its decimals: `1,234.5`, in Dutch `1.234,5`; with a real minus sign.
    pub fn number(&self, value: f64, decimals: u8) -> String {
        if !value.is_finite() {
            return self.nothing();
        }
        let plain = format!("{:.*}", usize::from(decimals), value.abs());
        let negative = value < 0.0 && plain.bytes().any(|digit| matches!(digit, b'1'..=b'9'));
        format!("{}{}", if negative { self.minus() } else { "" }, self.grouped(&plain))
    }

    /// A difference, which always shows its sign unless it rounds to nothing: `+3.2`, `−0.4`, `0.0`.
    pub fn signed(&self, value: f64, decimals: u8) -> String {
        let number = self.number(value, decimals);
        let nothing = !number.bytes().any(|digit| matches!(digit, b'1'..=b'9'));
        if value > 0.0 && !nothing { format!("+{number}") } else { number }
    }

    /// A share of 0..1 as a percentage; small ones keep one decimal: `45%`, `0.4%`.
    pub fn percent(&self, share: f64) -> String {
        if !share.is_finite() {
            return self.nothing();
        }
        let small = share != 0.0 && share.abs() < 0.0095;
        format!("{}%", self.number(share * 100.0, small.into()))
    }

    /// A whole number: `1,234`.
    pub fn count(&self, count: i64) -> String {
        format!("{}{}", if count < 0 { self.minus() } else { "" }, self.grouped(&count.unsigned_abs().to_string()))
    }

    /// An amount of money: `€1,234.56`, in Dutch `€ 1.234,56`; other currencies by sign or code.
    pub fn money(&self, cents: Cents) -> String {
        let whole = cents.0.unsigned_abs();
        let amount = self.grouped(&format!("{}.{:02}", whole / 100, whole % 100));
        let minus = if cents.0 < 0 { self.minus() } else { "" };
        let space = self.sign("\u{a0}", " ");
        match (self.symbol(), self.lang) {
            (Some(symbol), Lang::En) => format!("{minus}{symbol}{amount}"),
            (Some(symbol), Lang::Nl) => format!("{symbol}{space}{minus}{amount}"),
            (None, _) => format!("{}{space}{minus}{amount}", visible(&self.currency)),
        }
    }

    /// A day: `21 Nov 2026`, `21 nov 2026`.
    pub fn date(&self, date: NaiveDate) -> String {
        format!("{} {} {}", date.day(), self.short_month(date), date.year())
    }

    /// A day that is near, without its year: `Sun 5 Jul`, `zo 5 jul`.
    pub fn weekday(&self, date: NaiveDate) -> String {
        let days = self.lang.pick(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], ["ma", "di", "wo", "do", "vr", "za", "zo"]);
        let day = days.get(date.weekday().num_days_from_monday() as usize).copied().unwrap_or_default();
        format!("{day} {} {}", date.day(), self.short_month(date))
    }

    /// The month of a day in three letters: `Nov`, `nov`.
    pub fn short_month(&self, date: NaiveDate) -> &'static str {
        let month = self.month(date);
        // Dutch shortens March to "mrt", as "maa" would be Monday.
        if month == "maart" { "mrt" } else { month.get(..3).unwrap_or(month) }
    }

    /// A day in full: `21 November 2026`, `21 november 2026`.
    pub fn long_date(&self, date: NaiveDate) -> String {
        format!("{} {} {}", date.day(), self.month(date), date.year())
    }

    /// A day and a time: `21 Nov 2026 14:30`.
    pub fn date_time(&self, moment: NaiveDateTime) -> String {
        format!("{} {}", self.date(moment.date()), moment.format("%H:%M"))
    }

    fn month(&self, date: NaiveDate) -> &'static str {
        let months = self.lang.pick(MONTHS_EN, MONTHS_NL);
        months.get(date.month0() as usize).copied().unwrap_or_default()
    }

    fn minus(&self) -> &'static str {
        self.sign("−", "-")
    }

    fn symbol(&self) -> Option<&'static str> {
        match self.currency.as_str() {
            "EUR" if !self.ascii => Some("€"),
            "GBP" if !self.ascii => Some("£"),
            "USD" => Some("$"),
            _ => None,
        }
    }

    fn grouped(&self, plain: &str) -> String {
        grouped(plain, self.lang)
    }
}

/// The nearest ASCII spelling of what our own sentences use; other characters stay.
fn ascii(c: char) -> String {
    const FROM: &str = "–—−‑“”„‘’×·•→←≥≤≈\u{a0}áàâäãéèêëíìîïóòôöõúùûüçñÁÉÈËÍÏÓÖÚÜÇ";
    const INTO: &str = "----\"\"\"''x.*><><~ aaaaaeeeeiiiiooooouuuucnAEEEIIOOUUC";
    match c {
        '…' => "...".to_owned(),
        '€' => "EUR".to_owned(),
        _ => FROM.chars().position(|from| from == c).and_then(|index| INTO.chars().nth(index)).unwrap_or(c).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dutch() -> Look {
        Look { lang: Lang::Nl, ..Look::default() }
    }

    fn plain() -> Look {
        Look { ascii: true, ..Look::default() }
    }

    #[test]
    fn numbers_as_they_are_written_in_each_language() {
        let english = Look::default();
        for (value, decimals, en, nl) in [
            (1234.5, 1, "1,234.5", "1.234,5"),
            (-1_234_567.0, 0, "−1,234,567", "−1.234.567"),
            (999.96, 1, "1,000.0", "1.000,0"),
            (-0.04, 1, "0.0", "0,0"),
            (f64::NAN, 1, "–", "–"),
        ] {
            assert_eq!(english.number(value, decimals), en);
            assert_eq!(dutch().number(value, decimals), nl);
        }
        assert_eq!(plain().number(-3.0, 0), "-3");
        assert_eq!(english.count(i64::MIN), "−9,223,372,036,854,775,808");
    }

    #[test]
    fn differences_show_their_sign() {
        let english = Look::default();
        assert_eq!(english.signed(3.25, 1), "+3.2");
        assert_eq!(english.signed(-3.25, 1), "−3.2");
        assert_eq!(english.signed(0.01, 1), "0.0");
        assert_eq!(english.percent(0.451), "45%");
        assert_eq!(dutch().percent(0.004), "0,4%");
    }

    #[test]
    fn money_as_it_is_written_in_each_language() {
        let cents = Cents(-123_456);
        assert_eq!(Look::default().money(cents), "−€1,234.56");
        assert_eq!(dutch().money(cents), "€\u{a0}−1.234,56");
        assert_eq!(plain().money(Cents(5)), "EUR 0.05");
        let swiss = Look { currency: "CHF".to_owned(), ..Look::default() };
        assert_eq!(swiss.money(Cents(1250)), "CHF\u{a0}12.50");
    }

    #[test]
    fn days_as_they_are_written_in_each_language() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        assert_eq!(Look::default().date(day), "1 Mar 2026");
        assert_eq!(dutch().date(day), "1 mrt 2026");
        assert_eq!(dutch().long_date(day), "1 maart 2026");
        assert_eq!(dutch().date_time(day.and_hms_opt(9, 5, 0).unwrap()), "1 mrt 2026 09:05");
    }

    #[test]
    fn in_ascii_our_words_are_respelled_and_names_are_not() {
        assert_eq!(plain().text(&Text::new("one – “two”…", "een – “twee”…")), "one - \"two\"...");
        assert_eq!(plain().text(&Text::same("José")), "José");
    }
}
