//! Colour that survives layout. A tone is first written as invisible markers of no width, which
//! the table measures as nothing; at the very end they become ANSI sequences. Data cannot forge
//! them: [`visible`](super::sanitize::visible) shows these characters when they stand in data.

use anstyle::{AnsiColor, Effects, Style};

use super::document::Tone;
use super::locale::Look;

const FIRST: u32 = 0xE0061;
const END: char = '\u{E007F}';

/// Marks one line of text with a tone, if the look has colour.
pub fn mark(text: &str, tone: Option<Tone>, look: &Look) -> String {
    let Some(tone) = tone.filter(|_| look.color && !text.is_empty()) else { return text.to_owned() };
    let index = Tone::ALL.iter().position(|known| *known == tone).unwrap_or_default();
    let start = char::from_u32(FIRST + index as u32).unwrap_or(END);
    format!("{start}{text}{END}")
}

/// Turns the markers into ANSI sequences.
pub fn paint(marked: &str, look: &Look) -> String {
    if !look.color {
        return marked.to_owned();
    }
    let mut painted = String::with_capacity(marked.len() * 2);
    for c in marked.chars() {
        let tone = u32::from(c).checked_sub(FIRST).and_then(|index| Tone::ALL.get(index as usize));
        match tone {
            Some(tone) => painted.push_str(&style(*tone).render().to_string()),
            None if c == END => painted.push_str(&Style::new().bold().render_reset().to_string()),
            None => painted.push(c),
        }
    }
    painted
}

fn style(tone: Tone) -> Style {
    let color = |color: AnsiColor| color.on_default();
    match tone {
        Tone::IceCold => color(AnsiColor::BrightBlue),
        Tone::Cold => color(AnsiColor::Cyan),
        Tone::Lukewarm => color(AnsiColor::Yellow),
        Tone::Warm => color(AnsiColor::BrightRed),
        Tone::Cordial => color(AnsiColor::BrightMagenta),
        Tone::Alert => color(AnsiColor::Red).effects(Effects::BOLD),
        Tone::Strong => Style::new().bold(),
        Tone::Quiet => Style::new().dimmed(),
    }
}
