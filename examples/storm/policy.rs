//! A client that is nothing but its delays: the published policies of others, and candidates for ours.

use steadysocket::core::{Duration, Instant};

use crate::rng::Rng;
use crate::world::{Client, Happening, Wish};

/// The delay before an attempt, in ms; infinite if there is to be no more. Attempts count from 1 since the loss of a stable
/// connection; `page` is a random number that a page draws once.
pub(crate) type Delay = dyn Fn(u32, f64, &mut Rng) -> f64;

pub(crate) struct Policy {
    pub(crate) name: &'static str,
    pub(crate) delay: Box<Delay>,
    /// How long a handshake may take, ms.
    pub(crate) connect_timeout: f64,
}

pub(crate) struct Retrier<'a> {
    policy: &'a Policy,
    rng: Rng,
    page: f64,
    attempts: u32,
}

/// Reconnecting-websocket 4.4.0, partysocket 1.3.0, socket.io-client 4, `SignalR`, phoenix 1.8 and `ActionCable` 7 with their
/// defaults, as published in their code. None takes the server's close code for a hint.
pub(crate) fn peers() -> Vec<Policy> {
    let policy = |name, connect_timeout, delay| Policy { name, delay: Box::new(delay), connect_timeout };
    vec![
        policy("reconnecting-websocket", 4_000.0, reconnecting_websocket as fn(u32, f64, &mut Rng) -> f64),
        policy("partysocket", 4_000.0, partysocket),
        policy("socket.io-client", 20_000.0, socket_io),
        policy("SignalR", f64::INFINITY, signalr),
        policy("phoenix", f64::INFINITY, phoenix),
        policy("ActionCable", f64::INFINITY, action_cable),
    ]
}

fn reconnecting_websocket(attempt: u32, page: f64, _: &mut Rng) -> f64 {
    let min = 1_000.0 + page * 4_000.0;
    (min * 1.3f64.powi(attempt as i32 - 1)).min(10_000.0)
}

fn partysocket(attempt: u32, _: f64, _: &mut Rng) -> f64 {
    (3_000.0 * 1.3f64.powi(attempt as i32 - 1)).min(10_000.0)
}

/// The random number that says how far to deviate also says whether up or down, by its first decimal.
fn socket_io(attempt: u32, _: f64, rng: &mut Rng) -> f64 {
    let ms = 1_000.0 * 2f64.powi(attempt as i32 - 1);
    let random = rng.fraction();
    let deviation = (random * 0.5 * ms).floor();
    let down = ((random * 10.0) as u32).is_multiple_of(2);
    if down { ms - deviation } else { ms + deviation }.min(5_000.0).floor()
}

fn signalr(attempt: u32, _: f64, _: &mut Rng) -> f64 {
    [0.0, 2_000.0, 10_000.0, 30_000.0].get(attempt as usize - 1).copied().unwrap_or(f64::INFINITY)
}

fn phoenix(attempt: u32, _: f64, _: &mut Rng) -> f64 {
    let steps = [10.0, 50.0, 100.0, 150.0, 200.0, 250.0, 500.0, 1_000.0, 2_000.0];
    steps.get(attempt as usize - 1).copied().unwrap_or(5_000.0)
}

/// It does not wait after an end: it looks now and then whether a ping has come of late, and dials if not.
fn action_cable(attempt: u32, _: f64, rng: &mut Rng) -> f64 {
    const STALE: f64 = 6_000.0;
    let interval = |looks: u32, rng: &mut Rng| {
        let jitter = if looks == 0 { 1.0 } else { 0.15 };
        STALE * 1.15f64.powi(looks.min(10) as i32) * (1.0 + jitter * rng.fraction())
    };
    if attempt > 1 {
        return interval(attempt - 1, rng);
    }
    // It has been looking all the while, and a ping comes every 3 s. What was lost less than 6 s ago is left alone.
    let pinged = -3_000.0 * rng.fraction();
    let (mut look, mut looks) = (-60_000.0, 0);
    while look < STALE {
        look += interval(looks, rng);
        looks += u32::from(look - pinged > STALE);
    }
    look
}

