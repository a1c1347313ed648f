//! `numbers release`.

mod client;
mod confirm;
mod ids;
mod line;
mod report;
mod run;
mod watched;

use crate::args::{Format, ReleaseArgs};
use crate::exit::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::output::note;
use confirm::Confirmation;
use ids::Id;
use numbers::{Preview, Releaser};
use report::Report;

/// Checks every id and every setting before it asks for confirmation and before it sends anything.
pub(crate) async fn run(args: ReleaseArgs) -> Result<Exit, Failure> {
    let ask = !args.yes && !args.dry_run;
    if ask {
        confirm::possible(args.from.as_deref())?;
    }
    let ids = ids::gather(args.ids, args.from.as_deref())?;
    let client = client::connect(args.vendor, args.timeout, args.retry, &args.settings)?;
    let previews = check(&*client.releaser, &ids)?;
    if args.dry_run {
        return dry_run(&previews, args.format);
    }
    let endpoint = args.vendor.endpoint();
    let interrupt = Interrupt::listen()
        .map_err(|error| Failure::Refused(format!("no signal handler: {error}")))?;
    let mut report = Report::new(endpoint, args.format, &interrupt);
    if ask {
        let account = client.releaser.account();
        match confirm::ask(endpoint, &account, previews.len(), &interrupt).await {
            Confirmation::Yes => {}
            Confirmation::No => {
                return Err(Failure::Refused(
                    "not confirmed: nothing was sent".to_owned(),
                ));
            }
            // Nothing was started, so there is nothing to report.
            Confirmation::Interrupted => return Ok(Exit::Interrupted),
        }
    }
    run::all(&client, &ids, &mut report, &interrupt).await
}

/// Checks every id with the vendor's client. Refused ids are named by their origin.
fn check(client: &dyn Releaser, ids: &[Id]) -> Result<Vec<Preview>, Failure> {
    let mut refused = Vec::new();
    let mut previews = Vec::with_capacity(ids.len());
    for id in ids {
        match client.preview(&id.number) {
            Ok(preview) => previews.push(preview),
            Err(error) => refused.push(format!("{}: {error}", id.origin)),
        }
    }
    if refused.is_empty() {
        Ok(previews)
    } else {
        Err(Failure::Refused(refused.join("\n")))
    }
}

fn dry_run(previews: &[Preview], format: Format) -> Result<Exit, Failure> {
    for preview in previews {
        report::preview(format, preview)?;
    }
    let count = report::numbers(previews.len());
    note(&format!("dry run of {count}: nothing was sent"));
    Ok(Exit::Done)
}
