//! Every callback may do anything to its session, drop it included.

use std::cell::RefCell;
use std::rc::Rc;

use steadysocket::core::{Event, Reason, SendErrorKind, StateKind};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::client::{Client, outgoing, swift};
use crate::recorder::{Call, Place, Recorder, Reflex};
use crate::stand_in::StandIn;

/// What a callback does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Send,
    Close,
    Open,
    Release,
    /// Drops the user's handle.
    Drop,
}

const DEEDS: [Deed; 5] = [Deed::Send, Deed::Close, Deed::Open, Deed::Release, Deed::Drop];

macro_rules! reenter_from {
    ($($name:ident: $place:ident,)*) => {$(
        #[wasm_bindgen_test]
        async fn $name() {
            for deed in DEEDS {
                reenter(Place::$place, deed).await;
            }
        }
    )*};
}

reenter_from! {
    from_resolve_url: ResolveUrl,
    from_open_socket: OpenSocket,
    from_message: Message,
    from_error: Error,
    from_report: Report,
    from_heartbeat: Heartbeat,
    from_reason: Reason,
    from_judge: Judge,
    from_state_changed: StateChanged,
    from_opened: Opened,
    from_disconnected: Disconnected,
    from_retry_scheduled: RetryScheduled,
    from_dropped: Dropped,
    from_drained: Drained,
    from_latency: Latency,
    from_closed: Closed,
}

const MESSAGE: &str = "from within";

async fn reenter(place: Place, deed: Deed) {
    let mut client = place.client();
    let scene = format!("{deed:?} in {place:?}");
    let done = Rc::new(RefCell::new(None));
    let outcome = Rc::clone(&done);
    client.react(
        place,
        Box::new(move |recorder| {
            outcome.replace(Some(deed.perform(recorder)));
        }),
    );
    place.provoke(&client).await;
    client.wait(&scene, || done.borrow().is_some()).await;
    let Some(Done { sent, calls }) = done.take() else { unreachable!("waited for it") };

    match deed {
        Deed::Send => assert_one_outcome(&client, sent, &scene).await,
        Deed::Close => {
            client.until(Place::Closed).await;
            assert_eq!(client.state(), StateKind::Closed, "{scene}");
        }
        Deed::Open => client.echo("on a fresh socket").await,
        Deed::Release | Deed::Drop => assert_eq!(client.recorder.live_sockets(), 0, "{scene}"),
    }
    // Time for whatever should not come.
    Client::connected(&swift()).await.echo("another session").await;
    assert_in_order(&client.events(), &scene);
    match deed {
        Deed::Close => assert_eq!(client.count(Place::Closed), 1, "{scene}"),
        Deed::Release => assert_eq!(client.calls().len(), calls, "{scene}: {:#?}", client.calls()),
        Deed::Drop => return assert_eq!(Rc::strong_count(&client.recorder), 1, "{scene}"),
        _ => {}
    }
    client.revive().await;
    client.echo("the same session").await;
    assert_eq!(client.recorder.live_sockets(), 1, "{scene}");
}

/// What came of a deed at once.
struct Done {
    sent: Result<(), SendErrorKind>,
    /// How many calls were made until then.
    calls: usize,
}

impl Deed {
    fn perform(self, recorder: &Recorder) -> Done {
        let driver = if self == Self::Drop { recorder.driver.take() } else { recorder.driver() };
        let driver = driver.expect("the session is there");
        let mut sent = Ok(());
        match self {
            Self::Send => sent = driver.send(outgoing(MESSAGE)),
            Self::Close => driver.close(Some(1000), Reason::Given("bye".into())),
            Self::Open => driver.open(),
            Self::Release => driver.release(),
            Self::Drop => drop(driver),
        }
        Done { sent, calls: recorder.calls.borrow().len() }
    }
}

