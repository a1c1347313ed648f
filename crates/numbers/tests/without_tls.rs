//! A build without the feature `rustls`: https is refused, plain http to loopback works.
#![cfg(not(feature = "rustls"))]

use numbers::{TransportOptions, vendors};
use std::ffi::OsString;

fn value(name: &str, base: &str) -> Option<OsString> {
    match name {
        name if name.ends_with("_BASE_URL") => Some(base.into()),
        name if name.ends_with("_REGION") => None,
        _ => Some("value".into()),
    }
}

#[test]
fn https_is_refused_and_names_the_missing_feature() {
    for vendor in vendors() {
        let connect =
            |base: &str| vendor.from_vars(|name| value(name, base), TransportOptions::new());
        let error = connect("https://vendor.invalid").unwrap_err();
        assert!(error.to_string().contains("feature `rustls`"), "{error}");
        assert!(connect("http://127.0.0.1:1").is_ok());
    }
}
