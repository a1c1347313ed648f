use std::collections::BTreeSet;

use super::Fault;
use crate::Server;

/// Statuses of every class: the registered ones, among them all that the vendors list, and some others.
const STATUSES: [u16; 84] = [
    100, 101, 102, 103, 199, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 299, 300, 301, 302,
    303, 304, 305, 307, 308, 399, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412,
    413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 444, 451, 486, 499,
    500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 520, 521, 522, 523, 524, 525, 526, 527,
    530, 598, 599, 600, 666, 777, 900, 999,
];

const REDIRECTS: [u16; 5] = [301, 302, 303, 307, 308];

/// Seconds, dates in the past and in the far future, and invalid values.
const RETRY_AFTER: [&str; 8] = [
    "0",
    "1",
    "99999999999999999999",
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "-1",
    "soon",
    "",
];

impl Fault {
    /// Every fault that a server can have, for tests that go through all of them.
    ///
    /// A fault whose [effect is optional](Self::has_optional_effect) is there twice, with and without the release.
    /// Each has a name of its own. Some never end: give your client a time-out.
    pub fn all(server: Server) -> Vec<Self> {
        let mut all = vec![
            Self::release_then_drop(),
            Self::drop_before_release(),
            Self::close(),
            Self::reset(),
            Self::stall_accept(),
            Self::stall_before_response(),
            Self::stall_in_headers(),
            Self::one_byte_a_second(),
            Self::truncated_headers(),
            Self::garbage(),
            Self::wrong_content_type(),
        ];
        let success = server.spec().success.0.as_u16();
        for status in [success, 302, 404, 408, 429, 500] {
            all.push(Self::stall_in_body(status));
            all.push(Self::truncated_body(status));
            all.push(Self::malformed_chunk(status));
            all.push(Self::endless_body(status));
            all.push(Self::oversized_body(status, 64 * 1024 + 1));
        }
        for status in [success, 404, 429] {
            all.push(Self::stray(status));
            all.push(Self::late_stray(status));
        }
        for status in [success, 404, 500] {
            all.push(Self::deeply_nested_json(status));
            all.push(Self::invalid_utf8(status));
            all.push(Self::empty(status));
            all.push(Self::empty_object(status));
            all.push(Self::html(status));
        }
        all.push(Self::empty(204));
        all.extend(
            [200, 201, 202]
                .into_iter()
                .filter(|status| *status != success)
                .map(Self::success),
        );
        all.extend([400, 404, 409, 429].map(Self::success));
        all.extend(STATUSES.map(Self::error));
        for status in BTreeSet::from([200, success, 400, 500]) {
            all.extend(Self::error_forms(server, status));
        }
        for status in REDIRECTS {
            all.push(Self::redirect_to_other_host(status));
            all.push(Self::redirect_to_same_url(status));
        }
        for status in [429, 503] {
            all.extend(RETRY_AFTER.map(|value| Self::retry_after(status, value)));
        }
        all.into_iter().flat_map(Self::with_both_effects).collect()
    }

    /// The fault, with and without the release if both can happen.
    fn with_both_effects(self) -> Vec<Self> {
        if self.has_optional_effect() {
            vec![self.clone().with_release(false), self.with_release(true)]
        } else {
            vec![self]
        }
    }
}
