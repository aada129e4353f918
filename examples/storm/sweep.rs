//! Other defaults for ours, side by side: what one client alone waits against what the herd does to the server.

use steadysocket::core::Duration;

use crate::policy::{Policy, Retrier};
use crate::report::{grouped, seconds};
use crate::world::{Outcome, Storm, run};

/// Exponential backoff: each delay is drawn from a part of a ceiling up to the ceiling.
#[derive(Clone, Copy)]
struct Backoff {
    min: f64,
    max: f64,
    factor: f64,
    /// The part that is waited in any case; zero is full jitter.
    floor: f64,
    /// What the first delay is spread over at least, ms.
    spread: f64,
    /// Whether the ceiling grows from that spread on, and not from `min`.
    carries_on: bool,
}

/// As `Options::default()` has it.
const DEFAULT: Backoff =
    Backoff { min: 500.0, max: 30_000.0, factor: 2.0, floor: 0.0, spread: 0.0, carries_on: false };
const RESTART: Backoff = Backoff { spread: 5_000.0, carries_on: true, ..DEFAULT };
const OVERLOAD: Backoff = Backoff { spread: 30_000.0, carries_on: true, ..DEFAULT };

impl Backoff {
    fn policy(self) -> Policy {
        let delay = move |attempt: u32, _, rng: &mut crate::rng::Rng| {
            let first = if self.carries_on { self.min.max(self.spread) } else { self.min };
            let ceiling = (first * self.factor.powi(attempt as i32 - 1)).min(self.max);
            let ceiling = if attempt == 1 { ceiling.max(self.spread) } else { ceiling };
            ceiling * (self.floor + (1.0 - self.floor) * rng.fraction())
        };
        Policy { name: "candidate", delay: Box::new(delay), connect_timeout: 10_000.0 }
    }
}

/// Ways to space out attempts after a lost connection.
pub(crate) fn backoffs(storm: &Storm) -> String {
    let candidates = [
        ("**500 ms → 30 s, ×2, full jitter**", DEFAULT),
        ("min 250 ms", Backoff { min: 250.0, ..DEFAULT }),
        ("min 1 s", Backoff { min: 1_000.0, ..DEFAULT }),
        ("min 2 s", Backoff { min: 2_000.0, ..DEFAULT }),
        ("max 10 s", Backoff { max: 10_000.0, ..DEFAULT }),
        ("max 60 s", Backoff { max: 60_000.0, ..DEFAULT }),
        ("×1.5", Backoff { factor: 1.5, ..DEFAULT }),
        ("×3", Backoff { factor: 3.0, ..DEFAULT }),
        ("half the ceiling at least", Backoff { floor: 0.5, ..DEFAULT }),
        ("a tenth of the ceiling at least", Backoff { floor: 0.1, ..DEFAULT }),
        ("min 1 s, max 60 s", Backoff { min: 1_000.0, max: 60_000.0, ..DEFAULT }),
    ];
    table(storm, &candidates, &[0, 1_000, 60_000], &[storm.downtime])
}

/// Ways to come back when the server has said that it restarts, or is overloaded.
pub(crate) fn hints(storm: &Storm) -> String {
    let candidates = [
        ("no hint", DEFAULT),
        ("over 5 s, then from 500 ms on", Backoff { carries_on: false, ..RESTART }),
        ("**1012: over 5 s, then on from there**", RESTART),
        ("over 10 s, then from 500 ms on", Backoff { spread: 10_000.0, carries_on: false, ..RESTART }),
        ("over 10 s, then on from there", Backoff { spread: 10_000.0, ..RESTART }),
        ("over 30 s, then from 500 ms on", Backoff { carries_on: false, ..OVERLOAD }),
        ("**1013: over 30 s, then on from there**", OVERLOAD),
    ];
    table(storm, &candidates, &[0, 10_000], &[Duration::ZERO, storm.downtime])
}

