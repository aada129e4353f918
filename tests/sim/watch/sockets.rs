//! Rule 1: at most one live socket, and only its owner speaks through it.

use std::collections::BTreeMap;

use steadysocket::core::{Effect, Input, SocketId, StateKind};

/// What a session knows of a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Life {
    /// In the handshake.
    Opening,
    Open,
    /// The session closed or abandoned it.
    Left,
    /// Its close event came.
    Ended,
}

#[derive(Debug, Default)]
pub(crate) struct SocketWatch {
    sockets: BTreeMap<SocketId, Life>,
}

impl SocketWatch {
    /// The live socket.
    pub(crate) fn live(&self) -> Option<SocketId> {
        // An older one would have been live when this one opened.
        let (id, life) = self.sockets.iter().next_back()?;
        matches!(life, Life::Opening | Life::Open).then_some(*id)
    }

    /// Every socket there ever was.
    pub(crate) fn all(&self) -> impl Iterator<Item = SocketId> {
        self.sockets.keys().copied()
    }

    /// The socket opened last.
    pub(crate) fn latest(&self) -> Option<SocketId> {
        self.sockets.keys().next_back().copied()
    }

    pub(crate) fn input(&mut self, input: &Input<u64>) {
        let (id, life) = match input {
            Input::SocketOpened { id } => (id, Life::Open),
            Input::SocketClosed { id, .. } => (id, Life::Ended),
            _ => return,
        };
        match self.sockets.get_mut(id) {
            Some(known @ (Life::Opening | Life::Open)) => *known = life,
            Some(known @ Life::Left) if life == Life::Ended => *known = life,
            _ => {}
        }
    }

    pub(crate) fn effect(&mut self, effect: &Effect<u64>) {
        match effect {
            Effect::OpenSocket { id } => {
                must!(self.latest().is_none_or(|latest| latest < *id), "{id:?} comes again");
                must_eq!(self.live(), None, "{id:?} opens beside a live socket");
                self.sockets.insert(*id, Life::Opening);
            }
            Effect::CloseSocket { id, .. } | Effect::AbandonSocket { id } => {
                must!(self.sockets.contains_key(id), "{effect:?} of a socket that never was");
                if self.sockets[id] != Life::Ended {
                    self.sockets.insert(*id, Life::Left);
                }
            }
            Effect::Transmit { id, .. }
            | Effect::SendHeartbeat { id }
            | Effect::ReadBufferedAmount { id } => {
                must_eq!(self.latest(), Some(*id), "{effect:?} on an old socket");
                must_eq!(self.sockets[id], Life::Open, "{effect:?} on a socket that is not open");
            }
            _ => {}
        }
    }

    pub(crate) fn drained(&self, state: StateKind) {
        let life = self.live().map(|id| self.sockets[&id]);
        match state {
            StateKind::Connecting => must_eq!(life, Some(Life::Opening), "connecting without a handshake"),
            StateKind::Open => must_eq!(life, Some(Life::Open), "open without an open socket"),
            _ => must_eq!(life, None, "a socket lives on in {state:?}"),
        }
    }
}
