//! Arrivals a second over time: a panel a client, all with the same axes, logarithmic upwards.

use core::fmt::Write as _;

use crate::herd::Row;
use crate::report::{grouped, seconds};
use crate::world::Storm;

pub(crate) struct Panel {
    name: &'static str,
    ours: bool,
    arrivals: Vec<u32>,
    peak: (usize, u32),
    end: String,
}

impl Panel {
    pub(crate) fn new(row: &Row) -> Self {
        let outcome = &row.outcome;
        let end = match outcome.back_at(1.0) {
            Some(at) => format!("all back after {}", seconds(at)),
            None => {
                format!("{} are not back", grouped(u64::from(outcome.sessions) - outcome.back.len() as u64))
            }
        };
        let (arrivals, peak) = (outcome.arrivals.clone(), outcome.peak(0));
        Self { name: row.name, ours: row.ours, arrivals, peak, end }
    }
}

const COLUMNS: usize = 2;
/// Of one panel, with what is around it.
const CELL: [f64; 2] = [470.0, 150.0];
/// Of its drawing.
const AREA: [f64; 2] = [400.0, 90.0];
const MARGIN: [f64; 2] = [60.0, 86.0];

const STYLE: &str = "
text { font: 12px system-ui, sans-serif; fill: #444 }
.paper { fill: #fff } .title { font-weight: 600; fill: #111 } .head { font-size: 15px; font-weight: 600; fill: #111 }
.theirs { fill: #8a8f98 } .ours { fill: #0a7d5a } .away { fill: #000; opacity: .07 }
.grid { stroke: #000; opacity: .12 } .rate { stroke: #c2410c; stroke-dasharray: 4 3 } .warm { fill: #c2410c }
@media (prefers-color-scheme: dark) {
text { fill: #b5bac2 } .paper { fill: #15181d } .title, .head { fill: #f2f4f7 }
.theirs { fill: #858c98 } .ours { fill: #35c795 } .away { fill: #fff; opacity: .1 }
.grid { stroke: #fff; opacity: .16 } .rate { stroke: #fb923c } .warm { fill: #fb923c }
}";

/// The axes: seconds to the right, powers of ten upwards.
struct Axes {
    end: f64,
    lowest: f64,
    highest: f64,
}

impl Axes {
    fn new(panels: &[Panel], storm: &Storm) -> Self {
        let longest = panels.iter().map(|panel| panel.arrivals.len()).max().unwrap_or(0);
        let most = panels.iter().flat_map(|panel| &panel.arrivals).max().copied().unwrap_or(1);
        Self {
            end: longest.next_multiple_of(60) as f64,
            lowest: (storm.rate as f64 / 10.0).log10().floor(),
            highest: f64::from(most).log10().ceil(),
        }
    }

    fn x(&self, second: f64) -> f64 {
        second / self.end * AREA[0]
    }

    fn y(&self, count: f64) -> f64 {
        let height = (count.max(1.0).log10() - self.lowest) / (self.highest - self.lowest);
        AREA[1] * (1.0 - height.max(0.0))
    }
}

pub(crate) fn draw(panels: &[Panel], storm: &Storm) -> String {
    let axes = Axes::new(panels, storm);
    let width = MARGIN[0] + CELL[0] * COLUMNS as f64;
    let height = MARGIN[1] + CELL[1] * panels.len().div_ceil(COLUMNS) as f64;
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="Arrivals a second after a server's restart, a panel a client">
<style>{STYLE}
</style>
<rect class="paper" width="{width}" height="{height}"/>
<text class="head" x="{x}" y="26">Handshakes that arrive in a second, after the server of {sessions} clients has died</text>
<text x="{x}" y="46">Shaded: the server is away. <tspan class="warm">Dashed: the {rate} that it accepts a second.</tspan> To the right: seconds since its death.</text>
"#,
        x = MARGIN[0],
        sessions = grouped(storm.sessions.into()),
        rate = grouped(storm.rate),
    );
    for (index, panel) in panels.iter().enumerate() {
        let [x, y] = [(index % COLUMNS) as f64, (index / COLUMNS) as f64];
        let [x, y] = [MARGIN[0] + x * CELL[0], MARGIN[1] + y * CELL[1]];
        let _ = writeln!(svg, r#"<g transform="translate({x} {y})">{}</g>"#, panel.draw(&axes, storm));
    }
    svg + "</svg>\n"
}

impl Panel {
    fn draw(&self, axes: &Axes, storm: &Storm) -> String {
        let [width, height] = AREA;
        let class = if self.ours { "ours" } else { "theirs" };
        let away = axes.x(storm.downtime.as_millis_f64() / 1_000.0);
        let rate = axes.y(storm.rate as f64);
        let mut drawing = format!(
            r#"<text class="title" y="-8">{}</text><text x="{width}" y="-8" text-anchor="end">{}</text>
<rect class="away" width="{away:.1}" height="{height}"/>"#,
            self.name, self.end,
        );
        drawing += &grid(axes);
        let scale = axes.x(1.0);
        let _ = write!(
            drawing,
            r#"<path class="{class}" transform="scale({scale:.4} 1)" d="{}"/>"#,
            self.outline(axes)
        );
        let _ = write!(drawing, r#"<path class="rate" d="M0 {rate:.1}H{width}"/>"#);
        drawing + &self.label(axes)
    }

    /// A step a second.
    fn outline(&self, axes: &Axes) -> String {
        let mut path = format!("M0 {}", AREA[1]);
        for (second, count) in self.arrivals.iter().enumerate() {
            let _ = write!(path, "V{:.0}H{}", axes.y(f64::from(*count)), second + 1);
        }
        path + &format!("V{}Z", AREA[1])
    }

    /// How many the busiest second sees, above it.
    fn label(&self, axes: &Axes) -> String {
        let (second, count) = self.peak;
        let [x, y] = [axes.x(second as f64) + 3.0, (axes.y(f64::from(count)) - 3.0).max(11.0)];
        format!(r#"<text class="title" x="{x:.1}" y="{y:.1}">{}</text>"#, grouped(count.into()))
    }
}

fn grid(axes: &Axes) -> String {
    let [width, height] = AREA;
    let mut grid = String::new();
    for power in axes.lowest as i32..=axes.highest as i32 {
        let count = 10f64.powi(power);
        let y = axes.y(count);
        let _ = write!(grid, r#"<path class="grid" d="M0 {y:.1}H{width}"/>"#);
        let _ = write!(grid, r#"<text x="-6" y="{:.1}" text-anchor="end">{}</text>"#, y + 4.0, short(count));
    }
    let step = if axes.end > 300.0 { 120 } else { 60 };
    for second in (0..=axes.end as usize).step_by(step) {
        let x = axes.x(second as f64);
        let _ =
            write!(grid, r#"<text x="{x:.1}" y="{}" text-anchor="middle">{second}</text>"#, height + 15.0);
    }
    grid
}

/// 1, 10, 100, 1 k, 1 M.
fn short(count: f64) -> String {
    match count {
        1e6.. => format!("{} M", count / 1e6),
        1e3.. => format!("{} k", count / 1e3),
        _ => count.to_string(),
    }
}
