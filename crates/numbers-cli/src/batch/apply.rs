//! `numbers apply`.

use super::journal::{beside, hint, named, refused, vendor};
use super::observer::Observer;
use super::ticker::Ticker;
use super::{ending, queue};
use crate::args::{ApplyArgs, Global};
use crate::config;
use crate::exit::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::output::{Color, note, plain};
use crate::release::DEFAULT_TIMEOUT;
use crate::release::advice::Causes;
use crate::release::confirm::{self, Confirmation, Question, Selection};
use crate::release::pace::Pace;
use crate::release::progress::Progress;
use crate::release::report::count;
use crate::settings::Settings;
use numbers::{Endpoint, Releaser, TransportOptions};
use numbers_batch::journal::{Journal, JournalError, JournalUrl, OpenOptions};
use numbers_batch::plan::{AccountMatch, ChangedCredential, Plan, PlanErrorKind};
use numbers_batch::run::{Batch, RunOptions, Stop, Summary};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a second signal waits for the run to leave by itself.
const GRACE: Duration = Duration::from_secs(1);

/// Checks plan, account and journal before it asks for confirmation and before it sends anything.
pub(crate) async fn run(args: ApplyArgs, global: &Global) -> Result<Exit, Failure> {
    let ask = !args.yes;
    if ask {
        confirm::check_possible(None)?;
    }
    let say = |text: &str| {
        if !global.quiet {
            note(text);
        }
    };
    let plan = Plan::open(&args.plan).map_err(refused)?;
    let vendor = vendor(plan.header().vendor())?;
    let endpoint = vendor.endpoint();
    let profile = config::profile(global)?;
    if let Some(profile) = &profile {
        profile.check_vendor(vendor)?;
    }
    let settings = Settings::find(vendor, &args.flags, profile.as_ref())?;
    settings.overridden.iter().for_each(|text| say(text));
    let timeout = args.timeout.unwrap_or(DEFAULT_TIMEOUT);
    let client = settings.connect(TransportOptions::new().with_timeout(timeout))?;
    check_account(&plan, &*client, args.credential_changed, &say)?;
    let url = named(args.journal.as_deref())?.unwrap_or_else(|| beside(&args.plan));
    let options = options(&args, endpoint);
    let interrupt = Interrupt::listen_with_grace(GRACE)
        .map_err(|error| refused(format!("no signal handler: {}", plain(&error))))?;
    let dialog = Dialog {
        settings: &settings,
        client: &*client,
        endpoint,
        pace: Pace::always(args.rate, endpoint),
        options: &options,
        interrupt: &interrupt,
    };
    // A reply of no leaves nothing behind.
    let asked = ask && url.is_new();
    if asked {
        let selection = queue::from_plan(&plan).map_err(refused)?;
        if let Some(early) = dialog.question(&selection).await {
            return early;
        }
    }
    let open = OpenOptions::new().with_journal_moved(args.journal_moved);
    let journal = url.open(&plan, &open).await.map_err(unusable)?;
    let orphans = journal.mark_orphans_unknown().await.map_err(unusable)?;
    if orphans > 0 {
        say(&format!(
            "{} in flight when an earlier run ended: unknown now",
            were(orphans)
        ));
    }
    let selection = match ask {
        true => queue::selection(&*journal, &options).await,
        false => queue::count(&*journal, &options).await,
    }
    .map_err(unusable)?;
    if ask && !asked && selection.count() > 0 {
        if let Some(early) = dialog.question(&selection).await {
            close(&*journal).await;
            return early;
        }
    } else if !ask && selection.count() > 0 {
        say(&dialog.rate(selection.count()));
    }

    let shown = !global.quiet && global.verbose == 0;
    let progress = Progress::new(selection.count(), shown);
    let stop = Stop::new();
    let mut observer = Observer {
        endpoint,
        format: args.format,
        color: Color::detect(),
        quiet: global.quiet,
        progress: &progress,
        stop: &stop,
        ticker: Ticker::new(Instant::now()),
        total: 0,
        left: 0,
        resend: args.resend_unknown,
        counts: BTreeMap::new(),
        causes: Causes::default(),
        unwritable: None,
    };
    let batch = Batch::new(client, Arc::clone(&journal), options);
    let summary = until_stopped(&batch, &stop, &interrupt, &mut observer).await;
    progress.end();
    let summary = summary.map_err(unusable)?;
    if summary.left_in_flight == 0 {
        close(&*journal).await;
    }
    let ended = ending::Ended {
        endpoint,
        causes: &observer.causes,
        again: again(&args, &url),
        quiet: global.quiet,
        summary: &summary,
        journal: &url,
    };
    let exit = ended.report();
    match observer.unwritable {
        Some(error) => Err(error.into()),
        None => Ok(exit),
    }
}

