//! A browser of a few lines, and the road behind it.

use std::collections::BTreeMap;

use steadysocket::core::{CloseDetails, Duration, Effect, Input, Instant, Reason, SocketId, Verdict};

/// How something asked for turns out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Well, after this time; within the call that asked if that is zero.
    Yes(Duration),
    /// Badly, after this time; within the call that asked if that is zero.
    No(Duration),
    /// Not at all.
    Never,
}

/// How the page, the road and the server behave from now on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Road {
    /// What the URL provider does.
    pub(crate) url: Answer,
    /// What a handshake comes to.
    pub(crate) handshake: Answer,
    /// How long `close()` takes until the close event; `None`: for ever.
    pub(crate) close_takes: Option<Duration>,
    /// How long a heartbeat's answer takes; `None`: there is none.
    pub(crate) reply_takes: Option<Duration>,
    /// How fast a socket's buffer drains. `u64::MAX`: at once.
    pub(crate) bytes_per_second: u64,
    /// The user is asked to judge and does not answer yet.
    pub(crate) ponders: bool,
    /// What the user says when asked to judge; `None`: nothing to object.
    pub(crate) verdict: Option<Verdict>,
}

impl Default for Road {
    fn default() -> Self {
        Self {
            url: Answer::Yes(Duration::ZERO),
            handshake: Answer::Yes(Duration::from_millis(50)),
            close_takes: Some(Duration::from_millis(50)),
            reply_takes: Some(Duration::from_millis(50)),
            bytes_per_second: u64::MAX,
            ponders: false,
            verdict: None,
        }
    }
}

/// What a `WebSocket` is doing, by its own account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Connecting,
    Open,
    Closing,
    Closed,
}

#[derive(Clone, Copy, Debug)]
struct Socket {
    phase: Phase,
    buffered: u64,
    measured: Instant,
}

/// Carries out effects. What comes of them waits in an agenda, except for what is known within the call.
#[derive(Debug, Default)]
pub(crate) struct Browser {
    pub(crate) road: Road,
    /// The bytes of each message, by its number.
    pub(crate) sizes: Vec<u64>,
    /// The messages that sockets took.
    pub(crate) taken: Vec<(SocketId, u64)>,
    sockets: BTreeMap<SocketId, Socket>,
    agenda: BTreeMap<(Instant, u64), Input<u64>>,
    written: u64,
}

