//! How a run goes on, waits, and stops.

use crate::support::{IDS, Vendor, run};

/// A release of all three ids, with the outcome, kind and count of attempts of each.
fn release(vendor: &Vendor, flags: &[&str]) -> Vec<String> {
    let mut command = vendor.release(&IDS);
    let ran = run(command.args(["--yes", "--format", "json"]).args(flags));
    let fields = ["outcome", "kind", "attempts"].map(|field| ran.all(field));
    (0..ran.lines().len())
        .map(|at| fields.each_ref().map(|values| values[at].clone()).join(" "))
        .collect()
}

#[test]
fn what_fails_for_every_number_stops_the_run_at_once() {
    for (status, kind) in [
        (401, "unauthenticated"),
        (402, "payment_required"),
        (403, "permission_denied"),
    ] {
        let mut vendor = Vendor::start();
        let mocks = [
            vendor.responds(IDS[0], 1, status, "{}"),
            vendor.releases(IDS[1], 0),
            vendor.releases(IDS[2], 0),
        ];
        let first = format!("failed {kind} 1");
        let results = release(&vendor, &[]);
        assert_eq!(results, [&first, "failed not_sent 0", "failed not_sent 0"]);
        mocks.iter().for_each(|mock| mock.assert());
    }
}

#[test]
fn a_403_behind_a_success_is_of_that_number() {
    let mut vendor = Vendor::start();
    let mocks = [
        vendor.releases(IDS[0], 1),
        vendor.responds(IDS[1], 1, 403, "{}"),
        vendor.releases(IDS[2], 1),
    ];
    let results = release(&vendor, &[]);
    assert_eq!(
        results,
        [
            "released null 1",
            "failed permission_denied 1",
            "released null 1"
        ]
    );
    mocks.iter().for_each(|mock| mock.assert());
}

#[test]
fn the_causes_are_told_once_with_what_to_do() {
    let mut vendor = Vendor::start();
    let mock = vendor.responds(IDS[0], 1, 401, "{}");
    let ran = run(vendor.release(&IDS).arg("--yes"));
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert_eq!(
        ran.stderr,
        "numbers: stopped, because the credentials were not accepted: 2 numbers would get the same\n\
         numbers: 2 failed, not_sent: nothing was sent; release them later\n\
         numbers: 1 failed, unauthenticated: check key and account; `numbers vendors twochat` shows where they come from\n\
         numbers: all 3 numbers failed: not released by this call\n"
    );
    mock.assert();
}

#[cfg(unix)]
#[test]
fn a_rate_limit_is_waited_out_beyond_three_retries() {
    let vendor = crate::raw::RawVendor::start();
    let mut command = vendor.release(&[IDS[0], "--yes", "--retry", "--format", "json"]);
    let child = command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // On its own, for a command that gives up early sends fewer requests.
    std::thread::spawn(move || {
        for _ in 0..6 {
            vendor.request().send(
                "HTTP/1.1 429 Too Many Requests\r\nretry-after: 0\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            );
        }
        vendor.request().send(crate::raw::SUCCESS);
    });
    let ran = crate::support::Ran::from(child.wait_with_output().unwrap());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.all("attempts"), ["7"]);
    assert!(
        ran.stderr.contains("too many requests (HTTP 429)"),
        "{ran:?}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_while_a_number_waits_for_its_turn_sends_nothing() {
    let vendor = crate::raw::RawVendor::start();
    let mut command = vendor.release(&IDS);
    let mut child = command
        .args(["--yes", "--format", "json", "--rate", "1/min"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    vendor.request().send(crate::raw::SUCCESS);
    // Its line is there, so the first number is done.
    let mut stdout = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut lines = String::new();
    std::io::BufRead::read_line(&mut stdout, &mut lines).unwrap();
    // The main thread sleeps again: the second waits for its turn.
    let stat = format!("/proc/{}/stat", child.id());
    while !std::fs::read_to_string(&stat).unwrap().contains(") S ") {
        std::thread::yield_now();
    }
    crate::support::signal(&child, nix::sys::signal::Signal::SIGINT);
    std::io::Read::read_to_string(&mut stdout, &mut lines).unwrap();
    let ran = crate::support::Ran::from(child.wait_with_output().unwrap());
    let ran = crate::support::Ran {
        stdout: lines,
        ..ran
    };
    assert_eq!(ran.code, Some(130), "{ran:?}");
    assert_eq!(ran.all("kind"), ["null", "not_sent", "not_sent"]);
    assert_eq!(ran.all("attempts"), ["1", "0", "0"]);
    assert!(
        ran.stderr
            .starts_with("numbers: rate: 1 a minute: 3 numbers, about 2m\n"),
        "{ran:?}"
    );
    vendor.has_no_other_request();
}
