//! Synthflow's client, as the shared tables need it.

use numbers_testkit::{CANARY, VendorFixture};
use std::sync::Arc;
use synthflow_numbers::{Client, TransportOptions};

pub(crate) const FIXTURE: VendorFixture = VendorFixture {
    build: |url, timeout, configure| {
        let client = Client::builder()
            .with_api_key(CANARY)
            .with_base_url(url)
            .with_transport(
                TransportOptions::new()
                    .with_timeout(timeout)
                    .with_reqwest(configure),
            )
            .build()?;
        Ok(Arc::new(client))
    },
    id: "33782990580",
    status: 200,
    body: "{\"status\": \"ok\"}",
    refusal: "{\"detail\": \"@\"}",
    secrets: &[CANARY],
};
