//! Whom an entry of the log is about: one customer or several, known or new.

use anyhow::Result;

use crate::domain::limits;
use crate::domain::names::identity;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::subcommands::context::Context;
use crate::subcommands::look_up::{self, Sought, sought};
use crate::subcommands::who::{self, Meant};
use crate::text;

/// Somebody an entry is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guest {
    /// A customer.
    Known(CustomerId),
    /// Somebody who becomes a customer with this entry.
    New(String),
}

/// The words and signs between several names.
const BETWEEN: [&str; 5] = [",", "+", "&", " en ", " and "];

/// Whom the names typed mean, each once.
///
/// # Errors
/// When a name fits nobody (exit 1) or several (exit 2) and nobody can be asked.
pub fn guests(context: &Context, ledger: &Ledger, typed: &[String], new: bool) -> Result<Vec<Guest>> {
    let finder = Finder { context, ledger, new };
    let mut found = Vec::new();
    for typed in typed {
        finder.find(typed, &mut found)?;
    }
    Ok(found)
}

struct Finder<'a> {
    context: &'a Context,
    ledger: &'a Ledger,
    new: bool,
}

impl Finder<'_> {
    /// Finds those one argument means. A name that holds a `&` or a comma itself goes before the
    /// names on either side of it.
    fn find(&self, typed: &str, found: &mut Vec<Guest>) -> Result<()> {
        let pieces = pieces(typed);
        if pieces.len() < 2 {
            return self.add(typed, sought(self.context, self.ledger, typed)?, found);
        }
        let whole = sought(self.context, self.ledger, typed)?;
        if let Sought::Found(id) = whole
            && self.is_one_name(typed, id)?
        {
            return self.add(typed, whole, found);
        }
        let sought = pieces.iter().map(|piece| sought(self.context, self.ledger, piece)).collect::<Result<Vec<_>>>()?;
        let listed = typed.contains(',') || typed.contains('+') && !typed.contains('@');
        if matches!(whole, Sought::Found(_)) && listed && !sought.iter().all(|piece| matches!(piece, Sought::Found(_))) {
            return self.add(typed, whole, found);
        }
        // `Jansen & Zn` of whom a part is unknown is a name that is not known yet.
        if !listed && sought.iter().any(|piece| matches!(piece, Sought::Nobody(_))) {
            return self.add(typed, Sought::Nobody(similar(sought)), found);
        }
        pieces.into_iter().zip(sought).try_for_each(|(piece, sought)| self.add(piece, sought, found))
    }

    fn is_one_name(&self, typed: &str, id: CustomerId) -> Result<bool> {
        let name = self.ledger.customer(id)?.map(|customer| customer.name).unwrap_or_default();
        Ok(self.ledger.exactly(typed)? == Some(id) || pieces(&name).len() > 1)
    }

    fn add(&self, typed: &str, sought: Sought, found: &mut Vec<Guest>) -> Result<()> {
        let guest = self.guest(typed, sought)?;
        let same = |other: &Guest| match (other, &guest) {
            (Guest::New(a), Guest::New(b)) => identity(a) == identity(b),
            (a, b) => a == b,
        };
        if !found.iter().any(same) {
            found.push(guest);
        }
        Ok(())
    }

    fn guest(&self, typed: &str, sought: Sought) -> Result<Guest> {
        match sought {
            Sought::Found(id) => Ok(Guest::Known(id)),
            Sought::Several(names) if self.context.can_ask() => who::among(self.context, self.ledger, typed, &names).map(Guest::Known),
            Sought::Several(_) => look_up::customer(self.context, self.ledger, typed).map(Guest::Known),
            Sought::Nobody(_) if self.new => newcomer(typed),
            Sought::Nobody(similar) if self.context.can_ask() => match who::new_or_like(self.context, self.ledger, typed, &similar)? {
                Meant::Known(id) => Ok(Guest::Known(id)),
                Meant::New => newcomer(typed),
            },
            Sought::Nobody(similar) => Err(nobody(typed, &similar).into()),
        }
    }
}

/// The names like those that are unknown.
fn similar(sought: Vec<Sought>) -> Vec<String> {
    let of = |piece| match piece {
        Sought::Nobody(similar) => similar,
        _ => Vec::new(),
    };
    sought.into_iter().flat_map(of).collect()
}

/// Somebody who becomes a customer by this name.
///
/// # Errors
/// When nobody can be called so.
pub fn newcomer(typed: &str) -> Result<Guest> {
    let wrong = |why: Text| Problem::usage(text!("nobody can be called that", "zo kan niemand heten")).why(why);
    Ok(Guest::New(limits::name(typed).map_err(wrong)?.to_owned()))
}

fn nobody(typed: &str, similar: &[String]) -> Problem {
    let problem = Problem::failure(text!("no customer is called `{typed}`", "geen klant heet `{typed}`"));
    let names = similar.join(", ");
    if similar.is_empty() {
        problem.todo(text!(
            "put quotes around what happened; or add --new to make `{typed}` a new customer",
            "zet aanhalingstekens om wat er gebeurde; of zet er --new bij om van `{typed}` een nieuwe klant te maken"
        ))
    } else {
        problem.todo(text!(
            "did you mean {names}? Add --new to make `{typed}` a new customer",
            "bedoelde je {names}? Zet er --new bij om van `{typed}` een nieuwe klant te maken"
        ))
    }
}

/// Whether a text has no sign or word that stands between names.
pub fn one_name(typed: &str) -> bool {
    pieces(typed).len() < 2
}

/// The names between commas, `+`, `&`, `en` and `and`; a `+` in an address parts nothing.
fn pieces(typed: &str) -> Vec<&str> {
    let mut pieces = vec![typed];
    for between in BETWEEN.into_iter().filter(|between| *between != "+" || !typed.contains('@')) {
        pieces = pieces.into_iter().flat_map(|piece| piece.split(between)).collect();
    }
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_at_signs_and_whole_words() {
        for (typed, parted) in [
            ("Anna", vec!["Anna"]),
            ("Anna, Bram + Carla", vec!["Anna", "Bram", "Carla"]),
            ("Anna & Bram en Carla and Dirk", vec!["Anna", "Bram", "Carla", "Dirk"]),
            ("Ende Andries", vec!["Ende Andries"]),
            ("Anna,", vec!["Anna"]),
            ("anna+shop@x.nl, Bram", vec!["anna+shop@x.nl", "Bram"]),
        ] {
            assert_eq!(pieces(typed), parted);
        }
    }
}
