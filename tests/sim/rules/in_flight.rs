//! Rule 7, for those who ask for it: what was transmitted and may be lost is told too.

use steadysocket::core::{
    Config, DropReason, Duration, Effect, Event, HeartbeatOptions, Input, Instant, Options, Outgoing, Output,
    Page, QueueOptions, Session, StateKind,
};

use super::heartbeat;
use crate::world::{World, ms, seconds};

const UNKNOWN: DropReason = DropReason::InFlightUnknown;

fn options(max_messages: f64, max_bytes: f64) -> Options {
    let queue = QueueOptions { max_messages, max_bytes, in_flight: true, ..QueueOptions::default() };
    Options { queue: Some(queue), ..heartbeat(25_000.0, 10_000.0) }
}

fn world() -> World {
    World::connected(&options(100.0, f64::INFINITY))
}

fn send(world: &mut World, times: usize) {
    for _ in 0..times {
        assert!(world.send(10).is_ok());
    }
}

fn unknown(numbers: impl IntoIterator<Item = u64>) -> Vec<(u64, DropReason)> {
    numbers.into_iter().map(|number| (number, UNKNOWN)).collect()
}

#[test]
fn rule_7_what_a_lost_connection_leaves_in_flight_is_told_in_the_order_sent() {
    let mut world = world();
    send(&mut world, 3);
    assert_eq!(world.session().messages_in_flight(), 3);
    world.lose();
    assert_eq!(world.story().drops(), unknown(0..3));
    assert_eq!(world.session().messages_in_flight(), 0);
    world.run_for(seconds(60));
    assert_eq!(world.story().transmitted(), [], "it may have arrived: nothing is sent twice");
}

#[test]
fn rule_7_nothing_is_told_to_who_does_not_ask() {
    let mut world = World::connected(&heartbeat(25_000.0, 10_000.0));
    send(&mut world, 3);
    assert_eq!(world.session().messages_in_flight(), 0);
    world.lose();
    assert_eq!(world.story().drops(), []);
}

#[test]
fn rule_7_an_answered_heartbeat_confirms_what_went_before_its_question() {
    let mut world = world();
    send(&mut world, 3);
    world.run_for(ms(24_995));
    assert_eq!(world.story().heartbeats().len(), 1);
    send(&mut world, 2);
    world.run_for(ms(60));
    assert_eq!(world.story().latencies(), [ms(50)]);
    assert_eq!(
        world.session().messages_in_flight(),
        2,
        "the answer says nothing of what was sent after the question"
    );
    world.lose();
    assert_eq!(world.story().drops(), unknown(3..5));
}

#[test]
fn rule_7_a_frame_that_is_no_answer_confirms_nothing() {
    let mut world = world();
    send(&mut world, 3);
    world.road().reply_takes = None;
    world.run_for(seconds(26));
    world.hear();
    assert_eq!(world.session().messages_in_flight(), 3);
}

#[test]
fn rule_7_answers_come_in_the_order_of_the_questions() {
    let mut world = world();
    world.road().reply_takes = None;
    send(&mut world, 2);
    world.page(Page::Visible);
    send(&mut world, 3);
    world.hear();
    world.page(Page::Visible);
    let id = world.socket();
    assert_eq!(world.story().heartbeats().len(), 2);
    world.run_for(seconds(1));
    world.input(Input::ReplyHeard { id });
    assert_eq!(world.session().messages_in_flight(), 3, "it answers the first");
    world.hear();
    send(&mut world, 1);
    world.page(Page::Visible);
    world.run_for(seconds(1));
    world.input(Input::ReplyHeard { id });
    assert_eq!(world.session().messages_in_flight(), 4, "it answers the second, not the third");
    world.input(Input::ReplyHeard { id });
    assert_eq!(world.session().messages_in_flight(), 0);
    assert_eq!(world.story().latencies(), [seconds(1), seconds(1)]);
}

#[test]
fn rule_7_what_a_server_hears_is_confirmed_though_it_never_falls_silent() {
    let mut world = world();
    send(&mut world, 3);
    for _ in 0..6 {
        world.run_for(seconds(5));
        world.hear();
    }
    assert_eq!((world.session().messages_in_flight(), world.story().heartbeats().len()), (0, 1));
    for _ in 0..20 {
        world.run_for(seconds(5));
        world.hear();
    }
    assert_eq!(world.story().heartbeats(), [], "nothing is to be confirmed any more");
}

#[test]
fn rule_7_any_end_but_an_answered_close_leaves_it_unknown() {
    let ends: [fn(&mut World); 5] = [
        |world| world.server_closes(1001),
        |world| world.page(Page::Hiding { persisted: true }),
        World::open,
        |world| {
            world.road().reply_takes = None;
            world.run_for(seconds(60));
        },
        |world| {
            world.road().close_takes = None;
            world.close();
            world.run_for(seconds(60));
        },
    ];
    for (number, end) in ends.into_iter().enumerate() {
        let mut world = world();
        send(&mut world, 2);
        end(&mut world);
        assert_eq!(world.story().drops(), unknown(0..2), "end {number}");
    }
}

