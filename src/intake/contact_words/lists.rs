//! The shipped words, in English and Dutch: folded, so `é` is `e` and `e-mail` is `e mail`.

use crate::domain::words::{Channel, Direction, Kind};

/// Words that say what a contact was about, parted by commas (METHOD §1.2). Mail import reads them in
/// subjects, where a wrong hit is worse than none: a word that often means something else (`actie`,
/// `support`, `service`, `ticket`) stands here only in a phrase.
pub(super) const KINDS: &[(Kind, &str)] = &[
    (
        Kind::Transactional,
        "factuur, facturen, gefactureerd, factuurnummer, aanmaning, aanmaningen, betaling, betalingen, aanbetaling, betaalverzoek, \
         betaallink, herinnering, offerte, offertes, prijsopgave, bestelling, bestellingen, bestelnummer, ordernummer, \
         orderbevestiging, opdrachtbevestiging, verzendbevestiging, afleverbon, pakbon, kassabon, creditnota, incasso, contract, \
         contracten, invoice, invoices, invoiced, payment, payments, receipt, receipts, reminder, quotation, quotations, quote, \
         quotes, order, orders, purchase order, credit note, packing slip, direct debit, refund",
    ),
    (
        Kind::Service,
        "klacht, klachten, storing, storingen, reparatie, reparaties, gerepareerd, garantie, onderhoudsbeurt, helpdesk, \
         klantenservice, technische vraag, supportvraag, supportticket, retourzending, complaint, complaints, complained, repair, \
         repairs, repaired, malfunction, outage, warranty, support ticket, support request, customer support, customer service, \
         technical support, tech support, help desk",
    ),
    (
        Kind::Promo,
        "aanbieding, aanbiedingen, korting, kortingen, kortingscode, kortingsactie, kortingsbon, uitverkoop, opruiming, \
         actieprijs, actieprijzen, actiecode, actieweek, tijdelijke actie, winactie, gratis verzending, laatste kans, black \
         friday, cyber monday, sale, discount, discounts, promo, promo code, coupon, coupons, voucher, vouchers, special offer, \
         special offers, exclusive offer, limited offer, free shipping, last chance",
    ),
];

/// Words that name a channel, parted by commas; folded, so `é` is `e` and `e-mail` is `e mail`.
pub(super) const CHANNELS: &[(Channel, &str)] = &[
    (
        Channel::Visit,
        "bumped into, ran into, came by, came over, uit eten, gelunched, wandeling, ontmoette, ontmoetten, met with, met up, lunch, lunched, geluncht, lunchte, koffie, coffee, bezocht, bezoek, bezoekje, bezoeken, visit, visited, langs, \
         langsgegaan, langsgeweest, dropped by, stopped by, met in person, borrel, diner, dinner, rondleiding, \
         kennismaking",
    ),
    (Channel::Event, "evenement, beurs, workshop, webinar, netwerkborrel, open dag, conference, trade fair, meetup, feestje"),
    (Channel::Video, "zoom, zoomde, zoomed, video, videogesprek, videocall, video call, google meet, facetime, beeldbellen"),
    (
        Channel::Phone,
        "aan de lijn, belde, belden, gebeld, bellen, belletje, terugbelde, teruggebeld, opgebeld, telefoon, telefonisch, telefoontje, \
         telefoongesprek, voicemail, ingesproken, call, called, calling, phone, phoned, telephone, \
         nam niet op, nam niet aan, neemt niet op, niet kunnen bereiken, geen gehoor, didnt pick up, did not pick up, no answer",
    ),
    (Channel::Card, "kaart, kaartje, kaarten, kerstkaart, verjaardagskaart, card, cards, postcard, ansichtkaart, bedankkaart"),
    (
        Channel::Gift,
        "fles wijn, flessen wijn, bottle of wine, bottles of wine, kado, kadootje, kados, boeket, boeketje, bouquet, box of chocolates, \
         cadeaubon, boekenbon, gift card, cadeau, cadeautje, cadeaus, gift, gifts, bloemen, bloemetje, bos bloemen, flowers, taart, chocolade, \
         chocolates, kerstpakket, attentie",
    ),
    (
        Channel::Message,
        "appte, appten, geappt, appje, appjes, whatsapp, whatsappte, whatsapped, sms, smste, ge smst, texted, smsje, dmd, bericht, \
         berichtje, dm, message, messaged",
    ),
    (Channel::Chat, "chat, chatte, chatted, gechat, livechat, live chat"),
    (
        Channel::Email,
        "mail, mails, mailde, mailden, gemaild, mailtje, mailed, mailing, email, emails, emailed, emailde, e mail, e mails, e \
         mailde, e mailed",
    ),
    (
        Channel::Letter,
        "een brief, de brief, per brief, brief gestuurd, brief geschreven, brief van, briefje, brieven, bedankbrief, letter, \
         letters, per post",
    ),
    (
        Channel::Social,
        "google review, star review, linkedin, facebook, instagram, twitter, social media, socials, tiktok, mastodon, bluesky",
    ),
    (Channel::Portal, "portal, portaal, klantportaal, klantomgeving"),
    (Channel::Newsletter, "nieuwsbrief, nieuwsbrieven, newsletter, newsletters"),
    (Channel::Push, "pushmelding, pushbericht, push notification"),
    (Channel::Survey, "enquete, survey, vragenlijst, nps, questionnaire, tevredenheidsonderzoek"),
];

