//! Workers that are killed at random moments. Afterwards every number is held against the sandbox's own record.
//!
//! `KILLS=200 NUMBERS=5000 cargo test -p numbers-batch --test kill -- --test-threads=1` is the full size. What is
//! random follows from `SEED`, as far as the machine lets it.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr
)] // in what the tests share; the seed and the count of kills are for whoever runs them

mod accounts;
mod rehearsal;
#[path = "../support/mod.rs"]
mod support;
mod worker;

use rehearsal::{Clock, Rehearsal};
use support::postgres::Server;

#[tokio::test(flavor = "multi_thread")]
async fn every_number_is_accounted_for_after_kills() {
    Rehearsal::in_a_file().await.perform(1, Clock::Right).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_is_accounted_for_where_the_clock_jumps() {
    if Clock::can_be_set() {
        let rehearsal = Rehearsal::in_a_file().await;
        rehearsal.perform(1, Clock::AnHourWrong).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_workers_survive_kills_a_wrong_clock_and_a_restart() {
    if let Some(server) = Server::start() {
        let clock = match Clock::can_be_set() {
            true => Clock::AnHourWrong,
            false => Clock::Right,
        };
        Rehearsal::in_a_database(server)
            .await
            .perform(3, clock)
            .await;
    }
}