#[test]
fn rule_7_a_close_that_the_server_answers_confirms_all() {
    let mut world = world();
    send(&mut world, 2);
    world.close();
    world.run_for(seconds(1));
    assert_eq!((world.state(), world.story().drops()), (StateKind::Closed, vec![]));
}

#[test]
fn rule_7_a_close_that_crosses_the_servers_confirms_nothing() {
    let mut world = world();
    send(&mut world, 2);
    world.close();
    world.server_closes(1001);
    assert_eq!((world.state(), world.story().drops()), (StateKind::Closed, unknown(0..2)));
}

#[test]
fn rule_7_what_a_closing_socket_gave_back_is_not_in_flight() {
    let mut world = world();
    send(&mut world, 1);
    world.server_begins_to_close(1001, ms(100));
    send(&mut world, 2);
    assert_eq!((world.session().messages_in_flight(), world.session().queued_messages()), (1, 2));
    world.run_for(seconds(10));
    let story = world.story();
    assert_eq!(story.drops(), unknown(0..1));
    assert_eq!(story.transmitted(), [0, 1, 1, 2], "the second one was given back");
}

#[test]
fn rule_7_no_more_is_in_flight_than_may_wait() {
    for (options, room) in [(options(10.0, f64::INFINITY), 10), (options(100.0, 50.0), 5)] {
        let mut world = World::connected(&options);
        send(&mut world, room + 3);
        assert_eq!((world.session().messages_in_flight(), world.session().queued_messages()), (room, 3));
        assert!(!world.session().is_drained());
        let asked = world.story().heartbeats();
        assert_eq!(asked.len(), 1, "asked when half of it was there");
        world.run_for(seconds(1));
        let story = world.story();
        assert_eq!((story.transmitted().len(), story.drops()), (3, vec![]));
        assert_eq!(story.drained().len(), 1);
        assert!(2 * world.session().messages_in_flight() < room, "nobody asks for less than half of it");
    }
}

#[test]
fn rule_7_a_stream_of_messages_goes_on_and_on() {
    let mut world = World::connected(&options(8.0, f64::INFINITY));
    for _ in 0..1_000 {
        send(&mut world, 1);
        world.run_for(ms(20));
    }
    world.run_for(seconds(1));
    let story = world.story();
    assert_eq!((story.transmitted().len(), story.drops(), story.causes()), (1_000, vec![], vec![]));
}

#[test]
fn rule_7_a_message_larger_than_all_that_may_be_in_flight_goes_alone() {
    let mut world = World::connected(&options(100.0, 50.0));
    assert!(world.send(1_000).is_ok());
    assert!(world.send(10).is_ok());
    assert_eq!(world.story().transmitted(), [0]);
    world.run_for(Duration::from_millis(60));
    assert_eq!(world.story().transmitted(), [1]);
}

#[test]
fn rule_7_without_a_heartbeat_nothing_could_be_confirmed() {
    let options = Options { heartbeat: None::<HeartbeatOptions>, ..options(100.0, 50.0) };
    assert!(Config::new(&options).is_err_and(|error| error.option == "queue.inFlight"));
}

#[test]
fn rule_7_what_a_closing_socket_gives_back_when_it_was_left_is_told_once_and_not_sent_again() {
    let mut session = Session::new(Config::new(&options(100.0, 100.0)).unwrap(), 7, AT);
    let mut story = Vec::new();
    session.handle(Input::Open, AT);
    drive(&mut session, false, &mut story);
    // A listener sends, and asks for a fresh socket: the message goes to the old one, which has begun to close.
    assert!(session.send(Outgoing { payload: 1, bytes: 10, ttl: None }, AT).is_ok());
    session.handle(Input::Open, AT);
    drive(&mut session, true, &mut story);
    assert_eq!((session.state(), story), (StateKind::Open, vec![UNKNOWN]));
}

const AT: Instant = Instant::from_micros(1);

/// Carries out what the session wants. Messages are given back by the first socket that gets one, if it is closing.
fn drive(session: &mut Session<u64>, mut closing: bool, drops: &mut Vec<DropReason>) {
    while let Some(output) = session.poll_output() {
        match output {
            Output::Effect(Effect::ResolveUrl { attempt }) => {
                session.handle(Input::UrlResolved { attempt }, AT);
            }
            Output::Effect(Effect::OpenSocket { id }) => session.handle(Input::SocketOpened { id }, AT),
            Output::Effect(Effect::Transmit { id, message }) => {
                assert!(core::mem::take(&mut closing), "{message:?} is sent again");
                session.handle(Input::Untransmitted { id, message }, AT);
            }
            Output::Event(Event::Dropped { reason, .. }) => drops.push(reason),
            _ => {}
        }
    }
}
