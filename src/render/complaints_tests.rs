use super::*;
use crate::intake::journey::parse_journey;

const PLAIN: Look = Look { lang: Lang::En, colour: false, ascii: true, width: 100 };

/// What a person sees of the mistakes in a journey.
fn seen(text: &str) -> String {
    let file = SourceFile::new("j.yaml", text.as_bytes());
    file.render(&parse_journey(text.as_bytes()).complaints, PLAIN)
}

#[test]
fn probe() {
    println!(
        "{}",
        seen(
            "id: customer\ntitel: Klantreis\nstages:\n  - id: buy\n    promise:\n      - {title: x}\n  - id: use\n    promises:\n      - {title: é, channel: fone, within: 2d}\n    gap: 3d\n    rules: yes\n  - title: x\n  - id: buy\n    half_life: soon\n    gap: {ideal: 30d, maximum: 1w}\n  - id: Über fase\n    rules: [{}, {channel: phone}]\n    promises: [{title: x, channel: card, within: 2d, of: bui}]\n  - id: z\n    rules: {channel: [phone, email]}\n"
        )
    );
    println!(
        "{}",
        seen(
            "id: customer\nstages:\n  - id: a\n    rules: [{channel: phone}]\n  - id: b\n    rules:\n      - {channel: [email, phone]}\n    promises: [{title: x, channel: card, within: 200y, of: c}]\n  - id: a\n"
        )
    );
}
