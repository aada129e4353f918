//! Random stories: whatever users, pages, networks and browsers do, what must hold holds.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use steadysocket::core::{Duration, HeartbeatOptions, Network, Options, Page, StateKind};

use crate::browser::{Answer, Road};
use crate::script::{Deed, deed, float, options, reflex};
use crate::world::{World, minutes, ms, seconds};

pub(crate) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 2_000, ..ProptestConfig::default() }
}

/// A story under the eyes of the watch.
fn tell(options: &Options, seed: u64, script: &[Deed]) -> World {
    let mut world = World::seeded(options, seed);
    world.play(script);
    world
}

/// The page is there, the network is good, the server answers, and all that was late has come.
fn heal(world: &mut World) {
    *world.road() = Road::default();
    world.tick = Duration::ZERO;
    world.network(Network::Online);
    world.page(Page::Shown { persisted: true });
    world.page(Page::Visible);
}

proptest! {
    #![proptest_config(cases(600))]

    /// At most one live socket, FIFO, one outcome a message, bounds, an unbroken chain of states, no wedge, no panic:
    /// see the watch.
    #[test]
    fn any_story_keeps_what_must_hold(
        options in options(),
        seed: u64,
        script in vec(deed(), 1..80),
    ) {
        tell(&options, seed, &script);
    }

    /// The same if listeners send, close and reopen within events.
    #[test]
    fn any_story_with_meddling_listeners_keeps_what_must_hold(
        options in options(),
        seed: u64,
        reflexes in vec(reflex(), 0..60),
        script in vec(deed(), 1..60),
    ) {
        let mut world = World::seeded(&options, seed);
        world.reflexes = reflexes.into();
        world.play(&script);
    }

    /// "The WebSocket that stays connected": when the world is well again, a session that is wanted is connected within
    /// its longest delay and time-outs, and everything that waited is through.
    #[test]
    fn any_story_ends_connected_when_the_world_is_well(
        options in options(),
        seed: u64,
        script in vec(deed(), 1..60),
    ) {
        let mut world = tell(&options, seed, &script);
        heal(&mut world);
        let wanted = world.watch.states.wanted();
        // A last attempt in an ill world, the longest delay, an attempt in a good one; and a look at the buffer.
        world.run_for(seconds(10 + 10 + 30 + 1));
        let state = world.state();
        if wanted {
            prop_assert_eq!(state, StateKind::Open);
            world.run_for(seconds(5));
            prop_assert_eq!(world.session().queued_messages(), 0);
            prop_assert!(world.session().is_drained());
        } else {
            prop_assert!(matches!(state, StateKind::Idle | StateKind::Closed));
        }
    }

    /// Whatever happens to it: without `Input::Open` no attempt, no socket, no event but those of the end.
    #[test]
    fn a_closed_session_never_reopens(
        options in options(),
        seed: u64,
        before in vec(deed(), 1..40),
        after in vec(deed(), 1..40),
    ) {
        let mut world = tell(&options, seed, &before);
        world.close();
        world.run_for(minutes(2));
        prop_assert!(matches!(world.state(), StateKind::Idle | StateKind::Closed));
        world.story();
        let state = world.state();
        world.play(&after.into_iter().filter(|deed| !matches!(deed, Deed::Open)).collect::<Vec<_>>());
        prop_assert_eq!(world.state(), state);
        let story = world.story();
        prop_assert_eq!((story.attempts(), story.sockets(), story.states()), (vec![], vec![], vec![]));
    }

    /// The same seed and the same script tell the same story.
    #[test]
    fn a_story_is_told_twice_alike(
        options in options(),
        seed: u64,
        script in vec(deed(), 1..60),
    ) {
        let first = tell(&options, seed, &script).story();
        prop_assert_eq!(first, tell(&options, seed, &script).story());
    }

    /// A socket that dies in silence, whatever the timers, is left in a few ticks; a living one never.
    #[test]
    fn only_the_dead_are_left(
        interval in 1_000_u64..60_000,
        timeout in 500_u64..30_000,
        reply in 0.0_f64..0.95,
        naps in vec((1_u64..120_000, prop::option::of(2_000_u64..10_000_000), any::<bool>()), 0..12),
        tick in select(vec![Duration::ZERO, ms(16), seconds(1), minutes(1)]),
    ) {
        let [interval_ms, timeout_ms] = [interval, timeout].map(float);
        let heartbeat = Some(HeartbeatOptions { interval: interval_ms, timeout: timeout_ms });
        let mut world = World::connected(&Options { heartbeat, ..Options::default() });
        let reply = Duration::from_millis(timeout).scaled(reply);
        (world.tick, world.road().reply_takes) = (tick, Some(reply));
        for (awake, asleep, heard) in naps {
            world.run_for(ms(awake));
            if heard {
                world.hear();
            }
            if let Some(span) = asleep {
                // Long enough for every timer to be clearly late.
                world.sleep(ms(timeout + span));
                // Awake until the answer is there, or the nap would be the server's death.
                world.run_for(reply);
            }
        }
        prop_assert_eq!(world.story().causes(), vec![], "it lives");
        world.road().reply_takes = None;
        let old = world.socket();
        world.run_for(reply);
        world.run_for(ms(interval + 2 * timeout));
        for _ in 0..4 {
            world.run_for(tick);
        }
        prop_assert_ne!(world.socket(), old, "it is dead");
    }

    /// Every delay lies in its range, whatever the backoff's options and the number of failures.
    #[test]
    fn delays_stay_in_their_bounds(
        min in 1.0_f64..5_000.0,
        span in 1.0_f64..100.0,
        factor in 1.0_f64..10.0,
        seed: u64,
    ) {
        let max = min * span;
        let options =
            Options { backoff_min: min, backoff_max: max, backoff_factor: factor, ..Options::default() };
        let mut world = World::seeded(&options, seed);
        world.road().handshake = Answer::No(Duration::ZERO);
        world.open();
        let mut ceiling = min;
        for attempt in 1..=20 {
            let retries = world.story().retries();
            prop_assert_eq!(retries.len(), 1);
            prop_assert_eq!(retries[0].0, attempt);
            prop_assert!(retries[0].1.as_millis_f64() < ceiling, "{:?} of {}", retries[0], ceiling);
            ceiling = (ceiling * factor).min(max);
            world.run_for(retries[0].1);
        }
    }
}
