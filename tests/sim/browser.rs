//! A browser of a few lines, and the server behind it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use steadysocket::core::{
    Attempt, CloseDetails, Duration, Effect, Input, Instant, Reason, SocketId, Verdict,
};

use crate::network::{Network, Path, Via};

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
    /// How long the server takes to answer `close()`; `None`: for ever.
    pub(crate) close_takes: Option<Duration>,
    /// How long the browser waits for that; `None`: for ever.
    pub(crate) patience: Option<Duration>,
    /// How long a heartbeat's answer takes once the heartbeat has left the buffer; `None`: there is none.
    pub(crate) reply_takes: Option<Duration>,
    /// How fast a socket's buffer drains. `u64::MAX`: at once.
    pub(crate) bytes_per_second: u64,
    /// `bufferedAmount` does not show the buffer.
    pub(crate) hides_buffer: bool,
    /// A handshake that fails is told by `error` alone.
    pub(crate) forgets_close: bool,
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
            patience: None,
            reply_takes: Some(Duration::from_millis(50)),
            bytes_per_second: u64::MAX,
            hides_buffer: false,
            forgets_close: false,
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

/// What a socket has in its buffer, or had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parcel {
    Message(u64),
    Heartbeat,
}

#[derive(Clone, Debug)]
struct Socket {
    phase: Phase,
    /// Bytes handed to it, and bytes that left by the time `measured`.
    written: u64,
    left: u64,
    measured: Instant,
    /// What is in the buffer, by the number of bytes up to its end.
    parcels: VecDeque<(u64, Parcel)>,
    /// When the last heartbeat was sent.
    asked: Option<Instant>,
    /// `close()` was called on it when it was open.
    closed: bool,
}

/// Carries out effects. What comes of them is on its way, except for what is known within the call.
#[derive(Debug, Default)]
pub(crate) struct Browser {
    pub(crate) road: Road,
    pub(crate) network: Network,
    /// The bytes of each message, by its number.
    pub(crate) sizes: Vec<u64>,
    /// The messages that sockets took.
    pub(crate) taken: Vec<(SocketId, u64)>,
    /// What the user is asked to judge, and does not answer yet.
    pub(crate) question: Option<(Attempt, Verdict)>,
    /// The messages that reached the server.
    pub(crate) received: Vec<(SocketId, u64)>,
    sockets: BTreeMap<SocketId, Socket>,
    /// Those that have something in their buffer.
    busy: BTreeSet<SocketId>,
}

impl Browser {
    /// When something happens next.
    pub(crate) fn next(&self) -> Option<Instant> {
        let leaving = self.busy.iter().filter_map(|id| self.leaves(*id, self.sockets.get(id)?)).min();
        leaving.into_iter().chain(self.network.next()).min()
    }

