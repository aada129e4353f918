//! The options as a user writes them, and the checked form the session works with.

use core::ops::Deref;

use super::error::ConfigError;
use super::time::Duration;
use super::timer::Timer;

/// The options in the units a user writes: milliseconds, bytes, counts. Start from [`Options::default`].
/// `f64::INFINITY` stands for "no limit" wherever it is allowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// `backoff.min`, ms: the first delay is drawn from zero to this. Default 500.
    pub backoff_min: f64,
    /// `backoff.max`, ms: no delay is drawn from more than this. Default 30,000.
    pub backoff_max: f64,
    /// `backoff.factor`: what the range grows by with each failure. Default 2.
    pub backoff_factor: f64,
    /// `backoff.stableAfter`, ms: a connection that lasts this long resets the backoff. Default 5,000.
    pub stable_after: f64,
    /// How many attempts in a row may follow a lost connection. One that takes the place of an attempt that hung is not
    /// counted. Default: no limit. See [`Options::single`] for 0.
    pub retries: f64,
    /// How long a handshake may take, ms. Default 10,000.
    pub connect_timeout: f64,
    /// How long the URL provider may take, ms. Default 10,000.
    pub url_timeout: f64,
    /// How long `close` may take before it is announced without the server's answer, ms. Default 5,000.
    pub close_timeout: f64,
    /// When to ask whether the connection lives. Default: never, since a server must know the message.
    pub heartbeat: Option<HeartbeatOptions>,
    /// What may wait for a connection. `None`: nothing.
    pub queue: Option<QueueOptions>,
    /// `backpressure.highWaterMark`, bytes: with this much in the socket's buffer, messages wait. Default 1 MiB.
    pub high_water_mark: f64,
    /// `backpressure.lowWaterMark`, bytes: with no more than this, they go on. Default 256 KiB.
    pub low_water_mark: f64,
    /// `pageHide.close`: leave the server politely when the page is left or frozen. Default true.
    pub page_hide_close: bool,
    /// `pageHide.code`: the close code for that. Default 1000.
    pub page_hide_code: f64,
    /// Ask about every end before judging it ([`Effect::Judge`](super::Effect::Judge)). Default false.
    pub judge: bool,
}

/// When to ask whether the connection lives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeartbeatOptions {
    /// `heartbeat.interval`, ms: how much silence before a heartbeat. Default 25,000.
    pub interval: f64,
    /// `heartbeat.timeout`, ms: how long an answer may take. Default 10,000.
    pub timeout: f64,
}

/// What may wait for a connection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QueueOptions {
    /// `queue.maxMessages`. Default 1,024.
    pub max_messages: f64,
    /// `queue.maxBytes`. Default 8 MiB.
    pub max_bytes: f64,
    /// `queue.ttl`, ms: how long a message may wait. Default: no limit.
    pub ttl: f64,
    /// `queue.overflow`. Default: drop the oldest.
    pub overflow: OverflowPolicy,
    /// `queue.inFlight`: keep what was transmitted until an answered heartbeat shows that it has arrived, within the same
    /// limits. Needs a heartbeat whose answers are told ([`Input::ReplyHeard`](super::Input::ReplyHeard)). What a
    /// connection that ends leaves behind is told
    /// ([`DropReason::InFlightUnknown`](super::DropReason::InFlightUnknown)). Default false.
    pub in_flight: bool,
}

/// What gives way when the outbox is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OverflowPolicy {
    /// The messages that wait longest.
    DropOldest,
    /// The new message.
    DropNewest,
    /// The new message, with an error to its sender.
    Refuse,
}

/// In memory, where the compiler copies it from instead of building it anew, in a third of the code.
static DEFAULTS: Options = Options {
    backoff_min: 500.0,
    backoff_max: 30_000.0,
    backoff_factor: 2.0,
    stable_after: 5_000.0,
    retries: f64::INFINITY,
    connect_timeout: 10_000.0,
    url_timeout: 10_000.0,
    close_timeout: 5_000.0,
    heartbeat: None,
    queue: Some(QUEUE),
    high_water_mark: 1024.0 * 1024.0,
    low_water_mark: 256.0 * 1024.0,
    page_hide_close: true,
    page_hide_code: 1000.0,
    judge: false,
};

const QUEUE: QueueOptions = QueueOptions {
    max_messages: 1_024.0,
    max_bytes: 8.0 * 1024.0 * 1024.0,
    ttl: f64::INFINITY,
    overflow: OverflowPolicy::DropOldest,
    in_flight: false,
};

impl Options {
    /// The defaults without retries: a single connection has no other to get to soon, so it is left to the browser, as a
    /// plain `WebSocket` is.
    pub fn single() -> Self {
        Self {
            retries: 0.0,
            connect_timeout: f64::INFINITY,
            close_timeout: f64::INFINITY,
            page_hide_close: false,
            ..DEFAULTS
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        DEFAULTS
    }
}

impl Default for HeartbeatOptions {
    fn default() -> Self {
        Self { interval: 25_000.0, timeout: 10_000.0 }
    }
}

impl Default for QueueOptions {
    fn default() -> Self {
        QUEUE
    }
}

/// Checked options.
#[derive(Clone, Debug, PartialEq)]
pub struct Config(Box<Options>);

impl Config {
    /// Checks the options.
    ///
    /// # Errors
    /// The first option whose value is not allowed.
    pub fn new(options: &Options) -> Result<Self, ConfigError> {
        Self::from_box(Box::new(*options))
    }

    pub(crate) fn from_box(mut options: Box<Options>) -> Result<Self, ConfigError> {
        options.check()?;
        Ok(Self(options))
    }

