//! The options as a user writes them, and the checked form the session works with.

use super::error::ConfigError;
use super::time::Duration;

/// The options in the units a user writes: milliseconds, bytes, counts. Start from [`Options::default`].
/// `f64::INFINITY` stands for "no limit" wherever it is allowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// `backoff.min`, ms: the first delay is drawn from zero to this. Default 500.
    pub backoff_min: f64,
    /// `backoff.max`, ms: no delay is drawn from more than this. Default 30,000.
    pub backoff_max: f64,
    /// `backoff.factor`: what the range grows by with each failure. Default 2.
    pub backoff_factor: f64,
    /// `backoff.stableAfter`, ms: a connection that lasts this long resets the backoff. Default 5,000.
    pub stable_after: f64,
    /// How many attempts in a row may follow a lost connection. Default: no limit.
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
    /// `pageHide.reason`: the close reason for that. Default `page hidden`.
    pub page_hide_reason: String,
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

impl Default for Options {
    fn default() -> Self {
        Self {
            backoff_min: 500.0,
            backoff_max: 30_000.0,
            backoff_factor: 2.0,
            stable_after: 5_000.0,
            retries: f64::INFINITY,
            connect_timeout: 10_000.0,
            url_timeout: 10_000.0,
            close_timeout: 5_000.0,
            heartbeat: None,
            queue: Some(QueueOptions::default()),
            high_water_mark: 1024.0 * 1024.0,
            low_water_mark: 256.0 * 1024.0,
            page_hide_close: true,
            page_hide_code: 1000.0,
            page_hide_reason: String::from("page hidden"),
            judge: false,
        }
    }
}

impl Default for HeartbeatOptions {
    fn default() -> Self {
        Self { interval: 25_000.0, timeout: 10_000.0 }
    }
}

impl Default for QueueOptions {
    fn default() -> Self {
        Self {
            max_messages: 1_024.0,
            max_bytes: 8.0 * 1024.0 * 1024.0,
            ttl: f64::INFINITY,
            overflow: OverflowPolicy::DropOldest,
        }
    }
}

