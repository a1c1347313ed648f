//! The command `numbers`, documented in `docs/cli.md`.

mod args;
mod batch;
mod config;
mod demo;
mod exit;
mod interrupt;
mod logging;
mod man;
mod output;
mod release;
mod sandbox;
mod settings;
mod vendors;

use args::{Args, Command, Global};
use clap::error::{ContextKind, ContextValue};
use clap::{ColorChoice, CommandFactory, FromArgMatches, ValueEnum};
use exit::{Exit, Failure};
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

fn main() -> ExitCode {
    let color = color_flag();
    output::choose_color(color);
    let parsed = Args::command()
        .color(color)
        .try_get_matches()
        .and_then(|matches| Args::from_arg_matches(&matches));
    let (result, is_quiet) = match parsed {
        Ok(args) => {
            let only_prints = args.command.only_prints();
            (dispatch(args), only_prints)
        }
        Err(error) => (explain(error), true),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            // A reader such as `head` has seen enough.
            if !(is_quiet && failure.is_closed_pipe()) {
                output::note(&failure.to_string());
            }
            failure.exit().into()
        }
    }
}

fn dispatch(Args { command, global }: Args) -> Result<Exit, Failure> {
    output::stdout_is_writable()?;
    logging::start(global.verbose);
    if let Some(name) = command.without_settings() {
        refuse_settings(name, &global)?;
    }
    match command {
        Command::Release(options) => run(release::run(options, &global)),
        Command::Plan(options) => batch::plan(options, &global),
        Command::Apply(options) => run(batch::apply(options, &global)),
        Command::Status(options) => run(batch::status(options, &global)),
        Command::Report(options) => run(batch::report(options, &global)),
        Command::Vendors { vendor, format } => {
            let profile = config::profile(&global)?;
            vendors::print(vendor, format, profile.as_ref(), &mut io::stdout().lock())
        }
        Command::Demo => run(demo::run()),
        Command::Sandbox(options) => run(sandbox::run(options)),
        Command::Completions { shell } => completions(shell),
        Command::Man { folder } => man::write(&folder),
    }
}

/// Refuses flags that a command would ignore.
fn refuse_settings(command: &str, global: &Global) -> Result<(), Failure> {
    let flag = match (&global.config, &global.profile) {
        (Some(_), _) => "--config",
        (None, Some(_)) => "--profile",
        (None, None) => return Ok(()),
    };
    Err(Failure::Refused(format!(
        "{flag} does not apply to `numbers {command}`, which reads no settings"
    )))
}

/// The value of `--color`, which is needed before the arguments are parsed: help and errors have colour too. Anything
/// wrong with it is refused by the parser.
fn color_flag() -> ColorChoice {
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        let text = argument.to_string_lossy();
        let value = match text.strip_prefix("--color") {
            _ if text == "--" => break,
            Some("") => arguments
                .next()
                .map(|value| value.to_string_lossy().into_owned()),
            Some(value) => value.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        if let Some(choice) = value.and_then(|value| ColorChoice::from_str(&value, false).ok()) {
            return choice;
        }
    }
    ColorChoice::Auto
}

/// Runs an async command.
fn run(command: impl Future<Output = Result<Exit, Failure>>) -> Result<Exit, Failure> {
    // Two threads, so that an endless response leaves one to the timer.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::Refused(format!("no runtime: {}", output::plain(&error))))?;
    let awake = keep_awake(runtime.handle().clone());
    let result = runtime.block_on(command);
    drop(awake);
    // Do not wait for threads blocked on DNS or on standard input.
    runtime.shutdown_background();
    result
}

/// Wakes an idle thread of the runtime ten times a second, until what it returns is dropped. While one thread is
/// busy with an endless response, the other may sleep without looking at the timer.
fn keep_awake(runtime: tokio::runtime::Handle) -> mpsc::Sender<()> {
    let (awake, asleep) = mpsc::channel();
    let tick = Duration::from_millis(100);
    thread::spawn(move || {
        while asleep.recv_timeout(tick) == Err(mpsc::RecvTimeoutError::Timeout) {
            runtime.spawn(async {});
        }
    });
    awake
}

/// Prints clap's message: help and version to stdout, usage errors to stderr.
fn explain(mut message: clap::Error) -> Result<Exit, Failure> {
    keep_flags_from_becoming_ids(&mut message);
    if message.use_stderr() {
        // One write, so that the lines of several processes do not mix.
        let text = message.render();
        let color = output::Color::detect().stderr;
        let text = if color {
            text.ansi().to_string()
        } else {
            text.to_string()
        };
        output::lines(&text);
        return Ok(Exit::Refused);
    }
    let printed = message.print().and_then(|()| io::stdout().flush());
    output::stdout_is_writable()?;
    printed?;
    Ok(Exit::Done)
}

/// Removes the tip to write `-- --quiet`, which would make an unknown flag the id of a number.
fn keep_flags_from_becoming_ids(message: &mut clap::Error) {
    if let Some(ContextValue::StyledStrs(mut tips)) = message.remove(ContextKind::Suggested) {
        tips.retain(|tip| !tip.to_string().contains("as a value"));
        if !tips.is_empty() {
            message.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
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
