//! `attent init`: a new workspace. It never overwrites, and makes all of it or nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum as _};
use serde_json::json;

use super::context::Context;
use super::files::{close_folder, make_folder, write_new};
use super::output;
use super::prompts::{Asker, INTERRUPTED};
use super::templates::{NewFile, Seed, Template, files};
use super::workspace::settings;
use crate::domain::problem::Problem;
use crate::domain::shell;
use crate::domain::text::{Lang, Text};
use crate::render::cell::Cell;
use crate::render::document::{Block, Document};
use crate::render::format::Answer;
use crate::settings::keys::{Key, Settings};
use crate::settings::locate::WORKSPACE_FILE;
use crate::text;

/// The file that stays as it is when it is there: folders under version control have one.
const OPTIONAL: &str = ".gitignore";

/// The arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder; the current one when left out
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// The journey to begin with; asked for when left out
    #[arg(long, value_enum, value_name = "BUSINESS")]
    pub template: Option<Template>,
    /// The currency of the amounts, such as EUR
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// Your own mail address; may be given several times
    #[arg(long, value_name = "ADDRESS")]
    pub me: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// When a file is already there or cannot be made; then nothing has changed.
pub fn run(context: &Context, args: &InitArgs) -> Result<ExitCode> {
    let named = args.dir.as_deref().or(context.globals.workspace.as_deref()).unwrap_or(Path::new("."));
    let root = context.here.join(named);
    let (usual, _) = settings(context, None, &[])?;
    refuse_what_is_there(&root, named)?;
    let Some(seed) = seed(context, args, &usual)? else { return Ok(ExitCode::from(INTERRUPTED)) };
    context.set_lang(seed.lang);
    let mut made = files(&seed);
    made.retain(|file| file.path != OPTIONAL || !is_there(&root.join(file.path)));
    create(&root, &made)?;
    let root = root.canonicalize().unwrap_or(root);
    output::answer(context, &seed.currency, &page(context, &seed, &root, named, &made))?;
    Ok(ExitCode::SUCCESS)
}

/// What the workspace is made from: the flags, else the answers to questions; `None` when those
/// were broken off.
fn seed(context: &Context, args: &InitArgs, usual: &Settings) -> Result<Option<Seed>> {
    let mut me = Vec::new();
    for typed in &args.me {
        me.extend(addresses(typed).map_err(|why| wrong("--me", typed, why))?);
    }
    let mut own = usual.clone();
    if let Some(code) = &args.currency {
        Key::Currency.take(&mut own, &code.to_uppercase()).map_err(|why| wrong("--currency", code, why))?;
    }
    if let Some(template) = args.template {
        if me.is_empty() && context.can_ask() {
            let Some(answered) = ask_me(&Asker::new(context))? else { return Ok(None) };
            me = answered;
        }
        return Ok(Some(Seed { template, lang: context.lang(), currency: own.currency, me }));
    }
    if !context.can_ask() {
        return Err(which_template().into());
    }
    ask(context, own.currency, me)
}

fn ask(context: &Context, currency: String, mut me: Vec<String>) -> Result<Option<Seed>> {
    let asker = Asker::new(context);
    if context.globals.lang.is_none() {
        let languages = [Lang::Nl, Lang::En];
        let usual = usize::from(context.lang() == Lang::En);
        let question = text!("Which language?", "Welke taal?");
        let Some(chosen) = asker.choose(&question, &[Text::same("Nederlands"), Text::same("English")], usual)? else { return Ok(None) };
        context.set_lang(languages[chosen]);
    }
    let labels: Vec<Text> = Template::value_variants().iter().map(|template| template.label()).collect();
    let question = text!("Which journey is most like yours?", "Welke klantreis lijkt het meest op die van jou?");
    let Some(chosen) = asker.choose(&question, &labels, 0)? else { return Ok(None) };
    let template = Template::value_variants()[chosen];
    if me.is_empty() {
        let Some(answered) = ask_me(&asker)? else { return Ok(None) };
        me = answered;
    }
    Ok(Some(Seed { template, lang: context.lang(), currency, me }))
}

