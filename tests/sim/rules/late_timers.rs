//! Rule 5: *A late timer proves nothing.* A timeout that fires late is a sign that the page slept: the session first
//! asks again (one heartbeat, full reply timeout) before it judges.

use steadysocket::core::{Cause, Duration, Input, Options, Page, StateKind};

use super::{STATES, heartbeat, world_in};
use crate::browser::Answer;
use crate::world::{World, minutes, ms, seconds};

const HOURS: Duration = minutes(180);

fn world() -> World {
    World::connected(&heartbeat(25_000.0, 10_000.0))
}

#[test]
fn rule_5_frozen_for_hours_kills_nothing_if_the_server_then_answers() {
    for awake in [0, 10, 24, 26, 30, 50] {
        let mut world = world();
        world.run_for(seconds(awake));
        world.sleep(HOURS);
        world.run_for(minutes(2));
        assert_eq!(world.story().causes(), [], "asleep after {awake} s");
    }
}

#[test]
fn rule_5_the_answer_may_lie_in_the_queue_behind_the_late_timer() {
    let mut world = world();
    world.run_for(ms(24_991));
    assert_eq!(world.story().heartbeats().len(), 1, "asked, and not answered yet");
    world.sleep(HOURS);
    let story = world.story();
    assert_eq!(story.causes(), [], "timers came first, messages afterwards");
    assert!(story.heartbeats().len() <= 1, "one heartbeat");
    world.run_for(minutes(10));
    assert_eq!(world.story().causes(), []);
}

#[test]
fn rule_5_an_answer_in_the_queue_is_heard_before_a_timer_that_is_a_little_late() {
    for late in [1, 20, 500, 1_999] {
        let mut world = world();
        world.run_for(ms(24_991));
        assert_eq!(world.story().heartbeats().len(), 1, "asked, and not answered yet");
        world.sleep(ms(10_000 + late));
        world.run_for(minutes(2));
        assert_eq!(world.story().causes(), [], "{late} ms late");
    }
}

#[test]
fn rule_5_an_answer_in_the_queue_is_heard_before_the_second_late_timer() {
    let mut world = world();
    world.road().reply_takes = None;
    world.run_for(seconds(26));
    world.road().reply_takes = Some(ms(50));
    world.sleep(HOURS);
    assert_eq!(world.story().heartbeats().len(), 2, "asked again");
    world.sleep(seconds(40));
    world.run_for(minutes(2));
    assert_eq!(world.story().causes(), []);
}

#[test]
fn rule_5_a_late_reply_timeout_asks_again_and_grants_the_full_timeout() {
    let mut world = world();
    world.road().reply_takes = None;
    world.run_for(seconds(26));
    world.story();
    world.sleep(HOURS);
    let woken = world.now;
    let story = world.story();
    assert_eq!((story.heartbeats(), story.causes()), (vec![woken], vec![]));
    world.run_for(ms(9_999));
    assert_eq!(world.story().0, [], "the full reply timeout");
    world.hear();
    world.run_for(seconds(20));
    assert_eq!(world.story().causes(), [], "it answered");
}

#[test]
fn rule_5_after_a_long_sleep_a_dead_socket_costs_one_reply_timeout() {
    for awake in [5, 26] {
        let mut world = world();
        world.road().reply_takes = None;
        world.run_for(seconds(awake));
        world.sleep(HOURS);
        world.run_for(seconds(10));
        assert_eq!(world.story().causes(), [Cause::HeartbeatTimeout], "asleep after {awake} s");
    }
}

#[test]
fn rule_5_sleeping_again_and_again_kills_nothing() {
    for awake in [ms(60), seconds(1), seconds(30)] {
        let mut world = world();
        for _ in 0..100 {
            world.sleep(minutes(30));
            world.run_for(awake);
        }
        assert_eq!(world.story().causes(), [], "awake for {awake:?}");
    }
}

#[test]
fn rule_5_falling_asleep_before_the_answer_came_kills_nothing() {
    for answers in [Some(ms(50)), None] {
        let mut world = world();
        world.road().reply_takes = answers;
        for _ in 0..5 {
            // Awake for no longer than it takes to ask; without the network, perhaps.
            world.sleep(HOURS);
        }
        world.road().reply_takes = Some(ms(50));
        world.hear();
        world.run_for(minutes(2));
        assert_eq!(world.story().causes(), []);
    }
}

#[test]
fn rule_5_timers_once_a_minute_kill_no_living_socket_in_a_day() {
    for reply_takes in [ms(50), seconds(9)] {
        let mut world = world();
        (world.tick, world.road().reply_takes) = (minutes(1), Some(reply_takes));
        world.run_for(minutes(24 * 60));
        let story = world.story();
        assert_eq!(story.causes(), []);
        assert!(story.heartbeats().len() >= 24 * 60 / 3, "and yet it asked");
    }
}

