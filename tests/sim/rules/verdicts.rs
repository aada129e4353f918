//! Rule 8: *Causes are classified*, since the browser hides them. A verdict table says which codes stop, which retry,
//! and which retry after a server's hint (1012, 1013).

use steadysocket::core::{Cause, Network, Options, Pace, Page, StateKind, Verdict};

use super::{heartbeat, hints};
use crate::browser::{Answer, BYE};
use crate::script::float;
use crate::world::{World, minutes, ms, seconds};

fn stops(code: u16) -> bool {
    matches!(code, 1000 | 1002 | 1003 | 1007..=1010 | 4400..=4499)
}

#[test]
fn rule_8_the_verdict_table_code_by_code() {
    for code in [1000, 1002, 1003, 1007, 1008, 1009, 1010, 4400, 4401, 4403, 4450, 4499] {
        let mut world = World::connected(&Options::default());
        world.server_closes(code);
        world.run_for(minutes(1));
        let story = world.story();
        assert_eq!(world.state(), StateKind::Closed, "{code} stops");
        let cause = Cause::ServerClose(code);
        assert_eq!((story.causes(), story.verdicts()), (vec![cause], vec![Verdict::Stop]));
        assert_eq!((story.closed(), story.retries(), story.attempts()), (vec![cause], vec![], vec![]));
    }
    for code in [1001, 1005, 1011, 1014, 1015, 3000, 3999, 4000, 4399, 4500, 4999] {
        let mut world = World::connected(&Options::default());
        world.server_closes(code);
        let story = world.story();
        assert_eq!(story.causes(), [Cause::ServerClose(code)]);
        assert!(matches!(story.verdicts()[..], [Verdict::Retry(_)]), "{code} is retried");
        assert!(story.retries()[0].1 < ms(500), "{code} after the backoff's first delay");
        world.run_for(ms(550));
        assert_eq!(world.state(), StateKind::Open, "{code}");
    }
}

#[test]
fn rule_8_every_code_there_is_has_its_verdict() {
    for code in (1000..=1015).chain(3000..=4999).filter(|code| *code != 1006) {
        let mut world = World::connected(&Options::default());
        world.server_closes(code);
        let story = world.story();
        assert_eq!(story.causes(), [Cause::ServerClose(code)]);
        assert_eq!(story.verdicts() == [Verdict::Stop], stops(code), "{code}");
    }
}

#[test]
fn rule_8_1006_is_a_lost_connection_and_retried() {
    let mut world = World::connected(&Options::default());
    world.lose();
    let story = world.story();
    assert_eq!(
        (story.causes(), story.verdicts()),
        (vec![Cause::ConnectionLost], vec![Verdict::Retry(Pace::Backoff)])
    );
}

#[test]
fn rule_8_what_the_close_event_said_is_passed_on() {
    let mut world = World::connected(&Options::default());
    world.server_closes(4321);
    let (_, _, details, _) = world.story().disconnects().remove(0);
    assert_eq!((details.code, details.reason, details.was_clean), (4321, BYE, true));
}

/// The delays after this code, over many seeds, in ms.
fn delays_after(code: u16) -> Vec<f64> {
    let delay = |seed| {
        let mut world = World::seeded(&Options::default(), seed);
        world.connect();
        world.server_closes(code);
        world.story().retries()[0].1.as_millis_f64()
    };
    (0..500).map(delay).collect()
}

#[test]
fn rule_8_a_restarting_server_gets_its_clients_back_spread_over_some_seconds() {
    let delays = delays_after(1012);
    let mean = delays.iter().sum::<f64>() / float(delays.len() as u64);
    assert!(mean > 1_000.0, "{mean} ms on average");
    assert!(delays.iter().any(|delay| *delay < 0.2 * mean), "spread from zero on");
    assert!(delays.iter().all(|delay| *delay < 30_000.0), "within the maximum");
}

#[test]
fn rule_8_an_overloaded_server_gets_its_clients_back_spread_over_the_longest_delay() {
    let delays = delays_after(1013);
    let mean = delays.iter().sum::<f64>() / float(delays.len() as u64);
    assert!((13_500.0..16_500.0).contains(&mean), "{mean} ms on average");
    assert!(delays.iter().all(|delay| *delay < 30_000.0));
    assert!(delays.iter().any(|delay| *delay > 28_000.0) && delays.iter().any(|delay| *delay < 2_000.0));
}

#[test]
fn rule_8_the_backoff_goes_on_from_what_the_server_asked_for() {
    for (code, ceiling) in [(1012, 10_000.0), (1013, 30_000.0)] {
        let second_delay = |seed| {
            let mut world = World::seeded(&Options::default(), seed);
            world.connect();
            world.road().handshake = Answer::No(ms(10));
            world.server_closes(code);
            world.story();
            world.run_until(|world| world.state() == StateKind::Connecting);
            world.run_for(ms(10));
            world.story().retries()[0].1.as_millis_f64()
        };
        let delays: Vec<f64> = (0..300).map(second_delay).collect();
        let longest = delays.iter().copied().fold(0.0, f64::max);
        assert!((0.9 * ceiling..ceiling).contains(&longest), "{code}: up to {longest} ms");
    }
}

#[test]
fn rule_8_no_hint_shortens_what_the_server_asked_for() {
    for code in [1012, 1013] {
        for hint in hints() {
            let mut world = World::connected(&Options::default());
            world.server_closes(code);
            let (closed, delay) = (world.now, world.story().retries()[0].1);
            for _ in 0..3 {
                world.input(hint.clone());
                assert_eq!(world.story().attempts(), [], "{code}");
            }
            world.run_for(delay);
            assert_eq!(world.story().attempts(), [closed + delay], "{code}");
        }
    }
}

