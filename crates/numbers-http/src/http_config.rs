//! Builds an [`Http`] from a vendor's facts and the values of its settings.

use crate::base::BaseUrl;
use crate::http::Inner;
use crate::{Auth, Credential, Http, SharedTransport, TransportOptions};
use numbers_core::raw::check_segment;
use numbers_core::{Account, ConfigError, ConfigProblem, Endpoint, Setting};
use reqwest::Method;
use reqwest::header::HeaderValue;
use secrecy::SecretString;
use std::sync::Arc;

/// What an [`Http`] is built from: a vendor's facts, and the values of its settings.
pub struct HttpConfig<'a> {
    /// The call.
    pub endpoint: Endpoint,
    /// How requests are authenticated.
    pub auth: Auth,
    /// The vendor crate for `User-Agent`, as `name/version`.
    pub product: &'static str,
    /// The secrets in the order in which the scheme takes them.
    pub secrets: &'a [(&'a Setting, Option<&'a SecretString>)],
    /// The settings that become segments of the path. The first of them names the account.
    pub path: &'a [(&'a Setting, Option<&'a str>)],
    /// The server: the only one, or that of the chosen region.
    pub server: Option<&'static str>,
    /// The setting that chooses the server, where there are several.
    pub region: Option<&'a Setting>,
    /// The setting that replaces the server, and its value.
    pub base_url: (&'a Setting, Option<&'a str>),
    /// How requests are sent.
    pub transport: TransportOptions,
    /// Problems with settings that are known already.
    pub problems: Vec<ConfigProblem>,
}

impl Http {
    /// Builds the client of an endpoint.
    ///
    /// # Errors
    ///
    /// Every setting that is missing or can't be used, all at once: a credential that no header can carry, a
    /// setting that can't be one segment of a path, a base URL that is not https (or http to loopback) or has
    /// more than a path, and unusable [`TransportOptions`].
    pub fn new(config: HttpConfig<'_>) -> Result<Self, ConfigError> {
        let vendor = config.endpoint.vendor().clone();
        let mut problems = Problems(config.problems);
        let credential = problems.credential(config.auth, config.secrets);
        problems.path(config.path);
        let account = config.path.first().and_then(|(_, value)| *value);
        let base = problems.base(config.base_url, config.server, config.region);
        let user_agent = problems.user_agent(&config.transport, config.product);
        let method = Method::from_bytes(config.endpoint.method().as_bytes()).ok();
        if method.is_none() {
            problems.invalid("endpoint", "has a method that HTTP does not allow");
        }
        // Without a base URL the rest is checked as for https.
        let plain = base.as_ref().is_some_and(BaseUrl::is_plain);
        let transport = problems.record(SharedTransport::new(plain, config.transport));
        ConfigError::check(vendor.clone(), problems.0)?;
        match (method, base, credential, user_agent, transport) {
            (Some(method), Some(base), Some(credential), Some(user_agent), Some(transport)) => {
                Ok(Self {
                    inner: Arc::new(Inner {
                        account: build_account(&base, account, &credential),
                        endpoint: config.endpoint,
                        method,
                        base,
                        credential,
                        user_agent,
                        transport,
                    }),
                })
            }
            // Each is `Some` unless it recorded a problem.
            _ => Err(ConfigError::new(
                vendor,
                ConfigProblem::invalid_field("transport", "can't be built"),
            )),
        }
    }
}

/// The settings that are missing or can't be used.
struct Problems(Vec<ConfigProblem>);

impl Problems {
    /// Records that a setting has no value, unless it has a problem already.
    fn missing(&mut self, setting: &Setting) {
        if !self.has(setting) {
            self.0.push(ConfigProblem::missing(setting));
        }
    }

    fn has(&self, setting: &Setting) -> bool {
        let mut fields = self.0.iter().map(ConfigProblem::field);
        fields.any(|field| field == Some(setting.field()))
    }

    fn invalid(&mut self, field: &'static str, why: &str) {
        self.0.push(ConfigProblem::invalid_field(field, why));
    }

    fn record<T>(&mut self, result: Result<T, Vec<ConfigProblem>>) -> Option<T> {
        result.map_err(|problems| self.0.extend(problems)).ok()
    }

    /// The credential, if its secrets are all there and can be sent.
    fn credential(
        &mut self,
        auth: Auth,
        secrets: &[(&Setting, Option<&SecretString>)],
    ) -> Option<Credential> {
        let mut found = Vec::new();
        for (setting, secret) in secrets {
            match secret {
                Some(secret) => found.push((*setting, *secret)),
                None => self.missing(setting),
            }
        }
        if found.len() < secrets.len() {
            return None;
        }
        self.record(Credential::new(auth, &found))
    }

    fn path(&mut self, settings: &[(&Setting, Option<&str>)]) {
        for (setting, value) in settings {
            match value.map(check_segment) {
                None => self.missing(setting),
                Some(Ok(())) => {}
                // The user of HTTP Basic: the credential's check has refused it.
                Some(Err(_)) if self.has(setting) => {}
                Some(Err(why)) => {
                    let why = format!("was refused: {why}");
                    self.0.push(ConfigProblem::invalid(setting, why));
                }
            }
        }
    }

    /// The base URL: the one that is set, or else the server.
    fn base(
        &mut self,
        (setting, base_url): (&Setting, Option<&str>),
        server: Option<&str>,
        region: Option<&Setting>,
    ) -> Option<BaseUrl> {
        let Some(url) = base_url.or(server) else {
            if let Some(region) = region {
                self.missing(region);
            }
            return None;
        };
        let base = BaseUrl::parse(url);
        self.record(base.map_err(|why| vec![ConfigProblem::invalid(setting, why)]))
    }

    fn user_agent(&mut self, options: &TransportOptions, product: &str) -> Option<HeaderValue> {
        let value = match &options.user_agent {
            Some(caller) => HeaderValue::from_str(&format!("{caller} {product}")),
            None => HeaderValue::from_str(product),
        };
        if value.is_err() {
            let why = "has characters that no header can carry; expected something like acme/1.0";
            self.invalid("user_agent", why);
        }
        value.ok()
    }
}

fn build_account(base: &BaseUrl, name: Option<&str>, credential: &Credential) -> Account {
    let account = Account::new(base.authority()).with_fingerprint(credential.fingerprint());
    match name {
        Some(name) => account.with_name(name),
        None => account,
    }
}
