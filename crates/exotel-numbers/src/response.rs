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
        if accepted && forms.have_no_error() {
            return Parsed::Success(ReleaseNumberResponse::from_fields(body));
        }
        let status = statuses.clone().next().and_then(number);
        let failed = statuses.clone().all(|other| {
            let other = number(other);
            other == status && other.map(i64::from) >= Some(ErrorResponse::MIN_STATUS)
        });
        let error = Self::parse_error(body);
        let has_content = error.status.is_some() || error.code.is_some() || error.message.is_some();
        let states_success = forms.state_success() || is_success_word(forms.error.message);
        if failed && has_content && forms.have_known_forms() && !states_success {
            Parsed::Refused
        } else if accepted {
            Parsed::Unexpected("the body has an error in a form that Exotel is not known for")
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
        Forms::new(body).state_success()
    }

    fn hint(kind: ErrorKind) -> Option<&'static str> {
        HINTS
            .iter()
            .find(|(hinted, _)| *hinted == kind)
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

    /// The statuses that a body states, in each of its forms.
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

    /// Whether anything states success.
    fn state_success(&self) -> bool {
        let (status, word) = (self.other.status, self.enveloped.status);
        self.statuses().any(is_accepted)
            || is_accepted(status)
            || is_success_word(status)
            || is_success_word(word)
    }

    /// Whether there is no sign of an error, apart from the statuses.
    fn have_no_error(&self) -> bool {
        self.error.rest_exception.is_null()
            && self.enveloped.error_data.is_null()
            && self.have_known_forms()
            && *self.enveloped.status != "failure"
    }

    /// Whether there is no sign of an error outside the forms that Exotel is known for.
    fn have_known_forms(&self) -> bool {
        let status = self.other.status;
        let envelope = self.error.response;
        let word = self.enveloped.status;
        self.other.error.is_blank()
            && self.enveloped.error.is_blank()
            && (status.is_null() || is_accepted(status) || is_success_word(status))
            && (envelope.is_null() || envelope.is_object())
            && (word.is_null() || is_success_word(word) || *word == "failure")
    }
}

fn is_accepted(status: &Json<'_>) -> bool {
    *status == ReleaseNumberResponse::STATUS
}

fn is_success_word(word: &Json<'_>) -> bool {
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