/// Runs. The first signal lets what is in flight finish, the second leaves at once.
async fn until_stopped(
    batch: &Batch,
    stop: &Stop,
    interrupt: &Interrupt,
    observer: &mut Observer<'_>,
) -> Result<Summary, JournalError> {
    let signals = async {
        interrupt.wait().await;
        stop.drain();
        interrupt.wait_again().await;
        stop.abort();
        std::future::pending().await
    };
    tokio::select! {
        summary = batch.run(stop, |event| observer.on_event(&event)) => summary,
        never = signals => never,
    }
}

fn options(args: &ApplyArgs, endpoint: &Endpoint) -> RunOptions {
    let mut options = RunOptions::for_endpoint(endpoint)
        .with_max_failures(args.max_failures)
        .with_resend_unknown(args.resend_unknown);
    if args.even_if_bought_anew {
        options = options.with_resend_of_any_age(true);
    }
    if let Some(rate) = args.rate {
        options = options.with_rate(rate);
    }
    if let Some(concurrency) = args.concurrency {
        options = options.with_concurrency(concurrency);
    }
    if let Some(time) = args.give_up_after {
        options = options.with_give_up_after(time);
    }
    options
}

fn check_account(
    plan: &Plan,
    client: &dyn Releaser,
    changed: bool,
    say: &impl Fn(&str),
) -> Result<(), Failure> {
    let changed = match changed {
        true => ChangedCredential::Accept,
        false => ChangedCredential::Refuse,
    };
    match plan.check(client, changed) {
        Ok(AccountMatch::CredentialChanged) => {
            say("the key differs from that of the plan, for the same account");
            Ok(())
        }
        Ok(_) => Ok(()),
        Err(error) => {
            let hint = match error.kind() {
                PlanErrorKind::CredentialChanged => {
                    "\nif only the key was changed, --credential-changed accepts it"
                }
                PlanErrorKind::OtherAccount => {
                    "\nuse the settings of that account; --credential-changed helps only where the account has a name. \
                     For a new plan, take only the numbers that `numbers status` shows as pending"
                }
                _ => "",
            };
            Err(refused(format!("{error}{hint}")))
        }
    }
}

/// What the question to the operator shows.
struct Dialog<'a> {
    settings: &'a Settings,
    client: &'a dyn Releaser,
    endpoint: &'static Endpoint,
    pace: Option<Pace>,
    options: &'a RunOptions,
    interrupt: &'a Interrupt,
}

impl Dialog<'_> {
    /// Asks. Something else than `None` ends the command.
    async fn question(&self, selection: &Selection) -> Option<Result<Exit, Failure>> {
        let (account, credential) = (self.client.account(), self.settings.credential());
        let rate = self.rate(selection.count());
        let question = Question::new(self.endpoint, &account, &credential, selection, Some(&rate));
        match confirm::ask(question, self.interrupt).await {
            Confirmation::Yes => None,
            Confirmation::No => Some(Err(refused("not confirmed: nothing was sent"))),
            Confirmation::Interrupted => Some(Ok(Exit::Interrupted)),
        }
    }

    fn rate(&self, numbers: usize) -> String {
        match self.pace {
            Some(pace) => pace.describe(numbers),
            None => format!("as fast as {} at a time allow", self.options.concurrency()),
        }
    }
}

/// The journal is opened again by the next command, so a failure to close it loses nothing.
async fn close(journal: &dyn Journal) {
    let _ = tokio::time::timeout(GRACE, journal.close()).await;
}

fn unusable(error: JournalError) -> Failure {
    let hint = hint(error.kind()).map_or_else(String::new, |hint| format!("\n{hint}"));
    refused(format!("{error}{hint}\nnothing was sent"))
}

fn were(numbers: u64) -> String {
    let verb = if numbers == 1 { "was" } else { "were" };
    format!("{} {verb}", count(numbers))
}

/// The command that resumes the run.
fn again(args: &ApplyArgs, url: &JournalUrl) -> String {
    let plan = args.plan.display();
    match &args.journal {
        Some(_) => format!("numbers apply {plan} {}", flag(url)),
        None => format!("numbers apply {plan}"),
    }
}

/// What the messages call a journal.
pub(crate) fn flag(journal: &JournalUrl) -> String {
    format!("--journal {journal}")
}
