//! The credentials that a request must have.
//!
//! The values are made up, and the same for every sandbox and every region. Pass them to the client under test
//! in place of real ones.

/// The key that 2Chat's endpoint expects in the header `X-User-API-Key`.
pub const TWOCHAT_API_KEY: &str = "UAK-sandbox-2chat";

/// The key that Synthflow's endpoints expect as `Authorization: Bearer <key>`.
pub const SYNTHFLOW_API_KEY: &str = "sandbox-synthflow-key";

/// The API key that Exotel's endpoints expect as the user of HTTP Basic.
pub const EXOTEL_API_KEY: &str = "sandbox-exotel-key";

/// The API token that Exotel's endpoints expect as the password of HTTP Basic.
pub const EXOTEL_API_TOKEN: &str = "sandbox-exotel-token";

/// The account SID that Exotel's endpoints expect in the path.
pub const EXOTEL_ACCOUNT_SID: &str = "sandbox";
