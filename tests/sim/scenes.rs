//! What lives are made of: a seed decides which, how often, and under what options.

use steadysocket::core::{
    Duration, HeartbeatOptions, Network, Options, OverflowPolicy, Pace, Page, QueueOptions, Verdict,
};

use crate::browser::Answer;
use crate::dice::Dice;
use crate::life::Life;
use crate::network::Path;
use crate::page::Sleep;
use crate::script::{Deed, float, pages};
use crate::world::{minutes, ms, seconds};

impl Life {
    pub(crate) fn from_seed(seed: u64) -> Self {
        let dice = &mut Dice::new(seed);
        let options = options(dice);
        // Not every life has everything: what is rare would drown in the rest.
        let usual = SCENES.iter().enumerate().filter(|(index, _)| *index < ALWAYS || dice.chance(40));
        let scenes: Vec<_> = usual.flat_map(|(_, (weight, scene))| vec![*scene; *weight]).collect();
        let mut deeds = ways(dice);
        deeds.push(Deed::Open);
        for _ in 0..dice.between(4, 40) {
            let scene = dice.pick(&scenes);
            scene(dice, &mut deeds);
        }
        let reflexes = if dice.chance(40) { dice.between(1, 40) } else { 0 };
        Self { options, seed, reflexes: (0..reflexes).map(|_| reflex(dice)).collect(), deeds }
    }
}

type Scene = fn(&mut Dice, &mut Vec<Deed>);

/// How many of the scenes are in every life.
const ALWAYS: usize = 5;

