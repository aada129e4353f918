//! Rule 7: *Everything is bounded*: outbox by messages and bytes, message age by a TTL. What is dropped is reported with
//! its payload and the reason.

use steadysocket::core::{
    DropReason::{Closed, Expired, Overflow},
    Options, OverflowPolicy, Page, QueueOptions, SendErrorKind, StateKind,
};

use super::{STATES, world_in};
use crate::browser::Answer;
use crate::watch::Fate;
use crate::world::{World, minutes, ms, seconds};

const POLICIES: [OverflowPolicy; 3] =
    [OverflowPolicy::DropOldest, OverflowPolicy::DropNewest, OverflowPolicy::Refuse];

fn queue(queue: QueueOptions) -> Options {
    Options { queue: Some(queue), ..Options::default() }
}

fn bounded(max_messages: f64, max_bytes: f64, overflow: OverflowPolicy) -> Options {
    queue(QueueOptions { max_messages, max_bytes, overflow, ..QueueOptions::default() })
}

fn with_ttl(ttl: f64) -> Options {
    queue(QueueOptions { ttl, ..QueueOptions::default() })
}

/// Sends messages of these sizes while there is no connection; what was dropped, refused, and then transmitted.
fn squeeze(options: &Options, sizes: &[u64]) -> (Vec<u64>, Vec<u64>, Vec<u64>) {
    let mut world = World::new(options);
    world.open();
    let mut refused = Vec::new();
    for (number, size) in (0..).zip(sizes) {
        if let Err(kind) = world.send(*size) {
            assert_eq!(kind, SendErrorKind::QueueFull);
            refused.push(number);
        }
    }
    let drops = world.story().drops();
    assert!(drops.iter().all(|(_, reason)| *reason == Overflow));
    world.run_for(seconds(1));
    assert_eq!(world.state(), StateKind::Open);
    (drops.into_iter().map(|drop| drop.0).collect(), refused, world.story().transmitted())
}

#[test]
fn rule_7_too_many_messages_drop_the_oldest() {
    let options = bounded(3.0, f64::INFINITY, OverflowPolicy::DropOldest);
    assert_eq!(squeeze(&options, &[1; 5]), (vec![0, 1], vec![], vec![2, 3, 4]));
}

#[test]
fn rule_7_too_many_messages_drop_the_newest() {
    let options = bounded(3.0, f64::INFINITY, OverflowPolicy::DropNewest);
    assert_eq!(squeeze(&options, &[1; 5]), (vec![3, 4], vec![], vec![0, 1, 2]));
}

#[test]
fn rule_7_too_many_messages_refuse_the_newest() {
    let options = bounded(3.0, f64::INFINITY, OverflowPolicy::Refuse);
    assert_eq!(squeeze(&options, &[1; 5]), (vec![], vec![3, 4], vec![0, 1, 2]));
}

#[test]
fn rule_7_too_many_bytes_drop_as_many_of_the_oldest_as_it_takes() {
    let options = bounded(100.0, 100.0, OverflowPolicy::DropOldest);
    assert_eq!(squeeze(&options, &[40, 30, 30]), (vec![], vec![], vec![0, 1, 2]));
    assert_eq!(squeeze(&options, &[40, 30, 30, 1]), (vec![0], vec![], vec![1, 2, 3]));
    assert_eq!(squeeze(&options, &[40, 30, 30, 70]), (vec![0, 1], vec![], vec![2, 3]));
    assert_eq!(squeeze(&options, &[40, 30, 30, 100]), (vec![0, 1, 2], vec![], vec![3]));
}

#[test]
fn rule_7_too_many_bytes_drop_or_refuse_the_newest() {
    let sizes = [40, 30, 31, 30, 1];
    let options = bounded(100.0, 100.0, OverflowPolicy::DropNewest);
    assert_eq!(squeeze(&options, &sizes), (vec![2, 4], vec![], vec![0, 1, 3]));
    let options = bounded(100.0, 100.0, OverflowPolicy::Refuse);
    assert_eq!(squeeze(&options, &sizes), (vec![], vec![2, 4], vec![0, 1, 3]));
}

#[test]
fn rule_7_a_message_that_can_never_fit_takes_nobody_with_it() {
    for policy in POLICIES {
        let (dropped, refused, transmitted) = squeeze(&bounded(10.0, 100.0, policy), &[60, 40, 101]);
        assert_eq!(transmitted, [0, 1], "{policy:?}");
        assert_eq!([dropped, refused].concat(), [2], "{policy:?}");
    }
}

