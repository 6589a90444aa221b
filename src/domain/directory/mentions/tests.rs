//! What is found of whom, and what is left alone.

use super::*;

fn anna() -> Mentions {
    let mut mentions = Mentions::new(Country::default());
    for key in ["Anna de Vries-Bloem", "Annie", "anna.dv@x.nl", "06-12345678", "@bloemwerk.nl"] {
        mentions.add(key);
    }
    mentions.add_place("Dorpsstraat 12, 1234 AB Utrecht");
    for other in ["Bram Bakker", "Anna de Vries-Bloem BV", "Jan de Vries"] {
        mentions.spare(other);
    }
    mentions
}

#[test]
fn whole_names_addresses_and_numbers_are_taken_out_and_nothing_else() {
    for (text, left) in [
        ("met Anna de Vries-Bloem gebeld", "met … gebeld"),
        ("ANNA DE VRIES BLOEM's offerte", "… offerte"),
        ("Vries-Bloem, Ánna de: akkoord", "…: akkoord"),
        ("met Annie, en Annie's man", "met …, en … man"),
        ("mail Anna.DV@X.nl.", "mail …."),
        ("cc piet@bloemwerk.nl, info@werk.nl", "cc …, info@werk.nl"),
        ("bel 06 1234 5678 om 12:00", "bel … om 12:00"),
        ("+31 (0)6-12345678, 0031612345678, (+31) 612345678", "…, …, (…"),
        ("12 0612345678 3", "12 … 3"),
        ("stuur naar dorpsstraat 12", "stuur naar …"),
        ("Anna de Vries-Bloem belde; Anna komt", "… belde; Anna komt"),
        ("Anna de Vries-Bloem en Jan de Vries", "… en Jan de Vries"),
        ("Gebeld met Anna de Vri…", "Gebeld met ……"),
    ] {
        assert_eq!(anna().without(text, "…").as_deref(), Some(left), "{text}");
    }
    for text in
        ["Anna de Vries-Bloem BV", "Anna belde", "0612345679 en 106123456781", "de bloem bloeide", "banna.dv@x.nl", "dorpsstraat 121", ""]
    {
        assert_eq!(anna().without(text, "…"), None, "{text}");
    }
}

#[test]
fn beside_the_whole_name_a_word_of_it_is_sure_unless_somebody_else_has_it_too() {
    let mut mentions = Mentions::new(Country::default());
    mentions.add("Anna de Vries");
    mentions.spare("Jan de Vries");
    let text = "Anna de Vries belde; Anna komt, De Vries ook";
    assert_eq!(mentions.without(text, "…").as_deref(), Some("… belde; … komt, De Vries ook"));
}

#[test]
fn likenesses_are_pointed_out() {
    for (text, like) in [
        ("Anna belde", vec!["Anna"]),
        ("mevrouw De Vries", vec!["Vries"]),
        ("met Bloemm gepraat", vec!["Bloemm"]),
        ("de bloem bloeide", vec![]),
        ("Bram Bakker", vec![]),
        ("Jan de Vries", vec![]),
        ("Anna de Vries-Bloem BV", vec![]),
    ] {
        let found = anna().find(text).likeness;
        assert_eq!(found.into_iter().map(|at| &text[at]).collect::<Vec<_>>(), like, "{text}");
    }
}

/// Looks for these, among these others.
fn looking(keys: &[&str], others: &[&str]) -> Mentions {
    let mut mentions = Mentions::new(Country::default());
    keys.iter().for_each(|key| mentions.add(key));
    others.iter().for_each(|other| mentions.spare(other));
    mentions
}

/// What is left of a text, and what in it is pointed out.
#[track_caller]
fn comes_to(mentions: &Mentions, text: &str, left: &str, like: &[&str]) {
    assert_eq!(mentions.without(text, "…").as_deref().unwrap_or(text), left, "{text}");
    let found: Vec<&str> = mentions.find(text).likeness.into_iter().map(|at| &text[at]).collect();
    assert_eq!(found, like, "{text}");
}

#[test]
fn a_name_of_one_word_is_sure_only_where_it_can_be_nothing_else() {
    let all = looking(&["Wil", "Roos", "Jan", "Will", "Annie", "Merel"], &["Bram Bakker", "Kees Smit"]);
    for (text, left, like) in [
        ("Ik wil graag meer; kocht een roos; 12 jan; I will call", "Ik wil graag meer; kocht een roos; 12 jan; I will call", &[][..]),
        ("Met Wil gebeld, kocht een Roos. Wil je?", "Met … gebeld, kocht een Roos. Wil je?", &["Roos", "Wil"]),
        ("op 12 Jan, Jan 2027", "op 12 Jan, Jan 2027", &[]),
        ("wil belde, met roos en annie", "wil belde, met roos en annie", &["roos", "annie"]),
        ("Merel zong", "Merel zong", &["Merel"]),
        ("Annie belde. Met Annie's man, en annie", "… belde. Met … man, en annie", &["annie"]),
        ("Met Annie de Boer, Annie Jansen, Trees Annie, A. Annie", "Met Annie de Boer, Annie Jansen, Trees Annie, A. Annie", &["Annie"; 4]),
        ("Met Annie Roos", "Met … Roos", &["Roos"]),
        ("mevrouw Annie, ANNIE", "mevrouw …, …", &[]),
        ("Annie-Bakker; de Annie-offerte", "Annie-Bakker; de …-offerte", &["Annie"]),
    ] {
        comes_to(&all, text, left, like);
    }
}

