use crate::{Setting, Vendor};
use std::fmt;

/// Why a client could not be built: every setting that is missing or invalid, by field and variable, and never a
/// value.
pub struct ConfigError(Box<Inner>);

struct Inner {
    vendor: Vendor,
    problems: Vec<ConfigProblem>,
}

/// What is wrong with a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConfigErrorKind {
    /// The setting is required, and was not given.
    Missing,
    /// The value can't be used.
    Invalid,
}

named_enum!(ConfigErrorKind, "kind of a configuration error", {
    Missing => "missing",
    Invalid => "invalid",
});

/// One setting that is missing or invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    kind: ConfigErrorKind,
    field: Option<&'static str>,
    variable: Option<&'static str>,
    reason: Box<str>,
}

impl ConfigProblem {
    /// A required setting that was not given.
    pub fn missing(setting: &Setting) -> Self {
        let reason = match setting.values() {
            [] => String::new(),
            values => format!("expected one of: {}", values.join(", ")),
        };
        Self {
            kind: ConfigErrorKind::Missing,
            field: Some(setting.field()),
            variable: Some(setting.variable()),
            reason: reason.into(),
        }
    }

    /// A setting whose value can't be used. `reason` completes a sentence that begins with the setting, such
    /// as "is not a URL", and does not repeat the value.
    pub fn invalid(setting: &Setting, reason: impl Into<String>) -> Self {
        Self {
            variable: Some(setting.variable()),
            ..Self::invalid_field(setting.field(), reason)
        }
    }

    /// A field without a variable whose value can't be used.
    pub fn invalid_field(field: &'static str, reason: impl Into<String>) -> Self {
        Self {
            kind: ConfigErrorKind::Invalid,
            field: Some(field),
            variable: None,
            reason: reason.into().into(),
        }
    }

    /// An environment variable without a field whose value can't be used.
    pub fn invalid_variable(variable: &'static str, reason: impl Into<String>) -> Self {
        Self {
            kind: ConfigErrorKind::Invalid,
            field: None,
            variable: Some(variable),
            reason: reason.into().into(),
        }
    }

    /// Whether the setting is missing or invalid.
    pub const fn kind(&self) -> ConfigErrorKind {
        self.kind
    }

    /// The field of the builder and of the config struct, such as `api_key`.
    pub const fn field(&self) -> Option<&'static str> {
        self.field
    }

    /// The environment variable, such as `ACME_API_KEY`.
    pub const fn variable(&self) -> Option<&'static str> {
        self.variable
    }

    /// What is wrong or expected, without the value. It can be empty.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The problem in words, with the setting called `name`.
    pub fn describe(&self, name: &str) -> String {
        match (self.kind, &*self.reason) {
            (ConfigErrorKind::Missing, "") => format!("{name} is missing"),
            (ConfigErrorKind::Missing, reason) => format!("{name} is missing; {reason}"),
            (_, reason) => format!("{name} {reason}"),
        }
    }
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match (self.field, self.variable) {
            (Some(field), Some(variable)) => format!("{field} ({variable})"),
            (Some(name), None) | (None, Some(name)) => name.to_owned(),
            (None, None) => String::new(),
        };
        f.write_str(&self.describe(&name))
    }
}

impl ConfigError {
    /// An error with one problem.
    pub fn new(vendor: Vendor, problem: ConfigProblem) -> Self {
        Self(Box::new(Inner {
            vendor,
            problems: vec![problem],
        }))
    }

    /// Turns the problems that were found into an error, if there are any.
    ///
    /// # Errors
    ///
    /// The error, where there is at least one problem.
    pub fn check(vendor: Vendor, problems: Vec<ConfigProblem>) -> Result<(), Self> {
        if problems.is_empty() {
            return Ok(());
        }
        Err(Self(Box::new(Inner { vendor, problems })))
    }

    /// The kind of the first problem.
    pub fn kind(&self) -> ConfigErrorKind {
        let first = self.0.problems.first();
        first.map_or(ConfigErrorKind::Invalid, ConfigProblem::kind)
    }

    /// The vendor whose client could not be built.
    pub fn vendor(&self) -> &Vendor {
        &self.0.vendor
    }

    /// Every setting that is missing or invalid.
    pub fn problems(&self) -> &[ConfigProblem] {
        &self.0.problems
    }
}

impl std::error::Error for ConfigError {}

/// One line: the vendor, and each problem.
impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems: Vec<_> = self.0.problems.iter().map(ToString::to_string).collect();
        write!(f, "{}: {}", self.0.vendor, problems.join("; "))
    }
}

/// As `Display`: fit to be returned from `main`.
impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
