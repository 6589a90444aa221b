//! The answer as Markdown, with pipe tables.

use std::io::{self, Write};

use super::cell::Cell;
use super::document::{Align, Block, Document, Table};
use super::locale::Look;
use super::strip::Strip;
use super::wrap::width;

/// Writes the document as Markdown.
pub fn write(document: &Document, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if !document.title.is_empty() {
        writeln!(out, "# {}", escaped(&look.text(&document.title)))?;
    }
    if let Some(subtitle) = &document.subtitle {
        writeln!(out, "\n{}", escaped(&look.text(subtitle)))?;
    }
    document.blocks.iter().try_for_each(|block| write_block(block, look, out))
}

fn write_block(block: &Block, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    match block {
        Block::Table(table) => write_table(&table.for_people(), look, out),
        Block::Text(text) => writeln!(out, "\n{}", escaped(&look.text(text))),
        Block::Heading(text) => writeln!(out, "\n## {}", escaped(&look.text(text))),
        Block::Facts(facts) => {
            writeln!(out)?;
            // What has no name of its own is more of the fact above.
            facts.iter().try_for_each(|(name, cell)| match escaped(&look.text(name)) {
                name if name.is_empty() => writeln!(out, "  - {}", shown(cell, look)),
                name => writeln!(out, "- **{name}**: {}", shown(cell, look)),
            })
        }
        Block::Strip(strip) => write_strip(strip, look, out),
        Block::List(items) => {
            writeln!(out)?;
            items.iter().try_for_each(|item| writeln!(out, "- {}", escaped(&look.text(item))))
        }
        Block::Hint(_) => Ok(()),
    }
}

/// Signs in a block of code, where each is as wide as the next; what they mean below it.
fn write_strip(strip: &Strip, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let lines = strip.lines(look);
    let names: Vec<String> = lines.iter().map(|line| look.text(&line.name)).collect();
    let room = names.iter().map(|name| width(name)).max().unwrap_or(0) + 2;
    writeln!(out, "\n```text\n{:room$}{}", "", strip.months(look))?;
    for (line, name) in lines.iter().zip(&names) {
        let signs: String = line.marks.iter().map(|mark| mark.sign).collect();
        writeln!(out, "{name}{:1$}{signs}", "", room - width(name))?;
    }
    writeln!(out, "```\n\n{}", escaped(&look.text(&strip.legend(look))))
}

fn write_table(table: &Table, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let titles: Vec<_> = table.columns.iter().map(|column| escaped(&look.text(&column.title))).collect();
    let rules = table.columns.iter().map(|column| if column.align == Align::Right { "---:" } else { "---" });
    writeln!(out, "\n| {} |\n| {} |", titles.join(" | "), rules.collect::<Vec<_>>().join(" | "))?;
    for row in table.rows.iter() {
        let cells = (0..table.columns.len()).map(|index| shown(row.cells.get(index).unwrap_or(&Cell::Empty), look));
        writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "))?;
    }
    Ok(())
}

fn shown(cell: &Cell, look: &Look) -> String {
    let text = cell.show(look);
    if cell.is_wording() { escaped(&text) } else { text }
}

/// An address that begins so is made a link, even where nothing marks it as one.
fn ends_with_www(before: &str) -> bool {
    before.len().checked_sub(3).and_then(|at| before.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

/// Escapes what Markdown or the HTML inside it would obey. The text is one line already.
fn escaped(text: &str) -> String {
    let text = text.trim();
    let mut written = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let digits_before = at > 0 && text.get(..at).is_some_and(|before| before.bytes().all(|b| b.is_ascii_digit()));
        let link = c == ':' && text[at..].starts_with("://") || c == '.' && ends_with_www(&text[..at]);
        match c {
            _ if link => written.extend(['\\', c]),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '&' => written.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => written.extend(['\\', c]),
            '#' | '+' | '-' | '=' if at == 0 => written.extend(['\\', c]),
            '.' | ')' if digits_before => written.extend(['\\', c]),
            _ => written.push(c),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_is_obeyed() {
        for (name, written) in [
            ("a|b", "a\\|b"),
            ("# heading", "\\# heading"),
            ("1. item", "1\\. item"),
            ("- item", "\\- item"),
            ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
            ("`x` *y* [z](u)", "\\`x\\` \\*y\\* \\[z\\](u)"),
            ("Café no. 1.5", "Café no. 1.5"),
            ("https://x.nl: www.x.nl", "https\\://x.nl: www\\.x.nl"),
        ] {
            assert_eq!(escaped(name), written);
        }
    }
}
