/// What a [`Server`](crate::Server) does with one request: bytes to send, and what comes then.
#[derive(Clone, Debug)]
pub struct Script {
    pub(crate) bytes: Vec<u8>,
    pub(crate) then: Then,
    /// Before the response to the next request on the connection.
    pub(crate) late: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    Close,
    AtOnce,
    Reset,
    Stall,
    Endless,
    KeepOpen,
}

impl Script {
    /// Sends these bytes and closes the connection in order.
    pub fn bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            then: Then::Close,
            late: Vec::new(),
        }
    }

    /// Answers with a whole, well-formed message of this status and body, and closes.
    pub fn answer(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::answer_with(status, "", body)
    }

    /// As [`answer`](Self::answer), with headers of the caller's, each ended by `\r\n`.
    pub fn answer_with(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        // A 204 and a 304 have no body, and say nothing of its length.
        let length = match status {
            204 | 304 => String::new(),
            _ => format!("content-length: {}\r\n", body.len()),
        };
        let head = format!("HTTP/1.1 {status} X\r\n{headers}{length}\r\n");
        Self::bytes([head.as_bytes(), body].concat())
    }

    /// Sends these bytes before the others.
    pub fn after(self, bytes: &str) -> Self {
        Self {
            bytes: [bytes.as_bytes(), &self.bytes].concat(),
            ..self
        }
    }

    /// Resets the connection, without having read the request.
    pub fn reset() -> Self {
        Self {
            then: Then::Reset,
            ..Self::bytes("")
        }
    }

    /// Does not wait for the head of a request, but for any byte: for what is not HTTP.
    pub fn at_once(self) -> Self {
        Self {
            then: Then::AtOnce,
            ..self
        }
    }

    /// Says nothing more and waits until the client goes.
    pub fn then_stall(self) -> Self {
        Self {
            then: Then::Stall,
            ..self
        }
    }

    /// Sends the letter `x` without end.
    pub fn then_endlessly(self) -> Self {
        Self {
            then: Then::Endless,
            ..self
        }
    }

    /// Keeps the connection for the next request, which gets the next script.
    pub fn then_keep_open(self) -> Self {
        Self {
            then: Then::KeepOpen,
            ..self
        }
    }

    /// Keeps the connection, and sends another response right behind this one.
    pub fn then_stray(self, stray: &Self) -> Self {
        Self {
            bytes: [self.bytes, stray.bytes.clone()].concat(),
            ..self
        }
        .then_keep_open()
    }

    /// Keeps the connection, and sends another response when the next request on it arrives, before
    /// the response to that one.
    pub fn then_late_stray(self, stray: &Self) -> Self {
        Self {
            late: stray.bytes.clone(),
            ..self
        }
        .then_keep_open()
    }
}
