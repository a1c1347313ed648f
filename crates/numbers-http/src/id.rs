use std::fmt;

/// The format of a vendor's ids, beyond being one segment of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdFormat {
    /// No format is known.
    Opaque,
    /// A prefix and directly behind it a hyphenated UUID.
    Uuid {
        /// The prefix.
        prefix: &'static str,
    },
    /// Anything without this prefix.
    Without {
        /// The prefix.
        prefix: &'static str,
    },
}

impl IdFormat {
    /// Checks that an id has this format.
    ///
    /// # Errors
    ///
    /// What is expected, in a few words.
    pub fn check(&self, id: &str) -> Result<(), impl fmt::Display + use<>> {
        match self {
            Self::Uuid { prefix } if !id.strip_prefix(prefix).is_some_and(is_uuid) => Err(format!(
                "expected {prefix} and a hyphenated UUID directly behind it"
            )),
            Self::Without { prefix } if id.starts_with(prefix) => {
                Err(format!("expected it without the leading {prefix}"))
            }
            _ => Ok(()),
        }
    }
}

/// Five groups of hex digits with hyphens between them.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Defines the newtype of a vendor's ids: checked when it is made, masked in `Debug`.
///
/// It takes docs, name, vendor and [`IdFormat`](crate::IdFormat).
#[macro_export]
macro_rules! number_id {
    ($(#[$docs:meta])* $name:ident, $vendor:expr, $form:expr) => {
        $(#[$docs])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($crate::core::NumberId);

        impl $name {
            /// Takes the id as the vendor writes it.
            ///
            /// # Errors
            ///
            /// [`InvalidNumber`]($crate::core::ErrorKind::InvalidNumber) where it is empty, longer than
            /// 128 bytes, `.` or `..`, contains `/`, `\`, `%`, a control character or an invisible one,
            /// begins or ends with white space, or does not have the vendor's format.
            pub fn new(id: impl Into<::std::sync::Arc<str>>) -> Result<Self, $crate::core::Error> {
                Self::try_from(&$crate::core::NumberId::new(id))
            }

            /// The whole id. Keep it out of logs: it may be a phone number.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            /// The id as a [`NumberId`]($crate::core::NumberId), which all vendors share.
            pub fn as_number(&self) -> &$crate::core::NumberId {
                &self.0
            }
        }

        impl TryFrom<&$crate::core::NumberId> for $name {
            type Error = $crate::core::Error;

            fn try_from(id: &$crate::core::NumberId) -> Result<Self, Self::Error> {
                let refuse = |why: &dyn ::std::fmt::Display| {
                    $crate::core::Error::invalid_number($vendor, format!("{} was refused: {why}", id.masked()))
                };
                $crate::core::raw::check_segment(id.as_str()).map_err(|why| refuse(&why))?;
                $form.check(id.as_str()).map_err(|why| refuse(&why))?;
                Ok(Self(id.clone()))
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::core::Error;

            fn from_str(id: &str) -> Result<Self, Self::Err> {
                Self::new(id)
            }
        }

        impl From<$name> for $crate::core::NumberId {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0.masked())
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::IdFormat;

    #[test]
    fn a_uuid_is_told_from_what_only_looks_like_one() {
        let form = IdFormat::Uuid { prefix: "DID" };
        for id in [
            "DID64a54de2-8ebe-4c01-838f-a2235815dab4",
            "DID64A54DE2-8EBE-4C01-838F-A2235815DAB4",
        ] {
            assert!(form.check(id).is_ok(), "{id}");
        }
        for id in [
            "64a54de2-8ebe-4c01-838f-a2235815dab4",
            "did64a54de2-8ebe-4c01-838f-a2235815dab4",
            "DID-64a54de2-8ebe-4c01-838f-a2235815dab4",
            "DID64a54de28ebe4c01838fa2235815dab4",
            "DID64a54de2-8ebe-4c01-838f-a2235815dab",
            "DID64a54de2-8ebe-4c01-838f-a2235815dab44",
            "DID64a54de2-8ebe-4c01-838f-a2235815dabg",
            "DID64a54de28-ebe-4c01-838f-a2235815dab4",
            "DID",
        ] {
            assert!(form.check(id).is_err(), "{id}");
        }
    }

    #[test]
    fn a_prefix_to_be_left_away_is_named_in_the_refusal() {
        let form = IdFormat::Without { prefix: "+" };
        assert!(form.check("33782990580").is_ok());
        assert_eq!(
            form.check("+33782990580").unwrap_err().to_string(),
            "expected it without the leading +"
        );
    }
}
