//! Rule 8, continued: `retry` lets the user overrule the verdict.

use steadysocket::core::{
    Attempt, Cause, CloseDetails, Duration, Effect, Input, Network, Options, Pace, Page, StateKind, Verdict,
};

use super::hints;
use crate::browser::Answer;
use crate::log::Log;
use crate::world::{World, minutes, ms, seconds};

fn judged(verdict: Option<Verdict>) -> World {
    let mut world = World::connected(&Options { judge: true, ..Options::default() });
    world.road().verdict = verdict;
    world
}

fn questions(story: &Log) -> Vec<(Attempt, Cause, CloseDetails<u64>, Verdict)> {
    story.effects(|_, effect| match effect {
        Effect::Judge { attempt, cause, details, verdict } => {
            Some((*attempt, *cause, details.clone(), *verdict))
        }
        _ => None,
    })
}

#[test]
fn rule_8_the_user_is_asked_with_the_cause_the_details_and_the_verdict() {
    let mut world = judged(None);
    world.server_closes(1008);
    let story = world.story();
    let asked = questions(&story);
    assert_eq!(asked.len(), 1);
    let (_, cause, details, verdict) = &asked[0];
    assert_eq!((*cause, details.code, *verdict), (Cause::ServerClose(1008), 1008, Verdict::Stop));
    assert_eq!((story.verdicts(), world.state()), (vec![Verdict::Stop], StateKind::Closed));
}

#[test]
fn rule_8_every_kind_of_end_is_judged() {
    let mut world = World::new(&Options { judge: true, connect_timeout: 1_000.0, ..Options::default() });
    world.road().url = Answer::No(ms(10));
    world.open();
    world.run_until(|world| world.state() == StateKind::Waiting);
    world.road().url = Answer::Yes(ms(0));
    world.road().handshake = Answer::Never;
    world.run_until(|world| world.state() == StateKind::Connecting);
    world.run_until(|world| world.state() == StateKind::Waiting);
    world.road().handshake = Answer::No(ms(10));
    world.run_until(|world| world.state() == StateKind::Connecting);
    world.run_until(|world| world.state() == StateKind::Waiting);
    world.road().handshake = Answer::Yes(ms(10));
    world.run_until(|world| world.state() == StateKind::Open);
    world.lose();
    let story = world.story();
    let causes: Vec<_> = questions(&story).into_iter().map(|question| question.1).collect();
    assert_eq!(causes, [Cause::UrlFailed, Cause::ConnectTimeout, Cause::NeverOpened, Cause::ConnectionLost]);
    assert_eq!(story.causes(), causes);
}

#[test]
fn rule_8_nobody_is_asked_who_did_not_wish_it() {
    let mut world = World::connected(&Options::default());
    world.lose();
    world.run_for(minutes(1));
    assert_eq!(questions(&world.story()), []);
}

#[test]
fn rule_8_the_user_may_stop_what_would_be_retried() {
    let mut world = judged(Some(Verdict::Stop));
    world.lose();
    let story = world.story();
    assert_eq!((story.verdicts(), story.closed()), (vec![Verdict::Stop], vec![Cause::ConnectionLost]));
    world.run_for(minutes(1));
    assert_eq!((world.state(), world.story().0), (StateKind::Closed, vec![]));
}

#[test]
fn rule_8_the_user_may_retry_what_would_stop() {
    for code in [1000, 1008, 4401] {
        let mut world = judged(Some(Verdict::Retry(Pace::Backoff)));
        world.server_closes(code);
        assert_eq!(world.story().verdicts(), [Verdict::Retry(Pace::Backoff)]);
        world.run_for(ms(550));
        assert_eq!(world.state(), StateKind::Open, "{code}");
    }
}

#[test]
fn rule_8_the_user_may_retry_at_once() {
    let mut world = judged(Some(Verdict::Retry(Pace::AtOnce)));
    let lost = world.now;
    world.lose();
    world.run_for(ms(0));
    assert_eq!(world.story().attempts(), [lost]);
}

#[test]
fn rule_8_the_user_may_choose_the_delay_and_no_hint_shortens_it() {
    for span in [Duration::ZERO, ms(1), ms(1_234), minutes(10)] {
        for hint in hints() {
            let mut world = judged(Some(Verdict::Retry(Pace::After(span))));
            let lost = world.now;
            world.lose();
            world.run_for(ms(0));
            if span > Duration::ZERO {
                world.input(hint.clone());
                assert_eq!(world.story().attempts(), [], "{span:?}");
            }
            world.run_for(span);
            let attempts = world.story().attempts();
            assert!(attempts.is_empty() || attempts == [lost + span], "{span:?}");
            world.run_for(ms(50));
            assert_eq!(world.state(), StateKind::Open, "{span:?}");
        }
    }
}

