//! The constructors of faults, by what a client receives.

use super::{
    Fault,
    kind::{Body, Effect, Header, Kind},
};
use crate::Server;

/// The connection breaks.
impl Fault {
    /// The number is released, and the connection closes without a response.
    pub fn release_then_drop() -> Self {
        Self::new("release then drop", Kind::ReleaseThenDrop)
    }

    /// The connection closes without a response, and the number is not released. A client can't tell it from
    /// [`release_then_drop`](Self::release_then_drop).
    pub fn drop_before_release() -> Self {
        Self::new("drop before release", Kind::DropBeforeRelease)
    }

    /// The server closes its side of the connection without a response, and the connection ends when the
    /// client closes the other. The release is optional; by default it is not applied.
    pub fn close() -> Self {
        Self::new("close", Kind::Close)
    }

    /// The connection is reset without a response. The release is optional; by default it is not applied.
    pub fn reset() -> Self {
        Self::new("reset", Kind::Reset)
    }
}

/// The server stalls. Each of these ends when the client leaves or the sandbox stops.
impl Fault {
    /// The connection is accepted and no request is read from it, so nothing is recorded. It never applies
    /// the release.
    ///
    /// It affects new connections: one that a client keeps open goes on.
    pub fn stall_accept() -> Self {
        Self::new("stall at accept", Kind::StallAccept)
    }

    /// The request is read, and no response begins. The release is optional; by default it is not applied.
    pub fn stall_before_response() -> Self {
        Self::new("stall before the response", Kind::StallBeforeResponse)
    }

    /// The response stops within its headers. The release is optional; by default it is applied.
    pub fn stall_in_headers() -> Self {
        Self::new("stall in the headers", Kind::StallInHeaders)
    }

    /// The vendor's complete success, one byte a second. It always applies the release.
    pub fn one_byte_a_second() -> Self {
        Self::new("one byte a second", Kind::OneByteASecond)
    }
}

/// The response has no valid headers.
impl Fault {
    /// The connection closes within the headers. The release is optional; by default it is applied.
    pub fn truncated_headers() -> Self {
        Self::new("truncated headers", Kind::TruncatedHeaders)
    }

    /// Bytes that are not HTTP, then the connection closes. The release is optional; by default it is not
    /// applied.
    pub fn garbage() -> Self {
        Self::new("garbage", Kind::Garbage)
    }
}

/// The body is damaged, under a status of your choice.
///
/// All but the last two send the complete JSON of the vendor's success. In the first four the body never ends,
/// so a client must not trust it. Whether the release is applied follows from the status, as in the next section.
impl Fault {
    /// One byte of the announced length never comes, and the connection stays open until the client leaves
    /// or the sandbox stops.
    pub fn stall_in_body(status: u16) -> Self {
        let name = format!("stall in the body under {status}");
        Self::response(name, status, None, Body::Stalled)
    }

    /// The connection closes one byte before the announced length.
    pub fn truncated_body(status: u16) -> Self {
        let name = format!("truncated body under {status}");
        Self::response(name, status, None, Body::Truncated)
    }

    /// The body comes in chunks, and the size of the second is not a number.
    pub fn malformed_chunk(status: u16) -> Self {
        let name = format!("malformed chunk under {status}");
        Self::response(name, status, None, Body::MalformedChunk)
    }

    /// Endless spaces follow, until the client leaves or the sandbox stops.
    pub fn endless_body(status: u16) -> Self {
        let name = format!("endless body under {status}");
        Self::response(name, status, None, Body::Endless)
    }

    /// The vendor's success, padded with spaces to this length. Under 2xx it always applies the release.
    pub fn oversized_body(status: u16, bytes: usize) -> Self {
        let name = format!("oversized body of {bytes} bytes under {status}");
        Self::response(name, status, None, Body::Oversized(bytes))
    }

    /// JSON of 30,000 nested arrays, under 60 KiB in all.
    pub fn deeply_nested_json(status: u16) -> Self {
        let bytes = [[b'['; 30_000], [b']'; 30_000]].concat();
        Self::body(status, "application/json", bytes).named(format!("nested JSON under {status}"))
    }

    /// JSON with strings that are not UTF-8.
    pub fn invalid_utf8(status: u16) -> Self {
        let bytes = b"{\"success\": \"\xff\xfe\", \"status\": \"\xc3\x28\"}";
        Self::body(status, "application/json", bytes).named(format!("invalid UTF-8 under {status}"))
    }
}

