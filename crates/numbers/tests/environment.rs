//! What depends on the environment of the process. Each test runs in a process of its own.
#![allow(clippy::unwrap_used)] // in what the tests share

use numbers::{CompiledVendor, ErrorKind, NumberId, Outcome, TransportOptions, vendors};
use numbers_testkit::{Script, ScriptedServer, UnusedListener, in_a_child};
use std::ffi::OsString;

const IDS: &[(&str, &str)] = &[
    ("twochat", "DID64a54de2-8ebe-4c01-838f-a2235815dab4"),
    ("synthflow", "33782990580"),
    ("exotel", "32ea0a16d0f4ac5d1bc5b2d5ad8e0d5f"),
];

const CREDENTIALS: &[(&str, &str)] = &[
    ("TWOCHAT_API_KEY", "k"),
    ("SYNTHFLOW_API_KEY", "k"),
    ("SYNTHFLOW_REGION", "eu"),
    ("EXOTEL_API_KEY", "k"),
    ("EXOTEL_API_TOKEN", "t"),
    ("EXOTEL_ACCOUNT_SID", "acme1"),
    ("EXOTEL_REGION", "mumbai"),
];

/// A success for each of the three: only the status and one field differ.
fn success(vendor: &str) -> Script {
    let status = if vendor == "exotel" { 202 } else { 200 };
    Script::response(status, "{\"success\": true, \"status\": \"ok\"}")
}

/// Releases one number at each vendor, over plain http to loopback.
async fn release_at_each() {
    for (name, id) in IDS {
        let server = ScriptedServer::start([success(name)]).await;
        let url = server.url();
        let base = format!("{}_BASE_URL", name.to_uppercase());
        let vendor: CompiledVendor = name.parse().unwrap();
        let lookup = |variable: &str| match variable == base {
            true => Some(OsString::from(&url)),
            false => std::env::var_os(variable),
        };
        let client = vendor.from_vars(lookup, TransportOptions::new()).unwrap();
        let release = client.release(&NumberId::new(*id)).await.unwrap();
        assert_ne!(release.outcome(), Outcome::Absent);
        drop(client);
        assert_eq!(server.finish().await.requests().len(), 1, "{name}");
    }
}

#[tokio::test]
async fn plain_http_to_loopback_ignores_a_proxy() {
    let proxy = UnusedListener::listen();
    let url = proxy.url();
    let proxies = [
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
        "HTTPS_PROXY",
        "https_proxy",
    ];
    let all = proxies.map(|name| (name, url.as_str()));
    let none = [("NO_PROXY", ""), ("no_proxy", "")];
    let test = "plain_http_to_loopback_ignores_a_proxy";
    if !in_a_child(test, &[&all[..], &none, CREDENTIALS].concat()) {
        // Only the last call of the child used the proxy.
        assert!(proxy.was_contacted());
        assert!(!proxy.was_contacted());
        return;
    }

    release_at_each().await;

    // The variables do have an effect: https goes through the proxy. It accepts the connection and never
    // responds, so the call ends with the connect time-out.
    let client = numbers::twochat::Client::builder()
        .with_api_key("k")
        .with_base_url("https://vendor.invalid")
        .with_transport(
            TransportOptions::new()
                .with_timeout(std::time::Duration::from_millis(500))
                .with_reqwest(|builder| builder.tls_certs_only([])),
        )
        .build()
        .unwrap();
    let error = numbers::Releaser::release(&client, &NumberId::new(IDS[0].1)).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Connect);
}

#[tokio::test]
async fn https_without_certificates_says_what_to_install() {
    let empty = concat!(env!("CARGO_TARGET_TMPDIR"), "/no-certificates");
    std::fs::create_dir_all(empty).unwrap();
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/no-certificates/none.pem");
    std::fs::write(file, "").unwrap();
    let test = "https_without_certificates_says_what_to_install";
    let no_certificates = [("SSL_CERT_FILE", file), ("SSL_CERT_DIR", empty)];
    if !in_a_child(test, &[&no_certificates[..], CREDENTIALS].concat()) {
        return;
    }

    for choice in vendors() {
        let error = choice.from_env().unwrap_err();
        let text = error.to_string();
        for word in ["CA certificates", "ca-certificates", "SSL_CERT_FILE"] {
            assert!(text.contains(word), "{word} is not in: {text}");
        }
    }
    release_at_each().await;
}

#[test]
fn the_environment_alone_is_enough() {
    let bases = [
        ("TWOCHAT_BASE_URL", "http://127.0.0.1:1/of-twochat"),
        ("SYNTHFLOW_BASE_URL", "http://127.0.0.1:1/of-synthflow"),
        ("EXOTEL_BASE_URL", "http://127.0.0.1:1/of-exotel"),
    ];
    if !in_a_child(
        "the_environment_alone_is_enough",
        &[&bases[..], CREDENTIALS].concat(),
    ) {
        return;
    }
    for (name, id) in IDS {
        let choice: CompiledVendor = name.parse().unwrap();
        let preview = choice
            .from_env()
            .unwrap()
            .preview(&NumberId::new(*id))
            .unwrap();
        let base = format!("http://127.0.0.1:1/of-{name}/");
        assert!(preview.url().starts_with(&base), "{preview}");
    }
    assert!(numbers::twochat::Client::from_env().is_ok());
    assert!(numbers::synthflow::Client::from_env().is_ok());
    assert!(numbers::exotel::Client::from_env().is_ok());
}

#[test]
fn the_environment_goes_with_transport_options() {
    let test = "the_environment_goes_with_transport_options";
    let no_base = [("EXOTEL_BASE_URL", "")];
    if !in_a_child(test, &[&no_base[..], CREDENTIALS].concat()) {
        return;
    }
    let transport = || TransportOptions::new().with_user_agent("acme/1.0");
    for (name, _) in IDS {
        let vendor: CompiledVendor = name.parse().unwrap();
        let client = vendor.from_env_with(transport()).unwrap();
        let preview = client.preview(&vendor.endpoint().id_example().into());
        let agent = "user-agent: acme/1.0 ";
        assert!(preview.unwrap().to_string().contains(agent), "{vendor}");
    }
    let builder = numbers::exotel::ClientBuilder::from_env()
        .with_account_sid("acme2")
        .with_transport(transport());
    let account = numbers::Releaser::account(&builder.build().unwrap());
    assert_eq!(
        (account.host(), account.name()),
        ("api.in.exotel.com", Some("acme2"))
    );
}
