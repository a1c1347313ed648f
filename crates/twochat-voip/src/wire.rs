//! What 2Chat states of its call. Data, not behaviour.
//!
//! Written by `cargo xtask codegen` from `contract/openapi.yaml`; a change belongs there.
//! SHA-256 of the contract: `db86db2516198591a8bce6421e0035789445becf0b7e785b735377fe3c609815`.

use crate::VirtualNumberUuid;
use numbers_core::raw::push_segment;
use numbers_core::{Endpoint, Outcome, Setting, Vendor};
use numbers_http::serde_json::Value;
use numbers_http::{Auth, IdFormat};

/// 2Chat, as the command and the facade name it.
pub const VENDOR: Vendor = Vendor::new("twochat");

/// Delete a virtual number: the call as 2Chat documents it. Its answers: `200` (released),
/// `default`.
pub const ENDPOINT: Endpoint = Endpoint::new(
    VENDOR,
    "delete-virtual-number",
    "/open/voip/virtual-numbers/{virtual_number_uuid}",
)
.with_method("DELETE")
.with_success(&[(200, Outcome::Released)])
.with_responses(&["200", "default"])
.with_docs("https://developers.2chat.co/docs/API/Virtual-Phone-Numbers/delete-virtual-number")
.with_lookup(concat!(
    "2Chat's list of virtual numbers (GET on the same path without the id, field ",
    "status_text) or its dashboard"
))
.with_warning(concat!(
    "The number is deleted from the 2Chat account. It is gone for good, as far as is ",
    "known; no call brings it back."
))
.with_id_example("DID64a54de2-8ebe-4c01-838f-a2235815dab4")
.with_requests_per_minute(10)
.with_settings(SETTINGS);

/// Where requests go.
pub(crate) const SERVER: &str = "https://api.p.2chat.io";

/// How 2Chat is told who asks.
pub(crate) const AUTH: Auth = Auth::Header("x-user-api-key");

/// The setting `TWOCHAT_API_KEY`.
pub(crate) const API_KEY: Setting =
    Setting::new("api_key", "TWOCHAT_API_KEY", "The API key.").secret();

/// The setting `TWOCHAT_BASE_URL`.
pub(crate) const BASE_URL: Setting =
    Setting::new("base_url", "TWOCHAT_BASE_URL", "Replaces the server.").optional();

/// The settings of the client.
const SETTINGS: &[Setting] = &[API_KEY, BASE_URL];

/// The form of `virtual_number_uuid`, such as `DID64a54de2-8ebe-4c01-838f-a2235815dab4`. The UUID
/// of the virtual number, from the list of virtual numbers.
pub(crate) const VIRTUAL_NUMBER_UUID: IdFormat = IdFormat::Uuid { prefix: "DID" };

/// The path of the call, below `base`.
pub(crate) fn path(base: &str, virtual_number_uuid: &VirtualNumberUuid) -> String {
    let mut path = base.to_owned();
    path.push_str("/open/voip/virtual-numbers/");
    push_segment(&mut path, virtual_number_uuid.as_str());
    path
}

/// The answer to a deletion that was done.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct DeleteVirtualNumberResponse {
    /// Whether the number was deleted.
    pub success: Option<bool>,
}

impl DeleteVirtualNumberResponse {
    /// Takes the fields of a JSON object.
    pub(crate) fn from_fields(fields: &Value) -> Self {
        Self {
            success: fields["success"].as_bool(),
        }
    }
}

impl DeleteVirtualNumberResponse {
    /// The value of `success` here.
    pub(crate) const SUCCESS: bool = true;

    /// What is wrong with a body that is not this answer.
    pub(crate) const UNCONFIRMED: &str = "the body does not say \"success\": true";
}

/// The answer to a deletion that was not done.
#[derive(Debug)]
pub(crate) struct ErrorResponse<'a> {
    /// Whether the request failed.
    pub(crate) error: &'a Value,
    /// What went wrong.
    pub(crate) error_message: &'a Value,
    /// Whether the number was deleted.
    pub(crate) success: &'a Value,
    /// What went wrong, in another form.
    pub(crate) message: &'a Value,
    /// What went wrong, in a third form.
    pub(crate) detail: &'a Value,
}

impl<'a> ErrorResponse<'a> {
    /// Takes the fields of a JSON object; what is no object has none of them.
    pub(crate) fn from_fields(fields: &'a Value) -> Self {
        Self {
            error: &fields["error"],
            error_message: &fields["error_message"],
            success: &fields["success"],
            message: &fields["message"],
            detail: &fields["detail"],
        }
    }
}

impl ErrorResponse<'_> {
    /// The value of `error` here.
    pub(crate) const ERROR: bool = true;

    /// The value of `success` here.
    pub(crate) const SUCCESS: bool = false;
}
