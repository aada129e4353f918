//! How a session goes from socket to socket: attempts, their ends, what follows, and leaving for good.

use super::close::{ABNORMAL, Cause, CloseDetails, Pace, Verdict};
use super::flow::Flow;
use super::heartbeat::Heartbeat;
use super::input::{Attempt, SocketId};
use super::output::{DropReason, Effect, Event};
use super::session::Session;
use super::state::{Closing, Connecting, Open, Resolving, SocketEnd, State, Waiting};
use super::time::Duration;
use super::timer::Timer;

/// A close that needs no server is announced in a task of its own, as the standard has it.
const NEXT_TASK: Duration = Duration::from_millis(1);

impl<P> Session<P> {
    pub(super) fn open(&mut self) {
        match self.state {
            // It wants a connection already, and gets it when the page is back.
            State::Suspended => return,
            State::Idle | State::Closed => {}
            _ => self.leave(State::Waiting(Waiting::Delay), Cause::User, CloseDetails::abnormal()),
        }
        self.backoff.reset(&self.config);
        self.start_attempt();
    }

    pub(super) fn close(&mut self, code: Option<u16>, reason: String) {
        match self.state {
            State::Idle | State::Closing(_) | State::Closed => {}
            State::Waiting(Waiting::Verdict(_)) => {
                if let State::Waiting(Waiting::Verdict(end)) = self.enter(State::Closed) {
                    self.finish(Cause::User, end.details);
                }
            }
            State::Resolving(_) | State::Waiting(_) | State::Suspended => {
                self.enter(State::Closing(Closing { socket: None }));
                self.timers.set(Timer::CloseTimeout, self.now + NEXT_TASK);
            }
            State::Connecting(Connecting { socket: id }) | State::Open(Open { socket: id, .. }) => {
                // As with a plain WebSocket, what was sent before goes out before.
                if matches!(self.state, State::Open(_)) {
                    while let Some(message) = self.outbox.as_mut().and_then(super::outbox::Outbox::pop) {
                        self.transmit(message);
                    }
                }
                self.enter(State::Closing(Closing { socket: Some(id) }));
                self.effect(Effect::CloseSocket { id, code, reason });
                self.timers.set(Timer::CloseTimeout, self.now + self.config.close_timeout);
            }
        }
    }

    /// Leaves politely because the page is being left or frozen; a sign that it lives brings the session back.
    pub(super) fn suspend(&mut self) {
        let Some(page_hide) = self.config.page_hide.clone() else { return };
        let mut details = CloseDetails::abnormal();
        match self.state {
            State::Idle | State::Suspended | State::Closing(_) | State::Closed => return,
            State::Open(Open { socket: id, .. }) => {
                let (code, reason) = (page_hide.code, page_hide.reason);
                details = CloseDetails { code, reason: reason.clone(), was_clean: false };
                self.effect(Effect::CloseSocket { id, code: Some(code), reason });
            }
            _ => {}
        }
        self.leave(State::Suspended, Cause::PageHidden, details);
    }

    pub(super) fn start_attempt(&mut self) {
        self.attempts += 1;
        let attempt = Attempt(self.attempts);
        self.enter(State::Resolving(Resolving { attempt }));
        self.timers.set(Timer::UrlTimeout, self.now + self.config.url_timeout);
        self.effect(Effect::ResolveUrl { attempt });
    }

    pub(super) fn handle_url_resolved(&mut self, attempt: Attempt) {
        if self.is_resolving(attempt) {
            let id = SocketId(attempt.0);
            self.enter(State::Connecting(Connecting { socket: id }));
            self.timers.set(Timer::ConnectTimeout, self.now + self.config.connect_timeout);
            self.effect(Effect::OpenSocket { id });
        }
    }

    pub(super) fn handle_url_failed(&mut self, attempt: Attempt) {
        if self.is_resolving(attempt) {
            self.give_up(Cause::UrlFailed);
        }
    }

