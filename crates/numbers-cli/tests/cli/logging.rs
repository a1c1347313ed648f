//! What `-v` and RUST_LOG show.

use crate::support::{IDS, KEY, Vendor, run};

#[test]
fn requests_are_logged_to_stderr_if_asked_for() {
    let mut vendor = Vendor::start();
    let mock = vendor.releases(IDS[0], 6);
    for (flags, variable, logged) in [
        (&[][..], "", false),
        (&["-v"], "", true),
        (&["-vvv"], "", true),
        (&[], "numbers=info", true),
        (&[], "hyper=trace", false),
        // The flag wins.
        (&["-v"], "hyper=trace", true),
    ] {
        let ran = run(vendor
            .release(&[IDS[0], "--yes", "--format", "json"])
            .args(flags)
            .env("RUST_LOG", variable));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(ran.lines().len(), 1, "{ran:?}");
        let has_request = ran.stderr.contains("url.template");
        assert_eq!(has_request, logged, "{flags:?} {variable}: {ran:?}");
        // Neither the key nor an id is in a log.
        for secret in [KEY, IDS[0]] {
            assert!(!ran.stderr.contains(secret), "{ran:?}");
        }
    }
    mock.assert();
}

#[test]
fn a_rust_log_that_can_not_be_read_is_told() {
    let mut vendor = Vendor::start();
    let mock = vendor.releases(IDS[0], 1);
    let mut release = vendor.release(&[IDS[0], "--yes"]);
    let ran = run(release.env("RUST_LOG", "numbers=loud"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("RUST_LOG is ignored"), "{ran:?}");
    mock.assert();
}
