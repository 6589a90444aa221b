//! Going through a play's checklist before it counts as done (METHOD §3.2, G11).

use anyhow::Result;

use crate::domain::play::Play;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::plan::rules::checklist;
use crate::subcommands::context::Context;
use crate::subcommands::output;
use crate::subcommands::prompts::Asker;
use crate::text;

/// Whether everything on the checklist of a play is so: asked of a person point by point, or said at
/// once with `--checked`. What is not so is told; then it does not count as done.
///
/// # Errors
/// When nobody can be asked and it was not said, or the person stops.
pub fn go_through(context: &Context, play: Option<&Play>, said: bool) -> Result<bool> {
    let points = play.map(points).unwrap_or_default();
    if points.is_empty() || said {
        return Ok(true);
    }
    if !context.can_ask() {
        return Err(unsaid(&points).into());
    }
    let asker = Asker::new(context);
    asker.say(&text!("Before it counts as done:", "Voordat het als gedaan telt:"))?;
    let Some(point) = first_not_so(&asker, &points)? else { return Ok(true) };
    output::note(context, &not_so(&point));
    Ok(false)
}

/// Asks the points of a checklist one by one; gives the first that is not so.
///
/// # Errors
/// When the person stops, or the terminal fails.
pub fn first_not_so(asker: &Asker<'_>, points: &[Text]) -> Result<Option<Text>> {
    for point in points {
        let question = Text::new(format!("{}?", point.en.trim_end_matches('.')), format!("{}?", point.nl.trim_end_matches('.')));
        match asker.yes(&question)? {
            Some(true) => {}
            Some(false) => return Ok(Some(point.clone())),
            None => return Err(Problem::failure(text!("stopped; nothing was recorded", "gestopt; er is niets vastgelegd")).into()),
        }
    }
    Ok(None)
}

/// What has to be so before a play counts as done.
fn points(play: &Play) -> Vec<Text> {
    checklist(play)
}

fn not_so(point: &Text) -> Text {
    Text::new(
        format!("Not done yet: “{}” is not so. Nothing was recorded; the nudge stands.", point.en),
        format!("Nog niet gedaan: ‘{}’ klopt nog niet. Er is niets vastgelegd; de nudge blijft staan.", point.nl),
    )
}

fn unsaid(points: &[Text]) -> Problem {
    let listed = |of: fn(&Text) -> &String| points.iter().map(|point| format!("- {}", of(point))).collect::<Vec<_>>().join("\n");
    Problem::usage(text!("the checklist has not been gone through", "de checklist is nog niet nagelopen"))
        .why(Text::new(listed(|point| &point.en), listed(|point| &point.nl)))
        .todo(text!("if all of it is so, say --checked", "klopt dit allemaal, zeg dan --checked"))
}