#[test]
fn rule_7_messages_of_no_bytes_are_bounded_by_their_number() {
    let options = bounded(2.0, 0.0, OverflowPolicy::DropOldest);
    assert_eq!(squeeze(&options, &[0; 4]), (vec![0, 1], vec![], vec![2, 3]));
}

#[test]
fn rule_7_an_outbox_for_no_messages_holds_none_and_an_open_session_needs_none() {
    for policy in POLICIES {
        let options = bounded(0.0, 1_000.0, policy);
        let (dropped, refused, transmitted) = squeeze(&options, &[1, 0]);
        assert_eq!(([dropped, refused].concat(), transmitted), (vec![0, 1], vec![]), "{policy:?}");
        let mut world = World::connected(&options);
        assert_eq!(world.send(10), Ok(0));
        assert_eq!(world.story().transmitted(), [0], "{policy:?}");
    }
}

#[test]
fn rule_7_the_default_bounds_are_1024_messages_and_8_mib() {
    let (dropped, _, _) = squeeze(&Options::default(), &[1; 1_026]);
    assert_eq!(dropped, [0, 1]);
    let (dropped, _, _) = squeeze(&Options::default(), &[1 << 20; 9]);
    assert_eq!(dropped, [0]);
}

#[test]
fn rule_7_without_an_outbox_a_message_is_transmitted_or_comes_back() {
    let options = Options { queue: None, high_water_mark: 100.0, low_water_mark: 0.0, ..Options::default() };
    for state in STATES {
        let mut world = world_in(state, &options);
        world.road().bytes_per_second = 0;
        // As a WebSocket does: the watermark is for those who wait.
        for _ in 0..5 {
            let result = world.send(90);
            match state {
                StateKind::Open => assert!(result.is_ok()),
                // Another rule's matter.
                StateKind::Closing | StateKind::Closed => {}
                _ => assert_eq!(result, Err(SendErrorKind::NotOpen), "in {state:?}"),
            }
        }
        let sent = if state == StateKind::Open { 5 } else { 0 };
        assert_eq!(world.story().transmitted().len(), sent, "in {state:?}");
    }
}

#[test]
fn rule_7_messages_wait_for_a_connection_in_every_state_that_may_have_one() {
    for state in [
        StateKind::Idle,
        StateKind::Resolving,
        StateKind::Connecting,
        StateKind::Waiting,
        StateKind::Suspended,
    ] {
        let mut world = world_in(state, &Options::default());
        let sent: Vec<_> = (0..5).map(|_| world.send(10)).collect();
        assert_eq!(sent, [Ok(0), Ok(1), Ok(2), Ok(3), Ok(4)], "in {state:?}");
        assert_eq!((world.session().queued_messages(), world.session().queued_bytes()), (5, 50));
        world.road().url = Answer::Yes(ms(0));
        world.road().handshake = Answer::Yes(ms(50));
        world.open();
        world.page(Page::Shown { persisted: true });
        world.run_for(seconds(1));
        let story = world.story();
        assert_eq!((story.transmitted(), story.drained().len()), (vec![0, 1, 2, 3, 4], 1), "from {state:?}");
    }
}

#[test]
fn rule_7_what_is_sent_to_a_session_that_is_over_has_an_outcome_at_once() {
    for state in [StateKind::Closing, StateKind::Closed] {
        let mut world = world_in(state, &Options::default());
        let result = world.send(10);
        let fate = world.fate(0);
        assert!(
            matches!(fate, Fate::Refused(_) | Fate::Dropped(Closed)),
            "{result:?}, then {fate:?} in {state:?}"
        );
    }
}

#[test]
fn rule_7_a_message_older_than_its_ttl_is_dropped_when_its_time_is_up() {
    let mut world = World::new(&with_ttl(3_000.0));
    world.road().url = Answer::Never;
    world.open();
    assert!(world.send(1).is_ok());
    world.run_for(seconds(1));
    assert!(world.send_for(1, Some(seconds(1))).is_ok(), "its own time is shorter");
    assert!(world.send_for(1, Some(minutes(1))).is_ok(), "its own time is longer");
    world.run_for(ms(999));
    assert_eq!(world.story().drops(), []);
    world.run_for(ms(2));
    assert_eq!(world.story().drops(), [(1, Expired)], "the first to expire need not be the first sent");
    world.run_for(ms(998));
    assert_eq!(world.story().drops(), []);
    world.run_for(ms(2));
    assert_eq!(world.story().drops(), [(0, Expired)]);
    world.run_for(seconds(57));
    assert_eq!(world.story().drops(), []);
    world.run_for(seconds(3));
    assert_eq!(world.story().drops(), [(2, Expired)]);
}

