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
use confirm::Answer;
use ids::Id;
use numbers::{Preview, Releaser};
use report::Report;

/// Nothing is sent before every id and every setting was checked, and nobody is asked before that.
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
            Answer::Yes => {}
            Answer::No => {
                return Err(Failure::Refused(
                    "not confirmed: nothing was sent".to_owned(),
                ));
            }
            // Nothing was begun, so there is nothing to report.
            Answer::Interrupted => return Ok(Exit::Interrupted),
        }
    }
    run::all(&client, &ids, &mut report, &interrupt).await
}

/// Has the vendor's client check every id. Each that it refuses is named by where it came from.
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
