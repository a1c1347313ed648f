use std::fmt;

/// The account that a releaser acts for, as far as it can be shown: the host, the account's name where that is
/// no secret, and a fingerprint of the credential.
///
/// Store it with the numbers that are to be released, and compare before you release them. `Serialize` and
/// `Deserialize` need the feature `serde`.
///
/// ```
/// use numbers_core::Account;
///
/// let account = Account::new("api.example").with_name("acme1").with_fingerprint(0x5eed_1234);
/// assert_eq!(account.to_string(), "api.example, account acme1, credential 5eed1234");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Account {
    host: Box<str>,
    #[cfg_attr(feature = "serde", serde(default))]
    name: Option<Box<str>>,
    #[cfg_attr(feature = "serde", serde(default))]
    fingerprint: Option<Fingerprint>,
}

/// Eight hexadecimal digits wherever it is shown or stored, so that it can be compared by eye.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Fingerprint(u32);

impl Account {
    /// An account at this host, with its port where that is not the default one.
    pub fn new(host: impl Into<String>) -> Self {
        Self {
            host: host.into().into(),
            name: None,
            fingerprint: None,
        }
    }

    /// Sets the account's name at the vendor, which must not be a secret.
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into().into());
        self
    }

    /// Sets a fingerprint of the credential: 32 bits of a cryptographic hash of it.
    pub const fn with_fingerprint(mut self, fingerprint: u32) -> Self {
        self.fingerprint = Some(Fingerprint(fingerprint));
        self
    }

    /// The host, with its port where that is not the default one.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The account's name at the vendor, where that is no secret.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The fingerprint of the credential: 32 bits, which tell two credentials apart. Show it as `{:08x}`, as
    /// `Display`, `Debug` and serde do.
    pub const fn fingerprint(&self) -> Option<u32> {
        match self.fingerprint {
            Some(Fingerprint(fingerprint)) => Some(fingerprint),
            None => None,
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.host)?;
        if let Some(name) = &self.name {
            write!(f, ", account {name}")?;
        }
        if let Some(fingerprint) = self.fingerprint {
            write!(f, ", credential {fingerprint}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Fingerprint {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Fingerprint {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let digits = <String as serde::Deserialize>::deserialize(from)?;
        match u32::from_str_radix(&digits, 16).map(Self) {
            // One way to write it: no sign, no leading zeros left out.
            Ok(fingerprint) if fingerprint.to_string() == digits => Ok(fingerprint),
            _ => Err(serde::de::Error::custom(
                "a fingerprint is eight lower-case hexadecimal digits",
            )),
        }
    }
}
