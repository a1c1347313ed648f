//! How clients are configured: what is missing or wrong is all named at once, and no value is repeated.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests, which the lints take for other code

use numbers::{
    Account, CompiledVendor, ConfigError, ConfigErrorKind, Releaser, TransportOptions, exotel,
    synthflow, twochat,
};
use std::time::Duration;

fn vendor(name: &str) -> CompiledVendor {
    name.parse().unwrap()
}

fn from(values: &[(&str, &str)]) -> Result<std::sync::Arc<dyn Releaser>, ConfigError> {
    let name = values[0].0.split('_').next().unwrap().to_lowercase();
    let lookup = |wanted: &str| {
        let found = values.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, value)| value.into())
    };
    vendor(&name).from_vars(lookup, TransportOptions::new())
}

/// A client of 2Chat that differs from a good one in its transport.
fn with(transport: TransportOptions) -> Result<twochat::Client, ConfigError> {
    let builder = twochat::Client::builder()
        .with_api_key("k")
        .with_base_url("https://vendor.invalid");
    builder.with_transport(transport).build()
}

#[test]
fn everything_that_is_missing_is_named_at_once() {
    for (name, message) in [
        ("twochat", "twochat: api_key (TWOCHAT_API_KEY) is missing"),
        (
            "synthflow",
            "synthflow: api_key (SYNTHFLOW_API_KEY) is missing; region (SYNTHFLOW_REGION) is missing; \
             expected one of: global, us, eu",
        ),
        (
            "exotel",
            "exotel: api_key (EXOTEL_API_KEY) is missing; api_token (EXOTEL_API_TOKEN) is missing; \
             account_sid (EXOTEL_ACCOUNT_SID) is missing; region (EXOTEL_REGION) is missing; \
             expected one of: singapore, mumbai",
        ),
    ] {
        let error = vendor(name)
            .from_vars(|_| None, TransportOptions::new())
            .unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(error.kind(), ConfigErrorKind::Missing);
        assert_eq!(error.vendor().as_str(), name);
    }
}

#[test]
fn missing_and_wrong_settings_are_named_together() {
    let error = from(&[
        ("EXOTEL_API_KEY", "canary:canary"),
        ("EXOTEL_API_TOKEN", "canary\n"),
        ("EXOTEL_ACCOUNT_SID", "canary/"),
        ("EXOTEL_BASE_URL", "http://canary.example"),
    ])
    .unwrap_err();
    let fields: Vec<_> = error
        .problems()
        .iter()
        .map(|problem| (problem.field().unwrap(), problem.kind()))
        .collect();
    assert_eq!(
        fields,
        ["api_token", "account_sid", "base_url"].map(|field| (field, ConfigErrorKind::Invalid))
    );
    let shown = format!("{error} {error:?} {:?}", error.problems());
    assert!(!shown.contains("canary"), "{shown}");
}

#[test]
fn a_region_that_is_none_is_refused_with_those_that_are() {
    let error = from(&[("SYNTHFLOW_API_KEY", "k"), ("SYNTHFLOW_REGION", "canary")]).unwrap_err();
    let text = "synthflow: region (SYNTHFLOW_REGION) must be one of: global, us, eu";
    assert_eq!(error.to_string(), text);
    // What is missing is named beside it, and it is not called missing itself.
    let error = from(&[("SYNTHFLOW_REGION", "canary")]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "synthflow: region (SYNTHFLOW_REGION) must be one of: global, us, eu; \
         api_key (SYNTHFLOW_API_KEY) is missing"
    );
}

#[test]
fn a_setter_replaces_a_variable_that_can_not_be_used() {
    let builder = || {
        synthflow::ClientBuilder::from_vars(|name| match name {
            "SYNTHFLOW_REGION" => Some("canary".into()),
            _ => None,
        })
    };
    let replaced = builder().with_region(synthflow::Region::Eu);
    let client = replaced.with_api_key("k").build().unwrap();
    assert_eq!(client.account().host(), "api.eu.synthflow.ai");
    let error = builder().with_api_key("k").build().unwrap_err();
    assert!(error.to_string().contains("region"), "{error}");

    let error = exotel::ClientBuilder::from_vars(|_| Some("no\nregion".into()))
        .with_region(exotel::Region::Mumbai)
        .build()
        .unwrap_err();
    let fields: Vec<_> = error.problems().iter().map(|it| it.field()).collect();
    assert!(!fields.contains(&Some("region")), "{error}");
    assert!(fields.contains(&Some("api_key")), "{error}");
}

