//! What can happen to a session in a browser, as data.

use steadysocket::core::{CloseDetails, Duration, Input, Network, Page, Verdict};

use crate::browser::{Answer, BYE, abnormal, closed_with};
use crate::network::Path;
use crate::page::Sleep;
use crate::world::{World, minutes, ms, seconds};

/// One thing that happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Deed {
    // The user.
    Open,
    Close,
    Send {
        bytes: u64,
        ttl: Option<Duration>,
    },
    /// Within one callback.
    SendAndOpen {
        bytes: u64,
    },
    /// What the user says when asked to judge, from now on.
    Verdict(Option<Verdict>),
    /// The user does not answer that from now on, or does at last.
    Ponder(bool),
    /// What the URL provider does from now on.
    Url(Answer),

    // The browser.
    /// An event of the page, in or out of turn.
    Page(Page),
    /// What the browser says of the network, true or not.
    Network(Network),
    Sleep(Sleep),
    Wake,
    /// Of what waits when the page wakes up, messages come before timers from now on.
    MessagesFirst(bool),
    /// The clock goes back by this with everything that is told from now on.
    Lag(Duration),
    /// Timers are late by up to this from now on.
    Lateness(Duration),
    /// Timers fire at multiples of this from now on.
    Tick(Duration),
    /// How long the browser waits for the answer to `close()` from now on.
    Patience(Option<Duration>),
    /// Whether `bufferedAmount` shows nothing from now on.
    HidesBuffer(bool),
    /// Whether handshakes that fail are told by `error` alone from now on.
    ForgetsClose(bool),
    /// Events of the sockets before the current one, all at once.
    Stale(u16),

    // The server.
    /// It says something.
    Hear,
    /// It closes with this code, or the connection is reset (1006).
    End(u16),
    /// It begins to close; the close event is a second away.
    BeginEnd(u16),
    /// What handshakes come to from now on.
    Handshake(Answer),
    /// How long heartbeats' answers take from now on, if there are any.
    Replies(Option<Duration>),
    /// How long it takes to answer `close()` from now on.
    CloseTakes(Option<Duration>),
    /// How fast it reads from now on.
    Drain(u64),

    // The network.
    Path(Path),
    /// The line of the current socket dies in silence.
    Cut,
    /// How long a word of the server takes from now on, and how much more at most.
    Latency(Duration, Duration),

    Wait(Duration),
    /// The session's next timer goes off.
    WaitForTimer,
}

impl Deed {
    /// A page that sleeps does none of it.
    fn is_the_pages(self) -> bool {
        matches!(
            self,
            Self::Open
                | Self::Close
                | Self::Send { .. }
                | Self::Page(_)
                | Self::Network(_)
                | Self::Stale(_)
                | Self::Ponder(false)
        )
    }
}

impl World {
    pub(crate) fn play(&mut self, script: &[Deed]) {
        for deed in script {
            self.act(deed);
        }
    }

    pub(crate) fn act(&mut self, deed: &Deed) {
        self.note(|| format!("{deed:?}"));
        if deed.is_the_pages() && self.page_life.asleep.is_some() {
            return;
        }
        match *deed {
            Deed::Open => self.open(),
            Deed::Close => self.close(),
            Deed::Send { bytes, ttl } => drop(self.send_for(bytes, ttl)),
            Deed::SendAndOpen { bytes } => {
                let _ = self.send(bytes);
                self.open();
            }
            Deed::Page(page) => self.page(page),
            Deed::Network(network) => self.network(network),
            Deed::Stale(code) => self.events_of_old_sockets(code),
            Deed::Ponder(false) => self.decide(),
            Deed::Ponder(true) => self.road().ponders = true,
            Deed::Verdict(verdict) => self.road().verdict = verdict,
            Deed::Url(answer) => self.road().url = answer,

            Deed::Sleep(sleep) => self.fall_asleep(sleep),
            Deed::Wake => self.wake_up(),
            Deed::MessagesFirst(first) => self.page_life.messages_first = first,
            Deed::Lag(span) => self.lag = span,
            Deed::Lateness(span) => self.page_life.lateness = span,
            Deed::Tick(tick) => self.tick = tick,
            Deed::Patience(span) => self.road().patience = span,
            Deed::HidesBuffer(hides) => self.road().hides_buffer = hides,
            Deed::ForgetsClose(forgets) => self.road().forgets_close = forgets,

            Deed::Hear => self.server_sends(|id| Input::SocketHeard { id }),
            Deed::End(1006) => self.server_sends(|id| Input::SocketClosed { id, details: abnormal() }),
            Deed::End(code) => self.server_sends(|id| Input::SocketClosed { id, details: closed_with(code) }),
            Deed::BeginEnd(code) => {
                if self.watch.sockets.live().is_some() {
                    self.server_begins_to_close(code, seconds(1));
                }
            }
            Deed::Handshake(answer) => self.road().handshake = answer,
            Deed::Replies(span) => self.road().reply_takes = span,
            Deed::CloseTakes(span) => self.road().close_takes = span,
            Deed::Drain(rate) => self.road().bytes_per_second = rate,

            Deed::Path(path) => self.set_path(path),
            Deed::Cut => self.cut(),
            Deed::Latency(least, jitter) => {
                (self.latency, self.browser.network.jitter) = (least, jitter);
            }

            Deed::Wait(span) => self.run_for(span),
            Deed::WaitForTimer => {
                let timer = self.session().next_timeout().unwrap_or(self.now);
                self.run_for((timer - self.now).min(minutes(10)));
            }
        }
    }

    /// The user answers at last, as one without an opinion.
    fn decide(&mut self) {
        self.road().ponders = false;
        if let Some((attempt, verdict)) = self.browser.question.take() {
            self.input(Input::Judged { attempt, verdict });
        }
    }

    /// Every event that sockets which are no longer current could still have.
    fn events_of_old_sockets(&mut self, code: u16) {
        let live = self.watch.sockets.live();
        let latest = self.watch.sockets.latest();
        let old: Vec<_> = self.watch.sockets.all().filter(|id| Some(*id) != live).collect();
        for id in old {
            // The close of the socket that `close()` waits for is no stale event.
            let details = CloseDetails { code, reason: BYE, was_clean: true };
            self.input(Input::SocketOpened { id });
            self.input(Input::SocketHeard { id });
            self.input(Input::ReplyHeard { id });
            self.input(Input::BufferedAmount { id, bytes: u64::MAX });
            self.input(Input::BufferedAmount { id, bytes: 0 });
            if Some(id) != latest {
                self.input(Input::SocketClosed { id, details });
            }
        }
    }

    /// The page is there, the network is good, the server answers; what was late comes.
    pub(crate) fn heal(&mut self) {
        self.wake_up();
        *self.road() = crate::browser::Road::default();
        self.decide();
        (self.tick, self.latency, self.browser.network.jitter) = (Duration::ZERO, ms(20), Duration::ZERO);
        self.set_path(Path::CLEAR);
        self.network(Network::Online);
        self.page(Page::Shown { persisted: true });
        self.page(Page::Visible);
    }
}

pub(crate) fn pages() -> Vec<Page> {
    vec![
        Page::Hidden,
        Page::Visible,
        Page::Hiding { persisted: true },
        Page::Hiding { persisted: false },
        Page::Shown { persisted: true },
        Page::Shown { persisted: false },
        Page::Frozen,
        Page::Resumed,
    ]
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
pub(crate) fn float(number: u64) -> f64 {
    number as f64
}
