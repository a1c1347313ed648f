//! What is refused before anything is sent.
#![cfg(feature = "rustls")]

mod common;

use common::FIXTURE;
use exotel_numbers::{Client, ClientBuilder, ConfigError, ExophoneSid, Region, TransportOptions};
use numbers_testkit::{BAD_IDS, assert_bad_config, assert_bad_id, check_bad_ids};
use std::ffi::OsString;

#[tokio::test]
async fn an_id_that_is_none_is_not_sent() {
    check_bad_ids(&FIXTURE, &[]).await;
    for (id, word) in BAD_IDS {
        assert_bad_id(id, word, &ExophoneSid::new(*id).unwrap_err());
        assert_bad_id(id, word, &id.parse::<ExophoneSid>().unwrap_err());
    }
}

#[test]
fn an_account_that_can_t_stand_in_a_path_is_refused() {
    for (id, word) in BAD_IDS {
        let words = ["account_sid", "EXOTEL_ACCOUNT_SID", word];
        let builder = Client::builder().with_account_sid(*id);
        assert_bad_config(&words, &builder.build().unwrap_err());
    }
}

#[test]
fn a_base_url_or_time_out_that_can_t_be_is_refused() {
    numbers_testkit::check_bad_transport(&FIXTURE);
}

#[test]
fn what_is_missing_or_malformed_is_named() {
    let build = |builder: ClientBuilder| builder.build().unwrap_err();
    let key = || {
        Client::builder()
            .with_api_key("k")
            .with_region(Region::Mumbai)
    };
    let full = || key().with_api_token("t").with_account_sid("acme1");
    for (builder, words) in [
        (Client::builder(), ["api_key", "EXOTEL_API_KEY", "missing"]),
        (key(), ["api_token", "EXOTEL_API_TOKEN", "missing"]),
        (
            key().with_api_token("t"),
            ["account_sid", "EXOTEL_ACCOUNT_SID", "missing"],
        ),
        (
            full().with_api_key("k:k"),
            ["api_key", "EXOTEL_API_KEY", "':'"],
        ),
    ] {
        assert_bad_config(&words, &build(builder));
    }
    let nowhere = Client::builder()
        .with_api_key("k")
        .with_api_token("t")
        .with_account_sid("acme1");
    let words = ["region", "EXOTEL_REGION", "singapore", "mumbai"];
    assert_bad_config(&words, &build(nowhere));
    for bad in ["", "k\n", "k\r\nx: y", " k", "k k", "clé", "k\0", "k\u{7f}"] {
        assert_bad_config(
            &["api_key", "EXOTEL_API_KEY"],
            &build(full().with_api_key(bad)),
        );
        assert_bad_config(
            &["api_token", "EXOTEL_API_TOKEN"],
            &build(full().with_api_token(bad)),
        );
    }
}

fn from(vars: &'static [(&str, &str)]) -> Result<Client, ConfigError> {
    let lookup = |name: &str| {
        let given = [
            ("EXOTEL_API_KEY", "k"),
            ("EXOTEL_API_TOKEN", "t"),
            ("EXOTEL_ACCOUNT_SID", "acme1"),
        ];
        let found = vars.iter().chain(&given).find(|(known, _)| *known == name);
        found.map(|(_, value)| OsString::from(value))
    };
    ClientBuilder::from_vars(lookup)
        .with_transport(TransportOptions::new().with_reqwest(|builder| builder.tls_certs_only([])))
        .build()
}

#[test]
fn the_environment_is_read_and_its_faults_are_named() {
    const REGION: (&str, &str) = ("EXOTEL_REGION", "mumbai");
    for vars in [
        &[REGION][..],
        &[("EXOTEL_REGION", "singapore")],
        &[("EXOTEL_BASE_URL", "http://127.0.0.1:1")],
    ] {
        assert!(from(vars).is_ok(), "{vars:?}");
    }
    for (vars, words) in [
        (
            &[REGION, ("EXOTEL_API_KEY", "")][..],
            &["EXOTEL_API_KEY", "missing"][..],
        ),
        (
            &[REGION, ("EXOTEL_API_TOKEN", "")],
            &["EXOTEL_API_TOKEN", "missing"],
        ),
        (
            &[REGION, ("EXOTEL_ACCOUNT_SID", "")],
            &["EXOTEL_ACCOUNT_SID", "missing"],
        ),
        (
            &[REGION, ("EXOTEL_ACCOUNT_SID", "../x")],
            &["EXOTEL_ACCOUNT_SID", "'/'"],
        ),
        (&[], &["EXOTEL_REGION", "singapore, mumbai"]),
        (
            &[("EXOTEL_REGION", "Mumbai")],
            &["EXOTEL_REGION", "singapore, mumbai"],
        ),
        (
            &[("EXOTEL_REGION", "us")],
            &["EXOTEL_REGION", "singapore, mumbai"],
        ),
        (
            &[("EXOTEL_BASE_URL", "http://vendor.invalid")],
            &["EXOTEL_BASE_URL", "https"],
        ),
    ] {
        assert_bad_config(words, &from(vars).unwrap_err());
    }
}
