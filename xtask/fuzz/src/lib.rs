//! What the targets share. The rules here are written again, and share no code with what they test.

use numbers_http::{Json, Parsed, ResponseParser};
use serde_json::Value;

/// Asserts what holds for every vendor: a refusal states no success.
pub fn check<P: ResponseParser>(body: &Json<'_>) {
    let _ = P::parse_error(body);
    if matches!(P::parse_success(body), Parsed::Refused) {
        assert!(!P::states_success(body));
    }
}

/// Reads a body as the clients do, and as the rules here do. Asserts that both read the same, and that a body is
/// read exactly if it is a JSON object in which no object repeats a key.
pub fn object(body: &[u8]) -> Option<(Json<'_>, Value)> {
    let read = Json::object(body);
    let expected = serde_json::from_slice::<Value>(body)
        .ok()
        .filter(Value::is_object)
        // A repeated key replaces the member before it, and its colon remains.
        .filter(|value| members(value) == colons(body));
    assert_eq!(read.as_ref().map(value), expected);
    read.zip(expected)
}

/// The value in serde_json's terms.
fn value(json: &Json<'_>) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::Number(number.clone()),
        Json::String(text) => Value::String(text.to_string()),
        Json::Array(items) => items.iter().map(value).collect(),
        Json::Object(fields) => fields
            .iter()
            .map(|(name, field)| (name.to_string(), value(field)))
            .collect(),
    }
}

/// Whether a field says nothing of an error: absent, null, false or blank.
pub fn is_blank(field: &Value) -> bool {
    match field {
        Value::String(text) => text.chars().all(char::is_whitespace),
        field => field.is_null() || *field == Value::Bool(false),
    }
}

/// How many members a value's objects have in all.
fn members(value: &Value) -> usize {
    match value {
        Value::Object(fields) => fields.len() + fields.values().map(members).sum::<usize>(),
        Value::Array(items) => items.iter().map(members).sum(),
        _ => 0,
    }
}

/// How many colons valid JSON has outside its strings: one for each member.
fn colons(json: &[u8]) -> usize {
    let (mut count, mut in_string, mut escaped) = (0, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            b':' if !in_string => count += 1,
            _ => {}
        }
    }
    count
}
