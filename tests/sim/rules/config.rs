//! Rule 11: *Nothing panics on input.* Bad options are a typed `ConfigError` naming the option, the value and what is
//! allowed.

use steadysocket::core::{
    Config, ConfigError, Duration, Effect, HeartbeatOptions, Input, Instant, Options, Outgoing, Output,
    QueueOptions, Session, StateKind,
};

use crate::browser::Answer;
use crate::world::{World, minutes, ms};

/// Sets one option to a value.
type Set = fn(&mut Options, f64);

fn heartbeat(options: &mut Options) -> &mut HeartbeatOptions {
    options.heartbeat.get_or_insert_default()
}

fn queue(options: &mut Options) -> &mut QueueOptions {
    options.queue.get_or_insert_default()
}

/// Every number there is to set: its name, how to, what is good and what is bad.
fn numbers() -> Vec<(&'static str, Set, Vec<f64>, Vec<f64>)> {
    const INF: f64 = f64::INFINITY;
    let bad = |more: &[f64]| [&[f64::NAN, -1.0, -INF, f64::MIN, -1e-9][..], more].concat();
    vec![
        ("backoff.min", |o, v| o.backoff_min = v, vec![1.0, 0.1e4, 30_000.0], bad(&[0.0, 30_001.0, INF])),
        ("backoff.max", |o, v| o.backoff_max = v, vec![500.0, 86_400_000.0], bad(&[0.0, 86_400_001.0, INF])),
        ("backoff.factor", |o, v| o.backoff_factor = v, vec![1.0, 1.5, 100.0], bad(&[0.0, 0.99, 101.0, INF])),
        ("backoff.stableAfter", |o, v| o.stable_after = v, vec![0.0, 1e12, INF], bad(&[])),
        ("retries", |o, v| o.retries = v, vec![0.0, 1.0, 1e9, INF], bad(&[0.5, 2.5])),
        ("connectTimeout", |o, v| o.connect_timeout = v, vec![1.0, 1e12, INF], bad(&[0.0])),
        ("urlTimeout", |o, v| o.url_timeout = v, vec![1.0, 1e12, INF], bad(&[0.0])),
        ("closeTimeout", |o, v| o.close_timeout = v, vec![1.0, 1e12, INF], bad(&[0.0])),
        ("heartbeat.interval", |o, v| heartbeat(o).interval = v, vec![1.0, 1e12, INF], bad(&[0.0])),
        ("heartbeat.timeout", |o, v| heartbeat(o).timeout = v, vec![1.0, 1e12, INF], bad(&[0.0])),
        ("queue.maxMessages", |o, v| queue(o).max_messages = v, vec![0.0, 1e9, INF], bad(&[0.5])),
        ("queue.maxBytes", |o, v| queue(o).max_bytes = v, vec![0.0, 1e18, INF], bad(&[])),
        ("queue.ttl", |o, v| queue(o).ttl = v, vec![1.0, 1e12, INF], bad(&[0.0])),
        ("backpressure.highWaterMark", |o, v| o.high_water_mark = v, vec![262_144.0, 1e18, INF], bad(&[])),
        (
            "backpressure.lowWaterMark",
            |o, v| o.low_water_mark = v,
            vec![0.0, 1_048_576.0],
            bad(&[1_048_577.0, INF]),
        ),
        (
            "pageHide.code",
            |o, v| o.page_hide_code = v,
            vec![1000.0, 3000.0, 4999.0],
            bad(&[0.0, 999.0, 1001.0, 1006.0, 2999.0, 5000.0, 1000.5, 66_536.0, INF]),
        ),
    ]
}

fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits()
}

#[test]
fn rule_11_a_bad_option_is_named_with_its_value_and_what_is_allowed() {
    for (name, set, _, bad) in numbers() {
        for value in bad {
            let mut options = Options::default();
            set(&mut options, value);
            let Err(error) = Config::new(&options) else { unreachable!("{name} may not be {value}") };
            let ConfigError { option, value: seen, allowed } = error;
            assert!(option == name && same(seen, value), "{name} is {value}, but the error says {error}");
            assert!(!allowed.is_empty());
            let text = error.to_string();
            assert!(
                text.contains(name) && text.contains(&value.to_string()) && text.contains(allowed),
                "{text}"
            );
        }
    }
}

