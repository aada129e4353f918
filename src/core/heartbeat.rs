//! Asking whether a silent socket lives.

use super::time::{Duration, Instant};

/// Which question an answer is for. Whether an answer is overdue is for `Timer::ReplyTimeout` to say, which anything
/// that comes in clears: any frame proves life, but only the answer tells the round-trip time, and what arrived before its
/// question. Answers come in the order of the questions; one question is kept, the others are counted, since a server may
/// never answer.
#[derive(Debug, Default)]
pub(crate) struct Heartbeat {
    /// Questions asked before the one kept.
    before: u32,
    question: Option<Question>,
    /// Questions asked since.
    after: u32,
}

#[derive(Debug)]
pub(crate) struct Question {
    asked_at: Instant,
    /// How many messages were in flight. The answer says that they have arrived.
    pub(crate) in_flight: usize,
}

impl Heartbeat {
    pub(crate) fn asked(&mut self, now: Instant, in_flight: usize) {
        if self.question.is_some() {
            self.after = self.after.saturating_add(1);
        } else {
            self.question = Some(Question { asked_at: now, in_flight });
        }
    }

    pub(crate) fn is_unanswered(&self) -> bool {
        self.question.is_some()
    }

    /// The question that this answers, if it is the one kept.
    pub(crate) fn answered(&mut self) -> Option<Question> {
        if self.before > 0 {
            self.before -= 1;
            return None;
        }
        let question = self.question.take();
        self.before = core::mem::take(&mut self.after);
        question
    }
}

impl Question {
    pub(crate) fn rtt(&self, now: Instant) -> Duration {
        now - self.asked_at
    }
}
