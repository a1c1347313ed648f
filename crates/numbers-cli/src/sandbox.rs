//! `numbers sandbox`.

pub(crate) mod accounts;
mod args;
mod record;

use crate::exit::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::output::{self, plain};
use crate::release::report::count as counted;
use accounts::ACCOUNTS;
pub(crate) use args::SandboxArgs;
use numbers_sandbox::Sandbox;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Runs until Ctrl-C, which is a success.
pub(crate) async fn run(args: SandboxArgs) -> Result<Exit, Failure> {
    let refused = |error| {
        let at = match args.port {
            0 => String::new(),
            port => format!(" at port {port}"),
        };
        Failure::Refused(format!("the sandbox can't start{at}: {}", plain(&error)))
    };
    let interrupt = Interrupt::listen().map_err(refused)?;
    // Created first: a path that can't be written is better known before a long run.
    let record = args.record.as_deref().map(create).transpose()?;
    let sandbox = args.builder().start().await.map_err(refused)?;
    if args.numbers.is_none() {
        for account in &ACCOUNTS {
            account.seed(&sandbox);
        }
    }
    args.inject(&sandbox);
    if let Some(folder) = &args.ids {
        write_ids(folder, args.numbers)?;
    }
    print(&sandbox, args.numbers, &mut io::stdout().lock())?;
    interrupt.wait().await;

    output::note(&record::summary(&sandbox));
    if let Some(file) = record {
        record::write_csv(&sandbox, &mut BufWriter::new(file))?;
    }
    sandbox.shutdown().await;
    Ok(Exit::Done)
}

fn create(path: &Path) -> Result<File, Failure> {
    File::create(path).map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::Refused(format!("{} can't be written: {error}", path.display()))
}

/// Writes the ids of each vendor's numbers into a file of its own.
fn write_ids(folder: &Path, numbers: Option<u32>) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    for account in &ACCOUNTS {
        let path = folder.join(format!("sandbox-{}.txt", account.vendor));
        let mut file = BufWriter::new(create(&path)?);
        account
            .ids(numbers)
            .try_for_each(|id| writeln!(file, "{id}"))
            .and_then(|()| file.flush())
            .map_err(|error| unwritable(&path, &error))?;
    }
    Ok(())
}

/// Prints the settings as shell commands, the rest as comments.
fn print(sandbox: &Sandbox, numbers: Option<u32>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# The sandbox runs until Ctrl-C. In another terminal:")?;
    for account in &ACCOUNTS {
        writeln!(out)?;
        for (name, value) in account.variables(sandbox) {
            writeln!(out, "export {name}={value}")?;
        }
        for server in account.servers.iter().skip(1) {
            let (name, url) = (account.base_url_variable(), sandbox.base_url(*server));
            writeln!(out, "# {server}, the same numbers: export {name}={url}")?;
        }
        if let (Some(count), Some(server)) = (numbers, account.servers.first()) {
            let last = server.made_up_number(count);
            let count = counted(count.into());
            writeln!(out, "# {count}, the last is {last}")?;
        }
        let first: Vec<_> = account.ids(numbers).take(3).collect();
        writeln!(
            out,
            "# numbers release {} {}",
            account.vendor,
            first.join(" ")
        )?;
    }
    out.flush()
}