impl<'a> Retrier<'a> {
    pub(crate) fn new(policy: &'a Policy, seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        Self { policy, page: rng.fraction(), rng, attempts: 0 }
    }
}

impl Client for Retrier<'_> {
    fn handle(&mut self, happening: Happening, now: Instant) -> Wish {
        match happening {
            Happening::Woken => {
                Wish::Dial { patience: now + Duration::from_millis_f64(self.policy.connect_timeout) }
            }
            Happening::Accepted => Wish::Stay,
            Happening::Lost | Happening::Refused | Happening::TimedOut => {
                self.attempts += 1;
                let delay = (self.policy.delay)(self.attempts, self.page, &mut self.rng);
                if delay.is_infinite() {
                    return Wish::GiveUp;
                }
                Wish::Wait { until: now + Duration::from_millis_f64(delay) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Formula = fn(u32, f64, &mut Rng) -> f64;

    /// The delays of one page's first attempts, in whole ms.
    fn delays(delay: Formula, page: f64, seed: u64) -> Vec<u64> {
        let mut rng = Rng::new(seed);
        let delays = (1..=30).map(|attempt| delay(attempt, page, &mut rng));
        delays.take_while(|delay| delay.is_finite()).map(|delay| delay.round() as u64).collect()
    }

    /// Over many pages: the least and the most of each attempt's delays.
    fn ranges(delay: Formula) -> Vec<(u64, u64)> {
        let pages: Vec<_> = (0..2_000).map(|seed| delays(delay, seed as f64 / 2_000.0, seed)).collect();
        let range = |attempt: usize| {
            let of = |pick: fn(u64, u64) -> u64| pages.iter().map(|page| page[attempt]).reduce(pick);
            of(u64::min).zip(of(u64::max)).unwrap()
        };
        (0..pages[0].len()).map(range).collect()
    }

    #[test]
    fn socket_io_waits_exactly_5_s_from_the_fifth_attempt_on() {
        let ranges = ranges(socket_io);
        assert!(ranges[0].0 < 600 && ranges[0].1 > 1_400, "1 s ± 50 %: {:?}", ranges[0]);
        assert!(ranges[3].0 < 4_900, "not yet: {:?}", ranges[3]);
        assert!(ranges[4..].iter().all(|range| *range == (5_000, 5_000)), "{ranges:?}");
    }

    #[test]
    fn reconnecting_websocket_draws_once_a_page() {
        for (page, first, second) in [(0.0, 1_000, 1_300), (0.5, 3_000, 3_900), (1.0, 5_000, 6_500)] {
            let [one, other] = [1, 2].map(|seed| delays(reconnecting_websocket, page, seed));
            assert_eq!(one, other, "nothing is drawn later");
            assert_eq!(one[..2], [first, second]);
            assert!(one[10..].iter().all(|delay| *delay == 10_000), "{one:?}");
        }
    }

    #[test]
    fn partysocket_and_phoenix_draw_nothing_and_signalr_stops() {
        assert!(ranges(partysocket).iter().all(|(least, most)| least == most));
        assert_eq!(delays(partysocket, 0.7, 1)[..2], [3_000, 3_900]);
        assert_eq!(delays(phoenix, 0.7, 1)[7..11], [1_000, 2_000, 5_000, 5_000]);
        assert_eq!(delays(signalr, 0.7, 1), [0, 2_000, 10_000, 30_000]);
    }

    #[test]
    fn action_cable_looks_no_sooner_than_after_6_s() {
        let ranges = ranges(action_cable);
        assert!(ranges[0].0 >= 6_000 && ranges[0].1 <= 18_000, "{:?}", ranges[0]);
        for (attempt, range) in (1..=29).zip(&ranges[1..]) {
            let interval = 6_000.0 * 1.15f64.powi(attempt.min(10));
            let [least, most] = [1.0, 1.15].map(|part| (interval * part) as u64);
            assert!(range.0 >= least && range.1 <= most + 1, "{attempt}: {range:?}");
        }
    }
}