#[test]
fn rule_11_good_options_are_taken() {
    for (name, set, good, _) in numbers() {
        for value in good {
            let mut options = Options::default();
            set(&mut options, value);
            assert_eq!(Config::new(&options).err(), None, "{name} may be {value}");
        }
    }
}

#[test]
fn rule_11_the_defaults_are_the_documented_ones_and_good() {
    assert_eq!(Config::new(&Options::default()), Ok(Config::default()));
    let (heartbeat, queue) = (Some(HeartbeatOptions::default()), None);
    assert!(Config::new(&Options { heartbeat, queue, ..Options::default() }).is_ok());
}

#[test]
fn rule_11_a_session_without_any_limit_lives() {
    const INF: f64 = f64::INFINITY;
    let options = Options {
        stable_after: INF,
        connect_timeout: INF,
        url_timeout: INF,
        close_timeout: INF,
        heartbeat: Some(HeartbeatOptions { interval: INF, timeout: INF }),
        queue: Some(QueueOptions { max_messages: INF, max_bytes: INF, ttl: INF, ..QueueOptions::default() }),
        high_water_mark: INF,
        low_water_mark: INF,
        ..Options::default()
    };
    let mut world = World::new(&options);
    world.road().bytes_per_second = 0;
    world.open();
    for _ in 0..10 {
        assert!(world.send(u64::MAX / 16).is_ok());
    }
    world.run_for(minutes(24 * 60));
    assert_eq!((world.state(), world.story().causes()), (StateKind::Open, vec![]));
    assert_eq!(world.session().next_timeout(), None, "nothing to wake up for");
    world.road().close_takes = None;
    world.close();
    world.run_for(minutes(24 * 60));
    assert_eq!(world.state(), StateKind::Closing, "as patient as it was told to be");
    assert_eq!(world.session().next_timeout(), None);
}

#[test]
fn rule_11_a_handshake_may_take_for_ever_if_the_user_says_so() {
    let mut world = World::new(&Options { connect_timeout: f64::INFINITY, ..Options::default() });
    world.road().handshake = Answer::Yes(minutes(24 * 60));
    world.open();
    assert_eq!(world.session().next_timeout(), None);
    world.run_for(minutes(24 * 60));
    assert_eq!(world.state(), StateKind::Open);
}

#[test]
fn rule_11_sizes_and_times_at_the_edge_of_their_range_do_no_harm() {
    let mut world = World::new(&Options::default());
    world.open();
    assert!(world.send_for(u64::MAX, Some(Duration::FOREVER)).is_ok());
    assert!(world.send_for(0, Some(Duration::FOREVER)).is_ok());
    assert!(world.send_for(0, Some(Duration::ZERO)).is_ok());
    world.run_for(ms(100));
    let id = world.socket();
    world.input(Input::BufferedAmount { id, bytes: u64::MAX });
    assert!(world.send(u64::MAX).is_ok());
    world.input(Input::BufferedAmount { id, bytes: 0 });
    assert!(world.send(u64::MAX).is_ok());
    assert!(world.send(u64::MAX).is_ok());
    world.run_for(minutes(1));
    assert_eq!(world.state(), StateKind::Open);
}

#[test]
fn rule_11_a_session_at_the_end_of_time_panics_at_nothing() {
    for now in [Instant::from_micros(u64::MAX - 1_000_000), Instant::NEVER] {
        let config = Config::new(&super::heartbeat(1_000.0, 1_000.0));
        let Ok(config) = config else { unreachable!("{config:?}") };
        let mut session = Session::new(config, 1, now);
        let mut inputs = vec![Input::Open];
        // Whatever it asks for fails at once, and the user insists.
        for _ in 0..1_000 {
            let Some(input) = inputs.pop() else { break };
            session.handle(input, now);
            assert!(session.send(Outgoing { payload: 0, bytes: 1, ttl: Some(ms(1)) }, now).is_ok());
            while let Some(output) = session.poll_output() {
                match output {
                    Output::Effect(Effect::ResolveUrl { attempt }) => {
                        inputs = vec![Input::Open, Input::Timeout, Input::UrlResolved { attempt }];
                    }
                    Output::Effect(Effect::OpenSocket { id }) => {
                        let closed = Input::SocketClosed { id, details: crate::browser::closed_with(1013) };
                        inputs = vec![Input::Open, Input::Timeout, closed, Input::SocketOpened { id }];
                    }
                    _ => {}
                }
            }
        }
    }
}
