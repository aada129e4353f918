//! Rule 7: the outbox keeps its limits, messages keep their order, and each has exactly one outcome.

use steadysocket::core::{
    DropReason, Duration, Event, Input, Instant, MessageId, Options, Outgoing, OverflowPolicy, QueueOptions,
    SendError, SendErrorKind, Session, StateKind,
};

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Waiting,
    Transmitted,
    Dropped(DropReason),
    Refused(SendErrorKind),
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    bytes: u64,
    sent: Instant,
    expires: Instant,
    fate: Fate,
    /// A socket that was closing did not take it.
    came_back: bool,
}

/// The books: messages by their number.
#[derive(Debug)]
pub(crate) struct MessageWatch {
    messages: Vec<Entry>,
    /// How many have no outcome yet, and their bytes.
    waiting: (usize, u64),
    /// `Drained` may come: something waits, or did since it came last.
    may_drain: bool,
    /// `Drained` must come: something waited when all was done.
    must_drain: bool,
    ids: Vec<MessageId>,
    in_order: Vec<u64>,
    /// The user closed a connection, which takes with it what was sent before.
    flushed: bool,
    high_water_mark: f64,
    queue: Option<QueueOptions>,
}

impl MessageWatch {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            messages: Vec::new(),
            waiting: (0, 0),
            may_drain: false,
            must_drain: false,
            ids: Vec::new(),
            in_order: Vec::new(),
            flushed: false,
            high_water_mark: options.high_water_mark,
            queue: options.queue,
        }
    }

    /// What became of the message of this number.
    pub(crate) fn fate(&self, number: u64) -> Fate {
        self.messages[index(number)].fate
    }

    /// How large it is.
    pub(crate) fn bytes(&self, number: u64) -> u64 {
        self.messages[index(number)].bytes
    }

    /// A message was sent.
    pub(crate) fn sent(
        &mut self,
        outgoing: Outgoing<u64>,
        result: Result<MessageId, SendError<u64>>,
        now: Instant,
    ) {
        must_eq!(index(outgoing.payload), self.messages.len(), "the books number messages from zero");
        let fate = match result {
            Ok(id) => {
                must!(self.ids.last().is_none_or(|last| *last < id), "{id:?} is not in the order sent");
                self.ids.push(id);
                Fate::Waiting
            }
            Err(error) => {
                must_eq!(error.payload, outgoing.payload, "another message came back");
                Fate::Refused(error.kind)
            }
        };
        let ttl = outgoing.ttl.or(self.queue.map(|queue| Duration::from_millis_f64(queue.ttl)));
        let expires = now + ttl.unwrap_or(Duration::FOREVER);
        if fate == Fate::Waiting {
            self.waiting = (self.waiting.0 + 1, self.waiting.1 + outgoing.bytes);
        }
        self.messages.push(Entry { bytes: outgoing.bytes, sent: now, expires, fate, came_back: false });
    }

    pub(crate) fn input(&mut self, input: &Input<u64>, state: StateKind) {
        match input {
            Input::Open => self.flushed = false,
            Input::Close { .. } if state == StateKind::Open => {
                (self.flushed, self.must_drain) = (true, false);
            }
            Input::Untransmitted { message, .. } => {
                must_eq!(self.in_order.pop(), Some(message.payload), "what comes back was the latest");
                self.settle(message.payload, Fate::Transmitted, Fate::Waiting);
                self.messages[index(message.payload)].came_back = true;
            }
            // Who closes waits for nothing any more.
            Input::Close { .. } => self.must_drain = false,
            _ => {}
        }
    }

    pub(crate) fn handled(&mut self, session: &Session<u64>) {
        self.may_drain |= !session.is_drained();
        let (messages, bytes) = (session.queued_messages(), session.queued_bytes());
        let Some(queue) = self.queue else {
            must_eq!((messages, bytes), (0, 0), "there is no outbox");
            return;
        };
        must!(count(messages as u64) <= queue.max_messages, "{messages} messages wait");
        must!(count(bytes) <= queue.max_bytes, "{bytes} bytes wait");
    }

    /// A message is about to be handed to a socket that has `buffered` bytes left.
    pub(crate) fn transmitted(&mut self, number: u64, buffered: u64, state: StateKind, now: Instant) {
        self.settle(number, Fate::Waiting, Fate::Transmitted);
        let Entry { sent, expires, .. } = self.messages[index(number)];
        must!(now < expires || now == sent, "{number} is transmitted though its time is up");
        let earlier = self.in_order.last();
        must!(earlier.is_none_or(|earlier| *earlier < number), "{number} overtook {earlier:?}");
        self.in_order.push(number);
        if state == StateKind::Open && self.queue.is_some() {
            must!(count(buffered) <= self.high_water_mark, "{number} goes on top of {buffered} bytes");
        }
    }

    pub(crate) fn event(&mut self, event: &Event<u64>, now: Instant) {
        match event {
            Event::Dropped { payload, reason: reason @ DropReason::InFlightUnknown } => {
                // Its socket was left before it could say that it did not take the message.
                let Entry { fate, came_back, .. } = self.messages[index(*payload)];
                let from = if came_back { fate } else { Fate::Transmitted };
                self.settle(*payload, from, Fate::Dropped(*reason));
            }
            Event::Dropped { payload, reason } => {
                match reason {
                    DropReason::Overflow => self.gives_way(*payload),
                    DropReason::Closed => {
                        let came_back = self.messages[index(*payload)].came_back;
                        must!(!self.flushed || came_back, "{payload} did not go out before the close");
                    }
                    _ => {}
                }
                self.settle(*payload, Fate::Waiting, Fate::Dropped(*reason));
                let expires = self.messages[index(*payload)].expires;
                must!(*reason != DropReason::Expired || now >= expires, "{payload} expires too early");
            }
            Event::Drained => {
                must!(self.may_drain, "drained, and nothing ever waited");
                (self.may_drain, self.must_drain) = (false, false);
            }
            // Who waits for `Drained` learns that it will not come.
            Event::Closed { .. } => self.must_drain = false,
            _ => {}
        }
    }

    pub(crate) fn drained(&mut self, session: &Session<u64>) {
        let (messages, bytes) = self.waiting;
        let queued = (session.queued_messages(), session.queued_bytes());
        must_eq!(queued, (messages, bytes), "messages and bytes in the outbox, and without an outcome");
        if session.state() == StateKind::Closed {
            must_eq!(messages, 0, "messages wait though the session is over");
        }
        // Who waits for `Drained` must not wait for ever.
        let over = matches!(session.state(), StateKind::Closing | StateKind::Closed);
        must!(
            over || !self.must_drain || !session.is_drained(),
            "nothing waits any more, and nobody was told"
        );
        self.must_drain = !over && !session.is_drained();
        self.may_drain = !session.is_drained();
    }

    /// The outbox is full, and the message is the one to give way.
    fn gives_way(&self, number: u64) {
        let Some(queue) = self.queue else {
            return must!(false, "{number} overflows, and there is no outbox");
        };
        let (messages, bytes) = self.waiting;
        let full = count(messages as u64) > queue.max_messages || count(bytes) > queue.max_bytes;
        must!(full, "{number} gives way, and there is room");
        let Entry { bytes, came_back, .. } = self.messages[index(number)];
        let could_fit = queue.max_messages > 0.0 && count(bytes) <= queue.max_bytes;
        let oldest = self.messages[..index(number)].iter().all(|entry| entry.fate != Fate::Waiting);
        let right = match queue.overflow {
            OverflowPolicy::DropOldest => oldest || !could_fit,
            // Of those that fit it was not the first, or it would wait.
            OverflowPolicy::DropNewest => !oldest || !could_fit,
            _ => false,
        };
        must!(right || came_back, "{number} is not the one to give way");
    }

    fn settle(&mut self, number: u64, from: Fate, to: Fate) {
        let Entry { fate, bytes, .. } = &mut self.messages[index(number)];
        must_eq!(*fate, from, "message {number} was to be {to:?}");
        *fate = to;
        let (messages, sum) = self.waiting;
        self.waiting = match to {
            Fate::Waiting => (messages + 1, sum + *bytes),
            _ if from == Fate::Waiting => (messages - 1, sum - *bytes),
            _ => self.waiting,
        };
    }
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn count(number: u64) -> f64 {
    number as f64
}