#[test]
fn a_word_another_customer_has_is_a_likeness() {
    let anna = looking(&["Anna Smit", "Anna"], &["Anna Bakker", "Piet de Groot"]);
    for (text, left, like) in [
        ("Anna was blij met het boek", "Anna was blij met het boek", &["Anna"][..]),
        ("Anna Bakker was blij", "Anna Bakker was blij", &[]),
        ("Anna Smit belde; Anna ook, mevrouw Smit niet", "… belde; Anna ook, mevrouw … niet", &["Anna"]),
        ("met Anna…", "met Anna…", &["Anna"]),
    ] {
        comes_to(&anna, text, left, like);
    }
    let vries = looking(&["Anna de Vries", "De Vries"], &["Jan de Vries"]);
    comes_to(&vries, "met De Vries; Anna de Vries", "met De Vries; …", &["De Vries"]);
}

#[test]
fn words_of_two_people_are_not_joined() {
    let anna = looking(&["Anna Smit"], &[]);
    for (text, left, like) in [
        ("met Kees Smit, Anna de Boer en Joost", "met Kees Smit, Anna de Boer en Joost", &["Smit", "Anna"][..]),
        ("oma Smit! Anna Jansen belde", "oma Smit! Anna Jansen belde", &["Smit", "Anna"]),
        ("was Anna. Smit ook", "was Anna. Smit ook", &["Anna", "Smit"]),
        ("met Anna\nSmit komt", "met Anna\nSmit komt", &["Anna", "Smit"]),
        ("met Smit Anna", "met Smit Anna", &["Smit Anna"]),
        ("bij Anna, Smit en Cor", "bij Anna, Smit en Cor", &["Anna, Smit"]),
        ("via anna.smit@elders.nl", "via anna.smit@elders.nl", &["anna.smit"]),
        ("N:Smit;Anna;;;", "N:Smit;Anna;;;", &["Smit;Anna"]),
        ("Anna Smit belde; met Kees Smit, Anna de Boer", "… belde; met Kees Smit, Anna de Boer", &["Smit", "Anna"]),
        ("Kees-Anna Smit en Anna Smit-Bakker", "Kees-Anna Smit en Anna Smit-Bakker", &["Anna Smit"; 2]),
        ("Smit, Anna: akkoord. smit, anna", "…: akkoord. …", &[]),
        ("#anna-smit, *Anna* Smit, Anna-Smit, de Anna Smit-map", "#…, *…, …, de …-map", &[]),
    ] {
        comes_to(&anna, text, left, like);
    }
    let initials = looking(&["A. Smit", "Bol.com", "Smit, Annelies", "Jansen, Bakker & Co"], &[]);
    let text = "A. Smit, a smit, Annelies Smit, bol.com en Jansen, Bakker & Co";
    comes_to(&initials, text, "…, …, …, … en …", &[]);
}

#[test]
fn a_name_of_ordinary_words_needs_its_capitals() {
    let all = looking(&["Groen Hart", "De Roos", "Roos BV", "Sterk Advies BV", "Jan Bakker"], &[]);
    for (text, left, like) in [
        ("met Groen Hart, een groen hart", "met …, een groen hart", &["groen hart"][..]),
        ("de roos die ik kocht", "de roos die ik kocht", &["de roos"]),
        ("Met Roos BV", "Met …", &[]),
        ("Sterk Advies BV belde over advies. Advies kwam", "… belde over advies. Advies kwam", &["advies", "Advies"]),
        ("Jan Bakker komt op 12 jan", "… komt op 12 jan", &[]),
        ("Jan Bakker komt 12 Jan. Jan belde, en Jan kwam", "… komt 12 Jan. Jan belde, en … kwam", &["Jan"]),
    ] {
        comes_to(&all, text, left, like);
    }
}

#[test]
fn the_shortest_and_the_longest_names_are_found() {
    let bo = looking(&["Bo"], &[]);
    comes_to(&bo, "Bo belde, Bo's zus; bo, BO en Bob", "Bo belde, Bo's zus; bo, BO en Bob", &["Bo", "Bo's"]);
    comes_to(&looking(&["Li Wei"], &[]), "Li Wei belde; Li komt, met Jo", "… belde; Li komt, met Jo", &["Li"]);
    let long = "Stichting Beheer Derdengelden van de Gezamenlijke Winkeliers rond het Oude Marktplein te Quistrecht";
    comes_to(&looking(&[long], &[]), &format!("met {long} en Bo"), "met … en Bo", &[]);
}

#[test]
fn where_another_lives_too_and_what_another_is_called_by_is_not_taken_out() {
    let mut mentions = looking(&["Anna Smit", "030-2345678", "06-12345678", "@bloemwerk.nl"], &["+31302345678", "piet@bloemwerk.nl"]);
    mentions.add_place("Dorpsstraat 12, 1234 AB Utrecht");
    mentions.add_place("Kwikstraat 9");
    mentions.spare_place("t.a.v. Bram, Dorpsstraat 12 A");
    mentions.spare_place("dorpsstraat 12, 1234ab Utrecht");
    let text = "Kwikstraat 9, Dorpsstraat 12, bel 030 2345678 of 06 12345678; piet@bloemwerk.nl, info@bloemwerk.nl";
    let left = "…, Dorpsstraat 12, bel 030 2345678 of …; piet@bloemwerk.nl, …";
    comes_to(&mentions, text, left, &["Dorpsstraat 12", "030 2345678"]);
    let home = mentions.without_places();
    comes_to(&home, "Kwikstraat 9, Anna Smit", "Kwikstraat 9, …", &[]);
    assert!(home.named_in("Anna Smit") && !home.named_in("Kwikstraat 9") && mentions.named_in("dorpsstraat 12"));
}
