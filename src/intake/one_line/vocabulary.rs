//! Small words of Dutch and English that tell what the word next to them is.

macro_rules! is_one_of {
    ($(#[$doc:meta])* $name:ident: $($word:literal)|+) => {
        $(#[$doc])*
        pub(super) fn $name(word: &str) -> bool {
            matches!(word, $($word)|+)
        }
    };
}

is_one_of!(
    /// A word of names by which nobody can be told.
    is_particle: "van" | "der" | "den" | "de" | "het" | "t" | "ten" | "ter" | "te" | "von" | "zu" | "du" | "la" | "le" | "da" | "di" | "el"
        | "al" | "bin" | "the" | "and" | "en" | "of" | "in" | "op" | "aan" | "a" | "s" | "bv" | "nv" | "vof" | "cv" | "ltd" | "llc" | "inc"
        | "gmbh" | "bvba" | "plc" | "co" | "zn" | "zonen" | "sons" | "voor" | "for" | "met" | "with" | "bij" | "at" | "by" | "uit" | "onze"
        | "our" | "we" | "ik" | "is" | "je" | "my" | "mijn"
);
is_one_of!(
    /// A particle that stands inside a family name.
    is_inner: "van" | "der" | "den" | "de" | "het" | "t" | "ten" | "ter" | "te" | "von" | "zu" | "du" | "la" | "le" | "da" | "di" | "el" | "al"
        | "bin"
);
is_one_of!(
    /// Puts two of a sort side by side.
    is_and: "en" | "and" | "&" | "+" | "plus"
);
is_one_of!(
    /// Whoever follows was there.
    is_with: "met" | "with" | "aan"
);
is_one_of!(
    /// Whoever follows a word of contact was there: a mail from, a visit at.
    is_party: "van" | "from" | "door" | "by" | "bij" | "naar" | "at" | "for" | "voor" | "to"
);
is_one_of!(
    /// Whoever follows is talked about.
    is_about: "over" | "about" | "namens" | "regarding" | "betreffende" | "inzake" | "re" | "concerning" | "that" | "dat"
);
is_one_of!(
    /// Whoever follows one of these was contacted, without a preposition.
    is_contacting: "belde" | "belden" | "bel" | "gebeld" | "bellen" | "opgebeld" | "terugbelde" | "teruggebeld" | "mailde" | "mailden" | "gemaild"
        | "emailde" | "appte" | "appten" | "geappt" | "smste" | "bezocht" | "bezochten" | "sprak" | "spraken" | "gesproken" | "zag" | "zagen"
        | "gezien" | "ontmoette" | "ontmoet" | "bedankte" | "bedankt" | "feliciteerde" | "gefeliciteerd" | "schreef" | "called" | "phoned"
        | "rang" | "emailed" | "mailed" | "texted" | "messaged" | "visited" | "saw" | "met" | "thanked" | "congratulated" | "wrote" | "told"
        | "dmd" | "zoomde" | "zoomed" | "whatsappte" | "whatsapped"
);
is_one_of!(
    /// Stands between a verb and a name without changing who is meant.
    is_filler: "even" | "net" | "weer" | "nog" | "kort" | "ook" | "zojuist" | "vandaag" | "eindelijk" | "snel" | "terug" | "back" | "just" | "again"
        | "briefly" | "finally" | "also" | "only" | "alleen" | "samen" | "together" | "lang" | "uitgebreid" | "quickly" | "up" | "op"
        | "on" | "in" | "today"
);
is_one_of!(
    /// Before a thing, not before a name.
    is_article: "de" | "het" | "een" | "the" | "a" | "an" | "our" | "your" | "their" | "his" | "her" | "my" | "its" | "onze" | "ons" | "jouw"
        | "je" | "uw" | "hun" | "zijn" | "haar" | "mijn" | "m" | "n" | "t" | "deze" | "die" | "dit" | "this" | "these" | "those"
        | "nieuwe" | "new" | "geen" | "no" | "elke" | "every"
);
is_one_of!(
    /// Before a name, and no part of it.
    is_title: "mevrouw" | "mevr" | "mw" | "meneer" | "dhr" | "heer" | "mr" | "mrs" | "ms" | "miss" | "dr" | "drs" | "ir" | "ing" | "prof" | "fam"
        | "familie" | "tante" | "oom" | "klant" | "customer" | "client" | "collega" | "colleague" | "family"
);
is_one_of!(
    /// Written with a capital without being somebody: days, months, feasts, languages, our own.
    is_calendar: "maandag" | "dinsdag" | "woensdag" | "donderdag" | "vrijdag" | "zaterdag" | "zondag" | "monday" | "tuesday" | "wednesday"
        | "thursday" | "friday" | "saturday" | "sunday" | "january" | "february" | "march" | "april" | "may" | "june" | "july" | "august"
        | "september" | "october" | "november" | "december" | "januari" | "februari" | "maart" | "mei" | "juni" | "juli" | "augustus"
        | "oktober" | "kerst" | "kerstmis" | "christmas" | "xmas" | "pasen" | "easter" | "pinksteren" | "sinterklaas" | "nieuwjaar"
        | "koningsdag" | "hemelvaart" | "carnaval" | "halloween" | "valentijnsdag" | "valentine" | "ramadan" | "hanukkah" | "english" | "engels"
        | "dutch" | "nederlands" | "duits" | "german" | "frans" | "french" | "nederland" | "netherlands"
);
is_one_of!(
    /// Whom or what nobody would call a customer, though it stands where one is named.
    is_nobody: "i" | "ik" | "we" | "wij" | "me" | "mij" | "us" | "ons" | "hem" | "haar" | "hen" | "him" | "her" | "them" | "iedereen" | "everyone"
        | "everybody" | "iemand" | "someone" | "niemand" | "nobody" | "het" | "de" | "the" | "een" | "a" | "mevrouw" | "meneer" | "ok" | "oke"
        | "ja" | "nee" | "yes" | "no" | "hij" | "zij" | "ze" | "he" | "she" | "they" | "it" | "dit" | "dat" | "daarna" | "toen" | "then" | "after"
        | "ook" | "also" | "later" | "verder" | "nu" | "now" | "excuses" | "sorry" | "dank" | "thanks"
);
is_one_of!(
    /// A name of people that is an ordinary word as well.
    is_also_a_word: "will" | "may" | "bill" | "mark" | "joy" | "page" | "bloem" | "gift" | "hope" | "grace" | "rose" | "faith" | "art" | "sue"
        | "drew" | "chase" | "miles" | "summer" | "april" | "june" | "august" | "rich" | "guy" | "max" | "ray" | "dean" | "rob" | "pat"
        | "jack" | "wit" | "vos" | "boer" | "bakker" | "visser" | "brown" | "young" | "king" | "groen" | "bos" | "berg"
);

is_one_of!(
    /// Comes along with somebody, and has no name in the log.
    is_company: "vrouw" | "man" | "wife" | "husband" | "team" | "partner" | "kinderen" | "kids" | "collega" | "collegas" | "colleague" | "colleagues"
        | "family" | "gezin" | "zoon" | "dochter" | "son" | "daughter" | "zus" | "broer" | "sister" | "brother" | "hond" | "dog" | "others"
        | "anderen" | "more" | "meer" | "nog" | "then" | "toen" | "daarna" | "afterwards" | "both" | "beiden" | "all" | "allemaal" | "happy"
        | "blij" | "that" | "thats" | "got" | "had" | "was" | "will" | "made" | "kreeg" | "sprak" | "ging" | "vroeg" | "said" | "zei" | "asked"
);

is_one_of!(
    /// Movement towards a place: what follows `to` is no person.
    is_moving: "went" | "go" | "going" | "drove" | "travelled" | "traveled" | "moved" | "moving" | "flew" | "trip" | "back" | "came"
);
is_one_of!(
    /// A date after one of these is not when it happened.
    ties_a_date: "van" | "of" | "from" | "sinds" | "since" | "vanaf" | "tot" | "until" | "till" | "voor" | "before" | "by" | "tegen" | "per" | "over"
        | "about" | "for" | "na" | "after" | "uiterlijk" | "elke" | "every" | "the"
);
is_one_of!(
    /// A word that may begin a date or a time, apart from figures, days and months.
    begins_a_date: "a" | "an" | "the" | "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten" | "eleven"
        | "twelve" | "een" | "één" | "twee" | "drie" | "vier" | "vijf" | "zes" | "zeven" | "acht" | "negen" | "tien" | "elf" | "twaalf"
        | "half" | "halfuur" | "kwartier" | "kwart" | "quarter" | "on" | "op" | "at" | "om" | "rond" | "around" | "in" | "last" | "laatste" | "previous" | "past"
        | "this" | "deze" | "dit" | "next" | "coming" | "de" | "den" | "'s" | "’s" | "noon" | "midnight" | "middernacht" | "tonight"
        | "today" | "yesterday" | "tomorrow" | "morgen" | "morgenmiddag" | "morgenochtend" | "morgenavond" | "now" | "nu" | "zojuist"
        | "just"
);
is_one_of!(
    /// A length of time after one of these is not how long the contact took: `om 3 uur`, `in 20 minuten`.
    ties_a_length: "om" | "at" | "rond" | "around" | "tot" | "until" | "vanaf" | "from" | "over" | "in" | "binnen" | "within" | "elke" | "every"
        | "per" | "na" | "after" | "voor" | "before" | "sinds" | "since" | "waited" | "wachtte" | "kwart"
);
is_one_of!(
    /// Nor is one before one of these: `half uur geleden`, `20 minuten te laat`.
    follows_another_length: "geleden" | "ago" | "terug" | "back" | "te" | "late" | "later" | "early" | "eerder" | "earlier" | "oud" | "old" | "vooraf"
        | "per" | "before" | "from" | "gewacht" | "rijden" | "drive" | "away" | "s" | "am" | "pm"
);
is_one_of!(
    /// Waiting is no contact.
    is_waiting: "vertraging" | "delay" | "wachttijd" | "wachten" | "waiting" | "late" | "laat"
);
