//! What is refused before anything is sent.
#![cfg(feature = "rustls")]

mod common;

use common::FIXTURE;
use numbers_testkit::{BAD_IDS, assert_bad_config, assert_bad_id, check_bad_ids};
use std::ffi::OsString;
use twochat_voip::{Client, ClientBuilder, TransportOptions, VirtualNumberUuid};

const NOT_ITS: &[(&str, &str)] = &[
    ("64a54de2-8ebe-4c01-838f-a2235815dab4", "DID"),
    ("DID", "UUID"),
    ("did64a54de2-8ebe-4c01-838f-a2235815dab4", "DID"),
    ("DID-64a54de2-8ebe-4c01-838f-a2235815dab4", "UUID"),
    ("DID64a54de28ebe4c01838fa2235815dab4", "UUID"),
    ("DID64a54de2-8ebe-4c01-838f-a2235815dab4 ", "white space"),
    (" DID64a54de2-8ebe-4c01-838f-a2235815dab4", "white space"),
    ("DID64a54de2-8ebe-4c01-838f-a2235815dab", "UUID"),
    ("DIDg4a54de2-8ebe-4c01-838f-a2235815dab4", "UUID"),
    ("DID{4a54de2-8ebe-4c01-838f-a2235815dab}", "UUID"),
    ("+33782990580", "DID"),
];

#[tokio::test]
async fn an_id_that_is_none_is_not_sent() {
    check_bad_ids(&FIXTURE, NOT_ITS).await;
    for (id, word) in BAD_IDS.iter().chain(NOT_ITS) {
        assert_bad_id(id, word, &VirtualNumberUuid::new(*id).unwrap_err());
        assert_bad_id(id, word, &id.parse::<VirtualNumberUuid>().unwrap_err());
    }
}

#[test]
fn an_id_in_capitals_is_taken_as_it_is() {
    let id = "DID64A54DE2-8EBE-4C01-838F-A2235815DAB4";
    assert_eq!(VirtualNumberUuid::new(id).unwrap().as_str(), id);
}

#[test]
fn a_base_url_or_time_out_that_can_t_be_is_refused() {
    numbers_testkit::check_bad_transport(&FIXTURE);
}

#[test]
fn a_key_that_is_missing_or_that_no_header_can_carry_is_named() {
    let error = Client::builder().build().unwrap_err();
    assert_bad_config(&["api_key", "TWOCHAT_API_KEY", "missing"], &error);
    for key in ["", "k\n", "k\r\nx: y", " k", "k k", "clé", "k\0", "k\u{7f}"] {
        let error = Client::builder().with_api_key(key).build().unwrap_err();
        assert_bad_config(&["api_key", "TWOCHAT_API_KEY"], &error);
    }
    for product in ["acme\n", "acme\r\nx: y", "acmé\0"] {
        let builder = Client::builder()
            .with_api_key("k")
            .with_transport(TransportOptions::new().with_user_agent(product));
        let error = builder
            .with_base_url("http://127.0.0.1:1")
            .build()
            .unwrap_err();
        assert_bad_config(&["user_agent", "acme/1.0"], &error);
    }
}

fn from(vars: &'static [(&str, &str)]) -> ClientBuilder {
    ClientBuilder::from_vars(|name| {
        let found = vars.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| OsString::from(value))
    })
}

#[test]
fn the_environment_is_read_and_its_faults_are_named() {
    let vars = &[
        ("TWOCHAT_API_KEY", "k"),
        ("TWOCHAT_BASE_URL", "http://127.0.0.1:1"),
    ];
    assert!(from(vars).build().is_ok());

    let empty = &[
        ("TWOCHAT_API_KEY", ""),
        ("TWOCHAT_BASE_URL", "http://127.0.0.1:1"),
    ];
    for vars in [&[][..], empty] {
        let error = from(vars).build().unwrap_err();
        assert_bad_config(&["TWOCHAT_API_KEY", "missing"], &error);
    }
    let error = from(&[
        ("TWOCHAT_API_KEY", "k"),
        ("TWOCHAT_BASE_URL", "http://vendor.invalid"),
    ]);
    let error = error.build().unwrap_err();
    assert_bad_config(&["TWOCHAT_BASE_URL", "https"], &error);
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_utf8_is_named() {
    use std::os::unix::ffi::OsStringExt;
    for variable in ["TWOCHAT_API_KEY", "TWOCHAT_BASE_URL"] {
        let bad = |name: &str| (name == variable).then(|| OsString::from_vec(b"k\xff".to_vec()));
        let error = ClientBuilder::from_vars(bad).build().unwrap_err();
        assert_bad_config(&[variable, "UTF-8"], &error);
    }
}
