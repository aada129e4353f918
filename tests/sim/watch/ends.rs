//! Rule 8: why attempts and connections end, and what follows from it.

use steadysocket::core::{Cause, Effect, Event, Input, Network, Options, Pace, Page, StateKind, Verdict};

use super::is_hint;

#[derive(Debug)]
pub(crate) struct EndWatch {
    options: Options,
    offline: bool,
    /// The user was asked, and what was the answer.
    asked: bool,
    said: Option<Verdict>,
    /// What the inputs since could be the end of.
    causes: Vec<Cause>,
    handshake: Handshake,
    /// Retries in a row, by their last number.
    retry: u32,
}

#[derive(Debug, Default)]
struct Handshake {
    /// A hint came: it may be made anew.
    anew: bool,
    /// The browser said that it failed.
    failed: bool,
}

impl EndWatch {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            options: *options,
            offline: false,
            asked: false,
            said: None,
            causes: Vec::new(),
            handshake: Handshake::default(),
            retry: 0,
        }
    }

    /// Takes note of an input that is about the current socket or attempt if it is about one.
    pub(crate) fn input(&mut self, input: &Input<u64>, state: StateKind, amid: bool) {
        use StateKind::{Closing, Connecting, Open, Resolving, Waiting};
        match input {
            Input::Judged { verdict, .. } if self.asked => (self.asked, self.said) = (false, Some(*verdict)),
            // Whoever acts amid outputs may take the question away before it is asked.
            Input::Open | Input::Close { .. } | Input::Page(_) => (self.asked, self.said) = (false, None),
            _ => {}
        }
        let failed = matches!(input, Input::SocketFailed { .. }) && self.options.retries > 0.0;
        self.handshake.failed = state == Connecting && (self.handshake.failed || failed);
        let was_offline = self.offline;
        if let Input::Network(network) = input {
            self.offline = *network == Network::Offline;
        }
        self.handshake.anew = is_hint(input) && state == Connecting || self.handshake.anew && amid;
        let cause = match (input, state) {
            (_, Connecting) if is_hint(input) => Cause::ConnectTimeout,
            (Input::Open | Input::Close { .. }, _)
            | (Input::SocketClosed { .. } | Input::Timeout, Closing) => Cause::User,
            (Input::SocketClosed { .. }, Connecting) => Cause::NeverOpened,
            (Input::SocketClosed { details, .. }, Open) if details.code == 1006 => Cause::ConnectionLost,
            (Input::SocketClosed { details, .. }, Open) => Cause::ServerClose(details.code),
            (Input::UrlFailed { .. } | Input::Timeout, Resolving) => Cause::UrlFailed,
            (Input::Timeout, Connecting) if self.handshake.failed => Cause::NeverOpened,
            (Input::Timeout, Connecting) => Cause::ConnectTimeout,
            (Input::Timeout, Open) => Cause::HeartbeatTimeout,
            (Input::Page(Page::Hiding { .. } | Page::Frozen), _) => Cause::PageHidden,
            _ => return,
        };
        let lost = matches!(
            cause,
            Cause::NeverOpened | Cause::ConnectionLost | Cause::ConnectTimeout | Cause::HeartbeatTimeout
        );
        // An end that waits for the user's verdict is told later.
        if !amid && state != Waiting {
            self.causes.clear();
        }
        self.causes.push(if lost && was_offline { Cause::Offline } else { cause });
    }

    /// The user is asked.
    pub(crate) fn effect(&mut self, effect: &Effect<u64>, state: StateKind) {
        if matches!(effect, Effect::Judge { .. }) {
            self.asked = state == StateKind::Waiting;
        }
    }

    pub(crate) fn event(&mut self, event: &Event<u64>) {
        match event {
            Event::Disconnected { cause, verdict, .. } => {
                must!(self.causes.contains(cause), "{cause:?}, though it was one of {:?}", self.causes);
                must_eq!(
                    matches!(cause, Cause::User | Cause::PageHidden)
                        && *verdict == Verdict::Retry(Pace::AtOnce),
                    matches!(cause, Cause::User | Cause::PageHidden) && *verdict != Verdict::Stop,
                    "what follows when the user or the page leaves"
                );
                if let Some(said) = self.said.take() {
                    must_eq!(*verdict, said, "what the user said");
                }
                let anew =
                    core::mem::take(&mut self.handshake.anew) && *verdict == Verdict::Retry(Pace::AtOnce);
                // Who is asked may say anything.
                if !self.options.judge && !anew && !matches!(cause, Cause::User | Cause::PageHidden) {
                    self.verdict(*cause, *verdict);
                }
            }
            Event::RetryScheduled { attempt, .. } => self.retry = *attempt,
            _ => {}
        }
    }

    /// The table, for who has no opinion.
    fn verdict(&self, cause: Cause, verdict: Verdict) {
        let expected = match cause {
            Cause::ServerClose(1000 | 1002 | 1003 | 1007 | 1008 | 1009 | 1010 | 4400..=4499) => Verdict::Stop,
            Cause::ServerClose(1012) => Verdict::Retry(Pace::Restart),
            Cause::ServerClose(1013) => Verdict::Retry(Pace::Overload),
            Cause::HeartbeatTimeout => Verdict::Retry(Pace::AtOnce),
            _ => Verdict::Retry(Pace::Backoff),
        };
        // Retries may be used up.
        let exhausted = verdict == Verdict::Stop && f64::from(self.retry) >= self.options.retries;
        must!(verdict == expected || exhausted, "{verdict:?} after {cause:?}, not {expected:?}");
    }
}
