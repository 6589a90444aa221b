//! Words that say little about who is meant, in Dutch and English; all folded.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Particles and joining words: they count for a name to be equal, not for it to be alike.
const PARTICLES: &str = "van de der den het t te ten ter op aan in bij onder over uit s d la le les l von zu zur vom el al da das dos di \
     du do of en and und et the a";

/// Particles that more often begin a surname than a new part of a sentence.
const SURNAME_PARTICLES: &str = "van de der den t te ten ter von vom zu la le du da dos di el al";

/// Legal forms.
const LEGAL_FORMS: &str = "bv nv vof cv bvba srl sprl eenmanszaak maatschap stichting vereniging cooperatie holding ltd limited llc llp inc \
     plc corp gmbh ag kg ohg ug ev sa sarl sas spa ab as aps oy";

/// Titles and forms of address.
const TITLES: &str = "dhr heer meneer mw mevr mevrouw fam familie drs ir ing mr dr prof bsc msc ba ma mba phd mrs ms miss sir madam lady lord \
     jr sr";

/// Words of sentences and appointments that are not a name by themselves, even with a capital.
const SENTENCE: &str = "aan af al alle alleen als altijd bij binnen daar dan dat deze die dit doen door dus een eens eerst en er even gaan \
     gedaan geen gehad gegaan geweest goed haar had heb hebben heeft heel hem het hier hij hoe hun iemand iets ik in is ja je jij jou jouw \
     kan kon kreeg laat langs lang leuk maar met mij mijn naar nee niet nieuw nieuwe niks nog nu of om onder ons onze ook op over per \
     samen tegen terug toe toen tot tussen twee drie vier uit uur uren van vanaf vandaag gisteren morgen vanmiddag vanmorgen vanochtend \
     vanavond veel via volgende vorige voor vraag vroeg waar wanneer want was wat we week weer weet wel werd wie wij wil woord zal ze \
     zei zich zij zijn zo zonder zou ochtend middag avond nacht maand jaar dag dagen weken maanden minuten \
     about after again all and any are asked back been before but came can con day did for from gave get got had has have her here him his \
     how its just last long made met month more new next not now off one only our out over said see sent she some talked that the their \
     them then there they this time today tomorrow two until was week went were what when who why with would year yes yesterday you your \
     maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma di wo do vr za zo monday tuesday wednesday thursday friday saturday \
     sunday mon tue wed thu fri sat sun januari februari maart juni juli augustus september oktober november december january \
     february march july october feb mrt mar apr jun jul aug sep sept okt oct nov dec \
     afgesproken afgeleverd afspraak attentie bedankje bedankt beantwoord bel belde belden beldde belletje bellen bericht berichtje beurs \
     bezoek bezoekje bezocht bloemen bloemetje boodschap borrel brief briefje cadeau cadeautje call called calling card chat check coaching \
     coffee coffe contact contract controle demo dinner diner doorgesproken eten etentje evaluatie event facebook factuur feedback feest \
     feestje flowers gebeld gemaild geappt gebracht geluncht gesproken gesprek gestuurd gift golf hulp inkoop instagram intake interview \
     invoice kaart kaartje kennismaking kerst kerstkaart klacht klant klanten koffie kopje letter levering linkedin lunch lunched lunchte \
     mail mailde mails mailtje meeting message money nieuwsbrief nota offerte online onderhoud ontbijt ontmoeting ontvangen oplevering \
     opdracht order overleg phone phoned pakket plan planning portal presentatie prijs product project quote reminder review rondleiding \
     samenwerking sessie shoot skype sms support survey taart teams telefoon telefoontje text texted training update vergadering \
     verjaardag video visit visited voorstel voicemail walk wandeling webinar werk werkte werkzaamheden whatsapp workshop zoom";

/// Names that are words too: they count only with a capital, and not as the first word.
const ALSO_WORDS: &str = "bakker beer berg bloem boer bol bos bosch brand bron bruin brouwer dag dam dijk dokter drost dubbel engel fleur \
     gast geel geluk goud groen groot haan hart haas heuvel hof hoop huis jager jong jonge keizer kok klein kleine klok koning koopman koper \
     kuiper kramer kunst lang lente leeuw meer mei linde meester mees meijer molen molenaar mooi mulder noord oost oud park post pot prins raad roos \
     ruiter schilder schipper slager slot smid snel ster stam steen stein strand sterk timmer timmerman tuin veen veld vis visser vogel vos \
     vriend vrij water waard wagen west wijs winter wit wolf zand zee zomer zon zuid zwart \
     angel april art baker bell bill bishop black brown carter chance cook daisy faith field forest fox frank grace grant gray green hall \
     hill holly hope hunter ivy iris joy june king lane lee love major mark mason may mei mills miller moon page pat rich rob rock rose \
     ruby ruse sky smith stone sue summer turner ward west white will august wood woods worth young";

