use crate::Script;
use numbers_core::ErrorKind;
use std::time::Duration;

/// A case of the outcome table: what the server does, and what the error must say.
#[derive(Debug, Clone)]
pub struct Case {
    /// Shown when the test fails.
    pub name: String,
    /// What the server does with the one request.
    pub script: Script,
    /// The expected kind.
    pub kind: ErrorKind,
    /// Whether the error must say that the number may have been released.
    pub may_have_released: bool,
    /// Whether the error must say that the call can be tried again.
    pub retryable: bool,
    /// The status, if the headers arrived complete.
    pub status: Option<u16>,
    /// The client's time-out. Short only where the time-out is under test.
    pub timeout: Duration,
    /// The vendor's message that the error must show, if that is checked.
    pub message: Option<Option<&'static str>>,
    /// The vendor's code that the error must show, if that is checked.
    pub code: Option<Option<&'static str>>,
    /// The delay that the vendor asks for, if that is checked.
    pub retry_after: Option<Option<Duration>>,
}

impl Case {
    /// A failure after which the number may have been released.
    pub fn unknown(name: impl Into<String>, script: Script, kind: ErrorKind) -> Self {
        Self {
            name: name.into(),
            script,
            kind,
            may_have_released: true,
            retryable: false,
            status: None,
            timeout: Duration::from_secs(15),
            message: None,
            code: None,
            retry_after: None,
        }
    }

    /// A failure that certainly did not release the number.
    pub fn refused(name: impl Into<String>, script: Script, kind: ErrorKind) -> Self {
        Self {
            may_have_released: false,
            ..Self::unknown(name, script, kind)
        }
    }

    /// The call can be tried again.
    pub fn retryable(self) -> Self {
        Self {
            retryable: true,
            ..self
        }
    }

    /// A response with this status arrived.
    pub fn status(self, status: u16) -> Self {
        Self {
            status: Some(status),
            ..self
        }
    }

    /// The client's time-out is short: the server never responds completely.
    pub fn short_timeout(self) -> Self {
        Self {
            timeout: Duration::from_millis(500),
            ..self
        }
    }

    /// The error shows this message of the vendor's, or none.
    pub fn message(self, message: Option<&'static str>) -> Self {
        Self {
            message: Some(message),
            ..self
        }
    }

    /// The error shows this code of the vendor's, or none.
    pub fn code(self, code: Option<&'static str>) -> Self {
        Self {
            code: Some(code),
            ..self
        }
    }

    /// The error shows this delay in seconds, or none.
    pub fn retry_after(self, seconds: Option<u64>) -> Self {
        Self {
            retry_after: Some(seconds.map(Duration::from_secs)),
            ..self
        }
    }
}
