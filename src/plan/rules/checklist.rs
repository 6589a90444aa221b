//! G11: what is checked before a present counts as given (METHOD §3.2).

use crate::domain::text::Text;
use crate::text;

/// The ten points, in the order they are asked.
pub const GIFT_CHECKLIST: fn() -> Vec<Text> = gift_checklist;

fn gift_checklist() -> Vec<Text> {
    vec![
        text!("the name is right, and spelled right", "de naam klopt, en is goed gespeld"),
        text!("the reason is said in one sentence", "de reden staat er in één zin bij"),
        text!("a line was written by hand by whoever gives it", "de gever heeft er zelf met de hand een regel bij geschreven"),
        text!("no logo is the main thing", "er staat geen logo centraal"),
        text!("what they may accept was checked", "nagegaan is wat ze mogen aannemen"),
        text!("it costs no more than may be spent", "het kost niet meer dan mag"),
        text!("it was packed by hand and looked over", "het is met de hand ingepakt en nagekeken"),
        text!("the address and the day of delivery were confirmed", "het adres en de bezorgdag zijn bevestigd"),
        text!("the receipt was kept", "het bonnetje is bewaard"),
        text!("the follow-up has no question about sales in it", "de opvolging bevat geen verkoopvraag"),
    ]
}
