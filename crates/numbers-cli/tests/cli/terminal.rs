//! A terminal, provided by `script` of util-linux, and what only a terminal shows: progress and colour.

use crate::support::{IDS, KEY, Vendor, run};
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A release that runs on a terminal.
pub(crate) struct OnATerminal {
    child: Child,
    keyboard: ChildStdin,
    screen: ChildStdout,
    shown: Vec<u8>,
}

impl OnATerminal {
    pub(crate) fn start(release: &str, settings: &[(&str, &str)]) -> Self {
        Self::run(&format!("release {release}"), settings)
    }

    pub(crate) fn run(command: &str, settings: &[(&str, &str)]) -> Self {
        let binary = env!("CARGO_BIN_EXE_numbers");
        let command = format!("exec '{binary}' {command}");
        let mut child = Command::new("script")
            .args(["-qec", &command, "/dev/null"])
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("TERM", "xterm")
            .env("XDG_CONFIG_HOME", "/no/such/folder")
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

    pub(crate) fn type_in(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Waits until the terminal shows this.
    pub(crate) fn shows(&mut self, text: &str) {
        while !self.shown.ends_with(text.as_bytes()) {
            let mut byte = [0];
            self.screen.read_exact(&mut byte).unwrap();
            self.shown.extend(byte);
        }
    }

    /// Types the reply, and gives the exit code with all that the terminal showed.
    pub(crate) fn typed(mut self, reply: &str) -> (Option<i32>, String) {
        self.type_in(reply);
        self.screen.read_to_end(&mut self.shown).unwrap();
        let code = self.child.wait().unwrap().code();
        (code, String::from_utf8(self.shown).unwrap())
    }
}

/// The release of two numbers, of which one is released and one fails, with more flags.
fn of_two(flags: &str, variables: &[(&str, &str)]) -> String {
    let mut vendor = Vendor::start();
    let mocks = [
        vendor.releases(IDS[0], 1),
        vendor.responds(IDS[1], 1, 404, "{}"),
    ];
    let url = vendor.url();
    let mut settings = vec![("TWOCHAT_API_KEY", KEY), ("TWOCHAT_BASE_URL", url.as_str())];
    settings.extend(variables);
    let release = format!("twochat {} {} --yes {flags}", IDS[0], IDS[1]);
    let (code, shown) = OnATerminal::start(&release, &settings).typed("");
    assert_eq!(code, Some(3), "{shown}");
    mocks.iter().for_each(|mock| mock.assert());
    shown
}

const RED: &str = "\u{1b}[31mfailed\u{1b}[0m";

#[test]
fn only_what_needs_attention_has_colour_on_a_terminal() {
    let shown = of_two("", &[]);
    let line = format!("{RED}    {}  twochat: ", IDS[1]);
    assert!(shown.contains(&line), "{shown:?}");
    assert!(
        shown.contains(&format!("{RED}    1  not released")),
        "{shown:?}"
    );
    assert!(!shown.contains("mreleased"), "{shown:?}");
}

#[test]
fn colour_follows_flag_then_variable_then_terminal() {
    for (flags, variables, colored) in [
        ("", &[("NO_COLOR", "1")][..], false),
        ("--color never", &[], false),
        ("--color=always", &[("NO_COLOR", "1")], true),
        ("", &[("TERM", "dumb")], false),
    ] {
        let shown = of_two(flags, variables);
        assert_eq!(
            shown.contains(RED),
            colored,
            "{flags} {variables:?}: {shown:?}"
        );
    }
    let mut vendor = Vendor::start();
    let mock = vendor.responds(IDS[0], 2, 404, "{}");
    for (flags, colored) in [(&[][..], false), (&["--color", "always"], true)] {
        let ran = run(vendor.release(&[IDS[0], "--yes"]).args(flags));
        assert_eq!(ran.stdout.starts_with(RED), colored, "{ran:?}");
    }
    mock.assert();
}

#[test]
fn progress_is_shown_on_a_terminal_unless_quiet() {
    let progress = "of 2 numbers";
    assert!(of_two("", &[]).contains(progress));
    assert!(of_two("", &[]).contains("1 failed"));
    for flag in ["--quiet", "-v"] {
        let shown = of_two(flag, &[]);
        assert!(!shown.contains(progress), "{flag}: {shown:?}");
    }
}
