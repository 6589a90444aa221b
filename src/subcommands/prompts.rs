//! Asking at a terminal. Who asks has made sure that there is one: see [`Context::can_ask`].

use std::sync::atomic::{AtomicBool, Ordering};
use std::{fmt, io};

use anyhow::Result;
use console::Term;
use dialoguer::theme::{ColorfulTheme, Theme};
use dialoguer::{FuzzySelect, Password, Select};

use super::context::Context;
use super::typing::Typing;
use crate::domain::names::slug;
use crate::domain::text::Text;
use crate::render::wrap::{clip, wrap};
use crate::text;

/// What a shell sees of a program that Ctrl-C ended.
pub const INTERRUPTED: u8 = 130;

/// Whether a question was ended with Ctrl-C.
pub fn was_interrupted() -> bool {
    STOPPED.load(Ordering::SeqCst)
}

/// What the theme puts around a question or an item.
const AROUND: usize = 6;

static STOPPED: AtomicBool = AtomicBool::new(false);

/// Without colours, and without the English word `error` before what is wrong.
struct Plain;

impl Theme for Plain {
    fn format_error(&self, f: &mut dyn fmt::Write, wrong: &str) -> fmt::Result {
        f.write_str(wrong)
    }
}

/// Asks questions on standard error, in the reader's language.
pub struct Asker<'a> {
    context: &'a Context,
    theme: Box<dyn Theme>,
}

impl<'a> Asker<'a> {
    /// Gets ready to ask. Ctrl-C no longer ends the program by itself: an open question ends as
    /// [`None`], and the cursor is back.
    pub fn new(context: &'a Context) -> Self {
        // A second handler is refused; the first one does the same.
        let _ = ctrlc::set_handler(|| STOPPED.store(true, Ordering::SeqCst));
        let theme: Box<dyn Theme> =
            if context.error_color() && !context.globals.ascii { Box::new(ColorfulTheme::default()) } else { Box::new(Plain) };
        Self { context, theme }
    }

