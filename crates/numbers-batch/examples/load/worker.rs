//! One run, in a process of its own, from the list to the end.

use crate::Result;
use crate::no_journal::NoJournal;
use numbers_batch::journal::{Journal, JournalReader, JournalUrl, OpenOptions};
use numbers_batch::plan::{CreateOptions, InputFormat, create};
use numbers_batch::run::{Batch, End, Rate, RunOptions, Stop};
use numbers_sandbox::credentials;
use std::fs::File;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use synthflow_numbers::{Client, ENDPOINT};

pub(crate) async fn work(
    list: &Path,
    journal: &str,
    url: &str,
    concurrency: NonZeroUsize,
) -> Result {
    let client = Client::builder()
        .with_base_url(url)
        .with_api_key(credentials::SYNTHFLOW_API_KEY)
        .build()?;
    let options = CreateOptions::new(InputFormat::Text).with_id_example(ENDPOINT.id_example());
    let path = list.with_extension("plan");
    // Each journal gets a plan of its own.
    let _ = std::fs::remove_file(&path);
    let started = Instant::now();
    let created = create(File::open(list)?, &options, &client, path)?;
    let plan = created.plan();
    let planned = started.elapsed();

    let url: Option<JournalUrl> = (journal != "none").then(|| journal.parse()).transpose()?;
    let started = Instant::now();
    let journal: Arc<dyn Journal> = match &url {
        Some(url) => url.open(plan, &OpenOptions::new()).await?,
        None => Arc::new(NoJournal::new(plan)?),
    };
    let opened = started.elapsed();

    let options = RunOptions::default()
        .with_rate(Rate::OFF)
        .with_concurrency(concurrency);
    let batch = Batch::new(Arc::new(client), Arc::clone(&journal), options);
    let started = Instant::now();
    let summary = batch.run(&Stop::new(), |_| {}).await?;
    let ran = started.elapsed();
    assert_eq!(summary.end, End::Done);
    let count = plan.header().count();
    assert_eq!(journal.counts().await?.released, count);
    let peak = peak_memory()?;
    let rate = count as f64 / ran.as_secs_f64();
    let name = match &url {
        Some(url) if url.to_string().starts_with("postgres") => "postgres",
        Some(_) => "sqlite",
        None => "none",
    };
    println!(
        "  {name:8} {rate:6.0} releases/s, {peak} MiB at most, planned in {planned:.1?}, opened in {opened:.1?}"
    );
    if let Some(url) = &url {
        let started = Instant::now();
        let reader = JournalReader::open(url, Some(plan.hash())).await?;
        let counts = reader.counts().await?;
        let counted = started.elapsed();
        println!("           counted {} in {counted:.1?}", counts.total());
    }
    Ok(journal.close().await?)
}

/// The most memory that this process had so far, in MiB.
fn peak_memory() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1));
    Ok(kib.ok_or("no VmHWM")?.parse::<u64>()? / 1024)
}
