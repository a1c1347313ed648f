//! The page above its table.

use super::escape::Escaped;
use super::history::History;
use super::states::{Part, STATES, meaning};
use super::time::{length, thousands, utc};
use crate::journal::{Counts, JournalError, JournalReader, State};
use base64::{Engine, prelude::BASE64_STANDARD};
use numbers_core::{Disposition, Endpoint};
use std::fmt::{self, Write};
use std::time::SystemTime;

pub(super) const STYLE: &str = include_str!("page.css");
pub(super) const SCRIPT: &str = include_str!("page.js");

/// The content security policy: this style, this script, and no request.
pub(super) fn policy() -> String {
    let hash = |text: &str| BASE64_STANDARD.encode(hmac_sha256::Hash::hash(text.as_bytes()));
    format!(
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// What the page says about the run as a whole. Every text may be untrusted: the page escapes it.
#[derive(Debug, Clone)]
pub(super) struct Header {
    pub(super) vendor: String,
    pub(super) account: String,
    /// The host that the requests went to.
    pub(super) host: String,
    /// The hash of the plan.
    pub(super) plan: String,
    /// When the plan was made.
    pub(super) created: SystemTime,
    /// When the first number was sent.
    pub(super) started: Option<SystemTime>,
    /// The machines that ran it.
    pub(super) run_by: Vec<String>,
    /// When the last number was settled, if all are.
    pub(super) finished: Option<SystemTime>,
    /// When this page was made.
    pub(super) made: SystemTime,
    pub(super) counts: Counts,
    /// Where to look up a number at this vendor.
    pub(super) where_to_check: String,
    /// The journal, for the commands that the page names.
    pub(super) journal: String,
}

impl Header {
    pub(super) async fn read(
        journal: &JournalReader,
        history: &History,
        endpoint: &Endpoint,
    ) -> Result<Self, JournalError> {
        let plan = journal.plan();
        let workers = journal.workers().await?;
        let mut run_by: Vec<_> = workers.into_iter().map(|worker| worker.host).collect();
        run_by.sort();
        run_by.dedup();
        let counts = history.counts;
        Ok(Self {
            vendor: plan.vendor.to_string(),
            account: plan.account.to_string(),
            host: plan.account.host().to_owned(),
            plan: plan.hash.to_string(),
            created: plan.created,
            started: history.started,
            run_by,
            finished: history
                .last
                .filter(|_| counts.pending + counts.in_flight == 0),
            made: SystemTime::now(),
            counts,
            where_to_check: endpoint.where_to_check().to_owned(),
            journal: journal.url().to_string(),
        })
    }

    /// Whether a part of the table has a number.
    pub(super) fn has(&self, part: Part) -> bool {
        let mut states = STATES
            .into_iter()
            .filter(|state| Part::for_state(*state) == part);
        states.any(|state| self.counts.get(state) > 0)
    }

    pub(super) fn write_top(&self, out: &mut String) -> fmt::Result {
        let vendor = Escaped(&self.vendor);
        let numbers = numbers(self.counts.total());
        write!(
            out,
            r#"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Release of {numbers} at {vendor}</title>
<style>{STYLE}</style></head><body>
<h1>Release of {numbers} at {vendor}</h1>
<div class="of">{}, made {} UTC</div>
"#,
            policy(),
            Escaped(&self.account),
            utc(self.made),
        )?;
        self.write_verdict(out)?;
        self.write_tiles(out)?;
        self.write_todo(out)
    }

    fn write_verdict(&self, out: &mut String) -> fmt::Result {
        let counts = &self.counts;
        let released = State::Settled(Disposition::Released);
        let worst = STATES.into_iter().find(|state| counts.get(*state) > 0);
        let mut parts = Vec::new();
        for (count, meaning) in [
            (counts.unknown, "unknown: the vendor may have released them"),
            (
                counts.in_flight,
                "in flight: their result was not recorded when this page was made",
            ),
            (counts.failed, "failed: not released"),
            (counts.pending, "pending: nothing was sent for them"),
        ] {
            if count > 0 {
                parts.push(format!("{} {meaning}", thousands(count)));
            }
        }
        let gone = counts.released + counts.accepted + counts.absent;
        let gone = format!(
            "{} of {} released, accepted or absent",
            thousands(gone),
            numbers(self.counts.total())
        );
        parts.insert(0, gone);
        write!(
            out,
            r#"<div class="verdict s-{}">{}.</div>"#,
            worst.unwrap_or(released).as_str(),
            parts.join(". ")
        )
    }

    fn write_tiles(&self, out: &mut String) -> fmt::Result {
        out.push_str("\n<ul class=\"tiles\">");
        for state in STATES {
            let (name, count) = (state.as_str(), self.counts.get(state));
            let none = if count == 0 { " none" } else { "" };
            write!(
                out,
                r#"<li class="s-{name}{none}"><b>{}</b>{}<small>{}</small></li>"#,
                thousands(count),
                name.replace('_', " "),
                meaning(state)
            )?;
        }
        out.push_str("</ul>\n");
        Ok(())
    }

    /// What to do about numbers that may have been released.
    fn write_todo(&self, out: &mut String) -> fmt::Result {
        let Counts {
            unknown, in_flight, ..
        } = self.counts;
        if unknown + in_flight == 0 {
            return Ok(());
        }
        write!(
            out,
            r#"<section class="todo"><h2>What to do about the unknown numbers</h2>
They come first in the table. A request was sent for each, and its response was lost or says too little.<ol>
<li>Look each one up before anything else is done with it. {}</li>
<li>If the vendor no longer has it, it was released, and nothing else is to be done.</li>
<li>If the vendor still has it, release it again with <code>numbers apply PLAN --journal {} --resend-unknown</code>, which sends
again every number that is unknown.</li></ol>"#,
            Escaped(&self.where_to_check),
            Escaped(&self.journal),
        )?;
        if in_flight > 0 {
            out.push_str(
                "<p>Numbers in flight have a result soon if the run goes on. If it was killed, the next \
                 <code>numbers apply</code> finds them unknown.</p>",
            );
        }
        out.push_str("</section>\n");
        Ok(())
    }

    /// Who asked for it, when and where.
    pub(super) fn write_facts(&self, out: &mut String) -> fmt::Result {
        let time = |time: Option<SystemTime>, none: &str| {
            time.map_or_else(|| none.to_owned(), |time| format!("{} UTC", utc(time)))
        };
        let mut finished = time(self.finished, "not finished");
        if let (Some(from), Some(to)) = (self.started, self.finished)
            && let Ok(taken) = to.duration_since(from)
        {
            write!(finished, ", after {}", length(taken))?;
        }
        let run_by = if self.run_by.is_empty() {
            "nobody yet".to_owned()
        } else {
            self.run_by.join(", ")
        };
        out.push_str("<section><h2>The run</h2><dl>");
        for (name, value) in [
            ("Vendor", self.vendor.as_str()),
            ("Account", &self.account),
            ("Host", &self.host),
            ("Plan", &self.plan),
            ("Plan made", &time(Some(self.created), "")),
            ("Started", &time(self.started, "not started")),
            ("Finished", &finished),
            ("Run by", &run_by),
            ("Journal", &self.journal),
        ] {
            write!(out, "<dt>{name}</dt><dd>{}</dd>", Escaped(value))?;
        }
        out.push_str("</dl></section>\n");
        Ok(())
    }
}

/// `1 number`, `5,000 numbers`.
pub(super) fn numbers(count: u64) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} number{plural}", thousands(count))
}
