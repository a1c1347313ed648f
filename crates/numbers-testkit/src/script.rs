/// What a [`ScriptedServer`](crate::ScriptedServer) does with one request: the bytes to send, and what
/// happens to the connection after them.
#[derive(Clone, Debug)]
pub struct Script {
    pub(crate) bytes: Vec<u8>,
    pub(crate) then: Then,
    /// Sent before the response to the next request on the connection.
    pub(crate) late: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    Close,
    CloseEarly,
    Reset,
    Stall,
    Endless,
    KeepOpen,
}

impl Script {
    /// Sends these bytes and closes the connection.
    pub fn bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            then: Then::Close,
            late: Vec::new(),
        }
    }

    /// Sends a complete response with this status and body, and closes the connection.
    pub fn response(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::response_with(status, "", body)
    }

    /// As [`response`](Self::response), with these headers, each ended by `\r\n`.
    pub fn response_with(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        // A 204 and a 304 have no body and no length.
        let length = match status {
            204 | 304 => String::new(),
            _ => format!("content-length: {}\r\n", body.len()),
        };
        let headers = format!("HTTP/1.1 {status} X\r\n{headers}{length}\r\n");
        Self::bytes([headers.as_bytes(), body].concat())
    }

    /// Sends these bytes first.
    pub fn preceded_by(self, bytes: &str) -> Self {
        Self {
            bytes: [bytes.as_bytes(), &self.bytes].concat(),
            ..self
        }
    }

    /// Resets the connection without having read the request.
    pub fn reset() -> Self {
        Self {
            then: Then::Reset,
            ..Self::bytes("")
        }
    }

    /// Responds to the first byte instead of a whole request: for what is not HTTP.
    pub fn on_first_byte(self) -> Self {
        Self {
            then: Then::CloseEarly,
            ..self
        }
    }

    /// Sends nothing more and waits until the client closes the connection.
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

    /// Keeps the connection, and sends another response when the next request arrives on it, before
    /// the response to that one.
    pub fn then_late_stray(self, stray: &Self) -> Self {
        Self {
            late: stray.bytes.clone(),
            ..self
        }
        .then_keep_open()
    }
}
