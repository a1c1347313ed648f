//! `numbers plan`.

use super::journal::refused;
use crate::args::{Global, PlanArgs};
use crate::config;
use crate::exit::{Exit, Failure};
use crate::output::{note, words};
use crate::release::ids::{ALLOW_ODD_IDS, is_stdin};
use crate::release::report::{count, counted};
use crate::settings::Settings;
use numbers::{Endpoint, TransportOptions};
use numbers_batch::plan::{
    CreateOptions, Created, InputFormat, PlanError, PlanErrorKind, Problem, create,
};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Checks every id and every setting before it writes the plan.
pub(crate) fn run(args: PlanArgs, global: &Global) -> Result<Exit, Failure> {
    let endpoint = args.vendor.endpoint();
    let profile = config::profile(global)?;
    if let Some(profile) = &profile {
        profile.check_vendor(args.vendor)?;
    }
    let settings = Settings::find(args.vendor, &args.flags, profile.as_ref())?;
    let client = settings.connect(TransportOptions::new())?;
    let from = args.from.as_path();
    let name = if is_stdin(from) {
        "standard input".to_owned()
    } else {
        from.display().to_string()
    };
    let input = Input::open(from).map_err(|error| Failure::unreadable(&name, &error))?;
    let options = CreateOptions::new(format(from, args.column))
        .with_odd_ids(args.allow_odd_ids)
        .with_id_example(endpoint.id_example());
    let created =
        create(&input, &options, &*client, &args.out).map_err(|error| match error.kind() {
            PlanErrorKind::Exists => refused(format!(
                "{} is there already: choose another name for --out, or remove it",
                args.out.display()
            )),
            PlanErrorKind::Input => bad_ids(&name, &error, endpoint),
            PlanErrorKind::Io if !input.failed.get() => {
                Failure::Unwritable(io::Error::other(words(&error.to_string())))
            }
            _ => refused(error),
        })?;
    if !global.quiet {
        settings.overridden.iter().for_each(|text| note(text));
        report(&created, &args.out);
    }
    Ok(Exit::Done)
}

fn report(created: &Created, out: &Path) {
    match created.repeats() {
        0 => {}
        1 => note("1 line repeats an earlier id: it is in the plan once"),
        repeats => note(&format!(
            "{repeats} lines repeat earlier ids: each is in the plan once"
        )),
    }
    let header = created.plan().header();
    let (count, vendor, account) = (count(header.count()), header.vendor(), header.account());
    let out = out.display();
    note(&format!("{out}: {count} at {vendor}, {account}"));
    note(&format!(
        "nothing was sent; review it, then `numbers apply {out}`"
    ));
}

fn format(from: &Path, column: Option<String>) -> InputFormat {
    let extension = from.extension();
    if column.is_some() || extension.is_some_and(|it| it.eq_ignore_ascii_case("csv")) {
        InputFormat::Csv { column }
    } else {
        InputFormat::Text
    }
}

fn bad_ids(name: &str, error: &PlanError, endpoint: &Endpoint) -> Failure {
    let problems = error.problems();
    if problems.is_empty() {
        return refused(format!("{name}: {error}"));
    }
    let mut lines: Vec<_> = problems
        .iter()
        .map(|problem| format!("{name}, {problem}"))
        .collect();
    if error.more() > 0 {
        lines.push(format!("and {}", counted(error.more(), "more line")));
    }
    let (vendor, example) = (endpoint.vendor(), endpoint.id_example());
    lines.push(format!("an id of {vendor} looks like {example}"));
    if problems.iter().any(Problem::is_odd) {
        lines.push(ALLOW_ODD_IDS.to_owned());
    }
    lines.push("no plan was written".to_owned());
    refused(lines.join("\n"))
}

/// The list, which remembers whether it could be read.
struct Input {
    file: Option<File>,
    failed: Cell<bool>,
}

impl Input {
    fn open(path: &Path) -> io::Result<Self> {
        let file = match is_stdin(path) {
            true => None,
            false => Some(File::open(path)?),
        };
        Ok(Self {
            file,
            failed: Cell::new(false),
        })
    }
}

impl Read for &Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &self.file {
            Some(file) => (&mut &*file).read(buffer),
            None => io::stdin().lock().read(buffer),
        };
        self.failed.set(read.is_err());
        read
    }
}
