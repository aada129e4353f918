//! Lives by the thousand: whatever users, pages, browsers, servers and networks do, what must hold holds.
//!
//! `LIVES=n` lives so many; `SOAK=seconds` as many as that time allows, from a seed of its own; `LIFE=seed` tells one, and
//! `KEPT=index` one of the corpus.

use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::corpus;
use crate::life::{Life, differences};
use crate::script::float;
use crate::timeline;
use crate::watch::Draw;
use crate::watch::must::checked;

/// What a plain run lives.
const LIVES: u64 = 20_000;

#[derive(Debug, Default)]
struct Figures {
    lives: u64,
    steps: u64,
    checks: u64,
    naps: u64,
    /// Sockets left for silence; had one of them lived, its life would have failed.
    silences: u64,
    /// How many draws of a delay fell into each tenth of their range, for each kind of [`Draw`].
    tenths: [[u64; 10]; 4],
}

#[test]
fn lives_keep_what_must_hold() {
    let kept = corpus::lives();
    if let Some(seed) = number("LIFE") {
        return tell(&Life::from_seed(seed));
    }
    if let Some(index) = number("KEPT") {
        return (0..).zip(&kept).filter(|(at, _)| *at == index).for_each(|(_, life)| tell(life));
    }
    let count = kept.len();
    // What no life ever found is for the others to find.
    let kept = if is_mutant() { &[][..] } else { &kept };
    for (index, life) in kept.iter().enumerate() {
        if let Err(broken) = life.trial() {
            fail(&format!("KEPT={index}"), life, &broken);
        }
    }
    let begin = Clock::start();
    let figures = match number("SOAK") {
        Some(seconds) => soak(Duration::from_secs(seconds)),
        None => live(0..number("LIVES").unwrap_or(LIVES)),
    };
    figures.print(count, begin.elapsed());

    figures.check_spread();
}

/// Lives these seeds, on this thread.
fn live(seeds: impl Iterator<Item = u64>) -> Figures {
    let mut figures = Figures::default();
    let checks = checked();
    for seed in seeds {
        let life = Life::from_seed(seed);
        match life.trial() {
            Ok(mut world) => {
                if seed % 64 == 0 {
                    let again = life.trial().map(|mut world| world.story());
                    assert_eq!(again.as_ref(), Ok(&world.story()), "life {seed} is lived twice alike");
                }
                figures.lives += 1;
                figures.steps += world.steps;
                figures.naps += world.naps;
                figures.silences += world.silences;
                world.watch.retries.draws.iter().for_each(|(kind, draw)| figures.draw(*kind, *draw));
            }
            Err(broken) => fail(&format!("LIFE={seed}"), &life, &broken),
        }
    }
    figures.checks = checked() - checks;
    figures
}

/// Lives as many as the time allows, on all cores.
fn soak(span: Duration) -> Figures {
    let total = Mutex::new(Figures::default());
    let (begin, failed) = (Clock::start(), AtomicBool::new(false));
    // As good as never lived before.
    let next = AtomicU64::new(u64::try_from(begin.0.as_nanos() & u128::from(u64::MAX)).unwrap_or_default());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while begin.elapsed() < span && !failed.load(Ordering::Relaxed) {
                    let from = next.fetch_add(1_000, Ordering::Relaxed);
                    failed.store(true, Ordering::Relaxed);
                    let figures = live(from..from.saturating_add(1_000));
                    failed.store(false, Ordering::Relaxed);
                    let mut total = total.lock().unwrap_or_else(PoisonError::into_inner);
                    total.add(&figures);
                }
            });
        }
    });
    total.into_inner().unwrap_or_default()
}

/// Shrinks a life that failed, tells its story, and fails.
fn fail(name: &str, life: &Life, broken: &str) {
    if is_mutant() {
        unreachable!("{name} broke: {broken}");
    }
    let shrunk = life.shrunk();
    say(&format!("{name} broke: {broken}\n{} deeds, shrunk to {}:\n", life.deeds.len(), shrunk.deeds.len()));
    tell(&shrunk);
    say(&format!("as the corpus has it:\n{}\n", shrunk.as_code()));
    unreachable!("{name} broke; to tell it whole: {name} cargo test --test sim lives");
}

/// Lives a life and prints its story.
fn tell(life: &Life) {
    timeline::begin();
    let result = life.trial();
    let story = timeline::end();
    say(&format!("{}{}", differences(&life.options).concat(), timeline::readable(&story)));
    match result {
        Ok(world) => say(&format!("it kept what must hold, for {} steps\n", world.steps)),
        Err(broken) => say(&format!("BROKEN: {}\n", timeline::readable(&broken))),
    }
}

impl Figures {
    fn draw(&mut self, kind: Draw, draw: f64) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a digit")]
        let tenth = (draw * 10.0) as usize;
        self.tenths[kind as usize][tenth.min(9)] += 1;
    }

    fn add(&mut self, other: &Self) {
        self.lives += other.lives;
        self.steps += other.steps;
        self.checks += other.checks;
        self.naps += other.naps;
        self.silences += other.silences;
        let tenths = self.tenths.iter_mut().flatten();
        tenths.zip(other.tenths.as_flattened()).for_each(|(tenth, more)| *tenth += more);
    }

    fn print(&self, kept: usize, span: Duration) {
        let seconds = span.as_secs_f64().max(0.001);
        say(&format!(
            "lives {}, steps {}, checks {}, naps {}, sockets left for silence {} (alive 0), kept lives {kept}, \
             lives a second {:.0}\n",
            self.lives,
            self.steps,
            self.checks,
            self.naps,
            self.silences,
            float(self.lives) / seconds,
        ));
    }

    /// Rule 6: over all lives, delays are spread evenly over their ranges.
    fn check_spread(&self) {
        for tenths in self.tenths {
            let draws = float(tenths.iter().sum());
            let shares = tenths.map(|tenth| float(tenth) / draws);
            let even = shares.iter().all(|share| (0.07..0.13).contains(share));
            assert!(draws < 1_500.0 || even, "delays are not even: {shares:?}");
        }
    }
}

/// Past the test runner, which keeps what a test prints to itself.
fn say(text: &str) {
    // Who cannot be told cannot be told that either.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// tests/mutants is at work: random lives alone, and no story.
fn is_mutant() -> bool {
    std::env::var_os("MUTANT").is_some()
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// The clock on the wall, for figures alone.
struct Clock(Duration);

impl Clock {
    fn start() -> Self {
        Self(Self::now())
    }

    fn elapsed(&self) -> Duration {
        Self::now().saturating_sub(self.0)
    }

    #[expect(clippy::disallowed_methods, reason = "lives a second are counted in real time")]
    fn now() -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }
}
