//! Our client: the core itself, a session each, driven as the browser's driver does.

use steadysocket::core::{
    Cause, CloseDetails, Config, Duration, Effect, Input, Instant, Options, Output, Pace, Reason, Session,
    SocketId, StateKind, Verdict,
};

use crate::rng::Rng;
use crate::world::{Client, DEATH, Happening, Wish};

/// How the server leaves.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Farewell {
    /// It says nothing: 1006.
    Abrupt,
    /// It closes with this code.
    Code(u16),
    /// It closes with 1012 and tells each, in the close reason, when to come back: evenly between these.
    Delay(Duration, Duration),
}

/// The payload of its messages, and so of the close reason, is a delay.
#[derive(Debug)]
pub(crate) struct Steady {
    session: Session<Duration>,
    socket: Option<SocketId>,
    farewell: CloseDetails<Duration>,
}

impl Steady {
    /// A session that has been connected for long.
    pub(crate) fn new(options: &Options, farewell: Farewell, seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let (code, reason, judge) = match farewell {
            Farewell::Abrupt => (1006, Reason::Empty, false),
            Farewell::Code(code) => (code, Reason::Empty, false),
            Farewell::Delay(from, to) => (1012, Reason::Given(rng.between(from, to)), true),
        };
        let Ok(config) = Config::new(&Options { judge, ..*options }) else { unreachable!("{options:?}") };
        let mut steady = Self {
            session: Session::new(config, rng.seed(), Instant::default()),
            socket: None,
            farewell: CloseDetails { code, reason, was_clean: code != 1006 },
        };
        steady.tell(Input::Open, Instant::default());
        steady.handle(Happening::Accepted, Instant::default());
        while let Some(at) = steady.session.next_timeout().filter(|at| *at < DEATH) {
            steady.tell(Input::Timeout, at);
        }
        steady
    }

    fn tell(&mut self, input: Input<Duration>, now: Instant) -> Wish {
        self.session.handle(input, now);
        while let Some(output) = self.session.poll_output() {
            match output {
                Output::Effect(Effect::ResolveUrl { attempt }) => {
                    self.session.handle(Input::UrlResolved { attempt }, now);
                }
                Output::Effect(Effect::OpenSocket { id }) => self.socket = Some(id),
                Output::Effect(Effect::Judge { attempt, cause, details, verdict }) => {
                    let verdict = retry(cause, &details, verdict);
                    self.session.handle(Input::Judged { attempt, verdict }, now);
                }
                _ => {}
            }
        }
        let next_timeout = self.session.next_timeout().unwrap_or(Instant::NEVER);
        match self.session.state() {
            StateKind::Open => Wish::Stay,
            StateKind::Connecting => Wish::Dial { patience: next_timeout },
            StateKind::Waiting => Wish::Wait { until: next_timeout },
            _ => Wish::GiveUp,
        }
    }
}

impl Client for Steady {
    fn handle(&mut self, happening: Happening, now: Instant) -> Wish {
        let Some(id) = self.socket else { unreachable!("every session was connected once") };
        let refusal = || CloseDetails { code: 1006, reason: Reason::Empty, was_clean: false };
        self.tell(
            match happening {
                Happening::Lost => Input::SocketClosed { id, details: self.farewell.clone() },
                Happening::Refused => Input::SocketClosed { id, details: refusal() },
                Happening::Accepted => Input::SocketOpened { id },
                Happening::Woken | Happening::TimedOut => Input::Timeout,
            },
            now,
        )
    }
}

/// The `retry` option of a page whose server tells when to come back.
fn retry(cause: Cause, details: &CloseDetails<Duration>, verdict: Verdict) -> Verdict {
    match (cause, &details.reason) {
        (Cause::ServerClose(1012), Reason::Given(delay)) => Verdict::Retry(Pace::After(*delay)),
        _ => verdict,
    }
}
