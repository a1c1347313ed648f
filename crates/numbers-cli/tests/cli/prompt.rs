//! The confirmation, on a terminal that `script` of util-linux lends.

use crate::support::{IDS, KEY, Vendor};
use std::io::{Read, Write};
use std::process::{Command, Stdio};

/// Runs the release of the first two ids on a terminal, types `reply` at the prompt, and gives the
/// exit code with all that the terminal showed.
fn on_a_terminal(vendor: &Vendor, reply: &str) -> (Option<i32>, String) {
    let binary = env!("CARGO_BIN_EXE_numbers");
    let command = format!("exec '{binary}' release twochat {} {}", IDS[0], IDS[1]);
    let mut child = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .env("SHELL", "/bin/sh")
        .env("TWOCHAT_API_KEY", KEY)
        .env("TWOCHAT_BASE_URL", vendor.url())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`script` of util-linux");
    let mut screen = child.stdout.take().unwrap();
    let mut shown = Vec::new();
    while !shown.ends_with(b"Type 2 to confirm: ") {
        let mut byte = [0];
        screen.read_exact(&mut byte).unwrap();
        shown.extend(byte);
    }
    let mut keyboard = child.stdin.take().unwrap();
    keyboard.write_all(reply.as_bytes()).unwrap();
    keyboard.flush().unwrap();
    screen.read_to_end(&mut shown).unwrap();
    let code = child.wait().unwrap().code();
    (code, String::from_utf8(shown).unwrap())
}

#[test]
fn typing_how_many_go_releases_them() {
    let mut vendor = Vendor::start();
    let mocks = [vendor.releases(IDS[0], 1), vendor.releases(IDS[1], 1)];
    let (code, shown) = on_a_terminal(&vendor, "2\n");
    assert_eq!(code, Some(0), "{shown}");
    // The question says what it does to the user.
    assert!(shown.contains("Release 2 numbers at twochat?"), "{shown}");
    assert!(shown.contains("for good"), "{shown}");
    mocks.iter().for_each(|mock| mock.assert());
}

#[test]
fn any_other_reply_sends_nothing() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    for reply in ["y\n", "\n", "3\n", "\x04"] {
        let (code, shown) = on_a_terminal(&vendor, reply);
        assert_eq!(code, Some(2), "{reply:?}: {shown}");
        assert!(shown.contains("nothing was sent"), "{shown}");
    }
    mock.assert();
}

#[test]
fn ctrl_c_at_the_question_sends_nothing() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    let (code, shown) = on_a_terminal(&vendor, "\x03");
    assert_eq!(code, Some(130), "{shown}");
    for id in &IDS[..2] {
        assert!(shown.contains(&format!("failed    {id}")), "{shown}");
    }
    mock.assert();
}
