use crate::text::{self, for_display};
use crate::{Attempt, Disposition, ErrorKind, Vendor};
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// A call that did not succeed.
///
/// The number may have been released all the same, for example if the response was lost:
/// [`disposition`](Self::disposition) and [`may_have_released`](Self::may_have_released) say so.
///
/// `Display` is one line for a person: the vendor, what happened, the vendor's message cleaned of control
/// characters, and what that means for the number. It never contains its [`source`](StdError::source).
pub struct Error(Box<Inner>);

struct Inner {
    vendor: Vendor,
    kind: ErrorKind,
    may_have_released: bool,
    permanent: bool,
    detail: Option<Box<str>>,
    hint: Option<&'static str>,
    status: Option<u16>,
    vendor_code: Option<Box<str>>,
    vendor_message: Option<Box<str>>,
    request_id: Option<Box<str>>,
    retry_after: Option<Duration>,
    bytes: Option<Vec<u8>>,
    attempts: Vec<Attempt>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// An error of a kind. The kind decides whether it may have released the number, unless
    /// [`with_may_have_released`](Self::with_may_have_released) says otherwise.
    pub fn new(vendor: Vendor, kind: ErrorKind) -> Self {
        Self(Box::new(Inner {
            vendor,
            kind,
            may_have_released: kind.may_have_released(),
            permanent: false,
            detail: None,
            hint: None,
            status: None,
            vendor_code: None,
            vendor_message: None,
            request_id: None,
            retry_after: None,
            bytes: None,
            attempts: Vec::new(),
            source: None,
        }))
    }

    /// An id that was refused before anything was sent. Mask the id in `detail`: it may be a phone
    /// number.
    pub fn invalid_number(vendor: Vendor, detail: impl Into<String>) -> Self {
        Self::new(vendor, ErrorKind::InvalidNumber).with_detail(detail)
    }

    /// A connection that could not be made: the request was certainly not sent.
    pub fn connect(vendor: Vendor, detail: impl Into<String>) -> Self {
        Self::new(vendor, ErrorKind::Connect).with_detail(detail)
    }

    /// The error of a response with this status. A 2xx that is not the documented success is one too, and may
    /// have released the number.
    pub fn from_status(vendor: Vendor, status: u16) -> Self {
        Self::new(vendor, ErrorKind::from_status(status)).with_status(Some(status))
    }

    /// Sets whether the number may have been released.
    pub fn with_may_have_released(mut self, may: bool) -> Self {
        self.0.may_have_released = may;
        self
    }

    /// Sets whether another attempt would fail in the same way, as with a wrong certificate.
    pub fn with_permanent(mut self, permanent: bool) -> Self {
        self.0.permanent = permanent;
        self
    }

    /// Sets what happened, in the client's words, cleaned and cut to 600 characters. It must hold no secret.
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(text::clean_to(&detail.into(), 600).into());
        self
    }

    /// Sets what to check next.
    pub fn with_hint(mut self, hint: Option<&'static str>) -> Self {
        self.0.hint = hint;
        self
    }

    /// Sets the HTTP status of the response.
    pub fn with_status(mut self, status: Option<u16>) -> Self {
        self.0.status = status;
        self
    }

    /// Sets the vendor's code for the error, cleaned and cut for display.
    pub fn with_vendor_code(mut self, code: Option<&str>) -> Self {
        self.0.vendor_code = for_display(code);
        self
    }

    /// Sets the vendor's message, cleaned and cut for display. Redact secrets and the number first.
    pub fn with_vendor_message(mut self, message: Option<&str>) -> Self {
        self.0.vendor_message = for_display(message);
        self
    }

    /// Sets the vendor's id for the request, cleaned and cut for display.
    pub fn with_request_id(mut self, id: Option<&str>) -> Self {
        self.0.request_id = for_display(id);
        self
    }

    /// Sets how long the vendor asks to wait.
    pub fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    /// Sets the response's body as it came.
    pub fn with_bytes(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.bytes = Some(bytes.into());
        self
    }

    /// Sets the one attempt that was made.
    pub fn with_attempt(mut self, attempt: Attempt) -> Self {
        self.0.attempts = vec![attempt];
        self
    }

    /// Sets all attempts that were made, oldest first.
    pub fn with_attempts(mut self, attempts: Vec<Attempt>) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Sets the cause. It must show no secret and no URL.
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What happened to the number: [`Failed`](Disposition::Failed) or [`Unknown`](Disposition::Unknown).
    pub fn disposition(&self) -> Disposition {
        if self.0.may_have_released {
            Disposition::Unknown
        } else {
            Disposition::Failed
        }
    }

    /// The vendor.
    pub fn vendor(&self) -> &Vendor {
        &self.0.vendor
    }

    /// What happened, in the client's words, beyond what the kind says.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// What to check next, after a misleading response.
    pub fn hint(&self) -> Option<&'static str> {
        self.0.hint
    }

    /// Whether the number may have been released. `false`: no attempt of this call released it. `true`: look
    /// the number up before you call again.
    pub fn may_have_released(&self) -> bool {
        self.0.may_have_released
    }

    /// Whether the same call can be made again, after [`retry_after`](Self::retry_after) if there is one: it
    /// certainly did not release the number, and another attempt may succeed.
    pub fn is_retryable(&self) -> bool {
        !self.0.may_have_released
            && !self.0.permanent
            && matches!(self.0.kind, ErrorKind::Connect | ErrorKind::RateLimited)
    }

    /// The HTTP status of the last response, where one came.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The vendor's code for the error, where the response has one.
    pub fn vendor_code(&self) -> Option<&str> {
        self.0.vendor_code.as_deref()
    }

    /// The vendor's message: cut to 300 characters, without control characters.
    pub fn vendor_message(&self) -> Option<&str> {
        self.0.vendor_message.as_deref()
    }

    /// The vendor's id for the request, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How long the vendor asked to wait before the next request. Cap it: it can be years.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The response's body as it came, up to the limit on its length. It is untrusted and not redacted: it
    /// may repeat a key or a number.
    pub fn bytes(&self) -> Option<&[u8]> {
        self.0.bytes.as_deref()
    }

    /// What was tried, oldest first. Empty where the call was refused before sending.
    pub fn attempts(&self) -> &[Attempt] {
        &self.0.attempts
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            vendor,
            kind,
            detail,
            hint,
            status,
            vendor_code,
            vendor_message,
            ..
        } = &*self.0;
        match status {
            Some(status) => write!(f, "{vendor}: {} (HTTP {status})", kind.response_message())?,
            None => write!(f, "{vendor}: {}", kind.message())?,
        }
        if let Some(detail) = detail {
            write!(f, ": {detail}")?;
        }
        if let Some(message) = vendor_message {
            write!(f, ": \"{message}\"")?;
        }
        if let Some(code) = vendor_code {
            write!(f, " [code {code}]")?;
        }
        if let Some(hint) = hint {
            write!(f, "; {hint}")?;
        }
        f.write_str(if self.0.may_have_released {
            "; the number may have been released"
        } else {
            "; the number was not released by this call"
        })
    }
}

/// As `Display`, with the cause behind it: fit to be returned from `main`.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        match &self.0.source {
            Some(source) => write!(f, " (cause: {source})"),
            None => Ok(()),
        }
    }
}
