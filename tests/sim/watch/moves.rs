//! The reference model: which state may follow which, and by what.

use steadysocket::core::{Attempt, Input, Network, Page, SocketId, StateKind};

/// Where an input leads to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Move {
    /// To one of these states, for sure.
    Must(&'static [StateKind]),
    /// To one of these, or nowhere.
    May(&'static [StateKind]),
}

/// The names that count at the moment. Whatever names anything else changes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Current {
    pub(crate) attempt: Option<Attempt>,
    pub(crate) socket: Option<SocketId>,
}

#[derive(Debug)]
pub(crate) struct Moves {
    page_hide_close: bool,
    /// The page was left, and did not come back.
    away: bool,
}

impl Moves {
    pub(crate) fn new(page_hide_close: bool) -> Self {
        Self { page_hide_close, away: false }
    }

    /// Takes note of whether the page is there.
    pub(crate) fn note(&mut self, input: &Input<u64>) {
        match input {
            Input::Page(Page::Hiding { .. } | Page::Frozen) => self.away = self.page_hide_close,
            Input::Page(Page::Shown { persisted: true } | Page::Resumed) => self.away = false,
            _ => {}
        }
    }

    /// Where an input leads to from a state.
    pub(crate) fn follow(&self, input: &Input<u64>, state: StateKind, current: Current) -> Move {
        use Move::{May, Must};
        use StateKind::{Closed, Closing, Connecting, Idle, Open, Resolving, Suspended, Waiting};
        let is_current = match input {
            Input::UrlResolved { attempt } | Input::UrlFailed { attempt } => {
                Some(*attempt) == current.attempt
            }
            Input::SocketOpened { id } | Input::SocketClosed { id, .. } => Some(*id) == current.socket,
            _ => true,
        };
        match (input, state) {
            _ if !is_current => May(&[]),
            // The page is away: with its return.
            (Input::Open, _) if self.away => Must(&[Suspended, Resolving]),
            (Input::Open, _) => Must(&[Resolving]),
            // The rest of a wait that the server or the user asked for comes first.
            (Input::Page(Page::Shown { .. } | Page::Resumed), Suspended) => Must(&[Resolving, Waiting]),

            (Input::Close { .. }, Open) => Must(&[Closing]),
            // As in a WebSocket: `readyState` says CLOSING until the close event, which is a task of its own.
            (Input::Close { .. }, Resolving | Connecting | Waiting | Suspended) => Must(&[Closing, Closed]),
            (Input::Close { .. }, Idle) | (Input::SocketClosed { .. } | Input::Timeout, Closing) => {
                May(&[Closed])
            }

            (Input::UrlResolved { .. }, Resolving) => Must(&[Connecting]),
            (Input::UrlFailed { .. }, Resolving) => Must(&[Waiting, Closed]),
            (Input::SocketOpened { .. }, Connecting) => Must(&[Open]),
            (Input::SocketClosed { .. }, Connecting | Open) => Must(&[Waiting, Resolving, Closed]),
            (Input::Timeout, Resolving | Connecting | Open) => May(&[Waiting, Resolving, Closed]),
            (Input::Judged { .. }, Waiting) => May(&[Resolving, Closed]),

            (Input::Page(Page::Hiding { .. } | Page::Frozen), Resolving | Connecting | Open | Waiting) => {
                if self.page_hide_close {
                    Must(&[Suspended])
                } else {
                    May(&[])
                }
            }
            // A hint cuts a wait short, and makes an attempt anew that takes too long.
            (Input::Timeout, Waiting)
            | (
                Input::Network(Network::Online)
                | Input::Page(Page::Visible | Page::Shown { .. } | Page::Resumed),
                Waiting | Connecting,
            ) => May(&[Resolving]),
            _ => May(&[]),
        }
    }
}
