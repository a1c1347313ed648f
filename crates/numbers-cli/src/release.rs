//! `numbers release`.

pub(crate) mod advice;
pub(crate) mod confirm;
pub(crate) mod ids;
pub(crate) mod line;
pub(crate) mod pace;
pub(crate) mod progress;
pub(crate) mod report;
mod run;
pub(crate) mod summary;
mod wait_out;
mod watched;

use crate::args::{Format, Global, ReleaseArgs};
use crate::config;
use crate::exit::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::output::{Color, note, plain};
use crate::settings::Settings;
use advice::Causes;
use confirm::{Confirmation, Question, Selection};
use ids::Ids;
use numbers::{Preview, TransportOptions};
use pace::Pace;
use progress::Progress;
use report::{Report, numbers};
use run::Run;
use std::collections::BTreeMap;
use std::time::Duration;

pub(crate) const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// Checks every id and every setting before it asks for confirmation and before it sends anything.
pub(crate) async fn run(args: ReleaseArgs, global: &Global) -> Result<Exit, Failure> {
    let ask = !args.yes && !args.dry_run;
    if ask {
        confirm::check_possible(args.from.as_deref())?;
    }
    let say = |text: &str| {
        if !global.quiet {
            note(text);
        }
    };
    let endpoint = args.vendor.endpoint();
    let profile = config::profile(global)?;
    if let Some(profile) = &profile {
        profile.check_vendor(args.vendor)?;
    }
    let settings = Settings::find(args.vendor, &args.flags, profile.as_ref())?;
    let Ids { ids, repeated } = ids::gather(args.ids, args.from.as_deref())?;
    settings.overridden.iter().for_each(|text| say(text));
    let timeout = args.timeout.unwrap_or(DEFAULT_TIMEOUT);
    let client = settings.connect(TransportOptions::new().with_timeout(timeout))?;
    let previews = ids::check(&*client, endpoint, &ids, args.allow_odd_ids)?;
    if repeated > 0 {
        say(&repeated_ids(repeated));
    }
    if args.dry_run {
        return dry_run(&previews, args.format, &say);
    }
    let pace = Pace::choose(args.rate, endpoint, ids.len());
    let pace_words = pace.map(|pace| pace.describe(ids.len()));
    let interrupt = Interrupt::listen()
        .map_err(|error| Failure::Refused(format!("no signal handler: {}", plain(&error))))?;
    if ask {
        let (account, credential) = (client.account(), settings.credential());
        let pace = pace_words.as_deref();
        let selection = Selection::from_ids(&ids);
        let question = Question::new(endpoint, &account, &credential, &selection, pace);
        match confirm::ask(question, &interrupt).await {
            Confirmation::Yes => {}
            Confirmation::No => {
                return Err(Failure::Refused(
                    "not confirmed: nothing was sent".to_owned(),
                ));
            }
            // Nothing was started, so there is nothing to report.
            Confirmation::Interrupted => return Ok(Exit::Interrupted),
        }
    } else if let Some(pace) = &pace_words {
        say(&format!("rate: {pace}"));
    }
    let progress = Progress::new(ids.len(), !global.quiet && global.verbose == 0);
    let mut report = Report {
        endpoint,
        format: args.format,
        quiet: global.quiet,
        interrupt: &interrupt,
        progress: &progress,
        color: Color::detect(),
        counts: BTreeMap::new(),
        causes: Causes::default(),
    };
    let run = Run {
        client: &*client,
        pace,
        retry: args.retry.then_some(timeout),
        progress: &progress,
        interrupt: &interrupt,
    };
    run.all(&ids, &mut report).await
}

fn repeated_ids(count: usize) -> String {
    match count {
        1 => "1 id was given more than once: it is released once".to_owned(),
        _ => format!("{count} ids repeat earlier ones: each is released once"),
    }
}

fn dry_run(previews: &[Preview], format: Format, say: &impl Fn(&str)) -> Result<Exit, Failure> {
    for preview in previews {
        report::preview(format, preview)?;
    }
    let count = numbers(previews.len());
    say(&format!("dry run of {count}: nothing was sent"));
    Ok(Exit::Done)
}
