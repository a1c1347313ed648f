//! The documented fields of a JSON object, each read as far as it has the documented type.
//!
//! By hand and not by a derive: what a derive writes is compiled once more in each vendor's crate, and
//! the crate that writes it is one of the longest to build.

use crate::strict::Strict;
use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};
use smallvec::SmallVec;
use std::fmt;

/// Names of fields.
type Names = &'static [&'static str];

/// Fields with what they hold. A success has no more than this, and is read without an allocation.
type Few = SmallVec<[(&'static str, Value); 4]>;

/// An object of a vendor's answers, as its contract has it.
pub trait Object: Default {
    /// The names of its fields.
    const FIELDS: &'static [&'static str];

    /// Takes what was found of them.
    fn of(found: Fields) -> Self;
}

/// Reads a JSON object. Whatever else a body may be is `None`; so is an object that has one of the
/// documented fields twice, or holds an object in one that has any field twice.
pub fn object<T: Object>(body: &[u8]) -> Option<T> {
    Fields::read(body, T::FIELDS).map(T::of)
}

/// Reads an object from any format of serde's, for the `Deserialize` of an answer's type.
///
/// # Errors
///
/// Where it is no object, has one of the documented fields twice, or holds an object in one that has any
/// field twice.
pub fn deserialize<'de, T: Object, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    Found(T::FIELDS).deserialize(from).map(T::of)
}

/// What was found of an object's fields. A field that is absent, null or of another type than asked for
/// is `None`, and the others can still be read.
#[derive(Debug, Default)]
pub struct Fields(Few);

impl Fields {
    fn read(body: &[u8], names: Names) -> Option<Self> {
        // As a whole: serde_json does not look at the text of a field that it passes over.
        let text = std::str::from_utf8(body).ok()?;
        let mut json = serde_json::Deserializer::from_str(text);
        let found = Found(names).deserialize(&mut json).ok()?;
        json.end().ok()?;
        Some(found)
    }

    fn pick(mut map: Map<String, Value>, names: Names) -> Self {
        let found = names
            .iter()
            .filter_map(|name| Some((*name, map.get_mut(*name)?.take())));
        Self(found.collect())
    }

    /// Takes a field as it came; an absent one is null.
    pub fn value(&mut self, name: &str) -> Value {
        self.0
            .iter_mut()
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value.take())
            .unwrap_or_default()
    }

    /// Takes a text.
    pub fn text(&mut self, name: &str) -> Option<String> {
        match self.value(name) {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Takes a truth value.
    pub fn boolean(&mut self, name: &str) -> Option<bool> {
        self.value(name).as_bool()
    }

    /// Takes a whole number.
    pub fn integer(&mut self, name: &str) -> Option<i64> {
        self.value(name).as_i64()
    }

    /// Takes an object whose presence alone says something. Whatever stands there in its place counts as
    /// an empty one; only null counts as absent.
    pub fn object<T: Object>(&mut self, name: &str) -> Option<T> {
        match self.value(name) {
            Value::Null => None,
            Value::Object(map) => Some(T::of(Self::pick(map, T::FIELDS))),
            _ => Some(T::default()),
        }
    }
}

/// Finds the fields of these names.
struct Found(Names);

impl<'de> DeserializeSeed<'de> for Found {
    type Value = Fields;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Fields, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Found {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut found = Few::new();
        while let Some(name) = map.next_key_seed(Known(self.0))? {
            match name {
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
                Some(name) if found.iter().any(|(before, _)| *before == name) => {
                    return Err(A::Error::duplicate_field(name));
                }
                Some(name) => found.push((name, map.next_value_seed(Strict)?)),
            }
        }
        Ok(Fields(found))
    }
}

/// Tells which of these names a key is, if any.
struct Known(Names);

impl<'de> DeserializeSeed<'de> for Known {
    type Value = Option<&'static str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Known {
    type Value = Option<&'static str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().find(|name| **name == key).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq)]
    struct Answer {
        success: Option<bool>,
        words: Option<String>,
        count: Option<i64>,
        inner: Option<Inner>,
    }

    #[derive(Debug, Default, PartialEq)]
    struct Inner {
        code: Value,
    }

    impl Object for Answer {
        const FIELDS: &'static [&'static str] = &["success", "words", "count", "inner"];

        fn of(mut found: Fields) -> Self {
            Self {
                success: found.boolean("success"),
                words: found.text("words"),
                count: found.integer("count"),
                inner: found.object("inner"),
            }
        }
    }

    impl Object for Inner {
        const FIELDS: &'static [&'static str] = &["code"];

        fn of(mut found: Fields) -> Self {
            Self {
                code: found.value("code"),
            }
        }
    }

    #[test]
    fn only_an_object_is_an_answer() {
        let answer = object(b" \n{\"more\": [{}], \"\\u0073uccess\": true, \"more\": 1}");
        let expected = Answer {
            success: Some(true),
            ..Answer::default()
        };
        assert_eq!(answer, Some(expected));
        for body in [
            &b"[true]"[..],
            b"true",
            b"null",
            b"",
            b"{\"success\": true",
            b"{} x",
            b"{\"success\":true,\"more\":\"\xff\"}",
            b"{\"success\":true,\"success\":true}",
            b"{\"success\":true,\"inner\":{\"code\":1,\"code\":1}}",
            b"{\"success\":true,\"inner\":[{\"x\":{\"y\":1,\"y\":2}}]}",
        ] {
            assert_eq!(object::<Answer>(body), None, "{body:?}");
        }
    }

    #[test]
    fn a_kept_body_is_read_the_same_way() {
        let read = |text| deserialize::<Answer, _>(&mut serde_json::Deserializer::from_str(text));
        let kept = r#"{"success": false, "words": 1}"#;
        assert_eq!(read(kept).ok(), object(kept.as_bytes()));
        assert!(read("[false]").is_err());
    }

    #[test]
    fn a_field_of_another_type_is_as_good_as_absent() {
        for body in [
            &br#"{"success": "true", "words": 1, "count": "1"}"#[..],
            br#"{"success": 1, "words": ["x"], "count": 1.0}"#,
            br#"{"success": null, "words": null, "count": null, "inner": null}"#,
            br#"{"success": {"success": true}, "count": 9223372036854775808}"#,
            b"{}",
        ] {
            assert_eq!(object(body), Some(Answer::default()), "{body:?}");
        }
    }

    #[test]
    fn of_an_object_within_the_presence_counts() {
        for (inner, code) in [
            (r#"{"code": 5, "more": 1}"#, Value::from(5)),
            ("{}", Value::Null),
            ("[]", Value::Null),
            ("false", Value::Null),
        ] {
            let answer: Answer = object(format!("{{\"inner\":{inner}}}").as_bytes()).unwrap();
            assert_eq!(answer.inner, Some(Inner { code }), "{inner}");
        }
    }
}
