//! The confirmation, on a terminal provided by `script` of util-linux.

use crate::support::{IDS, KEY, Vendor};
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A release that runs on a terminal.
struct OnATerminal {
    child: Child,
    keyboard: ChildStdin,
    screen: ChildStdout,
    shown: Vec<u8>,
}

impl OnATerminal {
    fn start(release: &str, settings: &[(&str, &str)]) -> Self {
        let binary = env!("CARGO_BIN_EXE_numbers");
        let command = format!("exec '{binary}' release {release}");
        let mut child = Command::new("script")
            .args(["-qec", &command, "/dev/null"])
            .env("SHELL", "/bin/sh")
            .envs(settings.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`script` of util-linux");
        Self {
            keyboard: child.stdin.take().unwrap(),
            screen: child.stdout.take().unwrap(),
            shown: Vec::new(),
            child,
        }
    }

    fn type_in(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Waits until the terminal shows this.
    fn shows(&mut self, text: &str) {
        while !self.shown.ends_with(text.as_bytes()) {
            let mut byte = [0];
            self.screen.read_exact(&mut byte).unwrap();
            self.shown.extend(byte);
        }
    }

    /// Waits for the question, types `reply`, and gives the exit code with all that the terminal showed.
    fn answered(mut self, reply: &str) -> (Option<i32>, String) {
        self.shows(QUESTION);
        self.typed(reply)
    }

    /// Types the reply, and gives the exit code with all that the terminal showed.
    fn typed(mut self, reply: &str) -> (Option<i32>, String) {
        self.type_in(reply);
        self.screen.read_to_end(&mut self.shown).unwrap();
        let code = self.child.wait().unwrap().code();
        (code, String::from_utf8(self.shown).unwrap())
    }
}

/// How the question for two numbers ends.
const QUESTION: &str = "Type 2 to confirm: ";

/// The release at 2Chat of what `ids` names.
fn start(vendor: &Vendor, ids: &str) -> OnATerminal {
    let url = vendor.url();
    let settings = [("TWOCHAT_API_KEY", KEY), ("TWOCHAT_BASE_URL", url.as_str())];
    OnATerminal::start(&format!("twochat {ids}"), &settings)
}

/// The release of the first two ids.
fn of_two(vendor: &Vendor, reply: &str) -> (Option<i32>, String) {
    start(vendor, &format!("{} {}", IDS[0], IDS[1])).answered(reply)
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
        "account      that of TWOCHAT_API_KEY (fingerprint ",
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
    let (code, shown) = OnATerminal::start("exotel 1 2", &settings).answered("n\n");
    assert_eq!(code, Some(2), "{shown}");
    let account = "account      acme, that of EXOTEL_API_KEY and EXOTEL_API_TOKEN (fingerprint ";
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
        let is_shown = at < 2 || at > 17;
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
    let (code, shown) = release.answered("\n");
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
