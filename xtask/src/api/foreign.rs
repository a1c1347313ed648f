//! The third-party crates that the public API may name. A new major version of one is a new major version of
//! ours.

use super::rustdoc::{Document, Features};
use std::collections::BTreeSet;

/// What is allowed: a path, with what is below it, and the feature that has to be on.
const ALLOWED: [(&str, Option<&str>); 8] = [
    ("core", None),
    ("alloc", None),
    ("std", None),
    // For those who implement `Releaser`.
    ("async_trait::async_trait", None),
    ("http::header::map::HeaderMap", None),
    ("secrecy", None),
    ("reqwest", Some("reqwest-0-13")),
    ("serde_core", Some("serde")),
];

/// What numbers-http may name too, because its API is not stable.
const ALLOWED_IN_HTTP: [&str; 1] = ["serde_json"];

/// The paths in the API of our crates that are not allowed, each with the crate that names it.
pub(super) fn refused(documents: &[Document], features: Features) -> Vec<String> {
    let ours: Vec<_> = documents
        .iter()
        .map(|it| it.krate.replace('-', "_"))
        .collect();
    let mut refused = Vec::new();
    for document in documents {
        let krate = &document.krate;
        let is_allowed = |path: &str| {
            let has = |feature: Option<&str>| feature.is_none() || features == Features::All;
            let mut allowed = ALLOWED.iter().filter(|(_, feature)| has(*feature));
            allowed.any(|(allowed, _)| is_within(path, allowed))
                || krate == "numbers-http" && ALLOWED_IN_HTTP.iter().any(|it| is_within(path, it))
                || ours.iter().any(|krate| is_within(path, krate))
        };
        let reexports = document.reexports.iter().map(String::as_str);
        let found: BTreeSet<_> = paths(&document.text).chain(reexports).collect();
        let found = found.into_iter().filter(|path| !is_allowed(path));
        refused.extend(found.map(|path| format!("{krate}, {features:?} features: {path}")));
    }
    refused
}

/// Whether a path is `whole` or below it.
fn is_within(path: &str, whole: &str) -> bool {
    path.strip_prefix(whole)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// The paths in a text that begin with a crate.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    // `Self::Err` and the `::eq` of a generic type do not.
    let words = words.map(|word| word.trim_end_matches(':'));
    words.filter(|word| word.contains("::") && word.starts_with(|c: char| c.is_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::{Document, Features, refused};

    fn document(krate: &str, text: &str, reexports: &[&str]) -> Document {
        Document {
            krate: krate.to_owned(),
            text: text.to_owned(),
            reexports: reexports.iter().map(|&path| path.to_owned()).collect(),
        }
    }

    #[test]
    fn a_crate_that_is_not_on_the_list_is_refused() {
        let documents = [
            document(
                "acme",
                "pub fn acme::T<U>::f(&self, tokio::time::Instant) -> Self::Ok",
                &["hyper"],
            ),
            document(
                "acme-lines",
                "impl core::fmt::Debug for acme::T<http::Uri>",
                &["acme::T"],
            ),
        ];
        let expected = [
            "acme, All features: hyper",
            "acme, All features: tokio::time::Instant",
            "acme-lines, All features: http::Uri",
        ];
        assert_eq!(refused(&documents, Features::All), expected);
    }

    #[test]
    fn what_a_feature_brings_is_refused_without_it() {
        let text = "impl<T: serde_core::ser::Serialize> acme::F for T";
        let documents = [document("acme", text, &["reqwest"])];
        assert_eq!(refused(&documents, Features::All), [""; 0]);
        let expected = [
            "acme, Default features: reqwest",
            "acme, Default features: serde_core::ser::Serialize",
        ];
        assert_eq!(refused(&documents, Features::Default), expected);
    }

    #[test]
    fn only_numbers_http_may_name_serde_json() {
        let text = "pub fn acme::f(&serde_json::value::Value)";
        let documents = [
            document("numbers-http", text, &[]),
            document("acme", text, &[]),
        ];
        let expected = ["acme, All features: serde_json::value::Value"];
        assert_eq!(refused(&documents, Features::All), expected);
    }
}
