//! A session's life: options and deeds, from a seed. A life that fails is shrunk to what it takes to fail.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use steadysocket::core::{
    Duration, HeartbeatOptions, Network, Options, OverflowPolicy, Pace, QueueOptions, StateKind, Verdict,
};

use crate::browser::Answer;
use crate::dice::Dice;
use crate::network::Path;
use crate::page::Sleep;
use crate::script::{Deed, float, pages};
use crate::watch::LivenessWatch;
use crate::world::{World, minutes, ms, seconds};

#[derive(Clone, Debug)]
pub(crate) struct Life {
    pub(crate) options: Options,
    /// Of the session's and the network's chance.
    pub(crate) seed: u64,
    /// What listeners do within the first events, one deed an event.
    pub(crate) reflexes: Vec<Deed>,
    pub(crate) deeds: Vec<Deed>,
}

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

    /// Lives it under the eyes of the watch, to a good end.
    pub(crate) fn live(&self) -> World {
        let mut world = World::seeded(&self.options, self.seed);
        world.reflexes = self.reflexes.clone().into();
        world.play(&self.deeds);
        world.reflexes.clear();
        world.note(|| "and in the end all is well".into());
        world.heal();
        world.reach_the_end(&self.options);
        world
    }

    /// Lives it; what broke if something did.
    pub(crate) fn trial(&self) -> Result<World, String> {
        quietly(|| self.live())
    }

    /// The shortest life found that still fails.
    pub(crate) fn shrunk(&self) -> Self {
        let mut shrink = Shrink { life: self.clone(), trials: TRIALS };
        loop {
            let size = shrink.life.size();
            shrink.deeds();
            shrink.spans();
            shrink.options();
            if shrink.life.size() == size || shrink.trials == 0 {
                return shrink.life;
            }
        }
    }

    fn size(&self) -> (usize, u64, usize) {
        let span = |deed: &Deed| if let Deed::Wait(span) = deed { span.as_micros() } else { 0 };
        (
            self.deeds.len() + self.reflexes.len(),
            self.deeds.iter().map(span).sum(),
            differences(&self.options).len(),
        )
    }

    /// As it is written in the corpus.
    pub(crate) fn as_code(&self) -> String {
        let options = differences(&self.options).concat();
        let code = format!(
            "Life {{\n    options: Options {{\n{options}    ..Options::default() }},\n    seed: {},\n    \
             reflexes: vec!{:?},\n    deeds: vec!{:?},\n}},",
            self.seed, self.reflexes, self.deeds
        );
        let code = code.replace(": inf", ": f64::INFINITY").replace("Duration(", "micros(");
        code.replace("Page(", "Deed::Page(").replace("Network(", "Deed::Network(")
    }
}

/// A life, and how many times more it may be lived to find a shorter one.
struct Shrink {
    life: Life,
    trials: usize,
}

const TRIALS: usize = 1_000;

impl Shrink {
    fn deeds(&mut self) {
        let lists: [fn(&mut Life) -> &mut Vec<Deed>; 2] = [|life| &mut life.deeds, |life| &mut life.reflexes];
        for choose in lists {
            let mut length = choose(&mut self.life).len().div_ceil(2);
            while length > 0 {
                let mut from = 0;
                while from < choose(&mut self.life).len() {
                    let to = (from + length).min(choose(&mut self.life).len());
                    if !self.replace(|life| drop(choose(life).drain(from..to))) {
                        from += length;
                    }
                }
                length /= 2;
            }
        }
    }

    /// Rounder and shorter waits.
    fn spans(&mut self) {
        for index in 0..self.life.deeds.len() {
            let Deed::Wait(span) = self.life.deeds[index] else { continue };
            let micros = span.as_micros();
            for shorter in [1_000, 100_000, 1_000_000, micros / 2, micros / 1_000_000 * 1_000_000] {
                if shorter < micros
                    && self.replace(|life| life.deeds[index] = Deed::Wait(Duration::from_micros(shorter)))
                {
                    break;
                }
            }
        }
    }

