//! The cases of the outcome table that all vendors share.
#![cfg(feature = "rustls")]

mod common;

use common::FIXTURE;

#[tokio::test]
async fn what_loses_the_response_leaves_the_outcome_unknown() {
    numbers_testkit::check_cases(&FIXTURE, numbers_testkit::lost_responses()).await;
}

#[tokio::test]
async fn a_success_that_is_not_whole_and_as_documented_is_none() {
    numbers_testkit::check_cases(&FIXTURE, numbers_testkit::invalid_successes(&FIXTURE)).await;
}

#[tokio::test]
async fn a_status_beyond_success_decides_alone() {
    numbers_testkit::check_cases(&FIXTURE, numbers_testkit::status_cases(&FIXTURE)).await;
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    numbers_testkit::check_redirects(&FIXTURE).await;
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    numbers_testkit::check_connect_failures(&FIXTURE).await;
}
