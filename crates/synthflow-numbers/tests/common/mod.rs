//! Synthflow's client, as the shared tables need it.

use numbers_testkit::Subject;
use std::sync::Arc;
use synthflow_numbers::Client;

pub(crate) const SUBJECT: Subject = Subject {
    connect: |url, timeout, tune| {
        let client = Client::builder()
            .api_key("key-CANARYabc123")
            .base_url(url)
            .timeout(timeout)
            .reqwest(tune)
            .build()?;
        Ok(Arc::new(client))
    },
    id: "33782990580",
    status: 200,
    body: "{\"status\": \"ok\"}",
    refusal: "{\"detail\": \"@\"}",
    secrets: &["CANARYabc123"],
};
