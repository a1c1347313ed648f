//! Flags and variables.

use crate::support::{IDS, KEY, Vendor, numbers, run};

#[test]
fn a_flag_wins_over_the_environment() {
    let mut vendor = Vendor::start();
    let mock = vendor.releases(IDS[0], 1);
    let ran = run(
        numbers(&["release", "twochat", IDS[0], "--yes", "--base-url"])
            .arg(vendor.url())
            .env("TWOCHAT_API_KEY", KEY)
            .env("TWOCHAT_BASE_URL", "not a url"),
    );
    assert_eq!(ran.code, Some(0), "{ran:?}");
    mock.assert();
}

#[test]
fn region_and_account_can_be_flags() {
    let ran = run(
        numbers(&["release", "exotel", "1", "--dry-run", "--format", "json"])
            .args([
                "--base-url",
                "http://127.0.0.1:9",
                "--account-sid",
                "flagged",
            ])
            .env("EXOTEL_API_KEY", "key")
            .env("EXOTEL_API_TOKEN", "token")
            .env("EXOTEL_ACCOUNT_SID", "ignored"),
    );
    assert_eq!(
        ran.all("url"),
        ["http://127.0.0.1:9/v2_beta/Accounts/flagged/IncomingPhoneNumbers/1"],
        "{ran:?}"
    );
}

#[test]
fn an_empty_flag_is_refused_and_does_not_hide_the_variable() {
    let mut server = mockito::Server::new();
    let mock = server
        .mock("DELETE", mockito::Matcher::Any)
        .expect(0)
        .create();
    for flag in ["--region", "--base-url", "--account-sid"] {
        let ran = run(numbers(&["release", "exotel", "1", "--yes", flag, ""])
            .env("EXOTEL_API_KEY", "key")
            .env("EXOTEL_API_TOKEN", "token")
            .env("EXOTEL_ACCOUNT_SID", "acme")
            .env("EXOTEL_BASE_URL", server.url()));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.stderr.contains(flag), "{}", ran.stderr);
    }
    mock.assert();
}

#[test]
fn an_invalid_value_is_named_by_its_flag_or_variable() {
    let refused = |vendor: &str, flags: &[&str], variables: &[(&str, &str)]| {
        let name = |setting: &str| format!("{}_{setting}", vendor.to_uppercase());
        let ran = run(numbers(&["release", vendor, "1", "--dry-run"])
            .args(flags)
            .env(name("API_KEY"), "key")
            .env(name("API_TOKEN"), "token")
            .env(name("BASE_URL"), "http://127.0.0.1:9")
            .envs(variables.iter().copied()));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
        ran.stderr
    };
    for (vendor, flags, variables, named) in [
        (
            "synthflow",
            &["--region", "mars"][..],
            &[("SYNTHFLOW_REGION", "eu"), ("SYNTHFLOW_BASE_URL", "")][..],
            "--region must be one of: global, us, eu",
        ),
        (
            "synthflow",
            &["--base-url", "http://127.0.0.1:9"],
            &[("SYNTHFLOW_REGION", "mars")],
            "SYNTHFLOW_REGION must be one of: global, us, eu",
        ),
        (
            "synthflow",
            &["--base-url", "nowhere"],
            &[],
            "--base-url is not a URL",
        ),
        (
            "exotel",
            &["--account-sid", "a/b"],
            &[("EXOTEL_ACCOUNT_SID", "acme")],
            "--account-sid was refused",
        ),
    ] {
        let stderr = refused(vendor, flags, variables);
        assert!(stderr.contains(named), "{stderr}");
    }
}

#[test]
fn a_region_flag_beside_a_base_url_is_refused() {
    let url = "http://127.0.0.1:9";
    for (flags, variables, other) in [
        (
            &["--region", "eu"][..],
            &[("SYNTHFLOW_BASE_URL", url)][..],
            "SYNTHFLOW_BASE_URL",
        ),
        (&["--region", "eu", "--base-url", url], &[], "--base-url"),
    ] {
        let mut command = numbers(&["release", "synthflow", "33782990580", "--yes"]);
        command
            .env("SYNTHFLOW_API_KEY", "k")
            .args(flags)
            .envs(variables.iter().copied());
        let ran = run(&mut command);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
        let expected = format!("--region and {other} can't be combined");
        assert!(ran.stderr.contains(&expected), "{ran:?}");
    }
}

#[test]
fn all_missing_settings_are_named_at_once() {
    let ran = run(&mut numbers(&["release", "exotel", "1", "--yes"]));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
    assert_eq!(
        ran.stderr,
        "numbers: exotel: EXOTEL_API_KEY is missing\n\
         numbers: exotel: EXOTEL_API_TOKEN is missing\n\
         numbers: exotel: --account-sid or EXOTEL_ACCOUNT_SID is missing\n\
         numbers: exotel: --region or EXOTEL_REGION is missing; expected one of: singapore, mumbai\n\
         numbers: `numbers vendors exotel` shows each setting, its values, and where it comes from\n"
    );
}

#[test]
fn a_flag_that_does_not_apply_to_the_vendor_is_refused() {
    for flag in ["--region", "--account-sid"] {
        let ran = run(&mut crate::support::release_at(
            "http://127.0.0.1:9",
            &[IDS[0], "--dry-run", flag, "eu"],
        ));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert_eq!(
            ran.stderr,
            format!("numbers: {flag} does not apply to twochat\n")
        );
    }
}

#[test]
fn a_missing_setting_is_named_by_its_variable() {
    for (vendor, variables, missing) in [
        ("twochat", &[][..], "TWOCHAT_API_KEY"),
        ("synthflow", &["SYNTHFLOW_API_KEY"], "SYNTHFLOW_REGION"),
        ("exotel", &[], "EXOTEL_API_KEY"),
        ("exotel", &["EXOTEL_API_KEY"], "EXOTEL_API_TOKEN"),
        (
            "exotel",
            &["EXOTEL_API_KEY", "EXOTEL_API_TOKEN"],
            "EXOTEL_ACCOUNT_SID",
        ),
        (
            "exotel",
            &["EXOTEL_API_KEY", "EXOTEL_API_TOKEN", "EXOTEL_ACCOUNT_SID"],
            "EXOTEL_REGION",
        ),
    ] {
        let set = variables.iter().map(|name| (name, "set"));
        let ran = run(numbers(&["release", vendor, IDS[0], "--yes"]).envs(set));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains(missing), "{vendor}: {}", ran.stderr);
    }
}

#[test]
fn the_time_out_is_for_each_attempt() {
    // It accepts and never speaks: the kernel completes the connection.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let ran = run(crate::support::release_at(&url, &IDS[..2]).args([
        "--yes",
        "--timeout",
        "200ms",
        "--format",
        "json",
    ]));
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert_eq!(ran.all("kind"), ["timeout", "timeout"]);
}
