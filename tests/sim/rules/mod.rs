//! The rules of behaviour, one by one.

mod abandon;
mod backoff;
mod closing;
mod config;
mod flow;
mod in_flight;
mod intent;
mod judge;
mod late_timers;
mod life;
mod one_socket;
mod outbox;
mod page;
mod single;
mod verdicts;

use steadysocket::core::{HeartbeatOptions, Input, Network, Options, Page, StateKind};

use crate::browser::Answer;
use crate::world::{World, seconds};

const STATES: [StateKind; 8] = [
    StateKind::Idle,
    StateKind::Resolving,
    StateKind::Connecting,
    StateKind::Open,
    StateKind::Waiting,
    StateKind::Suspended,
    StateKind::Closing,
    StateKind::Closed,
];

/// A session in this state that has lost a socket already (unless it is idle), and nothing told yet.
fn world_in(state: StateKind, options: &Options) -> World {
    let mut world = World::new(options);
    if state != StateKind::Idle {
        world.connect();
        world.lose();
        match state {
            StateKind::Resolving => world.road().url = Answer::Never,
            StateKind::Connecting => world.road().handshake = Answer::Never,
            StateKind::Closing => world.road().close_takes = None,
            _ => {}
        }
    }
    match state {
        StateKind::Resolving | StateKind::Connecting | StateKind::Open => {
            world.run_until(|world| world.state() == state);
        }
        StateKind::Suspended => {
            world.run_until(|world| world.state() == StateKind::Open);
            world.page(Page::Hiding { persisted: true });
        }
        StateKind::Closing | StateKind::Closed => {
            world.run_until(|world| world.state() == StateKind::Open);
            world.close();
            world.run_for(seconds(1));
        }
        _ => {}
    }
    assert_eq!(world.state(), state);
    world.story();
    world
}

/// Everything that may make a session look at once.
fn hints() -> [Input<u64>; 4] {
    [
        Input::Network(Network::Online),
        Input::Page(Page::Visible),
        Input::Page(Page::Shown { persisted: true }),
        Input::Page(Page::Resumed),
    ]
}

/// With a heartbeat after so many milliseconds of silence, to be answered within so many.
fn heartbeat(interval: f64, timeout: f64) -> Options {
    Options { heartbeat: Some(HeartbeatOptions { interval, timeout }), ..Options::default() }
}
