//! Runs the binary with its own environment.

use mockito::{Matcher, Mock, Server, ServerGuard};
use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Three valid ids of 2Chat.
pub(crate) const IDS: [&str; 3] = [
    "DID64a54de2-8ebe-4c01-838f-a2235815dab4",
    "DID64a54de2-8ebe-4c01-838f-a2235815dab5",
    "DID64a54de2-8ebe-4c01-838f-a2235815dab6",
];

pub(crate) const KEY: &str = "UAK-of-the-tests";

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    pub(crate) fn lines(&self) -> Vec<serde_json::Value> {
        let lines = self.stdout.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// The values of one field, line by line.
    pub(crate) fn all(&self, field: &str) -> Vec<String> {
        let lines = self.lines();
        let values = lines.iter().map(|line| &line[field]);
        values
            .map(|value| value.as_str().map_or(value.to_string(), str::to_owned))
            .collect()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The binary with these arguments, without a terminal and with an empty environment.
pub(crate) fn numbers(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_numbers"));
    command
        .env_clear()
        // Not the configuration of whoever runs the tests.
        .env("XDG_CONFIG_HOME", "/no/such/folder")
        .args(args)
        .stdin(Stdio::null());
    command
}

pub(crate) fn run(command: &mut Command) -> Ran {
    command.output().unwrap().into()
}

/// Runs it with this text on standard input.
pub(crate) fn run_with_stdin(command: &mut Command, text: &str) -> Ran {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A run that refuses early need not read it.
    let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
    child.wait_with_output().unwrap().into()
}

/// `numbers release twochat ARGS` with a key, and the server at `url` in place of 2Chat.
pub(crate) fn release_at(url: &str, args: &[&str]) -> Command {
    let mut command = numbers(&["release", "twochat"]);
    command
        .args(args)
        .env("TWOCHAT_API_KEY", KEY)
        .env("TWOCHAT_BASE_URL", url);
    command
}

/// Sends a signal to a command that runs.
#[cfg(unix)]
pub(crate) fn signal(child: &std::process::Child, signal: nix::sys::signal::Signal) {
    let pid = nix::unistd::Pid::from_raw(child.id().try_into().unwrap());
    nix::sys::signal::kill(pid, signal).unwrap();
}

/// A vendor's server with responses set by the test.
pub(crate) struct Vendor {
    server: ServerGuard,
}

impl Vendor {
    pub(crate) fn start() -> Self {
        Self {
            server: Server::new(),
        }
    }

    pub(crate) fn url(&self) -> String {
        self.server.url()
    }

    pub(crate) fn release(&self, args: &[&str]) -> Command {
        release_at(&self.url(), args)
    }

    /// Responds to one request for `id`, with a request id of the vendor's.
    pub(crate) fn responds_with_request_id(
        &mut self,
        id: &str,
        status: usize,
        body: &str,
        request_id: &str,
    ) -> Mock {
        let path = format!("/open/voip/virtual-numbers/{id}");
        self.server
            .mock("DELETE", path.as_str())
            .with_status(status)
            .with_header("x-request-id", request_id)
            .with_body(body)
            .expect(1)
            .create()
    }

    /// Expects exactly `times` requests for `id`, and responds with `status` and `body`.
    pub(crate) fn responds(&mut self, id: &str, times: usize, status: usize, body: &str) -> Mock {
        let path = format!("/open/voip/virtual-numbers/{id}");
        self.server
            .mock("DELETE", path.as_str())
            .match_header("x-user-api-key", KEY)
            .with_status(status)
            .with_body(body)
            .expect(times)
            .create()
    }

    pub(crate) fn releases(&mut self, id: &str, times: usize) -> Mock {
        self.responds(id, times, 200, r#"{"success": true}"#)
    }

    /// Expects no request at all.
    pub(crate) fn stays_untouched(&mut self) -> Mock {
        self.server.mock("DELETE", Matcher::Any).expect(0).create()
    }
}