/// What happens, and how often.
const SCENES: [(usize, Scene); 27] = [
    (16, |dice, deeds| deeds.push(Deed::Wait(wait(dice)))),
    (4, |_, deeds| deeds.push(Deed::WaitForTimer)),
    (6, |dice, deeds| deeds.push(send(dice))),
    (1, |_, deeds| deeds.push(Deed::Open)),
    (3, |dice, deeds| deeds.push(Deed::End(dice.pick(&[1001, 1005, 1006, 1006, 1006, 1011, 3000, 4000])))),
    // The user.
    (4, |_, deeds| deeds.push(Deed::Open)),
    (2, |_, deeds| deeds.extend([Deed::Close, Deed::Open])),
    (2, |_, deeds| deeds.push(Deed::Close)),
    (8, |dice, deeds| deeds.extend((0..dice.between(2, 9)).map(|_| send(dice)))),
    (3, |dice, deeds| deeds.push(Deed::Url(answer(dice)))),
    (3, |dice, deeds| {
        let later = Verdict::Retry(Pace::After(dice.pick(&[ms(0), ms(700), seconds(40)])));
        let verdicts = [Verdict::Stop, Verdict::Retry(Pace::AtOnce), later];
        deeds.push(Deed::Verdict(dice.chance(60).then(|| dice.pick(&verdicts))));
    }),
    (3, |dice, deeds| {
        deeds.extend([Deed::Ponder(true), Deed::Wait(wait(dice)), Deed::Ponder(dice.chance(20))]);
    }),
    // The page and its machine.
    (4, |dice, deeds| deeds.push(Deed::Page(dice.pick(&pages())))),
    (4, |dice, deeds| deeds.push(Deed::Network(dice.pick(&[Network::Online, Network::Offline])))),
    (4, |dice, deeds| {
        deeds.extend([Deed::Page(Page::Hidden), Deed::Wait(wait(dice))]);
        deeds.extend([Deed::Wait(wait(dice)), Deed::Page(Page::Visible)]);
    }),
    (5, |dice, deeds| {
        let sleep = dice.pick(&[Sleep::Machine, Sleep::Machine, Sleep::Frozen, Sleep::Cached]);
        if dice.chance(40) {
            deeds.push(Deed::WaitForTimer);
        }
        deeds.push(Deed::Sleep(sleep));
        if dice.chance(30) {
            deeds.push(Deed::End(1006));
        }
        deeds.extend([Deed::Wait(nap(dice)), Deed::Wake]);
    }),
    (4, |dice, deeds| {
        // It sleeps over a question, without a network, wakes for a moment and sleeps over the next.
        deeds.extend([Deed::WaitForTimer, Deed::Path(Path::SWALLOWED), Deed::WaitForTimer]);
        deeds.extend([
            Deed::Sleep(Sleep::Machine),
            Deed::Wait(nap(dice)),
            Deed::Path(Path::CLEAR),
            Deed::Wake,
        ]);
        deeds.extend([Deed::Sleep(Sleep::Machine), Deed::Wait(nap(dice)), Deed::Wake]);
    }),
    (1, |dice, deeds| deeds.push(Deed::Tick(dice.pick(&[Duration::ZERO, seconds(1), minutes(1)])))),
    (2, |dice, deeds| deeds.push(Deed::Stale(dice.pick(&[1000, 1006])))),
    // The server.
    (6, |dice, deeds| deeds.extend([Deed::Hear, Deed::Wait(wait(dice)), Deed::Hear])),
    (1, |dice, deeds| deeds.push(Deed::End(dice.pick(&[1000, 1002, 1008, 4401])))),
    (6, |dice, deeds| deeds.push(Deed::End(dice.pick(&[1012, 1013, 1013])))),
    (2, |dice, deeds| deeds.push(Deed::BeginEnd(dice.pick(&[1001, 1006, 1011])))),
    (3, |dice, deeds| {
        // It restarts.
        deeds.extend([Deed::End(dice.pick(&[1001, 1006, 1012])), Deed::Handshake(Answer::No(ms(10)))]);
        deeds.extend([Deed::Wait(wait(dice)), Deed::Handshake(Answer::Yes(ms(30)))]);
    }),
    (4, |dice, deeds| match dice.between(0, 4) {
        0 => deeds.push(Deed::Handshake(answer(dice))),
        1 => deeds.push(Deed::Drain(dice.pick(&[0, 100, 10_000, 1_000_000, u64::MAX]))),
        2 => deeds.push(Deed::CloseTakes(dice.pick(&[None, Some(ms(20)), Some(seconds(60))]))),
        _ => deeds.push(Deed::Replies(dice.pick(&[None, Some(ms(20)), Some(ms(400)), Some(seconds(3))]))),
    }),
    // The network.
    (4, |dice, deeds| {
        let paths = [Path::SWALLOWED, Path { up: false, down: true }, Path { up: true, down: false }];
        deeds.extend([Deed::Path(dice.pick(&paths)), Deed::Wait(wait(dice))]);
        if dice.chance(80) {
            deeds.push(Deed::Path(Path::CLEAR));
        }
    }),
    (3, |dice, deeds| deeds.extend([Deed::Cut, Deed::Wait(wait(dice))])),
];

/// The ways of the world it begins in.
fn ways(dice: &mut Dice) -> Vec<Deed> {
    let mut ways = Vec::new();
    let often = |dice: &mut Dice| dice.chance(30);
    if often(dice) {
        ways.push(Deed::MessagesFirst(true));
    }
    if often(dice) {
        ways.push(Deed::Lateness(dice.pick(&[ms(4), ms(50)])));
    }
    if often(dice) {
        ways.push(Deed::Patience(dice.pick(&[Some(seconds(5)), Some(seconds(20)), Some(seconds(60))])));
    }
    if dice.chance(10) {
        ways.push(Deed::Lag(dice.pick(&[ms(5), seconds(3), minutes(30)])));
    }
    if dice.chance(10) {
        ways.push(Deed::HidesBuffer(true));
    }
    if dice.chance(10) {
        ways.push(Deed::ForgetsClose(true));
    }
    if often(dice) {
        ways.push(Deed::Latency(dice.pick(&[ms(1), ms(300)]), dice.pick(&[ms(5), ms(90)])));
    }
    if often(dice) {
        ways.push(Deed::Handshake(answer(dice)));
    }
    ways
}

