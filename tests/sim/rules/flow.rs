//! Rule 7, towards the network: the socket's buffer is bounded by the watermarks, and the outbox takes the rest.

use steadysocket::core::{Cause, Duration, Input, Options, QueueOptions, StateKind};

use super::heartbeat;
use crate::browser::Answer;
use crate::script::float;
use crate::world::{World, minutes, ms, seconds};

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

fn marks(high: u64, low: u64) -> Options {
    let queue =
        QueueOptions { max_messages: f64::INFINITY, max_bytes: f64::INFINITY, ..QueueOptions::default() };
    let (high_water_mark, low_water_mark) = (float(high), float(low));
    Options { queue: Some(queue), high_water_mark, low_water_mark, ..Options::default() }
}

#[test]
fn rule_7_64_mib_into_a_slow_server_stay_under_the_high_watermark_plus_one_message() {
    let mut world = World::connected(&marks(MIB, 256 * KIB));
    world.road().bytes_per_second = MIB;
    for _ in 0..1_024 {
        assert!(world.send(64 * KIB).is_ok());
        let id = world.socket();
        assert!(world.browser.buffered(id, world.now) <= MIB + 64 * KIB);
    }
    assert!(!world.session().is_drained());
    assert!(world.session().queued_bytes() >= 62 * MIB, "the rest waits");
    let begin = world.now;
    world.run_by(ms(10), |world| {
        // The watch sees every single transmission; this, whether the road lies idle.
        let busy = world.browser.buffered(world.socket(), world.now) > 0;
        assert!(busy, "nothing left to send after {:?}, and messages wait", world.since(begin));
        world.session().is_drained()
    });
    assert!(world.since(begin) < seconds(66), "as fast as the road: {:?}", world.since(begin));
    let story = world.story();
    assert_eq!(story.drained().len(), 1, "drained once");
    assert_eq!(story.drops(), []);
    assert!(world.browser.taken.iter().map(|taken| taken.1).eq(0..1_024), "each once, in order");
    world.run_for(minutes(1));
    assert_eq!(world.story().0, []);
    assert_eq!(world.session().next_timeout(), None, "and then it rests");
}

#[test]
fn rule_7_drained_is_told_when_the_buffer_is_at_the_low_watermark() {
    let mut world = World::connected(&marks(10_000, 2_000));
    world.road().bytes_per_second = 10_000;
    for _ in 0..30 {
        assert!(world.send(1_000).is_ok());
    }
    let id = world.socket();
    world.run_until(|world| world.session().is_drained());
    assert_eq!(world.story().drained().len(), 1);
    assert_eq!(world.session().queued_messages(), 0);
    let left = world.browser.buffered(id, world.now);
    assert!(left <= 2_000, "{left} left");
    assert!(left > 0, "not long after that");
}

#[test]
fn rule_7_messages_go_on_at_the_low_watermark_and_not_before() {
    let mut world = World::connected(&marks(10_000, 2_000));
    world.road().bytes_per_second = 1_000;
    for _ in 0..40 {
        assert!(world.send(1_000).is_ok());
    }
    let id = world.socket();
    let (mut rounds, mut stuck, mut left) = (0, world.browser.taken.len(), u64::MAX);
    world.run_by(ms(10), |world| {
        let more = world.browser.taken.len() - stuck;
        if more > 0 {
            // 10 bytes drain in 10 ms.
            assert!(left <= 2_010, "{more} go on while {left} bytes are left");
            assert!(
                more >= 8 || world.session().queued_messages() == 0,
                "from low to high again, not one by one"
            );
            rounds += 1;
        }
        (stuck, left) = (world.browser.taken.len(), world.browser.buffered(id, world.now));
        world.session().queued_messages() == 0
    });
    assert!(rounds >= 3);
}

#[test]
fn rule_7_drained_is_not_told_when_nothing_ever_waited() {
    let mut world = World::connected(&Options::default());
    for _ in 0..100 {
        assert!(world.send(1_000).is_ok());
        assert!(world.session().is_drained());
        world.run_for(ms(10));
    }
    let story = world.story();
    assert_eq!((story.drained(), story.transmitted().len()), (vec![], 100));
}