/// Checked options.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    pub(crate) backoff_min: Duration,
    pub(crate) backoff_max: Duration,
    pub(crate) backoff_factor: f64,
    pub(crate) stable_after: Duration,
    pub(crate) retries: u32,
    pub(crate) connect_timeout: Duration,
    pub(crate) url_timeout: Duration,
    pub(crate) close_timeout: Duration,
    pub(crate) heartbeat: Option<HeartbeatConfig>,
    pub(crate) queue: Option<QueueConfig>,
    pub(crate) high_water_mark: u64,
    pub(crate) low_water_mark: u64,
    pub(crate) page_hide: Option<PageHide>,
    pub(crate) judge: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct HeartbeatConfig {
    pub(crate) interval: Duration,
    pub(crate) timeout: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct QueueConfig {
    pub(crate) max_messages: usize,
    pub(crate) max_bytes: u64,
    pub(crate) ttl: Duration,
    pub(crate) overflow: OverflowPolicy,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PageHide {
    pub(crate) code: u16,
    pub(crate) reason: String,
}

impl Config {
    /// Checks the options.
    ///
    /// # Errors
    /// The first option whose value is not allowed.
    pub fn new(options: &Options) -> Result<Self, ConfigError> {
        let Options { backoff_min, backoff_max, low_water_mark, high_water_mark, .. } = *options;
        if backoff_min > backoff_max {
            return Err(ConfigError {
                option: "backoff.min",
                value: backoff_min,
                allowed: "no more than backoff.max",
            });
        }
        if low_water_mark > high_water_mark {
            return Err(ConfigError {
                option: "backpressure.lowWaterMark",
                value: low_water_mark,
                allowed: "no more than backpressure.highWaterMark",
            });
        }
        Ok(Self {
            backoff_min: span("backoff.min", backoff_min, ONE_TO_DAY)?,
            backoff_max: span("backoff.max", backoff_max, ONE_TO_DAY)?,
            backoff_factor: within("backoff.factor", options.backoff_factor, (1.0, 100.0, "1 to 100"))?,
            stable_after: span("backoff.stableAfter", options.stable_after, FROM_ZERO)?,
            retries: count("retries", options.retries)?,
            connect_timeout: span("connectTimeout", options.connect_timeout, FROM_ONE)?,
            url_timeout: span("urlTimeout", options.url_timeout, FROM_ONE)?,
            close_timeout: span("closeTimeout", options.close_timeout, FROM_ONE)?,
            heartbeat: options.heartbeat.as_ref().map(HeartbeatConfig::new).transpose()?,
            queue: options.queue.as_ref().map(QueueConfig::new).transpose()?,
            high_water_mark: bytes("backpressure.highWaterMark", high_water_mark)?,
            low_water_mark: bytes("backpressure.lowWaterMark", low_water_mark)?,
            page_hide: options.page_hide_close.then(|| PageHide::new(options)).transpose()?,
            judge: options.judge,
        })
    }
}

impl Default for Config {
    #[expect(clippy::expect_used, reason = "the defaults are valid, as a test says")]
    fn default() -> Self {
        Self::new(&Options::default()).expect("the defaults are valid")
    }
}

impl HeartbeatConfig {
    fn new(options: &HeartbeatOptions) -> Result<Self, ConfigError> {
        Ok(Self {
            interval: span("heartbeat.interval", options.interval, FROM_ONE)?,
            timeout: span("heartbeat.timeout", options.timeout, FROM_ONE)?,
        })
    }
}

impl QueueConfig {
    fn new(options: &QueueOptions) -> Result<Self, ConfigError> {
        let max_messages = count("queue.maxMessages", options.max_messages)?;
        Ok(Self {
            max_messages: max_messages as usize,
            max_bytes: bytes("queue.maxBytes", options.max_bytes)?,
            ttl: span("queue.ttl", options.ttl, FROM_ONE)?,
            overflow: options.overflow,
        })
    }
}

impl PageHide {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked just after")]
    fn new(options: &Options) -> Result<Self, ConfigError> {
        let (value, reason) = (options.page_hide_code, &options.page_hide_reason);
        let code = value as u16;
        if value.fract() != 0.0 || !matches!(code, 1000 | 3000..=4999) {
            return Err(ConfigError {
                option: "pageHide.code",
                value,
                allowed: "1000, or a whole number from 3000 to 4999",
            });
        }
        if reason.len() > 123 {
            #[expect(clippy::cast_precision_loss, reason = "a length in an error message")]
            let value = reason.len() as f64;
            return Err(ConfigError {
                option: "pageHide.reason length",
                value,
                allowed: "up to 123 bytes of UTF-8",
            });
        }
        Ok(Self { code, reason: reason.clone() })
    }
}

/// The least, the most, and both in words.
type Range = (f64, f64, &'static str);

const ONE_TO_DAY: Range = (1.0, 86_400_000.0, "1 to 86400000 ms");
const FROM_ONE: Range = (1.0, f64::INFINITY, "1 ms or more, or Infinity");
const FROM_ZERO: Range = (0.0, f64::INFINITY, "0 ms or more, or Infinity");

fn within(option: &'static str, value: f64, (least, most, allowed): Range) -> Result<f64, ConfigError> {
    // NaN is within nothing.
    if (least..=most).contains(&value) { Ok(value) } else { Err(ConfigError { option, value, allowed }) }
}

fn span(option: &'static str, value: f64, range: Range) -> Result<Duration, ConfigError> {
    within(option, value, range).map(Duration::from_millis_f64)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate")]
fn bytes(option: &'static str, value: f64) -> Result<u64, ConfigError> {
    within(option, value, (0.0, f64::INFINITY, "0 bytes or more, or Infinity")).map(|value| value as u64)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate")]
fn count(option: &'static str, value: f64) -> Result<u32, ConfigError> {
    const ALLOWED: &str = "a whole number from 0, or Infinity";
    within(option, value, (0.0, f64::INFINITY, ALLOWED))?;
    // The fraction of infinity is not a number.
    if value.fract() > 0.0 {
        return Err(ConfigError { option, value, allowed: ALLOWED });
    }
    Ok(value as u32)
}