impl Browser {
    /// When the next entry of the agenda is due.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.agenda.keys().next().map(|&(at, _)| at)
    }

    /// The next entry that is due by `now`, unless its socket would not say it any more.
    pub(crate) fn due(&mut self, now: Instant) -> Option<Input<u64>> {
        loop {
            let entry = self.agenda.first_entry().filter(|entry| entry.key().0 <= now)?;
            let input = entry.remove();
            let settled = match &input {
                Input::SocketOpened { id } => self.phase(*id) != Some(Phase::Connecting),
                Input::SocketClosed { id, .. } => self.phase(*id) == Some(Phase::Closed),
                _ => false,
            };
            if !settled {
                return Some(input);
            }
        }
    }

    /// Takes note of what is being told to the session.
    pub(crate) fn told(&mut self, input: &Input<u64>, now: Instant) {
        let (id, phase) = match input {
            Input::SocketOpened { id } => (id, Phase::Open),
            Input::SocketClosed { id, .. } => (id, Phase::Closed),
            _ => return,
        };
        if let Some(socket) = self.sockets.get_mut(id) {
            (socket.phase, socket.measured) = (phase, now);
        }
    }

    /// What the socket is doing.
    pub(crate) fn phase(&self, id: SocketId) -> Option<Phase> {
        self.sockets.get(&id).map(|socket| socket.phase)
    }

    /// The socket's `bufferedAmount`.
    pub(crate) fn buffered(&self, id: SocketId, now: Instant) -> u64 {
        self.sockets.get(&id).map_or(0, |socket| {
            let elapsed = (now - socket.measured).as_micros();
            match self.road.bytes_per_second {
                u64::MAX => 0,
                rate => socket.buffered.saturating_sub(rate.saturating_mul(elapsed) / 1_000_000),
            }
        })
    }

    /// Notes how far the buffers have drained: the road is about to change.
    pub(crate) fn settle(&mut self, now: Instant) {
        let ids: Vec<_> = self.sockets.keys().copied().collect();
        for id in ids {
            let buffered = self.buffered(id, now);
            if let Some(socket) = self.sockets.get_mut(&id) {
                (socket.buffered, socket.measured) = (buffered, now);
            }
        }
    }

    /// The server begins to close, or the connection breaks: the close event follows in `after`.
    pub(crate) fn end(&mut self, id: SocketId, details: CloseDetails<u64>, after: Duration, now: Instant) {
        self.set_phase(id, Phase::Closing);
        self.write(now + after, Input::SocketClosed { id, details });
    }

    /// Notes something to happen.
    pub(crate) fn write(&mut self, at: Instant, input: Input<u64>) {
        self.agenda.insert((at, self.written), input);
        self.written += 1;
    }

    /// Does what the session wants; answers what it is to be told within the call.
    pub(crate) fn execute(&mut self, effect: Effect<u64>, now: Instant) -> Option<Input<u64>> {
        match effect {
            Effect::ResolveUrl { attempt } => {
                let (yes, no) = (Input::UrlResolved { attempt }, Input::UrlFailed { attempt });
                self.answer(self.road.url, yes, no, now)
            }
            Effect::OpenSocket { id } => {
                self.sockets.insert(id, Socket { phase: Phase::Connecting, buffered: 0, measured: now });
                let refused = Input::SocketClosed { id, details: abnormal() };
                self.answer(self.road.handshake, Input::SocketOpened { id }, refused, now)
            }
            Effect::CloseSocket { id, code, reason } => {
                let opened = self.phase(id) == Some(Phase::Open);
                let clean = CloseDetails { code: code.unwrap_or(1005), reason, was_clean: true };
                self.close(id, if opened { clean } else { abnormal() }, now);
                None
            }
            // A driver that forgets to stop listening.
            Effect::AbandonSocket { id } => {
                self.close(id, abnormal(), now);
                None
            }
            Effect::Transmit { id, message } => {
                if self.phase(id) != Some(Phase::Open) {
                    return Some(Input::Untransmitted { id, message });
                }
                self.taken.push((id, message.payload));
                let size = usize::try_from(message.payload).ok().and_then(|n| self.sizes.get(n)).copied();
                let buffered = self.buffered(id, now) + size.unwrap_or(0);
                if let Some(socket) = self.sockets.get_mut(&id) {
                    (socket.buffered, socket.measured) = (buffered, now);
                }
                None
            }
            Effect::SendHeartbeat { id } => {
                if let Some(after) = self.road.reply_takes {
                    self.write(now + after, Input::ReplyHeard { id });
                }
                None
            }
            Effect::ReadBufferedAmount { id } => {
                Some(Input::BufferedAmount { id, bytes: self.buffered(id, now) })
            }
            Effect::Judge { .. } if self.road.ponders => None,
            Effect::Judge { attempt, verdict, .. } => {
                Some(Input::Judged { attempt, verdict: self.road.verdict.unwrap_or(verdict) })
            }
            other => unreachable!("unknown effect {other:?}"),
        }
    }

    /// An answer known at once is given within the call.
    fn answer(&mut self, how: Answer, yes: Input<u64>, no: Input<u64>, now: Instant) -> Option<Input<u64>> {
        let (after, input) = match how {
            Answer::Yes(after) => (after, yes),
            Answer::No(after) => (after, no),
            Answer::Never => return None,
        };
        if after == Duration::ZERO {
            return Some(input);
        }
        self.write(now + after, input);
        None
    }

    fn close(&mut self, id: SocketId, details: CloseDetails<u64>, now: Instant) {
        self.set_phase(id, Phase::Closing);
        if let Some(after) = self.road.close_takes {
            self.write(now + after, Input::SocketClosed { id, details });
        }
    }

    fn set_phase(&mut self, id: SocketId, phase: Phase) {
        if let Some(socket) = self.sockets.get_mut(&id).filter(|socket| socket.phase != Phase::Closed) {
            socket.phase = phase;
        }
    }
}

/// The reason that the server gives.
pub(crate) const BYE: Reason<u64> = Reason::Given(4_711);

/// An end without a closing handshake.
pub(crate) fn abnormal() -> CloseDetails<u64> {
    CloseDetails { code: 1006, reason: Reason::Empty, was_clean: false }
}

/// An end that the server announced.
pub(crate) fn closed_with(code: u16) -> CloseDetails<u64> {
    CloseDetails { code, reason: BYE, was_clean: true }
}
