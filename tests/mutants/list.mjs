// What could be wrong with the core, and which rule of docs/design.md would break. A search text is found exactly once in
// its file, whatever its white space, or the list is out of date and says so.

const mutant = (rule, name, ...edits) => ({ rule, name, edits });
const edit = (file, search, replace) => ({ file: `src/core/${file}.rs`, search, replace });

/** The first few are the short form: one of a kind. */
export const mutants = [
  mutant(5, "judges a late timer", edit("timer", "_ => Expiry::Doubtful,", "_ => Expiry::Late(late),")),
  mutant(
    6,
    "resets the backoff on open",
    edit(
      "lifecycle",
      "self.start(Timer::StableAfter);",
      "self.start(Timer::StableAfter); self.backoff.reset(&self.config);",
    ),
  ),
  mutant(
    1,
    "keeps listening to the old socket",
    edit("session", "attempt != self.attempts", "attempt > self.attempts"),
  ),
  mutant(
    9,
    "forgets to come back after resume",
    edit(
      "session",
      "if matches!(self.state, State::Suspended(_)) => { self.come_back(); }",
      "if matches!(self.state, State::Suspended(_)) => {}",
    ),
  ),

  mutant(
    1,
    "leaves a socket without a word to it",
    edit(
      "lifecycle",
      "self.effect(Effect::AbandonSocket { id: SocketId(self.attempts) });",
      "let _ = SocketId(self.attempts);",
    ),
  ),
  mutant(
    2,
    "reopens on a hint what the user closed",
    edit(
      "session",
      "State::Waiting(Waiting::Delay) => self.start_attempt(Replaceable::Yes),",
      "State::Waiting(Waiting::Delay) | State::Closed => self.start_attempt(Replaceable::Yes),",
    ),
  ),
  mutant(
    2,
    "a close waits for an answer that need not come",
    edit("lifecycle", "self.start(Timer::CloseTimeout);", ""),
  ),
  mutant(
    3,
    "waits for the close instead of abandoning",
    edit(
      "session",
      "(Timer::ReplyTimeout, _) => self.give_up(Cause::HeartbeatTimeout),",
      `(Timer::ReplyTimeout, _) => self.effect(Effect::CloseSocket {
        id: SocketId(self.attempts), code: None, reason: super::close::Reason::Empty }),`,
    ),
  ),
  mutant(
    3,
    "announces no end of its own",
    edit("lifecycle", "self.event(Event::Disconnected { cause, details, verdict }); let delay", "let delay"),
  ),
  mutant(3, "a handshake may take for ever", edit("lifecycle", "self.start(Timer::ConnectTimeout);", "")),
  mutant(3, "a URL provider may take for ever", edit("lifecycle", "self.start(Timer::UrlTimeout);", "")),
  mutant(
    4,
    "an inbound frame does not prove life",
    edit(
      "session",
      "if matches!(self.state, State::Open(_)) { self.prove_alive(); }",
      "if matches!(self.state, State::Open(_)) {}",
    ),
  ),
  mutant(
    4,
    "a question stays open though it was answered",
    edit("session", "self.timers.clear(Timer::ReplyTimeout);", ""),
  ),
  mutant(
    4,
    "asks only once",
    edit(
      "session",
      "if self.messages_in_flight() == 0 || !self.timers.is_set(Timer::Heartbeat)",
      "if self.messages_in_flight() > 0 && !self.timers.is_set(Timer::Heartbeat)",
    ),
  ),
  mutant(
    4,
    "a hint does not ask",
    edit("session", "if !self.timers.is_set(Timer::ReplyTimeout) => self.ask(),", "if false => self.ask(),"),
  ),
  mutant(
    5,
    "forgets to set a late timer again",
    edit("session", "self.timers.set_again(timer, self.deadline(timer));", ""),
  ),
  mutant(
    5,
    "never believes a timer that is late twice",
    edit("timer", "Chance::Again if late <= THROTTLED => Expiry::Late(late),", ""),
  ),
  mutant(
    5,
    "judges before the answer in the queue is told",
    edit(
      "timer",
      "Chance::First if late <= PUNCTUAL => Expiry::Late(late),",
      "Chance::First if late <= PUNCTUAL => Expiry::Trusted,",
    ),
  ),
  mutant(
    5,
    "does so the second time",
    edit(
      "timer",
      "Chance::Again if late <= THROTTLED => Expiry::Late(late),",
      "Chance::Again if late <= THROTTLED => Expiry::Trusted,",
    ),
  ),
  mutant(5, "time goes back", edit("session", "self.now = self.now.max(now);", "self.now = now;")),
  mutant(
    6,
    "never resets the backoff",
    edit(
      "session",
      "(Timer::StableAfter, _) => self.backoff.reset(&self.config),",
      "(Timer::StableAfter, _) => {}",
    ),
  ),
  mutant(6, "no jitter", edit("backoff", "spread.scaled(rng.fraction())", "{ rng.fraction(); spread }")),
  mutant(
    6,
    "half the jitter",
    edit("backoff", "spread.scaled(rng.fraction())", "spread.scaled(0.5 + rng.fraction() / 2.0)"),
  ),
  mutant(
    6,
    "clamps after jitter",
    edit("backoff", "spread.scaled(config.backoff_factor).min(max)", "spread.scaled(config.backoff_factor)"),
    edit("backoff", "spread.scaled(rng.fraction())", "spread.scaled(rng.fraction()).min(max)"),
  ),
  mutant(
    6,
    "the backoff does not grow",
    edit("backoff", "spread.scaled(config.backoff_factor).min(max)", "spread.min(max)"),
  ),
  mutant(
    6,
    "a hint does not bring on the next attempt",
    edit("session", "State::Waiting(Waiting::Delay) => self.start_attempt(Replaceable::Yes),", ""),
  ),
  mutant(6, "timers outlive their state", edit("lifecycle", "self.timers.clear_state();", "")),
  mutant(
    7,
    "drops the newest rather than the oldest",
    edit(
      "session",
      "OverflowPolicy::DropOldest if outbox.could_hold(message.bytes)",
      "OverflowPolicy::DropOldest if room",
    ),
  ),
  mutant(
    7,
    "one message too many waits",
    edit(
      "outbox",
      "count(self.messages.len() as u64) < self.limits",
      "count(self.messages.len() as u64) <= self.limits",
    ),
  ),
  mutant(
    7,
    "a message more than the bytes allow waits",
    edit("outbox", "count(self.bytes.saturating_add(bytes)) <=", "count(self.bytes) <="),
  ),
  mutant(
    7,
    "messages wait for ever",
    edit(
      "session",
      "expires_at: ttl.map_or(Instant::NEVER, |ttl| self.now + ttl),",
      "expires_at: { let _ = ttl; Instant::NEVER },",
    ),
  ),
  mutant(
    7,
    "transmits what has expired",
    edit("messages", "if self.now < message.expires_at {", "if message.id.0 < u64::MAX {"),
  ),
  mutant(
    7,
    "what comes back loses its place",
    edit("outbox", "self.messages.push_front(message);", "self.messages.push_back(message);"),
  ),
  mutant(
    7,
    "takes no notice of the high watermark",
    edit(
      "flow",
      "count(self.buffered) >= config.high_water_mark",
      "count(self.buffered) > 1e300 + config.high_water_mark",
    ),
  ),
  mutant(
    7,
    "tells nobody that it has drained",
    edit("messages", "Reading::Drained => self.event(Event::Drained),", "Reading::Drained => {}"),
  ),
  mutant(
    7,
    "never looks again whether a full buffer has emptied",
    edit(
      "messages",
      "Reading::PollIn(delay) => self.timers.set(Timer::DrainPoll, self.now + delay),",
      "Reading::PollIn(_) => {}",
    ),
  ),
  mutant(
    7,
    "a close leaves behind what was sent before",
    edit("lifecycle", "while matches!(self.state, State::Open(_))", "while false"),
  ),
  mutant(
    8,
    "tries again what was refused for good",
    edit("close", "1000 | 1002 | 1003 | 1007..=1010 | 4400..=4499", "1000 | 1002 | 1003 | 1007..=1010"),
  ),
  mutant(
    8,
    "does not mind what the user says",
    edit(
      "lifecycle",
      "self.settle(end.cause, end.details, verdict);",
      "let _ = verdict; self.settle(end.cause, end.details, end.cause.verdict());",
    ),
  ),
  mutant(
    8,
    "an overloaded server gets its clients back too soon",
    edit("backoff", "Pace::Overload => max,", "Pace::Overload => self.ceiling,"),
  ),
  mutant(
    8,
    "a restarting server gets its clients back all at once",
    edit(
      "backoff",
      "Pace::Restart => self.ceiling.max(RESTART_SPREAD).min(max),",
      "Pace::Restart => RESTART_SPREAD.scaled(0.01),",
    ),
  ),
  mutant(
    8,
    "a hint shortens what the server asked for",
    edit(
      "session",
      "State::Waiting(Waiting::Delay) => self.start_attempt(Replaceable::Yes),",
      "State::Waiting(Waiting::Delay | Waiting::FixedDelay) => self.start_attempt(Replaceable::Yes),",
    ),
  ),
  mutant(8, "forgets that the browser said offline", edit("lifecycle", "if self.offline {", "if false {")),
  mutant(
    8,
    "retries once more than allowed",
    edit("lifecycle", "< self.config.retries", "<= self.config.retries"),
  ),
  mutant(
    8,
    "the backoff begins anew after a restart",
    edit("backoff", "self.ceiling = spread.scaled", "self.ceiling = self.ceiling.scaled"),
  ),
  mutant(
    7,
    "any answer confirms all that is in flight",
    edit("session", "in_flight.pop_many(question.in_flight);", "in_flight.clear();"),
  ),
  mutant(
    7,
    "the answer to one question confirms for the next",
    edit("heartbeat", "self.before = core::mem::take(&mut self.after);", ""),
  ),
  mutant(
    7,
    "what is given back counts as in flight",
    edit("messages", "in_flight.pop_from(message.id),", "{ let _ = in_flight; }"),
  ),
  mutant(
    7,
    "any close confirms all that is in flight",
    edit(
      "lifecycle",
      "if details.was_clean && details.code == code",
      "if details.was_clean || details.code == code",
    ),
  ),
  mutant(
    7,
    "what is lost in flight is not told",
    edit(
      "lifecycle",
      "self.drop_message(message, DropReason::InFlightUnknown);",
      "let _ = (message, DropReason::InFlightUnknown);",
    ),
  ),
  mutant(
    7,
    "more is in flight than may wait",
    edit("messages", "in_flight.has_filled(1.0)", "in_flight.has_filled(3.0)"),
  ),
  mutant(
    5,
    "judges before what waits in the page's queue had its turn",
    edit(
      "session",
      "self.timers.set_last(timer, self.now + turn);",
      "self.timers.set_last(timer, self.now);",
    ),
  ),
  mutant(
    5,
    "a round trip in which the page slept is told",
    edit(
      "session",
      "if rtt <= self.config.span(Timer::ReplyTimeout)",
      "if rtt <= crate::core::Duration::FOREVER",
    ),
  ),
  mutant(
    9,
    "a stay in the page cache shortens what the server asked for",
    edit("lifecycle", "if self.now < not_before =>", "if self.now > not_before =>"),
  ),
  mutant(
    9,
    "leaves when the page is merely hidden",
    edit(
      "session",
      "Input::Page(Page::Hiding { .. } | Page::Frozen)",
      "Input::Page(Page::Hiding { .. } | Page::Frozen | Page::Hidden)",
    ),
  ),
  mutant(
    9,
    "tries again while the page is away",
    edit(
      "lifecycle",
      "State::Idle | State::Suspended(_) | State::Closing(_) | State::Closed => return,",
      "State::Idle | State::Suspended(_) | State::Waiting(_) | State::Closing(_) | State::Closed => return,",
    ),
  ),
  mutant(
    9,
    "stays when the page is frozen",
    edit(
      "session",
      "Input::Page(Page::Hiding { .. } | Page::Frozen) => self.suspend(),",
      "Input::Page(Page::Hiding { .. }) => self.suspend(), Input::Page(Page::Frozen) => {}",
    ),
  ),
  mutant(
    3,
    "waits for the end of a handshake that failed",
    edit("lifecycle", "self.timers.clear(Timer::ConnectTimeout);", "return;"),
  ),
];