    /// Says something before a question.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn say(&self, text: &Text) -> Result<()> {
        let lines = wrap(text.get(self.context.lang()), self.room());
        Ok(lines.iter().try_for_each(|line| Term::stderr().write_line(line))?)
    }

    /// The columns a question or an item may take, so that the terminal never breaks it by itself: a
    /// question that is longer than a line is not cleaned up behind it.
    fn room(&self) -> usize {
        usize::from(Term::stderr().size().1).saturating_sub(AROUND).max(20)
    }

    /// The last line of a question; what comes before it is said first.
    fn last_line(&self, question: &Text) -> Result<String> {
        let mut lines = wrap(question.get(self.context.lang()), self.room());
        let last = lines.pop().unwrap_or_default();
        lines.iter().try_for_each(|line| Term::stderr().write_line(line))?;
        Ok(last)
    }

    fn fitted(&self, item: &str) -> String {
        clip(item, self.room(), if self.context.globals.ascii { "..." } else { "…" })
    }

    /// Lets a person choose one of several; gives its place. Escape chooses none.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn choose(&self, question: &Text, items: &[Text], default: usize) -> Result<Option<usize>> {
        let lang = self.context.lang();
        let items = items.iter().map(|item| self.fitted(item.get(lang)));
        let select = Select::with_theme(&*self.theme).with_prompt(self.last_line(question)?).items(items).default(default);
        Ok(answered(select.interact_opt())?.flatten())
    }

    /// Asks a question that is answered with yes or no, in either language; Enter alone is yes. A list of
    /// the two would take the `j` of `ja` for a step down.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn yes(&self, question: &Text) -> Result<Option<bool>> {
        let asked = Text::new(format!("{} [Y/n]", question.en), format!("{} [J/n]", question.nl));
        let check = |typed: &str| answer(typed).map(drop).ok_or_else(|| text!("yes or no: y or n", "ja of nee: j of n"));
        Ok(self.line(&asked, check)?.and_then(|typed| answer(&typed)))
    }

    /// Lets a person choose one of many by typing a part of it; Escape chooses none.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn search(&self, question: &Text, items: &[String]) -> Result<Option<usize>> {
        let items = items.iter().map(|item| self.fitted(item));
        let select = FuzzySelect::with_theme(&*self.theme).with_prompt(self.last_line(question)?).items(items).default(0);
        Ok(answered(select.interact_opt())?.flatten())
    }

    /// Asks for what must not be seen on the screen.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn secret(&self, question: &Text) -> Result<Option<String>> {
        let asked = Password::with_theme(&*self.theme).with_prompt(self.last_line(question)?).allow_empty_password(true);
        answered(asked.interact())
    }

    /// Asks for a line that `check` finds right; nothing is an answer too.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn line(&self, question: &Text, check: impl Fn(&str) -> Result<(), Text>) -> Result<Option<String>> {
        self.typed(question, None, &|_| None, &check)
    }

    /// Asks for a name; Tab completes those that are known, and nothing is an answer too.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn name(&self, question: &Text, known: &[String], check: impl Fn(&str) -> Result<(), Text>) -> Result<Option<String>> {
        self.typed(question, None, &|typed| completed(typed, known), &check)
    }

    /// Asks for a line that `check` finds right; Enter alone answers with `usual`.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn line_or(&self, question: &Text, usual: &str, check: impl Fn(&str) -> Result<(), Text>) -> Result<Option<String>> {
        self.typed(question, Some(usual), &|_| None, &check)
    }

    /// Asks until `check` finds the answer right; what was wrong with one stands above the question until the next.
    fn typed(
        &self,
        question: &Text,
        usual: Option<&str>,
        complete: &dyn Fn(&str) -> Option<String>,
        check: &dyn Fn(&str) -> Result<(), Text>,
    ) -> Result<Option<String>> {
        let term = Term::stderr();
        let asked = self.last_line(question)?;
        let (mut before, mut after) = (String::new(), String::new());
        self.theme.format_input_prompt(&mut before, &asked, usual)?;
        self.theme.format_input_prompt_selection(&mut after, &asked, "")?;
        let typing = Typing { asked: before, answered: after, complete };
        let mut told = 0;
        loop {
            let Some(typed) = answered(typing.read(&term, usual.unwrap_or_default()).map_err(Into::into))? else { return Ok(None) };
            let wrong = check(&typed).err();
            let rows = typing.rows(&term, &typed);
            // An answer that is right stays; what was wrong before it does not.
            if wrong.is_some() || told > 0 {
                term.clear_last_lines(told + rows)?;
            }
            let Some(wrong) = wrong else {
                if told > 0 {
                    typing.answer(&term, &typed)?;
                }
                return Ok(Some(typed));
            };
            told = self.tell(&wrong)?;
        }
    }

    /// Says what is wrong with an answer; gives on how many rows.
    fn tell(&self, wrong: &Text) -> Result<usize> {
        let lines = wrap(wrong.get(self.context.lang()), self.room());
        for (at, line) in lines.iter().enumerate() {
            let mut shown = if at == 0 { String::new() } else { "  ".to_owned() };
            if at == 0 {
                self.theme.format_error(&mut shown, line)?
            } else {
                shown.push_str(line)
            }
            Term::stderr().write_line(&shown)?;
        }
        Ok(lines.len())
    }
}

/// What is typed, completed to the first name that begins so.
fn completed(typed: &str, known: &[String]) -> Option<String> {
    let typed = slug(typed);
    known.iter().find(|name| !typed.is_empty() && slug(name).starts_with(&typed)).cloned()
}

/// What a yes or a no says; nothing is yes.
fn answer(typed: &str) -> Option<bool> {
    match typed.trim().to_lowercase().as_str() {
        "" | "y" | "yes" | "j" | "ja" => Some(true),
        "n" | "no" | "nee" => Some(false),
        _ => None,
    }
}

fn answered<T>(answer: dialoguer::Result<T>) -> Result<Option<T>> {
    match answer {
        Ok(_) if STOPPED.load(Ordering::SeqCst) => Ok(None),
        Ok(answer) => Ok(Some(answer)),
        Err(dialoguer::Error::IO(err)) if err.kind() == io::ErrorKind::Interrupted => {
            STOPPED.store(true, Ordering::SeqCst);
            let terminal = Term::stderr();
            let _ = terminal.show_cursor();
            let _ = terminal.write_line("");
            Ok(None)
        }
        Err(err) => Err(err.into()),
    }
}