    fn options(&mut self) {
        let defaults = Options::default();
        let resets: [fn(&mut Options, &Options); 14] = [
            |options, defaults| *options = *defaults,
            |options, defaults| options.judge = defaults.judge,
            |options, defaults| options.heartbeat = defaults.heartbeat,
            |options, defaults| options.queue = defaults.queue,
            |options, defaults| options.retries = defaults.retries,
            |options, defaults| options.page_hide_close = defaults.page_hide_close,
            |options, defaults| options.stable_after = defaults.stable_after,
            |options, defaults| options.connect_timeout = defaults.connect_timeout,
            |options, defaults| options.url_timeout = defaults.url_timeout,
            |options, defaults| options.close_timeout = defaults.close_timeout,
            |options, defaults| {
                options.high_water_mark = defaults.high_water_mark;
                options.low_water_mark = defaults.low_water_mark;
            },
            |options, defaults| options.backoff_factor = defaults.backoff_factor,
            |options, defaults| {
                options.backoff_min = defaults.backoff_min;
                options.backoff_max = defaults.backoff_max;
            },
            |options, _| {
                options.heartbeat =
                    options.heartbeat.map(|_| HeartbeatOptions { interval: 2_000.0, timeout: 1_000.0 });
            },
        ];
        for reset in resets {
            let before = self.life.options;
            let mut options = before;
            reset(&mut options, &defaults);
            if options != before {
                let _ = self.replace(|life| life.options = options);
            }
        }
    }

    /// Keeps a change if it still fails with it.
    fn replace(&mut self, change: impl FnOnce(&mut Life)) -> bool {
        let Some(trials) = self.trials.checked_sub(1) else { return false };
        self.trials = trials;
        let mut changed = self.life.clone();
        change(&mut changed);
        let fails = changed.trial().is_err();
        if fails {
            self.life = changed;
        }
        fails
    }
}

impl World {
    /// All is well from now on: what is wanted comes about; then the user closes the session.
    fn reach_the_end(&mut self, options: &Options) {
        let patience = LivenessWatch::bound(options);
        if patience < minutes(60) {
            self.run_for(patience);
            self.run_for(seconds(1));
            let (session, live) = (self.session(), self.watch.sockets.live());
            if session.state() == StateKind::Open && self.browser.network.is_well(live) {
                must!(session.is_drained(), "there is a connection, and messages wait");
            }
        }
        self.close();
        let close = Duration::from_millis_f64(options.close_timeout);
        if close < minutes(60) {
            self.run_for(close);
            self.run_for(seconds(1));
            must!(matches!(self.state(), StateKind::Idle | StateKind::Closed), "it does not come to an end");
        }
        self.check_receipts();
    }
}

/// The options' lines that are not the default's.
pub(crate) fn differences(options: &Options) -> Vec<String> {
    let fields = |options: &Options| {
        let mut fields: Vec<String> = Vec::new();
        let text = format!("{options:#?}");
        for line in text.lines().filter(|line| line.starts_with("    ")) {
            match fields.last_mut() {
                Some(field) if line.starts_with("     ") || line.trim_start().starts_with([')', '}']) => {
                    field.push_str(line);
                    field.push('\n');
                }
                _ => fields.push(format!("{line}\n")),
            }
        }
        fields
    };
    let defaults = fields(&Options::default());
    fields(options).into_iter().filter(|field| !defaults.contains(field)).collect()
}

type Scene = fn(&mut Dice, &mut Vec<Deed>);

/// How many of the scenes are in every life.
const ALWAYS: usize = 5;

/// What happens, and how often.
const SCENES: [(usize, Scene); 26] = [
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
        deeds.extend([Deed::Page(steadysocket::core::Page::Hidden), Deed::Wait(wait(dice))]);
        deeds.extend([Deed::Wait(wait(dice)), Deed::Page(steadysocket::core::Page::Visible)]);
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

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs something; what it panics with is an answer, and no news.
fn quietly<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                loud(panic);
            }
        }));
    });
    QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    QUIET.set(false);
    result.map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).into())).unwrap_or_default()
    })
}
