//! The rules for the responses of a contract.

use super::responses::{Example, Outcome, Response};
use super::{Contract, Refusal, fit};
use numbers_core::ErrorKind;
use serde_json::Value;
use serde_saphyr::Spanned;
use std::collections::{BTreeMap, BTreeSet};

/// Checks the documented responses.
pub(super) fn responses(contract: &Contract, found: &mut Vec<Refusal>) {
    let Ok(operation) = contract.operation() else {
        return;
    };
    let mut successes = BTreeSet::new();
    for (status, response) in &operation.responses {
        let code = status
            .parse::<u16>()
            .ok()
            .filter(|code| (100..600).contains(code));
        if code.is_none() && status != "default" {
            found.push(Refusal::at(
                response,
                format!("{status} is neither a status nor default"),
            ));
        }
        let good = code.is_some_and(|code| (200..300).contains(&code));
        if good != response.value.outcome.is_some() {
            found.push(Refusal::at(
                response,
                format!("response {status}: x-outcome belongs to each 2xx, and only there"),
            ));
        }
        if good && let Some(hint) = &response.value.hint {
            let what = format!("response {status}: x-hint belongs to an error");
            found.push(Refusal::at(hint, what));
        }
        if good {
            successes.insert(response.value.content.json.schema.value.references().next());
        }
        if response.value.content.json.examples.is_empty() {
            found.push(Refusal::at(
                response,
                format!("response {status} has no example"),
            ));
        }
        for (name, example) in &response.value.content.json.examples {
            let place = Place {
                contract,
                key: status,
                code,
                name,
            };
            place.status(example, found);
            place.fits(&response.value, &example.value, found);
            place.result(&response.value, &example.value, found);
        }
    }
    if successes.len() != 1 {
        found.push(Refusal::at(
            &operation.id,
            "expected a success, and one schema for all of them",
        ));
    }
    ambiguous(contract, found);
    hints(contract, found);
}

/// Hints are looked up by error kind, so each kind has at most one.
fn hints(contract: &Contract, found: &mut Vec<Refusal>) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for case in contract.cases() {
        let Some(hint) = &case.response.hint else {
            continue;
        };
        let kind = case.example.result.value.as_str();
        let first = *seen.entry(kind).or_insert(&hint.value);
        if first != hint.value {
            let what = format!("another x-hint for {kind}, in response {}", case.key);
            found.push(Refusal::at(hint, what));
        }
    }
}

/// An example to be checked.
struct Place<'a> {
    contract: &'a Contract,
    key: &'a str,
    code: Option<u16>,
    name: &'a str,
}

impl Place<'_> {
    fn refuse<T>(&self, place: &Spanned<T>, what: &str) -> Refusal {
        Refusal::at(
            place,
            format!("example {} of {}: {what}", self.name, self.key),
        )
    }

    /// `default` has no status of its own, so its examples must have one, and only they.
    fn status(&self, example: &Spanned<Example>, found: &mut Vec<Refusal>) {
        match (&example.value.status, self.code) {
            (None, None) => {
                found.push(self.refuse(example, "an example of default needs x-status"))
            }
            (Some(status), Some(_)) => {
                found.push(self.refuse(status, "x-status belongs to default alone"));
            }
            (Some(status), None) => {
                if self
                    .contract
                    .responses()
                    .any(|(other, _)| other == status.value.to_string())
                {
                    found.push(self.refuse(status, "this status has its own response"));
                }
                if !(300..600).contains(&status.value) {
                    found.push(self.refuse(status, "expected a status that is an error"));
                }
            }
            (None, Some(_)) => {}
        }
    }

    fn fits(&self, response: &Response, example: &Example, found: &mut Vec<Refusal>) {
        let schemas = response.content.json.schema.value.references();
        let faults: Vec<_> = schemas
            .filter_map(|reference| self.contract.schema(reference))
            .map(|(_, schema)| fit::faults(self.contract, schema, &example.value.value))
            .collect();
        if !faults.iter().any(Vec::is_empty) {
            let faults = faults.into_iter().flatten().collect::<Vec<_>>().join("; ");
            found.push(self.refuse(&example.value, &format!("does not fit: {faults}")));
        }
    }

    /// With a 2xx status, only a success may fit the success schema. With any other, the status decides.
    fn result(&self, response: &Response, example: &Example, found: &mut Vec<Refusal>) {
        let result = &example.result;
        let outcome = response
            .outcome
            .as_ref()
            .map(|outcome| outcome.value.as_str());
        let success = outcome == Some(result.value.as_str());
        if let Some(status) = self
            .code
            .or(example.status.as_ref().map(|status| status.value))
            && !(200..300).contains(&status)
        {
            let kind = ErrorKind::from_status(status).as_str();
            if result.value != kind {
                found.push(self.refuse(result, &format!("x-result is {kind} under {status}")));
            }
            return;
        }
        let fits = self.contract.success_schema().is_some_and(|(_, schema)| {
            fit::faults(self.contract, schema, &example.value.value).is_empty()
        });
        if !success
            && (300..600)
                .map(ErrorKind::from_status)
                .chain([ErrorKind::UnexpectedResponse])
                .all(|kind| kind.as_str() != result.value)
        {
            found.push(self.refuse(
                result,
                &format!(
                    "x-result {} is no outcome of this response and no kind of error",
                    result.value
                ),
            ));
        } else if success != fits {
            let what = "this body can't be told from a success or an error; see const and required in the success schema";
            found.push(self.refuse(&example.value, what));
        }
    }
}

/// The same body with the same status may appear only once.
fn ambiguous(contract: &Contract, found: &mut Vec<Refusal>) {
    let mut seen: Vec<(u16, &Value, &str)> = Vec::new();
    for case in contract.cases() {
        let value = &case.example.value;
        let twin = seen
            .iter()
            .find(|(status, other, _)| *status == case.status && *other == &value.value);
        match twin {
            Some((status, _, other)) => {
                let what = format!(
                    "example {} can't be told from {other}: the same body under {status}",
                    case.name
                );
                found.push(Refusal::at(value, what));
            }
            None => seen.push((case.status, &value.value, case.name)),
        }
    }
}

impl Outcome {
    /// The name used in the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Released => "released",
            Self::Accepted => "accepted",
        }
    }
}
