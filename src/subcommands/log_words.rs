//! The words a workspace reads notes by.

use std::path::Path;

use anyhow::Result;

use super::context::Context;
use super::workspace::read;
use crate::intake::contact_words::Words;
use crate::intake::workspace::parse_workspace;
use crate::settings::locate::{WORKSPACE_FILE, config_file};

/// The words of `attent.yaml`, before those of the user's own settings file, before the shipped ones.
/// The files have been found right when the workspace was opened.
///
/// # Errors
/// When one cannot be read.
pub fn own_words(context: &Context, root: &Path) -> Result<Words> {
    let own = config_file(&context.environment);
    let paths = own.into_iter().chain([root.join(WORKSPACE_FILE)]).filter(|path| path.is_file());
    paths.into_iter().try_fold(Words::default(), |weaker, path| {
        let file = parse_workspace(&read(context, &path)?.bytes).value;
        Ok(file.map(|file| file.words).unwrap_or_default().before(weaker))
    })
}
