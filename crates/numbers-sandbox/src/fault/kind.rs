use crate::{Server, reading::ErrorForm};

/// What a client gets to see of a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    AnswerThenDrop,
    DropBeforeActing,
    Close,
    Reset,
    StallAccept,
    StallBeforeHead,
    StallInHead,
    OneByteASecond,
    TruncatedHead,
    Garbage,
    WrongContentType,
    /// An answer whose head is whole and well-formed.
    Answer {
        status: u16,
        header: Option<Header>,
        body: Body,
    },
    /// The response without a fault, and behind it another one that nobody asked for.
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
    /// To the path of the request on another host.
    LocationElsewhere,
    /// To the path of the request on the same host.
    LocationItself,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// The one that the vendor's success has.
    Success,
    /// The error form in which the vendor refuses.
    Error,
    /// Another error form of the vendor's.
    ErrorForm(ErrorForm),
    Html,
    Given {
        content_type: String,
        bytes: Vec<u8>,
    },
    /// The one of the success, one byte short of its length; nothing more comes.
    Stalled,
    /// The one of the success, one byte short of its length; the connection closes.
    Truncated,
    /// The one of the success in a chunk, and a second chunk whose size is a word.
    MalformedChunk,
    /// The one of the success in a chunk, and chunks of spaces without end.
    Endless,
    /// The one of the success, made so many bytes long by spaces.
    Oversized(usize),
}

/// Whether a number is acted on before the client sees anything.
pub(crate) enum Acts {
    Always,
    Never,
    /// Nobody can tell from outside, so the user of the fault chooses.
    Either {
        unless_chosen: bool,
    },
}

impl Kind {
    pub(crate) fn acts(&self) -> Acts {
        match self {
            Self::AnswerThenDrop
            | Self::OneByteASecond
            | Self::WrongContentType
            | Self::Stray { .. } => Acts::Always,
            Self::DropBeforeActing | Self::StallAccept => Acts::Never,
            Self::Close | Self::Reset | Self::StallBeforeHead | Self::Garbage => Acts::Either {
                unless_chosen: false,
            },
            Self::StallInHead | Self::TruncatedHead => Acts::Either {
                unless_chosen: true,
            },
            Self::Answer { status, body, .. } => match (status, body) {
                // Here no body is sent that could say anything.
                (204, _) => Acts::Either {
                    unless_chosen: true,
                },
                // The status refuses, and the body states the success.
                (400..=499, Body::Success) => Acts::Either {
                    unless_chosen: false,
                },
                // 408 is the server's own time-out: it may have acted before it gave up.
                (400..=407 | 409..=499, _) | (200..=299, Body::Error | Body::ErrorForm(_)) => {
                    Acts::Never
                }
                (200..=299, Body::Success | Body::Oversized(_)) => Acts::Always,
                // Of Exotel's 202 the page names no field that decides.
                (202, Body::Given { bytes, .. }) if bytes == b"{}" => Acts::Always,
                (status, _) => Acts::Either {
                    unless_chosen: (200..=299).contains(status),
                },
            },
        }
    }

    /// The status of the first whole head that a client gets to see, if it does. `normal` is the status
    /// without a fault.
    pub(crate) fn status(&self, server: Server, normal: u16) -> Option<u16> {
        match self {
            Self::AnswerThenDrop
            | Self::DropBeforeActing
            | Self::Close
            | Self::Reset
            | Self::StallAccept
            | Self::StallBeforeHead
            | Self::StallInHead
            | Self::TruncatedHead
            | Self::Garbage => None,
            Self::OneByteASecond | Self::WrongContentType => {
                Some(server.reading().success.0.as_u16())
            }
            Self::Answer { status, .. } => Some(*status),
            Self::Stray { .. } => Some(normal),
        }
    }
}
