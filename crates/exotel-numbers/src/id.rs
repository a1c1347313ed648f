use crate::wire;
use numbers_core::{Error, check_segment};
use std::str::FromStr;

numbers_http::number_id!(
    /// The sid of an ExoPhone, as Exotel's list of ExoPhones has it.
    ExophoneSid,
    wire::VENDOR,
    wire::EXOPHONE_SID
);

/// The sid of an Exotel account, from the API settings page of its dashboard. Not a secret.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AccountSid(String);

impl AccountSid {
    /// Takes the sid as Exotel writes it.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](numbers_core::ErrorKind::InvalidConfig) where it can't be one segment of a
    /// path: see [`check_segment`].
    pub fn new(sid: impl Into<String>) -> Result<Self, Error> {
        let sid = sid.into();
        match check_segment(&sid) {
            Ok(()) => Ok(Self(sid)),
            Err(why) => Err(Error::invalid_config(
                wire::VENDOR,
                format!("account_sid (EXOTEL_ACCOUNT_SID) was refused: {why}"),
            )),
        }
    }

    /// The sid.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountSid {
    type Err = Error;

    fn from_str(sid: &str) -> Result<Self, Error> {
        Self::new(sid)
    }
}
