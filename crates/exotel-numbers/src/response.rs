//! How Exotel's responses are read.

use crate::wire::{
    ENDPOINT, Enveloped, ErrorData, ErrorResponse, HINTS, OtherError, ReleaseNumberResponse,
    RestException,
};
use numbers_core::{Endpoint, ErrorKind};
use numbers_http::{Json, Parsed, ResponseParser, VendorError};

/// Reads Exotel's responses.
#[derive(Debug, Clone, Copy)]
pub struct ReleaseNumber;

impl ResponseParser for ReleaseNumber {
    type Success = ReleaseNumberResponse;

    const ENDPOINT: Endpoint = ENDPOINT;

    fn parse_success(body: &Json<'_>) -> Parsed<Self::Success> {
        let forms = Forms::new(body);
        let statuses = forms.statuses();
        let accepted = statuses.clone().all(is_accepted);
        if accepted && forms.are_silent() {
            return Parsed::Success(ReleaseNumberResponse::from_fields(body));
        }
        let status = statuses.clone().next().and_then(number);
        let failed = statuses.clone().all(|other| {
            let other = number(other);
            other == status && other.map(i64::from) >= Some(ErrorResponse::MIN_STATUS)
        });
        let error = Self::parse_error(body);
        let has_content = error.status.is_some() || error.code.is_some() || error.message.is_some();
        let says_success = forms.say_success() || says_success(forms.error.message);
        if failed && has_content && forms.are_known() && !says_success {
            Parsed::Refused
        } else if accepted {
            Parsed::Unexpected(
                "the body speaks of an error, but not in a form that Exotel is known for",
            )
        } else {
            Parsed::Unexpected(ReleaseNumberResponse::UNCONFIRMED)
        }
    }

    fn parse_error(body: &Json<'_>) -> VendorError {
        let forms = Forms::new(body);
        let (code, messages) = if !forms.error.rest_exception.is_null() {
            let exception = &forms.exception;
            (exception.code, [exception.message, &Json::Null])
        } else if !forms.enveloped.error_data.is_null() {
            let data = ErrorData::from_fields(forms.enveloped.error_data);
            (data.code, [data.message, data.description])
        } else {
            (&Json::Null, [forms.error.message, forms.other.error])
        };
        VendorError {
            status: forms.statuses().find_map(number),
            code: code.text(),
            message: messages.into_iter().find_map(Json::text),
            request_id: forms.error.request_id.text(),
        }
    }

    fn states_success(body: &Json<'_>) -> bool {
        Forms::new(body).say_success()
    }

    fn hint(kind: ErrorKind) -> Option<&'static str> {
        HINTS
            .iter()
            .find(|(trap, _)| *trap == kind)
            .map(|(_, hint)| *hint)
    }
}

/// A body in each of the forms that an error may have.
struct Forms<'a> {
    error: ErrorResponse<'a>,
    exception: RestException<'a>,
    enveloped: Enveloped<'a>,
    other: OtherError<'a>,
}

impl<'a> Forms<'a> {
    fn new(body: &'a Json<'a>) -> Self {
        let error = ErrorResponse::from_fields(body);
        Self {
            exception: RestException::from_fields(error.rest_exception),
            enveloped: Enveloped::from_fields(error.response),
            other: OtherError::from_fields(body),
            error,
        }
    }

    /// The statuses that a body gives itself, in each of its forms.
    fn statuses(&self) -> impl Iterator<Item = &'a Json<'a>> + Clone + use<'a> {
        [
            self.exception.status,
            self.error.http_code,
            self.enveloped.code,
            self.error.status,
        ]
        .into_iter()
        .filter(|status| !status.is_null())
    }

    /// Whether anything speaks of success.
    fn say_success(&self) -> bool {
        let (status, word) = (self.other.status, self.enveloped.status);
        self.statuses().any(is_accepted)
            || is_accepted(status)
            || says_success(status)
            || says_success(word)
    }

    /// Whether nothing but the statuses speaks of an error.
    fn are_silent(&self) -> bool {
        self.error.rest_exception.is_null()
            && self.enveloped.error_data.is_null()
            && self.are_known()
            && *self.enveloped.status != "failure"
    }

    /// Whether nothing speaks of an error outside the forms that Exotel is known for.
    fn are_known(&self) -> bool {
        let status = self.other.status;
        let envelope = self.error.response;
        let word = self.enveloped.status;
        self.other.error.is_silent()
            && self.enveloped.error.is_silent()
            && (status.is_null() || is_accepted(status) || says_success(status))
            && (envelope.is_null() || envelope.is_object())
            && (word.is_null() || says_success(word) || *word == "failure")
    }
}

fn is_accepted(status: &Json<'_>) -> bool {
    *status == ReleaseNumberResponse::STATUS
}

fn says_success(word: &Json<'_>) -> bool {
    let words = ["accepted", "ok", "success"];
    word.as_str()
        .is_some_and(|text| words.iter().any(|word| text.eq_ignore_ascii_case(word)))
}

/// A status, written as a number or as text.
fn number(status: &Json<'_>) -> Option<u16> {
    match status {
        Json::String(text) => text.parse().ok(),
        _ => status.as_i64()?.try_into().ok(),
    }
}
