//! What a vendor's answer says, told apart from how it travelled.

use numbers_core::{Endpoint, ErrorKind};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
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

/// Reads a JSON object. Whatever else it may be is `None`; an array too, which a derived struct
/// would take for its fields in order.
pub fn object<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    // As a whole: serde_json does not look at the text of a field that it passes over.
    let text = std::str::from_utf8(body).ok()?;
    if text.trim_start().starts_with('{') {
        serde_json::from_str(text).ok()
    } else {
        None
    }
}

/// Reads a field that may be absent, null or of another type than documented: then it is `None`, and
/// the rest of the answer can still be read.
///
/// # Errors
///
/// Only where the text is not JSON.
pub fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(T::deserialize(value).ok())
}

/// Reads an object whose presence alone says something. Whatever stands there in its place counts as
/// an empty one; only null counts as absent.
///
/// # Errors
///
/// Only where the text is not JSON.
pub fn lenient_object<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        value @ Value::Object(_) => Ok(Some(T::deserialize(value).unwrap_or_default())),
        _ => Ok(Some(T::default())),
    }
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

    #[derive(Debug, Deserialize, PartialEq)]
    struct Answer {
        #[serde(default, deserialize_with = "lenient")]
        success: Option<bool>,
    }

    #[test]
    fn only_an_object_is_an_answer() {
        assert_eq!(
            object(b" \n{\"success\": true, \"more\": []}"),
            Some(Answer {
                success: Some(true)
            })
        );
        for body in [
            &b"[true]"[..],
            b"true",
            b"",
            b"{\"success\": true",
            b"{} x",
            b"{\"success\":true,\"more\":\"\xff\"}",
            b"{\"success\":true,\"success\":true}",
        ] {
            assert_eq!(object::<Answer>(body), None, "{body:?}");
        }
    }

    #[test]
    fn a_field_of_another_type_is_as_good_as_absent() {
        for body in [
            &b"{\"success\": \"true\"}"[..],
            b"{\"success\": 1}",
            b"{\"success\": null}",
            b"{}",
        ] {
            assert_eq!(object(body), Some(Answer { success: None }), "{body:?}");
        }
    }

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
