//! Rule 10: *`close` is the only end.* Nothing else decides; and a `close` of the user is one in every state.

use steadysocket::core::{
    Cause, DropReason, Input, Network, Options, Page, QueueOptions, Reason, StateKind, Verdict,
};

use super::{STATES, world_in};
use crate::browser::closed_with;
use crate::script::{Deed, pages};
use crate::watch::Fate;
use crate::world::{DONE, World, minutes, ms, seconds};

#[test]
fn rule_10_nothing_but_a_close_ends_a_connection() {
    let mut world = World::connected(&Options { page_hide_close: false, ..Options::default() });
    let id = world.socket();
    for network in [Network::Offline, Network::Online, Network::Offline] {
        world.network(network);
        for page in pages() {
            world.page(page);
        }
        world.input(Input::Timeout);
        world.input(Input::SocketOpened { id });
        world.input(Input::BufferedAmount { id, bytes: u64::MAX });
        world.input(Input::BufferedAmount { id, bytes: 0 });
        world.run_for(minutes(1));
    }
    assert_eq!((world.state(), world.story().causes()), (StateKind::Open, vec![]));
}

#[test]
fn rule_10_a_close_of_the_user_is_an_end_in_every_state() {
    for state in STATES {
        let mut world = world_in(state, &Options::default());
        world.close();
        world.run_for(seconds(5));
        if state == StateKind::Idle {
            assert!(matches!(world.state(), StateKind::Idle | StateKind::Closed));
            continue;
        }
        assert_eq!(world.state(), StateKind::Closed, "closed in {state:?}");
        let story = world.story();
        let already = state == StateKind::Closed;
        assert_eq!(story.closed().len(), usize::from(!already), "closed in {state:?}: told once");
        assert!(story.closed().iter().all(|cause| *cause == Cause::User), "closed in {state:?}");
        let (causes, verdicts) = (story.causes(), story.verdicts());
        // Between two attempts there is nothing to disconnect, but a WebSocket owes its user a close event.
        assert_eq!(causes.len(), usize::from(!already), "closed in {state:?}");
        assert!(causes.iter().all(|cause| *cause == Cause::User), "closed in {state:?}");
        assert!(verdicts.iter().all(|verdict| *verdict == Verdict::Stop), "closed in {state:?}");
        assert_eq!(world.session().next_timeout(), None, "closed in {state:?}");
    }
}

#[test]
fn rule_10_the_server_is_told_the_code_and_the_reason() {
    for (code, reason) in [(Some(3000), DONE), (Some(1000), Reason::Empty), (None, Reason::Empty)] {
        let mut world = World::connected(&Options::default());
        world.input(Input::Close { code, reason: reason.clone() });
        assert_eq!(world.story().closes(), [(code, reason.clone())]);
        world.run_for(seconds(1));
        let (_, _, details, _) = world.story().disconnects().remove(0);
        assert_eq!(
            (details.code, details.reason, details.was_clean),
            (code.unwrap_or(1005), reason, true),
            "what the close event said"
        );
    }
}

#[test]
fn rule_10_a_second_close_changes_nothing() {
    let mut world = World::connected(&Options::default());
    world.road().close_takes = Some(seconds(3));
    world.close();
    world.story();
    for _ in 0..30 {
        world.close();
        assert_eq!((world.state(), world.story().0), (StateKind::Closing, vec![]));
        world.run_for(ms(99));
    }
    world.run_for(ms(30));
    assert_eq!((world.state(), world.story().closed()), (StateKind::Closed, vec![Cause::User]));
    world.close();
    assert_eq!(world.story().0, []);
}

#[test]
fn rule_10_a_server_that_closes_meanwhile_does_not_change_whose_wish_it_was() {
    for code in [1000, 1001, 1011, 1012, 4000, 4400] {
        let mut world = World::connected(&Options::default());
        world.road().close_takes = None;
        world.close();
        let id = world.socket();
        world.input(Input::SocketClosed { id, details: closed_with(code) });
        let story = world.story();
        assert_eq!((world.state(), story.closed()), (StateKind::Closed, vec![Cause::User]), "{code}");
    }
}

#[test]
fn rule_10_close_flushes_what_was_sent_before_it() {
    let queue = QueueOptions { max_bytes: f64::INFINITY, ..QueueOptions::default() };
    let options = Options { queue: Some(queue), ..Options::default() };
    for rate in [0, 1 << 20, u64::MAX] {
        let mut world = World::connected(&options);
        world.road().bytes_per_second = rate;
        for _ in 0..40 {
            assert!(world.send(256 * 1024).is_ok());
        }
        world.close();
        let late = world.send(1);
        world.run_for(minutes(2));
        assert_eq!(world.state(), StateKind::Closed);
        let story = world.story();
        assert_eq!(story.transmitted(), (0..40).collect::<Vec<_>>(), "all of it, at {rate} bytes a second");
        let fate = world.fate(40);
        assert!(
            matches!(fate, Fate::Refused(_) | Fate::Dropped(DropReason::Closed)),
            "{late:?}, then {fate:?}"
        );
    }
}

#[test]
fn rule_10_close_comes_after_what_it_flushes() {
    use steadysocket::core::Effect::{CloseSocket, Transmit};
    let mut world =
        World::connected(&Options { high_water_mark: 10.0, low_water_mark: 0.0, ..Options::default() });
    world.road().bytes_per_second = 0;
    for _ in 0..5 {
        assert!(world.send(100).is_ok());
    }
    world.close();
    world.run_for(minutes(1));
    let order = world.story().effects(|_, effect| match effect {
        Transmit { message, .. } => Some(Some(message.payload)),
        CloseSocket { .. } => Some(None),
        _ => None,
    });
    assert_eq!(order, [Some(0), Some(1), Some(2), Some(3), Some(4), None]);
}

#[test]
fn rule_10_what_close_cannot_flush_is_handed_back() {
    let mut world = World::connected(&Options::default());
    world.server_begins_to_close(1001, seconds(2));
    assert!(world.send(10).is_ok() && world.send(10).is_ok());
    world.close();
    world.run_for(seconds(10));
    assert_eq!(world.state(), StateKind::Closed);
    for number in [0, 1] {
        assert_eq!(world.fate(number), Fate::Dropped(DropReason::Closed));
    }
}

#[test]
fn rule_10_a_close_within_any_event_is_a_close() {
    for ahead in 0..12 {
        let mut world = World::new(&Options::default());
        world.reflexes = std::iter::repeat_n(Deed::Hear, ahead).chain([Deed::Close]).collect();
        world.open();
        world.run_for(seconds(1));
        if world.watch.sockets.live().is_some() {
            world.lose();
        }
        world.run_for(seconds(2));
        if world.reflexes.is_empty() {
            world.run_for(seconds(10));
            assert_eq!(world.state(), StateKind::Closed, "closed after {ahead} events");
            world.page(Page::Shown { persisted: true });
            assert_eq!(world.state(), StateKind::Closed);
        }
    }
}