/// A complete response with a status of your choice, from 100 to 999.
///
/// No 4xx except 408 applies the release, unless the body is the [`success`](Self::success). Neither does an error
/// form under 2xx. In all other cases the release is optional. By default it is applied under 2xx, and not under
/// 1xx, 3xx, 408, 5xx and from 600 on: a 408 says that the server waited too long, not what it had done by then.
/// Under 1xx, 204 and 304 no body is sent; after a 1xx the connection closes.
impl Fault {
    /// The vendor's error form.
    pub fn error(status: u16) -> Self {
        Self::response(format!("error under {status}"), status, None, Body::Error)
    }

    /// One fault for each form in which this server's vendor is known to write an error.
    pub fn error_forms(server: Server, status: u16) -> Vec<Self> {
        let forms = server.spec().error_forms.iter();
        forms
            .map(|form| {
                let name = format!("error under {status} ({})", form.name);
                Self::response(name, status, None, Body::ErrorForm(*form))
            })
            .collect()
    }

    /// The vendor's success under the documented status, with the content type `text/plain`. It always applies
    /// the release.
    pub fn wrong_content_type() -> Self {
        Self::new("wrong content type", Kind::WrongContentType)
    }

    /// The body of the vendor's success, under another status than the documented one. Under 2xx it always
    /// applies the release. Under 4xx status and body contradict each other, so the release is optional; by
    /// default it is not applied.
    pub fn success(status: u16) -> Self {
        let name = format!("success under {status}");
        Self::response(name, status, None, Body::Success)
    }

    /// No body.
    pub fn empty(status: u16) -> Self {
        Self::body(status, "application/json", "").named(format!("empty under {status}"))
    }

    /// `{}`. Under 202 it always applies the release: Exotel's page names no field that decides, so it can be
    /// read as a success.
    pub fn empty_object(status: u16) -> Self {
        Self::body(status, "application/json", "{}").named(format!("empty object under {status}"))
    }

    /// An HTML page, as a proxy or a load balancer would send it.
    pub fn html(status: u16) -> Self {
        Self::response(format!("HTML under {status}"), status, None, Body::Html)
    }

    /// This body.
    pub fn body(status: u16, content_type: impl Into<String>, bytes: impl AsRef<[u8]>) -> Self {
        let body = Body::Given {
            content_type: content_type.into(),
            bytes: bytes.as_ref().to_vec(),
        };
        Self::response(format!("body under {status}"), status, None, body)
    }

    /// The vendor's error form with this `Retry-After`, unchanged: seconds, an HTTP date or an invalid value.
    pub fn retry_after(status: u16, value: impl Into<String>) -> Self {
        let value = value.into();
        let name = format!("Retry-After {value:?} under {status}");
        let header = Some(Header::RetryAfter(value));
        Self::response(name, status, header, Body::Error)
    }

    /// A redirect to this URL.
    pub fn redirect_to(status: u16, url: impl Into<String>) -> Self {
        let name = format!("{status} to a given URL");
        let header = Some(Header::Location(url.into()));
        Self::response(name, status, header, Body::Error)
    }

    /// A redirect to the same path on another host: the next server of this sandbox, under the name
    /// `localhost`. If a client follows, the [recorded requests](crate::Sandbox::requests) show it, with the
    /// headers that it sent there.
    pub fn redirect_to_other_host(status: u16) -> Self {
        let name = format!("{status} to another host");
        let header = Some(Header::LocationOtherHost);
        Self::response(name, status, header, Body::Error)
    }

    /// A redirect to the URL of the request.
    pub fn redirect_to_same_url(status: u16) -> Self {
        let name = format!("{status} to the same URL");
        Self::response(name, status, Some(Header::LocationSameUrl), Body::Error)
    }
}

/// One response too many on a connection, which goes on to serve further requests.
///
/// The request itself gets the response that it would have got without the fault, and has the same effect. A
/// client that sends another request on the connection takes the stray response for the response to that one.
impl Fault {
    /// A second response in the same packet: the vendor's success under 2xx, its error form under any other
    /// status. A 429 has `Retry-After: 0`.
    pub fn stray(status: u16) -> Self {
        let kind = Kind::Stray {
            status,
            late: false,
        };
        Self::new(format!("stray {status}"), kind)
    }

    /// As [`stray`](Self::stray), but the second response comes later: just before the response to the next
    /// request on the connection, or after 50 milliseconds if there is none.
    pub fn late_stray(status: u16) -> Self {
        let kind = Kind::Stray { status, late: true };
        Self::new(format!("stray {status}, late"), kind)
    }
}

impl Fault {
    fn new(name: impl Into<String>, kind: Kind) -> Self {
        let chosen_release = matches!(kind.effect(), Effect::Optional { default: true });
        Self {
            name: name.into(),
            kind,
            chosen_release,
        }
    }

    fn response(name: String, status: u16, header: Option<Header>, body: Body) -> Self {
        let kind = Kind::Response {
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
