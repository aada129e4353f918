//! The figures as people read them.

use steadysocket::core::Duration;

use crate::herd::Row;
use crate::world::{Outcome, Storm};

pub(crate) fn conditions(storm: &Storm) -> String {
    format!(
        "{} sessions; the server is away for {}, then accepts {} handshakes a second with room for {} to wait; seed {}.",
        grouped(storm.sessions.into()),
        seconds(storm.downtime),
        grouped(storm.rate),
        grouped(storm.backlog),
        storm.seed,
    )
}

pub(crate) const HEAD: &str =
    "| client | 50 % back | 99 % | all | busiest second | once the server is back | in vain | in vain, each |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |";

pub(crate) fn line(row: &Row, storm: &Storm) -> String {
    let outcome = &row.outcome;
    let back = (storm.downtime.as_micros() / 1_000_000) as usize;
    let [half, most, all] = [0.5, 0.99, 1.0].map(|part| outcome.back_at(part).map(seconds));
    let all = all.unwrap_or_else(|| lost(outcome));
    let [half, most] = [half, most].map(|at| at.unwrap_or_else(|| "never".to_owned()));
    let [first, later] = [0, back].map(|from| {
        let (second, count) = outcome.peak(from);
        format!("{} in the {}", grouped(count.into()), ordinal(second + 1))
    });
    let name = if row.ours { format!("**{}**", row.name) } else { row.name.to_owned() };
    let (in_vain, each) = (grouped(outcome.wasted()), outcome.wasted_each());
    format!("| {name} | {half} | {most} | {all} | {first} | {later} | {in_vain} | {each:.1} |")
}

fn lost(outcome: &Outcome) -> String {
    let part = |count: f64| count * 100.0 / f64::from(outcome.sessions);
    match outcome.lost {
        0 => format!("{:.1} % within an hour", part(outcome.back.len() as f64)),
        lost => format!("never: {:.1} % have given up", part(lost.into())),
    }
}

pub(crate) fn seconds(span: Duration) -> String {
    format!("{:.0} s", span.as_millis_f64() / 1_000.0)
}

pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// Puts a text between the markers `<!-- name -->` and `<!-- /name -->` of a page, if it has them.
pub(crate) fn put(page: &str, name: &str, text: &str) -> Option<String> {
    let (before, rest) = page.split_once(&format!("<!-- {name} -->"))?;
    let (_, after) = rest.split_once(&format!("<!-- /{name} -->"))?;
    Some(format!("{before}<!-- {name} -->\n\n{text}\n\n<!-- /{name} -->{after}"))
}
