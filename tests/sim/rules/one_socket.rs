//! Rule 1: *At most one live socket.* A late event of an abandoned socket changes nothing.

use steadysocket::core::{Cause, Input, Options, Page, StateKind, Verdict};

use super::{STATES, heartbeat, world_in};
use crate::browser::{Answer, abnormal, closed_with};
use crate::world::{World, ms, seconds};

#[test]
fn rule_1_a_connection_is_one_socket() {
    let mut world = World::new(&Options::default());
    world.connect();
    world.run_for(seconds(3_600));
    let story = world.story();
    assert_eq!((story.sockets().len(), story.opened().len()), (1, 1));
    assert_eq!(story.states(), [StateKind::Resolving, StateKind::Connecting, StateKind::Open]);
}

#[test]
fn rule_1_the_late_open_of_an_abandoned_handshake_changes_nothing() {
    let mut world = World::new(&Options::default());
    world.road().handshake = Answer::Never;
    world.open();
    let old = world.socket();
    for state in [StateKind::Waiting, StateKind::Connecting] {
        world.run_until(|world| world.state() == state);
        world.story();
        world.input(Input::SocketOpened { id: old });
        assert_eq!(world.state(), state);
        assert_eq!(world.story().0, []);
    }
}

#[test]
fn rule_1_late_events_of_an_abandoned_socket_change_nothing_in_any_state() {
    for state in STATES.into_iter().filter(|state| *state != StateKind::Idle) {
        let mut world = world_in(state, &heartbeat(20_000.0, 10_000.0));
        let Some(old) = world.watch.sockets.all().next() else { unreachable!("it lost one") };
        let before = (world.session().next_timeout(), world.session().is_drained());
        for input in [
            Input::SocketOpened { id: old },
            Input::SocketHeard { id: old },
            Input::ReplyHeard { id: old },
            Input::BufferedAmount { id: old, bytes: u64::MAX },
            Input::BufferedAmount { id: old, bytes: 0 },
            Input::SocketClosed { id: old, details: abnormal() },
            Input::SocketClosed { id: old, details: closed_with(1000) },
        ] {
            world.input(input.clone());
            assert_eq!(world.story().0, [], "{input:?} in {state:?}");
            assert_eq!(world.state(), state, "{input:?}");
            let after = (world.session().next_timeout(), world.session().is_drained());
            assert_eq!(after, before, "{input:?} in {state:?}");
        }
    }
}

#[test]
fn rule_1_late_answers_to_an_old_attempt_change_nothing_in_any_state() {
    for state in STATES.into_iter().filter(|state| *state != StateKind::Idle) {
        let mut world = World::new(&Options::default());
        world.connect();
        let Some(attempt) = world.watch.states.attempt() else { unreachable!("it made one") };
        let mut world = world_in(state, &Options::default());
        if state == StateKind::Waiting {
            continue; // the first attempt is the latest
        }
        for input in [
            Input::UrlResolved { attempt },
            Input::UrlFailed { attempt },
            Input::Judged { attempt, verdict: Verdict::Stop },
        ] {
            let before = world.session().next_timeout();
            world.input(input.clone());
            assert_eq!(world.story().0, [], "{input:?} in {state:?}");
            assert_eq!(world.session().next_timeout(), before, "{input:?} in {state:?}");
        }
    }
}

#[test]
fn rule_1_the_silence_of_a_new_socket_is_not_broken_by_an_old_one() {
    let mut world = world_in(StateKind::Open, &heartbeat(20_000.0, 10_000.0));
    world.road().reply_takes = None;
    let Some(old) = world.watch.sockets.all().next() else { unreachable!("it lost one") };
    for _ in 0..31 {
        world.input(Input::SocketHeard { id: old });
        world.input(Input::ReplyHeard { id: old });
        world.run_for(seconds(1));
    }
    assert_eq!(world.story().causes(), [Cause::HeartbeatTimeout]);
}

#[test]
fn rule_1_an_event_that_comes_twice_counts_once() {
    let mut world = World::connected(&Options::default());
    let id = world.socket();
    world.input(Input::SocketOpened { id });
    assert_eq!(world.story().0, []);
    world.lose();
    assert_eq!(world.story().causes(), [Cause::ConnectionLost]);
    world.lose();
    world.server_closes(1000);
    assert_eq!(world.story().0, []);
}

#[test]
fn rule_1_open_gives_a_fresh_socket_and_leaves_the_old_one_in_every_state() {
    for state in STATES {
        let mut world = world_in(state, &Options::default());
        world.road().url = Answer::Yes(ms(0));
        world.road().handshake = Answer::Yes(ms(50));
        world.road().close_takes = None;
        let begin = world.now;
        world.open();
        if state == StateKind::Suspended {
            // A page that is away has no connections: at once means with its return.
            world.page(Page::Shown { persisted: true });
        }
        assert_eq!(world.state(), StateKind::Connecting, "from {state:?}, at once");
        world.run_for(ms(50));
        assert_eq!(world.state(), StateKind::Open, "from {state:?}");
        let story = world.story();
        assert_eq!(story.attempts(), [begin], "from {state:?}");
        assert_eq!(story.sockets().len(), 1, "from {state:?}");
        assert_eq!(story.closed(), [], "from {state:?}: it is not over");
        let ended = matches!(state, StateKind::Resolving | StateKind::Connecting | StateKind::Open);
        if ended {
            assert_eq!(story.causes(), [Cause::User], "from {state:?}");
            assert!(matches!(story.verdicts()[..], [Verdict::Retry(_)]), "from {state:?}");
        }
    }
}