/// A message is echoed, dropped or refused, and only one of that.
async fn assert_one_outcome(client: &Client, sent: Result<(), SendErrorKind>, scene: &str) {
    if sent.is_err() {
        let state = client.state();
        assert!(matches!(state, StateKind::Closing | StateKind::Closed), "{scene}: {sent:?} when {state:?}");
        return;
    }
    if client.state() == StateKind::Idle {
        client.driver().open();
    }
    let outcomes = || {
        let echoed = client.messages().into_iter().filter(|text| text == MESSAGE).count();
        let ours =
            |event: &&Event<JsValue>| matches!(event, Event::Dropped { payload, .. } if payload == MESSAGE);
        echoed + client.events().iter().filter(ours).count()
    };
    client.wait(scene, || outcomes() > 0).await;
    client.echo("the next").await;
    assert_eq!(outcomes(), 1, "{scene}");
}

/// Each event comes where it belongs, however deep the call was that caused it.
fn assert_in_order(events: &[Event<JsValue>], scene: &str) {
    let mut state = StateKind::Idle;
    let mut before: Option<&Event<JsValue>> = None;
    for event in events {
        match event {
            Event::StateChanged { from, to } => {
                assert_eq!(*from, state, "{scene}: {events:#?}");
                state = *to;
            }
            Event::Opened { .. } => {
                assert!(
                    matches!(before, Some(Event::StateChanged { to: StateKind::Open, .. })),
                    "{scene}: {events:#?}"
                );
            }
            Event::RetryScheduled { .. } => {
                assert!(matches!(before, Some(Event::Disconnected { .. })), "{scene}: {events:#?}");
            }
            _ => {}
        }
        before = Some(event);
    }
}

#[wasm_bindgen_test]
fn what_a_callback_does_follows_what_was_to_be_told() {
    let socket = StandIn::new();
    let client = Client::over(&swift(), [socket.road()]);
    client.driver().open();
    assert_eq!(client.send("one"), Ok(()));
    client.react(
        Place::Opened,
        Box::new(|recorder| {
            let driver = recorder.driver().expect("the session is there");
            assert!(!driver.sends_at_once());
            for text in ["two", "three"] {
                assert_eq!(driver.send(outgoing(text)), Ok(()));
            }
            driver.close(None, Reason::Empty);
            assert_eq!(driver.send(outgoing("four")), Err(SendErrorKind::Closed));
            driver.open();
        }),
    );
    client.forget_calls();
    socket.open();
    assert_eq!((socket.sent().as_str(), socket.closes()), ("one,two,three", 2));
    let places: Vec<_> = client.calls().iter().map(Call::place).collect();
    let expected = [
        [Place::StateChanged, Place::Opened],
        // What waited has gone out within the callback.
        [Place::Drained, Place::StateChanged],
        [Place::Reason, Place::StateChanged],
        [Place::Disconnected, Place::StateChanged],
        [Place::ResolveUrl, Place::StateChanged],
    ];
    assert_eq!(places, [expected.concat(), vec![Place::OpenSocket]].concat());
}

#[wasm_bindgen_test]
async fn a_socket_that_closes_within_close() {
    let socket = StandIn::new();
    let client = socket.connect(&swift());
    socket.close_at_once();
    client.close();
    assert_eq!(client.count(Place::Closed), 1);
    assert_in_order(&client.events(), "close");

    let socket = StandIn::new();
    let client = socket.connect(&swift());
    socket.close_at_once();
    client.recorder.sockets.take();
    client.driver().open();
    client.until_nth(Place::Opened, 2).await;
    assert_eq!(client.count(Place::Disconnected), 1);
    assert_in_order(&client.events(), "open");
}

#[wasm_bindgen_test]
fn a_socket_that_answers_within_send() {
    let socket = StandIn::new();
    let client = socket.connect(&swift());
    socket.answer_at_once();
    client.react(Place::Message, ask("ask 2"));
    assert_eq!(client.send("ask 1"), Ok(()));
    assert_eq!(client.messages(), ["answer 1", "answer 2"]);

    // And now from within a message that came by itself.
    client.react(Place::Message, ask("ask 3"));
    socket.say("hello");
    assert_eq!(client.reports(), [""; 0]);
    assert_eq!(client.messages(), ["answer 1", "answer 2", "hello", "answer 3"]);
}

fn ask(text: &'static str) -> Reflex {
    Box::new(move |recorder| {
        let driver = recorder.driver().expect("the session is there");
        assert_eq!(driver.send(outgoing(text)), Ok(()));
    })
}
