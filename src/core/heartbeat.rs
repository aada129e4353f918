//! Asking whether a silent socket lives.

use super::time::{Duration, Instant};

/// The question that is not answered yet. Whether an answer is overdue is for `Timer::ReplyTimeout` to say, which anything
/// that comes in clears: any frame proves life, but only the reply tells the round-trip time, and what arrived before it.
#[derive(Debug, Default)]
pub(crate) struct Heartbeat {
    question: Option<Question>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Question {
    /// `None` once it was asked again: nobody knows which of the two an answer is for (as with TCP, RFC 6298 §3).
    asked_at: Option<Instant>,
    /// How many messages were in flight when it was asked first: its answer says that they have arrived.
    pub(crate) in_flight: usize,
}

impl Heartbeat {
    pub(crate) fn asked(&mut self, now: Instant, in_flight: usize) {
        self.question = Some(match self.question {
            None => Question { asked_at: Some(now), in_flight },
            Some(first) => Question { asked_at: None, ..first },
        });
    }

    pub(crate) fn is_unanswered(&self) -> bool {
        self.question.is_some()
    }

    /// The question that this answers, if there is one.
    pub(crate) fn answered(&mut self) -> Option<Question> {
        self.question.take()
    }
}

impl Question {
    /// The round-trip time, if the answer tells it.
    pub(crate) fn rtt(&self, now: Instant) -> Option<Duration> {
        self.asked_at.map(|asked_at| now - asked_at)
    }
}