    pub(super) fn handle_socket_opened(&mut self, id: SocketId) {
        if !matches!(self.state, State::Connecting(Connecting { socket }) if socket == id) {
            return;
        }
        let flow = Flow::new(self.queued_messages() > 0);
        self.enter(State::Open(Open { socket: id, heartbeat: Heartbeat::default(), flow }));
        self.timers.set(Timer::StableAfter, self.now + self.config.stable_after);
        self.prove_alive();
        self.opened += 1;
        self.event(Event::Opened { reconnected: self.opened > 1 });
    }

    pub(super) fn handle_socket_closed(&mut self, id: SocketId, details: CloseDetails) {
        if self.state.socket() != Some(id) {
            return;
        }
        match self.state {
            State::Closing(_) => self.finish(Cause::User, details),
            State::Open(_) if details.code != ABNORMAL => {
                self.lose(Cause::ServerClose(details.code), details);
            }
            State::Open(_) => self.lose(Cause::ConnectionLost, details),
            _ => self.lose(Cause::NeverOpened, details),
        }
    }

    pub(super) fn handle_judged(&mut self, attempt: Attempt, verdict: Verdict) {
        if matches!(&self.state, State::Waiting(Waiting::Verdict(end)) if end.attempt == attempt)
            && let State::Waiting(Waiting::Verdict(end)) = self.enter(State::Waiting(Waiting::Delay))
        {
            self.settle(end.cause, end.details, verdict);
        }
    }

    /// Gives up on an attempt or a socket without waiting for the browser to agree.
    pub(super) fn give_up(&mut self, cause: Cause) {
        if let Some(id) = self.state.socket() {
            self.effect(Effect::AbandonSocket { id });
        }
        self.lose(cause, CloseDetails::abnormal());
    }

    pub(super) fn give_up_on_close(&mut self) {
        if let Some(id) = self.state.socket() {
            self.effect(Effect::AbandonSocket { id });
        }
        self.finish(Cause::User, CloseDetails::abnormal());
    }

    /// An attempt or a socket has ended; the session's intent has not.
    fn lose(&mut self, cause: Cause, details: CloseDetails) {
        let cause = if self.offline { cause.while_offline() } else { cause };
        if self.backoff.failures() >= self.config.retries {
            self.finish(cause, details);
        } else if self.config.judge {
            let attempt = Attempt(self.attempts);
            let verdict = cause.verdict();
            self.effect(Effect::Judge { attempt, cause, details: details.clone(), verdict });
            self.enter(State::Waiting(Waiting::Verdict(SocketEnd { attempt, cause, details })));
        } else {
            self.settle(cause, details, cause.verdict());
        }
    }

    fn settle(&mut self, cause: Cause, details: CloseDetails, verdict: Verdict) {
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
    fn leave(&mut self, next: State, cause: Cause, details: CloseDetails) {
        if let Some(id) = self.state.socket() {
            self.effect(Effect::AbandonSocket { id });
        }
        let verdict = Verdict::Retry(Pace::AtOnce);
        match self.enter(next) {
            State::Waiting(Waiting::Verdict(SocketEnd { cause, details, .. })) => {
                self.event(Event::Disconnected { cause, details, verdict });
            }
            State::Waiting(_) => {}
            _ => self.event(Event::Disconnected { cause, details, verdict }),
        }
    }

    fn finish(&mut self, cause: Cause, details: CloseDetails) {
        self.enter(State::Closed);
        self.event(Event::Disconnected { cause, details, verdict: Verdict::Stop });
        self.timers.clear(Timer::MessageTtl);
        while let Some(message) = self.outbox.as_mut().and_then(super::outbox::Outbox::pop) {
            self.drop_message(message, DropReason::Closed);
        }
        self.event(Event::Closed { cause });
    }

    fn is_resolving(&self, attempt: Attempt) -> bool {
        matches!(self.state, State::Resolving(Resolving { attempt: current }) if current == attempt)
    }

    /// Enters a state and returns the one it leaves. Its timers end with it.
    fn enter(&mut self, next: State) -> State {
        let (from, to) = (self.state.kind(), next.kind());
        if from != to {
            self.event(Event::StateChanged { from, to });
        }
        self.timers.clear_state();
        core::mem::replace(&mut self.state, next)
    }
}
