//! A profile in which a column means something else than was proposed.

use super::head::Head;
use super::profile::{Profile, Source, Target};
use super::propose::{Draft, Proposal, set_columns};
use super::raw::Gives;

/// The profile with another meaning for a column of the table, by its place, or none; and what is to
/// be asked because of that. A column that had the meaning before loses it.
pub fn remap(head: &Head, profile: &Profile, column: usize, meaning: Option<Target>) -> Proposal {
    let mut changed = profile.clone();
    let Some(name) = head.header.get(column) else { return Proposal { profile: changed, unsure: Vec::new() } };
    forget(&mut changed, name);
    if let Some(target) = meaning {
        set_columns(&mut changed, target, vec![name.clone()]);
    }
    let mut unsure = Vec::new();
    if matches!(meaning, Some(Target::At | Target::Since | Target::Birthday)) {
        let (patterns, doubt) = Draft::new(head).written(column);
        changed.dates = patterns;
        unsure.extend(doubt);
    }
    let has = |target: Target| changed.source(target).is_some();
    let (dated, channel, note) = (has(Target::At), has(Target::Channel), has(Target::Note));
    match (dated, changed.gives) {
        (false, _) => (changed.gives, changed.always) = (Gives::Customers, Default::default()),
        (true, Gives::Customers) => changed.gives = Gives::Contacts,
        (true, _) => {}
    }
    if channel {
        changed.always = Default::default();
    } else if dated && changed.always.channel.is_none() && (!note || meaning.is_none() || changed.gives != profile.gives) {
        unsure.push(Draft::new(head).what_kind(&changed));
    }
    Proposal { profile: changed, unsure }
}

/// Takes a column out, wherever it is.
fn forget(profile: &mut Profile, name: &str) {
    for (_, source) in &mut profile.columns {
        if let Source::Columns(columns) = source {
            columns.retain(|column| column != name);
        }
    }
    profile.columns.retain(|(_, source)| !source.lists().iter().all(Vec::is_empty));
    profile.only.retain(|(column, _)| column != name);
}
