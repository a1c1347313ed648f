//! No secret in any output.

use crate::support::{IDS, Vendor, numbers, run};

const CANARY: &str = "canary-5e0f1a";

#[test]
fn a_key_in_the_vendors_response_is_not_shown() {
    let mut server = mockito::Server::new();
    let echo = format!(r#"{{"error": true, "error_message": "bad key {CANARY}, sorry"}}"#);
    let mock = server
        .mock("DELETE", mockito::Matcher::Any)
        // Positive control: the key really is sent.
        .match_header("x-user-api-key", CANARY)
        .with_status(401)
        .with_body(&echo)
        .expect(2)
        .create();
    for format in ["text", "json"] {
        let ran = run(
            numbers(&["release", "twochat", IDS[0], "--yes", "--format", format])
                .env("TWOCHAT_API_KEY", CANARY)
                .env("TWOCHAT_BASE_URL", server.url())
                .env("RUST_LOG", "trace"),
        );
        assert_eq!(ran.code, Some(3), "{ran:?}");
        assert!(ran.stdout.contains("sorry"), "{ran:?}");
        assert!(!ran.stdout.contains(CANARY), "{ran:?}");
        assert!(!ran.stderr.contains(CANARY), "{ran:?}");
    }
    mock.assert();
}

#[test]
fn a_dry_run_masks_every_secret() {
    for (vendor, id) in [("twochat", IDS[0]), ("synthflow", "1"), ("exotel", "1")] {
        for format in ["text", "json"] {
            let mut command = numbers(&["release", vendor, id, "--dry-run", "--format", format]);
            for name in ["TWOCHAT", "SYNTHFLOW", "EXOTEL"] {
                command
                    .env(format!("{name}_API_KEY"), CANARY)
                    .env(format!("{name}_BASE_URL"), "http://127.0.0.1:9");
            }
            let ran = run(command
                .env("EXOTEL_API_TOKEN", CANARY)
                .env("EXOTEL_ACCOUNT_SID", "acme"));
            assert_eq!(ran.code, Some(0), "{ran:?}");
            assert!(ran.stdout.contains("***"), "{ran:?}");
            let base64 = "Y2FuYXJ5LTVlMGYxYT"; // of the canary, as HTTP Basic would have it
            for secret in [CANARY, base64] {
                assert!(!ran.stdout.contains(secret), "{ran:?}");
                assert!(!ran.stderr.contains(secret), "{ran:?}");
            }
        }
    }
}

#[test]
fn a_refused_setting_is_not_shown() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    for (key, url) in [
        (format!("{CANARY}\n"), vendor.url()),
        (
            "key".to_owned(),
            format!("https://user:{CANARY}@127.0.0.1:9"),
        ),
    ] {
        let ran = run(numbers(&["release", "twochat", IDS[0], "--yes"])
            .env("TWOCHAT_API_KEY", key)
            .env("TWOCHAT_BASE_URL", url));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
        assert!(!ran.stderr.contains(CANARY), "{ran:?}");
    }
    mock.assert();
}