#[test]
fn transport_options_are_checked_beside_a_bad_base_url() {
    let error = twochat::Client::builder()
        .with_base_url("canary")
        .with_transport(TransportOptions::new().with_timeout(Duration::ZERO))
        .build()
        .unwrap_err();
    let text = error.to_string();
    for part in ["api_key", "base_url", "timeout"] {
        assert!(text.contains(part), "{part} is not in: {text}");
    }
}

#[test]
fn transport_options_that_can_not_be_used_are_refused() {
    let options = TransportOptions::new;
    let shared = || with(options()).unwrap().shared();
    for (transport, message) in [
        (options().with_timeout(Duration::ZERO), "timeout is zero"),
        (
            options().with_user_agent("canary\n"),
            "user_agent has characters",
        ),
        (
            options().with_proxy("socks5://canary.example"),
            "proxy names a proxy that is not supported",
        ),
        (
            options().with_proxy("canary canary"),
            "proxy is not the URL of a proxy",
        ),
        (
            options().with_root_certificate_pem("canary"),
            "root_certificate_pem holds no certificate",
        ),
        (
            options()
                .with_shared(shared())
                .with_timeout(Duration::from_secs(1)),
            "timeout can't be combined with a shared transport",
        ),
        (
            options()
                .with_shared(shared())
                .with_proxy("http://proxy.example"),
            "proxy can't be combined with a shared transport",
        ),
    ] {
        let error = with(transport).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
        assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
    }
}

#[test]
fn usable_transport_options_are_taken_by_every_way_to_build() {
    let options = || {
        TransportOptions::new()
            .with_timeout(Duration::from_secs(5))
            .with_user_agent("acme/1.0")
            .with_proxy("http://user:secret@proxy.example:3128")
    };
    assert!(with(options()).is_ok());
    assert!(!format!("{:?}", options()).contains("secret"));
    let lookup = |name: &str| (name == "TWOCHAT_API_KEY").then(|| "k".into());
    let client = vendor("twochat").from_vars(lookup, options()).unwrap();
    let preview = client.preview(&vendor("twochat").endpoint().id_example().into());
    assert!(
        preview
            .unwrap()
            .to_string()
            .contains("user-agent: acme/1.0 twochat-voip/")
    );
}

#[test]
fn a_shared_transport_serves_another_vendor_of_the_same_kind() {
    let first = with(TransportOptions::new()).unwrap();
    let share = || TransportOptions::new().with_shared(first.shared());
    let second = synthflow::Client::builder().with_api_key("k");
    let built = second
        .with_region(synthflow::Region::Eu)
        .with_transport(share());
    assert!(built.build().is_ok());
    let shown = format!("{:?}", first.shared());
    assert!(
        shown.starts_with("SharedTransport { https: true, timeout: 30s"),
        "{shown}"
    );
    let plain = synthflow::Client::builder().with_api_key("k");
    let error = plain
        .with_base_url("http://127.0.0.1:1")
        .with_transport(share())
        .build()
        .unwrap_err();
    assert!(error.to_string().contains("differs in https"), "{error}");
}

#[test]
fn an_account_tells_host_name_and_credential_apart() {
    let exotel = |key: &str, base_url: &str| {
        exotel::Client::builder()
            .with_api_key(key)
            .with_api_token("canary")
            .with_account_sid("acme1")
            .with_base_url(base_url)
            .build()
            .unwrap()
            .account()
    };
    let account = exotel("k1", "http://127.0.0.1:8080/x");
    assert_eq!(account.host(), "127.0.0.1:8080");
    assert_eq!(account.name(), Some("acme1"));
    assert_eq!(account, exotel("k1", "http://127.0.0.1:8080"));
    let other = exotel("k2", "http://127.0.0.1:8080");
    assert_eq!(
        (account.host(), account.name()),
        (other.host(), other.name())
    );
    assert_ne!(account.fingerprint(), other.fingerprint());
    assert!(!format!("{account} {account:?}").contains("canary"));
    let account: Account = with(TransportOptions::new()).unwrap().account();
    assert_eq!((account.host(), account.name()), ("vendor.invalid", None));
}

