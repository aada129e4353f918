//! The session: what happened and when goes in, what to do and what to tell comes out.

use std::collections::VecDeque;

use super::backoff::Backoff;
use super::close::Cause;
use super::config::Config;
use super::error::{SendError, SendErrorKind};
use super::flow::Reading;
use super::input::{Input, MessageId, Network, Outgoing, Page, SocketId};
use super::outbox::{Message, Outbox, Pushed};
use super::output::{DropReason, Effect, Event, Output};
use super::rng::Rng;
use super::state::{Open, State, StateKind, Waiting};
use super::time::Instant;
use super::timer::{Expiry, Timer, TimerTable};

/// A connection that lives until the user closes it or it gives up, over as many sockets as that takes.
///
/// `P` is the payload of a message, which the session never looks into.
///
/// The caller must drain it: one [`Input`] (or [`Session::send`]), then [`Session::poll_output`] until it returns
/// `None`, then [`Session::next_timeout`], then the next input. Handling an output may bring the next
/// input on early: outputs keep their order.
#[derive(Debug)]
pub struct Session<P> {
    pub(super) config: Config,
    pub(super) state: State,
    pub(super) timers: TimerTable,
    pub(super) backoff: Backoff,
    pub(super) rng: Rng,
    pub(super) now: Instant,
    pub(super) outputs: VecDeque<Output<P>>,
    pub(super) outbox: Option<Outbox<P>>,
    /// Attempts made so far: the latest one's name.
    pub(super) attempts: u32,
    /// Sockets that opened.
    pub(super) opened: u32,
    pub(super) messages: u64,
    pub(super) offline: bool,
}

impl<P> Session<P> {
    /// A session that waits for [`Input::Open`]. The seed should be unpredictable: retries are spread by it.
    pub fn new(config: Config, seed: u64, now: Instant) -> Self {
        Self {
            state: State::Idle,
            timers: TimerTable::default(),
            backoff: Backoff::new(&config),
            rng: Rng::new(seed),
            now,
            outputs: VecDeque::new(),
            outbox: config.queue.map(Outbox::new),
            attempts: 0,
            opened: 0,
            messages: 0,
            offline: false,
            config,
        }
    }

    /// The present state.
    pub fn state(&self) -> StateKind {
        self.state.kind()
    }

    /// How many attempts were made, this one included.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How many sockets opened.
    pub fn opened(&self) -> u32 {
        self.opened
    }

    /// How many messages wait in the outbox.
    pub fn queued_messages(&self) -> usize {
        self.outbox.as_ref().map_or(0, Outbox::len)
    }

    /// How many bytes wait in the outbox.
    pub fn queued_bytes(&self) -> u64 {
        self.outbox.as_ref().map_or(0, Outbox::bytes)
    }

    /// Whether messages go straight to the browser: nothing waits, and [`Event::Drained`] has nothing to announce.
    pub fn is_drained(&self) -> bool {
        match &self.state {
            State::Open(open) => open.flow.is_clear(),
            _ => self.queued_messages() == 0,
        }
    }

    /// Tells the session what happened.
    pub fn handle(&mut self, input: Input<P>, now: Instant) {
        self.advance(now);
        match input {
            Input::Open => self.open(),
            Input::Close { code, reason } => self.close(code, reason),
            Input::UrlResolved { attempt } => self.handle_url_resolved(attempt),
            Input::UrlFailed { attempt } => self.handle_url_failed(attempt),
            Input::SocketOpened { id } => self.handle_socket_opened(id),
            Input::SocketHeard { id } => self.handle_heard(id),
            Input::ReplyHeard { id } => self.handle_reply(id),
            Input::SocketClosed { id, details } => self.handle_socket_closed(id, details),
            Input::Untransmitted { id, message } => self.handle_untransmitted(id, message),
            Input::BufferedAmount { id, bytes } => self.handle_buffered_amount(id, bytes),
            Input::Judged { attempt, verdict } => self.handle_judged(attempt, verdict),
            Input::Network(Network::Online) => {
                self.offline = false;
                self.look_at_once();
            }
            Input::Network(Network::Offline) => self.offline = true,
            Input::Page(Page::Hiding { .. } | Page::Frozen) => self.suspend(),
            Input::Page(Page::Visible | Page::Shown { persisted: true } | Page::Resumed) => {
                self.look_at_once();
            }
            Input::Page(Page::Hidden | Page::Shown { persisted: false }) => {}
            Input::Timeout => {
                if let Some((timer, expiry)) = self.timers.take_due(self.now) {
                    self.handle_timer(timer, expiry);
                }
            }
        }
    }