#[test]
fn rule_7_drained_is_told_once_for_each_time_that_something_waited() {
    let mut world = World::connected(&marks(1_000, 100));
    world.road().bytes_per_second = 1_000;
    for round in 1..=5 {
        for _ in 0..round {
            assert!(world.send(1_500).is_ok());
        }
        assert!(!world.session().is_drained());
        world.run_for(minutes(1));
        assert!(world.session().is_drained());
        assert_eq!(world.story().drained().len(), 1, "round {round}");
    }
}

#[test]
fn rule_7_drained_is_told_though_the_last_message_fills_the_buffer() {
    let mut world = World::new(&marks(1_000, 100));
    assert!(world.send(600).is_ok() && world.send(600).is_ok());
    world.connect();
    world.run_for(seconds(1));
    assert!(world.session().is_drained());
    assert_eq!(world.story().drained().len(), 1);
}

#[test]
fn rule_7_drained_is_told_though_the_full_socket_is_lost() {
    let mut world = World::connected(&marks(1_000, 100));
    world.road().bytes_per_second = 0;
    assert!(world.send(1_000).is_ok());
    assert!(!world.session().is_drained(), "who writes on waits for Drained");
    world.road().bytes_per_second = u64::MAX;
    world.lose();
    world.run_for(seconds(5));
    assert!(world.session().is_drained());
    assert_eq!(world.story().drained().len(), 1);
}

#[test]
fn rule_7_drained_is_told_though_what_waited_expired() {
    let mut world = World::new(&marks(1_000, 100));
    world.road().url = Answer::Never;
    world.open();
    assert!(world.send_for(10, Some(seconds(1))).is_ok());
    world.run_for(seconds(2));
    world.road().url = Answer::Yes(ms(0));
    world.run_for(minutes(1));
    assert!(world.session().is_drained());
    assert_eq!(world.story().drained().len(), 1);
}

#[test]
fn rule_7_drained_is_not_told_again_when_the_time_of_what_went_is_up() {
    let mut world = World::new(&marks(1_000, 100));
    world.open();
    assert!(world.send_for(10, Some(seconds(10))).is_ok());
    world.run_for(seconds(9));
    assert_eq!(world.story().drained().len(), 1);
    world.road().handshake = Answer::Never;
    world.lose();
    world.run_for(seconds(5));
    assert_eq!(world.story().drained().len(), 0);
}

#[test]
fn rule_7_a_low_watermark_of_nothing_drains_too() {
    for high in [0, 1, 1_000] {
        let mut world = World::connected(&marks(high, 0));
        world.road().bytes_per_second = 1_000;
        for _ in 0..10 {
            assert!(world.send(500).is_ok());
        }
        world.run_for(minutes(5));
        assert_eq!(world.browser.taken.len(), 10, "high watermark {high}");
        assert!(world.session().is_drained());
    }
}

#[test]
fn rule_7_what_an_old_socket_had_buffered_does_not_hold_up_the_next() {
    let mut world = World::connected(&marks(1_000, 100));
    world.road().bytes_per_second = 0;
    for _ in 0..5 {
        assert!(world.send(1_000).is_ok());
    }
    let before = world.browser.taken.len();
    world.road().bytes_per_second = u64::MAX;
    world.lose();
    world.run_until(|world| world.state() == StateKind::Open);
    world.run_for(Duration::from_micros(1));
    assert!(world.browser.taken.len() > before);
    world.run_for(minutes(1));
    assert!(world.browser.taken.iter().map(|taken| taken.1).eq(0..5));
}

#[test]
fn rule_1_the_buffer_of_an_old_socket_is_not_taken_for_that_of_the_present_one() {
    let mut world = World::connected(&marks(1_000, 100));
    let old = world.socket();
    world.lose();
    world.run_until(|world| world.state() == StateKind::Open);
    world.road().bytes_per_second = 0;
    for _ in 0..5 {
        assert!(world.send(1_000).is_ok());
    }
    world.story();
    world.input(Input::BufferedAmount { id: old, bytes: 0 });
    assert_eq!(world.story().0, []);
    assert_eq!(world.session().queued_messages(), 4);
}