#[test]
fn rule_8_an_answer_that_is_late_or_comes_twice_changes_nothing() {
    for verdict in [Verdict::Stop, Verdict::Retry(Pace::AtOnce), Verdict::Retry(Pace::After(ms(1)))] {
        let mut world = judged(None);
        let Some(attempt) = world.watch.states.attempt() else { unreachable!("it made one") };
        // Before it was asked.
        world.input(Input::Judged { attempt, verdict });
        assert_eq!(world.story().0, [], "{verdict:?}");
        world.lose();
        world.story();
        // The second time.
        world.input(Input::Judged { attempt, verdict });
        assert_eq!((world.state(), world.story().0), (StateKind::Waiting, vec![]), "{verdict:?}");
        world.run_until(|world| world.state() == StateKind::Open);
        world.story();
        // Much later.
        world.input(Input::Judged { attempt, verdict });
        assert_eq!((world.state(), world.story().0), (StateKind::Open, vec![]), "{verdict:?}");
    }
}

#[test]
fn rule_2_a_user_who_closes_is_asked_nothing() {
    let mut world = judged(Some(Verdict::Retry(Pace::AtOnce)));
    world.close();
    world.run_for(minutes(1));
    assert_eq!((world.state(), world.story().closed()), (StateKind::Closed, vec![Cause::User]));
}

#[test]
fn rule_9_a_page_that_is_left_waits_for_its_return_whatever_the_user_said() {
    let mut world = judged(Some(Verdict::Retry(Pace::AtOnce)));
    world.page(Page::Hiding { persisted: true });
    world.run_for(minutes(1));
    assert_eq!((world.state(), world.story().attempts()), (StateKind::Suspended, vec![]));
    world.page(Page::Shown { persisted: true });
    world.run_for(seconds(1));
    assert_eq!(world.state(), StateKind::Open);
}

#[test]
fn rule_8_offline_is_told_to_the_judge_too() {
    let mut world = judged(None);
    world.network(Network::Offline);
    world.lose();
    assert_eq!(questions(&world.story())[0].1, Cause::Offline);
}

/// A connection was lost, and the user has not said yet what is to follow.
fn pondering() -> (World, Attempt) {
    let mut world = judged(None);
    world.road().ponders = true;
    world.lose();
    let asked = questions(&world.story());
    assert_eq!((asked.len(), world.state()), (1, StateKind::Waiting));
    world.run_for(minutes(1));
    for hint in hints() {
        world.input(hint);
    }
    assert_eq!(world.story().0, [], "nothing is decided, nothing is told");
    (world, asked[0].0)
}

#[test]
fn rule_8_a_user_may_take_time_to_judge() {
    let (mut world, attempt) = pondering();
    world.input(Input::Judged { attempt, verdict: Verdict::Retry(Pace::After(seconds(7))) });
    let story = world.story();
    assert_eq!((story.causes(), story.retries()), (vec![Cause::ConnectionLost], vec![(1, seconds(7))]));
    world.run_for(ms(7_050));
    assert_eq!(world.state(), StateKind::Open);
    let (mut world, attempt) = pondering();
    world.input(Input::Judged { attempt, verdict: Verdict::Stop });
    assert_eq!((world.state(), world.story().closed()), (StateKind::Closed, vec![Cause::ConnectionLost]));
}

#[test]
fn rule_1_the_judgement_of_an_old_end_is_not_taken_for_that_of_the_present_one() {
    let (mut world, old) = pondering();
    world.input(Input::Judged { attempt: old, verdict: Verdict::Retry(Pace::AtOnce) });
    world.run_until(|world| world.state() == StateKind::Open);
    world.lose();
    world.story();
    for verdict in [Verdict::Stop, Verdict::Retry(Pace::AtOnce)] {
        world.input(Input::Judged { attempt: old, verdict });
        assert_eq!((world.state(), world.story().0), (StateKind::Waiting, vec![]), "{verdict:?}");
    }
}

#[test]
fn rule_2_a_user_who_ponders_may_close_or_open() {
    let (mut world, attempt) = pondering();
    world.close();
    world.run_for(ms(1));
    world.input(Input::Judged { attempt, verdict: Verdict::Retry(Pace::AtOnce) });
    world.run_for(minutes(1));
    let story = world.story();
    assert_eq!(
        (world.state(), story.closed(), story.attempts()),
        (StateKind::Closed, vec![Cause::User], vec![])
    );
    let (mut world, attempt) = pondering();
    world.open();
    world.input(Input::Judged { attempt, verdict: Verdict::Stop });
    world.run_for(ms(50));
    assert_eq!(world.state(), StateKind::Open);
}

#[test]
fn rule_9_a_page_may_be_left_while_its_user_ponders() {
    let (mut world, attempt) = pondering();
    world.page(Page::Hiding { persisted: true });
    world.input(Input::Judged { attempt, verdict: Verdict::Retry(Pace::AtOnce) });
    world.run_for(minutes(1));
    assert_eq!((world.state(), world.story().attempts()), (StateKind::Suspended, vec![]));
    world.page(Page::Shown { persisted: true });
    world.run_for(ms(50));
    assert_eq!(world.state(), StateKind::Open);
}
