//! A response too many on a connection. The next number through the same client gets its own.

use crate::case::Repeat;
use crate::client::{client, id};
use crate::play::Report;
use crate::rule::{documented, is_stray};
use numbers::ErrorKind::{self, NotFound};
use numbers::{NumberId, Outcome, Releaser};
use numbers_sandbox::{Fault, Sandbox, Server};
use std::time::Duration;

/// What a number comes to.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    reported: Result<Outcome, (ErrorKind, bool)>,
    requests: usize,
    times_acted: u64,
}

/// Every stray response, behind a success and behind a refusal. Each time the client is a new one, so that a
/// connection that it kept would be the one with the stray response.
pub(crate) async fn play(server: Server, timeout: Duration) -> Report {
    let sandbox = Sandbox::start().await.unwrap();
    let mut report = Report::default();
    for fault in Fault::all(server).into_iter().filter(is_stray) {
        for repeat in [Repeat::Never, Repeat::Safely, Repeat::AfterUnknown] {
            for held in [true, false] {
                let releaser = repeat.around(client(&sandbox, server, timeout));
                sandbox.inject(fault.clone().at(server).times(1));
                // The next one is such that the stray response would be an untruth.
                let next_held = !is_success(server, &fault);
                for (nth, held) in [held, next_held].into_iter().enumerate() {
                    let id = id(server, report.cases);
                    let seen = release(&sandbox, server, &*releaser, &id, held).await;
                    let expected = own(server, held);
                    if seen != expected {
                        report.violations.push(format!(
                            "{server}: {fault}; repeat {repeat:?}; number {nth}\n  expected {expected:?}\n  but saw  {seen:?}"
                        ));
                    }
                    report.cases += 1;
                }
            }
        }
    }
    report.requests = sandbox.requests().len();
    report
}

async fn release(
    sandbox: &Sandbox,
    server: Server,
    releaser: &dyn Releaser,
    id: &str,
    held: bool,
) -> Seen {
    if held {
        sandbox.hold(server, id);
    }
    let result = releaser.release(&NumberId::new(id)).await;
    let requests = sandbox.requests();
    let of_it = requests
        .iter()
        .filter(|request| request.number.as_deref() == Some(id));
    Seen {
        reported: result
            .map(|release| release.outcome())
            .map_err(|error| (error.kind(), error.may_have_released())),
        requests: of_it.count(),
        times_acted: sandbox.times_acted(server, id),
    }
}

/// What must come of a number by its own response.
fn own(server: Server, held: bool) -> Seen {
    let refused = Err((NotFound, false));
    Seen {
        reported: if held {
            Ok(documented(server).1)
        } else {
            refused
        },
        requests: 1,
        times_acted: u64::from(held),
    }
}

/// Whether the stray response is the documented success.
fn is_success(server: Server, fault: &Fault) -> bool {
    let status = documented(server).0;
    [Fault::stray(status), Fault::late_stray(status)].contains(fault)
}
