//! The documented responses, one by one, as they are replayed.

use super::facts::Contract;
use super::model::{Example, Response};
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
    /// The example, if it has a body.
    pub example: Option<&'a Example>,
    /// The outcome or the kind of error that the client reports.
    pub result: &'a str,
}

impl<'a> Case<'a> {
    /// The body, if it has one.
    pub fn body(&self) -> Option<&'a Value> {
        self.example.map(|example| &example.value.value)
    }

    /// Whether it is a success.
    pub fn is_success(&self) -> bool {
        let outcome = self.response.outcome;
        outcome.is_some_and(|outcome| outcome.as_str() == self.result)
    }

    /// Whether the number may have been released.
    pub fn may_have_released(&self) -> bool {
        let mut errors = 300..600;
        self.is_success()
            || errors
                .find(|status| ErrorKind::from_status(*status).as_str() == self.result)
                .is_none_or(|status| {
                    Error::from_status(Vendor::new(""), status).may_have_released()
                })
    }
}

impl Contract {
    /// Every documented response: each example, and each response without a body.
    pub fn cases(&self) -> Vec<Case<'_>> {
        let mut cases = Vec::new();
        for (key, response) in self.responses() {
            let own: Option<u16> = key.parse().ok();
            let case = |name, status, example, result| Case {
                name,
                key,
                status,
                response,
                example,
                result,
            };
            let Some(json) = response.json() else {
                let outcome = response.outcome.map(|outcome| outcome.as_str());
                cases.extend(own.map(|status| {
                    let result = outcome.unwrap_or(kind_of(status));
                    case(key, status, None, result)
                }));
                continue;
            };
            for (name, example) in &json.examples {
                let example = &example.value;
                let given = example.status.as_ref().map(|status| status.value);
                // A body under 2xx that is neither the success nor an error.
                let result = match example.result.value.as_str() {
                    "unknown" => kind_of(200),
                    result => result,
                };
                let status = given.or(own);
                cases.extend(status.map(|status| case(name, status, Some(example), result)));
            }
        }
        cases
    }
}

/// The kind of error that a status stands for by itself.
fn kind_of(status: u16) -> &'static str {
    match status {
        200..300 => ErrorKind::UnexpectedResponse.as_str(),
        status => ErrorKind::from_status(status).as_str(),
    }
}
