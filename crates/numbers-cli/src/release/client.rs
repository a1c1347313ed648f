//! Builds the vendor's client from flags and environment.

use crate::args::Settings;
use crate::exit::Failure;
use numbers::{
    CompiledVendor, ConfigError, ConfigProblem, Endpoint, Releaser, RetryPolicy, TransportOptions,
};
use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

/// The vendor's client, and the retry policy with `--retry`.
pub(crate) struct Client {
    pub(crate) releaser: Arc<dyn Releaser>,
    pub(crate) retry: Option<RetryPolicy>,
}

/// Flag, field of the setting, and value.
type Flags<'a> = [(&'static str, &'static str, Option<&'a String>); 3];

/// Builds the client. A flag overrides the variable of the same setting. A flag without a setting is refused,
/// and so is a region beside a base URL.
pub(crate) fn connect(
    vendor: CompiledVendor,
    timeout: Option<Duration>,
    retry: bool,
    settings: &Settings,
) -> Result<Client, Failure> {
    let flags: Flags<'_> = [
        ("--region", "region", settings.region.as_ref()),
        ("--base-url", "base_url", settings.base_url.as_ref()),
        (
            "--account-sid",
            "account_sid",
            settings.account_sid.as_ref(),
        ),
    ];
    let endpoint = vendor.endpoint();
    for (flag, field, value) in &flags {
        if value.is_some() && endpoint.setting(field).is_none() {
            return Err(Failure::Refused(format!(
                "{flag} does not apply to {vendor}"
            )));
        }
    }
    refuse_contradiction(endpoint, settings)?;
    let transport = match timeout {
        Some(timeout) => TransportOptions::new().with_timeout(timeout),
        None => TransportOptions::new(),
    };
    let releaser = vendor.connect(|variable| lookup(endpoint, &flags, variable), transport);
    Ok(Client {
        releaser: releaser.map_err(|error| refused(&error, &flags))?,
        retry: retry.then(|| policy(timeout)),
    })
}

/// The value of a variable: the flag's if given, else the environment's.
fn lookup(endpoint: &Endpoint, flags: &Flags<'_>, variable: &str) -> Option<OsString> {
    let flag = flags.iter().find_map(|(_, field, value)| {
        let setting = endpoint.setting(field)?;
        (setting.variable() == variable).then_some(*value)?
    });
    match flag {
        Some(value) => Some(OsString::from(value)),
        None => std::env::var_os(variable),
    }
}

/// Refuses `--region` beside a base URL, which would override it.
fn refuse_contradiction(endpoint: &Endpoint, settings: &Settings) -> Result<(), Failure> {
    let Some(base_url) = endpoint.setting("base_url") else {
        return Ok(());
    };
    let is_set = std::env::var_os(base_url.variable()).is_some_and(|value| !value.is_empty());
    let other = match settings.base_url {
        Some(_) => "--base-url",
        None if is_set => base_url.variable(),
        None => return Ok(()),
    };
    if settings.region.is_none() {
        return Ok(());
    }
    Err(Failure::Refused(format!(
        "--region and {other} can't be combined: both set the server"
    )))
}

/// All problems, with settings named by flag or variable.
fn refused(error: &ConfigError, flags: &Flags<'_>) -> Failure {
    let problems = error.problems().iter();
    let lines: Vec<_> = problems
        .map(|problem| {
            format!(
                "{}: {}",
                error.vendor(),
                problem.describe(&name(problem, flags))
            )
        })
        .collect();
    Failure::Refused(lines.join("\n"))
}

fn name(problem: &ConfigProblem, flags: &Flags<'_>) -> String {
    let flag = flags
        .iter()
        .find(|(_, field, _)| problem.field() == Some(field));
    match (flag, problem.variable(), problem.field()) {
        (Some((flag, _, Some(_))), _, _) => (*flag).to_owned(),
        (Some((flag, _, None)), Some(variable), _) => format!("{flag} or {variable}"),
        (_, Some(variable), _) => variable.to_owned(),
        (_, None, Some("timeout")) => "--timeout".to_owned(),
        _ => "the HTTP client".to_owned(),
    }
}

/// The default policy, with a deadline long enough for four attempts and the longest waits between them.
fn policy(timeout: Option<Duration>) -> RetryPolicy {
    let attempts = timeout.unwrap_or(Duration::from_secs(30)).saturating_mul(4);
    let all = attempts.saturating_add(Duration::from_secs(3 * 60));
    // No attempt starts in the last quarter of the deadline.
    RetryPolicy::default().with_deadline((all / 3).saturating_mul(4))
}
