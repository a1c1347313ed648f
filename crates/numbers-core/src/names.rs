//! Names that people type and programs store, such as those of an outcome or a region.

use crate::text::clean_to;
use std::fmt;

/// The error for a name that is not one of those expected.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownName {
    what: &'static str,
    name: Box<str>,
    expected: &'static [&'static str],
}

impl UnknownName {
    /// An unknown `what`, such as a region, called `name`. The name is cleaned and cut for display.
    pub fn new(what: &'static str, name: &str, expected: &'static [&'static str]) -> Self {
        Self {
            what,
            name: clean_to(name, 40).into(),
            expected,
        }
    }

    /// The name, cut to 40 characters, without control characters.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The names that are known.
    pub fn expected(&self) -> &'static [&'static str] {
        self.expected
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown {}: `{}`", self.what, self.name)?;
        if self.expected.is_empty() {
            return Ok(());
        }
        write!(f, "; expected one of: {}", self.expected.join(", "))
    }
}

impl fmt::Debug for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for UnknownName {}

/// Implements the names of an enum: `ALL`, `as_str`, `Display`, `FromStr`, and with the calling crate's feature
/// `serde` also `Serialize` and `Deserialize`.
#[doc(hidden)]
#[macro_export]
macro_rules! named_enum {
    ($name:ident, $what:literal, { $($variant:ident => $text:literal),+ $(,)? }) => {
        impl $name {
            /// Every variant.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            const NAMES: &'static [&'static str] = &[$($text),+];

            /// The name, in lower case.
            pub const fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::UnknownName;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                match name {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($crate::UnknownName::new($what, name, Self::NAMES)),
                }
            }
        }

        $crate::named_serde!($name);
    };
}

/// Implements serde for a type by its name.
#[doc(hidden)]
#[macro_export]
macro_rules! named_serde {
    ($name:ident) => {
        /// Needs the feature `serde`.
        #[cfg(feature = "serde")]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        /// Needs the feature `serde`.
        #[cfg(feature = "serde")]
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let name = <String as ::serde::Deserialize>::deserialize(from)?;
                name.parse().map_err(::serde::de::Error::custom)
            }
        }
    };
}
