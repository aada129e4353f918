//! Properties of one rule alone, where random lives come by too seldom.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use steadysocket::core::{Duration, HeartbeatOptions, Options};

use crate::browser::Answer;
use crate::script::float;
use crate::world::{World, minutes, ms, seconds};

pub(crate) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 2_000, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(600))]

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
