//! What accounts, settings, endpoints and errors hold is what they tell.

#[cfg_attr(not(feature = "testing"), allow(unused_imports))]
use numbers_core::{
    Account, ConfigErrorKind, ConfigProblem, Endpoint, Error, Outcome, Releaser, Setting, Vendor,
};

const ACME: Vendor = Vendor::new("acme");
const KEY: Setting = Setting::new("api_key", "ACME_API_KEY", "The key.").with_secret(true);
const REGION: Setting = Setting::new("region", "ACME_REGION", "Where.").with_values(&["eu", "us"]);
const BASE_URL: Setting =
    Setting::new("base_url", "ACME_BASE_URL", "The server.").with_required(false);
const SETTINGS: &[Setting] = &[KEY, REGION, BASE_URL];

#[test]
fn an_account_tells_what_it_was_made_of() {
    let host = Account::new("api.example");
    assert_eq!(
        (host.host(), host.name(), host.fingerprint()),
        ("api.example", None, None)
    );
    assert_eq!(host.to_string(), "api.example");
    let full = host.with_name("acme1").with_fingerprint(0xf00d);
    assert_eq!(
        (full.name(), full.fingerprint()),
        (Some("acme1"), Some(0xf00d))
    );
    assert_eq!(
        full.to_string(),
        "api.example, account acme1, credential 0000f00d"
    );
    assert!(format!("{full:?}").ends_with("fingerprint: Some(0000f00d) }"));
}

#[test]
fn a_setting_tells_what_it_takes() {
    let reported: Vec<_> = SETTINGS
        .iter()
        .map(|setting| {
            (
                setting.field(),
                setting.variable(),
                setting.description(),
                setting.is_secret(),
                setting.is_required(),
            )
        })
        .collect();
    assert_eq!(
        reported,
        [
            ("api_key", "ACME_API_KEY", "The key.", true, true),
            ("region", "ACME_REGION", "Where.", false, true),
            ("base_url", "ACME_BASE_URL", "The server.", false, false),
        ]
    );
    assert_eq!(
        (KEY.values(), REGION.values()),
        (&[][..], &["eu", "us"][..])
    );
}

#[test]
fn an_endpoint_tells_the_facts_of_its_vendor() {
    let bare = Endpoint::new(ACME, "release", "/{id}");
    assert_eq!((bare.id_example(), bare.requests_per_minute()), ("", None));
    assert!(bare.settings().is_empty());
    let endpoint = bare
        .with_success(&[(200, Outcome::Released)])
        .with_id_example("n-1")
        .with_requests_per_minute(10)
        .with_settings(SETTINGS);
    assert_eq!(
        (endpoint.id_example(), endpoint.requests_per_minute()),
        ("n-1", Some(10))
    );
    assert_eq!(endpoint.setting("region"), Some(&REGION));
    assert_eq!(endpoint.setting("ACME_REGION"), None);
}

#[test]
fn a_config_problem_tells_field_variable_and_reason() {
    let missing = ConfigProblem::missing(&REGION);
    assert_eq!(missing.kind(), ConfigErrorKind::Missing);
    assert_eq!(
        (missing.field(), missing.variable()),
        (Some("region"), Some("ACME_REGION"))
    );
    assert_eq!(missing.reason(), "expected one of: eu, us");
    let invalid = ConfigProblem::invalid(&KEY, "is empty");
    assert_eq!(
        (invalid.field(), invalid.variable()),
        (Some("api_key"), Some("ACME_API_KEY"))
    );
    assert_eq!(invalid.to_string(), "api_key (ACME_API_KEY) is empty");
    let variable = ConfigProblem::invalid_variable("HTTPS_PROXY", "is not UTF-8");
    assert_eq!(
        (variable.field(), variable.variable()),
        (None, Some("HTTPS_PROXY"))
    );
    assert_eq!(variable.to_string(), "HTTPS_PROXY is not UTF-8");
}

#[test]
fn an_error_tells_its_detail_and_hint() {
    let error = Error::from_status(ACME, 404);
    assert_eq!((error.detail(), error.hint()), (None, None));
    let error = error.with_detail("so\nit is").with_hint(Some("look there"));
    assert_eq!(
        (error.detail(), error.hint()),
        (Some("so it is"), Some("look there"))
    );
}

#[test]
fn an_unknown_name_tells_the_known_ones() {
    let error = "gone".parse::<Outcome>().unwrap_err();
    assert_eq!(error.expected(), ["released", "accepted", "absent"]);
    assert_eq!(format!("{error:?}"), error.to_string());
}

#[cfg(feature = "testing")]
#[test]
fn the_debug_of_any_releaser_shows_vendor_and_account() {
    let releaser = numbers_core::testing::Scripted::new(ACME);
    let releaser: &dyn Releaser = &releaser;
    let shown = format!("{releaser:?}");
    assert!(
        shown.contains("Vendor(acme)") && shown.contains("script.invalid"),
        "{shown}"
    );
}
