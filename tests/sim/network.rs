//! The way between page and server: what is under way on it, and what becomes of that when it breaks.

use std::collections::{BTreeMap, BTreeSet};

use steadysocket::core::{Duration, Input, Instant, SocketId};

use crate::dice::Dice;

/// What something under way depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Via {
    /// The machine alone.
    Machine,
    /// The way from the server, on this socket's line.
    Down(SocketId),
    /// The way there and back, on a socket's line if it is one's.
    Both(Option<SocketId>),
}

/// Which ways are open. What is under way on one that is not is sent again when it is, as TCP does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    pub(crate) up: bool,
    pub(crate) down: bool,
}

impl Path {
    pub(crate) const CLEAR: Self = Self { up: true, down: true };
    pub(crate) const SWALLOWED: Self = Self { up: false, down: false };
}

/// How soon TCP notices that a way is open again.
const RESEND: Duration = Duration::from_millis(300);

/// What is under way, and what has arrived and was not told yet.
#[derive(Debug)]
pub(crate) struct Network {
    /// No trip takes longer than it has to by more than this.
    pub(crate) jitter: Duration,
    pub(crate) dice: Dice,
    path: Path,
    agenda: BTreeMap<(Instant, u64), (Via, Input<u64>)>,
    /// Swallowed, to be sent again.
    held: Vec<(Via, Input<u64>)>,
    /// The sockets whose lines are dead, and stay so.
    dead: BTreeSet<SocketId>,
    /// When the latest arrives on each line: nothing overtakes.
    latest: BTreeMap<SocketId, Instant>,
    written: u64,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            jitter: Duration::ZERO,
            dice: Dice::default(),
            path: Path::CLEAR,
            agenda: BTreeMap::new(),
            held: Vec::new(),
            dead: BTreeSet::new(),
            latest: BTreeMap::new(),
            written: 0,
        }
    }
}

impl Network {
    pub(crate) fn next(&self) -> Option<Instant> {
        self.agenda.keys().next().map(|&(at, _)| at)
    }

    /// What arrived first and was not told yet.
    pub(crate) fn pop(&mut self, now: Instant) -> Option<Input<u64>> {
        let entry = self.agenda.first_entry().filter(|entry| entry.key().0 <= now)?;
        Some(entry.remove().1)
    }

    /// Sends something on its way.
    pub(crate) fn send(&mut self, at: Instant, via: Via, input: Input<u64>) {
        if via.line().is_some_and(|id| self.dead.contains(&id)) {
            return;
        }
        if !self.carries(via) {
            self.held.push((via, input));
            return;
        }
        let mut at = if via == Via::Machine { at } else { at + self.dice.within(self.jitter) };
        if let Some(id) = via.line() {
            let latest = self.latest.entry(id).or_insert(at);
            at = at.max(*latest);
            *latest = at;
        }
        self.agenda.insert((at, self.written), (via, input));
        self.written += 1;
    }

    /// Opens and closes ways.
    pub(crate) fn set_path(&mut self, path: Path, now: Instant) {
        self.path = path;
        let arrived = |at: Instant| at <= now;
        let agenda = core::mem::take(&mut self.agenda);
        for (key, (via, input)) in agenda {
            if arrived(key.0) || self.carries(via) {
                self.agenda.insert(key, (via, input));
            } else {
                self.held.push((via, input));
            }
        }
        for (via, input) in core::mem::take(&mut self.held) {
            self.send(now + RESEND, via, input);
        }
    }

    /// A socket's line dies in silence. What is under way on it is lost.
    pub(crate) fn cut(&mut self, id: SocketId, now: Instant) {
        self.dead.insert(id);
        self.agenda.retain(|key, (via, _)| key.0 <= now || via.line() != Some(id));
        self.held.retain(|(via, _)| via.line() != Some(id));
    }

    /// Whether what is written to the socket reaches the server.
    pub(crate) fn takes(&self, id: SocketId) -> bool {
        self.path.up && !self.dead.contains(&id)
    }

    /// Whether the path is clear, and this socket's line alive.
    pub(crate) fn is_well(&self, id: Option<SocketId>) -> bool {
        self.path == Path::CLEAR && id.is_none_or(|id| !self.dead.contains(&id))
    }

    /// Whether a sign of life on this socket has arrived, or is to arrive before `by`, and was not told yet.
    pub(crate) fn has_sign_of_life(&self, id: SocketId, by: Instant) -> bool {
        let is_sign = |input: &Input<u64>| match input {
            Input::SocketHeard { id: heard } | Input::ReplyHeard { id: heard } => *heard == id,
            _ => false,
        };
        self.agenda.iter().any(|(key, (_, input))| key.0 < by && is_sign(input))
    }

    fn carries(&self, via: Via) -> bool {
        match via {
            Via::Machine => true,
            Via::Down(_) => self.path.down,
            Via::Both(_) => self.path == Path::CLEAR,
        }
    }
}

impl Via {
    fn line(self) -> Option<SocketId> {
        match self {
            Self::Machine | Self::Both(None) => None,
            Self::Down(id) | Self::Both(Some(id)) => Some(id),
        }
    }
}
