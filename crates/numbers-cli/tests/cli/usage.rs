//! Arguments, help and manual pages.

use crate::support::{IDS, Vendor, numbers, run};

const COMMANDS: [&str; 6] = ["", "release", "vendors", "demo", "sandbox", "completions"];

#[test]
fn no_tip_makes_a_flag_the_id_of_a_number() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    for flag in ["--quit", "--q", "-x"] {
        let ran = run(&mut vendor.release(&[IDS[0], "--yes", flag]));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.stderr.contains(flag), "{ran:?}");
        assert!(!ran.stderr.contains("as a value"), "{ran:?}");
    }
    // A tip that helps stays.
    let ran = run(&mut vendor.release(&[IDS[0], "--dry-rum"]));
    assert!(ran.stderr.contains("'--dry-run'"), "{ran:?}");
    mock.assert();
}

#[test]
fn an_id_that_begins_with_a_hyphen_needs_two_hyphens_before_it() {
    let release = |vendor: &str, arguments: &[&str]| {
        let name = |setting: &str| format!("{}_{setting}", vendor.to_uppercase());
        run(
            numbers(&["release", vendor, "--dry-run", "--format", "json"])
                .args(arguments)
                .env(name("API_KEY"), "key")
                .env(name("API_TOKEN"), "token")
                .env(name("ACCOUNT_SID"), "acme")
                .env(name("BASE_URL"), "http://127.0.0.1:9"),
        )
    };
    assert_eq!(release("exotel", &["-1"]).code, Some(2));
    assert_eq!(release("exotel", &["--", "-1"]).all("number"), ["-1"]);
    // The vendor's form does not allow it.
    assert_eq!(release("twochat", &["--", "-1"]).code, Some(2));
    // No id at all.
    assert_eq!(release("exotel", &["--", "--quiet"]).code, Some(2));
}

#[test]
fn a_value_that_can_not_be_read_is_told_with_what_is_expected() {
    for (flag, expected) in [
        ("--timeout", "expected a time such as 45s or 1m 30s"),
        ("--rate", "expected a rate such as 45/min or 5/s, or off"),
        ("--format", "possible values: text, json"),
    ] {
        let ran = run(&mut numbers(&["release", "twochat", IDS[0], flag, "soon"]));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.stderr.contains(expected), "{ran:?}");
    }
}

#[test]
fn flags_that_a_command_would_ignore_are_refused() {
    for command in ["demo", "sandbox", "completions bash"] {
        for flag in ["--config", "--profile"] {
            let mut command = numbers(&command.split(' ').collect::<Vec<_>>());
            let ran = run(command.args([flag, "x"]));
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
            assert!(ran.stderr.contains(flag), "{ran:?}");
        }
    }
    let ran = run(&mut numbers(&["vendors", "-q", "-v"]));
    assert_eq!(ran.code, Some(2), "{ran:?}");
}

#[test]
fn help_fits_100_columns_with_two_examples_and_exit_codes() {
    for command in COMMANDS {
        for help in ["-h", "--help"] {
            let words = command.split_whitespace().chain([help]);
            let ran = run(&mut numbers(&words.collect::<Vec<_>>()));
            assert_eq!(ran.code, Some(0), "{ran:?}");
            for line in ran.stdout.lines() {
                assert!(line.chars().count() <= 100, "{line}");
            }
            let (_, examples) = ran.stdout.split_once("\nExamples:\n").unwrap();
            let examples = examples
                .lines()
                .take_while(|line| line.starts_with("  numbers "));
            assert_eq!(examples.count(), 2, "{command}");
            for part in ["\nExit codes:", "docs/cli.md"] {
                assert!(ran.stdout.contains(part), "{command}: {part}");
            }
        }
    }
    let help = run(&mut numbers(&["release", "-h"])).stdout;
    for fact in [
        "A release can't be undone.",
        "(singapore, mumbai)",
        "(global, us, eu)",
    ] {
        assert!(help.contains(fact), "{help}");
    }
}

#[test]
fn a_manual_page_is_written_for_each_command() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run(numbers(&["man"]).arg(folder.path()));
    assert_eq!(
        (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
        (Some(0), "", "")
    );
    for command in COMMANDS {
        let name = format!("numbers-{command}.1");
        let page = folder.path().join(name.replace("-.1", ".1"));
        let page = std::fs::read_to_string(page).unwrap();
        assert!(page.contains("Examples:"), "{page}");
    }
    let ran = run(numbers(&["man"]).arg(folder.path().join("none")));
    assert_eq!(ran.code, Some(2), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_utf_8_is_refused() {
    use std::os::unix::ffi::OsStrExt;

    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    let mut release = vendor.release(&["--yes"]);
    let ran = run(release.arg(std::ffi::OsStr::from_bytes(b"1\xff")));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
    mock.assert();
}

#[test]
fn a_file_that_is_missing_is_named_without_the_systems_number() {
    let mut vendor = Vendor::start();
    let ran = run(&mut vendor.release(&["--yes", "--from", "no/such/file"]));
    let expected = "numbers: no/such/file can't be read: No such file or directory\n";
    #[cfg(unix)]
    assert_eq!(ran.stderr, expected);
    assert_eq!(ran.code, Some(2), "{ran:?} {expected}");
    vendor.stays_untouched().assert();
}
