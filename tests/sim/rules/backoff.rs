//! Rule 6: *Jitter everywhere.* Full jitter on every retry, the first one and the capped one included; the delay never
//! clamps after jitter. `stableAfter`, not `open`, resets the backoff.

use steadysocket::core::{Duration, Options, StateKind};

use super::hints;
use crate::browser::Answer;
use crate::script::float;
use crate::world::{World, minutes, ms, seconds};

/// The first delays, in ms, of a session whose attempts all fail.
fn delays(options: &Options, seed: u64, count: usize) -> Vec<f64> {
    let mut world = World::seeded(options, seed);
    world.road().handshake = Answer::No(Duration::ZERO);
    world.open();
    let mut delays = Vec::new();
    world.run_by(seconds(1), |world| {
        for (attempt, delay) in world.story().retries() {
            delays.push(delay.as_millis_f64());
            assert_eq!(attempt as usize, delays.len(), "retries count from 1");
        }
        delays.len() >= count
    });
    delays.truncate(count);
    delays
}

/// From what the delay after so many failures is drawn, in ms.
fn ceiling(options: &Options, failures: usize) -> f64 {
    let exponent = i32::try_from(failures).unwrap_or(i32::MAX);
    (options.backoff_min * options.backoff_factor.powi(exponent)).min(options.backoff_max)
}

/// Asserts that the numbers are spread evenly from zero to less than the ceiling.
fn assert_even(delays: &[f64], ceiling: f64, what: &str) {
    let count = float(delays.len() as u64);
    assert!(delays.iter().all(|delay| (0.0..ceiling).contains(delay)), "{what}: out of bounds");
    let mean = delays.iter().sum::<f64>() / count;
    assert!((mean / ceiling - 0.5).abs() < 0.03, "{what}: mean {mean} of {ceiling}");
    let mut tenths = [0.0; 10];
    for delay in delays {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a digit")]
        let tenth = (delay / ceiling * 10.0) as usize;
        tenths[tenth] += 1.0 / count;
    }
    assert!(tenths.iter().all(|share| (0.07..0.13).contains(share)), "{what}: not even: {tenths:?}");
    let near_cap = delays.iter().filter(|delay| **delay > 0.999 * ceiling).count();
    assert!(float(near_cap as u64) < 0.005 * count, "{what}: {near_cap} clamped to the cap");
}

#[test]
fn rule_6_full_jitter_on_every_retry_and_no_clamp_after_it() {
    let options = Options::default();
    let stories: Vec<_> = (0..2_000_u64)
        .map(|seed| delays(&options, u64::wrapping_mul(seed, 0x9E37_79B9_7F4A_7C15), 9))
        .collect();
    for failures in 0..9 {
        let column: Vec<_> = stories.iter().map(|story| story[failures]).collect();
        assert_even(&column, ceiling(&options, failures), &format!("after {failures} failures"));
    }
}

#[test]
fn rule_6_the_first_delay_is_spread_even_over_seeds_that_are_neighbours() {
    let options = Options::default();
    let column: Vec<_> = (0..2_000).map(|seed| delays(&options, seed, 1)[0]).collect();
    assert_even(&column, 500.0, "first delay");
}

#[test]
fn rule_6_one_session_draws_its_capped_delays_afresh() {
    let options = Options { backoff_min: 100.0, backoff_max: 1_000.0, ..Options::default() };
    let capped = delays(&options, 1, 2_004).split_off(4);
    assert_even(&capped, 1_000.0, "capped delay");
    let repeated = capped.windows(2).filter(|pair| (pair[0] - pair[1]).abs() < 1.0).count();
    assert!(repeated < 20, "jitter is not drawn once and kept");
}

#[test]
fn rule_6_the_range_grows_by_the_factor_up_to_the_maximum() {
    let options =
        Options { backoff_min: 10.0, backoff_max: 2_000.0, backoff_factor: 3.0, ..Options::default() };
    for failures in 0..8 {
        let longest = (0..300).map(|seed| delays(&options, seed, failures + 1)[failures]).fold(0.0, f64::max);
        let ceiling = ceiling(&options, failures);
        assert!((0.95 * ceiling..ceiling).contains(&longest), "{longest} after {failures} failures");
    }
}

