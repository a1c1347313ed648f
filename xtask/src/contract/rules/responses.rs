//! The rules for the documented responses.

use crate::contract::fit::mismatches;
use crate::contract::model::{Example, MediaType, Response};
use crate::contract::{Contract, Refusal};
use numbers_core::ErrorKind;
use serde_saphyr::Spanned;
use std::collections::{BTreeMap, BTreeSet};

/// Checks the documented responses.
pub(super) fn check(contract: &Contract, found: &mut Vec<Refusal>) {
    let operation = &contract.operation;
    let (mut successes, mut bodies) = (0, BTreeSet::new());
    for (key, response) in &operation.responses {
        let status = key
            .parse()
            .ok()
            .filter(|status| (200..600).contains(status));
        let mut refuse = |what: &str| {
            found.push(Refusal::at(response, format!("response {key}: {what}")));
        };
        let Response { outcome, hint, .. } = &response.value;
        let json = response.value.json();
        let is_good = status.is_some_and(|status| status < 300);
        if status.is_none() && key != "default" {
            refuse("expected a status from 200 to 599, or default");
        }
        if outcome.is_some() && !is_good {
            refuse("x-outcome belongs to a 2xx");
        }
        if json.is_none_or(|json| json.examples.is_empty())
            && (json.is_some() || status.is_none() || (is_good && outcome.is_none()))
        {
            refuse("no example");
        }
        if let Some(hint) = hint.as_ref().filter(|_| is_good) {
            let what = format!("response {key}: x-hint belongs to an error");
            found.push(Refusal::at(hint, what));
        }
        if outcome.is_some() {
            successes += 1;
            bodies.extend(json.and_then(|json| json.schema.value.references().next()));
        }
        let Some(json) = json else { continue };
        for (name, example) in &json.examples {
            let place = Place {
                contract,
                key,
                status,
                name,
                response: &response.value,
                json,
                example: &example.value,
            };
            place.check(example, found);
        }
    }
    if successes == 0 || bodies.len() > 1 {
        let what = "expected a success, and one schema for all of them that have a body";
        found.push(Refusal::at(&operation.id, what));
    }
    ambiguous(contract, found);
    hints(contract, found);
}

/// An example to be checked.
struct Place<'a> {
    contract: &'a Contract,
    key: &'a str,
    status: Option<u16>,
    name: &'a str,
    response: &'a Response,
    json: &'a MediaType,
    example: &'a Example,
}

impl Place<'_> {
    fn refuse<T>(&self, place: &Spanned<T>, what: &str) -> Refusal {
        let what = format!("example {} of {}: {what}", self.name, self.key);
        Refusal::at(place, what)
    }

    fn check(&self, place: &Spanned<Example>, found: &mut Vec<Refusal>) {
        // `default` has no status of its own, so its examples must have one, and only they.
        match (&self.example.status, self.status) {
            (None, None) => {
                found.push(self.refuse(place, "an example of default needs x-status"));
            }
            (Some(status), Some(_)) => {
                found.push(self.refuse(status, "x-status belongs to default alone"));
            }
            (Some(status), None) => {
                let own = status.value.to_string();
                if self.contract.responses().any(|(key, _)| key == own) {
                    found.push(self.refuse(status, "this status has its own response"));
                }
                if !(300..600).contains(&status.value) {
                    found.push(self.refuse(status, "expected a status that is an error"));
                }
                self.decided(status.value, found);
            }
            (None, Some(status @ 300..)) => self.decided(status, found),
            (None, Some(_)) => self.decides(found),
        }
        self.fits(found);
    }

    /// Beyond 2xx the status decides.
    fn decided(&self, status: u16, found: &mut Vec<Refusal>) {
        let (result, kind) = (
            &self.example.result,
            ErrorKind::from_status(status).as_str(),
        );
        if result.value != kind {
            found.push(self.refuse(result, &format!("x-result is {kind} under {status}")));
        }
    }

    /// Under 2xx, only a success may fit the success schema.
    fn decides(&self, found: &mut Vec<Refusal>) {
        let result = &self.example.result;
        let outcome = self.response.outcome.map(|outcome| outcome.as_str());
        let is_success = outcome == Some(&result.value);
        let mut kinds = (300..600).map(|status| ErrorKind::from_status(status).as_str());
        let is_kind = result.value == "unknown" || kinds.any(|kind| kind == result.value);
        if !is_success && !is_kind {
            let what = format!(
                "x-result {} is no outcome of this response, no kind of error and not unknown",
                result.value
            );
            found.push(self.refuse(result, &what));
        } else if is_success != self.is_of_success() && self.response.outcome.is_some() {
            let what = "this body can't be told from a success or an error; see const and required in the success schema";
            found.push(self.refuse(&self.example.value, what));
        }
    }

    fn is_of_success(&self) -> bool {
        let body = &self.example.value.value;
        self.contract
            .success_schema()
            .is_some_and(|(_, schema)| mismatches(self.contract, schema, body).is_empty())
    }

    /// What is neither a success nor an error fits no schema.
    fn fits(&self, found: &mut Vec<Refusal>) {
        let value = &self.example.value;
        let schemas = self.json.schema.value.references();
        let all: Vec<_> = schemas
            .filter_map(|reference| self.contract.schema(reference))
            .map(|(_, schema)| mismatches(self.contract, schema, &value.value))
            .collect();
        if self.example.result.value != "unknown" && !all.iter().any(Vec::is_empty) {
            let all = all.concat().join("; ");
            found.push(self.refuse(value, &format!("does not match: {all}")));
        }
    }
}

/// The same body with the same status may appear only once.
fn ambiguous(contract: &Contract, found: &mut Vec<Refusal>) {
    let bodies = contract
        .responses()
        .filter_map(|(key, it)| Some((key, it.json()?)));
    let examples = bodies.flat_map(|(key, json)| json.examples.iter().map(move |it| (key, it)));
    let mut seen: BTreeMap<(String, String), &str> = BTreeMap::new();
    for (key, (name, example)) in examples {
        let status = example
            .value
            .status
            .as_ref()
            .map(|status| status.value.to_string());
        let status = status.unwrap_or_else(|| key.to_owned());
        let body = &example.value.value;
        if let Some(other) = seen.insert((status.clone(), body.value.to_string()), name) {
            let what =
                format!("example {name} can't be told from {other}: the same body under {status}");
            found.push(Refusal::at(body, what));
        }
    }
}

/// Hints are looked up by error kind, so each kind has at most one.
fn hints(contract: &Contract, found: &mut Vec<Refusal>) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for case in contract.cases() {
        let Some(hint) = &case.response.hint else {
            continue;
        };
        let first = *seen.entry(case.result).or_insert(&hint.value);
        if first != hint.value {
            let what = format!(
                "another x-hint for {}, in response {}",
                case.result, case.key
            );
            found.push(Refusal::at(hint, what));
        }
    }
}
