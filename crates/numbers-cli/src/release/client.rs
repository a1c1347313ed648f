//! The vendor's client, from the flags and the environment.

use crate::args::Settings;
use crate::exit::Failure;
use crate::vendors::variables;
use numbers::{Choice, Releaser, RetryPolicy};
use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

/// The vendor's client, and how its calls are repeated, if at all.
pub(crate) struct Client {
    pub(crate) releaser: Arc<dyn Releaser>,
    pub(crate) retry: Option<RetryPolicy>,
}

/// Makes the client. A flag answers in place of the vendor's variable of the same name; one that
/// the vendor never asks for is refused, since its user expects something of it.
pub(crate) fn connect(
    choice: Choice,
    timeout: Option<Duration>,
    retry: bool,
    settings: &Settings,
) -> Result<Client, Failure> {
    let prefix = choice.vendor().as_str().to_uppercase().replace('-', "_");
    let mut flags = Vec::new();
    for (flag, suffix, value) in [
        ("--region", "REGION", &settings.region),
        ("--base-url", "BASE_URL", &settings.base_url),
        ("--account-sid", "ACCOUNT_SID", &settings.account_sid),
    ] {
        if let Some(value) = value {
            flags.push((flag, format!("{prefix}_{suffix}"), value));
        }
    }

    let asked = variables(choice);
    if let Some((flag, _, _)) = flags
        .iter()
        .find(|(_, variable, _)| !asked.contains(variable))
    {
        return Err(Failure::Refused(format!(
            "{flag} means nothing to {}",
            choice.vendor()
        )));
    }
    let choice = match timeout {
        Some(timeout) => choice.with_timeout(timeout),
        None => choice,
    };
    let releaser =
        choice.from_vars(
            |name| match flags.iter().find(|(_, variable, _)| variable == name) {
                Some((_, _, value)) => Some(OsString::from(value)),
                None => std::env::var_os(name),
            },
        );
    let releaser = releaser.map_err(|error| {
        // The message names the variable. Whoever gave a flag in its place looks for the flag.
        let named = flags
            .iter()
            .fold(error.to_string(), |text, (flag, variable, _)| {
                text.replace(variable, flag)
            });
        Failure::Refused(named)
    })?;
    Ok(Client {
        releaser,
        retry: retry.then(|| policy(timeout)),
    })
}

/// The default policy, with time for four attempts and for the longest waits between them, so that its
/// deadline cuts none.
fn policy(timeout: Option<Duration>) -> RetryPolicy {
    let attempts = timeout.unwrap_or(Duration::from_secs(30)).saturating_mul(4);
    let all = attempts.saturating_add(Duration::from_secs(3 * 60));
    // No repeat is begun in the last quarter of the deadline.
    RetryPolicy::default().with_deadline((all / 3).saturating_mul(4))
}
