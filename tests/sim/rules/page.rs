//! Rule 9: *Leave politely, come back by yourself.* Close in `pagehide` and in `freeze`, come back on `pageshow` and
//! `resume`. A 1001 in a page that lives on is retried.

use steadysocket::core::{Cause, Network, Options, Page, QueueOptions, Reason, StateKind, Verdict};

use super::{STATES, world_in};
use crate::browser::Answer;
use crate::world::{World, minutes, ms, seconds};

const LEAVING: [Page; 3] =
    [Page::Hiding { persisted: true }, Page::Hiding { persisted: false }, Page::Frozen];
const RETURNING: [Page; 2] = [Page::Shown { persisted: true }, Page::Resumed];

fn polite() -> Vec<(Option<u16>, Reason<u64>)> {
    vec![(Some(1000), Reason::PageHide)]
}

#[test]
fn rule_9_a_page_that_is_left_says_goodbye_at_once() {
    for page in LEAVING {
        let mut world = World::connected(&Options::default());
        let begin = world.now;
        world.page(page);
        let story = world.story();
        assert_eq!((world.state(), story.closes()), (StateKind::Suspended, polite()), "{page:?}");
        assert_eq!(story.causes(), [Cause::PageHidden]);
        assert!(matches!(story.verdicts()[..], [Verdict::Retry(_)]), "it comes back");
        assert!(story.0.iter().all(|(at, _)| *at == begin));
        assert_eq!(story.closed(), []);
    }
}

#[test]
fn rule_9_with_the_code_of_the_options() {
    let page_hide_code = 4002.0;
    let mut world = World::connected(&Options { page_hide_code, ..Options::default() });
    world.page(Page::Hiding { persisted: true });
    assert_eq!(world.story().closes(), [(Some(4002), Reason::PageHide)]);
}

#[test]
fn rule_9_nothing_is_attempted_while_the_page_is_away() {
    for page in LEAVING {
        for state in [StateKind::Resolving, StateKind::Connecting, StateKind::Open, StateKind::Waiting] {
            let mut world = world_in(state, &Options::default());
            if state == StateKind::Resolving {
                world.open(); // an attempt of its own, whose URL comes in a second
                world.road().url = Answer::Yes(seconds(1));
                world.open();
                world.story();
            }
            world.page(page);
            world.network(Network::Online);
            world.run_for(minutes(60));
            let story = world.story();
            assert_eq!((story.attempts(), story.sockets()), (vec![], vec![]), "{page:?} in {state:?}");
        }
    }
}

#[test]
fn rule_9_a_page_that_returns_connects_at_once() {
    for leaving in LEAVING {
        for returning in RETURNING {
            for state in [StateKind::Resolving, StateKind::Connecting, StateKind::Open, StateKind::Waiting] {
                let mut world = world_in(state, &Options { backoff_min: 20_000.0, ..Options::default() });
                world.road().close_takes = None;
                world.page(leaving);
                world.road().url = Answer::Yes(ms(0));
                world.road().handshake = Answer::Yes(ms(50));
                world.run_for(minutes(10));
                world.story();
                let begin = world.now;
                world.page(returning);
                world.run_for(ms(50));
                let story = world.story();
                assert_eq!(world.state(), StateKind::Open, "{leaving:?} in {state:?}, then {returning:?}");
                assert_eq!(story.attempts(), [begin], "{leaving:?} in {state:?}, then {returning:?}");
                assert!(story.opened()[0].1, "it was connected before");
            }
        }
    }
}

#[test]
fn rule_9_the_way_through_the_page_cache() {
    let mut world = World::connected(&Options::default());
    world.page(Page::Hiding { persisted: true });
    world.page(Page::Hidden);
    world.page(Page::Frozen);
    world.sleep(minutes(30));
    world.page(Page::Resumed);
    world.page(Page::Shown { persisted: true });
    world.page(Page::Visible);
    world.run_for(seconds(1));
    let story = world.story();
    assert_eq!((story.closes(), story.causes()), (polite(), vec![Cause::PageHidden]));
    assert_eq!((story.attempts().len(), story.opened().len()), (1, 1));
}

#[test]
fn rule_9_the_close_event_of_the_goodbye_is_ignored_whenever_it_comes() {
    for close_takes in [ms(0), ms(10), ms(1_100), seconds(60)] {
        let mut world = World::connected(&Options::default());
        world.road().close_takes = Some(close_takes);
        world.page(Page::Hiding { persisted: true });
        world.run_for(seconds(1));
        world.page(Page::Shown { persisted: true });
        world.run_for(minutes(2));
        assert_eq!((world.state(), world.story().causes()), (StateKind::Open, vec![Cause::PageHidden]));
    }
}

#[test]
fn rule_9_nothing_large_first() {
    let queue = QueueOptions { max_bytes: f64::INFINITY, ..QueueOptions::default() };
    let options = Options { queue: Some(queue), ..Options::default() };
    for page in LEAVING {
        let mut world = World::connected(&options);
        world.road().bytes_per_second = 0;
        for _ in 0..20 {
            assert!(world.send(1 << 20).is_ok());
        }
        let waiting = world.session().queued_messages();
        assert!(waiting > 10);
        world.story();
        world.page(page);
        let story = world.story();
        assert_eq!((story.transmitted(), story.closes()), (vec![], polite()), "{page:?}");
        assert_eq!((story.drops(), world.session().queued_messages()), (vec![], waiting), "they wait on");
    }
}