/// Words that name a channel only when no other word does.
pub(super) const FAINT: &[(Channel, &str)] = &[
    (
        Channel::Visit,
        "afspraak, meeting, tea, vergadering, vergaderd, presentatie, presentation, saw, zag, gezien, ontmoet, ontmoeting, met @, bij @",
    ),
    (Channel::Event, "event, opening, party"),
    (Channel::Video, "teams"),
    (Channel::Phone, "bel, rang, gesproken, sprak, spraken, spoke with, spoke to, spoke, talked to, talked with"),
    (Channel::Gift, "present"),
    (Channel::Message, "text, app, signal"),
    (Channel::Letter, "brief"),
    (Channel::Push, "push"),
];

/// Phrases that say who started it.
pub(super) const DIRECTIONS: &[(Direction, &str)] = &[
    (
        Direction::In,
        "gebeld door, gemaild door, geappt door, belde mij, belde me, belde ons, mailde mij, mailde me, mailde ons, appte \
         mij, appte me, appte ons, hij belde, zij belde, ze belde, ze belden, klant belde, hij mailde, zij mailde, ze mailde, \
         klant mailde, hij appte, zij appte, ze appte, klant appte, kreeg, kregen, gekregen, binnengekregen, binnengekomen, kwam binnen, ontving, ontvingen, ontvangen, \
         hij stuurde, zij stuurde, ze stuurde, stuurde mij, stuurde me, stuurde ons, kwam langs, vroeg mij, vroeg me, called \
         me, called us, called in, phoned me, phoned us, rang me, rang us, emailed me, emailed us, mailed me, mailed us, \
         texted me, texted us, messaged me, messaged us, he called, she called, they called, he phoned, she phoned, they \
         phoned, he rang, she rang, he emailed, she emailed, they emailed, he mailed, she mailed, they mailed, he texted, she \
         texted, they texted, he sent, she sent, they sent, sent me, sent us, received, got a, got an, heard from, call from, \
         mail from, email from, e mail from, message from, card from, letter from, mail van, mailtje van, telefoontje van, \
         bericht van, berichtje van, appje van, kaart van, kaartje van, brief van, called by, visited by, visited us, visited \
         me, teruggebeld door, opgebeld door, complained, klaagde, klaagden, geklaagd, klacht van, complaint from, complaint by, baalde, \
         was not happy, wasnt happy, app van, sms van, smsje van, whatsapp van, whatsapp from, sms from, text from, dm van, dm from, \
         review van, review from, comment from, left a review, left us a review, star review, dmd me, she dmd, \
         she paid, ze betaalde, ze gaf, she gave, ze bracht, she brought, ze heeft teruggebeld, ze heeft gebeld, ze \
         heeft gemaild, ze heeft geappt, ze heeft gestuurd, klant kreeg ik, klant kregen we, klant ontving ik, gift from, flowers \
         from, cadeau van, kado van, bloemen van, klant has called, klant has emailed, klant has sent, came by",
    ),
    (
        Direction::Out,
        "ze kreeg, she got, ze ontving, she received, klant kregen, ik belde, ik mailde, ik appte, ik stuurde, wij belden, we belden, we mailden, stuurde, stuurden, gestuurd, \
         verstuurd, verzonden, i called, i phoned, i rang, i emailed, i mailed, i texted, we called, we phoned, we emailed, \
         we mailed, sent, left a voicemail, voicemail ingesproken, no answer, nam niet op, nam niet aan, neemt niet op, \
         niet kunnen bereiken, niet bereikt, geen gehoor, kreeg geen gehoor, didnt pick up, did not pick up, didnt answer, couldnt reach, \
         could not reach, at home when i, wasnt at home, was not at home, wasnt home, was niet thuis, niet thuis, gaf, gegeven, gave, brought",
    ),
    (Direction::Both, "over en weer, back and forth, belden met elkaar, spraken elkaar"),
];

/// Phrases in which a word of the lists means something else: they hide what stands in them.
pub(super) const HIDING: &str = "in order, out of order, for sale, point of sale, sale of, call to action, \
     op de kaart, in kaart, mooie herinnering, goede herinnering, fijne herinnering, dierbare herinnering, in herinnering, ter \
     herinnering, herinnering aan, langs elkaar";

/// Whoever stands before the verb in a phrase of [`DIRECTIONS`]; a customer's name may stand there too.
pub(super) const SUBJECTS: [&str; 7] = ["hij", "zij", "ze", "klant", "he", "she", "they"];
