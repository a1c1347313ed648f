//! A process that is stopped past its time-out while the response arrives: the response counts.

use crate::raw::{RawVendor, Request, SUCCESS};
use crate::support::{IDS, Ran, signal};
use nix::sys::signal::Signal;
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;
use std::process::{Child, Stdio};
use std::time::Duration;

/// Long enough for the process to be stopped in time on a busy machine.
const TIMEOUT: Duration = Duration::from_secs(4);

/// A release that is stopped after it read the first part of the response, and goes on when the rest lies
/// ready and the time-out has passed.
fn stopped_between(first: &str, rest: &str) -> Ran {
    let vendor = RawVendor::start();
    let child = vendor
        .release(&[IDS[0], "--yes", "--format", "json"])
        .args(["--timeout", &format!("{}s", TIMEOUT.as_secs())])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut request = vendor.request();
    request.send(first);
    while !all_is_read(&request) {
        std::thread::yield_now();
    }
    stop(&child);
    request.send(rest);
    // The request came before, so its time is up after this. Nothing but the clock tells it.
    std::thread::sleep(TIMEOUT + Duration::from_millis(100));
    signal(&child, Signal::SIGCONT);
    child.wait_with_output().unwrap().into()
}

/// Stops the process, and waits until it stands still.
fn stop(child: &Child) {
    signal(child, Signal::SIGSTOP);
    let pid = Pid::from_raw(child.id().try_into().unwrap());
    let status = waitpid(pid, Some(WaitPidFlag::WUNTRACED)).unwrap();
    assert_eq!(status, WaitStatus::Stopped(pid, Signal::SIGSTOP));
}

/// Whether the client has read whatever was sent to it: the kernel counts what it has not.
fn all_is_read(request: &Request) -> bool {
    let client = format!(":{:04X}", request.port());
    let sockets = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let mut sockets = sockets.lines().map(|line| {
        let fields: Vec<_> = line.split_whitespace().collect();
        (fields[1].to_owned(), fields[4].to_owned())
    });
    let (_, queues) = sockets.find(|(local, _)| local.ends_with(&client)).unwrap();
    queues.ends_with(":00000000")
}

#[test]
fn a_success_that_arrived_meanwhile_counts() {
    let ran = stopped_between("", SUCCESS);
    assert_eq!(ran.all("outcome"), ["released"], "{ran:?}");
}

#[test]
fn a_refusal_that_arrived_meanwhile_counts() {
    let refusal = "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    let ran = stopped_between("", refusal);
    assert_eq!(ran.all("outcome"), ["failed"], "{ran:?}");
}

#[test]
fn the_rest_of_a_success_that_arrived_meanwhile_counts() {
    let (first, rest) = SUCCESS.split_at(SUCCESS.len() - 5);
    let ran = stopped_between(first, rest);
    assert_eq!(ran.all("outcome"), ["released"], "{ran:?}");
}
