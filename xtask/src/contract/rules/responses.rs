//! The rules for the documented responses.

use crate::contract::fit::mismatches;
use crate::contract::model::{MediaType, Response};
use crate::contract::{Case, Contract, Refusal};
use numbers_core::ErrorKind;
use serde_saphyr::Spanned;
use std::collections::{BTreeMap, BTreeSet};

/// Checks the documented responses.
pub(super) fn check(contract: &Contract, found: &mut Vec<Refusal>) {
    let operation = &contract.operation;
    for (key, response) in &operation.responses {
        alone(contract, key, response, found);
    }
    let successes = contract.responses().filter(|(_, it)| it.outcome.is_some());
    let bodies = successes.clone().filter_map(|(_, it)| it.json());
    let first = |json: &MediaType| {
        json.schema
            .value
            .references()
            .next()
            .map(|it| it.value.clone())
    };
    if successes.count() == 0 || bodies.map(first).collect::<BTreeSet<_>>().len() > 1 {
        let what = "expected a success, and one schema for all of them that have a body";
        found.push(Refusal::at(&operation.id, what));
    }
    let (mut hints, mut bodies) = (BTreeMap::new(), BTreeMap::new());
    for case in &contract.cases() {
        example(contract, case, found);
        let Case {
            name,
            key,
            status,
            result,
            ..
        } = case;
        if let Some(body) = case.example.map(|example| &example.value)
            && let Some(other) = bodies.insert((status, body.value.to_string()), name)
        {
            let what =
                format!("example {name} can't be told from {other}: the same body under {status}");
            found.push(Refusal::at(body, what));
        }
        // Hints are looked up by error kind.
        if let Some(hint) = &case.response.hint
            && *hints.entry(result).or_insert(&hint.value) != &hint.value
        {
            let what = format!("another x-hint for {result}, in response {key}");
            found.push(Refusal::at(hint, what));
        }
    }
}

/// Checks a response, and which of its examples have a status.
fn alone(contract: &Contract, key: &str, response: &Spanned<Response>, found: &mut Vec<Refusal>) {
    let is_plain = |it: &u16| (200..600).contains(it) && it.to_string() == key;
    let status: Option<u16> = key.parse().ok().filter(is_plain);
    let is_good = status.is_some_and(|status| status < 300);
    let Response { outcome, hint, .. } = &response.value;
    let json = response.value.json();
    let examples = || json.into_iter().flat_map(|json| &json.examples);
    let refuse = |what: &str| Refusal::at(response, format!("response {key}: {what}"));
    if status.is_none() && key != "default" {
        found.push(refuse("expected a status from 200 to 599, or default"));
    }
    if outcome.is_some() && !is_good {
        found.push(refuse("x-outcome belongs to a 2xx"));
    }
    let has_meaning = json.is_none() && status.is_some() && (!is_good || outcome.is_some());
    if examples().next().is_none() && !has_meaning {
        found.push(refuse("no example"));
    } else if let (Some(outcome), Some(_)) = (outcome, json)
        && !examples().any(|(_, it)| it.value.result.value == outcome.as_str())
    {
        found.push(refuse("no example of the success"));
    }
    if let Some(hint) = hint.as_ref().filter(|_| is_good) {
        let what = format!("response {key}: x-hint belongs to an error");
        found.push(Refusal::at(hint, what));
    }
    for (name, example) in examples() {
        let shown = |what: &str| format!("example {name} of {key}: {what}");
        match (&example.value.status, status) {
            (None, None) => {
                let what = shown("an example of default needs x-status");
                found.push(Refusal::at(example, what));
            }
            (Some(own), Some(_)) => {
                found.push(Refusal::at(own, shown("x-status belongs to default alone")));
            }
            (Some(own), None)
                if contract
                    .responses()
                    .any(|(key, _)| key == own.value.to_string()) =>
            {
                found.push(Refusal::at(own, shown("this status has its own response")));
            }
            (Some(own), None) if !(300..600).contains(&own.value) => {
                found.push(Refusal::at(
                    own,
                    shown("expected a status that is an error"),
                ));
            }
            _ => {}
        }
    }
}

/// Checks what an example says of itself: beyond 2xx the status decides, and under 2xx only a success may fit the
/// success schema. What is neither a success nor an error fits no schema.
fn example(contract: &Contract, case: &Case<'_>, found: &mut Vec<Refusal>) {
    let (Some(example), Some(json)) = (case.example, case.response.json()) else {
        return;
    };
    let Case {
        name, key, status, ..
    } = case;
    let shown = |what: &str| format!("example {name} of {key}: {what}");
    let (result, value) = (&example.result, &example.value);
    let kind = |status| ErrorKind::from_status(status).as_str();
    let misfits = |(_, schema)| mismatches(contract, schema, &value.value);
    let mut fields = contract.conditions().into_iter().map(|it| it.path);
    let is_there = |path: Vec<_>| path.iter().try_fold(&value.value, |it, name| it.get(name));
    let is_of_success = contract
        .success_schema()
        .is_some_and(|it| misfits(it).is_empty())
        && (contract.reads_by_hand || fields.all(|path| is_there(path).is_some()));
    let is_known = result.value == "unknown" || (300..600).any(|it| kind(it) == result.value);
    if *status >= 300 {
        if result.value != kind(*status) {
            let what = format!("x-result is {} under {status}", kind(*status));
            found.push(Refusal::at(result, shown(&what)));
        }
    } else if !case.is_success() && !is_known {
        let what = format!(
            "x-result {} is no outcome of this response, no kind of error and not unknown",
            result.value
        );
        found.push(Refusal::at(result, shown(&what)));
    } else if case.is_success() != is_of_success && case.response.outcome.is_some() {
        let what = "this body can't be told from a success or an error; see const, enum, minimum and required in the success schema";
        found.push(Refusal::at(value, shown(what)));
    }
    let schemas = json.schema.value.references();
    let all: Vec<_> = schemas
        .filter_map(|it| contract.schema(&it.value))
        .map(misfits)
        .collect();
    if result.value != "unknown" && !all.iter().any(Vec::is_empty) {
        let what = format!("does not match: {}", all.concat().join("; "));
        found.push(Refusal::at(value, shown(&what)));
    }
}
