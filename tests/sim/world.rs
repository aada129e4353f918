//! One session in one browser, in virtual time: the world jumps to the next moment at which something happens.

mod time;

use std::collections::VecDeque;

use steadysocket::core::{
    Attempt, Config, Duration, Effect, Input, Instant, Network, Options, Outgoing, Output, Page, Reason,
    SendErrorKind, Session, SocketId, StateKind,
};

use crate::browser::{Browser, Phase, Road, abnormal, closed_with};
use crate::dice::Dice;
use crate::log::Log;
use crate::page::PageLife;
use crate::script::Deed;
use crate::timeline;
use crate::watch::{Fate, Watch};

/// More outputs than one input can sensibly have, or wake-ups at one moment: a livelock.
const STEPS: usize = 20_000;

/// The reason that the user gives.
pub(crate) const DONE: Reason<u64> = Reason::Given(42);

/// A moment in the life of a page, since it must not matter when a session begins.
const START: Instant = Instant::from_micros(12_345_678_901);

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) now: Instant,
    pub(crate) browser: Browser,
    pub(crate) page_life: PageLife,
    /// Timers fire at the multiples of this, or of what the page's life makes of it; zero: when they are due.
    pub(crate) tick: Duration,
    /// What is told is told with a clock that lags by this.
    pub(crate) lag: Duration,
    /// How long a word of the server takes.
    pub(crate) latency: Duration,
    /// How many inputs there were, how often the page slept, and how many sockets were left for silence.
    pub(crate) steps: u64,
    pub(crate) naps: u64,
    pub(crate) silences: u64,
    /// What listeners do within the next events, one deed an event.
    pub(crate) reflexes: VecDeque<Deed>,
    pub(crate) watch: Watch,
    session: Session<u64>,
    log: Log,
    amid: bool,
}

impl World {
    /// A session that was not opened yet.
    pub(crate) fn new(options: &Options) -> Self {
        Self::seeded(options, 7)
    }

    pub(crate) fn seeded(options: &Options, seed: u64) -> Self {
        let config = Config::new(options);
        let Ok(config) = config else { unreachable!("{config:?}") };
        let mut browser = Browser::default();
        browser.network.dice = Dice::new(seed);
        Self {
            now: START,
            browser,
            page_life: PageLife::default(),
            tick: Duration::ZERO,
            lag: Duration::ZERO,
            latency: ms(20),
            steps: 0,
            naps: 0,
            silences: 0,
            reflexes: VecDeque::new(),
            watch: Watch::new(options),
            session: Session::new(config, seed, START),
            log: Log::default(),
            amid: false,
        }
    }

    /// A session with a connection, and nothing told yet.
    pub(crate) fn connected(options: &Options) -> Self {
        let mut world = Self::new(options);
        world.connect();
        world.story();
        world
    }

    pub(crate) fn state(&self) -> StateKind {
        self.session.state()
    }

    pub(crate) fn session(&self) -> &Session<u64> {
        &self.session
    }

    /// The road, to be changed from now on.
    pub(crate) fn road(&mut self) -> &mut Road {
        self.browser.settle(self.now);
        &mut self.browser.road
    }

    /// The socket opened last.
    pub(crate) fn socket(&self) -> SocketId {
        let Some(id) = self.watch.sockets.latest() else { unreachable!("no socket was ever opened") };
        id
    }

    /// What was answered since the last call.
    pub(crate) fn story(&mut self) -> Log {
        core::mem::take(&mut self.log)
    }

    /// What became of a message.
    pub(crate) fn fate(&self, number: u64) -> Fate {
        self.watch.messages.fate(number)
    }

    /// The server got what was transmitted, and nothing twice, on each socket in the order sent.
    pub(crate) fn check_receipts(&self) {
        let received = &self.browser.received;
        for (index, (id, number)) in received.iter().enumerate() {
            must!(self.browser.taken.contains(&(*id, *number)), "{number} came from nowhere");
            for (other, earlier) in &received[..index] {
                must!(earlier != number, "{number} came twice");
                must!(other != id || earlier < number, "{earlier} came before {number}");
            }
        }
        // Who asks is told of whatever may be lost. (The answer to a close comes after all that went before it; here it
        // comes when the road says, so that what was on its way then proves nothing.)
        if self.session.keeps_in_flight() && self.state() == StateKind::Closed {
            for entry @ (id, number) in &self.browser.taken {
                let arrived = received.contains(entry) || self.browser.was_closed(*id);
                let silent = self.fate(*number) == Fate::Transmitted && !arrived;
                must!(!silent, "{number} was lost on {id:?}, and nobody was told");
            }
        }
    }

    /// Time since `earlier`.
    pub(crate) fn since(&self, earlier: Instant) -> Duration {
        self.now - earlier
    }
}

/// What the user, the page and the network do.
impl World {
    /// Opens the session and waits for the connection.
    pub(crate) fn connect(&mut self) {
        self.open();
        self.run_for(Duration::from_millis(60));
        assert_eq!(self.state(), StateKind::Open, "the road is good");
    }

