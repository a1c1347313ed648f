//! Exit codes.

use crate::support::{IDS, Vendor, numbers, release_at, run};

#[test]
fn all_released_is_0() {
    let mut vendor = Vendor::start();
    let mocks = IDS.map(|id| vendor.releases(id, 1));
    let ran = run(vendor.release(&IDS).arg("--yes"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    mocks.iter().for_each(|mock| mock.assert());
}

#[test]
fn accepted_is_0() {
    let mut server = mockito::Server::new();
    let mock = server
        .mock("DELETE", "/v2_beta/Accounts/acme/IncomingPhoneNumbers/1")
        .with_status(202)
        .with_body(r#"{"Status":202,"Message":"Accepted"}"#)
        .expect(1)
        .create();
    let ran = run(numbers(&["release", "exotel", "1", "--yes"])
        .env("EXOTEL_API_KEY", "key")
        .env("EXOTEL_API_TOKEN", "token")
        .env("EXOTEL_ACCOUNT_SID", "acme")
        .env("EXOTEL_BASE_URL", server.url()));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.stdout, "accepted  1  exotel: HTTP 202\n");
    mock.assert();
}

#[test]
fn a_failure_is_3_and_the_others_are_released() {
    let mut vendor = Vendor::start();
    let refused = vendor.responds(IDS[0], 1, 404, "{}");
    let released = vendor.releases(IDS[1], 1);
    let ran = run(vendor.release(&IDS[..2]).arg("--yes"));
    assert_eq!(ran.code, Some(3), "{ran:?}");
    refused.assert();
    released.assert();
}

#[test]
fn an_unknown_is_4_even_beside_a_failure() {
    let mut vendor = Vendor::start();
    let mocks = [
        vendor.responds(IDS[0], 1, 500, ""),
        vendor.responds(IDS[1], 1, 404, "{}"),
        vendor.releases(IDS[2], 1),
    ];
    let ran = run(vendor.release(&IDS).args(["--yes", "--format", "json"]));
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert_eq!(ran.all("outcome"), ["unknown", "failed", "released"]);
    mocks.iter().for_each(|mock| mock.assert());
}

#[test]
fn an_unreachable_host_is_a_failure() {
    // Port 1 is tcpmux, which is not in use.
    let ran = run(release_at("http://127.0.0.1:1", &IDS[..1]).args(["--yes", "--format", "json"]));
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert_eq!(ran.all("kind"), ["connect"]);
    // Host and port are named, without the system's number for the error.
    let message = ran.all("message").concat();
    assert!(
        message.contains("could not connect: 127.0.0.1:1: "),
        "{message}"
    );
    assert!(!message.contains("os error"), "{message}");
}

#[test]
fn a_proxy_that_can_not_be_reached_is_named() {
    let release = ["release", "synthflow", "1", "--yes", "--region", "eu"];
    let ran = run(numbers(&release)
        .args(["--format", "json"])
        .env("SYNTHFLOW_API_KEY", "key")
        .env("HTTPS_PROXY", "http://user:canary@127.0.0.1:1"));
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let message = ran.all("message").concat();
    let expected = "could not connect: the proxy 127.0.0.1:1 did not open a tunnel: ";
    assert!(message.contains(expected), "{message}");
    assert!(!message.contains("canary"), "{message}");
}

#[test]
fn wrong_usage_is_2_and_nothing_is_sent() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    for args in [
        &[][..],
        &["--yes"],
        &[IDS[0], "--yes", "--format", "xml"],
        &[IDS[0], "--yes", "--timeout", "soon"],
        &[IDS[0], "--yes", "--timeout", "0s"],
        &[IDS[0], "--yes", "--no-such-flag"],
        &[IDS[0], "--yes", "--from", "no/such/file"],
        // Not confirmed.
        &[IDS[0]],
        // One bad id among good ones.
        &[IDS[0], "DID", "--yes"],
        &[IDS[0], "DID", "--dry-run"],
        &[IDS[0], "..", "--yes"],
        &[IDS[0], "", "--yes"],
    ] {
        let ran = run(&mut vendor.release(args));
        assert_eq!(ran.code, Some(2), "{args:?}: {ran:?}");
        assert_eq!(ran.stdout, "", "{args:?}");
        assert!(!ran.stderr.is_empty(), "{args:?}");
    }
    mock.assert();
}

#[test]
fn an_unknown_vendor_is_2_and_the_vendors_are_listed() {
    let ran = run(&mut numbers(&["release", "acme", "1", "--yes"]));
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert_eq!(ran.stdout, "");
    assert!(
        ["twochat", "synthflow", "exotel"]
            .iter()
            .all(|name| ran.stderr.contains(name)),
        "{}",
        ran.stderr
    );
}

#[test]
fn help_and_version_are_0() {
    for args in [&["--help"][..], &["release", "--help"], &["--version"]] {
        let ran = run(&mut numbers(args));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(ran.stderr, "");
    }
}
