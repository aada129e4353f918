//! Sessions leave nothing behind: no memory, thus no closure, and no JavaScript object that is held.
#![expect(unsafe_code, reason = "an allocator has to be")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use steadysocket::core::StateKind;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::client::{Client, swift};
use crate::page::{inflict, turn};
use crate::recorder::{Place, Road};
use crate::stand_in::StandIn;

/// Counts what is allocated now. A closure that JavaScript may call is an allocation of its own.
struct Counting {
    live: AtomicUsize,
    bytes: AtomicUsize,
}

#[global_allocator]
static ALLOCATOR: Counting = Counting { live: AtomicUsize::new(0), bytes: AtomicUsize::new(0) };

// SAFETY: the system's allocator does it all. `realloc` goes through these two.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.live.fetch_add(1, Relaxed);
        self.bytes.fetch_add(layout.size(), Relaxed);
        // SAFETY: the caller keeps the contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        self.live.fetch_sub(1, Relaxed);
        self.bytes.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller keeps the contract.
        unsafe { System.dealloc(memory, layout) }
    }
}

/// What is held at a moment. A test that fails leaves its session behind, which may show here.
#[derive(Debug, PartialEq, Eq)]
struct Footprint {
    allocations: usize,
    bytes: usize,
    externrefs: u32,
}

impl Footprint {
    /// When everything that is due has run.
    async fn take() -> Self {
        turn().await;
        Self {
            allocations: ALLOCATOR.live.load(Relaxed),
            bytes: ALLOCATOR.bytes.load(Relaxed),
            externrefs: wasm_bindgen::externref_heap_live_count(),
        }
    }
}

#[wasm_bindgen_test]
async fn a_thousand_sessions() {
    // What is allocated once and kept: the executor's queue, the table of JavaScript objects.
    live_and_die().await;
    live_and_die().await;
    let before = Footprint::take().await;
    for _ in 0..100 {
        live_and_die().await;
    }
    assert_eq!(Footprint::take().await, before);
}

/// Ten sessions, dropped in different states.
async fn live_and_die() {
    let idle = Client::new(&swift());
    assert_eq!(idle.send("never"), Ok(()));
    let resolving = Client::over(&swift(), [Road::Hangs]);
    resolving.driver().open();
    // At an address of its own: Firefox makes who gives up a handshake wait before the next one there.
    let connecting = Client::over(&swift(), [Road::To("ws://127.0.0.2:7357/".into())]);
    connecting.driver().open();
    assert_eq!(connecting.state(), StateKind::Connecting);
    let retrying = Client::over(&swift(), [Road::Throws]);
    retrying.driver().open();
    assert_eq!(retrying.count(Place::RetryScheduled), 1);

    let busy = StandIn::new().connect(&swift());
    assert_eq!(busy.send("never answered"), Ok(()));
    let closing = StandIn::new().connect(&swift());
    closing.close();
    assert_eq!(closing.state(), StateKind::Closing);

    let [open, closed, released, lost] = connect().await;
    closed.close();
    released.driver().release();
    inflict(&lost.name, r#""fault": "close", "code": 4000"#).await;
    open.echo("hello").await;
    closed.until(Place::Closed).await;
    lost.until(Place::RetryScheduled).await;
}

/// Sessions that connect side by side.
async fn connect<const COUNT: usize>() -> [Client; COUNT] {
    let clients = [(); COUNT].map(|()| Client::new(&swift()));
    for client in &clients {
        client.driver().open();
    }
    for client in &clients {
        client.until(Place::Opened).await;
    }
    clients
}

#[wasm_bindgen_test]
async fn a_hundred_reconnections() {
    let client = Client::connected(&swift()).await;
    reconnect(&client, 10).await;
    let before = Footprint::take().await;
    reconnect(&client, 100).await;
    assert_eq!(Footprint::take().await, before);
}

async fn reconnect(client: &Client, times: u32) {
    for _ in 0..times {
        client.forget_calls();
        client.driver().open();
        client.until(Place::Opened).await;
        client.echo("hello").await;
    }
    client.forget_calls();
}

#[wasm_bindgen_test]
async fn a_hundred_lost_sockets() {
    let client = Client::over(&swift(), [StandIn::new().road()]);
    client.driver().open();
    lose_sockets(&client, 10).await;
    let before = Footprint::take().await;
    lose_sockets(&client, 100).await;
    assert_eq!(Footprint::take().await, before);
}

/// One after the other, each in turn before and after it opened.
async fn lose_sockets(client: &Client, times: u32) {
    for round in 0..times {
        client.forget_calls();
        let socket = StandIn::new();
        client.recorder.roads.replace([socket.road()].into());
        client.driver().open();
        if round % 2 == 0 {
            socket.open();
        }
        let next = StandIn::new();
        client.recorder.roads.borrow_mut().push_back(next.road());
        socket.end(1006);
        client.until_nth(Place::OpenSocket, 2).await;
        next.open();
    }
    client.forget_calls();
}
