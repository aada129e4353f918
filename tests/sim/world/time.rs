//! How time passes: awake, asleep, with a network that may break.

use steadysocket::core::{Duration, Input, Instant, Page, SocketId};

use super::{STEPS, World, ms, seconds};
use crate::browser::{Answer, Road};
use crate::network::{Path, Via};
use crate::page::Sleep;

/// What the network and the machine do.
impl World {
    /// A word of the server, an end of its making or a reset sets out on the live socket's line.
    pub(crate) fn server_sends(&mut self, word: impl Fn(SocketId) -> Input<u64>) {
        if let Some(id) = self.watch.sockets.live() {
            self.browser.network.send(self.now + self.latency, Via::Down(id), word(id));
        }
    }

    /// Opens and closes ways.
    pub(crate) fn set_path(&mut self, path: Path) {
        self.browser.set_path(path, self.now);
    }

    /// The live socket's line dies in silence.
    pub(crate) fn cut(&mut self) {
        if let Some(id) = self.watch.sockets.live() {
            self.browser.cut(id, self.now);
        }
    }

    /// The page runs no more.
    pub(crate) fn fall_asleep(&mut self, sleep: Sleep) {
        if self.page_life.asleep.is_some() {
            return;
        }
        if sleep == Sleep::Cached {
            self.page(Page::Hiding { persisted: true });
        }
        if sleep != Sleep::Machine && !self.page_life.is_hidden() {
            self.page(Page::Hidden);
        }
        if sleep == Sleep::Frozen {
            self.page(Page::Frozen);
        }
        self.page_life.asleep = Some(sleep);
        self.naps += 1;
    }

    /// The page runs again. Its own events come first, then what waited.
    pub(crate) fn wake_up(&mut self) {
        match self.page_life.asleep.take() {
            None => return,
            Some(Sleep::Machine) => {}
            Some(Sleep::Frozen) => self.page(Page::Resumed),
            Some(Sleep::Cached) => {
                self.page(Page::Shown { persisted: true });
                self.page(Page::Visible);
            }
        }
        if !self.page_life.messages_first {
            self.fire_timers();
        }
        while let Some(input) = self.browser.due(self.now) {
            self.input(input);
        }
        self.fire_timers();
    }

    /// Nothing at all is delivered for a while. Then all timers come first, and the messages after them.
    pub(crate) fn sleep(&mut self, span: Duration) {
        self.fall_asleep(Sleep::Machine);
        self.run_for(span);
        self.wake_up();
    }

    fn fire_timers(&mut self) {
        let mut steps = 0;
        while self.session.next_timeout().is_some_and(|at| at <= self.now) {
            assert!(steps < STEPS, "timers without end in {:?}", self.state());
            steps += 1;
            self.input(Input::Timeout);
        }
    }
}

/// Time.
impl World {
    /// Lets time pass; all that is due happens when it is due, timers before messages.
    pub(crate) fn run_for(&mut self, span: Duration) {
        let end = self.now + span;
        let mut last = self.now;
        let mut steps = 0;
        while self.page_life.asleep.is_none() {
            let timer = self.wake();
            let next = timer.into_iter().chain(self.browser.next()).min();
            let Some(next) = next.filter(|next| *next <= end) else { break };
            self.pass(next);
            steps = if self.now == last { steps + 1 } else { 0 };
            last = self.now;
            assert!(steps < STEPS, "the world stands still in {:?}", self.state());
            if timer == Some(next) {
                self.input(Input::Timeout);
            } else if let Some(input) = self.browser.due(self.now) {
                self.input(input);
            }
        }
        self.pass(end);
    }

    /// Nothing happens until then.
    fn pass(&mut self, until: Instant) {
        let span = until - self.now;
        let tick = self.tick.max(self.page_life.tick(until)).max(self.page_life.lateness);
        if self.page_life.asleep.is_none() {
            self.watch.awake(span, tick);
        } else if span > Duration::ZERO {
            self.watch.slept();
        }
        self.now = self.now.max(until);
        self.browser.settle(self.now);
        self.look();
    }

    pub(super) fn look(&mut self) {
        self.watch.look(self.is_well(), self.state(), self.now);
    }

    /// Nothing stands between the session and its connection.
    fn is_well(&self) -> bool {
        let Road { url, handshake, reply_takes, bytes_per_second, ponders, verdict, .. } = self.browser.road;
        let soon = |answer| matches!(answer, Answer::Yes(after) if after <= seconds(1));
        let fast = reply_takes.is_some_and(|after| after <= ms(100)) && bytes_per_second >= 1_000_000;
        let network = &self.browser.network;
        let road = soon(url) && soon(handshake) && fast && network.is_well(self.watch.sockets.live());
        road && self.page_life.is_well() && self.tick == Duration::ZERO && !ponders && verdict.is_none()
    }

    /// Runs until something is so.
    pub(crate) fn run_until(&mut self, is_so: impl Fn(&Self) -> bool) {
        self.run_by(ms(1), |world| is_so(world));
    }

    /// Runs in steps until something is so, which it must become.
    pub(crate) fn run_by(&mut self, step: Duration, mut is_so: impl FnMut(&mut Self) -> bool) {
        let mut steps = 0;
        while !is_so(self) {
            assert!(steps < 100 * STEPS, "it never comes to that; {:?}", self.state());
            steps += 1;
            self.run_for(step);
        }
    }

    /// When the browser fires the timer that the session asked for.
    fn wake(&self) -> Option<Instant> {
        let at = self.session.next_timeout()?;
        Some(self.page_life.goes_off(at, self.tick).max(self.now))
    }
}
