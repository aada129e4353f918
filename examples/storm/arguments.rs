//! The command line.

use steadysocket::core::Duration;

use crate::world::Storm;

pub(crate) const USAGE: &str = "usage: storm [--sessions N] [--rate HANDSHAKES_A_SECOND] [--backlog N]
             [--downtime SECONDS] [--seed N] [--short] [--write]";

#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) storm: Storm,
    /// Put the figures into docs/.
    pub(crate) write: bool,
}

/// A handshake with TLS, a login and what is asked for after it costs a few ms of computing, so 5,000 a second keep a
/// rack busy. As many may wait as Linux lets by default (`net.core.somaxconn`).
const LONG: Storm = Storm {
    sessions: 1_000_000,
    rate: 5_000,
    backlog: 4_096,
    downtime: Duration::from_millis(10_000),
    seed: 1,
};

/// The same shape in a moment: it only proves that it runs.
pub(crate) const SHORT: Storm = Storm { sessions: 2_000, rate: 10, backlog: 8, ..LONG };

impl Arguments {
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut parsed = Self { storm: LONG, write: false };
        while let Some(name) = arguments.next() {
            match name.as_str() {
                "--write" => parsed.write = true,
                "--short" => parsed.storm = SHORT,
                _ => {
                    let value =
                        arguments.next().ok_or_else(|| format!("{name} is not known, or needs a value"))?;
                    parsed.set(&name, &value)?;
                }
            }
        }
        Ok(parsed)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let number: u32 = value
            .replace('_', "")
            .parse()
            .map_err(|_| format!("{name} {value}: a whole number is needed"))?;
        let storm = &mut self.storm;
        match name {
            "--sessions" if number > 0 => storm.sessions = number,
            "--rate" if number > 0 => storm.rate = number.into(),
            "--backlog" if number > 0 => storm.backlog = number.into(),
            "--downtime" => storm.downtime = Duration::from_millis(u64::from(number) * 1_000),
            "--seed" => storm.seed = number.into(),
            _ => return Err(format!("{name} {value} is not allowed")),
        }
        Ok(())
    }
}