#[test]
fn rule_8_the_user_may_shorten_what_the_server_asked_for() {
    let mut world = World::connected(&Options::default());
    world.server_closes(1013);
    world.open();
    world.run_for(ms(50));
    assert_eq!(world.state(), StateKind::Open);
}

#[test]
fn rule_8_a_handshake_that_fails_never_opened() {
    let mut world = World::new(&Options::default());
    world.road().handshake = Answer::No(ms(20));
    world.open();
    world.run_for(ms(20));
    let story = world.story();
    assert_eq!(
        (story.causes(), story.verdicts()),
        (vec![Cause::NeverOpened], vec![Verdict::Retry(Pace::Backoff)])
    );
}

#[test]
fn rule_8_ends_while_the_browser_is_offline_are_put_down_to_that() {
    let offline = |mut world: World| {
        world.story();
        world.network(Network::Offline);
        world
    };
    // A lost connection.
    let mut world = offline(World::connected(&Options::default()));
    world.lose();
    assert_eq!(world.story().causes(), [Cause::Offline]);
    // A refused handshake.
    let mut world = offline(World::new(&Options::default()));
    world.road().handshake = Answer::No(ms(20));
    world.open();
    world.run_for(ms(20));
    assert_eq!(world.story().causes(), [Cause::Offline]);
    // Silence.
    let mut world = offline(World::connected(&heartbeat(2_000.0, 1_000.0)));
    world.road().reply_takes = None;
    world.run_for(seconds(3));
    assert_eq!(world.story().causes()[..1], [Cause::Offline]);
    // But what a server said, it said.
    let mut world = offline(World::connected(&Options::default()));
    world.server_closes(1011);
    assert_eq!(world.story().causes(), [Cause::ServerClose(1011)]);
    // And that is over when the network is back.
    let mut world = offline(World::connected(&Options::default()));
    world.network(Network::Online);
    world.lose();
    assert_eq!(world.story().causes(), [Cause::ConnectionLost]);
}

#[test]
fn rule_8_offline_is_a_hint_that_closes_nothing_and_refuses_nothing() {
    let mut world = World::connected(&Options::default());
    world.network(Network::Offline);
    world.run_for(minutes(1));
    assert_eq!((world.state(), world.story().causes()), (StateKind::Open, vec![]));
    world.lose();
    world.run_for(ms(550));
    assert_eq!(world.state(), StateKind::Open, "it tried though the browser said offline");
}

/// How many attempts a session with so many retries makes of a server that is not there, and how it ends.
fn exhaust(retries: f64) -> (usize, Vec<Cause>, Vec<Verdict>) {
    let mut world = World::new(&Options { retries, backoff_max: 1_000.0, ..Options::default() });
    world.road().handshake = Answer::No(ms(20));
    world.open();
    world.run_for(minutes(1));
    assert_eq!(world.state(), StateKind::Closed);
    let story = world.story();
    (story.attempts().len(), story.closed(), story.verdicts())
}

#[test]
fn rule_8_no_more_retries_than_allowed() {
    let retry = Verdict::Retry(Pace::Backoff);
    assert_eq!(exhaust(0.0), (1, vec![Cause::NeverOpened], vec![Verdict::Stop]));
    assert_eq!(exhaust(1.0), (2, vec![Cause::NeverOpened], vec![retry, Verdict::Stop]));
    assert_eq!(exhaust(3.0), (4, vec![Cause::NeverOpened], vec![retry, retry, retry, Verdict::Stop]));
}

#[test]
fn rule_8_without_retries_any_end_is_the_end() {
    let mut world = World::connected(&Options { retries: 0.0, ..heartbeat(2_000.0, 1_000.0) });
    world.road().reply_takes = None;
    world.run_for(minutes(1));
    assert_eq!((world.state(), world.story().closed()), (StateKind::Closed, vec![Cause::HeartbeatTimeout]));
    for code in [1001, 1005, 1011, 1012, 1013, 4000] {
        let mut world = World::connected(&Options { retries: 0.0, ..Options::default() });
        world.server_closes(code);
        assert_eq!(world.story().verdicts(), [Verdict::Stop], "{code}");
        assert_eq!(world.state(), StateKind::Closed, "{code}");
    }
}

#[test]
fn rule_8_a_stable_connection_gives_the_retries_back() {
    let mut world = World::connected(&Options { retries: 2.0, ..Options::default() });
    for _ in 0..10 {
        world.run_for(seconds(6));
        world.lose();
        world.run_until(|world| world.state() == StateKind::Open);
    }
    // One that is not stable does not.
    let mut world = World::connected(&Options { retries: 2.0, ..Options::default() });
    world.lose();
    for _ in 0..2 {
        world.run_until(|world| world.state() == StateKind::Open);
        world.run_for(seconds(1));
        world.lose();
    }
    assert_eq!(world.state(), StateKind::Closed);
}

#[test]
fn rule_8_open_gives_the_retries_back() {
    let mut world = World::new(&Options { retries: 1.0, backoff_max: 1_000.0, ..Options::default() });
    world.road().handshake = Answer::No(ms(20));
    for _ in 0..3 {
        world.open();
        world.run_for(minutes(1));
        assert_eq!(world.state(), StateKind::Closed);
        assert_eq!(world.story().attempts().len(), 2, "what the user asks for again starts afresh");
    }
}

#[test]
fn rule_8_no_kind_of_silence_or_page_change_is_mistaken_for_the_user() {
    let mut world = World::connected(&Options::default());
    world.page(Page::Hiding { persisted: true });
    assert_eq!(world.story().causes(), [Cause::PageHidden]);
}