    pub(crate) fn open(&mut self) {
        self.input(Input::Open);
    }

    pub(crate) fn close(&mut self) {
        self.input(Input::Close { code: Some(1000), reason: DONE });
    }

    /// Sends a message of so many bytes; its number is how many there were before.
    pub(crate) fn send(&mut self, bytes: u64) -> Result<u64, SendErrorKind> {
        self.send_for(bytes, None)
    }

    pub(crate) fn send_for(&mut self, bytes: u64, ttl: Option<Duration>) -> Result<u64, SendErrorKind> {
        let number = self.browser.sizes.len() as u64;
        self.browser.sizes.push(bytes);
        let outgoing = Outgoing { payload: number, bytes, ttl };
        let result = self.session.send(outgoing, self.now);
        self.watch.messages.sent(outgoing, result, self.now);
        self.watch.messages.handled(&self.session);
        self.drain();
        result.map(|_| number).map_err(|error| error.kind)
    }

    pub(crate) fn page(&mut self, page: Page) {
        self.input(Input::Page(page));
    }

    pub(crate) fn network(&mut self, network: Network) {
        self.input(Input::Network(network));
    }

    /// The server says something.
    pub(crate) fn hear(&mut self) {
        let id = self.socket();
        self.input(Input::SocketHeard { id });
    }

    /// The server closes the current socket: the close event is here.
    pub(crate) fn server_closes(&mut self, code: u16) {
        let id = self.socket();
        self.input(Input::SocketClosed { id, details: closed_with(code) });
    }

    /// The current socket breaks without a close frame.
    pub(crate) fn lose(&mut self) {
        let id = self.socket();
        self.input(Input::SocketClosed { id, details: abnormal() });
    }

    /// The server begins to close the current socket: it takes nothing more, and its close event comes later.
    pub(crate) fn server_begins_to_close(&mut self, code: u16, after: Duration) {
        let id = self.socket();
        if self.browser.phase(id) == Some(Phase::Open) {
            self.browser.end(id, closed_with(code), after, self.now);
        }
    }

    /// Tells the session something and does what it answers.
    pub(crate) fn input(&mut self, input: Input<u64>) {
        self.tell(input);
        self.drain();
    }
}

/// The driver.
impl World {
    fn tell(&mut self, input: Input<u64>) {
        self.steps += 1;
        self.note(|| format!("  › {input:?}"));
        self.watch.input(&input, self.session.state(), self.amid, self.now);
        self.page_life.told(&input, self.now);
        self.browser.told(&input, self.now);
        if self.lag > Duration::ZERO {
            // It knows the time, from something that concerns it no more.
            self.session.handle(Input::UrlFailed { attempt: Attempt::from_number(0) }, self.now);
        }
        let lagging = Instant::from_micros(self.now.as_micros() - self.lag.as_micros());
        self.session.handle(input, lagging);
        self.watch.handled(&self.session, self.now);
    }

    /// Rules 4 and 5: no socket that lives is left for silence.
    fn spare_the_living(&mut self, output: &Output<u64>) {
        if let Output::Effect(Effect::AbandonSocket { id }) = output
            && self.watch.left_for_silence()
            && !self.watch.slept_last()
            && let Some(timeout) = self.watch.reply_timeout()
        {
            self.silences += 1;
            must!(!self.browser.has_sign_of_life(*id, timeout, self.now), "{id:?} is left, and lives");
        }
    }

    /// Writes down what happens.
    pub(crate) fn note(&self, line: impl FnOnce() -> String) {
        timeline::note(self.now, START, || format!("{:<11}{}", self.state().name(), line()));
    }

    /// Carries out everything the session wants; what is known within a call is told within it.
    fn drain(&mut self) {
        if core::mem::replace(&mut self.amid, true) {
            return; // a listener: the pump is at work already
        }
        let mut steps = 0;
        while let Some(output) = self.session.poll_output() {
            steps += 1;
            assert!(steps < STEPS, "outputs without end in {:?}: {output:?}", self.state());
            let buffered = match &output {
                Output::Effect(Effect::Transmit { id, .. }) => self.browser.buffered(*id, self.now),
                _ => 0,
            };
            self.note(|| format!("      ‹ {output:?}"));
            self.spare_the_living(&output);
            self.watch.output(&output, buffered, &self.session, self.now);
            self.log.0.push((self.now, output.clone()));
            match output {
                Output::Effect(effect) => {
                    if let Some(answer) = self.browser.execute(effect, self.now) {
                        self.tell(answer);
                    }
                }
                Output::Event(_) => {
                    if let Some(deed) = self.reflexes.pop_front() {
                        self.act(&deed);
                    }
                }
            }
        }
        self.amid = false;
        self.watch.drained(&self.session, self.now);
        self.look();
    }
}

pub(crate) const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

pub(crate) const fn seconds(seconds: u64) -> Duration {
    ms(seconds * 1_000)
}

pub(crate) const fn minutes(minutes: u64) -> Duration {
    seconds(minutes * 60)
}
