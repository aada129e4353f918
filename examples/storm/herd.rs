//! The same restart for each kind of client.

use steadysocket::core::{Duration, Options};

use crate::policy::{Retrier, peers};
use crate::steady::{Farewell, Steady};
use crate::world::{Outcome, Storm, run};

pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) ours: bool,
    pub(crate) outcome: Outcome,
}

/// One at a time: a million sessions take the better part of a gigabyte.
pub(crate) fn herd(storm: Storm) -> impl Iterator<Item = Row> {
    let options = Options::default();
    let farewells = [
        ("steadysocket, connection lost", Farewell::Abrupt),
        ("steadysocket, 1012 “service restart”", Farewell::Code(1012)),
        ("steadysocket, 1013 “try again later”", Farewell::Code(1013)),
        ("steadysocket, 1012 with a delay", told(&storm)),
    ];
    let ours = farewells.into_iter().map(move |(name, farewell)| Row {
        name,
        ours: true,
        outcome: run(&storm, |seed| Steady::new(&options, farewell, seed)),
    });
    let theirs = peers().into_iter().map(move |peer| Row {
        name: peer.name,
        ours: false,
        outcome: run(&storm, |seed| Retrier::new(&peer, seed)),
    });
    ours.chain(theirs)
}

/// A server that knows how long it will be away and how many it takes a second, with a tenth to spare.
fn told(storm: &Storm) -> Farewell {
    let needed = f64::from(storm.sessions) * 1_000.0 / storm.rate as f64;
    let away = storm.downtime.as_millis_f64();
    Farewell::Delay(storm.downtime, Duration::from_millis_f64(away + 1.1 * needed))
}
