//! The documented responses, one by one, as they are replayed.

use super::facts::Contract;
use super::model::{Response, Source};
use numbers_core::{Error, ErrorKind, Vendor};
use serde_json::Value;

/// A documented response with the status that it is replayed with.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The example's name; of a response without a body its key.
    pub name: &'a str,
    /// The key of its response: a status or `default`.
    pub key: &'a str,
    /// The status.
    pub status: u16,
    /// The response.
    pub response: &'a Response,
    /// What it shows.
    pub summary: &'a str,
    /// The source of the example.
    pub source: Source,
    /// The outcome or the kind of error that the client reports.
    pub result: &'a str,
    /// The vendor's message that the client finds.
    pub message: Option<&'a str>,
    /// The vendor's code that the client finds.
    pub code: Option<&'a str>,
    /// The body, if it has one.
    pub body: Option<&'a Value>,
}

impl Case<'_> {
    /// Whether it is a success.
    pub fn is_success(&self) -> bool {
        self.response
            .outcome
            .is_some_and(|outcome| outcome.as_str() == self.result)
    }

    /// Whether the number may have been released.
    pub fn may_have_released(&self) -> bool {
        self.is_success()
            || (300..600)
                .find(|status| ErrorKind::from_status(*status).as_str() == self.result)
                .is_none_or(|status| {
                    Error::from_status(Vendor::new(""), status).may_have_released()
                })
    }
}

/// The kind of error that a result stands for. `unknown` is a body under 2xx that is neither the success nor an
/// error.
pub(super) fn kind_of(result: &str) -> &str {
    match result {
        "unknown" => ErrorKind::UnexpectedResponse.as_str(),
        kind => kind,
    }
}

impl Contract {
    /// Every documented response: each example, and each response without a body.
    pub fn cases(&self) -> Vec<Case<'_>> {
        let mut cases = Vec::new();
        for (key, response) in self.responses() {
            let own: Option<u16> = key.parse().ok();
            let Some(json) = response.json() else {
                cases.extend(own.map(|status| without_body(key, status, response)));
                continue;
            };
            for (name, example) in &json.examples {
                let example = &example.value;
                let given = example.status.as_ref().map(|status| status.value);
                cases.extend(given.or(own).map(|status| Case {
                    name,
                    key,
                    status,
                    response,
                    summary: &example.summary,
                    source: example.source,
                    result: kind_of(&example.result.value),
                    message: example.message.as_deref(),
                    code: example.code.as_deref(),
                    body: Some(&example.value.value),
                }));
            }
        }
        cases
    }
}

fn without_body<'a>(key: &'a str, status: u16, response: &'a Response) -> Case<'a> {
    let kind = match status {
        200..300 => ErrorKind::UnexpectedResponse,
        status => ErrorKind::from_status(status),
    };
    Case {
        name: key,
        key,
        status,
        response,
        summary: &response.description,
        source: response.source,
        result: response.outcome.map_or(kind.as_str(), |it| it.as_str()),
        message: None,
        code: None,
        body: None,
    }
}
