//! A body as JSON.

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Index;

/// A JSON value in which no object repeats a key. Its strings are borrowed from the body where they can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json<'a> {
    /// `null`, or a field that is absent.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Self>),
    /// An object.
    Object(BTreeMap<Cow<'a, str>, Self>),
}

impl<'a> Json<'a> {
    /// Reads a JSON object. Anything else is `None`, and so is a body in which any object repeats a key: which of
    /// the two values is meant can't be known.
    pub fn object(body: &'a [u8]) -> Option<Self> {
        // The whole body: serde_json does not check the UTF-8 of values that it skips.
        let text = std::str::from_utf8(body).ok()?;
        let mut json = serde_json::Deserializer::from_str(text);
        let value = Strict.deserialize(&mut json).ok()?;
        json.end().ok()?;
        value.is_object().then_some(value)
    }

    /// Whether it is null or absent.
    pub fn is_null(&self) -> bool {
        *self == Self::Null
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// A boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// An integer.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// A number.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// An array.
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The first item of an array. Null where there is none.
    pub fn first(&self) -> &Self {
        let first = self.as_array().and_then(<[Self]>::first);
        first.unwrap_or(&Self::Null)
    }

    /// A string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is absent, null, `false` or blank, and so no sign of an error.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Null | Self::Bool(false) => true,
            Self::String(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The text of a value in an error: of a string itself, of a number or boolean its JSON, of an object its
    /// message, and of an array, such as a list of validation errors, the text of each item.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::String(text) if text.trim().is_empty() => None,
            Self::String(text) => Some(text.as_ref().to_owned()),
            Self::Number(number) => Some(number.to_string()),
            Self::Bool(value) => Some(value.to_string()),
            Self::Array(items) => {
                let items: Vec<String> = items.iter().filter_map(Self::text).collect();
                (!items.is_empty()).then(|| items.join("; "))
            }
            Self::Object(fields) => ["msg", "message", "detail", "description"]
                .iter()
                .find_map(|name| fields.get(*name)?.text()),
        }
    }
}

/// The field of an object. Null where it is absent, or the value is no object.
impl<'a> Index<&str> for Json<'a> {
    type Output = Json<'a>;

    fn index(&self, name: &str) -> &Json<'a> {
        let field = match self {
            Self::Object(fields) => fields.get(name),
            _ => None,
        };
        field.unwrap_or(&Self::Null)
    }
}

impl PartialEq<bool> for Json<'_> {
    fn eq(&self, other: &bool) -> bool {
        self.as_bool() == Some(*other)
    }
}

impl PartialEq<i64> for Json<'_> {
    fn eq(&self, other: &i64) -> bool {
        self.as_i64() == Some(*other)
    }
}

impl PartialEq<&str> for Json<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == Some(*other)
    }
}

/// Reads a value in which no object repeats a key.
#[derive(Clone, Copy)]
struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Json<'de>, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(Json::String(value.to_owned().into()))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::String(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            all.push(item);
        }
        Ok(Json::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Json<'de>, A::Error> {
        let mut all = BTreeMap::new();
        while let Some(name) = fields.next_key_seed(self)? {
            let Json::String(name) = name else {
                return Err(A::Error::custom("a key that is no string"));
            };
            let value = fields.next_value_seed(self)?;
            if all.insert(name, value).is_some() {
                return Err(A::Error::custom("a key that is repeated"));
            }
        }
        Ok(Json::Object(all))
    }
}

#[cfg(test)]
mod tests {
    use super::Json;
    use std::borrow::Cow;

    fn json(text: &str) -> Json<'_> {
        let Some(Json::Object(mut fields)) = Json::object(text.as_bytes()) else {
            panic!("{text}");
        };
        fields.remove("value").unwrap_or(Json::Null)
    }

    #[test]
    fn a_whole_object_is_read() {
        let body =
            b" \n{\"more\": [{}], \"\\u0073uccess\": true, \"n\": [-1, 7, 1.5, null, \"x\\n\"]} ";
        let read = Json::object(body).unwrap();
        assert!(read["success"] == true && read["absent"].is_null() && read["more"]["x"].is_null());
        assert_eq!(read["more"], Json::Array(vec![Json::Object([].into())]));
        let text = read["n"].text();
        assert_eq!(text.as_deref(), Some("-1; 7; 1.5; x\n"));
    }

    #[test]
    fn only_the_value_itself_equals_it() {
        assert!(json(r#"{"value": 202}"#) == 202 && json(r#"{"value": 202.0}"#) != 202);
        assert!(json(r#"{"value": "202"}"#) != 202 && json(r#"{"value": "202"}"#) == "202");
        assert!(json(r#"{"value": "true"}"#) != true && json(r#"{"value": 1}"#) != true);
    }

    #[test]
    fn a_value_of_another_type_is_none() {
        let (number, list) = (json(r#"{"value": 1.5}"#), json(r#"{"value": [7]}"#));
        assert_eq!((number.as_f64(), number.as_i64()), (Some(1.5), None));
        assert_eq!((list.as_f64(), number.as_array()), (None, None));
        assert!(*list.first() == 7 && number.first().is_null() && !list.is_null());
        assert_eq!(list.as_array().map(<[Json<'_>]>::len), Some(1));
        assert!(json(r#"{"value": "ok"}"#) != "failed" && list != "ok");
    }

    #[test]
    fn a_string_without_escapes_is_borrowed() {
        let plain = json(r#"{"value": "ok"}"#);
        assert!(matches!(plain, Json::String(Cow::Borrowed("ok"))));
        assert!(json(r#"{"value": "o\u006b"}"#) == "ok");
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
            assert_eq!(
                Json::object(body),
                None,
                "{}",
                String::from_utf8_lossy(body)
            );
        }
    }

    #[test]
    fn only_null_false_and_white_space_are_blank() {
        for value in ["null", "false", "\"\"", "\" \""] {
            assert!(
                json(&format!("{{\"value\": {value}}}")).is_blank(),
                "{value}"
            );
        }
        for value in ["true", "0", "\"x\"", "[]", "{}"] {
            assert!(
                !json(&format!("{{\"value\": {value}}}")).is_blank(),
                "{value}"
            );
        }
    }

    #[test]
    fn the_text_of_an_error_is_found_in_every_form() {
        for (value, expected) in [
            (r#""no""#, Some("no")),
            (r#""  ""#, None),
            ("null", None),
            ("340030", Some("340030")),
            ("true", Some("true")),
            (
                r#"[{"loc": ["path"], "msg": "too short", "type": "x"}, {"msg": "not a number"}]"#,
                Some("too short; not a number"),
            ),
            ("[]", None),
            (r#"{"message": "gone"}"#, Some("gone")),
            (r#"{"other": 1}"#, None),
        ] {
            let body = format!("{{\"value\": {value}}}");
            assert_eq!(json(&body).text().as_deref(), expected, "{value}");
        }
    }
}
