//! What 2Chat's page states of the call. Data, not behaviour.

use crate::VirtualNumberUuid;
use numbers_core::{Endpoint, Outcome, Vendor};
use numbers_http::{Auth, Form, lenient};

/// 2Chat, as the command and the facade name it.
pub const VENDOR: Vendor = Vendor::new("twochat");

/// The call that deletes a virtual number.
pub const ENDPOINT: Endpoint = Endpoint::new(
    VENDOR,
    "delete-virtual-number",
    "/open/voip/virtual-numbers/{virtual_number_uuid}",
)
.with_method("DELETE")
.with_success(&[(200, Outcome::Released)])
.with_docs("https://developers.2chat.co/docs/API/VoIP/delete-virtual-number")
.with_lookup("2Chat's list of virtual numbers (GET on the same path without the id, field status_text) or its dashboard")
.with_warning("The number is deleted from the 2Chat account for good.");

/// Where requests go.
pub(crate) const SERVER: &str = "https://api.p.2chat.io";

/// How 2Chat is told who asks.
pub(crate) const AUTH: Auth = Auth::Header("x-user-api-key");

/// The form of `virtual_number_uuid`.
pub(crate) const VIRTUAL_NUMBER_UUID: Form = Form::Uuid { prefix: "DID" };

/// The path of the call, below `base`.
pub(crate) fn path(base: &str, virtual_number_uuid: &VirtualNumberUuid) -> String {
    let mut path = String::with_capacity(base.len() + 28 + virtual_number_uuid.as_str().len());
    path.push_str(base);
    path.push_str("/open/voip/virtual-numbers/");
    numbers_core::push_segment(&mut path, virtual_number_uuid.as_str());
    path
}

/// The answer to a deletion that was done.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
#[non_exhaustive]
pub struct DeleteVirtualNumberResponse {
    /// `true` when the number was deleted.
    #[serde(default, deserialize_with = "lenient")]
    pub success: Option<bool>,
}

/// The answer to a deletion that was not done.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
pub(crate) struct ErrorResponse {
    /// `true` when the request failed.
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) error: Option<bool>,
    /// What went wrong.
    #[serde(default)]
    pub(crate) error_message: serde_json::Value,
    /// `false` when the request failed.
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) success: Option<bool>,
    /// What went wrong, in another form.
    #[serde(default)]
    pub(crate) message: serde_json::Value,
    /// What went wrong, in a third form.
    #[serde(default)]
    pub(crate) detail: serde_json::Value,
}
