//! Where the ids come from.

use crate::support::{IDS, Vendor, numbers, run, run_with_stdin};
use std::io::{Read, Write};

#[test]
fn an_id_given_twice_is_sent_once() {
    let mut vendor = Vendor::start();
    let mocks = [vendor.releases(IDS[0], 1), vendor.releases(IDS[1], 1)];
    let args = [IDS[0], IDS[1], IDS[0], "--yes", "--from", "-"];
    let ran = run_with_stdin(
        vendor.release(&args).args(["--format", "json"]),
        &format!("{}\n{}\n", IDS[1], IDS[0]),
    );
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.all("number"), [IDS[0], IDS[1]]);
    let counted = "numbers: 3 ids repeat earlier ones: each is released once\n";
    assert!(ran.stderr.contains(counted), "{ran:?}");
    mocks.iter().for_each(|mock| mock.assert());
}

#[test]
fn ids_come_from_arguments_and_then_from_a_file() {
    let mut vendor = Vendor::start();
    let mocks = IDS.map(|id| vendor.releases(id, 1));
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("ids.txt");
    let text = format!("# to go\r\n\r\n  {}  \r\n{}", IDS[1], IDS[2]);
    std::fs::write(&file, text).unwrap();
    let ran = run(vendor
        .release(&[IDS[0], "--yes", "--format", "json", "--from"])
        .arg(&file));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.all("number"), IDS);
    mocks.iter().for_each(|mock| mock.assert());
}

#[test]
fn a_file_that_is_not_text_or_has_no_id_is_refused() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("ids.txt");
    for (bytes, why) in [
        (&b"\xff\xfe1\x00"[..], "can't be read"),
        (b"", "no numbers given"),
        (b"# none\n\n", "no numbers given"),
    ] {
        std::fs::write(&file, bytes).unwrap();
        let ran = run(vendor.release(&["--yes", "--from"]).arg(&file));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains(why), "{}", ran.stderr);
    }
    mock.assert();
}

#[test]
fn each_refused_id_is_named_by_its_place() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    let ran = run_with_stdin(
        &mut vendor.release(&["bad", "--yes", "--from", "-"]),
        &format!("{}\n\nworse\n", IDS[0]),
    );
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    let expected = "was refused: expected DID and a hyphenated UUID directly behind it";
    assert_eq!(
        ran.stderr,
        format!(
            "numbers: id 1: … {expected}\n\
             numbers: standard input, line 3: …orse {expected}\n\
             numbers: an id of twochat looks like {}\n\
             numbers: nothing was sent\n",
            IDS[0]
        )
    );
    mock.assert();
}

#[test]
fn a_number_with_a_plus_is_refused_with_advice() {
    let ran = run(numbers(&["release", "synthflow", "+33782990580", "--yes"])
        .env("SYNTHFLOW_API_KEY", "key")
        .env("SYNTHFLOW_BASE_URL", "http://127.0.0.1:9/v2"));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(
        ran.stderr.contains("without the leading +"),
        "{}",
        ran.stderr
    );
}

#[test]
fn odd_ids_are_refused_unless_allowed() {
    let lines = ["number", "1 2", "1,acme", "1#ours", "+12025550101", "-1"];
    let release = |flags: &[&str]| {
        let mut command = numbers(&["release", "exotel", "--dry-run", "--format", "json"]);
        command
            .args(["--from", "-", "--base-url", "http://127.0.0.1:9"])
            .args(flags)
            .env("EXOTEL_API_KEY", "key")
            .env("EXOTEL_API_TOKEN", "token")
            .env("EXOTEL_ACCOUNT_SID", "acme");
        run_with_stdin(&mut command, &lines.join("\n"))
    };
    let ran = release(&[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
    for (at, why) in [
        "without a digit",
        "a space",
        "a comma",
        "a #",
        "a + in it",
        "begins with -",
    ]
    .iter()
    .enumerate()
    {
        let line = ran.stderr.lines().nth(at).unwrap();
        let place = format!("numbers: standard input, line {}: ", at + 1);
        assert!(line.starts_with(&place) && line.contains(why), "{line}");
    }
    assert!(ran.stderr.contains("--allow-odd-ids"), "{ran:?}");
    let ran = release(&["--allow-odd-ids"]);
    assert_eq!(ran.all("number"), lines, "{ran:?}");
}

#[test]
fn a_hyphen_is_not_an_id() {
    let ran = run(numbers(&["release", "synthflow", IDS[0], "-", "--dry-run"])
        .env("SYNTHFLOW_API_KEY", "key")
        .env("SYNTHFLOW_BASE_URL", "http://127.0.0.1:9/v2"));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.stderr.contains("--from -"), "{}", ran.stderr);
}

#[test]
fn ids_on_stdin_can_not_be_confirmed_and_are_not_read() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    let (mut left, mut ids) = std::io::pipe().unwrap();
    ids.write_all(IDS[0].as_bytes()).unwrap();
    drop(ids);
    let mut release = vendor.release(&["--from", "-"]);
    let ran = run(release.stdin(left.try_clone().unwrap()));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("--yes"), "{}", ran.stderr);
    let mut unread = String::new();
    left.read_to_string(&mut unread).unwrap();
    assert_eq!(unread, IDS[0]);
    mock.assert();
}

#[test]
fn a_pipe_can_not_confirm_even_with_the_right_number() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    let ran = run_with_stdin(&mut vendor.release(&IDS[..1]), "1\n");
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("no terminal"), "{}", ran.stderr);
    mock.assert();
}
