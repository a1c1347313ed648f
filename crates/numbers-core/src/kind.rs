/// What went wrong.
///
/// What each variant says about the number holds for a single attempt. After several,
/// [`Error::may_have_released`](crate::Error::may_have_released) counts: it stays true once any attempt may have
/// released the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The id can't be one of this vendor's. Refused before anything was sent.
    InvalidNumber,
    /// Nothing was sent, for a local reason, such as a blocking call inside a runtime.
    NotSent,
    /// No connection: DNS, TCP, a proxy or TLS failed. The request was not sent.
    Connect,
    /// The status line and headers of a response did not come in time, or the status was 408. The number may
    /// have been released.
    Timeout,
    /// The connection was lost, or what came was not HTTP, before the headers of a response were complete.
    /// The number may have been released.
    ConnectionLost,
    /// A response that the vendor does not document: a 2xx whose body is cut short, too long, not a JSON object
    /// or not the documented success, a 4xx whose body states the success, a 1xx, or a status of 600 and above.
    /// The number may have been released.
    UnexpectedResponse,
    /// A 3xx. It is never followed. The number may have been released.
    Redirected,
    /// The vendor refused: 400, 422, another 4xx, or a 2xx whose body is the vendor's error.
    /// The number was not released.
    Rejected,
    /// 401: the credentials are not accepted. The number was not released.
    Unauthenticated,
    /// 402: the vendor asks for payment. The number was not released.
    PaymentRequired,
    /// 403: the credentials do not allow this. The number was not released.
    PermissionDenied,
    /// 404 or 410: the vendor does not know the number; a wrong id, region or account looks the
    /// same. This call did not release it.
    NotFound,
    /// 409: the number's state does not allow it. The number was not released.
    Conflict,
    /// 429: too many requests. The number was not released.
    RateLimited,
    /// 5xx: the vendor failed. The number may have been released.
    ServerError,
}

impl ErrorKind {
    /// The kind of an unsuccessful response with this status. A 2xx is `UnexpectedResponse`: it is not the
    /// documented success.
    pub const fn from_status(status: u16) -> Self {
        match status {
            300..=399 => Self::Redirected,
            401 => Self::Unauthenticated,
            402 => Self::PaymentRequired,
            403 => Self::PermissionDenied,
            404 | 410 => Self::NotFound,
            408 => Self::Timeout,
            409 => Self::Conflict,
            429 => Self::RateLimited,
            400..=499 => Self::Rejected,
            500..=599 => Self::ServerError,
            _ => Self::UnexpectedResponse,
        }
    }

    /// Whether a single attempt that ends in this kind may have released the number.
    pub(crate) const fn may_have_released(self) -> bool {
        match self {
            Self::Timeout
            | Self::ConnectionLost
            | Self::UnexpectedResponse
            | Self::Redirected
            | Self::ServerError => true,
            Self::InvalidNumber
            | Self::NotSent
            | Self::Connect
            | Self::Rejected
            | Self::Unauthenticated
            | Self::PaymentRequired
            | Self::PermissionDenied
            | Self::NotFound
            | Self::Conflict
            | Self::RateLimited => false,
        }
    }

    /// The kind in words, of a response: 408 is the vendor's time-out.
    pub(crate) const fn response_message(self) -> &'static str {
        match self {
            Self::Timeout => "the vendor gave up waiting for the request",
            kind => kind.message(),
        }
    }

    /// The kind in words, which begin a message.
    pub(crate) const fn message(self) -> &'static str {
        match self {
            Self::InvalidNumber => "invalid number id",
            Self::NotSent => "nothing was sent",
            Self::Connect => "could not connect",
            Self::Timeout => "no response in time",
            Self::ConnectionLost => "the connection was lost before a response was complete",
            Self::UnexpectedResponse => "a response that the vendor does not document",
            Self::Redirected => "a redirect, which is never followed",
            Self::Rejected => "the vendor refused",
            Self::Unauthenticated => "the credentials were not accepted",
            Self::PaymentRequired => "the vendor asks for payment",
            Self::PermissionDenied => "the credentials do not allow this",
            Self::NotFound => "the vendor does not know this number",
            Self::Conflict => "the number's state does not allow this",
            Self::RateLimited => "too many requests",
            Self::ServerError => "the vendor failed",
        }
    }
}

named_enum!(ErrorKind, "kind of error", {
    InvalidNumber => "invalid_number",
    NotSent => "not_sent",
    Connect => "connect",
    Timeout => "timeout",
    ConnectionLost => "connection_lost",
    UnexpectedResponse => "unexpected_response",
    Redirected => "redirected",
    Rejected => "rejected",
    Unauthenticated => "unauthenticated",
    PaymentRequired => "payment_required",
    PermissionDenied => "permission_denied",
    NotFound => "not_found",
    Conflict => "conflict",
    RateLimited => "rate_limited",
    ServerError => "server_error",
});
