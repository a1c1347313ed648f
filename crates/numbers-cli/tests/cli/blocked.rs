//! A stdout that blocks: a full pipe that is not read.

use crate::raw::{RawVendor, SUCCESS};
use crate::support::{IDS, Ran, signal};
use nix::fcntl::{FcntlArg, fcntl};
use nix::sys::signal::Signal;
use std::io::{PipeReader, PipeWriter, Read, Write};
use std::process::{Child, Stdio};
use std::time::Duration;

/// A release of several ids, of which the first is released but can't be reported.
struct Blocked {
    child: Child,
    vendor: RawVendor,
    pipe: FullPipe,
}

struct FullPipe {
    reader: PipeReader,
    size: usize,
}

impl FullPipe {
    fn new() -> (Self, PipeWriter) {
        let (reader, mut writer) = std::io::pipe().unwrap();
        let size = fcntl(&writer, FcntlArg::F_GETPIPE_SZ).unwrap();
        let size = usize::try_from(size).unwrap();
        writer.write_all(&vec![0; size]).unwrap();
        (Self { reader, size }, writer)
    }

    /// Makes room, and reads what comes then, to its end.
    fn drain(mut self) -> String {
        self.reader.read_exact(&mut vec![0; self.size]).unwrap();
        let mut rest = String::new();
        self.reader.read_to_string(&mut rest).unwrap();
        rest
    }
}

impl Blocked {
    fn start(ids: &[&str], stderr: impl FnOnce(&PipeWriter) -> Stdio) -> Self {
        let vendor = RawVendor::start();
        let (pipe, writer) = FullPipe::new();
        let child = vendor
            .release(ids)
            .args(["--yes", "--format", "json"])
            .stderr(stderr(&writer))
            .stdout(writer)
            .spawn()
            .unwrap();
        vendor.request().send(SUCCESS);
        let waits_in = format!("/proc/{}/wchan", child.id());
        while !std::fs::read_to_string(&waits_in)
            .unwrap()
            .contains("pipe_write")
        {
            std::thread::yield_now();
        }
        Self {
            child,
            vendor,
            pipe,
        }
    }

    /// Sends a signal, and another one until the command ends. One that follows too closely does not
    /// count, so there is a pause between them.
    fn ended_by_a_second_signal(mut self) -> Ran {
        signal(&self.child, Signal::SIGINT);
        let mut left = 100;
        while left > 0 && self.child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(50));
            signal(&self.child, Signal::SIGTERM);
            left -= 1;
        }
        // Where it goes on, the test must not.
        self.child.kill().unwrap();
        self.vendor.has_no_other_request();
        Ran::from(self.child.wait_with_output().unwrap())
    }

    /// Lets the command write again, and waits for its end.
    fn drained(self) -> (Ran, RawVendor) {
        let stdout = self.pipe.drain();
        let ran = Ran::from(self.child.wait_with_output().unwrap());
        (Ran { stdout, ..ran }, self.vendor)
    }
}

#[test]
fn a_second_signal_ends_the_command_with_the_result_on_stderr() {
    let ran = Blocked::start(&IDS, |_| Stdio::piped()).ended_by_a_second_signal();
    assert_eq!(ran.code, Some(130), "{ran:?}");
    let lines: Vec<_> = ran.stderr.lines().collect();
    assert_eq!(
        lines,
        [
            &format!("numbers: released  {}  twochat: HTTP 200", IDS[0]),
            "numbers: the 2 numbers after it were not sent",
            "numbers: ended by a second signal",
        ]
    );
}

#[test]
fn a_second_signal_ends_the_command_if_stderr_blocks_too() {
    let release = Blocked::start(&IDS, |full| full.try_clone().unwrap().into());
    let ran = release.ended_by_a_second_signal();
    assert_eq!(ran.code, Some(130), "{ran:?}");
}

#[test]
fn a_signal_during_a_write_stops_the_next_number() {
    let release = Blocked::start(&IDS, |_| Stdio::piped());
    signal(&release.child, Signal::SIGINT);
    let (ran, vendor) = release.drained();
    vendor.has_no_other_request();
    assert_eq!(ran.code, Some(130), "{ran:?}");
    assert_eq!(ran.all("number"), IDS);
    assert_eq!(ran.all("outcome"), ["released", "failed", "failed"]);
    assert_eq!(ran.all("kind"), ["null", "not_sent", "not_sent"]);
}

#[test]
fn a_signal_sent_twice_at_once_counts_once() {
    // So many that the report takes longer than the command would take to end.
    let ids: Vec<_> = (0..2000)
        .map(|n| format!("DID64a54de2-8ebe-4c01-838f-{n:012}"))
        .collect();
    let ids: Vec<_> = ids.iter().map(String::as_str).collect();
    let release = Blocked::start(&ids, |_| Stdio::piped());
    signal(&release.child, Signal::SIGINT);
    // Not the same one, for the system may merge two of a kind.
    signal(&release.child, Signal::SIGTERM);
    let (ran, _vendor) = release.drained();
    assert_eq!(ran.code, Some(130));
    assert_eq!(ran.all("number"), ids);
}