    /// Sends a message: at once if the connection takes it, else it waits in the outbox. Every message that is
    /// taken has one outcome, [`Effect::Transmit`] or [`Event::Dropped`].
    ///
    /// # Errors
    /// If nothing can take the message it comes back: there is no open socket and no outbox, or the outbox is
    /// full and its policy is to refuse.
    pub fn send(&mut self, outgoing: Outgoing<P>, now: Instant) -> Result<MessageId, SendError<P>> {
        self.advance(now);
        let id = MessageId(self.messages);
        let ttl = outgoing.ttl.or_else(|| Some(self.outbox.as_ref()?.limits().ttl));
        let message = Message {
            id,
            payload: outgoing.payload,
            bytes: outgoing.bytes,
            expires_at: ttl.map_or(Instant::NEVER, |ttl| self.now + ttl),
        };
        match (&self.state, &mut self.outbox) {
            (State::Closing(_) | State::Closed, _) => self.drop_message(message, DropReason::Closed),
            (State::Open(open), outbox) if outbox.is_none() || open.flow.is_clear() => self.transmit(message),
            (_, None) => {
                return Err(SendError { payload: message.payload, kind: SendErrorKind::NotOpen });
            }
            (_, Some(outbox)) => {
                let expires_at = message.expires_at;
                match outbox.push(message) {
                    Pushed::Waits(evicted) => {
                        self.timers.set_no_later(Timer::MessageTtl, expires_at);
                        self.drop_messages(evicted, DropReason::Overflow);
                    }
                    Pushed::Dropped(message) => self.drop_message(message, DropReason::Overflow),
                    Pushed::Refused(message) => {
                        return Err(SendError { payload: message.payload, kind: SendErrorKind::QueueFull });
                    }
                }
            }
        }
        self.messages += 1;
        Ok(id)
    }

    /// The next thing to do or to tell. Call it until it returns `None`.
    pub fn poll_output(&mut self) -> Option<Output<P>> {
        if self.outputs.is_empty() {
            self.transmit_backlog();
        }
        self.outputs.pop_front()
    }

    /// When to call [`Session::handle`] with [`Input::Timeout`] at the latest.
    pub fn next_timeout(&self) -> Option<Instant> {
        self.timers.next()
    }

    pub(super) fn effect(&mut self, effect: Effect<P>) {
        self.outputs.push_back(Output::Effect(effect));
    }

    pub(super) fn event(&mut self, event: Event<P>) {
        self.outputs.push_back(Output::Event(event));
    }

    pub(super) fn transmit(&mut self, message: Message<P>) {
        let State::Open(Open { socket, flow, .. }) = &mut self.state else {
            return self.drop_message(message, DropReason::Closed);
        };
        let id = *socket;
        let measure = flow.transmit(message.bytes, &self.config);
        self.effect(Effect::Transmit { id, message });
        if measure {
            self.effect(Effect::ReadBufferedAmount { id });
        }
    }

    pub(super) fn drop_message(&mut self, message: Message<P>, reason: DropReason) {
        self.event(Event::Dropped { payload: message.payload, reason });
    }

    pub(super) fn drop_messages(&mut self, messages: Vec<Message<P>>, reason: DropReason) {
        for message in messages {
            self.drop_message(message, reason);
        }
    }

    fn advance(&mut self, now: Instant) {
        self.now = self.now.max(now);
    }

    /// Hands one waiting message to the socket. Doing so only when all else is done keeps the rest safe in the outbox
    /// should the socket be left meanwhile.
    fn transmit_backlog(&mut self) {
        let (State::Open(open), Some(outbox)) = (&mut self.state, &mut self.outbox) else {
            return;
        };
        if !open.flow.takes_backlog() {
            return;
        }
        if let Some(message) = outbox.pop() {
            self.transmit(message);
        } else if open.flow.emptied() {
            let id = open.socket;
            self.effect(Effect::ReadBufferedAmount { id });
        }
    }

    fn handle_heard(&mut self, id: SocketId) {
        if let State::Open(open) = &self.state
            && open.socket == id
        {
            self.prove_alive();
        }
    }

    fn handle_reply(&mut self, id: SocketId) {
        let now = self.now;
        if let State::Open(open) = &mut self.state
            && open.socket == id
        {
            if let Some(rtt) = open.heartbeat.answered(now) {
                self.event(Event::Latency { rtt });
            }
            self.prove_alive();
        }
    }

