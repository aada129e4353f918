//! The restart as it goes: all lose their connection at one moment, and each comes back in its own way.

use steadysocket::core::{Duration, Instant};

use crate::agenda::Agenda;
use crate::rng::Rng;
use crate::server::Server;

/// When the server dies. All have been connected for long.
pub(crate) const DEATH: Instant = Instant::from_micros(60_000_000);
/// When it has lasted long enough: if all give up before their turn comes, it would never end.
const END: Instant = Instant::from_micros(3_660_000_000);
/// From a client to the server, one way.
const LATENCY: [Duration; 2] = [Duration::from_millis(10), Duration::from_millis(100)];

/// How many clients, and what becomes of their server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Storm {
    pub(crate) sessions: u32,
    /// Handshakes accepted a second.
    pub(crate) rate: u64,
    /// Handshakes that may wait for that.
    pub(crate) backlog: u64,
    pub(crate) downtime: Duration,
    pub(crate) seed: u64,
}

/// What a client is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Happening {
    /// The server has died.
    Lost,
    /// What it waited for has come: the next attempt's time.
    Woken,
    Refused,
    /// It has waited for an answer as long as it wanted to.
    TimedOut,
    Accepted,
}

/// What a client wants thereupon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// To wait.
    Wait { until: Instant },
    /// A connection, now.
    Dial { patience: Instant },
    /// To leave it at that: it is connected.
    Stay,
    /// To try no more.
    GiveUp,
}

pub(crate) trait Client {
    fn handle(&mut self, happening: Happening, now: Instant) -> Wish;
}

/// What is to come. Each session has one of these ahead, unless it is connected or lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ahead {
    /// The client is told.
    Told(Happening),
    /// The handshake reaches the server.
    Arrival { patience: Instant },
}

/// What was seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) sessions: u32,
    /// Handshakes that reached the server, or the place where it was, in each second since its death.
    pub(crate) arrivals: Vec<u32>,
    /// When each that is back was back, since the server's death, in order.
    pub(crate) back: Vec<Duration>,
    pub(crate) refused: u64,
    pub(crate) timed_out: u64,
    pub(crate) lost: u32,
}

pub(crate) struct World<C> {
    clients: Vec<C>,
    latencies: Vec<Duration>,
    agenda: Agenda<(u32, Ahead)>,
    server: Server,
    outcome: Outcome,
}

/// Runs a storm to its end, or for an hour.
pub(crate) fn run<C: Client>(storm: &Storm, client: impl FnMut(u64) -> C) -> Outcome {
    let mut world = World::new(storm, client);
    while world.step() {}
    world.outcome
}

impl<C: Client> World<C> {
    /// `client` makes one from a seed.
    fn new(storm: &Storm, mut client: impl FnMut(u64) -> C) -> Self {
        let mut rng = Rng::new(storm.seed);
        let mut agenda = Agenda::new();
        let latencies: Vec<_> = (0..storm.sessions).map(|_| rng.between(LATENCY[0], LATENCY[1])).collect();
        for (session, latency) in (0..).zip(&latencies) {
            agenda.add(DEATH + *latency, (session, Ahead::Told(Happening::Lost)));
        }
        Self {
            clients: latencies.iter().map(|_| client(rng.seed())).collect(),
            latencies,
            agenda,
            server: Server::new(DEATH + storm.downtime, storm.rate, storm.backlog),
            outcome: Outcome { sessions: storm.sessions, ..Outcome::default() },
        }
    }

    /// Lets the next millisecond happen. Returns whether there was one.
    fn step(&mut self) -> bool {
        let Some(page) = self.agenda.next_page().filter(|page| page[0].0 < END) else { return false };
        for (now, (session, ahead)) in page {
            match ahead {
                Ahead::Told(happening) => self.tell(session, happening, now),
                Ahead::Arrival { patience } => self.arrive(session, patience, now),
            }
        }
        true
    }

    fn tell(&mut self, session: u32, happening: Happening, now: Instant) {
        match happening {
            Happening::Lost | Happening::Woken => {}
            Happening::Refused => self.outcome.refused += 1,
            Happening::TimedOut => self.outcome.timed_out += 1,
            Happening::Accepted => self.outcome.back.push(now - DEATH),
        }
        match self.clients[session as usize].handle(happening, now) {
            Wish::Wait { until } => self.agenda.add(until, (session, Ahead::Told(Happening::Woken))),
            Wish::Dial { patience } => {
                let at = now + self.latencies[session as usize];
                self.agenda.add(at, (session, Ahead::Arrival { patience }));
            }
            Wish::Stay => {}
            Wish::GiveUp => self.outcome.lost += 1,
        }
    }

    fn arrive(&mut self, session: u32, patience: Instant, now: Instant) {
        let second = ((now - DEATH).as_micros() / 1_000_000) as usize;
        if second >= self.outcome.arrivals.len() {
            self.outcome.arrivals.resize(second + 1, 0);
        }
        self.outcome.arrivals[second] += 1;
        let (decided_at, answer) = match self.server.arrive(now) {
            Some(at) => (at, Happening::Accepted),
            None => (now, Happening::Refused),
        };
        let answered_at = decided_at + self.latencies[session as usize];
        let told =
            if answered_at <= patience { (answered_at, answer) } else { (patience, Happening::TimedOut) };
        self.agenda.add(told.0, (session, Ahead::Told(told.1)));
    }
}

