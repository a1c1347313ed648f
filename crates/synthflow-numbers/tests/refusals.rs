//! What is refused before anything is sent.
#![cfg(feature = "rustls")]

mod common;

use common::FIXTURE;
use numbers_testkit::{BAD_IDS, assert_bad_config, assert_bad_id, check_bad_ids};
use std::ffi::OsString;
use synthflow_numbers::{
    Client, ClientBuilder, ConfigError, PhoneNumberSlug, Region, TransportOptions,
};

const NOT_ITS: &[(&str, &str)] = &[
    ("+33782990580", "without the leading +"),
    ("++33782990580", "without the leading +"),
    ("+", "without the leading +"),
];

#[tokio::test]
async fn an_id_that_is_none_is_not_sent() {
    check_bad_ids(&FIXTURE, NOT_ITS).await;
    for (id, word) in BAD_IDS.iter().chain(NOT_ITS) {
        assert_bad_id(id, word, &PhoneNumberSlug::new(*id).unwrap_err());
        assert_bad_id(id, word, &id.parse::<PhoneNumberSlug>().unwrap_err());
    }
}

#[test]
fn an_id_that_is_no_phone_number_is_taken() {
    for id in ["101", "ext-101", "sip:101@host", "33 78", "1+2"] {
        assert_eq!(PhoneNumberSlug::new(id).unwrap().as_str(), id);
    }
}

#[test]
fn what_is_not_e164_is_refused_as_such() {
    assert!(PhoneNumberSlug::from_e164("+123456789012345").is_ok());
    for number in [
        "",
        "+",
        "33782990580",
        "0033782990580",
        "++33782990580",
        "+033782990580",
        "+33 7 82 99 05 80",
        "+33-782990580",
        "+3378299058x",
        "+٣٣٧٨٢٩٩٠٥٨٠",
        "+1234567890123456",
        "+33782990580\n",
        " +33782990580",
    ] {
        let error = PhoneNumberSlug::from_e164(number).unwrap_err();
        assert_bad_id(number, "E.164", &error);
    }
}

#[test]
fn a_base_url_or_time_out_that_can_t_be_is_refused() {
    numbers_testkit::check_bad_transport(&FIXTURE);
}

#[test]
fn what_is_missing_or_malformed_is_named() {
    let build = |builder: ClientBuilder| builder.build().unwrap_err();
    let regional = || Client::builder().with_region(Region::Eu);
    let words = ["api_key", "SYNTHFLOW_API_KEY", "missing"];
    assert_bad_config(&words, &build(regional()));
    let words = ["region", "SYNTHFLOW_REGION", "global", "us", "eu"];
    assert_bad_config(&words, &build(Client::builder().with_api_key("k")));
    for key in ["", "k\n", "k\r\nx: y", " k", "k k", "clé", "k\0", "k\u{7f}"] {
        let words = ["api_key", "SYNTHFLOW_API_KEY"];
        assert_bad_config(&words, &build(regional().with_api_key(key)));
    }
}

fn from(vars: &'static [(&str, &str)]) -> Result<Client, ConfigError> {
    let lookup = |name: &str| {
        let found = vars.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| OsString::from(value))
    };
    ClientBuilder::from_vars(lookup)
        .with_transport(TransportOptions::new().with_reqwest(|builder| builder.tls_certs_only([])))
        .build()
}

#[test]
fn the_environment_is_read_and_its_faults_are_named() {
    const KEY: (&str, &str) = ("SYNTHFLOW_API_KEY", "k");
    for vars in [
        &[KEY, ("SYNTHFLOW_REGION", "global")][..],
        &[KEY, ("SYNTHFLOW_REGION", "us")],
        &[KEY, ("SYNTHFLOW_REGION", "eu")],
        &[KEY, ("SYNTHFLOW_BASE_URL", "http://127.0.0.1:1/v2")],
        &[
            KEY,
            ("SYNTHFLOW_REGION", ""),
            ("SYNTHFLOW_BASE_URL", "http://127.0.0.1:1/v2"),
        ],
    ] {
        assert!(from(vars).is_ok(), "{vars:?}");
    }
    for (vars, words) in [
        (
            &[("SYNTHFLOW_REGION", "eu")][..],
            &["SYNTHFLOW_API_KEY", "missing"][..],
        ),
        (&[KEY], &["SYNTHFLOW_REGION", "global, us, eu"]),
        (
            &[KEY, ("SYNTHFLOW_REGION", "EU")],
            &["SYNTHFLOW_REGION", "global, us, eu"],
        ),
        (
            &[KEY, ("SYNTHFLOW_REGION", "asia")],
            &["SYNTHFLOW_REGION", "global, us, eu"],
        ),
        (
            &[KEY, ("SYNTHFLOW_BASE_URL", "http://vendor.invalid")],
            &["SYNTHFLOW_BASE_URL", "https"],
        ),
    ] {
        assert_bad_config(words, &from(vars).unwrap_err());
    }
}
