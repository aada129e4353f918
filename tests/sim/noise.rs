//! Noise: inputs in any order, about sockets and attempts of any age. Rule 11: *Nothing panics on input.*

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use steadysocket::core::{
    Attempt, CloseDetails, Config, Duration, Effect, Input, Instant, Message, Network, Options, Outgoing,
    Output, Pace, Reason, Session, SocketId, Verdict,
};

use crate::dice::Dice;
use crate::scenes;
use crate::script::pages;
use crate::watch::{SocketWatch, StateWatch};
use crate::world::ms;

/// One sound.
#[derive(Clone, Debug)]
enum Noise {
    Input(Kind, Index, u64),
    Send(u64, Option<u64>),
    /// Outputs are taken, so many at most.
    Poll(usize),
    /// Microseconds pass.
    Pass(u64),
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Open,
    Close,
    UrlResolved,
    UrlFailed,
    SocketOpened,
    SocketHeard,
    ReplyHeard,
    SocketFailed,
    SocketClosed,
    Untransmitted,
    BufferedAmount,
    Judged,
    Network,
    Page,
    Timeout,
}

fn noise() -> impl Strategy<Value = Noise> {
    use Kind::{
        BufferedAmount, Close, Judged, Network, Open, Page, ReplyHeard, SocketClosed, SocketFailed,
        SocketHeard, SocketOpened, Timeout, Untransmitted, UrlFailed, UrlResolved,
    };
    // What leads to a connection comes more often, or there would be none.
    let kinds = vec![
        Open,
        UrlResolved,
        UrlResolved,
        UrlResolved,
        SocketOpened,
        SocketOpened,
        SocketOpened,
        Timeout,
        Timeout,
        Close,
        UrlFailed,
        SocketHeard,
        ReplyHeard,
        SocketFailed,
        SocketClosed,
        Untransmitted,
        BufferedAmount,
        BufferedAmount,
        Judged,
        Network,
        Page,
        Page,
    ];
    let number = prop_oneof![0_u64..10_000, any::<u64>(), Just(0), Just(u64::MAX)];
    let span = prop_oneof![4 => 0_u64..60_000_000, 1 => 0_u64..1 << 40];
    let ttl = prop::option::of(0_u64..100_000);
    prop_oneof![
        8 => (select(kinds), any::<Index>(), number.clone()).prop_map(|(k, i, n)| Noise::Input(k, i, n)),
        2 => (number, ttl).prop_map(|(bytes, ttl)| Noise::Send(bytes, ttl)),
        4 => (0_usize..8).prop_map(Noise::Poll),
        3 => span.prop_map(Noise::Pass),
    ]
}

fn options() -> impl Strategy<Value = Options> {
    any::<u64>().prop_map(|seed| scenes::options(&mut Dice::new(seed)))
}

proptest! {
    #![proptest_config(super::properties::cases(1_500))]

    /// With the drain rule: at most one live socket, an unbroken chain of states, and nothing moves but by what may move it.
    #[test]
    fn rule_11_no_orderly_noise_panics_or_confuses(
        options in options().prop_map(|options| Options { judge: false, ..options }),
        seed: u64,
        noise in vec(noise(), 1..200),
    ) {
        let mut chaos = Chaos::new(&options, seed);
        let mut watch = (SocketWatch::default(), StateWatch::new(&options));
        for sound in noise {
            let input = chaos.input(&sound);
            if let Some(input) = &input {
                watch.1.input(input, chaos.session.state(), &watch.0, false);
                watch.0.input(input);
            }
            chaos.hear(&sound, input);
            watch.1.handled(&chaos.session);
            while let Some(output) = chaos.poll() {
                match output {
                    Output::Effect(effect) => {
                        watch.1.effect(&effect);
                        watch.0.effect(&effect);
                    }
                    Output::Event(event) => watch.1.event(&event),
                }
            }
            watch.1.drained(&chaos.session, chaos.now);
            watch.0.drained(chaos.session.state());
        }
    }

    /// Without it: nothing panics at least, and outputs come to an end.
    #[test]
    fn rule_11_no_disorderly_noise_panics(
        options in options(),
        seed: u64,
        noise in vec(noise(), 1..200),
    ) {
        let mut chaos = Chaos::new(&options, seed);
        for sound in noise {
            let input = chaos.input(&sound);
            chaos.hear(&sound, input);
            if let Noise::Poll(most) = sound {
                for _ in 0..most {
                    let _ = chaos.poll();
                }
            }
        }
        prop_assert!((0..100_000).any(|_| chaos.poll().is_none()), "outputs without end");
    }
}

