//! Exotel's client, as the shared tables need it.

use exotel_numbers::{AccountSid, Client};
use numbers_testkit::{CANARY, VendorFixture};
use std::sync::Arc;

pub(crate) const FIXTURE: VendorFixture = VendorFixture {
    build: |url, timeout, configure| {
        let client = Client::builder()
            .api_key(CANARY)
            .api_token(CANARY)
            .account_sid(AccountSid::new("acme1")?)
            .base_url(url)
            .timeout(timeout)
            .reqwest(configure)
            .build()?;
        Ok(Arc::new(client))
    },
    id: "32ea0a16d0f4ac5d1bc5b2d5ad8e0d5f",
    status: 202,
    body: "{\"Status\":202,\"Message\":\"Accepted\"}",
    refusal: "{\"RestException\": {\"Status\": 400, \"Message\": \"@\", \"Code\": 340030}}",
    // The second is "CANARYabc123:CANARYabc123" in base64, as HTTP Basic has it.
    secrets: &["Q0FOQVJZYWJjMTIzOkNBTkFSWWFiYzEyMw==", CANARY],
};
