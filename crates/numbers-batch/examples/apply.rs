//! Releases a list of numbers at Synthflow, and resumes where it was stopped or killed.
//!
//! `cargo run -p numbers-batch --example apply -- LIST JOURNAL [--resend-unknown]`
//!
//! LIST has one id a line. JOURNAL is the path of a file, or a `postgres://` URL that several machines can share. The
//! plan is written beside the list once; to resume, run the same command again.
//!
//! With `SYNTHFLOW_BASE_URL` and `SYNTHFLOW_API_KEY` it sends to that server. Without them it starts a sandbox that
//! holds the numbers, so nothing real is released.

#![allow(clippy::print_stdout, clippy::print_stderr)] // it is a program

use numbers_batch::journal::{JournalUrl, OpenOptions};
use numbers_batch::plan::{self, ChangedCredential, CreateOptions, InputFormat, Plan};
use numbers_batch::run::{Batch, NumberResult, Rate, RunEvent, RunOptions, Stop};
use numbers_sandbox::{Sandbox, Server, credentials};
use std::error::Error;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use synthflow_numbers::{Client, ENDPOINT};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (list, journal, resend_unknown) = match arguments.as_slice() {
        [list, journal] => (list, journal, false),
        [list, journal, flag] if flag == "--resend-unknown" => (list, journal, true),
        _ => return Err("usage: apply LIST JOURNAL [--resend-unknown]".into()),
    };
    let url: JournalUrl = journal.parse()?;
    let (client, sandbox) = client(Path::new(list)).await?;

    // The plan says what will be released, for people to review. It is made once: its hash names it in the journal.
    let path = Path::new(list).with_extension("plan");
    let plan = match path.exists() {
        true => Plan::open(&path)?,
        false => {
            let options =
                CreateOptions::new(InputFormat::Text).with_id_example(ENDPOINT.id_example());
            let created = plan::create(File::open(list)?, &options, &client, &path)?;
            println!(
                "{} has {} numbers",
                path.display(),
                created.plan().header().count()
            );
            created.plan().clone()
        }
    };
    // It must be for this account. The sandbox has another port each time.
    if sandbox.is_none() {
        plan.check(&client, ChangedCredential::Refuse)?;
    }

    // What an earlier run left in flight is unknown from here on.
    let journal = url.open(&plan, &OpenOptions::new()).await?;

    let stop = Stop::new();
    let on_signal = stop.clone();
    tokio::spawn(async move {
        // Once: what is in flight may finish. Twice: it ends at once.
        while tokio::signal::ctrl_c().await.is_ok() {
            on_signal.request();
        }
    });
    let rate = match sandbox {
        Some(_) => "20/s".parse()?,
        None => Rate::documented(&ENDPOINT),
    };
    let options = RunOptions::default()
        .with_rate(rate)
        .with_resend_unknown(resend_unknown);
    let batch = Batch::new(Arc::new(client), Arc::clone(&journal), options);
    let summary = batch
        .run(&stop, |event| match event {
            RunEvent::Recorded(NumberResult { number, result, .. }) => {
                println!("{} {:?}", number.masked(), result.outcome);
            }
            event => eprintln!("{event:?}"),
        })
        .await?;

    println!("{}: {:?}", summary.end, journal.counts().await);
    for result in &summary.unrecorded {
        eprintln!("not recorded: {result:?}");
    }
    journal.close().await?;
    Ok(())
}

/// A client of the server that the environment names, or of a sandbox that holds the numbers of the list.
async fn client(list: &Path) -> Result<(Client, Option<Sandbox>), Box<dyn Error>> {
    if std::env::var_os("SYNTHFLOW_BASE_URL").is_some() {
        return Ok((Client::from_env()?, None));
    }
    let sandbox = Sandbox::start().await?;
    for id in std::fs::read_to_string(list)?.lines() {
        sandbox.hold(Server::SynthflowGlobal, id);
    }
    let client = Client::builder()
        .with_base_url(sandbox.base_url(Server::SynthflowGlobal))
        .with_api_key(credentials::SYNTHFLOW_API_KEY)
        .build()?;
    Ok((client, Some(sandbox)))
}
