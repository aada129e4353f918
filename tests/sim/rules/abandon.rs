//! Rule 3: *Abandon, don't wait.* A dead socket is detached, its end is announced with a synthesized cause, and the
//! next attempt starts at once.

use steadysocket::core::{Cause, Input, Options, Pace, Page, StateKind, Verdict};

use super::{heartbeat, hints, world_in};
use crate::browser::Answer;
use crate::world::{World, minutes, ms, seconds};

#[test]
fn rule_3_a_silent_socket_is_abandoned_and_the_next_attempt_starts_at_once() {
    for close_takes in [None, Some(seconds(60)), Some(ms(1))] {
        let mut world = World::connected(&heartbeat(2_000.0, 1_000.0));
        world.hear();
        (world.road().reply_takes, world.road().close_takes) = (None, close_takes);
        let old = world.socket();
        world.run_for(ms(2_999));
        let story = world.story();
        assert_eq!(story.heartbeats().len(), 1);
        assert_eq!(story.causes(), [], "its time is not up");
        world.run_for(ms(100));
        let story = world.story();
        assert_eq!(story.abandoned(), [old]);
        assert_eq!(story.causes(), [Cause::HeartbeatTimeout]);
        assert_eq!(story.verdicts(), [Verdict::Retry(Pace::AtOnce)]);
        let (at, _, details, _) = &story.disconnects()[0];
        assert_eq!((details.code, details.was_clean), (1006, false), "as if the browser had said it");
        assert_eq!(story.attempts(), [*at], "at once");
        assert_eq!(world.state(), StateKind::Open);
    }
}

#[test]
fn rule_3_heartbeat_2_s_and_1_s_connects_afresh_within_3_5_s_with_ordinary_timers() {
    for tick in [0, 4, 16, 50] {
        let mut world = World::connected(&heartbeat(2_000.0, 1_000.0));
        (world.tick, world.road().reply_takes, world.road().close_takes) = (ms(tick), None, None);
        let old = world.socket();
        world.run_for(ms(3_500));
        assert!(world.state() == StateKind::Open && world.socket() != old, "timers late by up to {tick} ms");
    }
}

#[test]
fn rule_3_every_silent_socket_is_left_in_turn() {
    let mut world = World::connected(&heartbeat(2_000.0, 1_000.0));
    (world.road().reply_takes, world.road().close_takes) = (None, None);
    world.run_for(minutes(1));
    let story = world.story();
    assert!(story.abandoned().len() >= 15, "{} in a minute", story.abandoned().len());
    assert!(story.causes().iter().all(|cause| *cause == Cause::HeartbeatTimeout));
}

#[test]
fn rule_3_a_handshake_that_is_never_answered_is_given_up_and_retried() {
    let mut world = World::new(&Options::default());
    world.road().handshake = Answer::Never;
    world.road().close_takes = Some(seconds(240));
    world.open();
    let (begin, hung) = (world.now, world.socket());
    world.run_for(ms(9_999));
    assert_eq!(world.story().causes(), []);
    world.run_for(ms(1));
    let story = world.story();
    assert_eq!((story.causes(), story.abandoned()), (vec![Cause::ConnectTimeout], vec![hung]));
    assert_eq!(story.disconnects()[0].0, begin + seconds(10));
    world.run_for(ms(500));
    assert_eq!(world.story().attempts().len(), 1, "within the first backoff");
}

#[test]
fn rule_3_connect_timeout_is_counted_from_the_handshake_on() {
    let mut world = World::new(&Options { connect_timeout: 700.0, ..Options::default() });
    world.road().url = Answer::Yes(seconds(9));
    world.road().handshake = Answer::Yes(ms(699));
    world.open();
    world.run_for(ms(9_699));
    assert_eq!((world.state(), world.story().causes()), (StateKind::Open, vec![]));
    // A timer of the handshake must not outlive it.
    world.run_for(minutes(1));
    assert_eq!(world.story().causes(), []);
}

#[test]
fn rule_3_a_handshake_that_failed_and_is_not_said_to_be_over_is_over_in_the_next_task() {
    let mut world = World::new(&Options::default());
    world.road().handshake = Answer::Never;
    world.open();
    let id = world.socket();
    world.input(Input::SocketFailed { id });
    assert_eq!(world.story().causes(), [], "the browser may still say so itself");
    world.run_for(ms(2));
    let story = world.story();
    assert_eq!((story.causes(), story.abandoned()), (vec![Cause::NeverOpened], vec![id]));
    assert_eq!(story.retries()[0].0, 1);
}

#[test]
fn rule_10_an_error_decides_nothing_about_a_connection_that_is_open() {
    let mut world = World::connected(&Options::default());
    let id = world.socket();
    world.input(Input::SocketFailed { id });
    world.run_for(minutes(1));
    assert_eq!((world.state(), world.socket()), (StateKind::Open, id));
}