/// First names that are words too, some of them words of sentences: `Wil je`, `Ben je`, `I will`.
const GIVEN: &str = "abel amber art august bas beau ben bill bo bob bud chip clay cliff dale dawn dean dick dirk drew duke earl eve faith fee \
     fleur floor frank ger ginger glen grace guy hans harry hazel heath heather herb hope iris ivy jack jade jan jay jet jewel job joy june ken \
     kick kim king klaas lance leen lente les lies lily linde loek lot madelief mark marshall max may mees mei merel miles mink moos nick noor \
     norm olijf opal parel pat pearl penny pien pip poppy prince puck ray reed rein rex rich rijk rik rob robin rod roel roos rose ruby rusty \
     sage sam sandy sien sil skip sonny sterre stew storm sue summer teun ties tom ton toon troost vera victor viola violet wade ward \
     wende wies wijs wil will willow wout";

/// Mail domains that say nothing about the firm one works for; a `*` stands for any ending.
const FREE_MAIL: &str = "gmail.com googlemail.com hotmail.* outlook.* live.* msn.com icloud.com me.com mac.com yahoo.* ymail.com \
     rocketmail.com aol.com proton.me protonmail.com protonmail.ch pm.me gmx.* web.de mail.com mail.ru yandex.* zoho.com hey.com fastmail.com \
     fastmail.fm tutanota.com tuta.io hushmail.com posteo.de posteo.net mailbox.org t-online.de freenet.de arcor.de ziggo.nl kpnmail.nl \
     kpnplanet.nl planet.nl xs4all.nl hetnet.nl home.nl upcmail.nl chello.nl casema.nl quicknet.nl telfort.nl telfortglasvezel.nl tele2.nl \
     zonnet.nl wanadoo.nl solcon.nl solcon.com caiway.nl caiway.net online.nl freedom.nl freeler.nl zeelandnet.nl kabelfoon.nl versatel.nl \
     onsbrabantnet.nl onsnet.nu glasnet.nl delta.nl deltanet.nl concepts.nl lijbrandt.nl 12move.nl tiscali.nl telenet.be skynet.be \
     proximus.be scarlet.be pandora.be voo.be orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bluewin.ch libero.it btinternet.com \
     sky.com virginmedia.com ntlworld.com comcast.net verizon.net att.net qq.com 163.com";

/// The lists that words are looked up in.
pub(super) const ALL: &[&str] = &[PARTICLES, SURNAME_PARTICLES, LEGAL_FORMS, TITLES, SENTENCE, ALSO_WORDS, GIVEN];

/// The place of a list in [`ALL`].
#[derive(Debug, Clone, Copy)]
enum List {
    Particles,
    SurnameParticles,
    LegalForms,
    Titles,
    Sentence,
    AlsoWords,
    Given,
}

/// Every listed word with a bit for each list it is in: every word of every note is looked up.
static LISTED: LazyLock<FxHashMap<&str, u8>> = LazyLock::new(|| {
    let mut listed = FxHashMap::default();
    for (place, list) in ALL.iter().enumerate() {
        list.split_ascii_whitespace().for_each(|word| *listed.entry(word).or_default() |= 1 << place);
    }
    listed
});

/// Whether a word is in one of some lists.
fn in_lists(lists: &[List], word: &str) -> bool {
    let asked = lists.iter().fold(0, |asked, list| asked | 1 << *list as u8);
    LISTED.get(word).is_some_and(|found| found & asked != 0)
}

pub(super) fn is_particle(word: &str) -> bool {
    in_lists(&[List::Particles], word)
}

/// A particle of surnames, rather than a word that goes on with the sentence.
pub(super) fn is_surname_particle(word: &str) -> bool {
    in_lists(&[List::SurnameParticles], word)
}

pub(super) fn is_legal_form(word: &str) -> bool {
    in_lists(&[List::LegalForms], word)
}

pub(super) fn is_title(word: &str) -> bool {
    in_lists(&[List::Titles], word)
}

/// A word of sentences, never a name by itself.
pub(super) fn is_sentence_word(word: &str) -> bool {
    in_lists(&[List::Particles, List::LegalForms, List::Titles, List::Sentence], word)
}

/// A name that is a word too.
pub(super) fn is_also_a_word(word: &str) -> bool {
    in_lists(&[List::AlsoWords], word)
}

/// A first name that is a word too.
pub(super) fn is_given_name_too(word: &str) -> bool {
    in_lists(&[List::Given], word)
}

/// Whether mail addresses of this domain, such as `gmail.com`, are given to anybody, so that the
/// domain says nothing about who it is. Providers of Europe and the largest beyond.
pub fn is_free_mail(domain: &str) -> bool {
    let domain = domain.trim().trim_start_matches('@').to_lowercase();
    FREE_MAIL.split_ascii_whitespace().any(|listed| match listed.strip_suffix('*') {
        // `outlook.*` is outlook.com and outlook.co.uk, not outlook.myfirm.example.nl
        Some(stem) => domain.strip_prefix(stem).is_some_and(|ending| ending.len() <= 6 && !ending.is_empty()),
        None => domain == listed,
    })
}