#[test]
fn rule_7_an_expired_message_is_never_transmitted_though_the_timer_is_late() {
    let mut world = World::new(&with_ttl(3_000.0));
    world.road().handshake = Answer::Never;
    world.open();
    let id = world.socket();
    assert!(world.send(1).is_ok());
    world.now = world.now + seconds(2);
    assert!(world.send(1).is_ok());
    // The event overtakes the timer.
    world.now = world.now + seconds(2);
    world.input(steadysocket::core::Input::SocketOpened { id });
    let story = world.story();
    assert_eq!((story.drops(), story.transmitted()), (vec![(0, Expired)], vec![1]));
}

#[test]
fn rule_7_a_message_may_expire_while_it_waits_for_the_watermark() {
    let mut world =
        World::connected(&Options { high_water_mark: 100.0, low_water_mark: 10.0, ..with_ttl(3_000.0) });
    world.road().bytes_per_second = 0;
    assert!(world.send(150).is_ok());
    assert!(world.send(50).is_ok());
    world.run_for(seconds(4));
    let story = world.story();
    assert_eq!((story.transmitted(), story.drops()), (vec![0], vec![(1, Expired)]));
    world.road().bytes_per_second = u64::MAX;
    world.run_for(seconds(5));
    assert_eq!(world.story().transmitted(), []);
    assert!(world.session().is_drained());
}

#[test]
fn rule_7_messages_that_wait_when_the_session_ends_are_handed_back() {
    // By the user.
    let mut world = world_in(StateKind::Waiting, &Options::default());
    assert!(world.send(1).is_ok() && world.send(2).is_ok());
    world.close();
    world.run_for(ms(1));
    assert_eq!(world.story().drops(), [(0, Closed), (1, Closed)]);
    // By giving up.
    let mut world = World::new(&Options { retries: 2.0, ..Options::default() });
    world.road().handshake = Answer::No(ms(10));
    world.open();
    assert!(world.send(1).is_ok() && world.send(2).is_ok());
    world.run_for(minutes(1));
    assert_eq!(world.story().drops(), [(0, Closed), (1, Closed)]);
}

#[test]
fn rule_7_what_a_closing_socket_did_not_take_goes_out_on_the_next_one_in_order() {
    for ahead in [0, 1, 3] {
        let mut world = World::connected(&Options::default());
        for _ in 0..ahead {
            assert!(world.send(10).is_ok());
        }
        let old = world.socket();
        world.server_begins_to_close(1001, seconds(2));
        for _ in 0..4 {
            assert!(world.send(10).is_ok());
            world.run_for(ms(100));
        }
        world.run_for(seconds(3));
        let taken: Vec<_> = world.browser.taken.iter().map(|(id, number)| (*id == old, *number)).collect();
        let expected: Vec<_> = (0..ahead + 4).map(|number| (number < ahead, number)).collect();
        assert_eq!(taken, expected);
        assert_eq!(world.story().drops(), []);
    }
}

#[test]
fn rule_7_what_comes_back_to_a_full_outbox_keeps_its_bounds() {
    for policy in POLICIES {
        let mut world = World::connected(&bounded(2.0, f64::INFINITY, policy));
        world.server_begins_to_close(1001, seconds(2));
        let fates: Vec<_> = (0..6).map(|_| world.send(10).is_ok()).collect();
        world.run_for(seconds(5));
        let taken: Vec<_> = world.browser.taken.iter().map(|taken| taken.1).collect();
        let expected = if policy == OverflowPolicy::DropOldest { [4, 5] } else { [0, 1] };
        assert_eq!(taken, expected, "{policy:?}; taken on: {fates:?}");
    }
}

#[test]
fn rule_7_what_comes_back_without_an_outbox_is_handed_back() {
    let mut world = World::connected(&Options { queue: None, ..Options::default() });
    world.server_begins_to_close(1001, seconds(2));
    assert_eq!(world.send(10), Ok(0));
    assert!(matches!(world.fate(0), Fate::Dropped(_)), "{:?}", world.fate(0));
}

#[test]
fn rule_7_a_page_that_was_left_keeps_its_messages_for_the_return() {
    let mut world = World::connected(&Options::default());
    world.page(Page::Frozen);
    assert!(world.send(10).is_ok());
    world.sleep(minutes(60));
    world.page(Page::Resumed);
    world.run_for(seconds(1));
    assert_eq!(world.story().transmitted(), [0]);
}