/// My own addresses; `None` when the question was broken off.
fn ask_me(asker: &Asker<'_>) -> Result<Option<Vec<String>>> {
    let question = text!("Your own mail address (Enter for none)", "Je eigen mailadres (Enter voor geen)");
    let typed = asker.line(&question, |typed| addresses(typed).map(drop))?;
    Ok(typed.map(|typed| addresses(&typed).unwrap_or_default()))
}

/// Mail addresses, with commas between them.
fn addresses(typed: &str) -> Result<Vec<String>, Text> {
    let words = typed.split(',').map(str::trim).filter(|word| !word.is_empty());
    let wrong = |word: &str| {
        text!("`{word}` is not a mail address, such as anna@example.com", "`{word}` is geen mailadres, zoals anna@example.com")
    };
    let is_address = |word: &str| {
        let sides = word.split_once('@');
        sides.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
            && !word.contains(|c: char| c.is_whitespace() || c.is_control())
    };
    words.map(|word| if is_address(word) { Ok(word.to_lowercase()) } else { Err(wrong(word)) }).collect()
}

fn wrong(flag: &str, typed: &str, why: Text) -> Problem {
    Problem::usage(text!("{flag} cannot be `{typed}`", "{flag} kan niet `{typed}` zijn")).why(why)
}

fn which_template() -> Problem {
    let words = Template::value_variants().iter().map(|template| template.word()).collect::<Vec<_>>().join(", ");
    Problem::usage(text!("which journey should the workspace begin with?", "met welke klantreis moet de werkmap beginnen?"))
        .why(text!("there is nobody to ask here", "er is hier niemand om het aan te vragen"))
        .todo(text!("say it with --template: {words}", "zeg het met --template: {words}"))
}

fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Stops when any file of a workspace is there already.
fn refuse_what_is_there(root: &Path, named: &Path) -> Result<(), Problem> {
    let folder = named.display();
    if is_there(root) && !root.is_dir() {
        return Err(Problem::failure(text!("`{folder}` is not a folder", "`{folder}` is geen map")).todo(elsewhere()));
    }
    let any = Seed { template: Template::Coach, lang: Lang::En, currency: String::new(), me: Vec::new() };
    let there = |file: &NewFile| file.path != OPTIONAL && is_there(&root.join(file.path));
    let mut found: Vec<&str> = files(&any).iter().filter(|file| there(file)).map(|file| file.path).collect();
    found.reverse();
    if found.is_empty() {
        return Ok(());
    }
    // The schemas are beside the point where there is more.
    let names = found.iter().filter(|path| !path.starts_with('.')).copied().collect::<Vec<_>>();
    let names = if names.is_empty() { found.join(", ") } else { names.join(", ") };
    let what = if found[0] == WORKSPACE_FILE {
        text!("`{folder}` is a workspace already", "`{folder}` is al een werkmap")
    } else {
        text!("`{folder}` already holds files of a workspace", "in `{folder}` staan al bestanden van een werkmap")
    };
    Err(Problem::failure(what)
        .why(text!("it holds {names}, and nothing is ever overwritten", "daar staat {names}, en er wordt nooit iets overschreven"))
        .todo(elsewhere()))
}

fn elsewhere() -> Text {
    text!("choose another folder: `attent init DIR`", "kies een andere map: `attent init MAP`")
}

/// What was made so far; taken away again unless all of it succeeds.
#[derive(Default)]
struct Made {
    paths: Vec<PathBuf>,
    complete: bool,
}

impl Drop for Made {
    fn drop(&mut self) {
        let paths = if self.complete { Vec::new() } else { std::mem::take(&mut self.paths) };
        for path in paths.iter().rev() {
            let _ = fs::remove_file(path).or_else(|_| fs::remove_dir(path));
        }
    }
}

