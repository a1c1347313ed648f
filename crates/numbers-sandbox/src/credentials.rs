//! What a request must present to be let in.
//!
//! The values are made up, the same for every sandbox and every region, and open no door anywhere
//! else. Give them to the client under test the way it takes real ones.

/// The key that 2Chat's endpoint takes in the header `X-User-API-Key`.
pub const TWOCHAT_API_KEY: &str = "UAK-sandbox-2chat";

/// The key that Synthflow's endpoints take as `Authorization: Bearer <key>`.
pub const SYNTHFLOW_API_KEY: &str = "sandbox-synthflow-key";

/// The API key that Exotel's endpoints take as the user of HTTP Basic.
pub const EXOTEL_API_KEY: &str = "sandbox-exotel-key";

/// The API token that Exotel's endpoints take as the password of HTTP Basic.
pub const EXOTEL_API_TOKEN: &str = "sandbox-exotel-token";

/// The account SID that Exotel's endpoints expect in the path.
pub const EXOTEL_ACCOUNT_SID: &str = "sandbox";
