//! *Without retries, a session is a plain `WebSocket`*: by its defaults the one connection is left to the browser.

use steadysocket::core::{Cause, Network, Options, Page, StateKind};

use super::hints;
use crate::browser::Answer;
use crate::world::{World, minutes};

#[test]
fn single_a_handshake_may_take_its_time() {
    let mut world = World::new(&Options::single());
    world.road().handshake = Answer::Never;
    world.open();
    let socket = world.socket();
    for hint in hints() {
        world.run_for(minutes(60));
        let name = format!("{hint:?}");
        world.input(hint);
        assert_eq!((world.state(), world.socket()), (StateKind::Connecting, socket), "{name}");
    }
    assert_eq!(world.story().causes(), []);
}

#[test]
fn single_close_waits_for_the_browser() {
    let mut world = World::connected(&Options::single());
    world.road().close_takes = Some(minutes(60));
    world.close();
    world.run_for(minutes(59));
    assert_eq!(world.state(), StateKind::Closing);
    world.run_for(minutes(1));
    assert_eq!((world.state(), world.story().causes()), (StateKind::Closed, vec![Cause::User]));
}

#[test]
fn single_the_page_may_be_left_and_frozen() {
    let mut world = World::connected(&Options::single());
    for page in [Page::Hiding { persisted: true }, Page::Hiding { persisted: false }, Page::Frozen] {
        world.page(page);
        assert_eq!(world.state(), StateKind::Open, "{page:?}");
    }
    assert_eq!(world.story().causes(), []);
}

#[test]
fn single_the_first_end_is_the_last() {
    for wreck in [World::lose, |world: &mut World| world.server_closes(1012)] {
        let mut world = World::connected(&Options::single());
        wreck(&mut world);
        assert_eq!(world.state(), StateKind::Closed);
        world.network(Network::Online);
        world.page(Page::Shown { persisted: true });
        world.run_for(minutes(60));
        assert_eq!((world.state(), world.story().attempts().len()), (StateKind::Closed, 0));
    }
}
