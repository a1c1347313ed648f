//! The constructors of faults, by what a client meets.

use super::{
    Fault,
    kind::{Acts, Body, Header, Kind},
};
use crate::Server;

/// The connection breaks.
impl Fault {
    /// The number is acted on and the connection closed without a byte of the answer.
    pub fn answer_then_drop() -> Self {
        Self::new("answer then drop", Kind::AnswerThenDrop)
    }

    /// The connection is closed without a byte, and the number is as it was. From outside it looks like
    /// [`answer_then_drop`](Self::answer_then_drop).
    pub fn drop_before_acting() -> Self {
        Self::new("drop before acting", Kind::DropBeforeActing)
    }

    /// The server closes its side in good order without an answer, and the connection ends when the
    /// client closes the other. Acts if chosen.
    pub fn close() -> Self {
        Self::new("close", Kind::Close)
    }

    /// The connection is reset without a byte of an answer. Acts if chosen.
    pub fn reset() -> Self {
        Self::new("reset", Kind::Reset)
    }
}

/// The server falls silent. Each of these ends when the client leaves or the sandbox stops.
impl Fault {
    /// The connection is accepted and no request on it read, so nothing is recorded either. Never acts.
    ///
    /// It takes a connection as it comes in: one that a client keeps open is not touched.
    pub fn stall_accept() -> Self {
        Self::new("stall at accept", Kind::StallAccept)
    }

    /// The request is read, and no answer begins. Acts if chosen.
    pub fn stall_before_head() -> Self {
        Self::new("stall before the head", Kind::StallBeforeHead)
    }

    /// The answer stops in the middle of its head. Acts unless chosen otherwise.
    pub fn stall_in_head() -> Self {
        Self::new("stall in the head", Kind::StallInHead)
    }

    /// The vendor's success comes whole, one byte a second. Always acts.
    pub fn one_byte_a_second() -> Self {
        Self::new("one byte a second", Kind::OneByteASecond)
    }
}

/// The answer has no proper head.
impl Fault {
    /// The connection closes in the middle of the head. Acts unless chosen otherwise.
    pub fn truncated_head() -> Self {
        Self::new("truncated head", Kind::TruncatedHead)
    }

    /// Bytes that are not HTTP, then the connection closes. Acts if chosen.
    pub fn garbage() -> Self {
        Self::new("garbage", Kind::Garbage)
    }
}

/// The body is spoilt, under a status of your choice.
///
/// All send the complete JSON of the vendor's success. In the first four the body never ends, so a client must
/// not believe it. Whether the number is acted on follows from the status, as in the next section.
impl Fault {
    /// One byte of the announced length never comes, and the connection stays open until the client leaves
    /// or the sandbox stops.
    pub fn stall_in_body(status: u16) -> Self {
        let name = format!("stall in the body under {status}");
        Self::answer(name, status, None, Body::Stalled)
    }

    /// The connection closes one byte before the announced length.
    pub fn truncated_body(status: u16) -> Self {
        let name = format!("truncated body under {status}");
        Self::answer(name, status, None, Body::Truncated)
    }

    /// The body comes in chunks, and the second has no size but a word.
    pub fn malformed_chunk(status: u16) -> Self {
        let name = format!("malformed chunk under {status}");
        Self::answer(name, status, None, Body::MalformedChunk)
    }

    /// Spaces follow without end, until the client leaves or the sandbox stops.
    pub fn endless_body(status: u16) -> Self {
        let name = format!("endless body under {status}");
        Self::answer(name, status, None, Body::Endless)
    }

    /// The vendor's success, made so many bytes long by spaces. Always acts under 2xx.
    pub fn oversized_body(status: u16, bytes: usize) -> Self {
        let name = format!("oversized body of {bytes} bytes under {status}");
        Self::answer(name, status, None, Body::Oversized(bytes))
    }

    /// JSON of 30,000 arrays one within another, under 60 KiB in all. Acts unless chosen otherwise.
    pub fn deeply_nested_json(status: u16) -> Self {
        let bytes = [[b'['; 30_000], [b']'; 30_000]].concat();
        Self::body(status, "application/json", bytes).named(format!("nested JSON under {status}"))
    }

    /// JSON whose text is not UTF-8. Acts unless chosen otherwise.
    pub fn invalid_utf8(status: u16) -> Self {
        let bytes = b"{\"success\": \"\xff\xfe\", \"status\": \"\xc3\x28\"}";
        Self::body(status, "application/json", bytes).named(format!("invalid UTF-8 under {status}"))
    }
}

