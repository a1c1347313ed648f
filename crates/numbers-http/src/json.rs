//! A body as JSON.

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// Reads a JSON object. Anything else is `None`, and so is a body in which any object repeats a key: which of
/// the two values is meant can't be known.
pub fn object(body: &[u8]) -> Option<Value> {
    // The whole body: serde_json does not check the UTF-8 of values that it skips.
    let text = std::str::from_utf8(body).ok()?;
    let mut json = serde_json::Deserializer::from_str(text);
    let value = Strict.deserialize(&mut json).ok()?;
    json.end().ok()?;
    value.is_object().then_some(value)
}

/// Whether a field that could be a sign of an error is none: absent, null, `false` or blank.
pub fn is_silent(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// The text of a value in an error: of a string itself, of a number or boolean its JSON, of an object its
/// message, and of an array, such as a list of validation errors, the text of each item.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(text).collect();
            (!items.is_empty()).then(|| items.join("; "))
        }
        Value::Object(fields) => ["msg", "message", "detail", "description"]
            .iter()
            .find_map(|name| text(fields.get(*name)?)),
    }
}

/// Reads a value in which no object repeats a key.
#[derive(Clone, Copy)]
struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            all.push(item);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let value = fields.next_value_seed(self)?;
            if all.insert(name, value).is_some() {
                return Err(A::Error::custom("a key that is repeated"));
            }
        }
        Ok(Value::Object(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_whole_object_is_read() {
        let body =
            b" \n{\"more\": [{}], \"\\u0073uccess\": true, \"n\": [-1, 7, 1.5, null, \"x\"]} ";
        let expected = json!({"more": [{}], "success": true, "n": [-1, 7, 1.5, null, "x"]});
        assert_eq!(object(body), Some(expected));
    }

    #[test]
    fn what_is_no_object_or_repeats_a_key_is_not_read() {
        for body in [
            &b"[true]"[..],
            b"true",
            b"null",
            b"",
            b"{\"success\": true",
            b"{} x",
            b"{\"success\":true,\"more\":\"\xff\"}",
            b"{\"success\":true,\"success\":true}",
            b"{\"success\":true,\"\\u0073uccess\":true}",
            b"{\"success\":true,\"inner\":{\"code\":1,\"code\":1}}",
            b"{\"success\":true,\"inner\":[{\"x\":{\"y\":1,\"y\":2}}]}",
        ] {
            assert_eq!(object(body), None, "{}", String::from_utf8_lossy(body));
        }
    }

    #[test]
    fn only_null_false_and_blank_text_say_nothing() {
        for value in [json!(null), json!(false), json!(""), json!(" ")] {
            assert!(is_silent(&value), "{value}");
        }
        for value in [json!(true), json!(0), json!("x"), json!([]), json!({})] {
            assert!(!is_silent(&value), "{value}");
        }
    }

    #[test]
    fn the_text_of_an_error_is_found_in_every_form() {
        for (value, expected) in [
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
            assert_eq!(text(&value).as_deref(), expected, "{value}");
        }
    }
}
