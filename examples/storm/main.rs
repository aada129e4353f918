//! A server restarts, and a million clients want back in: `cargo run --release --example storm`.
//!
//! Prints how long that takes, how many handshakes arrive in the busiest second and how many are in vain, for
//! sessions of the core and for the published policies of other clients; then what other defaults would change.
//! docs/storm.md says what the model is.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts and figures for people, far from any limit"
)]

mod agenda;
mod arguments;
mod herd;
mod plot;
mod policy;
mod report;
mod rng;
mod server;
mod steady;
mod sweep;
mod world;

use std::fs;
use std::process::ExitCode;

use arguments::Arguments;
use world::Storm;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/storm.md");
const PLOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/storm.svg");

fn main() -> ExitCode {
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(complaint) => {
            eprintln!("{complaint}\n{}", arguments::USAGE);
            return ExitCode::from(2);
        }
    };
    let figures = Figures::new(&arguments.storm, |line| println!("{line}"));
    match arguments.write.then(|| figures.write()) {
        Some(Err(error)) => {
            eprintln!("docs/storm.md or docs/storm.svg: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

/// All that docs/storm.md and docs/storm.svg are made of.
struct Figures {
    herd: String,
    backoffs: String,
    hints: String,
    plot: String,
}

impl Figures {
    /// Tells what it has found as soon as it has.
    fn new(storm: &Storm, tell: impl Fn(&str)) -> Self {
        let say = |text: String| {
            tell(&text);
            text
        };
        let mut lines =
            vec![say(report::conditions(storm)), say(String::new()), say(report::HEAD.to_owned())];
        let mut panels = Vec::new();
        for row in herd::herd(*storm) {
            lines.push(say(report::line(&row, storm)));
            panels.push(plot::Panel::new(&row));
        }
        let tenth = Storm {
            sessions: storm.sessions.div_ceil(10),
            rate: storm.rate.div_ceil(10),
            backlog: storm.backlog.div_ceil(10),
            ..*storm
        };
        say(format!("\nOther defaults. {}\n", report::conditions(&tenth)));
        Self {
            herd: lines.join("\n"),
            backoffs: say(sweep::backoffs(&tenth)),
            hints: say(format!("\n{}", sweep::hints(&tenth))),
            plot: plot::draw(&panels, storm),
        }
    }

    fn write(&self) -> std::io::Result<()> {
        let mut page = fs::read_to_string(PAGE)?;
        for (name, text) in [("herd", &self.herd), ("backoffs", &self.backoffs), ("hints", &self.hints)] {
            let missing = || std::io::Error::other(format!("there is no place for {name}"));
            page = report::put(&page, name, text.trim()).ok_or_else(missing)?;
        }
        fs::write(PAGE, page)?;
        fs::write(PLOT, &self.plot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole path: every client's storm, both tables and the plot.
    #[test]
    fn a_short_storm_gives_all_figures() {
        let storm = Storm { sessions: 500, rate: 5, ..arguments::SHORT };
        let figures = Figures::new(&storm, |_| ());
        for name in
            ["steadysocket", "reconnecting-websocket", "partysocket", "socket.io", "SignalR", "phoenix"]
        {
            assert!(figures.herd.contains(name), "{name} is missing in {}", figures.herd);
            assert!(figures.plot.contains(name), "{name} is missing in the plot");
        }
        for table in [&figures.herd, &figures.backoffs, &figures.hints] {
            let rows = table.lines().filter(|line| line.starts_with('|'));
            let columns: Vec<_> = rows.map(|row| row.matches('|').count()).collect();
            assert!(columns.len() > 8 && columns.iter().all(|count| *count == columns[0]), "{table}");
        }
    }

    #[test]
    fn the_page_has_a_place_for_each_table_and_the_plot_is_small() {
        let page = fs::read_to_string(PAGE).unwrap();
        for name in ["herd", "backoffs", "hints"] {
            let put = report::put(&page, name, "here").unwrap();
            assert!(put.contains(&format!("<!-- {name} -->\n\nhere\n\n<!-- /{name} -->")));
        }
        assert!(page.contains("(storm.svg)"));
        assert!(fs::metadata(PLOT).unwrap().len() < 100_000);
    }

    #[test]
    fn the_command_line_is_understood_or_refused() {
        let parse = |line: &str| Arguments::parse(line.split_whitespace().map(str::to_owned));
        let arguments = parse("--sessions 2_000 --rate 7 --downtime 3 --seed 9 --write").unwrap();
        assert_eq!(arguments.storm.sessions, 2_000);
        assert_eq!(arguments.storm.rate, 7);
        assert_eq!(arguments.storm.downtime, steadysocket::core::Duration::from_millis(3_000));
        assert!(arguments.write);
        for bad in ["--session 5", "--sessions", "--sessions many", "--rate 0", "--sessions 0"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
