//! The server: away for a while, then it accepts handshakes one after the other.

use steadysocket::core::{Duration, Instant};

/// Handshakes that arrive while it is busy wait in a bounded queue, in order; who finds that full is refused, as a
/// balancer does. Who has given up meanwhile costs a turn all the same: the server learns of it only then.
#[derive(Debug)]
pub(crate) struct Server {
    opens_at: Instant,
    /// How long one handshake takes.
    turn: Duration,
    /// How long the last of a full queue waits.
    longest_wait: Duration,
    /// When the last of the queue will be done.
    free_at: Instant,
}

impl Server {
    pub(crate) fn new(opens_at: Instant, rate: u64, backlog: u64) -> Self {
        let turn = 1_000_000u64.div_ceil(rate);
        Self {
            opens_at,
            turn: Duration::from_micros(turn),
            longest_wait: Duration::from_micros(turn * backlog),
            free_at: opens_at,
        }
    }

    /// A handshake arrives. Returns when it is accepted; nothing if it is refused.
    pub(crate) fn arrive(&mut self, now: Instant) -> Option<Instant> {
        if now < self.opens_at || self.free_at - now >= self.longest_wait {
            return None;
        }
        self.free_at = self.free_at.max(now) + self.turn;
        Some(self.free_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    const RATE: u64 = 300;
    const BACKLOG: u64 = 40;
    const OPENS_AT: Instant = Instant::from_micros(2_000_000);

    /// A crowd of ten times what it takes, in bursts.
    fn crowd() -> (Vec<Instant>, Vec<(Instant, Instant)>) {
        let mut rng = Rng::new(1);
        let mut server = Server::new(OPENS_AT, RATE, BACKLOG);
        let mut arrivals: Vec<_> =
            (0..30_000).map(|_| (rng.fraction() * rng.fraction() * 1e7) as u64).collect();
        arrivals.sort_unstable();
        let (mut refused, mut accepted) = (Vec::new(), Vec::new());
        for now in arrivals.into_iter().map(Instant::from_micros) {
            match server.arrive(now) {
                Some(at) => accepted.push((now, at)),
                None => refused.push(now),
            }
        }
        (refused, accepted)
    }

    #[test]
    fn no_second_sees_more_accepted_than_the_rate() {
        let (_, accepted) = crowd();
        assert!(accepted.len() > 2_000, "it was busy");
        let most = RATE as usize;
        for (first, after) in accepted.iter().zip(&accepted[most..]) {
            assert!(after.1 - first.1 >= Duration::from_millis(1_000), "{first:?} … {after:?}");
        }
    }

    #[test]
    fn nobody_is_accepted_while_it_is_away_and_nobody_refused_for_nothing() {
        let (refused, accepted) = crowd();
        assert!(accepted.iter().all(|(arrived, _)| *arrived >= OPENS_AT));
        for now in refused.into_iter().filter(|now| *now >= OPENS_AT) {
            let queued = accepted.iter().filter(|(arrived, done)| *arrived <= now && *done > now).count();
            assert!(queued as u64 >= BACKLOG, "refused at {now:?} with {queued} in the queue");
        }
    }

    #[test]
    fn the_queue_is_bounded() {
        let (_, accepted) = crowd();
        for (arrived, _) in &accepted {
            let queued =
                accepted.iter().filter(|(earlier, done)| earlier <= arrived && done > arrived).count();
            // The one whose turn it is has left the queue.
            assert!(queued as u64 <= BACKLOG + 1, "{queued} in the queue at {arrived:?}");
        }
    }
}
