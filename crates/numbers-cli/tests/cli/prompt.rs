//! The confirmation, on a terminal that `script` of util-linux lends.

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
fn typing_how_many_go_releases_them() {
    let mut vendor = Vendor::start();
    let mocks = [vendor.releases(IDS[0], 1), vendor.releases(IDS[1], 1)];
    let (code, shown) = of_two(&vendor, "2\n");
    assert_eq!(code, Some(0), "{shown}");
    // The question says where the requests go, and what they do to the user.
    let host = vendor.url().replace("http://", "");
    let question = format!("Release 2 numbers at twochat ({host})?");
    assert!(shown.contains(&question), "{shown}");
    assert!(shown.contains("permanent"), "{shown}");
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
    let question = "Release 2 numbers at exotel (127.0.0.1:9, account acme)?";
    assert!(shown.contains(question), "{shown}");
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
fn what_was_typed_before_the_question_does_not_answer_it() {
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
    for id in &IDS[..2] {
        assert!(!shown.contains(id), "{shown}");
    }
    mock.assert();
}

#[test]
fn what_follows_an_unfinished_reply_has_a_line_of_its_own() {
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
