//! The rows of the outcome table that all vendors share.

mod common;

use common::SUBJECT;

#[tokio::test]
async fn what_loses_the_answer_leaves_the_fate_unknown() {
    numbers_testkit::check(&SUBJECT, numbers_testkit::lost_heads()).await;
}

#[tokio::test]
async fn a_success_that_is_not_whole_and_as_documented_is_none() {
    numbers_testkit::check(&SUBJECT, numbers_testkit::broken_successes(&SUBJECT)).await;
}

#[tokio::test]
async fn a_status_beyond_success_decides_alone() {
    numbers_testkit::check(&SUBJECT, numbers_testkit::statuses(&SUBJECT)).await;
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    numbers_testkit::check_redirects(&SUBJECT).await;
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    numbers_testkit::check_connecting(&SUBJECT).await;
}
