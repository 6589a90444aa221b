//! The Dutch of the help of `gift` and `gifts`.

use super::words::Pairs;

/// What the commands do, their arguments and what stands for a value.
pub const GIFTS: Pairs = &[
    ("Plan and record gifts, and what customers like", "Plan cadeaus en leg ze vast, en wat klanten fijn vinden"),
    (
        "Show the occasions ahead and what may be given, or the register",
        "Toon de aanleidingen die komen en wat je mag geven, of het register",
    ),
    ("Plan a gift; the rules are asked first", "Plan een cadeau; eerst kijken de regels mee"),
    ("Note an idea for a gift", "Noteer een idee voor een cadeau"),
    ("Record what was given", "Leg vast wat er gegeven is"),
    ("List ideas and plans", "Toon ideeën en plannen"),
    ("Take an idea or a plan away", "Haal een idee of plan weg"),
    (
        "Note or list what a customer likes, cannot have, and how they want to be reached",
        "Noteer of toon wat een klant fijn vindt, niet kan hebben, en hoe je die het best bereikt",
    ),
    ("How many days to look ahead", "Hoeveel dagen vooruit"),
    ("Every gift that was given, with its particulars", "Elk cadeau dat gegeven is, met de gegevens erbij"),
    ("Only what was given in this year", "Alleen wat in dit jaar gegeven is"),
    ("Only up to this day", "Alleen tot en met deze dag"),
    ("What it is", "Wat het is"),
    ("What it costs", "Wat het kost"),
    (
        "For which occasion: birthday, anniversary, deal, or in your own words",
        "Voor welke aanleiding: verjaardag, jubileum, opdracht, of in je eigen woorden",
    ),
    ("Why this, for them: what it refers to", "Waarom dit, voor hen: waar het naar verwijst"),
    ("Who gives it", "Wie het geeft"),
    ("Who on their side said that it is all right", "Wie aan hun kant het goed vond"),
    (
        "The day it is meant for; that of the occasion when left out, else today",
        "De dag waarvoor het bedoeld is; zonder dit die van de aanleiding, en anders vandaag",
    ),
    ("Plan it although rules stop it, and say why", "Plan het terwijl regels het tegenhouden, en zeg waarom"),
    ("What would suit them", "Wat bij hen past"),
    ("The number of the plan or idea, or the customer", "Het nummer van het plan of idee, of de klant"),
    ("What was given; of a plan, what it was meant to be when left out", "Wat er gegeven is; zonder dit, bij een plan, wat het plan was"),
    ("When it was given; now when left out", "Wanneer het gegeven is; zonder dit nu"),
    ("Every point of the checklist was checked", "Elk punt van de checklist is nagekeken"),
    ("The number of the idea or plan", "Het nummer van het idee of plan"),
    (
        "What they like or cannot have, or how they want to be reached; without it, what is known",
        "Wat ze fijn vinden of niet kunnen hebben, of hoe je ze bereikt; zonder dit wat er bekend is",
    ),
    ("Where it was learned", "Waar dat vandaan komt"),
    ("Forget it; a part of it is enough", "Vergeet het; een deel ervan is genoeg"),
    ("The most they may be given in a year, all gifts together", "Het meeste dat ze per jaar mogen krijgen, alle cadeaus samen"),
    ("Whether somebody on their side must approve a gift first", "Of iemand aan hun kant eerst akkoord moet geven op een cadeau"),
    ("Whether a gift may go to the office address only", "Of een cadeau alleen naar het kantooradres mag"),
    ("OCCASION", "AANLEIDING"),
    ("WHERE", "WAAR"),
    ("YEAR", "JAAR"),
    ("yes|no", "ja|nee"),
];
