//! The call for people without a runtime.

use numbers_core::blocking::Blocking;
use numbers_core::testing::Scripted;
use numbers_core::{ErrorKind, NumberId, Outcome, Vendor};

const ACME: Vendor = Vendor::new("acme");

#[test]
fn a_call_runs_to_its_end_without_a_runtime_of_the_callers() {
    let blocking = Blocking::new(Scripted::new(ACME).then(Ok(Outcome::Released)));
    assert_eq!(
        blocking.release(&NumberId::new("n-1")).unwrap().outcome(),
        Outcome::Released
    );
}

#[tokio::test]
async fn inside_a_runtime_it_refuses_and_sends_nothing() {
    let script = Scripted::new(ACME).then(Ok(Outcome::Released));
    let blocking = Blocking::new(script.clone());
    let error = blocking.release(&NumberId::new("n-1")).unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_released()),
        (ErrorKind::NotSent, false)
    );
    assert!(script.calls().is_empty());
}
