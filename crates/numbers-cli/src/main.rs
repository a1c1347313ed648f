//! The command `numbers`, documented in `docs/cli.md`.

mod args;
mod demo;
mod exit;
mod interrupt;
mod output;
mod release;
mod sandbox;
mod vendors;

use args::{Args, Command};
use clap::{CommandFactory, Parser};
use exit::{Exit, Failure};
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let result = match Args::try_parse() {
        Ok(args) => dispatch(args.command),
        Err(error) => explain(&error),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output::note(&failure.to_string());
            failure.exit().into()
        }
    }
}

fn dispatch(command: Command) -> Result<Exit, Failure> {
    output::stdout_is_writable()?;
    match command {
        Command::Release(options) => run(release::run(options)),
        Command::Vendors => vendors::print(&mut io::stdout().lock()),
        Command::Demo => run(demo::run()),
        Command::Sandbox(options) => run(sandbox::run(options)),
        Command::Completions { shell } => completions(shell),
    }
}

/// Runs an async command.
fn run(command: impl Future<Output = Result<Exit, Failure>>) -> Result<Exit, Failure> {
    // Two threads, so that an endless response can't block the timer.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::Refused(format!("no runtime: {error}")))?;
    let result = runtime.block_on(command);
    // Do not wait for threads blocked on DNS or on standard input.
    runtime.shutdown_background();
    result
}

/// Prints clap's message: help and version to stdout, usage errors to stderr.
fn explain(message: &clap::Error) -> Result<Exit, Failure> {
    let printed = message.print().and_then(|()| io::stdout().flush());
    match message.use_stderr() {
        true => Ok(Exit::Refused),
        false => {
            output::stdout_is_writable()?;
            printed?;
            Ok(Exit::Done)
        }
    }
}

fn completions(shell: clap_complete::Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "numbers", &mut script);
    io::stdout().write_all(&script)?;
    io::stdout().flush()?;
    Ok(Exit::Done)
}
