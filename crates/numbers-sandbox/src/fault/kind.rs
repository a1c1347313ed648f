use crate::{Server, vendor_spec::ErrorForm};

/// What a client receives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    ReleaseThenDrop,
    DropBeforeRelease,
    Close,
    Reset,
    StallAccept,
    StallBeforeResponse,
    StallInHeaders,
    OneByteASecond,
    TruncatedHeaders,
    Garbage,
    WrongContentType,
    /// A response with complete, well-formed headers.
    Response {
        status: u16,
        header: Option<Header>,
        body: Body,
    },
    /// The response that the request would have had without the fault, followed by another one.
    Stray {
        status: u16,
        late: bool,
    },
}

/// A header besides those that describe the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Header {
    RetryAfter(String),
    /// To this URL.
    Location(String),
    /// To the same path on another host.
    LocationOtherHost,
    /// To the URL of the request.
    LocationSameUrl,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// The body of the vendor's success.
    Success,
    /// The vendor's usual error form.
    Error,
    /// Another of the vendor's error forms.
    ErrorForm(ErrorForm),
    Html,
    Given {
        content_type: String,
        bytes: Vec<u8>,
    },
    /// The success, one byte shorter than announced. The connection stays open.
    Stalled,
    /// The success, one byte shorter than announced. The connection closes.
    Truncated,
    /// The success in a chunk, then a chunk whose size is not a number.
    MalformedChunk,
    /// The success in a chunk, then endless chunks of spaces.
    Endless,
    /// The success, padded with spaces to this length.
    Oversized(usize),
}

/// Whether the release is applied before the client receives anything.
pub(crate) enum Effect {
    Always,
    Never,
    /// A client can't tell, so the fault's user chooses.
    Optional {
        default: bool,
    },
}

impl Kind {
    pub(crate) fn effect(&self) -> Effect {
        match self {
            Self::ReleaseThenDrop
            | Self::OneByteASecond
            | Self::WrongContentType
            | Self::Stray { .. } => Effect::Always,
            Self::DropBeforeRelease | Self::StallAccept => Effect::Never,
            Self::Close | Self::Reset | Self::StallBeforeResponse | Self::Garbage => {
                Effect::Optional { default: false }
            }
            Self::StallInHeaders | Self::TruncatedHeaders => Effect::Optional { default: true },
            Self::Response { status, body, .. } => match (status, body) {
                // No body is sent.
                (204, _) => Effect::Optional { default: true },
                // The status is a refusal, and the body states the success.
                (400..=499, Body::Success) => Effect::Optional { default: false },
                // 408 is the server's own time-out: it may have released the number before it gave up.
                (400..=407 | 409..=499, _) | (200..=299, Body::Error | Body::ErrorForm(_)) => {
                    Effect::Never
                }
                (200..=299, Body::Success | Body::Oversized(_)) => Effect::Always,
                // Exotel's page names no field that would decide beside the status 202.
                (202, Body::Given { bytes, .. }) if bytes == b"{}" => Effect::Always,
                (status, _) => Effect::Optional {
                    default: (200..=299).contains(status),
                },
            },
        }
    }

    /// The status of the response, if its headers arrive complete. `normal` is the status without a fault.
    pub(crate) fn status(&self, server: Server, normal: u16) -> Option<u16> {
        match self {
            Self::ReleaseThenDrop
            | Self::DropBeforeRelease
            | Self::Close
            | Self::Reset
            | Self::StallAccept
            | Self::StallBeforeResponse
            | Self::StallInHeaders
            | Self::TruncatedHeaders
            | Self::Garbage => None,
            Self::OneByteASecond | Self::WrongContentType => Some(server.spec().success.0.as_u16()),
            Self::Response { status, .. } => Some(*status),
            Self::Stray { .. } => Some(normal),
        }
    }
}
