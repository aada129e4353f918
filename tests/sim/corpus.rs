//! Lives that found a bug once, as they were printed when they did. They are lived first.
#![allow(clippy::enum_glob_use, reason = "the printed form names variants alone")]

use steadysocket::core::{Duration, HeartbeatOptions, Options};

use crate::life::Life;
use crate::page::Sleep::*;
use crate::script::Deed::*;

pub(crate) fn lives() -> Vec<Life> {
    vec![
        // A timer was late by less than a second, and judged before the answer behind it in the queue was told.
        Life {
            options: Options {
                heartbeat: Some(HeartbeatOptions { interval: 26_129.0, timeout: 5_118.0 }),
                page_hide_close: false,
                ..Options::default()
            },
            seed: 222,
            reflexes: vec![],
            deeds: vec![Open, WaitForTimer, Sleep(Frozen), Wake, Sleep(Frozen), Wait(micros(6_000_000))],
        },
        // The same, late by a few milliseconds.
        Life {
            options: Options {
                heartbeat: Some(HeartbeatOptions { interval: 18_316.0, timeout: 4_806.0 }),
                ..Options::default()
            },
            seed: 1_795_178_747_741_698_192,
            reflexes: vec![],
            deeds: vec![Open, Wait(micros(6_000_000)), WaitForTimer, Sleep(Machine), Wait(micros(4_831_000))],
        },
        // The same, the second time that it was late, by half a minute.
        Life {
            options: Options { heartbeat: Some(HeartbeatOptions::default()), ..Options::default() },
            seed: 3,
            reflexes: vec![],
            deeds: vec![
                Open,
                Wait(micros(6_000_000)),
                Replies(None),
                WaitForTimer,
                Replies(Some(micros(20_000))),
                Sleep(Machine),
                Wait(micros(180_000_000)),
                Wake,
                Sleep(Machine),
                Wait(micros(40_000_000)),
            ],
        },
    ]
}

const fn micros(micros: u64) -> Duration {
    Duration::from_micros(micros)
}
