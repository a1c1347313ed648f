//! The state of one number, as text, JSON and CSV.

use crate::output::painted;
use numbers::{Disposition, Vendor};
use numbers_batch::journal::{NumberEntry, State};
use serde::Serialize;
use std::fmt;
use std::io;
use std::time::SystemTime;

/// A number of a journal. Programs depend on the names and the order of the fields: those of `numbers release`, and
/// two times.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row<'a> {
    vendor: &'a str,
    number: &'a str,
    /// A disposition or `pending`. A number in flight is unknown, of the kind `in_flight`.
    outcome: &'static str,
    kind: Option<&'static str>,
    status: Option<u16>,
    message: Option<&'a str>,
    request_id: Option<&'a str>,
    attempts: u32,
    /// When the last attempt began.
    started: Option<String>,
    settled: Option<String>,
}

impl<'a> Row<'a> {
    pub(crate) const FIELDS: [&'static str; 10] = [
        "vendor",
        "number",
        "outcome",
        "kind",
        "status",
        "message",
        "request_id",
        "attempts",
        "started",
        "settled",
    ];

    pub(crate) fn new(vendor: &'a Vendor, record: &'a NumberEntry) -> Self {
        let kind = record.kind.map(|kind| kind.as_str());
        let (outcome, kind) = match record.state {
            State::Pending => ("pending", kind),
            State::InFlight => (Disposition::Unknown.as_str(), Some("in_flight")),
            // As `numbers release` calls it: its worker ended before it had a result.
            State::Settled(it @ Disposition::Unknown) => {
                (it.as_str(), kind.or(Some("interrupted")))
            }
            State::Settled(disposition) => (disposition.as_str(), kind),
        };
        let message = match record.state {
            State::InFlight => Some("sent, and its result is not recorded"),
            _ => record.message.as_deref(),
        };
        Self {
            vendor: vendor.as_str(),
            number: record.number.as_str(),
            outcome,
            kind,
            status: record.status.filter(|_| record.state != State::InFlight),
            message,
            request_id: record.request_id.as_deref(),
            attempts: record.attempts,
            started: record.started.map(utc),
            settled: record.settled.map(utc),
        }
    }

    /// Writes it as CSV. A spreadsheet would run a vendor's request id that begins as a formula does.
    pub(crate) fn write_csv(&self, out: &mut csv::Writer<impl io::Write>) -> csv::Result<()> {
        let is_formula = |id: &&str| id.starts_with(['=', '+', '-', '@']);
        let Some(id) = self.request_id.filter(is_formula) else {
            return out.serialize(self);
        };
        out.serialize(Row {
            request_id: Some(&format!("'{id}")),
            ..self.clone()
        })
    }

    /// The line for people, with the outcome in its colour.
    pub(crate) fn colored(&self, color: bool) -> String {
        let text = self.to_string();
        match (self.outcome.parse::<Disposition>(), color) {
            (Ok(disposition), true) => {
                text.replacen(self.outcome, &painted(self.outcome, disposition, true), 1)
            }
            _ => text,
        }
    }
}

impl fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<8}  {}", self.outcome, self.number)?;
        match (self.message, self.status) {
            (Some(message), _) => write!(f, "  {message}")?,
            (None, Some(status)) => write!(f, "  {}: HTTP {status}", self.vendor)?,
            (None, None) => {}
        }
        if self.attempts > 1 {
            write!(f, " ({} attempts)", self.attempts)?;
        }
        if let Some(id) = self.request_id {
            write!(f, " (request id {id})")?;
        }
        match (&self.settled, &self.started) {
            (Some(time), _) => write!(f, " {time}"),
            (None, Some(time)) => write!(f, " last sent {time}"),
            (None, None) => Ok(()),
        }
    }
}

/// `2026-11-26T12:00:00Z`.
pub(crate) fn utc(time: SystemTime) -> String {
    humantime::format_rfc3339_seconds(time).to_string()
}
