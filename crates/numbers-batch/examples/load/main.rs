//! How many releases a second a run makes with each journal, and without one, against a sandbox on this machine; and
//! how much memory it takes.
//!
//! `cargo run --release -p numbers-batch --example load -- [NUMBERS] [CONCURRENCY] [ROUNDS] [JOURNAL]...`
//!
//! JOURNAL is `none`, `sqlite` or `postgres`; by default all three, one after the other, each round. The sandbox, the
//! run and the database are processes of their own and share the machine, so compare the figures of one call, not
//! those of two. `postgres` starts a server of its own in a temporary directory, with its default settings. Set
//! `TMPDIR` to a directory on the disk that is to be measured.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it prints what it measured, and ends where it can't measure"
)]

mod no_journal;
#[path = "../../tests/support/postgres.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod postgres;
mod sandbox;
mod worker;

use numbers_sandbox::Server;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// The server whose made-up numbers are released.
const SERVER: Server = Server::SynthflowGlobal;

#[tokio::main]
async fn main() -> Result {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["sandbox", numbers] => sandbox::serve(numbers.parse()?).await,
        ["worker", list, journal, url, concurrency] => {
            worker::work(Path::new(list), journal, url, concurrency.parse()?).await
        }
        rest => measure(rest).await,
    }
}

async fn measure(arguments: &[&str]) -> Result {
    let numbers: u32 = arguments.first().map_or(Ok(50_000), |text| text.parse())?;
    let concurrency = arguments.get(1).unwrap_or(&"64");
    let rounds: u32 = arguments.get(2).map_or(Ok(2), |text| text.parse())?;
    let journals = match arguments.get(3..) {
        Some(journals) if !journals.is_empty() => journals,
        _ => &["none", "sqlite", "postgres"],
    };
    let directory = tempfile::tempdir()?;
    let list = directory.path().join("list");
    write_list(&list, numbers)?;
    let mut server = None;
    if journals.contains(&"postgres") {
        server = Some(postgres::Server::start().ok_or("there is no PostgreSQL")?);
    }
    println!("{numbers} numbers, {concurrency} at a time");
    for round in 1..=rounds {
        println!("round {round}: {} syncs/s", syncs(directory.path())?);
        for journal in journals {
            let url = match (*journal, &server) {
                ("postgres", Some(server)) => server.url(&server.database().await, server.port()),
                ("sqlite", _) => format!("{}/{round}.journal", directory.path().display()),
                _ => String::from("none"),
            };
            let sandbox = sandbox::Process::start(numbers)?;
            let status = Command::new(std::env::current_exe()?)
                .args([Path::new("worker"), &list, Path::new(&url)])
                .args([sandbox.url(), concurrency])
                .status()?;
            assert!(status.success(), "{journal}: {status}");
            let released_once = sandbox.released_once()?;
            assert_eq!(released_once, numbers, "{journal}: released once");
        }
    }
    Ok(())
}

fn write_list(path: &Path, numbers: u32) -> Result {
    let mut list = BufWriter::new(File::create(path)?);
    for n in 1..=numbers {
        writeln!(list, "{}", SERVER.made_up_number(n))?;
    }
    Ok(list.flush()?)
}

/// How often a second this disk makes a page durable in a file that does not grow, as a database's log mostly does not.
fn syncs(directory: &Path) -> Result<u64> {
    let mut file = File::create(directory.join("page"))?;
    file.write_all(&[0; 1 << 20])?;
    file.sync_all()?;
    let started = Instant::now();
    let mut count = 0;
    while started.elapsed() < Duration::from_secs(2) {
        file.seek(SeekFrom::Start(count % 256 * 4096))?;
        file.write_all(&[1; 4096])?;
        file.sync_data()?;
        count += 1;
    }
    Ok(count / 2)
}