/// What is in bold is what we have.
fn table(storm: &Storm, candidates: &[(&str, Backoff)], outages: &[u64], downtimes: &[Duration]) -> String {
    let alone_for = outages.iter().map(|outage| {
        let away = seconds(Duration::from_millis(*outage));
        format!(" alone, {away} away |")
    });
    let herds = downtimes.iter().map(|downtime| {
        let once_back = if *downtime == Duration::ZERO { "" } else { " once it is back |" };
        let away = seconds(*downtime);
        format!(" herd, {away} away: busiest second |{once_back} in vain, each | 99 % back |")
    });
    let head: String = core::iter::once("| |".to_owned()).chain(alone_for).chain(herds).collect();
    let columns = head.matches('|').count() - 2;
    let mut lines = vec![head, format!("| --- |{}", " ---: |".repeat(columns))];
    for (name, backoff) in candidates {
        let policy = backoff.policy();
        let mut line = format!("| {name} |");
        for outage in outages {
            line += &alone(&policy, Duration::from_millis(*outage), storm.seed);
        }
        for downtime in downtimes {
            let outcome = run(&Storm { downtime: *downtime, ..*storm }, |seed| Retrier::new(&policy, seed));
            line += &together(&outcome, *downtime);
        }
        lines.push(line);
    }
    lines.join("\n")
}

/// How long one client waits once its server is back: half of the times, and 95 % of them, no longer than that.
fn alone(policy: &Policy, outage: Duration, seed: u64) -> String {
    // Many at once that do not get into each other's way are as good as one many times.
    let storm = Storm { sessions: 10_000, rate: 1_000_000, backlog: 10_000, downtime: outage, seed };
    let outcome = run(&storm, |seed| Retrier::new(policy, seed));
    let waited = |part| outcome.back_at(part).unwrap_or(Duration::FOREVER);
    let [median, most] =
        [0.5, 0.95].map(|part| (waited(part).as_millis_f64() - outage.as_millis_f64()) / 1_000.0);
    format!(" {median:.1} s, {most:.1} s |")
}

fn together(outcome: &Outcome, downtime: Duration) -> String {
    let back = (downtime.as_micros() / 1_000_000) as usize;
    let from = if back == 0 { vec![0] } else { vec![0, back] };
    let peaks = from.into_iter().map(|second| format!(" {} |", grouped(outcome.peak(second).1.into())));
    let most_back = outcome.back_at(0.99).map_or("never".to_owned(), seconds);
    format!("{} {:.1} | {most_back} |", peaks.collect::<String>(), outcome.wasted_each())
}

#[cfg(test)]
mod tests {
    use steadysocket::core::Options;

    use super::*;
    use crate::arguments::SHORT;
    use crate::steady::{Farewell, Steady};

    /// Else the sweep would compare with something that we do not have.
    #[test]
    fn the_formula_for_our_defaults_does_as_the_core_does() {
        let same =
            [(DEFAULT, Farewell::Abrupt), (RESTART, Farewell::Code(1012)), (OVERLOAD, Farewell::Code(1013))];
        for (backoff, farewell) in same {
            let policy = backoff.policy();
            let formula = run(&SHORT, |seed| Retrier::new(&policy, seed));
            let options = Options::default();
            let core = run(&SHORT, |seed| Steady::new(&options, farewell, seed));
            let close = |what: &str, [formula, core]: [f64; 2], by: f64| {
                assert!((formula / core - 1.0).abs() < by, "{farewell:?}, {what}: {formula}, but {core}");
            };
            close("in vain", [&formula, &core].map(Outcome::wasted_each), 0.03);
            close("busiest second", [&formula, &core].map(|outcome| f64::from(outcome.peak(0).1)), 0.1);
            for second in 0..30 {
                let arrived = |outcome: &Outcome| outcome.arrivals[..=second].iter().sum::<u32>();
                close("arrivals", [&formula, &core].map(|outcome| f64::from(arrived(outcome))), 0.1);
            }
        }
    }
}
