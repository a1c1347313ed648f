//! What `--retry` repeats, and what it does not.

use crate::support::{IDS, Vendor, run};

#[test]
fn a_429_is_retried_only_with_retry() {
    let mut vendor = Vendor::start();
    let busy = vendor.responds(IDS[0], 1, 429, "{}");
    let once = run(vendor
        .release(&IDS[..1])
        .args(["--yes", "--format", "json"]));
    assert_eq!(once.code, Some(3), "{once:?}");
    assert_eq!(once.all("attempts"), ["1"]);
    busy.assert();
    busy.remove();

    let mocks = [
        vendor.responds(IDS[0], 1, 429, "{}"),
        vendor.releases(IDS[0], 1),
    ];
    let twice = run(vendor
        .release(&IDS[..1])
        .args(["--yes", "--retry", "--format", "json"]));
    assert_eq!(twice.code, Some(0), "{twice:?}");
    assert_eq!(twice.all("outcome"), ["released"]);
    assert_eq!(twice.all("attempts"), ["2"]);
    mocks.iter().for_each(|mock| mock.assert());
}

#[test]
fn a_request_that_may_have_released_is_not_sent_again() {
    let mut vendor = Vendor::start();
    let mock = vendor.responds(IDS[0], 1, 503, "");
    let args = ["--yes", "--retry", "--timeout", "45s", "--format", "json"];
    let ran = run(vendor.release(&IDS[..1]).args(args));
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert_eq!(ran.all("attempts"), ["1"]);
    mock.assert();
}