#[test]
fn rule_7_what_comes_back_goes_before_those_that_wait() {
    let mut world = World::connected(&marks(1_000, 100));
    world.road().bytes_per_second = 1_000;
    for _ in 0..6 {
        assert!(world.send(1_000).is_ok());
    }
    world.server_begins_to_close(1001, seconds(5));
    world.run_for(seconds(4));
    let story = world.story();
    assert_eq!(story.transmitted(), [0, 1], "the second when there was room, but the socket did not take it");
    assert_eq!((world.browser.taken.len(), world.session().queued_messages()), (1, 5));
    world.run_for(minutes(1));
    assert!(world.browser.taken.iter().map(|taken| taken.1).eq(0..6));
}

#[test]
fn rule_7_a_message_larger_than_the_high_watermark_goes_out() {
    let mut world = World::connected(&marks(1_000, 100));
    world.road().bytes_per_second = 1_000;
    for size in [50_000, 1, 70_000, 1] {
        assert!(world.send(size).is_ok());
    }
    world.run_for(minutes(5));
    assert!(world.browser.taken.iter().map(|taken| taken.1).eq(0..4));
}

#[test]
fn rule_7_no_message_overtakes_those_that_wait() {
    let mut world = World::connected(&marks(1_000, 100));
    world.road().bytes_per_second = 5_000;
    for _ in 0..500 {
        // The buffer falls below the low watermark between two looks: the outbox still comes first.
        assert!(world.send(400).is_ok());
        world.run_for(ms(37));
    }
    world.run_for(minutes(1));
    assert!(world.browser.taken.iter().map(|taken| taken.1).eq(0..500));
}

#[test]
fn rule_7_a_server_that_reads_nothing_costs_no_flood_of_looks() {
    let mut world = World::connected(&marks(1_000, 100));
    world.road().bytes_per_second = 0;
    assert!(world.send(2_000).is_ok() && world.send(2_000).is_ok());
    let begin = world.story().0.len();
    world.run_for(minutes(10));
    let looks = world.story().0.len();
    assert!(begin <= 4 && looks <= 12_001, "{looks} looks in ten minutes");
}

#[test]
fn rule_4_a_stuck_buffer_does_not_hide_a_dead_socket() {
    let silent = heartbeat(2_000.0, 1_000.0).heartbeat;
    let mut world = World::connected(&Options { heartbeat: silent, ..marks(1_000, 100) });
    (world.road().bytes_per_second, world.road().reply_takes) = (0, None);
    let old = world.socket();
    for _ in 0..10 {
        assert!(world.send(600).is_ok());
    }
    world.run_for(ms(3_500));
    assert_ne!(world.socket(), old);
    // What the dead socket took is gone, what waited is not.
    world.road().bytes_per_second = u64::MAX;
    world.road().reply_takes = Some(ms(50));
    world.run_for(seconds(30));
    assert!(world.browser.taken.iter().map(|taken| taken.1).eq(0..10));
}

#[test]
fn rule_4_a_slow_road_is_not_a_dead_one() {
    let silent = heartbeat(2_000.0, 1_000.0).heartbeat;
    let mut world = World::connected(&Options { heartbeat: silent, ..marks(100_000, 20_000) });
    // Heartbeats wait behind the messages, and so do the answers.
    (world.road().bytes_per_second, world.road().reply_takes) = (10_000, None);
    for _ in 0..100 {
        assert!(world.send(10_000).is_ok());
    }
    world.run_by(ms(100), |world| {
        assert_eq!(world.story().causes(), [], "the buffer drains, so somebody takes it");
        world.session().is_drained()
    });
    world.run_for(seconds(10));
    assert_eq!(world.story().causes().first(), Some(&Cause::HeartbeatTimeout), "now it is silence");
}
