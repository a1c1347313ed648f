//! A vendor's server that a test controls byte by byte.

use crate::support::release_at;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

pub(crate) const SUCCESS: &str =
    "HTTP/1.1 200 OK\r\ncontent-length: 17\r\nconnection: close\r\n\r\n{\"success\": true}";

pub(crate) struct RawVendor(TcpListener);

impl RawVendor {
    pub(crate) fn start() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    pub(crate) fn release(&self, args: &[&str]) -> Command {
        release_at(&self.url(), args)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().unwrap())
    }

    /// Waits for a request, and leaves it without a response.
    pub(crate) fn request(&self) -> Request {
        let (stream, _) = self.0.accept().unwrap();
        let mut request = BufReader::new(stream);
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            assert_ne!(request.read_line(&mut line).unwrap(), 0);
        }
        Request(request.into_inner())
    }

    /// Checks that no other request came.
    pub(crate) fn has_no_other_request(&self) {
        self.0.set_nonblocking(true).unwrap();
        let none = self.0.accept().unwrap_err();
        assert_eq!(none.kind(), ErrorKind::WouldBlock);
    }
}

/// A request without a body, and the connection that it came on.
pub(crate) struct Request(TcpStream);

impl Request {
    pub(crate) fn send(&mut self, bytes: &str) {
        self.0.write_all(bytes.as_bytes()).unwrap();
    }

    /// The client's port.
    pub(crate) fn port(&self) -> u16 {
        self.0.peer_addr().unwrap().port()
    }

    /// Waits until the client closes the connection.
    pub(crate) fn closed(mut self) {
        assert_eq!(self.0.read(&mut [0]).unwrap(), 0);
    }
}
