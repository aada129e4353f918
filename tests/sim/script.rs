//! What can happen to a session in a browser, as data: for random stories.

use proptest::prelude::*;
use proptest::sample::select;
use steadysocket::core::{
    CloseDetails, Duration, HeartbeatOptions, Input, Network, Options, OverflowPolicy, Page, QueueOptions,
};

use crate::browser::{Answer, BYE};
use crate::world::{World, minutes, ms, seconds};

/// One thing that happens.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    Open,
    Close,
    Send {
        bytes: u64,
        ttl: Option<Duration>,
    },
    Page(Page),
    Network(Network),
    /// The server says something.
    Hear,
    /// The server closes with this code, or the connection breaks (1006).
    End(u16),
    /// The server begins to close; the close event is a second away.
    BeginEnd(u16),
    /// Events of the sockets before the current one, all at once.
    Stale(u16),
    /// What the URL provider does from now on.
    Url(Answer),
    /// What handshakes come to from now on.
    Handshake(Answer),
    /// Whether heartbeats are answered from now on.
    Replies(bool),
    /// How long `close()` takes from now on.
    CloseTakes(Option<Duration>),
    /// How fast the sockets' buffers drain from now on.
    Drain(u64),
    /// Timers fire at multiples of this from now on.
    Tick(Duration),
    Wait(Duration),
    /// The machine sleeps.
    Sleep(Duration),
}

impl World {
    pub(crate) fn play(&mut self, script: &[Deed]) {
        for deed in script {
            self.act(deed);
        }
    }

    pub(crate) fn act(&mut self, deed: &Deed) {
        match deed {
            Deed::Open => self.open(),
            Deed::Close => self.close(),
            Deed::Send { bytes, ttl } => drop(self.send_for(*bytes, *ttl)),
            Deed::Page(page) => self.page(*page),
            Deed::Network(network) => self.network(*network),
            Deed::Hear if self.watch.sockets.latest().is_some() => self.hear(),
            Deed::End(1006) if self.watch.sockets.live().is_some() => self.lose(),
            Deed::End(code) if self.watch.sockets.live().is_some() => self.server_closes(*code),
            Deed::BeginEnd(code) if self.watch.sockets.live().is_some() => {
                self.server_begins_to_close(*code, seconds(1));
            }
            Deed::Hear | Deed::End(_) | Deed::BeginEnd(_) => {}
            Deed::Stale(code) => self.events_of_old_sockets(*code),
            Deed::Url(answer) => self.road().url = *answer,
            Deed::Handshake(answer) => self.road().handshake = *answer,
            Deed::Replies(answered) => self.road().reply_takes = answered.then(|| ms(80)),
            Deed::CloseTakes(span) => self.road().close_takes = *span,
            Deed::Drain(rate) => self.road().bytes_per_second = *rate,
            Deed::Tick(tick) => self.tick = *tick,
            Deed::Wait(span) => self.run_for(*span),
            Deed::Sleep(span) => self.sleep(*span),
        }
    }

