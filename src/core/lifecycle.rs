//! How a session goes from socket to socket: attempts, their ends, what follows, and leaving for good.

use super::close::{ABNORMAL, Cause, CloseDetails, NO_CODE, Pace, Reason, Verdict};
use super::flow::Flow;
use super::heartbeat::Heartbeat;
use super::input::{Attempt, SocketId};
use super::outbox::Outbox;
use super::output::{DropReason, Effect, Event};
use super::session::Session;
use super::state::{Closing, Connecting, Open, Replaceable, Resolving, SocketEnd, State, Suspended, Waiting};
use super::time::Duration;
use super::timer::Timer;

/// A close that needs no server is announced in a task of its own, as the standard has it.
const NEXT_TASK: Duration = Duration::from_millis(1);

impl<P: Clone> Session<P> {
    pub(super) fn open(&mut self) {
        match &mut self.state {
            // It wants a connection already, and gets it when the page is back.
            State::Suspended(suspended) => {
                suspended.not_before = self.now;
                return self.backoff.reset(&self.config);
            }
            State::Idle | State::Closed => {}
            _ => self.leave(State::Waiting(Waiting::Delay), Cause::User, CloseDetails::abnormal()),
        }
        self.backoff.reset(&self.config);
        self.start_attempt(Replaceable::Yes);
    }

    pub(super) fn close(&mut self, code: Option<u16>, reason: Reason<P>) {
        match self.state {
            State::Closing(_) | State::Closed => {}
            State::Idle => self.finish(Cause::User, CloseDetails::abnormal()),
            State::Waiting(Waiting::Verdict(_)) => {
                if let Some(end) = self.take_unjudged() {
                    self.finish(Cause::User, end.details);
                }
            }
            State::Resolving(_) | State::Waiting(_) | State::Suspended(_) => {
                self.enter(State::Closing(Closing { answer: None }));
                self.timers.set(Timer::CloseTimeout, self.now + NEXT_TASK);
            }
            State::Connecting(_) | State::Open(_) => {
                // As with a plain WebSocket, what was sent before goes out before.
                while matches!(self.state, State::Open(_))
                    && let Some(message) = self.next_waiting()
                {
                    self.transmit(message);
                }
                self.enter(State::Closing(Closing { answer: Some(code.unwrap_or(NO_CODE)) }));
                self.effect(Effect::CloseSocket { id: SocketId(self.attempts), code, reason });
                self.start(Timer::CloseTimeout);
            }
        }
    }