#[test]
fn rule_6_a_factor_of_one_never_grows_and_a_huge_one_is_capped() {
    for (factor, max) in [(1.0, 30_000.0), (100.0, 30_000.0), (100.0, 86_400_000.0)] {
        let options = Options { backoff_factor: factor, backoff_max: max, ..Options::default() };
        for (failures, delay) in delays(&options, 3, 6).into_iter().enumerate() {
            assert!(delay < ceiling(&options, failures), "{delay} after {failures} failures");
        }
    }
}

#[test]
fn rule_6_after_a_thousand_failures_the_delay_is_still_drawn_from_the_maximum() {
    let options = Options { backoff_min: 1.0, backoff_max: 50.0, ..Options::default() };
    let late = delays(&options, 5, 3_000).split_off(1_000);
    assert_even(&late, 50.0, "late delay");
}

#[test]
fn rule_6_the_attempt_follows_when_the_delay_is_over() {
    let mut world = World::connected(&Options { backoff_min: 10_000.0, ..Options::default() });
    world.lose();
    let lost = world.now;
    let (_, delay) = world.story().retries()[0];
    world.run_for(seconds(11));
    assert_eq!(world.story().attempts(), [lost + delay]);
}

/// Lets a session with stableAfter 5 s lose a connection of this age, again and again; the retries' numbers.
fn retries_of_connections_aged(age: Duration) -> Vec<u32> {
    let mut world = World::new(&Options::default());
    world.open();
    for _ in 0..8 {
        world.run_until(|world| world.state() == StateKind::Open);
        world.run_for(age);
        world.lose();
    }
    world.story().retries().into_iter().map(|retry| retry.0).collect()
}

#[test]
fn rule_6_open_does_not_reset_the_backoff() {
    for age in [ms(0), ms(100), ms(4_900)] {
        assert_eq!(retries_of_connections_aged(age), [1, 2, 3, 4, 5, 6, 7, 8], "{age:?}");
    }
}

#[test]
fn rule_6_stable_after_resets_the_backoff() {
    for age in [ms(5_001), minutes(2)] {
        assert_eq!(retries_of_connections_aged(age), [1; 8], "{age:?}");
    }
}

#[test]
fn rule_6_connections_that_flap_are_spread_over_a_growing_range() {
    let longest = (0..200).map(|seed| {
        let mut world = World::seeded(&Options::default(), seed);
        world.open();
        for _ in 0..7 {
            world.run_until(|world| world.state() == StateKind::Open);
            world.lose();
        }
        world.story().retries()[6].1.as_millis_f64()
    });
    assert!(longest.fold(0.0, f64::max) > 20_000.0, "the seventh delay is drawn from 0 to 30 s");
}

#[test]
fn rule_6_a_stable_connection_of_the_past_is_no_excuse_for_the_next_ones() {
    let mut world = World::connected(&Options::default());
    world.run_for(minutes(1));
    for _ in 0..4 {
        world.lose();
        world.run_until(|world| world.state() == StateKind::Open);
        world.run_for(seconds(1));
    }
    let numbers: Vec<_> = world.story().retries().into_iter().map(|retry| retry.0).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
}

#[test]
fn rule_6_a_hint_ends_the_wait_of_the_backoff() {
    for hint in hints() {
        let mut world = World::connected(&Options { backoff_min: 30_000.0, ..Options::default() });
        world.lose();
        let lost = world.now;
        world.input(hint.clone());
        let story = world.story();
        assert_eq!(story.attempts(), [lost], "{hint:?}");
        world.run_for(minutes(2));
        assert_eq!(world.story().attempts(), [], "the retry was brought forward, not doubled");
    }
}

#[test]
fn rule_6_hints_do_not_reset_the_backoff() {
    let mut world = World::new(&Options::default());
    world.road().handshake = Answer::No(ms(10));
    world.open();
    for _ in 0..6 {
        world.run_until(|world| world.state() == StateKind::Waiting);
        world.input(hints()[0].clone());
    }
    world.run_for(ms(10));
    let numbers: Vec<_> = world.story().retries().into_iter().map(|retry| retry.0).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7]);
}
