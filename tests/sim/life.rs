//! A session's life: options and deeds.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use steadysocket::core::{Duration, Options, StateKind};

use crate::script::Deed;
use crate::watch::LivenessWatch;
use crate::world::{World, minutes, seconds};

#[derive(Clone, Debug)]
pub(crate) struct Life {
    pub(crate) options: Options,
    /// Of the session's and the network's chance.
    pub(crate) seed: u64,
    /// What listeners do within the first events, one deed an event.
    pub(crate) reflexes: Vec<Deed>,
    pub(crate) deeds: Vec<Deed>,
}

impl Life {
    /// Lives it under the eyes of the watch, to a good end.
    pub(crate) fn live(&self) -> World {
        let mut world = World::seeded(&self.options, self.seed);
        world.reflexes = self.reflexes.clone().into();
        world.play(&self.deeds);
        world.reflexes.clear();
        world.note(|| "and in the end all is well".into());
        world.heal();
        world.reach_the_end(&self.options);
        world
    }

    /// Lives it; what broke if something did.
    pub(crate) fn trial(&self) -> Result<World, String> {
        quietly(|| self.live())
    }

    /// As it is written in the corpus.
    pub(crate) fn as_code(&self) -> String {
        let options = differences(&self.options).concat();
        let code = format!(
            "Life {{\n    options: Options {{\n{options}    ..Options::default() }},\n    seed: {},\n    \
             reflexes: vec!{:?},\n    deeds: vec!{:?},\n}},",
            self.seed, self.reflexes, self.deeds
        );
        let code = code.replace(": inf", ": f64::INFINITY").replace("Duration(", "micros(");
        code.replace("Page(", "Deed::Page(").replace("Network(", "Deed::Network(")
    }
}

impl World {
    /// All is well from now on: what is wanted comes about; then the user closes the session.
    fn reach_the_end(&mut self, options: &Options) {
        let patience = LivenessWatch::bound(options);
        if patience < minutes(60) {
            self.run_for(patience);
            self.run_for(seconds(1));
            let (session, live) = (self.session(), self.watch.sockets.live());
            // A server that left out an answer makes the session wait for another.
            let confirmed = self.watch.flight.is_answered();
            if session.state() == StateKind::Open && self.browser.network.is_well(live) && confirmed {
                must!(session.is_drained(), "there is a connection, and messages wait");
            }
        }
        self.close();
        let close = Duration::from_millis_f64(options.close_timeout);
        if close < minutes(60) {
            self.run_for(close);
            self.run_for(seconds(1));
            must!(matches!(self.state(), StateKind::Idle | StateKind::Closed), "it does not come to an end");
        }
        self.check_receipts();
    }
}

/// The options' lines that are not the default's.
pub(crate) fn differences(options: &Options) -> Vec<String> {
    let fields = |options: &Options| {
        let mut fields: Vec<String> = Vec::new();
        let text = format!("{options:#?}");
        for line in text.lines().filter(|line| line.starts_with("    ")) {
            match fields.last_mut() {
                Some(field) if line.starts_with("     ") || line.trim_start().starts_with([')', '}']) => {
                    field.push_str(line);
                    field.push('\n');
                }
                _ => fields.push(format!("{line}\n")),
            }
        }
        fields
    };
    let defaults = fields(&Options::default());
    fields(options).into_iter().filter(|field| !defaults.contains(field)).collect()
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs something; what it panics with is an answer, and no news.
fn quietly<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                loud(panic);
            }
        }));
    });
    QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    QUIET.set(false);
    result.map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).into())).unwrap_or_default()
    })
}
