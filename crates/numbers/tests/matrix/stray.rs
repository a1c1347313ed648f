//! A stray response on a connection: the next number through the same client gets its own response.

use crate::common::{RetryMode, client, id};
use crate::rule::{CallResult, documented, is_stray};
use crate::run::{Report, call_result};
use numbers::ErrorKind::NotFound;
use numbers::{NumberId, Releaser};
use numbers_sandbox::{Fault, Sandbox, Server};
use std::time::Duration;

/// Every stray response, after a success and after a refusal. Each time the client is a new one, so that a
/// connection that it kept would be the one with the stray response.
pub(crate) async fn run(server: Server, timeout: Duration) -> Report {
    let sandbox = Sandbox::start().await.unwrap();
    let mut report = Report::default();
    for fault in Fault::all(server).into_iter().filter(is_stray) {
        for retry in RetryMode::ALL {
            for held in [true, false] {
                let releaser = retry.wrap(client(&sandbox, server, timeout));
                sandbox.inject(fault.clone().at(server).times(1));
                // For the next number the stray response would be wrong.
                let next_held = !is_success(server, &fault);
                for (nth, held) in [held, next_held].into_iter().enumerate() {
                    let id = id(server, report.calls);
                    let actual = release(&sandbox, server, &*releaser, &id, held).await;
                    let expected = own_response(server, held);
                    if actual != expected {
                        report.violations.push(format!(
                            "{server}: {fault}; retry {retry:?}; number {nth}\n  expected {expected:?}\n  actual   {actual:?}"
                        ));
                    }
                    report.calls += 1;
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
) -> CallResult {
    if held {
        sandbox.hold(server, id);
    }
    let result = releaser.release(&NumberId::new(id)).await;
    let requests = sandbox.requests();
    let for_this = requests
        .iter()
        .filter(|request| request.number.as_deref() == Some(id));
    call_result(sandbox, server, id, &result, for_this.count())
}

/// What a number's own response leads to.
fn own_response(server: Server, held: bool) -> CallResult {
    let (_, outcome, released) = documented(server);
    CallResult {
        reported: if held {
            Ok(outcome)
        } else {
            Err((NotFound, false))
        },
        attempts: vec![if held { Ok(outcome) } else { Err(NotFound) }],
        requests: 1,
        state: held.then_some(released),
        releases: u64::from(held),
    }
}

/// Whether the stray response is the documented success.
fn is_success(server: Server, fault: &Fault) -> bool {
    let status = documented(server).0;
    [Fault::stray(status), Fault::late_stray(status)].contains(fault)
}
