//! A length of time typed by itself: `half an hour`, `1,5 uur`, `1u30`.

use super::duration;
use super::sentence::Sentence;

/// A contact longer than this is a slip.
const MOST_HOURS: u32 = 7 * 24;

/// The minutes in a length of time; `None` when the text is anything else, or something besides.
pub fn minutes(typed: &str) -> Option<u32> {
    let typed = typed.trim();
    if let Some(minutes) = clock(typed) {
        return Some(minutes);
    }
    let mut sentence = Sentence::new(typed);
    let minutes = duration::take(&mut sentence)?;
    sentence.words.iter().all(|word| word.used.is_some()).then_some(minutes)
}

/// Hours and minutes as on a clock: `1u30`, `1h30`, `1:30`.
fn clock(typed: &str) -> Option<u32> {
    let (hours, minutes) = typed.split_once(['u', 'h', 'U', 'H', ':'])?;
    let digits = |word: &str, most: usize| (1..=most).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    if !digits(hours, 3) || minutes.len() != 2 || !digits(minutes, 2) {
        return None;
    }
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < MOST_HOURS && minutes < 60).then_some(hours * 60 + minutes).filter(|minutes| *minutes > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_all_there_is() {
        for (typed, meant) in [
            ("half an hour", Some(30)),
            (" kwartier ", Some(15)),
            ("1,5 uur", Some(90)),
            ("anderhalf uur", Some(90)),
            ("45 min", Some(45)),
            ("1u30", Some(90)),
            ("1h05", Some(65)),
            ("2:15", Some(135)),
            ("1u75", None),
            ("999:00", None),
            ("000:00", None),
            ("0u00", None),
            ("1u3", None),
            ("half an hour with Anna", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(minutes(typed), meant, "{typed}");
        }
    }
}
