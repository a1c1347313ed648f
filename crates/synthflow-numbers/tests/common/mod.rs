//! Synthflow's client, as the shared tables need it.

use numbers_testkit::{CANARY, VendorFixture};
use std::sync::Arc;
use synthflow_numbers::Client;

pub(crate) const FIXTURE: VendorFixture = VendorFixture {
    build: |url, timeout, configure| {
        let client = Client::builder()
            .api_key(CANARY)
            .base_url(url)
            .timeout(timeout)
            .reqwest(configure)
            .build()?;
        Ok(Arc::new(client))
    },
    id: "33782990580",
    status: 200,
    body: "{\"status\": \"ok\"}",
    refusal: "{\"detail\": \"@\"}",
    secrets: &[CANARY],
};
