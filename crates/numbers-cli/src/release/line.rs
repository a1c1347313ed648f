//! One number's result, as text and as JSON.

use crate::output::painted;
use numbers::{Disposition, Error, NumberId, Preview, Release, Vendor};
use numbers_batch::run::NumberResult;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// A result. Programs depend on the names and the order of the JSON's fields.
#[derive(Debug, Serialize)]
pub(crate) struct Line<'a> {
    vendor: &'a str,
    pub(crate) number: &'a str,
    pub(crate) outcome: Disposition,
    pub(crate) kind: Option<&'static str>,
    status: Option<u16>,
    message: Option<String>,
    request_id: Option<&'a str>,
    attempts: usize,
}

impl<'a> Line<'a> {
    pub(crate) fn from_result(
        vendor: &'a Vendor,
        number: &'a NumberId,
        result: &'a Result<Release, Error>,
    ) -> Self {
        match result {
            Ok(release) => Self {
                vendor: vendor.as_str(),
                number: number.as_str(),
                outcome: release.outcome().into(),
                kind: None,
                status: release.status(),
                message: None,
                request_id: release.request_id(),
                attempts: release.attempts().len(),
            },
            Err(error) => Self {
                vendor: vendor.as_str(),
                number: number.as_str(),
                outcome: error.disposition(),
                kind: Some(error.kind().as_str()),
                status: error.status(),
                message: Some(error.to_string()),
                request_id: error.request_id(),
                attempts: error.attempts().len(),
            },
        }
    }

    /// The result of a number in a run over a journal.
    pub(crate) fn from_run(vendor: &'a Vendor, outcome: Disposition, of: &'a NumberResult) -> Self {
        let result = &of.result;
        Self {
            vendor: vendor.as_str(),
            number: of.number.as_str(),
            outcome,
            kind: result.kind.map(|kind| kind.as_str()),
            status: result.status,
            message: result.message.clone(),
            request_id: result.request_id.as_deref(),
            attempts: usize::try_from(of.attempts).unwrap_or(usize::MAX),
        }
    }

    /// A number whose last attempt was interrupted: its request may have been sent.
    pub(crate) fn in_flight(vendor: &'a Vendor, number: &'a NumberId, attempts: usize) -> Self {
        Self {
            outcome: Disposition::Unknown,
            kind: Some("interrupted"),
            message: Some(format!(
                "{vendor}: stopped by a signal before a response came; the number may have been released"
            )),
            attempts,
            ..Self::not_sent(vendor, number, "")
        }
    }

    /// A number whose call was not started, and why.
    pub(crate) fn not_sent(vendor: &'a Vendor, number: &'a NumberId, why: &str) -> Self {
        Self {
            vendor: vendor.as_str(),
            number: number.as_str(),
            outcome: Disposition::Failed,
            kind: Some("not_sent"),
            status: None,
            message: Some(format!(
                "{vendor}: {why}; the number was not released by this call"
            )),
            request_id: None,
            attempts: 0,
        }
    }
}

impl Line<'_> {
    /// The line for people, with the outcome in its colour.
    pub(crate) fn colored(&self, color: bool) -> String {
        let text = self.to_string();
        match text.strip_prefix(self.outcome.as_str()) {
            Some(rest) => painted(self.outcome.as_str(), self.outcome, color) + rest,
            None => text,
        }
    }
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<8}  {}", self.outcome.as_str(), self.number)?;
        match (&self.message, self.status) {
            (Some(message), _) => write!(f, "  {message}")?,
            (None, Some(status)) => write!(f, "  {}: HTTP {status}", self.vendor)?,
            (None, None) => {}
        }
        if self.attempts > 1 {
            write!(f, " ({} attempts)", self.attempts)?;
        }
        match self.request_id {
            Some(id) => write!(f, " (request id {id})"),
            None => Ok(()),
        }
    }
}

/// A request of a dry run. Programs depend on the names and the order of the JSON's fields.
#[derive(Debug, Serialize)]
pub(crate) struct Planned<'a> {
    vendor: &'a str,
    number: &'a str,
    method: &'a str,
    url: &'a str,
    headers: BTreeMap<&'a str, &'a str>,
}

impl<'a> From<&'a Preview> for Planned<'a> {
    fn from(preview: &'a Preview) -> Self {
        Self {
            vendor: preview.vendor().as_str(),
            number: preview.number().as_str(),
            method: preview.method(),
            url: preview.url(),
            headers: preview.headers().collect(),
        }
    }
}