    fn handle_untransmitted(&mut self, id: SocketId, message: Message<P>) {
        if let State::Open(open) = &mut self.state
            && open.socket == id
        {
            open.flow.shut();
        }
        let expires_at = message.expires_at;
        match (&self.state, &mut self.outbox) {
            (State::Closing(_) | State::Closed, _) | (_, None) => {
                self.drop_message(message, DropReason::Closed);
            }
            (_, Some(outbox)) => match outbox.restore(message) {
                Ok(()) => self.timers.set_no_later(Timer::MessageTtl, expires_at),
                Err(message) => self.drop_message(message, DropReason::Overflow),
            },
        }
    }

    fn handle_buffered_amount(&mut self, id: SocketId, bytes: u64) {
        let backlog = self.queued_messages() > 0;
        let State::Open(open) = &mut self.state else { return };
        if open.socket != id {
            return;
        }
        let progress = open.flow.is_progress(bytes);
        match open.flow.read(bytes, backlog, &self.config) {
            Reading::Proceed => {}
            Reading::Drained => self.event(Event::Drained),
            Reading::PollIn(delay) => self.timers.set(Timer::DrainPoll, self.now + delay),
        }
        if progress {
            self.prove_alive();
        }
    }

    fn handle_timer(&mut self, timer: Timer, expiry: Expiry) {
        match (timer, expiry) {
            (Timer::UrlTimeout, Expiry::Doubtful) => {
                self.timers.set_again(timer, self.now + self.config.url_timeout);
            }
            (Timer::ConnectTimeout, Expiry::Doubtful) => {
                self.timers.set_again(timer, self.now + self.config.connect_timeout);
            }
            (Timer::StableAfter, Expiry::Doubtful) => {
                self.timers.set_again(timer, self.now + self.config.stable_after);
            }
            (Timer::ReplyTimeout, Expiry::Doubtful) => {
                self.ask();
                if let Some(heartbeat) = self.config.heartbeat {
                    self.timers.set_again(timer, self.now + heartbeat.timeout);
                }
            }
            (Timer::UrlTimeout, Expiry::Trusted) => self.give_up(Cause::UrlFailed),
            (Timer::ConnectTimeout, Expiry::Trusted) => self.give_up(Cause::ConnectTimeout),
            (Timer::StableAfter, Expiry::Trusted) => self.backoff.reset(&self.config),
            (Timer::ReplyTimeout, Expiry::Trusted) => self.give_up(Cause::HeartbeatTimeout),
            (Timer::Retry, _) => self.start_attempt(),
            (Timer::Heartbeat, _) => self.ask(),
            (Timer::CloseTimeout, _) => self.give_up_on_close(),
            (Timer::DrainPoll, _) => {
                if let Some(id) = self.state.socket() {
                    self.effect(Effect::ReadBufferedAmount { id });
                }
            }
            (Timer::MessageTtl, _) => self.expire_messages(),
        }
    }

    fn expire_messages(&mut self) {
        let Some(outbox) = &mut self.outbox else { return };
        let expired = outbox.expire(self.now);
        self.timers.set(Timer::MessageTtl, outbox.next_expiry());
        self.drop_messages(expired, DropReason::Expired);
    }

    /// Asks the server for a sign of life and waits for it for the full timeout.
    pub(super) fn ask(&mut self) {
        let (State::Open(open), Some(heartbeat)) = (&mut self.state, self.config.heartbeat) else {
            return;
        };
        open.heartbeat.asked(self.now);
        let id = open.socket;
        self.timers.clear(Timer::Heartbeat);
        self.timers.set(Timer::ReplyTimeout, self.now + heartbeat.timeout);
        self.effect(Effect::SendHeartbeat { id });
        // The session does not know how large it was.
        self.effect(Effect::ReadBufferedAmount { id });
    }

    /// The server gave a sign of life: only silence from now on costs a heartbeat.
    pub(super) fn prove_alive(&mut self) {
        if let Some(heartbeat) = self.config.heartbeat {
            self.timers.clear(Timer::ReplyTimeout);
            self.timers.set(Timer::Heartbeat, self.now + heartbeat.interval);
        }
    }

    /// A hint came that things may be better, or worse, than they look.
    fn look_at_once(&mut self) {
        match &self.state {
            State::Suspended | State::Waiting(Waiting::Delay) => self.start_attempt(),
            State::Open(_) if !self.timers.is_set(Timer::ReplyTimeout) => self.ask(),
            _ => {}
        }
    }
}
