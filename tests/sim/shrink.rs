//! The shortest life that still fails.

use steadysocket::core::{Config, Duration, HeartbeatOptions, Options};

use crate::life::{Life, differences};
use crate::script::Deed;

impl Life {
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
            if options != before && Config::new(&options).is_ok() {
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
