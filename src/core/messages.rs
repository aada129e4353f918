//! What becomes of messages: they wait, go to the socket, come back from it, and are given up.

use super::flow::Reading;
use super::input::SocketId;
use super::outbox::{Message, Outbox};
use super::output::{DropReason, Effect, Event};
use super::session::Session;
use super::state::State;
use super::time::Instant;
use super::timer::Timer;

impl<P: Clone> Session<P> {
    pub(super) fn transmit(&mut self, message: Message<P>) {
        let State::Open(open) = &mut self.state else {
            return self.drop_message(message, DropReason::Closed);
        };
        let full = open.flow.transmit(message.bytes, &self.config);
        if let Some(in_flight) = &mut self.in_flight {
            in_flight.push(message.clone());
        }
        self.effect(Effect::Transmit { id: SocketId(self.attempts), message });
        if full {
            self.measure();
        }
        self.confirm_flight();
    }

    pub(super) fn is_flight_full(&self) -> bool {
        self.in_flight.as_ref().is_some_and(|in_flight| in_flight.has_filled(1.0))
    }

    /// Asks for an answer in time, so that what is in flight seldom has to pause.
    pub(super) fn confirm_flight(&mut self) {
        if let State::Open(open) = &self.state
            && !open.heartbeat.is_unanswered()
            && self.in_flight.as_ref().is_some_and(|in_flight| in_flight.has_filled(0.5))
        {
            self.ask();
        }
    }

    pub(super) fn drop_message(&mut self, message: Message<P>, reason: DropReason) {
        self.event(Event::Dropped { payload: message.payload, reason });
    }

    /// Has a message wait; the oldest ones give way to it.
    pub(super) fn enqueue(&mut self, message: Message<P>) {
        self.timers.set_no_later(Timer::MessageTtl, message.expires_at);
        if let State::Open(open) = &mut self.state {
            open.flow.hold();
        }
        while let Some(outbox) = &mut self.outbox {
            if outbox.has_room(message.bytes) {
                return outbox.push(message);
            }
            if let Some(oldest) = outbox.pop() {
                self.drop_message(oldest, DropReason::Overflow);
            }
        }
    }

    /// Hands one waiting message to the socket. Doing so only when all else is done keeps the rest safe in the outbox
    /// should the socket be left meanwhile.
    pub(super) fn transmit_backlog(&mut self) {
        if !matches!(&self.state, State::Open(open) if open.flow.takes_backlog()) || self.is_flight_full() {
            return;
        }
        if let Some(message) = self.next_waiting() {
            self.transmit(message);
        } else if let State::Open(open) = &mut self.state
            && open.flow.emptied()
        {
            self.measure();
        }
    }

    /// Takes out the oldest message that has not waited too long.
    pub(super) fn next_waiting(&mut self) -> Option<Message<P>> {
        loop {
            let message = self.outbox.as_mut()?.pop()?;
            if self.now < message.expires_at {
                return Some(message);
            }
            self.drop_message(message, DropReason::Expired);
        }
    }

    pub(super) fn handle_untransmitted(&mut self, id: SocketId, message: Message<P>) {
        let present = id.0 == self.attempts && self.state.has_socket();
        if present && let State::Open(open) = &mut self.state {
            open.flow.shut();
        }
        match &mut self.in_flight {
            // Those sent after it are to come back too.
            Some(in_flight) if present => in_flight.pop_from(message.id),
            // It was told of with what its socket left in flight.
            Some(_) => return,
            None => {}
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

    pub(super) fn handle_buffered_amount(&mut self, bytes: u64) {
        let backlog = self.queued_messages() > 0;
        let State::Open(open) = &mut self.state else { return };
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

    /// Has `bufferedAmount` read.
    pub(super) fn measure(&mut self) {
        if self.state.has_socket() {
            self.effect(Effect::ReadBufferedAmount { id: SocketId(self.attempts) });
        }
    }

    pub(super) fn expire_messages(&mut self) {
        let mut next_expiry = Instant::NEVER;
        let waiting = self.queued_messages();
        for _ in 0..waiting {
            match self.outbox.as_mut().and_then(Outbox::pop) {
                Some(message) if message.expires_at <= self.now => {
                    self.drop_message(message, DropReason::Expired);
                }
                Some(message) => {
                    next_expiry = next_expiry.min(message.expires_at);
                    self.enqueue(message);
                }
                None => {}
            }
        }
        self.timers.set(Timer::MessageTtl, next_expiry);
        // With a connection, its buffer has a say.
        if waiting > 0 && self.queued_messages() == 0 && !matches!(self.state, State::Open(_)) {
            self.event(Event::Drained);
        }
    }
}