impl Outcome {
    /// When that part of all sessions was back, if it ever was.
    pub(crate) fn back_at(&self, part: f64) -> Option<Duration> {
        let count = (f64::from(self.sessions) * part).ceil() as usize;
        self.back.get(count.max(1) - 1).copied()
    }

    /// The busiest second from that one on, and how many handshakes arrived in it.
    pub(crate) fn peak(&self, from: usize) -> (usize, u32) {
        let seconds = self.arrivals.iter().copied().enumerate().skip(from);
        // The first of several alike.
        seconds.rev().max_by_key(|(_, count)| *count).unwrap_or_default()
    }

    pub(crate) fn wasted(&self) -> u64 {
        self.refused + self.timed_out
    }

    pub(crate) fn wasted_each(&self) -> f64 {
        self.wasted() as f64 / f64::from(self.sessions)
    }
}

#[cfg(test)]
mod tests {
    use steadysocket::core::Options;

    use super::*;
    use crate::arguments::SHORT;
    use crate::policy::{Retrier, peers};
    use crate::steady::{Farewell, Steady};

    const STORM: Storm = Storm { sessions: 300, rate: 20, backlog: 30, ..SHORT };

    /// Sees to it that a client is told only what can be.
    struct Watched<C> {
        client: C,
        wish: Option<Wish>,
    }

    impl<C: Client> Client for Watched<C> {
        fn handle(&mut self, happening: Happening, now: Instant) -> Wish {
            match (self.wish, happening) {
                (None, Happening::Lost)
                | (Some(Wish::Dial { .. }), Happening::Refused | Happening::Accepted) => {}
                (Some(Wish::Wait { until }), Happening::Woken) => assert_eq!(now, until),
                (Some(Wish::Dial { patience }), Happening::TimedOut) => assert_eq!(now, patience),
                impossible => panic!("{impossible:?} at {now:?}"),
            }
            let wish = self.client.handle(happening, now);
            self.wish = Some(wish);
            wish
        }
    }

    /// Nobody is in two places, and nobody is forgotten.
    fn lives<C: Client>(mut client: impl FnMut(u64) -> C) -> Outcome {
        let mut world = World::new(&STORM, |seed| Watched { client: client(seed), wish: None });
        loop {
            let settled = world.outcome.back.len() + world.outcome.lost as usize;
            let is_settled = |wish: Option<Wish>| matches!(wish, Some(Wish::Stay | Wish::GiveUp));
            let ahead = world.clients.iter().filter(|client| !is_settled(client.wish)).count();
            assert_eq!(settled + ahead, STORM.sessions as usize);
            assert_eq!(world.agenda.len(), ahead);
            if !world.step() {
                break world.outcome;
            }
        }
    }

    #[test]
    fn sessions_are_conserved_at_every_step() {
        let options = Options::default();
        for farewell in [Farewell::Abrupt, Farewell::Code(1012), Farewell::Code(1013)] {
            let outcome = lives(|seed| Steady::new(&options, farewell, seed));
            assert_eq!(outcome.back.len(), 300, "{farewell:?}");
        }
        for peer in peers() {
            let outcome = lives(|seed| Retrier::new(&peer, seed));
            assert_eq!(outcome.lost > 0, peer.name == "SignalR", "{}: {} lost", peer.name, outcome.lost);
        }
    }

    #[test]
    fn every_arrival_is_accepted_or_in_vain() {
        for peer in peers() {
            let outcome = run(&STORM, |seed| Retrier::new(&peer, seed));
            let arrived: u32 = outcome.arrivals.iter().sum();
            assert_eq!(u64::from(arrived), outcome.back.len() as u64 + outcome.wasted(), "{}", peer.name);
        }
    }

    #[test]
    fn a_client_that_waits_less_than_the_queue_is_long_gives_up_in_it() {
        let storm = Storm { backlog: 200, ..STORM };
        let peers = peers();
        let outcome = run(&storm, |seed| Retrier::new(&peers[0], seed));
        assert!(outcome.timed_out > 0, "the queue takes 10 s, its patience is of 4 s");
    }

    #[test]
    fn a_seed_repeats_its_storm_and_another_does_not() {
        let options = Options::default();
        let storm =
            |seed| run(&Storm { seed, ..STORM }, |seed| Steady::new(&options, Farewell::Abrupt, seed));
        assert_eq!(storm(1), storm(1));
        assert_ne!(storm(1), storm(2));
    }

    #[test]
    fn a_delay_that_the_server_tells_is_kept() {
        let [from, to] = [12_000, 20_000].map(Duration::from_millis);
        let options = Options::default();
        let outcome = run(&STORM, |seed| Steady::new(&options, Farewell::Delay(from, to), seed));
        assert_eq!(outcome.arrivals[..12].iter().sum::<u32>(), 0, "nobody comes before the time");
        let arrived: u32 = outcome.arrivals[12..=20].iter().sum();
        assert!(arrived >= STORM.sessions, "all have come by then");
    }
}
