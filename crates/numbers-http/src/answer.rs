//! What a vendor's answer says, told apart from how it travelled.

use numbers_core::{Endpoint, ErrorKind};
use serde_json::Value;

/// How one vendor's answers are read.
pub trait Answers: Send + Sync + 'static {
    /// The body of a documented success.
    type Success: Send + Sync + 'static;

    /// The call, as the vendor documents it.
    const ENDPOINT: Endpoint;

    /// Reads a whole body that came under 2xx.
    fn judge(body: &[u8]) -> Verdict<Self::Success>;

    /// Reads the vendor's own words in a body under any other status: an error form of this vendor,
    /// or nothing.
    fn complaint(body: &[u8]) -> Complaint;

    /// What to look at next after an error of this kind, where the vendor has a trap.
    fn hint(kind: ErrorKind) -> Option<&'static str> {
        let _ = kind;
        None
    }
}

/// What a body under 2xx says.
#[derive(Debug)]
pub enum Verdict<T> {
    /// The documented success.
    Success(T),
    /// The vendor's error form: it did not do it.
    Refused(Complaint),
    /// Neither. Says in a few words what is wrong with it.
    Unexpected(&'static str),
}

/// A vendor's own words about an error. They may repeat a secret: what is shown of them is redacted
/// and cleaned later.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The HTTP status that the body gives itself, where it does.
    pub status: Option<u16>,
    /// The vendor's code.
    pub code: Option<String>,
    /// The vendor's message.
    pub message: Option<String>,
    /// The vendor's id for the request, where the body has it.
    pub request_id: Option<String>,
}

/// What a value of an error form says: a text as it is, a number or a truth value in digits or
/// letters, and of an array (a list of faults in the fields of a request) the message of each.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(text).collect();
            if items.is_empty() {
                None
            } else {
                Some(items.join("; "))
            }
        }
        Value::Object(fields) => ["msg", "message", "detail", "description"]
            .iter()
            .find_map(|name| text(fields.get(*name)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_words_are_found_in_every_form() {
        for (value, words) in [
            (json!("no"), Some("no")),
            (json!("  "), None),
            (json!(null), None),
            (json!(340030), Some("340030")),
            (
                json!([{"loc": ["path"], "msg": "too short", "type": "x"}, {"msg": "not a number"}]),
                Some("too short; not a number"),
            ),
            (json!([]), None),
            (json!({"message": "gone"}), Some("gone")),
            (json!({"other": 1}), None),
        ] {
            assert_eq!(text(&value).as_deref(), words, "{value}");
        }
    }
}
