//! When the numbers were settled, as bars in an inline SVG.

use super::states::STATES;
use super::time::{length, thousands, utc};
use crate::journal::{Counts, State};
use std::fmt::{self, Write};
use std::time::{Duration, SystemTime};

/// The most bars that a timeline has.
const MAX_BARS: u64 = 120;

/// Round widths of a bar.
const WIDTHS: [u64; 14] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200,
];

/// The drawing, in units of the SVG.
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 170.0;

/// How many numbers were settled in each part of a run.
///
/// It holds at most 120 parts, however many numbers there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Timeline {
    start: SystemTime,
    bar: Duration,
    bars: Vec<Counts>,
}

impl Timeline {
    /// A timeline from the start of a run to its end, without numbers.
    pub(super) fn new(start: SystemTime, end: SystemTime) -> Self {
        let seconds = end.duration_since(start).unwrap_or_default().as_secs() + 1;
        let shortest = seconds.div_ceil(MAX_BARS);
        let bar = WIDTHS.into_iter().find(|width| *width >= shortest);
        let bar = bar.unwrap_or_else(|| shortest.next_multiple_of(3_600));
        let count = usize::try_from(seconds.div_ceil(bar)).unwrap_or_default();
        Self {
            start,
            bar: Duration::from_secs(bar),
            bars: vec![Counts::default(); count],
        }
    }

    /// How long one bar is.
    #[cfg(test)]
    pub(super) fn bar(&self) -> Duration {
        self.bar
    }

    /// Adds numbers that were settled at this time. A time outside the run counts at its nearer end.
    pub(super) fn add(&mut self, at: SystemTime, state: State, count: u64) {
        let since = at.duration_since(self.start).unwrap_or_default();
        let index = since.as_secs().checked_div(self.bar.as_secs());
        let last = self.bars.len().saturating_sub(1);
        let index = index.map_or(0, |index| usize::try_from(index).unwrap_or(last).min(last));
        if let Some(bar) = self.bars.get_mut(index) {
            *bar.get_mut(state) += count;
        }
    }

    fn start_of(&self, bar: usize) -> SystemTime {
        let bars = u32::try_from(bar).unwrap_or(u32::MAX);
        let since = self.bar.saturating_mul(bars);
        self.start.checked_add(since).unwrap_or(self.start)
    }

    /// Writes the SVG; nothing if no number was settled.
    pub(super) fn write(&self, out: &mut String) -> fmt::Result {
        let highest = self
            .bars
            .iter()
            .map(Counts::total)
            .max()
            .unwrap_or_default();
        if highest == 0 {
            return Ok(());
        }
        let bar = length(self.bar);
        write!(
            out,
            r#"<section><h2>Timeline</h2><p class="note">Numbers settled in each {bar}, at most {}. Times are UTC.</p>
<div class="chart"><svg viewBox="0 -8 {WIDTH} {}" role="img" aria-label="Numbers settled in each {bar}">
<line class="grid" x1="0" x2="{WIDTH}" y1="0" y2="0"/><line class="grid" x1="0" x2="{WIDTH}" y1="{half}" y2="{half}"/>
"#,
            thousands(highest),
            HEIGHT + 32.0,
            half = HEIGHT / 2.0,
        )?;
        let step = WIDTH / as_float(self.bars.len() as u64);
        for (index, counts) in self.bars.iter().enumerate() {
            if counts.total() > 0 {
                let left = step * as_float(index as u64);
                self.write_bar(out, index, counts, (left, step), as_float(highest))?;
            }
        }
        self.write_axis(out)?;
        out.push_str("</svg></div>\n<ul class=\"legend\">");
        for state in STATES {
            if self.bars.iter().any(|bar| bar.get(state) > 0) {
                let name = state.as_str();
                write!(out, r#"<li><i class="s-{name}"></i>{name}</li>"#)?;
            }
        }
        out.push_str("</ul></section>\n");
        Ok(())
    }

    fn write_bar(
        &self,
        out: &mut String,
        index: usize,
        counts: &Counts,
        (left, step): (f64, f64),
        highest: f64,
    ) -> fmt::Result {
        let gap = if step > 4.0 { 1.0 } else { 0.0 };
        let mut title = format!("{} UTC", utc(self.start_of(index)));
        let mut bottom = HEIGHT;
        out.push_str("<g>");
        for state in STATES.into_iter().rev() {
            let count = counts.get(state);
            if count == 0 {
                continue;
            }
            write!(title, "\n{} {}", thousands(count), state.as_str())?;
            // One number among thousands must be seen.
            let height = (as_float(count) / highest * HEIGHT).max(2.0);
            bottom -= height;
            write!(
                out,
                r#"<rect class="s-{}" x="{left:.1}" y="{bottom:.1}" width="{:.1}" height="{height:.1}"/>"#,
                state.as_str(),
                (step - gap).max(0.5),
            )?;
        }
        write!(out, "<title>{title}</title></g>")
    }

    /// The base line, and the time at the start, the middle and the end.
    fn write_axis(&self, out: &mut String) -> fmt::Result {
        let y = HEIGHT + 18.0;
        write!(
            out,
            r#"<line class="axis" x1="0" x2="{WIDTH}" y1="{HEIGHT}" y2="{HEIGHT}"/>"#
        )?;
        let bars = self.bars.len();
        for (index, anchor) in [(0, "start"), (bars / 2, "middle"), (bars, "end")] {
            let x = WIDTH * as_float(index as u64) / as_float(bars as u64);
            let time = utc(self.start_of(index));
            write!(
                out,
                r#"<text x="{x:.1}" y="{y}" text-anchor="{anchor}">{time}</text>"#
            )?;
        }
        Ok(())
    }
}

/// A count as a length. Beyond 2^53 it is rounded, which is not visible.
fn as_float(count: u64) -> f64 {
    count as f64
}