    /// How long a timer runs. Those that are not named run as long as whoever sets them says.
    pub(crate) fn span(&self, timer: Timer) -> Duration {
        Duration::from_millis_f64(match (timer, self.heartbeat) {
            (Timer::UrlTimeout, _) => self.url_timeout,
            (Timer::ConnectTimeout, _) => self.connect_timeout,
            (Timer::StableAfter, _) => self.stable_after,
            (Timer::CloseTimeout, _) => self.close_timeout,
            (Timer::Heartbeat, Some(heartbeat)) => heartbeat.interval,
            (Timer::ReplyTimeout, Some(heartbeat)) => heartbeat.timeout,
            _ => f64::INFINITY,
        })
    }
}

impl Deref for Config {
    type Target = Options;

    fn deref(&self) -> &Options {
        &self.0
    }
}

impl Default for Config {
    /// The default options, which are valid.
    fn default() -> Self {
        Self(Box::default())
    }
}

impl Options {
    fn check(&mut self) -> Result<(), ConfigError> {
        let refuse = |option, value, allowed| Err(ConfigError { option, value, allowed });
        for (index, (option, range)) in NUMBERS.iter().enumerate() {
            match self.number_mut(index) {
                Some(value) if !range.contains(*value) => return refuse(option, *value, range.words),
                _ => {}
            }
        }
        if self.backoff_min > self.backoff_max {
            return refuse("backoff.min", self.backoff_min, "no more than backoff.max");
        }
        if self.low_water_mark > self.high_water_mark {
            let allowed = "no more than backpressure.highWaterMark";
            return refuse("backpressure.lowWaterMark", self.low_water_mark, allowed);
        }
        if self.heartbeat.is_none() && self.queue.is_some_and(|queue| queue.in_flight) {
            return refuse("queue.inFlight", 1.0, IN_FLIGHT);
        }
        if self.page_hide_code > 1000.0 && self.page_hide_code < 3000.0 {
            return refuse("pageHide.code", self.page_hide_code, PAGE_HIDE_CODE.words);
        }
        Ok(())
    }

    /// The number at this index of [`NUMBERS`], unless its section is left out.
    pub(crate) fn number_mut(&mut self, index: usize) -> Option<&mut f64> {
        Some(match index {
            0 => &mut self.backoff_min,
            1 => &mut self.backoff_max,
            2 => &mut self.backoff_factor,
            3 => &mut self.stable_after,
            4 => &mut self.retries,
            5 => &mut self.connect_timeout,
            6 => &mut self.url_timeout,
            7 => &mut self.close_timeout,
            8 => &mut self.high_water_mark,
            9 => &mut self.low_water_mark,
            10 => &mut self.page_hide_code,
            11 => &mut self.heartbeat.as_mut()?.interval,
            12 => &mut self.heartbeat.as_mut()?.timeout,
            13 => &mut self.queue.as_mut()?.max_messages,
            14 => &mut self.queue.as_mut()?.max_bytes,
            15 => &mut self.queue.as_mut()?.ttl,
            _ => return None,
        })
    }
}

/// The options that are numbers, as users write them, and what is allowed.
pub(crate) const NUMBERS: [(&str, Range); 16] = [
    ("backoff.min", POSITIVE_FINITE_MS),
    ("backoff.max", POSITIVE_FINITE_MS),
    ("backoff.factor", Range { least: 1.0, most: 100.0, whole: false, words: "1 to 100" }),
    ("backoff.stableAfter", MS),
    ("retries", COUNT),
    ("connectTimeout", POSITIVE_MS),
    ("urlTimeout", POSITIVE_MS),
    ("closeTimeout", POSITIVE_MS),
    ("backpressure.highWaterMark", BYTES),
    ("backpressure.lowWaterMark", BYTES),
    ("pageHide.code", PAGE_HIDE_CODE),
    ("heartbeat.interval", POSITIVE_MS),
    ("heartbeat.timeout", POSITIVE_MS),
    ("queue.maxMessages", COUNT),
    ("queue.maxBytes", BYTES),
    ("queue.ttl", POSITIVE_MS),
];

/// What is allowed for a number.
pub(crate) struct Range {
    least: f64,
    most: f64,
    whole: bool,
    words: &'static str,
}

impl Range {
    fn contains(&self, value: f64) -> bool {
        // Not a number is in no range, and the fraction of infinity is not a number.
        (self.least..=self.most).contains(&value) && !(self.whole && value.fract() > 0.0)
    }
}

pub(crate) const IN_FLIGHT: &str = "true only with heartbeat.reply";
const POSITIVE_FINITE_MS: Range =
    Range { least: 1.0, most: 86_400_000.0, whole: false, words: "1 to 86400000 ms" };
const POSITIVE_MS: Range =
    Range { least: 1.0, most: f64::INFINITY, whole: false, words: "1 ms or more, or Infinity" };
const PAGE_HIDE_CODE: Range =
    Range { least: 1000.0, most: 4999.0, whole: true, words: "1000, or 3000 to 4999" };
const MS: Range = Range { least: 0.0, most: f64::INFINITY, whole: false, words: "0 ms or more, or Infinity" };
const BYTES: Range =
    Range { least: 0.0, most: f64::INFINITY, whole: false, words: "0 bytes or more, or Infinity" };
const COUNT: Range =
    Range { least: 0.0, most: f64::INFINITY, whole: true, words: "a whole number from 0, or Infinity" };

/// Bytes or messages as the options count them.
#[expect(clippy::cast_precision_loss, reason = "exact up to 8 PiB")]
pub(crate) fn count(bytes: u64) -> f64 {
    bytes as f64
}
