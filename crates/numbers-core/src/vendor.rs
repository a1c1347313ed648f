use crate::UnknownName;
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// The short name of a vendor, such as `twochat`.
///
/// Not an enum: a vendor crate outside this workspace names itself. A name can also be read from a file.
///
/// ```
/// use numbers_core::Vendor;
///
/// const ACME: Vendor = Vendor::new("acme");
/// assert_eq!(ACME.as_str(), "acme");
/// assert_eq!("acme".parse::<Vendor>(), Ok(ACME));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vendor(Cow<'static, str>);

impl Vendor {
    /// A vendor's name: short, of lower-case ASCII letters, digits, `-` and `_`.
    /// [`from_str`](Self::from_str) reads no other.
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Vendor {
    type Err = UnknownName;

    /// Reads a name of 1 to 64 lower-case ASCII letters, digits, `-` and `_`.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let fits = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        if (1..=64).contains(&name.len()) && name.bytes().all(fits) {
            Ok(Self(Cow::Owned(name.to_owned())))
        } else {
            Err(UnknownName::new("vendor", name, &[]))
        }
    }
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Vendor({})", self.0)
    }
}

named_serde!(Vendor);
