//! A line that is typed at a terminal, drawn whole after every key.
//!
//! The library that asks the other questions counts lines as they are written, while a terminal breaks a long one over several:
//! what was typed stayed behind in halves. Here the rows are broken before they are written, so that what is on the screen is known.

use std::io;

use console::{Key, Term, measure_text_width};

/// A question that is answered with a line.
pub struct Typing<'a> {
    /// The question as it stands before what is typed, with its colours.
    pub asked: String,
    /// The question as it stands before the answer.
    pub answered: String,
    /// Completes what was typed so far.
    pub complete: &'a dyn Fn(&str) -> Option<String>,
}

/// What was typed so far, and where the cursor is in it.
#[derive(Default)]
struct Typed {
    text: Vec<char>,
    at: usize,
}

/// Where the cursor was left, counted from the row of the question.
type Row = usize;

impl Typing<'_> {
    /// Lets a person type until Enter; the answer is `usual` when nothing was typed.
    ///
    /// # Errors
    /// When the terminal fails, or Ctrl-C was pressed.
    pub fn read(&self, term: &Term, usual: &str) -> io::Result<String> {
        let mut typed = Typed::default();
        let mut row = draw(term, 0, &self.asked, &typed)?;
        loop {
            match term.read_key()? {
                Key::Enter => break,
                key => typed.take(key, self.complete),
            }
            row = draw(term, row, &self.asked, &typed)?;
        }
        let text = if typed.text.is_empty() { usual.to_owned() } else { typed.text.iter().collect() };
        // Drawn over the question, from its row on.
        draw(term, row, &self.asked, &Typed::default())?;
        self.answer(term, &text)?;
        Ok(text)
    }

    /// Writes the question with its answer behind it.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn answer(&self, term: &Term, answer: &str) -> io::Result<()> {
        let text: Vec<char> = answer.chars().collect();
        draw(term, 0, &self.answered, &Typed { at: text.len(), text })?;
        term.write_line("")
    }

    /// The rows on which an answer stands.
    pub fn rows(&self, term: &Term, answer: &str) -> usize {
        let text: Vec<char> = answer.chars().collect();
        begins(&text, measure_text_width(&self.answered), room(term)).len()
    }
}

impl Typed {
    fn take(&mut self, key: Key, complete: &dyn Fn(&str) -> Option<String>) {
        match key {
            Key::Backspace if self.at > 0 => {
                self.at -= 1;
                self.text.remove(self.at);
            }
            Key::Del if self.at < self.text.len() => {
                self.text.remove(self.at);
            }
            Key::ArrowLeft => self.at = self.at.saturating_sub(1),
            Key::ArrowRight if self.at < self.text.len() => self.at += 1,
            Key::Tab | Key::ArrowRight => {
                if let Some(whole) = complete(&self.text.iter().collect::<String>()) {
                    self.text = whole.chars().collect();
                    self.at = self.text.len();
                }
            }
            Key::Home => self.at = 0,
            Key::End => self.at = self.text.len(),
            Key::Char(typed) if !typed.is_control() => {
                self.text.insert(self.at, typed);
                self.at += 1;
            }
            _ => {}
        }
    }
}

/// Draws question and text from the row of the question on; the cursor was left `row` rows below it. Gives where it is now.
fn draw(term: &Term, row: Row, question: &str, typed: &Typed) -> io::Result<Row> {
    let first = measure_text_width(question);
    let begins = begins(&typed.text, first, room(term));
    if row > 0 {
        term.move_cursor_up(row)?;
    }
    term.write_str("\r")?;
    term.clear_to_end_of_screen()?;
    let ends = begins.iter().copied().skip(1).chain([typed.text.len()]);
    let rows: Vec<String> = begins.iter().zip(ends).map(|(&begin, end)| typed.text[begin..end].iter().collect()).collect();
    term.write_str(&format!("{question}{}", rows.join("\n")))?;
    let last = begins.len() - 1;
    let now = begins.iter().rposition(|&begin| begin <= typed.at).unwrap_or(0);
    if last > now {
        term.move_cursor_up(last - now)?;
    }
    let before: String = typed.text[begins[now]..typed.at].iter().collect();
    term.write_str("\r")?;
    let column = measure_text_width(&before) + if now == 0 { first } else { 0 };
    if column > 0 {
        term.move_cursor_right(column)?;
    }
    term.flush()?;
    Ok(now)
}

/// The columns of a row; the last one is left free, for there a terminal is of two minds about where the cursor is.
fn room(term: &Term) -> usize {
    usize::from(term.size().1).saturating_sub(1).max(10)
}

/// Where the rows of a text begin, when `taken` columns of the first are taken: behind a space where there is one.
fn begins(text: &[char], taken: usize, room: usize) -> Vec<usize> {
    let columns = |part: &[char]| measure_text_width(&part.iter().collect::<String>());
    let (mut begins, mut used, mut gap) = (vec![0], taken, Some(0));
    for (at, &typed) in text.iter().enumerate() {
        let wide = columns(&[typed]);
        if used + wide > room {
            let fits = |gap: &usize| columns(&text[*gap..at]) + wide <= room;
            let begin = gap.take().filter(fits).unwrap_or(at);
            begins.push(begin);
            used = columns(&text[begin..at]);
        }
        used += wide;
        if typed == ' ' {
            gap = Some(at + 1);
        }
    }
    begins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_break_behind_a_space_and_in_a_word_that_is_wider_than_a_row() {
        let rows = |text: &str, taken| begins(&text.chars().collect::<Vec<_>>(), taken, 10);
        assert_eq!(rows("", 4), [0]);
        assert_eq!(rows("one two", 4), [0, 4]);
        assert_eq!(rows("one two three", 0), [0, 8]);
        assert_eq!(rows("abcdefghijklmno", 4), [0, 0, 10]);
        assert_eq!(rows("李李李李李李", 0), [0, 5]);
    }
}
