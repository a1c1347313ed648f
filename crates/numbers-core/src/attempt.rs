use crate::text::for_display;
use crate::{Error, ErrorKind, Outcome, Release};
use std::time::Duration;

/// One attempt to release a number: at most one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    result: Result<Outcome, ErrorKind>,
    may_have_released: bool,
    status: Option<u16>,
    request_id: Option<Box<str>>,
    duration: Duration,
}

impl Attempt {
    /// An attempt that succeeded.
    pub const fn succeeded(outcome: Outcome, duration: Duration) -> Self {
        Self {
            result: Ok(outcome),
            may_have_released: true,
            status: None,
            request_id: None,
            duration,
        }
    }

    /// An attempt that failed. The kind decides whether it may have released the number, unless
    /// [`with_may_have_released`](Self::with_may_have_released) says otherwise.
    pub const fn failed(kind: ErrorKind, duration: Duration) -> Self {
        Self {
            result: Err(kind),
            may_have_released: kind.may_have_released(),
            status: None,
            request_id: None,
            duration,
        }
    }

    /// The attempt of a single call, by its result.
    pub fn from_result(result: &Result<Release, Error>, duration: Duration) -> Self {
        match result {
            Ok(release) => Self::succeeded(release.outcome(), duration)
                .with_status(release.status())
                .with_request_id(release.request_id()),
            Err(error) => Self::from_error(error, duration),
        }
    }

    /// The attempt of a single call that failed.
    pub fn from_error(error: &Error, duration: Duration) -> Self {
        Self::failed(error.kind(), duration)
            .with_may_have_released(error.may_have_released())
            .with_status(error.status())
            .with_request_id(error.request_id())
    }

    /// Sets the HTTP status of the response, if there was one.
    pub const fn with_status(mut self, status: Option<u16>) -> Self {
        self.status = status;
        self
    }

    /// Sets the vendor's id for the request, cleaned and cut for display.
    pub fn with_request_id(mut self, id: Option<&str>) -> Self {
        self.request_id = for_display(id);
        self
    }

    /// Sets whether this attempt may have released the number.
    pub const fn with_may_have_released(mut self, may: bool) -> Self {
        self.may_have_released = may;
        self
    }

    /// The result of the attempt.
    pub const fn result(&self) -> Result<Outcome, ErrorKind> {
        self.result
    }

    /// The kind of the failure, or `None` where it succeeded.
    pub const fn kind(&self) -> Option<ErrorKind> {
        match self.result {
            Ok(_) => None,
            Err(kind) => Some(kind),
        }
    }

    /// Whether this attempt may have released the number.
    pub const fn may_have_released(&self) -> bool {
        self.may_have_released
    }

    /// The HTTP status of the response.
    pub const fn status(&self) -> Option<u16> {
        self.status
    }

    /// The vendor's id for the request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// How long the attempt took, without the wait before it.
    pub const fn duration(&self) -> Duration {
        self.duration
    }
}
