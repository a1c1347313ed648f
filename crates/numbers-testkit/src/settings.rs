//! The settings of a vendor's client, as its facts list them.

use crate::{BAD_IDS, VendorFixture, assert_bad_config};
use numbers_core::{ConfigError, Releaser, Setting};
use numbers_http::TransportOptions;
use std::ffi::OsString;
use std::sync::Arc;

/// With a value for each setting, and each region, a client is built. A setting that is missing, empty or can't
/// be used is named, by field and variable.
pub fn check_settings(fixture: &VendorFixture) {
    let settings = fixture.endpoint.settings();
    let refused = |setting: &Setting, value: Option<OsString>, words: &[&str]| {
        let values = with(valid(settings), setting, value);
        let words = [&[setting.field(), setting.variable()], words].concat();
        assert_bad_config(&words, &build(fixture, &values).unwrap_err());
    };
    assert!(build(fixture, &valid(settings)).is_ok());
    for setting in settings {
        for region in setting.values() {
            let values = with(valid(settings), setting, Some(region.into()));
            assert!(build(fixture, &values).is_ok(), "{region}");
        }
        if setting.is_required() {
            for value in [None, Some("".into())] {
                refused(setting, value, &["missing"]);
            }
        }
        if !setting.values().is_empty() {
            for other in ["", "elsewhere", &setting.values()[0].to_uppercase()] {
                let words = if other.is_empty() {
                    "missing"
                } else {
                    "must be one of"
                };
                refused(setting, Some(other.into()), &[words]);
            }
        } else if setting.is_secret() {
            for bad in ["k\n", "k\r\nx: y", " k", "k k", "clé", "k\0", "k\u{7f}"] {
                refused(setting, Some(bad.into()), &[]);
            }
        } else if setting.is_required() {
            for (bad, _) in BAD_IDS.iter().filter(|(id, _)| !id.is_empty()) {
                refused(setting, Some(bad.into()), &[]);
            }
        } else {
            refused(setting, Some("http://vendor.invalid".into()), &["https"]);
        }
        #[cfg(unix)]
        refused(setting, Some(not_utf8()), &["UTF-8"]);
    }
    // A base URL stands for the region.
    let mut values = valid(settings);
    values.retain(|(setting, _)| setting.values().is_empty());
    for setting in settings.iter().filter(|setting| !setting.is_required()) {
        let values = with(values.clone(), setting, Some("http://127.0.0.1:1/x".into()));
        assert!(build(fixture, &values).is_ok());
    }
}

type Values = Vec<(Setting, OsString)>;

/// A value for each setting that is required.
fn valid(settings: &'static [Setting]) -> Values {
    let required = settings.iter().filter(|setting| setting.is_required());
    let value = |setting: &Setting| setting.values().first().unwrap_or(&"acme1").into();
    required.map(|setting| (*setting, value(setting))).collect()
}

/// The values with another for one setting, or without it.
fn with(mut values: Values, setting: &Setting, value: Option<OsString>) -> Values {
    values.retain(|(other, _)| other != setting);
    values.extend(value.map(|value| (*setting, value)));
    values
}

fn build(
    fixture: &VendorFixture,
    values: &[(Setting, OsString)],
) -> Result<Arc<dyn Releaser>, ConfigError> {
    let lookup = |name: &str| {
        let found = values.iter().find(|(known, _)| known.variable() == name);
        found.map(|(_, value)| value.clone())
    };
    let transport = TransportOptions::new().with_reqwest(|builder| builder.tls_certs_only([]));
    (fixture.from_vars)(&lookup, transport)
}

#[cfg(unix)]
fn not_utf8() -> OsString {
    use std::os::unix::ffi::OsStringExt;
    OsString::from_vec(b"k\xff".to_vec())
}
