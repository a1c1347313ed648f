//! The lines of the document.

use numbers_core::{Account, UnknownName, Vendor};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

/// The version of the document that this crate writes, and the only one that it reads.
pub(super) const VERSION: u32 = 1;

/// The longest line of a document, in bytes.
pub(super) const MAX_LINE: u64 = 64 * 1024;

/// The first line of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header(pub(super) HeaderLine);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeaderLine {
    pub(super) version: u32,
    pub(super) vendor: Vendor,
    pub(super) account: Account,
    #[serde(with = "rfc3339")]
    pub(super) created: SystemTime,
    pub(super) count: u64,
}

impl Header {
    pub(super) fn new(vendor: Vendor, account: Account, count: u64) -> Self {
        let now = SystemTime::now();
        let whole_seconds = now
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        Self(HeaderLine {
            version: VERSION,
            vendor,
            account,
            created: SystemTime::UNIX_EPOCH + Duration::from_secs(whole_seconds),
            count,
        })
    }

    /// Whether the numbers are at this vendor, and in an account of this host and name.
    pub(crate) fn is_of(&self, vendor: &Vendor, account: &Account) -> bool {
        let planned = &self.0.account;
        self.0.vendor == *vendor
            && (planned.host(), planned.name()) == (account.host(), account.name())
    }

    /// The vendor that holds the numbers.
    pub fn vendor(&self) -> &Vendor {
        &self.0.vendor
    }

    /// The account that holds the numbers.
    pub fn account(&self) -> &Account {
        &self.0.account
    }

    /// When the plan was made, in whole seconds.
    pub fn created(&self) -> SystemTime {
        self.0.created
    }

    /// How many numbers it has.
    pub fn count(&self) -> u64 {
        self.0.count
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberLine<'a> {
    #[serde(borrow)]
    pub(super) number: std::borrow::Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LastLine {
    pub(super) sha256: String,
}

/// The SHA-256 of a plan's bytes before its last line. It names the plan in a journal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanHash([u8; 32]);

impl PlanHash {
    pub(super) fn finish(hash: hmac_sha256::Hash) -> Self {
        Self(hash.finalize())
    }
}

/// 64 hexadecimal digits.
impl fmt::Display for PlanHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for PlanHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PlanHash({self})")
    }
}

impl FromStr for PlanHash {
    type Err = UnknownName;

    /// Reads 64 lower-case hexadecimal digits.
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let unknown = || UnknownName::new("hash of a plan", text, &[]);
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        if text.len() != 64 {
            return Err(unknown());
        }
        let mut hash = [0; 32];
        for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = match pair {
                [high, low] => digit(*high).zip(digit(*low)),
                _ => None,
            }
            .map(|(high, low)| high << 4 | low)
            .ok_or_else(unknown)?;
        }
        Ok(Self(hash))
    }
}

mod rfc3339 {
    use serde::{Deserialize, Deserializer, Serializer};
    use std::time::SystemTime;

    pub(super) fn serialize<S: Serializer>(time: &SystemTime, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&humantime::format_rfc3339_seconds(*time))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SystemTime, D::Error> {
        let text = String::deserialize(from)?;
        humantime::parse_rfc3339(&text).map_err(serde::de::Error::custom)
    }
}
