//! The messages that wait for a connection or for room in its buffer; and those that are in flight.

use std::collections::VecDeque;

use super::config::{QueueOptions, count};
use super::input::MessageId;
use super::time::Instant;

/// A message on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message<P> {
    /// Its name.
    pub id: MessageId,
    /// What to send.
    pub payload: P,
    pub(crate) bytes: u64,
    pub(crate) expires_at: Instant,
}

/// Messages in the order sent. Those that wait are never more or larger than the limits; of those in flight, the last
/// one may reach over, and so may what a close takes along.
#[derive(Debug)]
pub(crate) struct Outbox<P> {
    limits: QueueOptions,
    messages: VecDeque<Message<P>>,
    bytes: u64,
}

impl<P> Outbox<P> {
    pub(crate) fn new(limits: QueueOptions) -> Self {
        Self { limits, messages: VecDeque::new(), bytes: 0 }
    }

    pub(crate) fn limits(&self) -> &QueueOptions {
        &self.limits
    }

    pub(crate) fn len(&self) -> usize {
        self.messages.len()
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether a message of that size fits beside those that wait.
    pub(crate) fn has_room(&self, bytes: u64) -> bool {
        count(self.messages.len() as u64) < self.limits.max_messages
            && count(self.bytes.saturating_add(bytes)) <= self.limits.max_bytes
    }

    /// Whether a message of that size fits if none other waits.
    pub(crate) fn could_hold(&self, bytes: u64) -> bool {
        self.limits.max_messages > 0.0 && count(bytes) <= self.limits.max_bytes
    }

    /// Whether this share of what is allowed is there. Where nothing is allowed, one message is.
    pub(crate) fn has_filled(&self, share: f64) -> bool {
        !self.messages.is_empty()
            && (count(self.messages.len() as u64) >= share * self.limits.max_messages
                || count(self.bytes) >= share * self.limits.max_bytes)
    }

    /// Adds a message at the end.
    pub(crate) fn push(&mut self, message: Message<P>) {
        self.bytes = self.bytes.saturating_add(message.bytes);
        self.messages.push_back(message);
    }

    /// Puts a message back at its place in the order sent, or hands it back if there is no room left.
    pub(crate) fn restore(&mut self, message: Message<P>) -> Result<(), Message<P>> {
        if !self.has_room(message.bytes) {
            return Err(message);
        }
        self.bytes = self.bytes.saturating_add(message.bytes);
        let id = message.id;
        self.messages.push_front(message);
        // Those that came back before it were sent before it.
        let mut place = 0;
        while self.messages.get(place + 1).is_some_and(|waiting| waiting.id < id) {
            self.messages.swap(place, place + 1);
            place += 1;
        }
        Ok(())
    }

    pub(crate) fn clear(&mut self) {
        self.pop_many(self.messages.len());
    }

    /// Takes out that many of the oldest messages.
    pub(crate) fn pop_many(&mut self, count: usize) {
        for _ in 0..count {
            self.pop();
        }
    }

    /// Takes out the message of this name and all that were sent after it.
    pub(crate) fn pop_from(&mut self, id: MessageId) {
        while self.messages.back().is_some_and(|message| message.id >= id)
            && let Some(message) = self.messages.pop_back()
        {
            self.bytes = self.bytes.saturating_sub(message.bytes);
        }
    }

    /// Takes out the oldest message.
    pub(crate) fn pop(&mut self) -> Option<Message<P>> {
        let message = self.messages.pop_front()?;
        self.bytes = self.bytes.saturating_sub(message.bytes);
        Some(message)
    }
}
