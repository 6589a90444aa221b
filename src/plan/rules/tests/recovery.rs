//! Recovery: what comes first, by whom, and what follows it.

use super::*;

#[test]
fn r1_recovery_comes_first_and_only_after_a_failure() {
    for other in [Theme::Card, Theme::Referral] {
        check(|life| (life.play, life.failures) = (play(other), vec![failure(990, None)]), Some("R1"));
        check(|life| (life.play, life.failures) = (play(other), vec![failure(900, Some(NOW - 13))]), Some("R1"));
        check(|life| (life.play, life.failures) = (play(other), vec![failure(900, Some(NOW - 14))]), None);
    }
    check(|life| (life.play, life.failures) = (play(Theme::Recovery), vec![failure(990, None)]), None);
    check(|life| life.play = play(Theme::Recovery), Some("R1"));
}

#[test]
fn r1_what_follows_a_recovery_waits_for_it() {
    let card = || Play { after_recovery: true, ..play(Theme::Recovery) };
    let after = |resolved: Option<i64>| move |life: &mut Life| (life.play, life.failures) = (card(), vec![failure(980, resolved)]);
    check(after(None), Some("R1"));
    check(after(Some(NOW - 13)), None);
    check(after(Some(NOW - 14)), Some("R1"));
    check(|life| (life.play, life.failures) = (play(Theme::Recovery), vec![failure(980, Some(NOW - 13))]), Some("R1"));
    check(|life| (life.play, life.failures) = (card(), vec![failure(980, Some(NOW - 13)), failure(990, None)]), Some("R1"));
}

#[test]
fn r1_asking_back_comes_fourteen_days_after() {
    let back = |failures: &[Failure]| {
        let failures = failures.to_vec();
        move |life: &mut Life| (life.play, life.failures) = (tagged(Theme::Recovery, &[CHECK_BACK]), failures.clone())
    };
    check(back(&[]), Some("R1"));
    check(back(&[failure(980, None)]), Some("R1"));
    check(back(&[failure(980, Some(NOW - 13))]), Some("R1"));
    check(back(&[failure(980, Some(NOW - 14))]), None);
    check(back(&[failure(980, Some(NOW - 14)), failure(990, None)]), Some("R1"));
    check(back(&[failure(980, Some(NOW - 14)), failure(990, Some(NOW - 1))]), None);
}

#[test]
fn r3_what_is_serious_is_made_good_by_voice() {
    let recover = |channel, sender, word| {
        move |life: &mut Life| {
            life.failures = vec![Failure { word, ..failure(990, None) }];
            life.play = play(Theme::Recovery);
            (life.play.contact.channel, life.play.contact.sender) = (channel, sender);
        }
    };
    check(recover(Channel::Message, Sender::Human, Severity::Minor), None);
    check(recover(Channel::Message, Sender::Human, Severity::Moderate), Some("R3"));
    check(recover(Channel::Phone, Sender::Automated, Severity::Severe), Some("R3"));
    for channel in [Channel::Phone, Channel::Visit, Channel::Video] {
        check(recover(channel, Sender::Human, Severity::Severe), None);
    }
    let made_good = Failure { word: Severity::Severe, ..failure(980, Some(990)) };
    check(move |life| (life.play, life.failures) = (Play { after_recovery: true, ..play(Theme::Recovery) }, vec![made_good]), None);
}

#[test]
fn r4_an_explanation_or_a_status_update() {
    let said = |tags: &'static [&'static str], before: i64, what: &'static str| {
        move |life: &mut Life| {
            (life.play, life.tags, life.failures) = (tagged(Theme::Recovery, tags), vec![tag(before, what)], vec![failure(990, None)]);
        }
    };
    check(said(&[EXPLANATION], -1, STATUS_UPDATE), Some("R4"));
    check(said(&[STATUS_UPDATE], -1, EXPLANATION), Some("R4"));
    check(said(&[STATUS_UPDATE], 1, EXPLANATION), Some("R4"));
    check(said(&[STATUS_UPDATE], -2, EXPLANATION), None);
    check(said(&[EXPLANATION], 0, EXPLANATION), None);
    check(said(&[], 0, EXPLANATION), None);
    check(said(&[EXPLANATION, STATUS_UPDATE], -90, "deal"), Some("R4"));
}

#[test]
fn r5_the_extra_is_small() {
    let after = |cost: i64, loss: Option<i64>, resolved: i64| {
        move |life: &mut Life| {
            life.play = Play { after_recovery: true, cost: Cents(cost), ..play(Theme::Recovery) };
            life.failures = vec![Failure { loss: loss.map(Cents), ..failure(980, Some(resolved)) }];
        }
    };
    check(after(1500, None, 990), None);
    check(after(1501, None, 990), Some("R5"));
    check(after(1501, Some(7_505), 990), None);
    check(after(1502, Some(7_505), 990), Some("R5"));
    // What was lost long ago is no measure for what is given now.
    let long_ago = Failure { loss: Some(Cents(100_000)), ..failure(300, Some(310)) };
    check(
        |life| {
            after(1600, None, 990)(life);
            life.failures.push(long_ago);
        },
        Some("R5"),
    );
    // Making whole itself has no limit, a present meant as an apology has.
    let whole =
        |life: &mut Life| (life.play, life.failures) = (Play { cost: Cents(9000), ..play(Theme::Recovery) }, vec![failure(990, None)]);
    check(whole, None);
    check(
        |life| {
            whole(life);
            life.present = Some(Present { value: Some(Cents(1600)), ..PRESENT });
        },
        Some("R5"),
    );
}

#[test]
fn r5_the_extra_stays_inside_the_gift_policy() {
    let extra = |policy: GiftPolicy, cost: i64| {
        move |life: &mut Life| {
            life.play = Play { after_recovery: true, cost: Cents(cost), ..play(Theme::Recovery) };
            (life.failures, life.customer.gifts) = (vec![failure(980, Some(990))], policy);
        }
    };
    check(extra(GiftPolicy::Unknown, 500), None);
    check(extra(GiftPolicy::Unknown, 501), Some("G7"));
    check(extra(GiftPolicy::None, 1250), Some("G7"));
    check(extra(GiftPolicy::UpTo(Cents(1000)), 1250), Some("G6"));
    check(extra(GiftPolicy::UpTo(Cents(1300)), 1250), None);
}
