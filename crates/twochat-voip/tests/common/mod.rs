//! 2Chat's client, as the shared tables need it.

use numbers_testkit::{CANARY, VendorFixture};
use std::sync::Arc;
use twochat_voip::{Client, TransportOptions};

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
    id: "DID64a54de2-8ebe-4c01-838f-a2235815dab4",
    status: 200,
    body: "{\"success\": true}",
    refusal: "{\"error\": true, \"error_message\": \"@\"}",
    secrets: &[CANARY],
};