/// A whole answer under a status of your choice, from 100 to 999.
///
/// None of 4xx but 408 acts, save [`success`](Self::success), and none with an error form under 2xx. Others
/// under 2xx act unless chosen otherwise, those under 1xx, 3xx, 408, 5xx and from 600 on if chosen: 408 says
/// that the server waited too long, not what it had done by then. Under 1xx, 204 and 304 no body is sent;
/// after 1xx the connection closes.
impl Fault {
    /// The vendor's error form.
    pub fn error(status: u16) -> Self {
        Self::answer(format!("error under {status}"), status, None, Body::Error)
    }

    /// One fault for each form in which this server's vendor is known to write an error.
    pub fn error_forms(server: Server, status: u16) -> Vec<Self> {
        let forms = server.reading().error_forms.iter();
        forms
            .map(|form| {
                let name = format!("error under {status} ({})", form.name);
                Self::answer(name, status, None, Body::ErrorForm(*form))
            })
            .collect()
    }

    /// The vendor's success, called `text/plain`, under the documented status. Always acts.
    pub fn wrong_content_type() -> Self {
        Self::new("wrong content type", Kind::WrongContentType)
    }

    /// The body of the vendor's success, under a status that is not the documented one. Always acts
    /// under 2xx. Under 4xx status and body contradict each other, so it acts if chosen.
    pub fn success(status: u16) -> Self {
        let name = format!("success under {status}");
        Self::answer(name, status, None, Body::Success)
    }

    /// No body at all.
    pub fn empty(status: u16) -> Self {
        Self::body(status, "application/json", "").named(format!("empty under {status}"))
    }

    /// `{}`. Under 202 it always acts: Exotel's page names no field that decides, so it can be read as a
    /// success.
    pub fn empty_object(status: u16) -> Self {
        Self::body(status, "application/json", "{}").named(format!("empty object under {status}"))
    }

    /// A page in HTML, as a proxy or a balancer would send it.
    pub fn html(status: u16) -> Self {
        Self::answer(format!("HTML under {status}"), status, None, Body::Html)
    }

    /// This body.
    pub fn body(status: u16, content_type: impl Into<String>, bytes: impl AsRef<[u8]>) -> Self {
        let body = Body::Given {
            content_type: content_type.into(),
            bytes: bytes.as_ref().to_vec(),
        };
        Self::answer(format!("body under {status}"), status, None, body)
    }

    /// The vendor's error form with this `Retry-After`, as it stands: seconds, an HTTP date or nonsense.
    pub fn retry_after(status: u16, value: impl Into<String>) -> Self {
        let value = value.into();
        let name = format!("Retry-After {value:?} under {status}");
        let header = Some(Header::RetryAfter(value));
        Self::answer(name, status, header, Body::Error)
    }

    /// A redirect to this URL.
    pub fn redirect_to(status: u16, url: impl Into<String>) -> Self {
        let name = format!("{status} to a given URL");
        let header = Some(Header::Location(url.into()));
        Self::answer(name, status, header, Body::Error)
    }

    /// A redirect to the same path on another host: the next server of this sandbox, under the name
    /// `localhost`. If a client follows, the [record](crate::Sandbox::requests) shows it and the headers that
    /// it took along.
    pub fn redirect_elsewhere(status: u16) -> Self {
        let name = format!("{status} elsewhere");
        let header = Some(Header::LocationElsewhere);
        Self::answer(name, status, header, Body::Error)
    }

    /// A redirect to where the request came in.
    pub fn redirect_to_itself(status: u16) -> Self {
        let name = format!("{status} to itself");
        Self::answer(name, status, Some(Header::LocationItself), Body::Error)
    }
}

/// One response too many on a connection, which then serves further requests as ever.
///
/// The request itself gets what it would have got without the fault, and acts as it would have acted. A
/// client that sends another request on the connection takes the stray response for the answer to that one.
impl Fault {
    /// A second response in the same packet: the vendor's success under 2xx, its error form under any other
    /// status. A 429 says `Retry-After: 0`.
    pub fn stray(status: u16) -> Self {
        let kind = Kind::Stray {
            status,
            late: false,
        };
        Self::new(format!("stray {status}"), kind)
    }

    /// The same, but the second response comes later: just before that to the next request on the
    /// connection, or after a moment if there is none.
    pub fn late_stray(status: u16) -> Self {
        let kind = Kind::Stray { status, late: true };
        Self::new(format!("stray {status}, late"), kind)
    }
}

impl Fault {
    fn new(name: impl Into<String>, kind: Kind) -> Self {
        let acting = matches!(
            kind.acts(),
            Acts::Either {
                unless_chosen: true
            }
        );
        Self {
            name: name.into(),
            kind,
            acting,
        }
    }

    fn answer(name: String, status: u16, header: Option<Header>, body: Body) -> Self {
        let kind = Kind::Answer {
            status,
            header,
            body,
        };
        Self::new(name, kind)
    }

    fn named(mut self, name: String) -> Self {
        self.name = name;
        self
    }
}
