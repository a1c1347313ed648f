//! The choice of a vendor at run time.

use numbers_core::{ConfigError, Endpoint, Releaser, Vendor};
use numbers_http::TransportOptions;
use std::ffi::OsString;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A vendor of this workspace, compiled in or not.
struct VendorEntry {
    name: &'static str,
    compiled: Option<VendorFns>,
}

/// A vendor of this build: its facts, and how its client is built.
#[derive(Clone, Copy)]
struct VendorFns {
    endpoint: &'static Endpoint,
    from_vars: FromVars,
}

type FromVars = fn(&Lookup<'_>, TransportOptions) -> Result<Arc<dyn Releaser>, ConfigError>;

type Lookup<'a> = dyn Fn(&str) -> Option<OsString> + 'a;

macro_rules! entries {
    ($($feature:literal => $vendor:ident),+ $(,)?) => {
        /// Every vendor of this workspace. A feature has the name of its vendor.
        const ENTRIES: &[VendorEntry] = &[$(VendorEntry {
            name: $feature,
            #[cfg(feature = $feature)]
            compiled: Some(VendorFns {
                endpoint: &$vendor::ENDPOINT,
                from_vars: |lookup, transport| {
                    let builder = $vendor::ClientBuilder::from_vars(lookup);
                    Ok(Arc::new(builder.with_transport(transport).build()?))
                },
            }),
            #[cfg(not(feature = $feature))]
            compiled: None,
        }),+];
    };
}

entries! {
    // generated: vendors
    "exotel" => exotel_numbers,
    "synthflow" => synthflow_numbers,
    "twochat" => twochat_voip,
    // /generated
}

/// A vendor that is compiled in, chosen at run time. Needs the feature of at least one vendor, such as `synthflow`.
///
/// ```
/// # #[cfg(feature = "synthflow")] {
/// use numbers::{CompiledVendor, TransportOptions};
/// use std::time::Duration;
///
/// let vendor: CompiledVendor = "synthflow".parse()?;
/// let transport = TransportOptions::new().with_timeout(Duration::from_secs(10));
/// let values = std::collections::HashMap::from([
///     ("SYNTHFLOW_API_KEY", "a-key-from-a-vault"),
///     ("SYNTHFLOW_BASE_URL", "http://127.0.0.1:8080/v2"),
/// ]);
/// let client = vendor.from_vars(|name| values.get(name).map(Into::into), transport)?;
/// assert_eq!(&client.vendor(), vendor.vendor());
/// assert_eq!(client.account().host(), "127.0.0.1:8080");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct CompiledVendor(VendorFns);

impl CompiledVendor {
    /// The vendor's name.
    pub const fn vendor(&self) -> &'static Vendor {
        self.0.endpoint.vendor()
    }

    /// The vendor's facts: its call, the settings of its client, its documented limit.
    pub const fn endpoint(&self) -> &'static Endpoint {
        self.0.endpoint
    }

    /// Builds a client from the environment.
    ///
    /// # Errors
    ///
    /// Every setting that is missing or can't be used.
    pub fn from_env(&self) -> Result<Arc<dyn Releaser>, ConfigError> {
        self.from_env_with(TransportOptions::new())
    }

    /// Builds a client from the environment, with these transport options.
    ///
    /// # Errors
    ///
    /// Every setting that is missing or can't be used.
    pub fn from_env_with(
        &self,
        transport: TransportOptions,
    ) -> Result<Arc<dyn Releaser>, ConfigError> {
        self.from_vars(|variable| std::env::var_os(variable), transport)
    }

    /// Builds a client from values that `lookup` finds by the names of the environment variables, which are in
    /// [`Endpoint::settings`]. No connection is made before the first release.
    ///
    /// # Errors
    ///
    /// Every setting that is missing or can't be used.
    pub fn from_vars(
        &self,
        lookup: impl Fn(&str) -> Option<OsString>,
        transport: TransportOptions,
    ) -> Result<Arc<dyn Releaser>, ConfigError> {
        (self.0.from_vars)(&lookup, transport)
    }
}

impl fmt::Debug for CompiledVendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CompiledVendor({})", self.vendor())
    }
}

impl fmt::Display for CompiledVendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.vendor(), f)
    }
}

impl PartialEq for CompiledVendor {
    fn eq(&self, other: &Self) -> bool {
        self.vendor() == other.vendor()
    }
}

impl Eq for CompiledVendor {}

/// The vendors that are compiled in. Needs the feature of at least one.
pub fn vendors() -> impl Iterator<Item = CompiledVendor> {
    let compiled = ENTRIES.iter().filter_map(|entry| entry.compiled);
    compiled.map(CompiledVendor)
}

impl FromStr for CompiledVendor {
    type Err = UnknownVendor;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let entry = ENTRIES.iter().find(|entry| entry.name == name);
        match entry.and_then(|entry| entry.compiled) {
            Some(compiled) => Ok(Self(compiled)),
            None => Err(UnknownVendor {
                // It is shown in the message.
                name: numbers_core::raw::printable(name)
                    .chars()
                    .take(40)
                    .collect(),
                feature: entry.map(|entry| entry.name),
            }),
        }
    }
}

/// The error for a name that is not a vendor of this build. Needs the feature of at least one vendor.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownVendor {
    name: String,
    feature: Option<&'static str>,
}

impl UnknownVendor {
    /// The name, cut to 40 characters, without control characters.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The feature of the crate `numbers` that would add the vendor, where there is one.
    pub const fn feature(&self) -> Option<&'static str> {
        self.feature
    }
}

impl fmt::Display for UnknownVendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        if let Some(feature) = self.feature {
            return write!(
                f,
                "the vendor {name} is not compiled in; the feature `{feature}` of the crate `numbers` adds it"
            );
        }
        let names: Vec<_> = vendors().map(|vendor| vendor.to_string()).collect();
        write!(
            f,
            "unknown vendor `{name}`; expected one of: {}",
            names.join(", ")
        )
    }
}

/// As `Display`: it is fit to be returned from `main`.
impl fmt::Debug for UnknownVendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for UnknownVendor {}
