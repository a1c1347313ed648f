use std::fmt;

/// The short name of a vendor, such as `twochat`.
///
/// An open newtype and not an enum: a vendor crate outside this workspace names itself.
///
/// ```
/// use numbers_core::Vendor;
///
/// const ACME: Vendor = Vendor::new("acme");
/// assert_eq!(ACME.as_str(), "acme");
/// assert_eq!(ACME.to_string(), "acme");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vendor(&'static str);

impl Vendor {
    /// Names a vendor. By custom the name is short, lower case and without spaces, since people
    /// type it and programs compare it.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name.
    pub const fn as_str(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl fmt::Debug for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Vendor({})", self.0)
    }
}