#[test]
fn rule_9_a_tab_in_the_background_is_not_left() {
    let mut world = World::connected(&Options::default());
    world.page(Page::Hidden);
    world.run_for(minutes(60));
    world.page(Page::Visible);
    world.run_for(minutes(1));
    assert_eq!(world.story().0, []);
    // Nor are attempts put off.
    world.page(Page::Hidden);
    world.lose();
    world.run_for(seconds(1));
    assert_eq!(world.state(), StateKind::Open);
}

#[test]
fn rule_9_a_user_may_wish_to_stay() {
    for page in LEAVING.into_iter().chain(RETURNING) {
        let mut world = World::connected(&Options { page_hide_close: false, ..Options::default() });
        world.page(page);
        world.run_for(seconds(1));
        assert_eq!((world.state(), world.story().0), (StateKind::Open, vec![]), "{page:?}");
    }
}

#[test]
fn rule_9_going_away_in_a_page_that_lives_on_is_retried() {
    let mut world = World::connected(&Options::default());
    world.server_closes(1001);
    world.run_for(ms(550));
    assert_eq!((world.state(), world.story().causes()), (StateKind::Open, vec![Cause::ServerClose(1001)]));
}

#[test]
fn rule_9_going_away_in_a_page_that_is_left_waits_for_its_return() {
    let mut world = World::connected(&Options::default());
    world.server_closes(1001);
    world.page(Page::Hiding { persisted: true });
    world.story();
    world.run_for(minutes(10));
    assert_eq!(world.story().attempts(), []);
    world.page(Page::Shown { persisted: true });
    world.run_for(ms(50));
    assert_eq!(world.state(), StateKind::Open);
}

#[test]
fn rule_9_the_pageshow_of_a_page_that_loads_disturbs_nothing() {
    for state in [StateKind::Resolving, StateKind::Connecting, StateKind::Open] {
        let mut world = world_in(state, &Options::default());
        world.page(Page::Shown { persisted: false });
        world.page(Page::Visible);
        assert_eq!((world.state(), world.story().0), (state, vec![]));
    }
}

#[test]
fn rule_9_leaving_twice_says_goodbye_once() {
    for first in LEAVING {
        for second in LEAVING {
            let mut world = World::connected(&Options::default());
            world.page(first);
            world.story();
            world.page(second);
            assert_eq!(world.story().0, [], "{first:?}, {second:?}");
        }
    }
}

#[test]
fn rule_9_leaving_changes_nothing_for_a_session_without_a_connection_to_keep() {
    for page in LEAVING {
        for state in STATES {
            let wanted = !matches!(state, StateKind::Idle | StateKind::Closing | StateKind::Closed);
            let mut world = world_in(state, &Options::default());
            world.page(page);
            let over = !matches!(state, StateKind::Idle | StateKind::Suspended);
            assert_eq!(world.story().0.is_empty(), !wanted || !over, "{page:?} in {state:?}");
        }
    }
}

#[test]
fn rule_9_one_return_and_many_are_the_same() {
    let mut world = World::connected(&Options::default());
    world.page(Page::Hiding { persisted: true });
    world.story();
    for _ in 0..3 {
        for page in RETURNING {
            world.page(page);
        }
        world.network(Network::Online);
    }
    world.run_for(seconds(1));
    let story = world.story();
    assert_eq!((story.attempts().len(), story.sockets().len(), story.causes()), (1, 1, vec![]));
}

#[test]
fn rule_9_a_wait_that_the_server_asked_for_survives_the_page_cache() {
    for code in [1012, 1013] {
        for returning in RETURNING {
            let mut world = World::connected(&Options::default());
            world.server_closes(code);
            let retry = world.now + world.story().retries()[0].1;
            world.page(Page::Hiding { persisted: true });
            world.page(returning);
            world.run_for(minutes(2));
            assert_eq!(world.story().attempts(), [retry], "{code}, {returning:?}");
        }
    }
}

#[test]
fn rule_9_a_wait_that_is_over_when_the_page_returns_costs_nothing() {
    let mut world = World::connected(&Options::default());
    world.server_closes(1013);
    world.page(Page::Hiding { persisted: true });
    world.run_for(minutes(1));
    world.story();
    let back = world.now;
    world.page(Page::Shown { persisted: true });
    assert_eq!(world.story().attempts(), [back]);
}

#[test]
fn rule_9_the_user_may_shorten_a_wait_while_the_page_is_away() {
    let mut world = World::connected(&Options::default());
    world.server_closes(1013);
    world.page(Page::Hiding { persisted: true });
    world.open();
    world.story();
    let back = world.now;
    world.page(Page::Shown { persisted: true });
    assert_eq!(world.story().attempts(), [back]);
}
