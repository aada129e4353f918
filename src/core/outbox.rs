//! The messages that wait for a connection or for room in its buffer.

use std::collections::VecDeque;

use super::config::{OverflowPolicy, QueueConfig};
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

/// Waiting messages in the order sent, never more or larger than the limits.
#[derive(Debug)]
pub(crate) struct Outbox<P> {
    limits: QueueConfig,
    messages: VecDeque<Message<P>>,
    bytes: u64,
}

/// What became of a message that was to wait.
#[derive(Debug)]
pub(crate) enum Pushed<P> {
    /// It waits. These gave way to it.
    Waits(Vec<Message<P>>),
    /// It found no room and is dropped.
    Dropped(Message<P>),
    /// It found no room and goes back to its sender.
    Refused(Message<P>),
}

impl<P> Outbox<P> {
    pub(crate) fn new(limits: QueueConfig) -> Self {
        Self { limits, messages: VecDeque::new(), bytes: 0 }
    }

    pub(crate) fn limits(&self) -> &QueueConfig {
        &self.limits
    }

    pub(crate) fn len(&self) -> usize {
        self.messages.len()
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// When the first of them has waited too long.
    pub(crate) fn next_expiry(&self) -> Instant {
        self.messages.iter().map(|message| message.expires_at).min().unwrap_or(Instant::NEVER)
    }

    /// Adds a message at the end, making room as the overflow policy says.
    pub(crate) fn push(&mut self, message: Message<P>) -> Pushed<P> {
        let possible = self.limits.max_messages > 0 && message.bytes <= self.limits.max_bytes;
        let mut evicted = Vec::new();
        if !self.has_room(message.bytes) {
            match self.limits.overflow {
                OverflowPolicy::DropOldest if possible => {
                    while !self.has_room(message.bytes) {
                        evicted.extend(self.pop());
                    }
                }
                OverflowPolicy::DropOldest | OverflowPolicy::DropNewest => return Pushed::Dropped(message),
                OverflowPolicy::Refuse => return Pushed::Refused(message),
            }
        }
        self.bytes += message.bytes;
        self.messages.push_back(message);
        Pushed::Waits(evicted)
    }

    /// Puts a message back at its place in the order sent, or hands it back if there is no room left.
    pub(crate) fn restore(&mut self, message: Message<P>) -> Result<(), Message<P>> {
        if !self.has_room(message.bytes) {
            return Err(message);
        }
        let place = self.messages.partition_point(|waiting| waiting.id < message.id);
        self.bytes += message.bytes;
        self.messages.insert(place, message);
        Ok(())
    }

    /// Takes out the oldest message.
    pub(crate) fn pop(&mut self) -> Option<Message<P>> {
        let message = self.messages.pop_front()?;
        self.bytes -= message.bytes;
        Some(message)
    }

    /// Takes out the messages that have waited too long.
    pub(crate) fn expire(&mut self, now: Instant) -> Vec<Message<P>> {
        let (expired, waiting) =
            core::mem::take(&mut self.messages).into_iter().partition(|message| message.expires_at <= now);
        let expired: VecDeque<Message<P>> = expired;
        self.messages = waiting;
        self.bytes -= expired.iter().map(|message| message.bytes).sum::<u64>();
        expired.into()
    }

    fn has_room(&self, bytes: u64) -> bool {
        self.messages.len() < self.limits.max_messages
            && self.bytes.saturating_add(bytes) <= self.limits.max_bytes
    }
}
