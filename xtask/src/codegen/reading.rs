//! How responses are read, where the contract says it all.

use super::objects::{needs, unconfirmed};
use crate::contract::model::{Role, Type};
use crate::contract::{Condition, Contract, Test};
use minijinja::context;
use minijinja::value::Value;
use numbers_core::ErrorKind;

/// What the template of `src/response.rs` needs.
pub(super) fn reading(contract: &Contract) -> Value {
    let conditions = contract.conditions();
    let is_refused = contract.cases().iter().any(|case| {
        let is_unknown = case.result == ErrorKind::UnexpectedResponse.as_str();
        (200..300).contains(&case.status) && !case.is_success() && !is_unknown
    });
    let successes = contract.responses().filter(|(_, it)| it.outcome.is_some());
    let without_body = successes.filter(|(_, it)| it.content.is_none());
    let parts = [
        ("status", Role::Status),
        ("code", Role::Code),
        ("message", Role::Message),
        ("request_id", Role::RequestId),
    ];
    let parts = parts.into_iter().filter_map(|(field, role)| {
        let places: Vec<_> = contract.places(role).iter().map(|it| place(it)).collect();
        (!places.is_empty()).then(|| context! { field, places })
    });
    context! {
        conditions => conditions.iter().map(expression).collect::<Vec<_>>(),
        unconfirmed => format!("{:?}", unconfirmed(&conditions)),
        needs => needs(&conditions).join(", "),
        signs => contract.signs().into_iter().map(str::to_owned).collect::<Vec<_>>(),
        is_refused,
        parts => parts.collect::<Vec<_>>(),
        without_body => without_body.map(|(status, _)| status.to_owned()).collect::<Vec<_>>(),
    }
}

/// A place in the body, in Rust.
fn place(path: &[Option<&str>]) -> String {
    let steps = path.iter().map(|step| match step {
        Some(name) => format!("[{name:?}]"),
        None => ".first()".to_owned(),
    });
    "body".to_owned() + &steps.collect::<String>()
}

/// A condition in Rust.
fn expression(condition: &Condition<'_>) -> String {
    let path: Vec<_> = condition.path.iter().copied().map(Some).collect();
    let value = place(&path);
    match &condition.test {
        Test::Is(only) => {
            let only: Vec<_> = only
                .iter()
                .map(|only| match only.as_i64() {
                    Some(number) => format!("{value} == {number}_i64"),
                    None => format!("{value} == {only}"),
                })
                .collect();
            match only.as_slice() {
                [only] => only.clone(),
                _ => format!("({})", only.join(" || ")),
            }
        }
        Test::AtLeast(minimum) => {
            format!("{value}.as_i64().is_some_and(|number| number >= {minimum})")
        }
        Test::Object => format!("{value}.is_object()"),
        Test::Types([Type::Boolean]) => format!("{value}.as_bool().is_some()"),
        Test::Types([Type::Integer]) => format!("{value}.as_i64().is_some()"),
        Test::Types([Type::Number]) => format!("{value}.as_f64().is_some()"),
        Test::Types([Type::String]) => format!("{value}.as_str().is_some()"),
        Test::Types([Type::Array]) => format!("{value}.as_array().is_some()"),
        Test::Types(_) => format!("!{value}.is_null()"),
    }
}
