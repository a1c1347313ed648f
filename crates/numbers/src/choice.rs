//! The choice of a vendor at run time.

use numbers_core::{Endpoint, Error, Releaser, Vendor};
use std::ffi::OsString;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// A vendor of this workspace, whether it is compiled in or not.
struct Known {
    name: &'static str,
    /// The vendor in this build: its endpoint, and how its client is made.
    built: Option<Built>,
}

#[derive(Clone, Copy)]
struct Built {
    endpoint: &'static Endpoint,
    connect: Connect,
}

type Connect = fn(&Lookup<'_>, Option<Duration>) -> Result<Arc<dyn Releaser>, Error>;

type Lookup<'a> = dyn Fn(&str) -> Option<OsString> + 'a;

macro_rules! known {
    ($($feature:literal => $vendor:ident),+ $(,)?) => {
        /// Every vendor of this workspace. A feature has the name of its vendor.
        const KNOWN: &[Known] = &[$(Known {
            name: $feature,
            #[cfg(feature = $feature)]
            built: Some(Built {
                endpoint: &$vendor::ENDPOINT,
                connect: |lookup, timeout| {
                    let mut builder = $vendor::ClientBuilder::from_vars(lookup)?;
                    if let Some(timeout) = timeout {
                        builder = builder.timeout(timeout);
                    }
                    Ok(Arc::new(builder.build()?))
                },
            }),
            #[cfg(not(feature = $feature))]
            built: None,
        }),+];
    };
}

known! {
    // generated: vendors
    "exotel" => exotel_numbers,
    "synthflow" => synthflow_numbers,
    "twochat" => twochat_voip,
    // /generated
}

/// A vendor that is compiled in, chosen at run time.
#[derive(Clone, Copy)]
pub struct Choice {
    built: Built,
    timeout: Option<Duration>,
}

impl Choice {
    const fn new(built: Built) -> Self {
        Self {
            built,
            timeout: None,
        }
    }

    /// The vendor's name.
    pub const fn vendor(&self) -> Vendor {
        self.built.endpoint.vendor()
    }

    /// What the vendor documents of its call.
    pub const fn endpoint(&self) -> &'static Endpoint {
        self.built.endpoint
    }

    /// Sets the longest that one request of the client may take, 30 seconds unless set: see
    /// `timeout` of the vendor's own builder. A time-out of zero is refused when the client is made.
    #[must_use]
    pub const fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Makes a client from the environment.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](numbers_core::ErrorKind::InvalidConfig); the message names the variable or
    /// the field and says what is expected.
    pub fn from_env(&self) -> Result<Arc<dyn Releaser>, Error> {
        self.from_vars(|name| std::env::var_os(name))
    }

    /// Makes a client from values that a program has from elsewhere, under the names that the
    /// environment would give them.
    ///
    /// ```
    /// # #[cfg(feature = "synthflow")] {
    /// let values = std::collections::HashMap::from([
    ///     ("SYNTHFLOW_API_KEY", "a-key-from-a-vault"),
    ///     ("SYNTHFLOW_BASE_URL", "http://127.0.0.1:8080/v2"),
    /// ]);
    /// let choice: numbers::Choice = "synthflow".parse()?;
    /// let client = choice.from_vars(|name| values.get(name).map(Into::into))?;
    /// assert_eq!(client.vendor(), choice.vendor());
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`from_env`](Self::from_env).
    pub fn from_vars(
        &self,
        lookup: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Arc<dyn Releaser>, Error> {
        (self.built.connect)(&lookup, self.timeout)
    }
}

impl fmt::Debug for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Choice({})", self.vendor())
    }
}

/// The vendors that are compiled in.
pub fn vendors() -> impl Iterator<Item = Choice> {
    KNOWN
        .iter()
        .filter_map(|known| known.built.map(Choice::new))
}

impl FromStr for Choice {
    type Err = UnknownVendor;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = KNOWN.iter().find(|known| known.name == name);
        match known {
            Some(Known {
                built: Some(built), ..
            }) => Ok(Self::new(*built)),
            Some(known) => Err(UnknownVendor {
                feature: Some(known.name),
            }),
            None => Err(UnknownVendor { feature: None }),
        }
    }
}

/// A name that is no vendor of this build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownVendor {
    feature: Option<&'static str>,
}

impl UnknownVendor {
    /// The feature of the crate `numbers` that would add the vendor, where there is one.
    pub const fn feature(&self) -> Option<&'static str> {
        self.feature
    }
}

impl fmt::Display for UnknownVendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(feature) = self.feature {
            return write!(
                f,
                "the vendor {feature} is not compiled in; the feature `{feature}` of the crate `numbers` adds it"
            );
        }
        let names: Vec<_> = vendors().map(|choice| choice.vendor().as_str()).collect();
        match names.as_slice() {
            [] => {
                let features: Vec<_> = KNOWN.iter().map(|known| known.name).collect();
                write!(
                    f,
                    "unknown vendor; none is compiled in: the crate `numbers` has the features {}",
                    features.join(", ")
                )
            }
            names => write!(f, "unknown vendor; expected one of: {}", names.join(", ")),
        }
    }
}

impl std::error::Error for UnknownVendor {}
