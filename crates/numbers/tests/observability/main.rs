//! The spans and events that `docs/observability.md` promises.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests, which the lints take for other code

mod page;
mod recorder;

use numbers::synthflow::Client;
use numbers::testing::Scripted;
use numbers::{Error, NumberId, Outcome, Releaser, Retry, RetryPolicy, Vendor};
use numbers_sandbox::{Fault, Sandbox, Server, credentials};
use recorder::{Record, Recorder};
use std::collections::BTreeSet;
use std::time::Duration;

const ACME: Vendor = Vendor::new("acme");

type Script = Vec<Result<Outcome, Error>>;

#[tokio::test]
async fn the_page_lists_every_span_event_and_field() {
    let recorder = Recorder::default();
    let _guard = recorder.install();
    release_in_sandbox(429).await;
    release_in_sandbox(401).await;

    let records = recorder.records();
    let items: BTreeSet<_> = records.iter().map(Record::item).collect();
    assert_eq!(items, page::items());

    // Each field with the type of its values: one that is declared and never recorded has none.
    let mut fields = BTreeSet::new();
    for record in &records {
        for field in &record.fields {
            let mut same = records.iter().filter(|other| other.name == record.name);
            let value = same.find_map(|record| record.values.get(field));
            let value_type = value.map_or("", |value| value.type_name());
            fields.insert([field, record.name, value_type].map(str::to_owned));
        }
    }
    assert_eq!(fields, page::fields());
}

#[tokio::test]
async fn requests_and_retries_lie_inside_the_span_of_their_release() {
    let recorder = Recorder::default();
    let _guard = recorder.install();
    release_in_sandbox(429).await;

    let records = recorder.records();
    let names: Vec<_> = records.iter().map(|record| record.name).collect();
    assert_eq!(names, ["release", "request", "retry", "request"]);
    let parents: Vec<_> = records.iter().map(|record| record.parent.clone()).collect();
    let release = records[0].id.clone();
    assert_eq!(parents, [None, release.clone(), release.clone(), release]);
}

#[tokio::test]
async fn a_request_says_vendor_status_and_what_went_wrong() {
    let recorder = Recorder::default();
    let _guard = recorder.install();
    release_in_sandbox(429).await;

    let records = recorder.records();
    let requests: Vec<_> = records.iter().filter(|r| r.name == "request").collect();
    let get = |field| {
        let values = requests.iter().map(move |request| request.get(field));
        values.collect::<Vec<_>>()
    };
    assert_eq!(get("numbers.vendor"), ["synthflow", "synthflow"]);
    assert_eq!(get("http.response.status_code"), ["429", "200"]);
    assert_eq!(get("error.type"), ["rate_limited", ""]);
    assert_eq!(get("otel.status_code"), ["ERROR", ""]);
}

#[tokio::test(start_paused = true)]
async fn a_release_says_vendor_outcome_and_attempts() {
    let status = |status| Err(Error::from_status(ACME, status));
    let unsent = Err(Error::invalid_number(ACME, "it is empty"));
    let cases: [(Script, [&str; 4]); 6] = [
        (vec![Ok(Outcome::Released)], ["released", "1", "", ""]),
        (
            vec![status(429), Ok(Outcome::Accepted)],
            ["accepted", "2", "", ""],
        ),
        (vec![status(503), status(404)], ["absent", "2", "", ""]),
        (vec![status(404)], ["failed", "1", "not_found", "ERROR"]),
        (
            vec![status(503), status(401)],
            ["unknown", "2", "unauthenticated", "ERROR"],
        ),
        (vec![unsent], ["failed", "0", "invalid_number", "ERROR"]),
    ];
    for (script, expected) in cases {
        let records = release_by_script(script).await;
        let release = &records[0];
        let fields = [
            "numbers.outcome",
            "numbers.attempts",
            "error.type",
            "otel.status_code",
        ];
        assert_eq!(fields.map(|field| release.get(field)), expected);
        assert_eq!(release.get("numbers.vendor"), "acme");
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_says_what_went_wrong_and_how_long_it_waits() {
    let asked = Some(Duration::from_secs(30));
    let records = release_by_script(vec![
        Err(Error::from_status(ACME, 429).with_retry_after(asked)),
        Err(Error::connect(ACME, "refused").with_retry_after(asked)),
        Ok(Outcome::Released),
    ])
    .await;
    let retries: Vec<_> = records.iter().filter(|r| r.name == "retry").collect();
    let fields = [
        "numbers.vendor",
        "error.type",
        "http.request.resend_count",
        "numbers.wait_ms",
        "message",
    ];
    let said: Vec<_> = retries
        .iter()
        .map(|retry| fields.map(|field| retry.get(field)))
        .collect();
    assert_eq!(
        said,
        [
            ["acme", "rate_limited", "1", "30000", "retry"],
            ["acme", "connect", "2", "30000", "retry"],
        ]
    );
}

/// Releases a number in a sandbox that refuses the first request with this status.
async fn release_in_sandbox(status: u16) {
    let number = "33782990580";
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.hold(Server::SynthflowEu, number);
    sandbox.inject(Fault::error(status).times(1));
    let client = Client::builder()
        .with_api_key(credentials::SYNTHFLOW_API_KEY)
        .with_base_url(sandbox.base_url(Server::SynthflowEu))
        .build()
        .unwrap();
    let policy = RetryPolicy::default().with_backoff(Duration::ZERO, Duration::ZERO);
    let retry = Retry::new(client, policy);
    let _ = retry.release(&NumberId::new(number)).await;
}

async fn release_by_script(script: Script) -> Vec<Record> {
    let recorder = Recorder::default();
    let _guard = recorder.install();
    let script = script.into_iter().fold(Scripted::new(ACME), Scripted::then);
    let policy = RetryPolicy::default().with_resend_after_unknown(true);
    let retry = Retry::new(script, policy);
    let _ = retry.release(&NumberId::new("n-1")).await;
    recorder.records()
}
