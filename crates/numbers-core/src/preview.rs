use crate::{NumberId, Vendor};
use std::fmt;

/// What a release would send, secrets masked: method, URL and the headers that the client sets. The HTTP stack
/// adds its own (`host`, `accept: */*`), and those that the caller configured.
///
/// `Display` prints all of it, for a person. The URL can contain a phone number, so `Debug` leaves it out.
///
/// ```
/// use numbers_core::{NumberId, Preview, Vendor};
///
/// let preview = Preview::new(Vendor::new("acme"), NumberId::new("33782990580"), "DELETE", "https://acme.example/numbers/33782990580")
///     .with_header("authorization", "Bearer ***");
/// assert_eq!(preview.to_string(), "DELETE https://acme.example/numbers/33782990580\nauthorization: Bearer ***");
/// assert!(!format!("{preview:?}").contains("33782990580"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Preview {
    vendor: Vendor,
    number: NumberId,
    method: Box<str>,
    url: Box<str>,
    headers: Vec<(Box<str>, Box<str>)>,
}

impl Preview {
    /// A request by its method and URL.
    pub fn new(
        vendor: Vendor,
        number: NumberId,
        method: impl Into<Box<str>>,
        url: impl Into<Box<str>>,
    ) -> Self {
        Self {
            vendor,
            number,
            method: method.into(),
            url: url.into(),
            headers: Vec::new(),
        }
    }

    /// Adds a header. Mask a secret value first.
    pub fn with_header(mut self, name: impl Into<Box<str>>, value: impl Into<Box<str>>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The vendor.
    pub const fn vendor(&self) -> &Vendor {
        &self.vendor
    }

    /// The number.
    pub const fn number(&self) -> &NumberId {
        &self.number
    }

    /// The HTTP method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The whole URL. Keep it out of logs: it may contain a phone number.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The headers by name and value, secrets masked.
    pub fn headers(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (&**name, &**value))
    }
}

impl fmt::Display for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.url)?;
        self.headers()
            .try_for_each(|(name, value)| write!(f, "\n{name}: {value}"))
    }
}

impl fmt::Debug for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Preview")
            .field("vendor", &self.vendor)
            .field("number", &self.number)
            .field("method", &self.method)
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}
