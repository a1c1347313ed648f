//! What happens after a signal.

use crate::raw::{RawVendor, SUCCESS};
use crate::support::{IDS, Ran, signal};
use nix::sys::signal::Signal;
use std::process::{Child, Command, Stdio};

/// A release of all three ids that is under way, and the server that it talks to.
struct UnderWay {
    child: Child,
    vendor: RawVendor,
}

impl UnderWay {
    fn start(flags: &[&str]) -> Self {
        let vendor = RawVendor::start();
        let child = vendor
            .release(&IDS)
            .args(["--yes", "--format", "json"])
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self { child, vendor }
    }

    /// Waits for a request, responds that it came too early, and waits until the response was read: only
    /// then does the client close the connection.
    fn too_early(&self, retry_after: u32) {
        let mut request = self.vendor.request();
        request.send(&format!(
            "HTTP/1.1 429 Too Many Requests\r\nretry-after: {retry_after}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        ));
        request.closed();
    }

    /// Sends the signal, and sees that it ends the command with a line for each number and with no
    /// further request.
    fn ended_by(self, by: Signal) -> Ran {
        signal(&self.child, by);
        let ran = Ran::from(self.child.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(130), "{ran:?}");
        assert_eq!(ran.all("number"), IDS);
        self.vendor.has_no_other_request();
        ran
    }
}

fn ignores_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.is_some_and(|mask| u64::from_str_radix(mask.trim(), 16).unwrap() & 1 == 1)
}

#[test]
fn after_a_signal_one_is_unknown_and_the_rest_not_sent() {
    let signals = [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP];
    // Tests that run under nohup hand on to the command that it passes a hangup over.
    let heard = if ignores_hangup() { 2 } else { 3 };
    for signal in &signals[..heard] {
        let release = UnderWay::start(&[]);
        let pending = release.vendor.request();
        let ran = release.ended_by(*signal);
        drop(pending);
        assert_eq!(ran.all("outcome"), ["unknown", "failed", "failed"]);
        assert_eq!(ran.all("kind"), ["interrupted", "not_sent", "not_sent"]);
        assert_eq!(ran.all("attempts"), ["1", "0", "0"]);
        assert!(ran.stderr.contains("2Chat's list"), "{}", ran.stderr);
    }
}

#[test]
fn a_signal_between_two_attempts_is_a_failure() {
    let release = UnderWay::start(&["--retry"]);
    release.too_early(60);
    let ran = release.ended_by(Signal::SIGINT);
    assert_eq!(
        ran.all("outcome"),
        ["failed", "failed", "failed"],
        "{ran:?}"
    );
    assert_eq!(ran.all("kind"), ["rate_limited", "not_sent", "not_sent"]);
    assert_eq!(ran.all("status"), ["429", "null", "null"]);
    assert_eq!(ran.all("attempts"), ["1", "0", "0"]);
    let messages = ran.all("message");
    assert!(messages[0].contains("before another attempt"), "{ran:?}");
}

#[test]
fn a_signal_during_a_second_attempt_is_unknown() {
    let release = UnderWay::start(&["--retry"]);
    release.too_early(0);
    let pending = release.vendor.request();
    let ran = release.ended_by(Signal::SIGINT);
    drop(pending);
    assert_eq!(ran.all("outcome"), ["unknown", "failed", "failed"]);
    assert_eq!(ran.all("kind"), ["interrupted", "not_sent", "not_sent"]);
    assert_eq!(ran.all("attempts"), ["2", "0", "0"]);
}

#[test]
#[cfg(target_os = "linux")]
fn nohup_ignores_a_hangup() {
    let vendor = RawVendor::start();
    let plain = vendor.release(&[IDS[0], IDS[1], "--yes", "--format", "json"]);
    let child = Command::new("nohup")
        .arg(plain.get_program())
        .args(plain.get_args())
        .envs(
            plain
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = vendor.request();
    signal(&child, Signal::SIGHUP);
    std::thread::spawn(move || {
        first.send(SUCCESS);
        // A signal that is heard ends the run before this one.
        vendor.request().send(SUCCESS);
    });
    let ran = Ran::from(child.wait_with_output().unwrap());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.all("outcome"), ["released", "released"]);
}
