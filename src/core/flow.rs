//! Backpressure: how much the browser's own buffer is given.

use super::config::{Config, count};
use super::time::Duration;

/// What is known of a socket's `bufferedAmount`, and whether more may be added to it.
///
/// Reading it costs a call into the browser, so it is counted up with each message instead, which is never too
/// little, and read only when the count reaches the high watermark.
#[derive(Debug)]
pub(crate) struct Flow {
    buffered: u64,
    gate: Gate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gate {
    /// Nothing waits: messages go straight to the socket.
    Clear,
    /// The count reached the high watermark; the true amount is being read. Something may have waited before.
    Measuring { waited: bool },
    /// Messages wait, and may go as long as the count allows.
    Filling,
    /// Nothing may go until the buffer has emptied to the low watermark. The next look is in `poll`.
    Blocked { poll: Duration },
    /// The socket takes nothing any more.
    Shut,
}

const FIRST_POLL: Duration = Duration::from_millis(10);
const LONGEST_POLL: Duration = Duration::from_millis(250);

/// What a reading of `bufferedAmount` leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Go on.
    Proceed,
    /// Nothing waits any more, after something did.
    Drained,
    /// Read again later.
    PollIn(Duration),
}

impl Flow {
    /// The flow of a fresh socket, with or without messages that wait for it.
    pub(crate) fn new(backlog: bool) -> Self {
        Self { buffered: 0, gate: if backlog { Gate::Filling } else { Gate::Clear } }
    }

    /// A message may go straight to the socket, past the outbox.
    pub(crate) fn is_clear(&self) -> bool {
        self.gate == Gate::Clear
    }

    /// Something waits, in the outbox or in the socket's buffer, and [`Reading::Drained`] is still to come.
    pub(crate) fn is_congested(&self) -> bool {
        !matches!(self.gate, Gate::Clear | Gate::Measuring { waited: false })
    }

    /// A message has to wait for another reason than the buffer.
    pub(crate) fn hold(&mut self) {
        if self.gate == Gate::Clear {
            self.gate = Gate::Filling;
        }
    }

    /// A message from the outbox may go to the socket.
    pub(crate) fn takes_backlog(&self) -> bool {
        matches!(self.gate, Gate::Clear | Gate::Filling)
    }

    /// Counts a message that goes to the socket. Returns whether `bufferedAmount` has to be read before the next.
    pub(crate) fn transmit(&mut self, bytes: u64, config: &Config) -> bool {
        self.buffered = self.buffered.saturating_add(bytes);
        let full = self.takes_backlog() && count(self.buffered) >= config.high_water_mark;
        if full {
            self.gate = Gate::Measuring { waited: self.gate == Gate::Filling };
        }
        full
    }

    /// No message waits any more. Returns whether `bufferedAmount` has to be read.
    pub(crate) fn emptied(&mut self) -> bool {
        let filling = self.gate == Gate::Filling;
        if filling {
            self.gate = Gate::Blocked { poll: FIRST_POLL };
        }
        filling
    }

    /// A full buffer has emptied since: the server's end takes what is sent.
    pub(crate) fn is_progress(&self, bytes: u64) -> bool {
        matches!(self.gate, Gate::Blocked { .. }) && bytes < self.buffered
    }

    /// Takes a reading of `bufferedAmount`.
    pub(crate) fn read(&mut self, bytes: u64, backlog: bool, config: &Config) -> Reading {
        let fallen = bytes < self.buffered;
        self.buffered = bytes;
        match self.gate {
            Gate::Clear | Gate::Filling | Gate::Shut => Reading::Proceed,
            Gate::Measuring { .. } if count(bytes) >= config.high_water_mark => self.block(FIRST_POLL),
            Gate::Measuring { .. } if backlog => self.reopen(Gate::Filling),
            Gate::Measuring { waited: false } => self.reopen(Gate::Clear),
            Gate::Measuring { .. } | Gate::Blocked { .. } if count(bytes) <= config.low_water_mark => {
                if backlog {
                    return self.reopen(Gate::Filling);
                }
                self.gate = Gate::Clear;
                Reading::Drained
            }
            Gate::Blocked { poll } if !fallen => self.block(poll.scaled(2.0).min(LONGEST_POLL)),
            Gate::Measuring { .. } | Gate::Blocked { .. } => self.block(FIRST_POLL),
        }
    }

    /// The socket takes nothing any more.
    pub(crate) fn shut(&mut self) {
        self.gate = Gate::Shut;
    }

    fn reopen(&mut self, gate: Gate) -> Reading {
        self.gate = gate;
        Reading::Proceed
    }

    fn block(&mut self, poll: Duration) -> Reading {
        self.gate = Gate::Blocked { poll };
        Reading::PollIn(poll)
    }
}
