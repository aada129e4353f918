//! A server restarts, and a million clients want back in: `cargo run --release --example storm`.
//!
//! Prints how long that takes, how many handshakes arrive in the busiest second and how many are in vain, for
//! sessions of the core and for the published policies of other clients. `--write` puts it into docs/storm.md and
//! docs/storm.svg; `--short` only proves that it runs. See docs/storm.md for the model.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts and figures for people, far from any limit"
)]

mod agenda;
mod policy;
mod rng;
mod server;
mod steady;
mod world;

use steadysocket::core::{Duration, Options};
use world::{Outcome, Storm};
use steady::{Farewell, Steady};
use policy::Retrier;

fn main() {
    let storm = Storm { sessions: 1_000_000, rate: 5_000, backlog: 4096, downtime: Duration::from_millis(10_000), seed: 1 };
    let options = Options::default();
    let need = 1.1 * f64::from(storm.sessions) / storm.rate as f64 * 1000.;
    let t = storm.downtime;
    for f in [Farewell::Abrupt, Farewell::Code(1012), Farewell::Code(1013), Farewell::Delay(t, Duration::from_millis_f64(t.as_millis_f64() + need))] {
        show(&format!("ours {f:?}"), &world::run(&storm, |seed| Steady::new(&options, f, seed)));
    }
    for p in policy::peers() {
        show(p.name, &world::run(&storm, |seed| Retrier::new(&p, seed)));
    }
}
fn show(name: &str, o: &Outcome) {
    eprintln!("{name}: {:?} {:?} {:?} peak {:?} after {:?} wasted {} each {:.1} to {} lost {}", o.back_at(0.5), o.back_at(0.99), o.back_at(1.0), o.peak(0), o.peak(10), o.wasted(), o.wasted_each(), o.timed_out, o.lost);
}
