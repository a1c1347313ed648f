//! The confirmation.

use crate::support::{IDS, KEY, Vendor};
use crate::terminal::OnATerminal;

/// How the question for two numbers ends.
const QUESTION: &str = "Type 2 to confirm: ";

/// Waits for the question, types `reply`, and gives the exit code with all that the terminal showed.
fn answered(mut release: OnATerminal, reply: &str) -> (Option<i32>, String) {
    release.shows(QUESTION);
    release.typed(reply)
}

/// The release at 2Chat of what `ids` names.
fn start(vendor: &Vendor, ids: &str) -> OnATerminal {
    let url = vendor.url();
    let settings = [("TWOCHAT_API_KEY", KEY), ("TWOCHAT_BASE_URL", url.as_str())];
    OnATerminal::start(&format!("twochat {ids}"), &settings)
}

/// The release of the first two ids.
fn of_two(vendor: &Vendor, reply: &str) -> (Option<i32>, String) {
    answered(start(vendor, &format!("{} {}", IDS[0], IDS[1])), reply)
}

#[test]
fn typing_the_count_confirms() {
    let mut vendor = Vendor::start();
    let mocks = [vendor.releases(IDS[0], 1), vendor.releases(IDS[1], 1)];
    let (code, shown) = of_two(&vendor, "2\n");
    assert_eq!(code, Some(0), "{shown}");
    // The question shows where requests go and what a release does.
    let host = vendor.url().replace("http://", "");
    for part in [
        "Release 2 numbers at twochat? It can't be undone.",
        &format!("host         {host}\r\n"),
        "account      key from TWOCHAT_API_KEY (fingerprint ",
        &format!("ids          {}\r\n               {}\r\n", IDS[0], IDS[1]),
        "consequence  The number is deleted",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains(KEY), "{shown}");
    mocks.iter().for_each(|mock| mock.assert());
}

#[test]
fn the_question_names_the_account_too() {
    let settings = [
        ("EXOTEL_API_KEY", "key"),
        ("EXOTEL_API_TOKEN", "token"),
        ("EXOTEL_ACCOUNT_SID", "acme"),
        ("EXOTEL_BASE_URL", "http://127.0.0.1:9/behind/a/gateway"),
    ];
    let (code, shown) = answered(OnATerminal::start("exotel 1 2", &settings), "n\n");
    assert_eq!(code, Some(2), "{shown}");
    let account = "account      acme; key from EXOTEL_API_KEY and EXOTEL_API_TOKEN (fingerprint ";
    assert!(shown.contains(account), "{shown}");
}

#[test]
fn one_number_is_confirmed_by_its_last_four_characters() {
    let mut vendor = Vendor::start();
    let mock = vendor.releases(IDS[0], 1);
    let question = "Type the last 4 characters of the id to confirm: ";
    for (reply, code) in [("1\n", 2), ("dab4\n", 0)] {
        let mut release = start(&vendor, IDS[0]);
        release.shows(question);
        let (ended, shown) = release.typed(reply);
        assert_eq!(ended, Some(code), "{shown}");
    }
    mock.assert();
}

#[test]
fn the_first_and_the_last_ids_of_many_are_shown() {
    let vendor = Vendor::start();
    let ids: Vec<_> = (0..20)
        .map(|n| format!("DID64a54de2-8ebe-4c01-838f-{n:012}"))
        .collect();
    let mut release = start(&vendor, &ids.join(" "));
    release.shows("Type 20 to confirm: ");
    let (_, shown) = release.typed("n\n");
    for (at, id) in ids.iter().enumerate() {
        let is_shown = !(2..=17).contains(&at);
        assert_eq!(shown.contains(id), is_shown, "{id}: {shown}");
    }
    // The rate is part of what is confirmed.
    assert!(
        shown.contains("rate         10 a minute, the vendor's documented limit"),
        "{shown}"
    );
}

#[test]
fn any_other_reply_sends_nothing() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    for reply in ["y\n", "\n", "3\n", "\x04"] {
        let (code, shown) = of_two(&vendor, reply);
        assert_eq!(code, Some(2), "{reply:?}: {shown}");
        assert!(shown.contains("nothing was sent"), "{shown}");
    }
    mock.assert();
}

#[test]
fn input_before_the_question_does_not_confirm() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    // The command waits for its ids, so the question can't come before the keys.
    let dir = tempfile::tempdir().unwrap();
    let ids = dir.path().join("ids");
    nix::unistd::mkfifo(&ids, nix::sys::stat::Mode::S_IRWXU).unwrap();
    let mut release = start(&vendor, &format!("--from '{}'", ids.display()));
    release.type_in("2\n2");
    // The terminal takes one key after the other: when it shows the last, the line before is there.
    release.shows("2\r\n2");
    std::fs::write(&ids, format!("{}\n{}\n", IDS[0], IDS[1])).unwrap();
    let (code, shown) = answered(release, "\n");
    assert_eq!(code, Some(2), "{shown}");
    mock.assert();
}

#[test]
fn ctrl_c_at_the_question_sends_nothing() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    let (code, shown) = of_two(&vendor, "\x03");
    assert_eq!(code, Some(130), "{shown}");
    // Nothing was begun, so no number has a line.
    let (_, after) = shown.split_once(QUESTION).unwrap();
    for id in &IDS[..2] {
        assert!(!after.contains(id), "{shown}");
    }
    mock.assert();
}

#[test]
fn output_after_an_unfinished_reply_begins_a_new_line() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    for key in ["\x03", "\x04"] {
        let (_, shown) = of_two(&vendor, key);
        let (_, rest) = shown.split_once(QUESTION).unwrap();
        // A terminal may show the key itself.
        let rest = rest.trim_start_matches("^C");
        assert!(rest.starts_with("\r\n"), "{shown:?}");
    }
    mock.assert();
}