    /// Every event that sockets which are no longer current could still have.
    pub(crate) fn events_of_old_sockets(&mut self, code: u16) {
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
}

/// Bounds of a page's life: what the user, the page, the network and the machine do.
pub(crate) fn deed() -> impl Strategy<Value = Deed> {
    let ttl = prop_oneof![3 => Just(None), 1 => (1_u64..5_000).prop_map(|millis| Some(ms(millis)))];
    prop_oneof![
        4 => Just(Deed::Open),
        1 => Just(Deed::Close),
        12 => (size(), ttl).prop_map(|(bytes, ttl)| Deed::Send { bytes, ttl }),
        3 => select(pages()).prop_map(Deed::Page),
        2 => select(vec![Network::Online, Network::Offline]).prop_map(Deed::Network),
        2 => Just(Deed::Hear),
        4 => select(vec![1001, 1005, 1006, 1006, 1011, 1012, 1013, 3000, 4000]).prop_map(Deed::End),
        1 => select(vec![1000, 1002, 1008, 4401]).prop_map(Deed::End),
        2 => select(vec![1001, 1006, 1011]).prop_map(Deed::BeginEnd),
        1 => select(vec![1000, 1006]).prop_map(Deed::Stale),
        2 => answer().prop_map(Deed::Url),
        2 => answer().prop_map(Deed::Handshake),
        2 => any::<bool>().prop_map(Deed::Replies),
        1 => select(vec![None, Some(ms(20)), Some(seconds(60))]).prop_map(Deed::CloseTakes),
        2 => select(vec![0, 100, 10_000, 1_000_000, u64::MAX]).prop_map(Deed::Drain),
        1 => select(vec![Duration::ZERO, seconds(1), minutes(1)]).prop_map(Deed::Tick),
        16 => wait().prop_map(Deed::Wait),
        2 => select(vec![seconds(2), minutes(3), minutes(300)]).prop_map(Deed::Sleep),
    ]
}

/// What listeners do: whatever the user can do at once.
pub(crate) fn reflex() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => Just(Deed::Hear),
        2 => Just(Deed::Open),
        1 => Just(Deed::Close),
        4 => size().prop_map(|bytes| Deed::Send { bytes, ttl: None }),
    ]
}

/// Options small enough to meet their limits often.
pub(crate) fn options() -> impl Strategy<Value = Options> {
    let heartbeat = (1_000_u64..30_000, 500_u64..10_000).prop_map(|(interval, timeout)| HeartbeatOptions {
        interval: float(interval),
        timeout: float(timeout),
    });
    let policy = select(vec![OverflowPolicy::DropOldest, OverflowPolicy::DropNewest, OverflowPolicy::Refuse]);
    let ttl = select(vec![f64::INFINITY, 1.0, 3_000.0, 60_000.0]);
    let queue = (0_u64..6, select(vec![0.0, 100.0, 5_000.0, f64::INFINITY]), ttl, policy).prop_map(
        |(messages, max_bytes, ttl, overflow)| QueueOptions {
            in_flight: false,
            max_messages: float(messages),
            max_bytes,
            ttl,
            overflow,
        },
    );
    let marks = select(vec![(0.0, 0.0), (500.0, 0.0), (1_000.0, 1_000.0), (4_000.0, 1_000.0), (1e6, 1e5)]);
    let backoff = (200_u64..2_000, 1.5_f64..3.0, select(vec![0.0, 5_000.0, 60_000.0]));
    let heartbeat = proptest::option::of(heartbeat);
    let queue = proptest::option::weighted(0.8, queue);
    (backoff, heartbeat, queue, marks, any::<bool>(), any::<bool>()).prop_map(
        |((backoff_min, backoff_factor, stable_after), heartbeat, queue, (high, low), hide, judge)| Options {
            backoff_min: float(backoff_min),
            backoff_factor,
            stable_after,
            heartbeat,
            queue,
            high_water_mark: high,
            low_water_mark: low,
            page_hide_close: hide,
            judge,
            ..Options::default()
        },
    )
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

fn size() -> impl Strategy<Value = u64> {
    prop_oneof![1 => Just(0), 6 => 1_u64..100, 3 => 100_u64..2_000, 1 => 2_000_u64..50_000]
}

fn answer() -> impl Strategy<Value = Answer> {
    let after = select(vec![0, 1, 100, 3_000, 20_000]).prop_map(ms);
    prop_oneof![
        4 => after.clone().prop_map(Answer::Yes),
        2 => after.prop_map(Answer::No),
        1 => Just(Answer::Never),
    ]
}

fn wait() -> impl Strategy<Value = Duration> {
    prop_oneof![4 => (0_u64..1_000).prop_map(ms), 3 => (1_u64..40).prop_map(seconds), 1 => Just(minutes(5))]
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
pub(crate) fn float(number: u64) -> f64 {
    number as f64
}