fn reflex(dice: &mut Dice) -> Deed {
    match dice.between(0, 9) {
        0 => Deed::Open,
        1 => Deed::Close,
        2..=4 => send(dice),
        5 => Deed::SendAndOpen { bytes: dice.between(0, 100) },
        _ => Deed::Hear,
    }
}

fn send(dice: &mut Dice) -> Deed {
    let ttl = dice.chance(25).then(|| ms(dice.between(1, 5_000)));
    let bytes = match dice.between(0, 10) {
        0 => 0,
        1..=6 => dice.between(1, 100),
        7..=9 => dice.between(100, 2_000),
        _ => dice.between(2_000, 50_000),
    };
    Deed::Send { bytes, ttl }
}

fn answer(dice: &mut Dice) -> Answer {
    let after = ms(dice.pick(&[0, 1, 100, 3_000, 20_000]));
    match dice.between(0, 6) {
        0..=3 => Answer::Yes(after),
        // A user who retries at once what is refused at once would stop the clock.
        4..=5 => Answer::No(after.max(ms(100))),
        _ => Answer::Never,
    }
}

fn wait(dice: &mut Dice) -> Duration {
    match dice.between(0, 15) {
        0..=7 => ms(dice.between(0, 1_000)),
        8..=13 => ms(dice.between(1_000, 40_000)),
        14 => minutes(1),
        _ => minutes(6),
    }
}

fn nap(dice: &mut Dice) -> Duration {
    match dice.between(0, 3) {
        0 => ms(dice.between(1, 10_000)),
        1 => ms(dice.between(10_000, 200_000)),
        2 => minutes(5),
        _ => minutes(300),
    }
}

/// Options small enough to meet their limits often.
pub(crate) fn options(dice: &mut Dice) -> Options {
    let heartbeat = dice.chance(60).then(|| HeartbeatOptions {
        interval: float(dice.between(1_000, 30_000)),
        timeout: float(dice.between(500, 10_000)),
    });
    let queue = dice.chance(80).then(|| QueueOptions {
        max_messages: float(dice.between(0, 6)),
        max_bytes: dice.pick(&[0.0, 100.0, 5_000.0, f64::INFINITY]),
        ttl: dice.pick(&[f64::INFINITY, f64::INFINITY, 1.0, 3_000.0, 60_000.0]),
        overflow: dice.pick(&[
            OverflowPolicy::DropOldest,
            OverflowPolicy::DropNewest,
            OverflowPolicy::Refuse,
        ]),
        // Who has no heartbeat has no answers that would confirm anything.
        in_flight: heartbeat.is_some() && dice.chance(40),
    });
    let marks = [(0.0, 0.0), (500.0, 0.0), (1_000.0, 1_000.0), (4_000.0, 1_000.0), (1e6, 1e5)];
    let (high_water_mark, low_water_mark) = dice.pick(&marks);
    Options {
        backoff_min: float(dice.between(100, 2_000)),
        backoff_max: dice.pick(&[2_000.0, 30_000.0, 30_000.0]),
        backoff_factor: float(dice.between(10, 30)) / 10.0,
        stable_after: dice.pick(&[0.0, 5_000.0, 5_000.0, 60_000.0]),
        retries: dice.pick(&[f64::INFINITY, f64::INFINITY, f64::INFINITY, f64::INFINITY, 0.0, 1.0, 3.0]),
        connect_timeout: dice.pick(&[2_000.0, 10_000.0, 10_000.0]),
        url_timeout: dice.pick(&[2_000.0, 10_000.0, 10_000.0]),
        close_timeout: dice.pick(&[500.0, 5_000.0, 5_000.0]),
        heartbeat,
        queue,
        high_water_mark,
        low_water_mark,
        page_hide_close: dice.chance(70),
        judge: dice.chance(40),
        ..Options::default()
    }
}