    /// Leaves politely because the page is being left or frozen; when that comes back, so does the session.
    pub(super) fn suspend(&mut self) {
        if !self.config.page_hide_close {
            return;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked with the options"
        )]
        let code = self.config.page_hide_code as u16;
        let mut details = CloseDetails::abnormal();
        let mut not_before = self.now;
        match self.state {
            State::Idle | State::Suspended(_) | State::Closing(_) | State::Closed => return,
            State::Open(_) => {
                details = CloseDetails { code, reason: Reason::PageHide, was_clean: false };
                let id = SocketId(self.attempts);
                self.effect(Effect::CloseSocket { id, code: Some(code), reason: Reason::PageHide });
            }
            State::Waiting(Waiting::FixedDelay) => not_before = self.timers.at(Timer::Retry),
            _ => {}
        }
        self.leave(State::Suspended(Suspended { not_before }), Cause::PageHidden, details);
    }

    /// The page is back.
    pub(super) fn come_back(&mut self) {
        match self.state {
            State::Suspended(Suspended { not_before }) if self.now < not_before => {
                self.enter(State::Waiting(Waiting::FixedDelay));
                self.timers.set(Timer::Retry, not_before);
            }
            _ => self.start_attempt(Replaceable::Yes),
        }
    }

    /// Makes a new attempt in place of one whose handshake hangs.
    pub(super) fn start_again(&mut self) {
        let cause = self.classified(Cause::ConnectTimeout);
        self.leave(State::Waiting(Waiting::Delay), cause, CloseDetails::abnormal());
        self.start_attempt(Replaceable::No);
    }

    pub(super) fn start_attempt(&mut self, replaceable: Replaceable) {
        self.attempts += 1;
        self.enter(State::Resolving(Resolving { replaceable }));
        self.start(Timer::UrlTimeout);
        self.effect(Effect::ResolveUrl { attempt: Attempt(self.attempts) });
    }

    pub(super) fn handle_url_resolved(&mut self) {
        if let State::Resolving(Resolving { replaceable }) = self.state {
            self.enter(State::Connecting(Connecting { since: self.now, replaceable }));
            self.start(Timer::ConnectTimeout);
            self.effect(Effect::OpenSocket { id: SocketId(self.attempts) });
        }
    }

    pub(super) fn handle_url_failed(&mut self) {
        if matches!(self.state, State::Resolving(_)) {
            self.give_up(Cause::UrlFailed);
        }
    }

    pub(super) fn handle_socket_opened(&mut self) {
        if !matches!(self.state, State::Connecting(_)) {
            return;
        }
        let flow = Flow::new(self.queued_messages() > 0);
        self.enter(State::Open(Open { heartbeat: Heartbeat::default(), flow }));
        self.start(Timer::StableAfter);
        self.prove_alive();
        self.opened += 1;
        self.event(Event::Opened { reconnected: self.opened > 1 });
    }

    /// Some failures a browser tells without the `close` that the standard wants in the same task: Chromium a URL that the
    /// page's policy forbids, `WebKit` a blocked port.
    pub(super) fn handle_socket_failed(&mut self) {
        if matches!(self.state, State::Connecting(_)) && self.config.retries > 0.0 {
            self.timers.clear(Timer::ConnectTimeout);
            self.timers.set(Timer::CloseTimeout, self.now + NEXT_TASK);
        }
    }

    pub(super) fn handle_socket_closed(&mut self, details: CloseDetails<P>) {
        match self.state {
            State::Closing(Closing { answer: Some(code) }) => {
                // The server has read all that went before our close frame.
                if details.was_clean && details.code == code {
                    self.in_flight.iter_mut().for_each(Outbox::clear);
                }
                self.finish(Cause::User, details);
            }
            State::Open(_) if details.code != ABNORMAL => {
                self.lose(Cause::ServerClose(details.code), details);
            }
            State::Open(_) => self.lose(Cause::ConnectionLost, details),
            State::Connecting(_) => self.lose(Cause::NeverOpened, details),
            _ => {}
        }
    }

    pub(super) fn handle_judged(&mut self, verdict: Verdict) {
        if let Some(end) = self.take_unjudged() {
            self.settle(end.cause, end.details, verdict);
        }
    }

    /// Gives up on an attempt or a socket without waiting for the browser to agree.
    pub(super) fn give_up(&mut self, cause: Cause) {
        self.abandon();
        self.lose(cause, CloseDetails::abnormal());
    }

    pub(super) fn give_up_on_close(&mut self) {
        if matches!(self.state, State::Connecting(_)) {
            return self.give_up(Cause::NeverOpened);
        }
        self.abandon();
        self.finish(Cause::User, CloseDetails::abnormal());
    }

    fn abandon(&mut self) {
        if self.state.has_socket() {
            self.effect(Effect::AbandonSocket { id: SocketId(self.attempts) });
        }
    }

    fn classified(&self, cause: Cause) -> Cause {
        if self.offline { cause.while_offline() } else { cause }
    }

    pub(super) fn may_retry(&self) -> bool {
        f64::from(self.backoff.failures()) < self.config.retries
    }

    /// An attempt or a socket has ended; the session's intent has not.
    fn lose(&mut self, cause: Cause, details: CloseDetails<P>) {
        let cause = self.classified(cause);
        if !self.may_retry() {
            self.finish(cause, details);
        } else if self.config.judge {
            let attempt = Attempt(self.attempts);
            let verdict = cause.verdict();
            self.effect(Effect::Judge { attempt, cause, details: details.clone(), verdict });
            self.enter(State::Waiting(Waiting::Verdict(SocketEnd { cause, details })));
        } else {
            self.settle(cause, details, cause.verdict());
        }
    }

    fn settle(&mut self, cause: Cause, details: CloseDetails<P>, verdict: Verdict) {
        let Verdict::Retry(pace) = verdict else {
            return self.finish(cause, details);
        };
        self.enter(State::Waiting(match pace {
            Pace::AtOnce | Pace::Backoff => Waiting::Delay,
            Pace::Restart | Pace::Overload | Pace::After(_) => Waiting::FixedDelay,
        }));
        self.event(Event::Disconnected { cause, details, verdict });
        let delay = self.backoff.next_delay(pace, &self.config, &mut self.rng);
        self.timers.set(Timer::Retry, self.now + delay);
        self.event(Event::RetryScheduled { attempt: self.backoff.failures(), delay, cause });
    }

    /// Leaves the current socket or attempt, if there is one, because the user or the page says so.
    fn leave(&mut self, next: State<P>, cause: Cause, details: CloseDetails<P>) {
        self.abandon();
        let end = match self.take_unjudged() {
            None if matches!(self.state, State::Waiting(_)) => None,
            None => Some((cause, details)),
            Some(end) => Some((end.cause, end.details)),
        };
        self.enter(next);
        if let Some((cause, details)) = end {
            self.event(Event::Disconnected { cause, details, verdict: Verdict::Retry(Pace::AtOnce) });
        }
    }

    fn finish(&mut self, cause: Cause, details: CloseDetails<P>) {
        self.enter(State::Closed);
        self.event(Event::Disconnected { cause, details, verdict: Verdict::Stop });
        self.timers.clear(Timer::MessageTtl);
        while let Some(message) = self.outbox.as_mut().and_then(Outbox::pop) {
            self.drop_message(message, DropReason::Closed);
        }
        self.event(Event::Closed { cause });
    }

    /// The end that the user has not judged yet, if there is one; what follows it is decided now.
    fn take_unjudged(&mut self) -> Option<SocketEnd<P>> {
        if !matches!(self.state, State::Waiting(Waiting::Verdict(_))) {
            return None;
        }
        match core::mem::replace(&mut self.state, State::Waiting(Waiting::Delay)) {
            State::Waiting(Waiting::Verdict(end)) => Some(end),
            _ => None,
        }
    }

    /// Enters a state. The timers of the one it leaves end with it.
    fn enter(&mut self, next: State<P>) {
        let (from, to) = (self.state.kind(), next.kind());
        if from != to {
            self.event(Event::StateChanged { from, to });
        }
        // What was in the socket's buffer is gone with it.
        if matches!(&self.state, State::Open(open) if open.flow.is_congested())
            && self.queued_messages() == 0
            && !matches!(next, State::Closing(_) | State::Closed)
        {
            self.event(Event::Drained);
        }
        self.timers.clear_state();
        self.state = next;
        if !self.state.has_socket() {
            while let Some(message) = self.in_flight.as_mut().and_then(Outbox::pop) {
                self.drop_message(message, DropReason::InFlightUnknown);
            }
        }
    }
}