    /// The next event that is due by `now`, unless its socket would not say it any more.
    pub(crate) fn due(&mut self, now: Instant) -> Option<Input<u64>> {
        self.settle(now);
        loop {
            let input = self.network.pop(now)?;
            let settled = match &input {
                Input::SocketOpened { id } => self.phase(*id) != Some(Phase::Connecting),
                Input::SocketHeard { id } | Input::ReplyHeard { id } | Input::SocketClosed { id, .. } => {
                    self.phase(*id) == Some(Phase::Closed)
                }
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
        let id = *id;
        self.settle(now);
        if let Some(socket) = self.sockets.get_mut(&id) {
            socket.phase = phase;
        }
    }

    /// What the socket is doing.
    pub(crate) fn phase(&self, id: SocketId) -> Option<Phase> {
        self.sockets.get(&id).map(|socket| socket.phase)
    }

    /// The socket's `bufferedAmount`.
    pub(crate) fn buffered(&self, id: SocketId, now: Instant) -> u64 {
        match self.sockets.get(&id) {
            Some(socket) if !self.road.hides_buffer => socket.written - self.left(id, socket, now),
            _ => 0,
        }
    }

    /// Whether the server answered the last heartbeat in time, or said anything else by then, and it was not told yet.
    /// A timer that is punctual to the microsecond has no queue to wait for.
    pub(crate) fn has_sign_of_life(&self, id: SocketId, timeout: Duration, now: Instant) -> bool {
        let deadline = self.sockets.get(&id).and_then(|socket| Some(socket.asked? + timeout));
        deadline.is_some_and(|deadline| now > deadline && self.network.has_sign_of_life(id, deadline))
    }

    /// Has the buffers drain up to `now`: the road is about to change, or something is to leave.
    pub(crate) fn settle(&mut self, now: Instant) {
        for id in core::mem::take(&mut self.busy) {
            let Some(mut socket) = self.sockets.remove(&id) else { continue };
            let left = self.left(id, &socket, now);
            // The fraction of a byte is left to the next time.
            let exact = left < socket.written && left > socket.left;
            socket.measured = if exact { self.time_of(&socket, left) } else { now };
            socket.left = left;
            while let Some(&(end, parcel)) = socket.parcels.front()
                && end <= left
                && self.flows(id, &socket)
            {
                socket.parcels.pop_front();
                match (parcel, self.road.reply_takes) {
                    (Parcel::Message(number), _) => self.received.push((id, number)),
                    (Parcel::Heartbeat, Some(after)) => {
                        self.network.send(now + after, Via::Both(Some(id)), Input::ReplyHeard { id });
                    }
                    (Parcel::Heartbeat, None) => {}
                }
            }
            if socket.phase != Phase::Closed && (left < socket.written || !socket.parcels.is_empty()) {
                self.busy.insert(id);
            }
            self.sockets.insert(id, socket);
        }
    }

    /// Opens and closes ways.
    pub(crate) fn set_path(&mut self, path: Path, now: Instant) {
        self.settle(now);
        self.network.set_path(path, now);
    }

    /// A socket's line dies in silence.
    pub(crate) fn cut(&mut self, id: SocketId, now: Instant) {
        self.settle(now);
        self.network.cut(id, now);
    }

    /// The server begins to close, or the connection breaks: the close event follows in `after`.
    pub(crate) fn end(&mut self, id: SocketId, details: CloseDetails<u64>, after: Duration, now: Instant) {
        self.set_phase(id, Phase::Closing);
        self.network.send(now + after, Via::Machine, Input::SocketClosed { id, details });
    }

    /// Whether `close()` was called on the open socket.
    pub(crate) fn was_closed(&self, id: SocketId) -> bool {
        self.sockets.get(&id).is_some_and(|socket| socket.closed)
    }

    /// Does what the session wants; answers what it is to be told within the call.
    pub(crate) fn execute(&mut self, effect: Effect<u64>, now: Instant) -> Option<Input<u64>> {
        match effect {
            Effect::ResolveUrl { attempt } => {
                let (yes, no) = (Input::UrlResolved { attempt }, Input::UrlFailed { attempt });
                self.answer(self.road.url, None, [yes, no], now)
            }
            Effect::OpenSocket { id } => {
                let (phase, parcels) = (Phase::Connecting, VecDeque::new());
                let socket =
                    Socket { phase, written: 0, left: 0, measured: now, parcels, asked: None, closed: false };
                self.sockets.insert(id, socket);
                let refused = if self.road.forgets_close {
                    Input::SocketFailed { id }
                } else {
                    Input::SocketClosed { id, details: abnormal() }
                };
                self.answer(self.road.handshake, Some(id), [Input::SocketOpened { id }, refused], now)
            }
            Effect::CloseSocket { id, code, reason } => {
                let opened = self.phase(id) == Some(Phase::Open);
                if let Some(socket) = self.sockets.get_mut(&id) {
                    socket.closed = opened;
                }
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
                self.put(id, Parcel::Message(message.payload), size.unwrap_or(0), now);
                None
            }
            Effect::SendHeartbeat { id } => {
                self.put(id, Parcel::Heartbeat, 0, now);
                None
            }
            Effect::ReadBufferedAmount { id } => {
                Some(Input::BufferedAmount { id, bytes: self.buffered(id, now) })
            }
            Effect::Judge { attempt, verdict, .. } if self.road.ponders => {
                self.question = Some((attempt, verdict));
                None
            }
            Effect::Judge { attempt, verdict, .. } => {
                Some(Input::Judged { attempt, verdict: self.road.verdict.unwrap_or(verdict) })
            }
            other => unreachable!("unknown effect {other:?}"),
        }
    }

    /// An answer known at once is given within the call.
    fn answer(
        &mut self,
        how: Answer,
        line: Option<SocketId>,
        [yes, no]: [Input<u64>; 2],
        now: Instant,
    ) -> Option<Input<u64>> {
        let (after, input) = match how {
            Answer::Yes(after) => (after, yes),
            Answer::No(after) => (after, no),
            Answer::Never => return None,
        };
        if after == Duration::ZERO {
            return Some(input);
        }
        self.network.send(now + after, Via::Both(line), input);
        None
    }

    fn close(&mut self, id: SocketId, details: CloseDetails<u64>, now: Instant) {
        self.set_phase(id, Phase::Closing);
        if let Some(after) = self.road.close_takes {
            self.network.send(now + after, Via::Both(Some(id)), Input::SocketClosed { id, details });
        }
        if let Some(after) = self.road.patience {
            self.network.send(now + after, Via::Machine, Input::SocketClosed { id, details: abnormal() });
        }
    }

    /// Puts something into the socket's buffer.
    fn put(&mut self, id: SocketId, parcel: Parcel, bytes: u64, now: Instant) {
        self.settle(now);
        if let Some(socket) = self.sockets.get_mut(&id) {
            if socket.left == socket.written {
                socket.measured = now;
            }
            socket.written = socket.written.saturating_add(bytes);
            socket.parcels.push_back((socket.written, parcel));
            if parcel == Parcel::Heartbeat {
                socket.asked = Some(now);
            }
            self.busy.insert(id);
        }
        self.settle(now);
    }

    fn flows(&self, id: SocketId, socket: &Socket) -> bool {
        matches!(socket.phase, Phase::Open | Phase::Closing) && self.network.takes(id)
    }

    /// How many bytes have left by `now`.
    fn left(&self, id: SocketId, socket: &Socket, now: Instant) -> u64 {
        let elapsed = (now - socket.measured).as_micros();
        match self.road.bytes_per_second {
            _ if !self.flows(id, socket) => socket.left,
            u64::MAX => socket.written,
            rate => socket.written.min(socket.left + rate.saturating_mul(elapsed) / 1_000_000),
        }
    }

    /// When so many bytes have left, if the buffer drains.
    fn time_of(&self, socket: &Socket, left: u64) -> Instant {
        let micros =
            (left - socket.left).saturating_mul(1_000_000).div_ceil(self.road.bytes_per_second.max(1));
        socket.measured + Duration::from_micros(micros)
    }

    /// When the next parcel leaves the buffer.
    fn leaves(&self, id: SocketId, socket: &Socket) -> Option<Instant> {
        let (end, _) = *socket.parcels.front()?;
        (self.flows(id, socket) && self.road.bytes_per_second > 0)
            .then(|| self.time_of(socket, end.max(socket.left)))
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
