//! Rule 2: *Intent is a state.* A session that the user closed is reopened by nobody: not by `online`, not by
//! `visible`, not by `pageshow`.

use steadysocket::core::{Cause, Input, Network, Options, Page, StateKind};

use super::{STATES, hints, world_in};
use crate::browser::Answer;
use crate::script::pages;
use crate::world::{World, minutes, ms, seconds};

#[test]
fn rule_2_closed_by_the_user_is_reopened_by_no_hint() {
    for state in STATES {
        for hint in hints() {
            let mut world = world_in(state, &Options::default());
            world.close();
            world.input(hint.clone());
            world.run_for(minutes(10));
            world.input(hint.clone());
            assert!(matches!(world.state(), StateKind::Closed | StateKind::Idle), "closed in {state:?}");
            let story = world.story();
            assert_eq!((story.attempts(), story.sockets()), (vec![], vec![]), "closed in {state:?}");
        }
    }
}

#[test]
fn rule_2_closed_by_the_user_is_reopened_by_no_page_and_no_network() {
    for state in STATES {
        let mut world = world_in(state, &Options::default());
        world.close();
        world.story();
        for _ in 0..2 {
            for page in pages() {
                world.page(page);
            }
            world.network(Network::Offline);
            world.network(Network::Online);
            world.run_for(minutes(1));
            world.input(Input::Timeout);
        }
        assert_eq!(world.story().attempts(), [], "closed in {state:?}");
    }
}

#[test]
fn rule_2_what_the_closed_attempt_still_brings_reopens_nothing() {
    // The URL comes after the user closed.
    let mut world = World::new(&Options::default());
    world.road().url = Answer::Yes(seconds(2));
    world.open();
    world.close();
    world.run_for(seconds(30));
    assert_eq!((world.state(), world.story().sockets()), (StateKind::Closed, vec![]));

    // The handshake succeeds after the user closed.
    let mut world = World::new(&Options::default());
    world.road().handshake = Answer::Never;
    world.road().close_takes = None;
    world.open();
    let id = world.socket();
    world.close();
    world.input(Input::SocketOpened { id });
    world.run_for(seconds(30));
    assert_eq!((world.state(), world.story().opened()), (StateKind::Closed, vec![]));
}

#[test]
fn rule_2_given_up_is_reopened_by_no_hint() {
    for hint in hints() {
        for code in [1000, 1008, 4403] {
            let mut world = World::connected(&Options::default());
            world.server_closes(code);
            world.input(hint.clone());
            world.run_for(minutes(10));
            world.input(hint.clone());
            assert_eq!((world.state(), world.story().attempts()), (StateKind::Closed, vec![]), "{code}");
        }
    }
}

#[test]
fn rule_2_never_opened_is_opened_by_no_hint() {
    for hint in hints() {
        let mut world = World::new(&Options::default());
        world.input(hint.clone());
        world.run_for(minutes(10));
        assert_eq!((world.state(), world.story().0), (StateKind::Idle, vec![]));
    }
}

#[test]
fn rule_2_a_session_closed_in_a_page_that_was_left_stays_closed_when_it_comes_back() {
    let mut world = World::connected(&Options::default());
    world.page(Page::Hiding { persisted: true });
    world.page(Page::Frozen);
    world.close();
    world.run_for(ms(1));
    assert_eq!(world.story().closed(), [Cause::User]);
    world.page(Page::Resumed);
    world.page(Page::Shown { persisted: true });
    world.run_for(minutes(1));
    assert_eq!((world.state(), world.story().0), (StateKind::Closed, vec![]));
}

#[test]
fn rule_2_only_open_revives() {
    let mut world = World::connected(&Options::default());
    world.close();
    world.run_for(seconds(1));
    assert_eq!(world.story().closed(), [Cause::User]);
    world.connect();
    let story = world.story();
    assert_eq!((story.sockets().len(), story.opened().len()), (1, 1));
    assert!(story.opened()[0].1, "it is not the session's first connection");
    // And it stays connected as before.
    world.lose();
    world.run_for(ms(600));
    assert_eq!(world.state(), StateKind::Open);
}
