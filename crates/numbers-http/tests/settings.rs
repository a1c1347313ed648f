//! What building a client says of its settings.

use numbers_core::{ConfigError, Endpoint, Setting, Vendor};
use numbers_http::secrecy::SecretString;
use numbers_http::{Auth, Http, HttpConfig, TransportOptions};
use std::time::Duration;

const ACCOUNT: Setting = Setting::new("account", "ACME_ACCOUNT", "Also the user.");
const TOKEN: Setting = Setting::new("token", "ACME_TOKEN", "The password.").with_secret(true);
const BASE_URL: Setting =
    Setting::new("base_url", "ACME_BASE_URL", "The server.").with_required(false);

/// An endpoint by HTTP Basic, whose user is also a segment of the path.
fn build(account: Option<&str>, token: Option<&str>) -> Result<Http, ConfigError> {
    let (user, token) = (
        account.map(SecretString::from),
        token.map(SecretString::from),
    );
    Http::new(HttpConfig {
        endpoint: Endpoint::new(Vendor::new("acme"), "release", "/{account}/{id}"),
        auth: Auth::Basic,
        product: "acme/1",
        secrets: &[(&ACCOUNT, user.as_ref()), (&TOKEN, token.as_ref())],
        path: &[(&ACCOUNT, account)],
        server: Some("https://acme.example"),
        region: None,
        base_url: (&BASE_URL, None),
        transport: TransportOptions::new(),
        problems: Vec::new(),
    })
}

#[test]
fn each_setting_is_told_once() {
    for (account, token, expected) in [
        (Some("acme"), None, &["token"][..]),
        (None, Some("t"), &["account"]),
        (None, None, &["account", "token"]),
        // Refused as the user, and no segment of a path either.
        (Some("a\n/"), Some("t"), &["account"]),
        (Some("a/b"), Some("t"), &["account"]),
    ] {
        let told = build(account, token).err().map(|error| {
            let problems = error.problems().iter();
            problems.filter_map(|it| it.field()).collect::<Vec<_>>()
        });
        assert_eq!(told.as_deref(), Some(expected), "{account:?} {token:?}");
    }
    assert!(build(Some("acme"), Some("t")).is_ok());
}

#[test]
fn the_debug_of_transport_options_shows_what_is_no_secret() {
    let options = TransportOptions::new()
        .with_timeout(Duration::from_secs(7))
        .with_proxy("http://user:canary@127.0.0.1:1");
    let shown = format!("{options:?}");
    assert!(
        shown.contains("timeout: Some(7s)") && shown.contains("proxy: Some(\"***\")"),
        "{shown}"
    );
    assert!(!shown.contains("canary"), "{shown}");
}
