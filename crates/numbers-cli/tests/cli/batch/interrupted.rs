use super::Workspace;
use crate::raw::{RawVendor, SUCCESS};
use crate::support::{IDS, Ran, signal};
use nix::sys::signal::Signal;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Stdio};

/// An apply of all three ids, one at a time, that is under way.
struct UnderWay {
    workspace: Workspace,
    vendor: RawVendor,
    child: Child,
    stderr: BufReader<ChildStderr>,
}

impl UnderWay {
    fn start() -> Self {
        let vendor = RawVendor::start();
        let workspace = Workspace::at(&vendor.url());
        workspace.plan("twochat", &IDS);
        let mut apply = workspace.command(&["apply", "plan", "--yes", "--format", "json"]);
        let mut child = apply
            .args(["--concurrency", "1", "--rate", "off"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        Self {
            workspace,
            vendor,
            child,
            stderr,
        }
    }

    /// Waits for a line on stderr.
    fn says(&mut self, words: &str) {
        let mut line = String::new();
        while !line.contains(words) {
            line.clear();
            assert_ne!(self.stderr.read_line(&mut line).unwrap(), 0, "{words}");
        }
    }

    fn ended(mut self) -> (Workspace, RawVendor, Ran) {
        let mut stderr = String::new();
        self.stderr.read_to_string(&mut stderr).unwrap();
        let mut ran = Ran::from(self.child.wait_with_output().unwrap());
        ran.stderr = stderr;
        (self.workspace, self.vendor, ran)
    }
}

#[test]
fn after_a_signal_what_is_in_flight_finishes_and_the_rest_is_pending() {
    let mut apply = UnderWay::start();
    let mut request = apply.vendor.request();
    signal(&apply.child, Signal::SIGINT);
    apply.says("a second signal leaves at once");
    request.send(SUCCESS);
    drop(request);
    let (workspace, vendor, ran) = apply.ended();
    assert_eq!(ran.code, Some(130), "{ran:?}");
    assert_eq!(ran.all("outcome"), ["released"]);
    assert!(
        ran.stderr.contains("`numbers apply plan` continues"),
        "{ran:?}"
    );
    vendor.has_no_other_request();
    let outcomes = workspace.status().all("outcome");
    assert_eq!(outcomes, ["released", "pending", "pending"]);
}

#[test]
fn a_second_signal_leaves_at_once_and_the_next_run_finds_it_unknown() {
    let mut apply = UnderWay::start();
    let request = apply.vendor.request();
    signal(&apply.child, Signal::SIGINT);
    apply.says("a second signal leaves at once");
    // Those that come close together count as one.
    while apply.child.try_wait().unwrap().is_none() {
        signal(&apply.child, Signal::SIGINT);
    }
    let (workspace, vendor, ran) = apply.ended();
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(130), ""), "{ran:?}");
    drop(request);
    finish(&workspace, &vendor);
}

#[test]
fn a_killed_run_is_resumed_and_sends_nothing_twice() {
    let mut apply = UnderWay::start();
    let request = apply.vendor.request();
    apply.child.kill().unwrap();
    let (workspace, vendor, _) = apply.ended();
    drop(request);
    finish(&workspace, &vendor);
}

#[test]
fn what_a_killed_run_was_to_send_again_is_unknown() {
    let mut apply = UnderWay::start();
    for _ in 0..3 {
        drop(apply.vendor.request());
    }
    let _ = apply.child.wait().unwrap();
    assert_eq!(apply.workspace.status().all("outcome"), ["unknown"; 3]);
    let mut resend = apply
        .workspace
        .command(&["apply", "plan", "--yes", "--rate", "off"]);
    let mut resend = resend
        .args(["--concurrency", "1", "--resend-unknown"])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let request = apply.vendor.request();
    resend.kill().unwrap();
    resend.wait().unwrap();
    drop(request);
    let status = apply.workspace.status();
    assert_eq!(status.all("outcome"), ["unknown"; 3]);
    let kinds = ["in_flight", "connection_lost", "connection_lost"];
    assert_eq!(status.all("kind"), kinds);
    assert!(!status.stderr.contains("pending"), "{status:?}");
}

/// Resumes a run whose first number was in flight.
fn finish(workspace: &Workspace, vendor: &RawVendor) {
    let mut resumed = workspace.command(&["apply", "plan", "--yes", "--format", "json"]);
    let resumed = resumed
        .args(["--concurrency", "1", "--rate", "off"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    for _ in 0..2 {
        vendor.request().send(SUCCESS);
    }
    let ran = Ran::from(resumed.wait_with_output().unwrap());
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert_eq!(ran.all("number"), IDS[1..]);
    assert!(ran.stderr.contains("1 number was in flight"), "{ran:?}");
    vendor.has_no_other_request();
    let status = workspace.status();
    assert_eq!(status.all("outcome"), ["unknown", "released", "released"]);
    assert_eq!(status.all("kind"), ["interrupted", "null", "null"]);
}

#[test]
fn a_second_worker_is_told_who_holds_the_journal() {
    let apply = UnderWay::start();
    let mut first = apply.vendor.request();
    let second = apply.workspace.apply(&[]);
    assert_eq!(
        (second.code, second.stdout.as_str()),
        (Some(2), ""),
        "{second:?}"
    );
    let holder = format!("is held by process {} on ", apply.child.id());
    assert!(second.stderr.contains(&holder), "{second:?}");
    first.send(SUCCESS);
    for _ in 0..2 {
        apply.vendor.request().send(SUCCESS);
    }
    let (_, _, ran) = apply.ended();
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

#[test]
fn status_and_report_work_during_a_run() {
    let apply = UnderWay::start();
    apply.vendor.request().send(SUCCESS);
    let mut second = apply.vendor.request();
    let status = apply.workspace.status();
    assert_eq!(status.all("outcome"), ["released", "unknown", "pending"]);
    assert_eq!(status.all("kind"), ["null", "in_flight", "null"]);
    let at_work = format!("process {} on ", apply.child.id());
    assert!(status.stderr.contains(&at_work), "{status:?}");
    assert!(status.stderr.contains("numbers: rate: "), "{status:?}");
    let args = ["report", "--journal", "plan.journal", "--out", "page.html"];
    let report = apply.workspace.run(&args);
    assert_eq!(report.code, Some(0), "{report:?}");
    second.send(SUCCESS);
    apply.vendor.request().send(SUCCESS);
    let (_, _, ran) = apply.ended();
    assert_eq!(ran.code, Some(0), "{ran:?}");
}
