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
    StallInBody,
    OneByteASecond,
    TruncatedHead,
    TruncatedBody,
    MalformedChunk,
    Garbage,
    OversizedBody(usize),
    EndlessBody,
    WrongContentType,
    /// A whole answer that is well-formed HTTP.
    Answer {
        status: u16,
        header: Option<Header>,
        body: Body,
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
            | Self::OversizedBody(_)
            | Self::WrongContentType => Acts::Always,
            Self::DropBeforeActing | Self::StallAccept => Acts::Never,
            Self::Close | Self::Reset | Self::StallBeforeHead | Self::Garbage => Acts::Either {
                unless_chosen: false,
            },
            Self::StallInHead
            | Self::StallInBody
            | Self::TruncatedHead
            | Self::TruncatedBody
            | Self::MalformedChunk
            | Self::EndlessBody => Acts::Either {
                unless_chosen: true,
            },
            Self::Answer { status, body, .. } => match (status, body) {
                // Here no body is sent that could say anything.
                (204, _) => Acts::Either {
                    unless_chosen: true,
                },
                // 408 is the server's own time-out: it may have acted before it gave up.
                (400..=407 | 409..=499, _) | (200..=299, Body::Error | Body::ErrorForm(_)) => {
                    Acts::Never
                }
                (200..=299, Body::Success) => Acts::Always,
                // Of Exotel's 202 the page names no field that decides.
                (202, Body::Given { bytes, .. }) if bytes == b"{}" => Acts::Always,
                (status, _) => Acts::Either {
                    unless_chosen: (200..=299).contains(status),
                },
            },
        }
    }

    /// The status of the whole head that a client gets to see, if it does.
    pub(crate) fn status(&self, server: Server) -> Option<u16> {
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
            Self::StallInBody
            | Self::OneByteASecond
            | Self::TruncatedBody
            | Self::MalformedChunk
            | Self::OversizedBody(_)
            | Self::EndlessBody
            | Self::WrongContentType => Some(server.reading().success.0.as_u16()),
            Self::Answer { status, .. } => Some(*status),
        }
    }
}