fn create(root: &Path, files: &[NewFile]) -> Result<(), Problem> {
    let mut made = Made::default();
    // An empty folder becomes the workspace. One that holds other things is left as it is, and told of.
    if fs::read_dir(root).is_ok_and(|mut entries| entries.next().is_none()) {
        let _ = close_folder(root);
    }
    for file in files {
        let path = root.join(file.path);
        make_folders(path.parent().unwrap_or(root), &mut made)?;
        made.paths.push(path.clone());
        write_new(&path, file.text.as_bytes()).map_err(|err| {
            if err.kind() == io::ErrorKind::AlreadyExists {
                made.paths.pop();
            }
            cannot_make(&path, &err)
        })?;
    }
    made.complete = true;
    Ok(())
}

/// Makes a folder and those above it that are missing, for their owner only.
fn make_folders(folder: &Path, made: &mut Made) -> Result<(), Problem> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|path| !path.is_dir()).collect();
    for path in missing.into_iter().rev() {
        make_folder(path).map_err(|err| cannot_make(path, &err))?;
        made.paths.push(path.to_owned());
    }
    Ok(())
}

fn cannot_make(path: &Path, err: &io::Error) -> Problem {
    let shown = path.display();
    let why = match err.kind() {
        io::ErrorKind::PermissionDenied => text!("you may not write there", "je mag daar niet schrijven"),
        io::ErrorKind::AlreadyExists => text!("it is there already", "het staat er al"),
        io::ErrorKind::NotADirectory => text!("a part of the path is a file", "een deel van het pad is een bestand"),
        _ => Text::same(err.to_string()),
    };
    Problem::failure(text!("cannot make {shown}; nothing has changed", "kan {shown} niet maken; er is niets veranderd")).why(why)
}

/// What was made, and what to do next.
fn page(context: &Context, seed: &Seed, root: &Path, named: &Path, made: &[NewFile]) -> Answer {
    let (folder, business) = (root.display(), seed.template.label());
    let title = Text::new(format!("A workspace for {}", business.en), format!("Een werkmap voor {}", business.nl));
    let told = made.iter().rev().filter(|file| !file.purpose.is_empty());
    let told = told.map(|file| (Text::same(file.path), Cell::Text(file.purpose.clone()))).collect();
    let document = Document::new(title)
        .subtitle(Text::same(folder.to_string()))
        .with(Block::Facts(told))
        .with(Block::Heading(text!("Next", "En nu")))
        .with(Block::Facts(next(context, root, named)));
    Answer {
        schema: "attent.init/1",
        json: json!({
            "workspace": folder.to_string(),
            "template": seed.template.word(),
            "language": seed.lang.code(),
            "currency": seed.currency,
            "files": made.iter().map(|file| json!({"path": file.path})).collect::<Vec<_>>(),
        }),
        rows_key: "files",
        ids: made.iter().map(|file| file.path.to_owned()).collect(),
        document,
        calendar: None,
    }
}

fn next(context: &Context, root: &Path, named: &Path) -> Vec<(Text, Cell)> {
    let command = |en: &str, nl: &str, purpose: Text| (Text::new(en, nl), Cell::Text(purpose));
    let mut next = vec![
        command(
            "attent customers add \"Anna\"",
            "attent customers add \"Anna\"",
            text!("or `attent import FILE`: mail, exports", "of `attent import BESTAND`: mail, exports"),
        ),
        command(
            "attent log Anna \"called, happy\"",
            "attent log Anna \"gebeld, blij\"",
            text!("a contact with her", "een contact met haar"),
        ),
        command("attent score", "attent score", text!("how warm every stage is", "hoe warm elke fase is")),
        command("attent suggest", "attent suggest", text!("one or two warm actions", "een of twee warme acties")),
        command("attent plan", "attent plan", text!("this week: whom, how and why", "deze week: wie, hoe en waarom")),
    ];
    if context.here.canonicalize().is_ok_and(|here| here != root) {
        let go = format!("cd {}", shell::path(&named.display().to_string()));
        next.insert(0, command(&go, &go, text!("go there first", "ga er eerst heen")));
    }
    next
}