/// A session amid noise: the names it gave out can be told back to it at any time.
struct Chaos {
    session: Session<u64>,
    now: Instant,
    attempts: Vec<Attempt>,
    sockets: Vec<SocketId>,
    messages: Vec<Message<u64>>,
}

impl Chaos {
    fn new(options: &Options, seed: u64) -> Self {
        let now = Instant::from_micros(1);
        let config = Config::new(options);
        let Ok(config) = config else { unreachable!("{config:?}") };
        let session = Session::new(config, seed, now);
        Self { session, now, attempts: Vec::new(), sockets: Vec::new(), messages: Vec::new() }
    }

    fn hear(&mut self, noise: &Noise, input: Option<Input<u64>>) {
        if let Some(input) = input {
            self.session.handle(input, self.now);
        }
        match noise {
            Noise::Send(bytes, ttl) => {
                let outgoing = Outgoing { payload: *bytes, bytes: *bytes, ttl: ttl.map(ms) };
                let _ = self.session.send(outgoing, self.now);
            }
            Noise::Pass(micros) => self.now = self.now + Duration::from_micros(*micros),
            Noise::Input(..) | Noise::Poll(_) => {}
        }
    }

    /// The input that a sound is, if the names for it are there.
    fn input(&self, noise: &Noise) -> Option<Input<u64>> {
        let Noise::Input(kind, index, value) = noise else { return None };
        // The latest name as often as all others together.
        let recent = value.is_multiple_of(2);
        let attempt = pick(&self.attempts, *index, recent);
        let id = pick(&self.sockets, *index, recent);
        let message = pick(&self.messages, *index, recent);
        let code = *index.get(&[1000, 1001, 1005, 1006, 1012, 1013, 4000, 4400, 0, u16::MAX]);
        let verdicts = [
            Verdict::Stop,
            Verdict::Retry(Pace::AtOnce),
            Verdict::Retry(Pace::Backoff),
            Verdict::Retry(Pace::After(Duration::from_micros(*value))),
        ];
        Some(match kind {
            Kind::Open => Input::Open,
            Kind::Close => Input::Close { code: Some(code), reason: Reason::Empty },
            Kind::UrlResolved => Input::UrlResolved { attempt: attempt? },
            Kind::UrlFailed => Input::UrlFailed { attempt: attempt? },
            Kind::SocketOpened => Input::SocketOpened { id: id? },
            Kind::SocketHeard => Input::SocketHeard { id: id? },
            Kind::ReplyHeard => Input::ReplyHeard { id: id? },
            Kind::SocketFailed => Input::SocketFailed { id: id? },
            Kind::SocketClosed => {
                let details = CloseDetails { code, reason: Reason::Empty, was_clean: recent };
                Input::SocketClosed { id: id?, details }
            }
            Kind::Untransmitted => Input::Untransmitted { id: id?, message: message? },
            Kind::BufferedAmount => Input::BufferedAmount { id: id?, bytes: *value },
            Kind::Judged => Input::Judged { attempt: attempt?, verdict: *index.get(&verdicts) },
            Kind::Network => Input::Network(*index.get(&[Network::Online, Network::Offline])),
            Kind::Page => Input::Page(*index.get(&pages())),
            Kind::Timeout => Input::Timeout,
        })
    }

    fn poll(&mut self) -> Option<Output<u64>> {
        let output = self.session.poll_output()?;
        if let Output::Effect(effect) = &output {
            match effect {
                Effect::ResolveUrl { attempt } => self.attempts.push(*attempt),
                Effect::OpenSocket { id } => self.sockets.push(*id),
                Effect::Transmit { message, .. } => self.messages.push(message.clone()),
                _ => {}
            }
        }
        Some(output)
    }
}

fn pick<T: Clone>(names: &[T], index: Index, recent: bool) -> Option<T> {
    let any = (!names.is_empty()).then(|| index.get(names).clone());
    if recent { names.last().cloned() } else { any }
}
