//! What a signal leaves behind.

use crate::support::{IDS, Ran, release_at};
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

/// A release of all three ids that is under way, and the server that it talks to.
struct UnderWay {
    child: Child,
    server: TcpListener,
}

impl UnderWay {
    fn start(flags: &[&str]) -> Self {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", server.local_addr().unwrap());
        let child = release_at(&url, &IDS)
            .args(["--yes", "--format", "json"])
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self { child, server }
    }

    /// Waits for a request, and leaves it without an answer.
    fn request(&self) -> BufReader<TcpStream> {
        request(&self.server)
    }

    /// Waits for a request, answers that it came too early, and waits until the answer was read: only
    /// then does the client close the connection.
    fn too_early(&self, retry_after: u32) {
        let mut request = self.request();
        let answer = format!(
            "HTTP/1.1 429 Too Many Requests\r\nretry-after: {retry_after}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        );
        request.get_mut().write_all(answer.as_bytes()).unwrap();
        assert_eq!(request.read(&mut [0]).unwrap(), 0);
    }

    /// Sends the signal, and sees that it ends the command with a line for each number and with no
    /// further request.
    fn ended_by(self, signal: &str) -> Ran {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &pid]).status().unwrap();
        assert!(sent.success());
        let ran = Ran::from(self.child.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(130), "{ran:?}");
        assert_eq!(ran.all("number"), IDS);
        self.server.set_nonblocking(true).unwrap();
        let none = self.server.accept().unwrap_err();
        assert_eq!(none.kind(), ErrorKind::WouldBlock);
        ran
    }
}

fn request(server: &TcpListener) -> BufReader<TcpStream> {
    let (stream, _) = server.accept().unwrap();
    let mut request = BufReader::new(stream);
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        assert_ne!(request.read_line(&mut line).unwrap(), 0);
    }
    request
}

fn ignores_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.is_some_and(|mask| u64::from_str_radix(mask.trim(), 16).unwrap() & 1 == 1)
}

#[test]
fn a_signal_leaves_the_one_in_flight_unknown_and_the_rest_not_sent() {
    let signals = ["-INT", "-TERM", "-HUP"];
    // Tests that run under nohup hand on to the command that it passes a hangup over.
    let heard = if ignores_hangup() { 2 } else { 3 };
    for signal in &signals[..heard] {
        let release = UnderWay::start(&[]);
        let unanswered = release.request();
        let ran = release.ended_by(signal);
        drop(unanswered);
        assert_eq!(ran.all("outcome"), ["unknown", "failed", "failed"]);
        assert_eq!(ran.all("kind"), ["interrupted", "not_sent", "not_sent"]);
        assert_eq!(ran.all("attempts"), ["1", "0", "0"]);
        assert!(ran.stderr.contains("2Chat's list"), "{}", ran.stderr);
    }
}

#[test]
fn between_two_attempts_nothing_is_in_flight() {
    let release = UnderWay::start(&["--retry"]);
    release.too_early(60);
    let ran = release.ended_by("-INT");
    assert_eq!(ran.all("outcome"), ["failed", "failed", "failed"]);
    assert_eq!(ran.all("kind"), ["rate_limited", "not_sent", "not_sent"]);
    assert_eq!(ran.all("status"), ["429", "null", "null"]);
    assert_eq!(ran.all("attempts"), ["1", "0", "0"]);
    let messages = ran.all("message");
    assert!(messages[0].contains("before another attempt"), "{ran:?}");
}

#[test]
fn a_second_attempt_that_is_in_flight_is_unknown() {
    let release = UnderWay::start(&["--retry"]);
    release.too_early(0);
    let unanswered = release.request();
    let ran = release.ended_by("-INT");
    drop(unanswered);
    assert_eq!(ran.all("outcome"), ["unknown", "failed", "failed"]);
    assert_eq!(ran.all("kind"), ["interrupted", "not_sent", "not_sent"]);
    assert_eq!(ran.all("attempts"), ["2", "0", "0"]);
}

#[test]
#[cfg(target_os = "linux")]
fn nohup_holds_a_hangup_off() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", server.local_addr().unwrap());
    let plain = release_at(&url, &[IDS[0], IDS[1], "--yes", "--format", "json"]);
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
    let release = UnderWay { child, server };
    let mut first = release.request();
    let pid = release.child.id().to_string();
    let sent = Command::new("kill").args(["-HUP", &pid]).status().unwrap();
    assert!(sent.success());
    let answer =
        b"HTTP/1.1 200 OK\r\ncontent-length: 17\r\nconnection: close\r\n\r\n{\"success\": true}";
    let UnderWay { child, server } = release;
    std::thread::spawn(move || {
        first.get_mut().write_all(answer).unwrap();
        // A signal that is heard ends the run before this one.
        request(&server).get_mut().write_all(answer).unwrap();
    });
    let ran = Ran::from(child.wait_with_output().unwrap());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.all("outcome"), ["released", "released"]);
}
