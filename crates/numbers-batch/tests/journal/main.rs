//! What a journal promises, held against each backend.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing
)] // in what the tests share

mod cases;
mod place;
#[path = "../support/mod.rs"]
mod support;

mod disk;
mod effects;
mod files;
mod half_way;
mod loading;
mod lost_commit;
mod secrets;
mod shared;
mod small_disk;

use place::Place;

/// Makes a test of each case for each backend.
macro_rules! both {
    ($($module:ident: $($case:ident),+ $(,)?;)+) => {
        mod sqlite {
            $($(
                #[tokio::test]
                async fn $case() {
                    super::$module::$case(&super::Place::sqlite()).await;
                }
            )+)+
        }

        mod postgres {
            $($(
                #[tokio::test]
                async fn $case() {
                    if let Some(place) = super::Place::postgres().await {
                        super::$module::$case(&place).await;
                    }
                }
            )+)+
        }
    };
}

both! {
    cases:
        a_run_with_another_vendor_or_account_is_refused,
        numbers_are_claimed_once_in_the_order_of_the_plan,
        a_claim_whose_worker_is_gone_is_unknown,
        a_result_settles_its_number,
        a_result_recorded_twice_counts_once,
        what_goes_back_to_the_queue_is_claimed_again,
        what_was_not_sent_does_not_count,
        closing_makes_what_is_in_flight_unknown,
        one_turn_comes_each_interval,
        a_pause_holds_all_turns_back,
        a_clock_that_was_set_back_costs_one_interval,
        strange_text_is_kept_as_it_is;
    effects:
        a_late_result_settles_an_unknown,
        a_late_result_is_an_event_alone_after_another_attempt,
        a_late_requeue_puts_an_unknown_back,
        a_resent_number_says_that_it_may_be_released,
        a_resend_ends_with_its_worker,
        old_unknowns_are_left_alone,
        an_intent_that_grows_old_in_the_queue_is_not_sent_again,
        after_a_clock_was_set_back_none_is_sent_again_unasked,
        an_attempt_that_was_not_sent_makes_no_intent_younger,
        a_second_attempt_makes_the_first_intent_no_younger,
        what_waits_to_be_sent_again_is_unknown_when_nobody_runs,
        events_tell_what_happened;
    loading:
        all_numbers_of_a_plan_are_there,
        a_load_that_was_killed_goes_on,
        a_plan_that_was_changed_is_not_loaded,
        nothing_is_claimed_before_all_is_loaded,
        a_reader_sees_what_a_worker_does;
}
