//! Exotel's client, as the shared tables need it.

use exotel_numbers::{Client, TransportOptions};
use numbers_testkit::{CANARY, VendorFixture};
use std::sync::Arc;

pub(crate) const FIXTURE: VendorFixture = VendorFixture {
    build: |url, timeout, configure| {
        let client = Client::builder()
            .with_api_key(CANARY)
            .with_api_token(CANARY)
            .with_account_sid("acme1")
            .with_base_url(url)
            .with_transport(
                TransportOptions::new()
                    .with_timeout(timeout)
                    .with_reqwest(configure),
            )
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
