//! What a signal leaves behind.

use crate::support::{IDS, Ran, release_at};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Command, Stdio};

#[test]
fn a_signal_leaves_the_one_in_flight_unknown_and_the_rest_not_sent() {
    for signal in ["-INT", "-TERM"] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let child = release_at(&url, &IDS)
            .args(["--yes", "--format", "json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();

        // The request is there, and gets no answer.
        let (stream, _) = listener.accept().unwrap();
        let mut head = BufReader::new(stream);
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            assert_ne!(head.read_line(&mut line).unwrap(), 0);
        }
        let pid = child.id().to_string();
        let sent = Command::new("kill").args([signal, &pid]).status().unwrap();
        assert!(sent.success());

        let ran = Ran::from(child.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(130), "{ran:?}");
        assert_eq!(ran.all("number"), IDS);
        assert_eq!(ran.all("outcome"), ["unknown", "failed", "failed"]);
        assert_eq!(ran.all("kind"), ["interrupted", "not_sent", "not_sent"]);
        assert_eq!(ran.all("attempts"), ["1", "0", "0"]);
        assert!(ran.stderr.contains("2Chat's list"), "{}", ran.stderr);

        // Nothing was begun for the others.
        listener.set_nonblocking(true).unwrap();
        let none = listener.accept().unwrap_err();
        assert_eq!(none.kind(), std::io::ErrorKind::WouldBlock);
    }
}
