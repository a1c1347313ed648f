//! A service with several vendors, chosen at run time.

use numbers::{
    Account, CompiledVendor, ConfigError, Disposition, Error, ErrorKind, NumberId, Outcome,
    RateLimit, Release, Releaser, Retry, RetryPolicy, TransportOptions, Vendor,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// The vendors of the service. Its `Debug` shows no key.
#[derive(Debug, Clone, Default)]
pub struct Vendors(HashMap<Vendor, Arc<dyn Releaser>>);

impl Vendors {
    /// Adds a vendor whose settings are in the environment.
    pub fn add_from_env(&mut self, vendor: CompiledVendor) -> Result<(), ConfigError> {
        self.add_limited(vendor, vendor.from_env_with(transport())?);
        Ok(())
    }

    /// Adds a vendor whose settings are in a secret store, under the names of its variables.
    pub fn add_vendor(
        &mut self,
        vendor: CompiledVendor,
        secrets: &HashMap<String, String>,
    ) -> Result<(), ConfigError> {
        let lookup = |variable: &str| secrets.get(variable).map(Into::into);
        self.add_limited(vendor, vendor.from_vars(lookup, transport())?);
        Ok(())
    }

    fn add_limited(&mut self, vendor: CompiledVendor, client: Arc<dyn Releaser>) {
        let limited = RateLimit::documented(client, vendor.endpoint());
        self.add(Retry::new(limited, policy()));
    }

    pub fn add(&mut self, releaser: impl Releaser + 'static) {
        self.0.insert(releaser.vendor(), Arc::new(releaser));
    }

    /// Releases a number, and returns the line for the journal.
    pub async fn release(&self, vendor: &Vendor, number: &NumberId) -> Option<Line> {
        let releaser = self.0.get(vendor)?;
        let result = releaser.release(number).await;
        Some(Line::new(releaser.as_ref(), &result))
    }
}

fn transport() -> TransportOptions {
    TransportOptions::new().with_timeout(Duration::from_secs(10))
}

fn policy() -> RetryPolicy {
    RetryPolicy::default()
        .with_max_attempts(const { NonZeroU32::new(3).unwrap() })
        .with_backoff(Duration::from_secs(1), Duration::from_secs(10))
        .with_deadline(Duration::from_secs(45))
        .with_resend_after_unknown(false)
}

/// A line of the service's journal.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub vendor: Vendor,
    pub account: Account,
    pub disposition: Disposition,
    pub outcome: Option<Outcome>,
    pub error: Option<ErrorKind>,
}

impl Line {
    fn new(releaser: &dyn Releaser, result: &Result<Release, Error>) -> Self {
        Self {
            vendor: releaser.vendor(),
            account: releaser.account(),
            disposition: Disposition::from_result(result),
            outcome: result.as_ref().ok().map(Release::outcome),
            error: result.as_ref().err().map(Error::kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use numbers::blocking::Blocking;
    use numbers::testing::Scripted;
    use numbers::{exotel, synthflow, twochat};

    #[tokio::test(flavor = "current_thread")]
    async fn the_journal_reads_back_what_it_wrote() {
        let vendor = Vendor::new("acme");
        let error = |kind| Err(Error::new(vendor.clone(), kind));
        let script = Scripted::new(vendor.clone())
            .then(Ok(Outcome::Accepted))
            .then(error(ErrorKind::PermissionDenied))
            .then(error(ErrorKind::ConnectionLost));
        let mut vendors = Vendors::default();
        vendors.add(Retry::new(script, policy()));
        let number = NumberId::new("n-1");
        for expected in [
            r#""disposition":"accepted","outcome":"accepted","error":null"#,
            r#""disposition":"failed","outcome":null,"error":"permission_denied""#,
            r#""disposition":"unknown","outcome":null,"error":"connection_lost""#,
        ] {
            let line = vendors.release(&vendor, &number).await.unwrap();
            let json = serde_json::to_string(&line).unwrap();
            assert!(json.contains(expected), "{json}");
            assert_eq!(serde_json::from_str::<Line>(&json).unwrap(), line);
        }
    }

    #[test]
    fn every_vendor_is_built_from_its_settings() {
        let mut vendors = Vendors::default();
        for vendor in numbers::vendors() {
            let settings = vendor.endpoint().settings().iter();
            let required = settings.filter(|setting| setting.is_required());
            let secrets = required
                .map(|setting| {
                    let value = setting.values().first().unwrap_or(&"s3cret");
                    (setting.variable().to_owned(), (*value).to_owned())
                })
                .collect();
            vendors.add_vendor(vendor, &secrets).unwrap();
        }
        let debug = format!("{vendors:?}");
        for name in ["twochat", "synthflow", "exotel"] {
            assert!(debug.contains(name), "{debug}");
        }
    }

    #[test]
    fn a_region_has_a_name_to_store() {
        let region: synthflow::Region = serde_json::from_str(r#""eu""#).unwrap();
        assert_eq!(region, synthflow::Region::Eu);
        assert_eq!(region.to_string().parse(), Ok(region));
    }

    #[test]
    fn a_call_needs_no_runtime() {
        let vendor = Vendor::new("acme");
        let script = Scripted::new(vendor).then(Ok(Outcome::Released));
        let release = Blocking::new(script)
            .release(&NumberId::new("n-1"))
            .unwrap();
        assert_eq!(release.outcome(), Outcome::Released);
    }

    #[test]
    fn what_a_vendor_crate_exports_crosses_threads() {
        fn crosses<T: Send + Sync>() {}
        fn is_send<T: Send>(_: T) {}
        macro_rules! vendors {
            ($($vendor:ident: $call:ident($id:ident) -> $success:ident),+) => {$(
                crosses::<$vendor::Client>();
                crosses::<$vendor::ClientBuilder>();
                crosses::<$vendor::ClientConfig>();
                crosses::<$vendor::$id>();
                crosses::<numbers::Response<$vendor::$success>>();
                let call = |client: &$vendor::Client, id: &$vendor::$id| is_send(client.$call(id));
                let _ = call;
            )+};
        }
        vendors! {
            exotel: release_number(ExophoneSid) -> ReleaseNumberResponse,
            synthflow: delete_phone_number(PhoneNumberSlug) -> DeletePhoneNumberResponse,
            twochat: delete_virtual_number(VirtualNumberUuid) -> DeleteVirtualNumberResponse
        }
        crosses::<TransportOptions>();
        crosses::<numbers::SharedTransport>();
    }
}
