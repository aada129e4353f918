//! Rule 4: *Any inbound frame proves life.* Only silence costs a heartbeat; only an unanswered heartbeat costs a socket.

use steadysocket::core::{Cause, Input, Network, Options, Page, StateKind};

use super::{heartbeat, hints};
use crate::world::{World, minutes, ms, seconds};

/// Connected a moment ago, with the default heartbeat of 25 s and 10 s.
fn world() -> World {
    let mut world = World::new(&heartbeat(25_000.0, 10_000.0));
    world.open();
    world.run_for(ms(50));
    assert_eq!(world.state(), StateKind::Open);
    world.story();
    world
}

#[test]
fn rule_4_silence_costs_a_heartbeat() {
    let mut world = world();
    let opened = world.now;
    world.run_for(minutes(1));
    let story = world.story();
    // Each answer, 50 ms later, is the last sign of life before the next silence.
    assert_eq!(story.heartbeats(), [opened + ms(25_000), opened + ms(50_050)]);
    assert_eq!(story.latencies(), [ms(50), ms(50)]);
}

#[test]
fn rule_4_any_inbound_frame_postpones_the_heartbeat() {
    let mut world = world();
    for _ in 0..100 {
        world.run_for(ms(24_999));
        world.hear();
    }
    assert_eq!(world.story().heartbeats(), [], "it was never silent");
    let heard = world.now;
    world.run_for(seconds(25));
    assert_eq!(world.story().heartbeats(), [heard + seconds(25)]);
}

#[test]
fn rule_4_any_inbound_frame_answers_a_heartbeat() {
    let mut world = world();
    world.road().reply_takes = None;
    for _ in 0..20 {
        world.run_for(ms(34_999));
        world.hear();
    }
    let story = world.story();
    assert_eq!((story.heartbeats().len(), story.causes()), (20, vec![]));
    assert_eq!(story.latencies(), [], "who knows what it answered");
    world.run_for(ms(35_000));
    assert_eq!(world.story().causes(), [Cause::HeartbeatTimeout]);
}

#[test]
fn rule_4_only_an_unanswered_heartbeat_costs_a_socket() {
    let mut world = world();
    world.road().reply_takes = Some(ms(9_999));
    world.run_for(minutes(60));
    let story = world.story();
    assert_eq!(story.causes(), []);
    assert!(story.heartbeats().len() > 90 && story.latencies().iter().all(|rtt| *rtt == ms(9_999)));
}

#[test]
fn rule_4_what_the_client_sends_proves_nothing() {
    let mut world = world();
    world.road().reply_takes = None;
    for _ in 0..35 {
        assert!(world.send(10).is_ok());
        world.run_for(seconds(1));
    }
    assert_eq!(world.story().causes(), [Cause::HeartbeatTimeout]);
}

#[test]
fn rule_4_a_buffer_that_drains_is_no_inbound_frame() {
    let mut world = world();
    let id = world.socket();
    world.road().reply_takes = None;
    for left in (0..35).rev() {
        world.input(Input::BufferedAmount { id, bytes: left });
        world.run_for(seconds(1));
    }
    assert_eq!(world.story().causes(), [Cause::HeartbeatTimeout]);
}

#[test]
fn rule_4_without_a_heartbeat_message_silence_costs_nothing() {
    let mut world = World::connected(&Options::default());
    world.run_for(minutes(24 * 60));
    let story = world.story();
    assert_eq!((story.heartbeats(), story.causes()), (vec![], vec![]));
    assert_eq!(world.session().next_timeout(), None, "an idle session costs nothing");
}

#[test]
fn rule_4_a_reply_that_nobody_asked_for_is_a_frame_like_any_other() {
    let mut world = world();
    let id = world.socket();
    world.run_for(seconds(20));
    world.input(Input::ReplyHeard { id });
    assert_eq!(world.story().latencies(), []);
    let heard = world.now;
    world.run_for(seconds(25));
    assert_eq!(world.story().heartbeats(), [heard + seconds(25)]);
}

#[test]
fn rule_4_a_reply_is_timed_against_its_own_heartbeat() {
    let mut world = world();
    let id = world.socket();
    world.road().reply_takes = None;
    world.run_for(seconds(26));
    world.hear();
    world.run_for(seconds(5));
    // The answer to the heartbeat of 6 s ago, or of nobody: not one of no time at all.
    world.input(Input::ReplyHeard { id });
    assert!(world.story().latencies().iter().all(|rtt| *rtt == seconds(6)));
}

#[test]
fn rule_4_a_reply_that_comes_twice_is_told_once() {
    let mut world = world();
    let id = world.socket();
    world.run_for(ms(25_050));
    assert_eq!(world.story().latencies(), [ms(50)]);
    world.run_for(ms(50));
    world.input(Input::ReplyHeard { id });
    assert_eq!(world.story().latencies(), []);
}

#[test]
fn rule_4_a_hint_asks_an_open_socket_at_once_and_costs_it_nothing_if_it_answers() {
    for hint in hints() {
        let mut world = world();
        world.run_for(seconds(5));
        let begin = world.now;
        world.input(hint.clone());
        world.run_for(seconds(20));
        let story = world.story();
        assert_eq!((story.heartbeats(), story.causes()), (vec![begin], vec![]), "{hint:?}");
    }
}

#[test]
fn rule_4_a_hint_finds_a_dead_socket_within_the_reply_timeout() {
    for hint in hints() {
        let mut world = world();
        world.road().reply_takes = None;
        world.run_for(seconds(5));
        world.input(hint.clone());
        world.run_for(seconds(10));
        assert_eq!(world.story().causes(), [Cause::HeartbeatTimeout], "{hint:?}");
    }
}

#[test]
fn rule_4_no_storm_of_hints_keeps_a_dead_socket() {
    let mut world = world();
    world.road().reply_takes = None;
    for _ in 0..36 {
        for hint in hints() {
            world.input(hint);
        }
        world.network(Network::Offline);
        world.page(Page::Hidden);
        world.run_for(seconds(1));
    }
    assert!(!world.story().causes().is_empty(), "still waiting for a dead socket");
}

#[test]
fn rule_4_hints_without_a_heartbeat_message_change_nothing_on_an_open_socket() {
    for hint in hints() {
        let mut world = World::connected(&Options::default());
        world.input(hint.clone());
        world.run_for(minutes(1));
        assert_eq!(world.story().0, []);
    }
}
