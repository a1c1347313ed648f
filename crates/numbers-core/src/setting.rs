/// A setting of a vendor's client, as data.
///
/// A vendor crate exports its settings in [`Endpoint::settings`](crate::Endpoint::settings).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    field: &'static str,
    variable: &'static str,
    description: &'static str,
    secret: bool,
    required: bool,
    values: &'static [&'static str],
}

impl Setting {
    /// A required setting that takes any text. `field` is its name in the builder and the config struct,
    /// `variable` the environment variable.
    pub const fn new(
        field: &'static str,
        variable: &'static str,
        description: &'static str,
    ) -> Self {
        Self {
            field,
            variable,
            description,
            secret: false,
            required: true,
            values: &[],
        }
    }

    /// Sets whether it holds a secret, whose value is never shown.
    pub const fn with_secret(mut self, secret: bool) -> Self {
        self.secret = secret;
        self
    }

    /// Sets whether a client needs it.
    pub const fn with_required(mut self, required: bool) -> Self {
        self.required = required;
        self
    }

    /// Sets the only values that it takes.
    pub const fn with_values(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }

    /// The name of the field, such as `api_key`.
    pub const fn field(&self) -> &'static str {
        self.field
    }

    /// The environment variable, such as `ACME_API_KEY`.
    pub const fn variable(&self) -> &'static str {
        self.variable
    }

    /// What the setting is, in a sentence.
    pub const fn description(&self) -> &'static str {
        self.description
    }

    /// Whether it holds a secret.
    pub const fn is_secret(&self) -> bool {
        self.secret
    }

    /// Whether a client needs it. A region is required unless a base URL takes its place.
    pub const fn is_required(&self) -> bool {
        self.required
    }

    /// The values that it takes. Empty where it takes any text.
    pub const fn values(&self) -> &'static [&'static str] {
        self.values
    }
}