#[test]
fn rule_3_a_url_provider_that_hangs_counts_as_a_failed_attempt() {
    let mut world = World::new(&Options::default());
    world.road().url = Answer::Never;
    world.open();
    world.run_for(ms(9_999));
    assert_eq!(world.story().causes(), []);
    world.run_for(ms(1));
    let story = world.story();
    assert_eq!((story.causes(), story.sockets().len()), (vec![Cause::UrlFailed], 0));
    assert_eq!(story.retries()[0].0, 1);
    world.road().url = Answer::Yes(seconds(3));
    world.run_for(ms(3_550));
    assert_eq!(world.state(), StateKind::Open, "a hung provider wedges nothing");
}

#[test]
fn rule_3_a_url_provider_that_rejects_counts_as_a_failed_attempt() {
    for after in [ms(0), ms(20)] {
        let mut world = World::new(&Options { backoff_max: 1_000.0, ..Options::default() });
        world.road().url = Answer::No(after);
        world.open();
        world.run_for(minutes(1));
        let story = world.story();
        assert!(story.causes().len() > 50, "a rejecting provider is asked again and again");
        assert!(story.causes().iter().all(|cause| *cause == Cause::UrlFailed));
        let numbers: Vec<_> = story.retries().iter().map(|retry| retry.0).collect();
        assert!(numbers.iter().copied().eq(1..=u32::try_from(numbers.len()).unwrap()), "{numbers:?}");
        world.road().url = Answer::Yes(after);
        world.run_for(seconds(2));
        assert_eq!(world.state(), StateKind::Open);
    }
}

#[test]
fn rule_3_a_close_that_is_never_answered_ends_after_the_close_timeout() {
    for close_takes in [None, Some(seconds(60))] {
        let mut world = World::connected(&Options::default());
        world.road().close_takes = close_takes;
        let id = world.socket();
        world.close();
        world.run_for(ms(4_999));
        assert_eq!(world.state(), StateKind::Closing);
        world.run_for(ms(1));
        let story = world.story();
        assert_eq!(world.state(), StateKind::Closed);
        assert_eq!(
            (story.abandoned(), story.causes(), story.closed()),
            (vec![id], vec![Cause::User], vec![Cause::User])
        );
        world.run_for(minutes(5));
        assert_eq!(world.story().0, [], "the late close event");
    }
}

#[test]
fn rule_3_a_hint_replaces_a_handshake_that_hangs() {
    for hint in hints() {
        let mut world = world_in(StateKind::Connecting, &Options::default());
        world.run_for(ms(2_001));
        world.road().handshake = Answer::Yes(ms(50));
        let begin = world.now;
        world.input(hint.clone());
        world.run_for(ms(50));
        let story = world.story();
        assert_eq!(
            (story.attempts(), story.causes()),
            (vec![begin], vec![Cause::ConnectTimeout]),
            "{hint:?}"
        );
        assert_eq!(world.state(), StateKind::Open, "{hint:?}");
    }
}

#[test]
fn rule_3_hints_replace_no_young_handshake_and_none_that_is_a_replacement() {
    let mut world = world_in(StateKind::Connecting, &Options::default());
    world.run_for(ms(1_900));
    for _ in 0..4 {
        for hint in hints() {
            world.input(hint);
        }
        world.run_for(ms(2_100));
    }
    assert_eq!(world.story().attempts().len(), 1);
}

#[test]
fn rule_3_hints_that_come_often_let_a_slow_handshake_come_to_its_end() {
    let mut world = World::new(&Options::default());
    world.road().handshake = Answer::Yes(ms(2_500));
    world.open();
    for _ in 0..3 {
        world.run_for(ms(2_100));
        world.page(Page::Visible);
    }
    assert_eq!(world.state(), StateKind::Open);
}

#[test]
fn rule_3_a_hint_does_not_ask_for_another_url() {
    let mut world = world_in(StateKind::Resolving, &Options::default());
    world.run_for(seconds(3));
    for hint in hints() {
        world.input(hint);
    }
    assert_eq!(world.story().0, [], "it may be the user who is being asked");
}

#[test]
fn rule_3_replacing_an_attempt_costs_no_retry_and_no_backoff() {
    let mut world = world_in(StateKind::Connecting, &Options { retries: 2.0, ..Options::default() });
    world.run_for(seconds(3));
    world.page(Page::Visible);
    let story = world.story();
    assert_eq!((story.causes(), story.retries()), (vec![Cause::ConnectTimeout], vec![]));
    world.run_for(seconds(10));
    assert_eq!(world.story().retries()[0].0, 2);
}

#[test]
fn rule_3_a_hint_replaces_no_attempt_if_none_may_follow() {
    let mut world = world_in(StateKind::Connecting, &Options { retries: 1.0, ..Options::default() });
    world.run_for(seconds(3));
    for hint in hints() {
        world.input(hint);
    }
    assert_eq!(world.story().0, []);
}