#[test]
fn rule_5_timers_once_a_minute_leave_a_dead_socket_within_a_few_ticks() {
    let mut world = world();
    world.tick = minutes(1);
    world.run_for(minutes(10));
    world.story();
    world.road().reply_takes = None;
    world.run_for(minutes(5));
    assert_eq!(world.story().causes().first(), Some(&Cause::HeartbeatTimeout));
}

#[test]
fn rule_5_timers_once_a_second_leave_a_dead_socket_in_time() {
    for (interval, timeout) in [(25_000, 10_000), (2_000, 1_000), (1_500, 700)] {
        let [interval_ms, timeout_ms] = [interval, timeout].map(crate::script::float);
        let mut world = World::connected(&heartbeat(interval_ms, timeout_ms));
        world.tick = seconds(1);
        world.road().reply_takes = None;
        // Two ticks late at most, and one more question.
        world.run_for(ms(interval + 2 * timeout + 3_000));
        assert_eq!(world.story().causes().first(), Some(&Cause::HeartbeatTimeout), "{interval}/{timeout} ms");
    }
}

#[test]
fn rule_5_timers_once_a_second_kill_no_living_socket() {
    let mut world = World::connected(&heartbeat(2_000.0, 1_000.0));
    (world.tick, world.road().reply_takes) = (seconds(1), Some(ms(900)));
    world.run_for(minutes(60));
    assert_eq!(world.story().causes(), []);
}

#[test]
fn rule_5_timers_that_are_late_by_a_frame_or_two_do_judge() {
    for tick in [1, 4, 16, 33] {
        let mut world = world();
        (world.tick, world.road().reply_takes) = (ms(tick), None);
        // With a turn for what waits in the page's queue.
        world.run_for(ms(35_300));
        assert_eq!(world.story().causes(), [Cause::HeartbeatTimeout], "{tick} ms");
    }
}

#[test]
fn rule_5_a_server_that_died_meanwhile_is_not_taken_for_alive() {
    let mut world = world();
    world.run_for(seconds(26));
    world.road().reply_takes = None;
    // The machine sleeps again and again: every single late timer has its excuse, the silence has none.
    for _ in 0..10 {
        world.sleep(minutes(30));
        world.run_for(seconds(2));
    }
    world.run_for(seconds(10));
    assert_eq!(world.story().causes().first(), Some(&Cause::HeartbeatTimeout));
}

#[test]
fn rule_5_a_session_that_slept_in_an_attempt_is_soon_connected() {
    for (url, handshake) in [(ms(50), ms(50)), (ms(0), ms(50)), (ms(50), ms(9_000))] {
        let mut world = World::new(&Options::default());
        world.road().url = Answer::Yes(url);
        world.road().handshake = Answer::Yes(handshake);
        world.open();
        world.run_for(ms(10));
        world.sleep(HOURS);
        world.run_for(seconds(10));
        assert_eq!(world.state(), StateKind::Open);
    }
}

#[test]
fn rule_5_a_session_that_slept_between_two_attempts_goes_on_at_once() {
    let mut world = World::connected(&Options::default());
    world.lose();
    world.sleep(HOURS);
    assert_eq!(world.state(), StateKind::Connecting);
}

#[test]
fn rule_5_a_timer_that_is_early_changes_nothing() {
    for state in STATES {
        let mut world = world_in(state, &heartbeat(20_000.0, 10_000.0));
        let wake = world.session().next_timeout();
        for _ in 0..3 {
            world.input(Input::Timeout);
            assert_eq!(world.story().0, [], "in {state:?}");
            assert_eq!((world.state(), world.session().next_timeout()), (state, wake));
        }
    }
}

#[test]
fn rule_5_an_answer_that_slept_too_tells_nothing_of_the_network() {
    let mut world = world();
    let id = world.socket();
    world.road().reply_takes = None;
    world.page(Page::Visible);
    world.sleep(minutes(60));
    world.input(Input::ReplyHeard { id });
    assert_eq!(world.story().latencies(), []);
}

#[test]
fn rule_5_a_nap_of_any_length_over_a_question_kills_nothing() {
    for millis in (9_000..12_500).step_by(50) {
        let mut world = world();
        world.page(Page::Visible);
        world.sleep(ms(millis));
        world.run_for(seconds(30));
        assert_eq!(world.story().causes(), [], "{millis} ms");
    }
}

#[test]
fn rule_5_the_last_turn_is_part_of_the_timeout() {
    let mut world = world();
    world.road().reply_takes = None;
    world.page(Page::Visible);
    world.run_for(ms(9_999));
    assert_eq!(world.story().causes(), []);
    world.run_for(ms(1));
    assert_eq!(world.story().causes(), [Cause::HeartbeatTimeout]);
}