#[test]
fn a_releaser_behind_dyn_shows_vendor_and_account_alone() {
    #[derive(Debug)]
    #[allow(dead_code, reason = "shown by Debug")]
    struct Service {
        releaser: std::sync::Arc<dyn Releaser>,
    }
    let releaser = from(&[
        ("TWOCHAT_API_KEY", "canary"),
        ("TWOCHAT_BASE_URL", "http://127.0.0.1:1"),
    ])
    .unwrap();
    let shown = format!("{:?}", Service { releaser });
    assert!(
        shown.contains("Vendor(twochat)") && shown.contains("127.0.0.1:1"),
        "{shown}"
    );
    assert!(!shown.contains("canary"), "{shown}");
}

#[test]
fn the_debug_of_a_config_shows_no_secret_and_no_url() {
    let mut config = exotel::ClientConfig::default();
    config.api_key = Some("canary".into());
    config.base_url = Some("https://canary@vendor.invalid".to_owned());
    config.region = Some(exotel::Region::Mumbai);
    config.account_sid = Some("acme1".to_owned());
    let shown = format!("{config:?}");
    assert_eq!(
        shown,
        "ClientConfig { account_sid: Some(\"acme1\"), region: Some(Mumbai), .. }"
    );
    for shown in [
        format!("{:?}", twochat::ClientConfig::default()),
        format!("{:?}", synthflow::ClientConfig::default()),
    ] {
        assert!(shown.starts_with("ClientConfig"), "{shown}");
    }
}

#[test]
fn the_facts_of_a_vendor_are_data() {
    for (name, limit, settings) in [
        ("exotel", Some(50), 5),
        ("synthflow", None, 3),
        ("twochat", Some(10), 2),
    ] {
        let endpoint = vendor(name).endpoint();
        assert_eq!(endpoint.requests_per_minute(), limit, "{name}");
        assert_eq!(endpoint.settings().len(), settings, "{name}");
    }
    let region = vendor("exotel").endpoint().setting("region").unwrap();
    assert_eq!(region.values(), ["singapore", "mumbai"]);
    assert!(!region.is_secret() && region.is_required());
    let token = vendor("exotel").endpoint().setting("api_token").unwrap();
    assert!(token.is_secret());
    assert_eq!(vendor("exotel"), vendor("exotel"));
    assert_ne!(vendor("exotel"), vendor("twochat"));
}

#[test]
fn an_unknown_vendor_is_repeated_in_its_error() {
    let error = "acme\u{1b}[2J".parse::<CompiledVendor>().unwrap_err();
    let names: Vec<_> = numbers::vendors().map(|it| it.to_string()).collect();
    let names = names.join(", ");
    assert_eq!(
        error.to_string(),
        format!("unknown vendor `acme[2J`; expected one of: {names}")
    );
}

#[cfg(feature = "serde")]
#[test]
fn settings_that_a_program_holds_are_deserialized() {
    let config: exotel::ClientConfig = serde_json::from_str(
        r#"{"api_key": "k", "api_token": "canary", "account_sid": "acme1", "region": "mumbai"}"#,
    )
    .unwrap();
    assert!(!format!("{config:?}").contains("canary"));
    let client = exotel::ClientBuilder::from_config(config).build().unwrap();
    assert_eq!(client.account().host(), "api.in.exotel.com");
    for json in [r#"{"api_kye": "k"}"#, r#"{"region": "canary"}"#] {
        assert!(
            serde_json::from_str::<exotel::ClientConfig>(json).is_err(),
            "{json}"
        );
    }
    let region: synthflow::Region = "eu".parse().unwrap();
    assert_eq!(serde_json::to_string(&region).unwrap(), "\"eu\"");
}
