use crate::Script;
use numbers_core::ErrorKind;
use std::time::Duration;

/// A row of the outcome table: what the server does, and what the error must say.
#[derive(Debug, Clone)]
pub struct Row {
    /// What a failing test calls it.
    pub name: String,
    /// What the server does with the one request.
    pub script: Script,
    /// What went wrong.
    pub kind: ErrorKind,
    /// Whether the number may be gone.
    pub may_have_released: bool,
    /// Whether the call can be repeated at once.
    pub retryable: bool,
    /// The status that came, if a whole head did.
    pub status: Option<u16>,
    /// The time-out of the client, where running out of it is what is tested.
    pub timeout: Duration,
    /// The vendor's words that the error must show, if they matter.
    pub message: Option<Option<&'static str>>,
    /// The vendor's code that the error must show, if it matters.
    pub code: Option<Option<&'static str>>,
    /// How long the vendor asks to wait, if it matters.
    pub retry_after: Option<Option<Duration>>,
}

impl Row {
    /// A failure that leaves the number's fate unknown.
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

    /// The call can be repeated at once.
    pub fn retryable(self) -> Self {
        Self {
            retryable: true,
            ..self
        }
    }

    /// A head with this status came.
    pub fn status(self, status: u16) -> Self {
        Self {
            status: Some(status),
            ..self
        }
    }

    /// The client waits no longer than a test can.
    pub fn hurried(self) -> Self {
        Self {
            timeout: Duration::from_millis(500),
            ..self
        }
    }

    /// The error shows these words of the vendor's, or none.
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

    /// The error says how many seconds the vendor asks to wait, or nothing of it.
    pub fn retry_after(self, seconds: Option<u64>) -> Self {
        Self {
            retry_after: Some(seconds.map(Duration::from_secs)),
            ..self
        }
    }
}
