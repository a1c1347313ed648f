//! Lists of ids, as text and as CSV.

use super::error::{PlanError, PlanErrorKind};
use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

/// The format of a list of ids.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputFormat {
    /// One id per line. White space around it, blank lines and lines that begin with `#` are ignored.
    Text,
    /// Comma-separated values (RFC 4180), with a line of column names.
    Csv {
        /// The name of the column with the ids. `None`: there is only one column, whose name may be missing.
        column: Option<String>,
    },
}

/// An id of the list, or why it can't be read.
pub(super) struct Found {
    pub(super) line: u64,
    pub(super) id: Result<String, Cow<'static, str>>,
}

/// The longest line of a list, in bytes.
const MAX_LINE: u64 = 64 * 1024;

/// Calls `take` with each id of a list.
pub(super) fn read(
    input: impl Read,
    format: &InputFormat,
    take: impl FnMut(Found) -> Result<(), PlanError>,
) -> Result<(), PlanError> {
    let mut input = BufReader::with_capacity(64 * 1024, input);
    skip_byte_order_mark(&mut input)?;
    match format {
        InputFormat::Text => read_text(input, take),
        InputFormat::Csv { column } => read_csv(input, column.as_deref(), take),
    }
}

fn skip_byte_order_mark(input: &mut impl BufRead) -> Result<(), PlanError> {
    let start = input.fill_buf().map_err(cant_read)?;
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        return Err(refuse("the list is UTF-16; save it as UTF-8"));
    }
    if start.starts_with(b"\xef\xbb\xbf") {
        input.consume(3);
    }
    Ok(())
}

fn read_text(
    mut input: impl BufRead,
    mut take: impl FnMut(Found) -> Result<(), PlanError>,
) -> Result<(), PlanError> {
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        let length = input
            .by_ref()
            .take(MAX_LINE)
            .read_until(b'\n', &mut bytes)
            .map_err(cant_read)?;
        if length == 0 {
            break;
        }
        if length as u64 == MAX_LINE && bytes.last() != Some(&b'\n') {
            return Err(refuse(&format!("line {line} is too long for an id")));
        }
        let id = match std::str::from_utf8(&bytes).map(str::trim) {
            Ok(text) if text.is_empty() || text.starts_with('#') => continue,
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(NOT_UTF8.into()),
        };
        take(Found { line, id })?;
    }
    Ok(())
}

fn read_csv(
    input: impl Read,
    column: Option<&str>,
    mut take: impl FnMut(Found) -> Result<(), PlanError>,
) -> Result<(), PlanError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(input);
    let mut record = csv::ByteRecord::new();
    let mut next = |record: &mut csv::ByteRecord| match reader.read_byte_record(record) {
        Ok(more) => Ok(more),
        Err(error) => Err(bad_csv(error)),
    };
    if !next(&mut record)? {
        return Ok(());
    }
    let names: Vec<String> = record
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().to_owned())
        .collect();
    let (at, mut more) = match column {
        Some(column) => (column_called(column, &names)?, next(&mut record)?),
        None => match names.as_slice() {
            [name] if has_other_separator(name) => return Err(refuse(COMMAS)),
            [name] if is_name(name) => (0, next(&mut record)?),
            [_] => (0, true),
            _ => {
                return Err(refuse(&format!(
                    "say which column has the ids: {}",
                    listed(&names)
                )));
            }
        },
    };
    while more {
        let line = record.position().map_or(0, csv::Position::line);
        let id = match record.get(at).map(std::str::from_utf8) {
            _ if record.len() != names.len() => {
                let (found, expected) = (columns(record.len()), names.len());
                Err(format!("it has {found}, and the first line {expected}").into())
            }
            Some(Ok(text)) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
            Some(Err(_)) => Err(NOT_UTF8.into()),
            _ => Err("the column is empty here".into()),
        };
        take(Found { line, id })?;
        more = next(&mut record)?;
    }
    Ok(())
}

fn column_called(column: &str, names: &[String]) -> Result<usize, PlanError> {
    let mut found = names.iter().enumerate().filter(|(_, name)| *name == column);
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Ok(at),
        (Some(_), Some(_)) => Err(refuse(&format!("several columns are called `{column}`"))),
        (None, _) if matches!(names, [name] if has_other_separator(name)) => Err(refuse(COMMAS)),
        (None, _) => Err(refuse(&format!(
            "no column is called `{column}`; there are: {}",
            listed(names)
        ))),
    }
}

/// Whether what was read as one cell looks like several.
fn has_other_separator(cell: &str) -> bool {
    cell.contains([';', '\t', '|'])
}

/// `1 column`, `2 columns`.
fn columns(count: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} column{plural}")
}

/// Whether a cell looks like the name of a column: a word without a digit.
fn is_name(cell: &str) -> bool {
    !cell.is_empty() && !cell.contains(|character: char| character.is_ascii_digit())
}

/// Names of columns, for a message. What has digits may be a number, and is not shown.
fn listed(names: &[String]) -> String {
    let names: Vec<_> = names
        .iter()
        .take(20)
        .map(|name| match is_name(name) {
            true => format!("`{}`", numbers_core::raw::printable(name)),
            false => "…".to_owned(),
        })
        .collect();
    names.join(", ")
}

const NOT_UTF8: &str = "this is not UTF-8";
const COMMAS: &str =
    "the columns are not separated by commas; save the list with commas between them";

fn refuse(message: &str) -> PlanError {
    PlanError::new(PlanErrorKind::Input, message)
}

fn cant_read(error: io::Error) -> PlanError {
    PlanError::io("the list can't be read", error)
}

fn bad_csv(error: csv::Error) -> PlanError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => cant_read(error),
        _ => refuse("the list is not CSV"),
    }
}
