use super::escape::{Escaped, optional};
use super::head::{Header, SCRIPT};
use super::states::{Part, STATES, urgency};
use super::time::{thousands, utc};
use super::timeline::Timeline;
use crate::journal::NumberEntry;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::time::SystemTime;

/// How many numbers the table shows of those that need no attention.
const MAX_SETTLED: u64 = 5_000;

/// Texts longer than this, which no vendor's id is, are broken into lines.
const LONG: usize = 44;

/// The columns: the name in the fragment of the address, and the heading.
const COLUMNS: [(&str, &str); 10] = [
    ("position", "#"),
    ("number", "number"),
    ("state", "state"),
    ("attempts", "attempts"),
    ("kind", "kind"),
    ("status", "status"),
    ("message", "message"),
    ("request_id", "request id"),
    ("started", "last sent (UTC)"),
    ("settled", "settled (UTC)"),
];

/// Writes the page piece by piece. No row is kept.
///
/// For each [`Part`] in order, call [`row`](Self::row) with the numbers of the plan while the part is
/// [wanted](Self::wants); numbers of other parts are skipped. Then call [`finish`](Self::finish).
pub(super) struct Page<'a, W> {
    out: W,
    header: &'a Header,
    shown: u64,
    rest: u64,
    line: String,
}

impl<'a, W: Write> Page<'a, W> {
    /// Writes the page up to its table's header.
    pub(super) fn begin(out: W, header: &'a Header, timeline: &Timeline) -> io::Result<Self> {
        let mut page = Self {
            out,
            header,
            shown: 0,
            rest: 0,
            line: String::new(),
        };
        header.write_top(&mut page.line).map_err(io::Error::other)?;
        timeline.write(&mut page.line).map_err(io::Error::other)?;
        header
            .write_facts(&mut page.line)
            .map_err(io::Error::other)?;
        page.write_table_head().map_err(io::Error::other)?;
        page.flush_line()?;
        Ok(page)
    }

    /// Whether more rows of a part are shown.
    pub(super) fn wants(&self, part: Part) -> bool {
        part != Part::Rest || self.rest < MAX_SETTLED
    }

    /// Writes a row, unless it is in another part or the part is not [wanted](Self::wants) any more.
    pub(super) fn row(&mut self, part: Part, row: &NumberEntry) -> io::Result<()> {
        if Part::for_state(row.state) != part || !self.wants(part) {
            return Ok(());
        }
        self.shown += 1;
        self.rest += u64::from(part == Part::Rest);
        self.write_row(row).map_err(io::Error::other)?;
        self.flush_line()
    }

    /// Writes the end of the page.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.write_end().map_err(io::Error::other)?;
        self.flush_line()?;
        self.out.flush()
    }

    fn flush_line(&mut self) -> io::Result<()> {
        self.out.write_all(self.line.as_bytes())?;
        self.line.clear();
        Ok(())
    }

    fn write_table_head(&mut self) -> std::fmt::Result {
        let out = &mut self.line;
        let total = thousands(self.header.counts.total());
        write!(
            out,
            r#"<section class="table"><h2>The numbers</h2><div class="filter" hidden>
<input id="text" type="search" placeholder="Filter: number, kind, message, request id" aria-label="Filter">
<select id="state" aria-label="State"><option value="">every state</option>"#
        )?;
        for state in STATES {
            if self.header.counts.get(state) > 0 {
                let name = state.as_str();
                let label = name.replace('_', " ");
                write!(out, r#"<option value="{name}">{label}</option>"#)?;
            }
        }
        write!(
            out,
            r#"</select><button id="reset" type="button">Reset</button>
<output id="shown" data-total="{total}"></output></div>
<div class="rows"><table><thead><tr>"#
        )?;
        for (name, heading) in COLUMNS {
            write!(
                out,
                r#"<th scope="col" data-c="{name}"><button type="button">{heading}</button></th>"#
            )?;
        }
        out.push_str("</tr></thead><tbody>");
        Ok(())
    }

    fn write_row(&mut self, row: &NumberEntry) -> std::fmt::Result {
        let name = row.state.as_str();
        let status = row.status.map(|status| status.to_string());
        // No newline between rows: a text node beside each makes Chromium take a time that grows with the square of
        // their count.
        write!(
            self.line,
            r#"<tr data-s="{name}"><td>{position}</td><td{long}>{number}</td><td data-v="{order}"><span class="s-{name}">{label}</span></td><td>{attempts}</td><td>{kind}</td><td>{status}</td><td>{message}</td><td>{request_id}</td><td>{started}</td><td>{settled}</td></tr>"#,
            position = row.position + 1,
            number = Escaped(row.number.as_str()),
            long = if row.number.as_str().len() > LONG {
                r#" class="long""#
            } else {
                ""
            },
            order = urgency(row.state),
            label = name.replace('_', " "),
            attempts = row.attempts,
            kind = row.kind.map_or("", |kind| kind.as_str()),
            status = optional(status.as_deref()),
            message = optional(row.message.as_deref()),
            request_id = optional(row.request_id.as_deref()),
            started = cell(row.started),
            settled = cell(row.settled),
        )
    }

    fn write_end(&mut self) -> std::fmt::Result {
        let total = self.header.counts.total();
        let journal = Escaped(&self.header.journal);
        let out = &mut self.line;
        out.push_str("</tbody></table></div>\n<button id=\"more\" type=\"button\" hidden>Show more</button>\n");
        if self.shown < total {
            write!(
                out,
                "<p>This table has every number that is unknown, in flight or failed, and the first {} of the others: \
                 {} of {} in all. The whole list: <code>numbers status --journal {journal} --format csv</code></p>",
                thousands(self.rest),
                thousands(self.shown),
                thousands(total),
            )?;
        }
        write!(
            out,
            "</section>\n<footer>A text in this page such as <code>\\u{{202e}}</code> stands for a character that can't \
             be seen. The page needs no network and sends nothing.</footer>\n<script>{SCRIPT}</script></body></html>\n"
        )
    }
}

/// Date and time, which may break into two lines.
fn cell(time: Option<SystemTime>) -> String {
    let text = time.map(utc).unwrap_or_default();
    text.split_once(' ')
        .map(|(date, time)| format!("<time>{date}</time> <time>{time}</time>"))
        .unwrap_or_default()
}
