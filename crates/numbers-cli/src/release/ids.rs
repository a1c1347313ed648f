//! The ids to release, from the command line, a file or standard input.

use crate::exit::Failure;
use numbers::{Endpoint, NumberId, Preview, Releaser};
use numbers_batch::plan::odd_id_reason;
use std::collections::HashSet;
use std::io;
use std::path::Path;

/// The hint where an id is odd.
pub(crate) const ALLOW_ODD_IDS: &str = "--allow-odd-ids accepts odd ids";

/// An id and its origin. Error messages show the origin and the last characters instead of the id.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Id {
    pub(crate) number: NumberId,
    origin: Origin,
}

#[derive(Debug, PartialEq, Eq)]
enum Origin {
    Argument(usize),
    Line { file: String, line: usize },
}

/// The ids, without those that came before.
pub(crate) struct Ids {
    pub(crate) ids: Vec<Id>,
    /// How many were given again.
    pub(crate) repeated: usize,
}

/// The ids in order, those of the command line first.
pub(crate) fn gather(arguments: Vec<String>, from: Option<&Path>) -> Result<Ids, Failure> {
    let mut ids: Vec<Id> = (1..)
        .zip(arguments)
        .map(|(at, id)| Id {
            number: NumberId::from(id),
            origin: Origin::Argument(at),
        })
        .collect();
    if let Some(path) = from {
        let name = if is_stdin(path) {
            "standard input".to_owned()
        } else {
            path.display().to_string()
        };
        let text = read(path).map_err(|error| Failure::unreadable(&name, &error))?;
        ids.extend(lines(&name, &text));
    }
    let given = ids.len();
    let mut seen = HashSet::new();
    ids.retain(|id| seen.insert(id.number.clone()));
    if ids.is_empty() {
        return Err(Failure::Refused("no numbers given".to_owned()));
    }
    Ok(Ids {
        repeated: given - ids.len(),
        ids,
    })
}

/// Checks every id with the vendor's client, and refuses odd ones unless they are allowed.
pub(crate) fn check(
    client: &dyn Releaser,
    endpoint: &Endpoint,
    ids: &[Id],
    allow_odd: bool,
) -> Result<Vec<Preview>, Failure> {
    let mut refused = Vec::new();
    let mut previews = Vec::with_capacity(ids.len());
    let mut odd = false;
    for id in ids {
        match client.preview(&id.number) {
            Ok(preview) => previews.push(preview),
            Err(error) => {
                let why = error
                    .detail()
                    .map_or_else(|| error.to_string(), str::to_owned);
                refused.push(format!("{}: {why}", id.origin()));
                continue;
            }
        }
        if let Some(why) = id.oddity(endpoint).filter(|_| !allow_odd) {
            refused.push(format!("{}: {} {why}", id.origin(), id.number.masked()));
            odd = true;
        }
    }
    if refused.is_empty() {
        return Ok(previews);
    }
    let vendor = endpoint.vendor();
    refused.push(format!(
        "an id of {vendor} looks like {}",
        endpoint.id_example()
    ));
    if odd {
        refused.push(ALLOW_ODD_IDS.to_owned());
    }
    refused.push("nothing was sent".to_owned());
    Err(Failure::Refused(refused.join("\n")))
}

impl Id {
    fn oddity(&self, endpoint: &Endpoint) -> Option<&'static str> {
        let id = self.number.as_str();
        let id = match self.origin {
            // It comes after `--`, so the dash is intended.
            Origin::Argument(_) => id.trim_start_matches('-'),
            Origin::Line { .. } => id,
        };
        odd_id_reason(id, endpoint.id_example())
    }

    fn origin(&self) -> String {
        match &self.origin {
            Origin::Argument(at) => format!("id {at}"),
            Origin::Line { file, line } => format!("{file}, line {line}"),
        }
    }
}

/// Whether `--from` means standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn read(path: &Path) -> io::Result<String> {
    if is_stdin(path) {
        io::read_to_string(io::stdin().lock())
    } else {
        std::fs::read_to_string(path)
    }
}

/// One trimmed id per line. A byte order mark at the start is skipped.
fn lines<'a>(name: &'a str, text: &'a str) -> impl Iterator<Item = Id> + 'a {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    (1..)
        .zip(text.lines().map(str::trim))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(move |(at, line)| Id {
            number: NumberId::from(line),
            origin: Origin::Line {
                file: name.to_owned(),
                line: at,
            },
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_blank_lines_and_any_line_ends_are_accepted() {
        let text = "\u{feff}# ours\r\n\r\n  111 \r\n222\n\t\n # not ours\n333";
        let ids: Vec<_> = lines("f", text)
            .map(|id| (id.number.as_str().to_owned(), id.origin()))
            .collect();
        let expected = [
            ("111", "f, line 3"),
            ("222", "f, line 4"),
            ("333", "f, line 7"),
        ];
        assert_eq!(
            ids,
            expected.map(|(id, origin)| (id.to_owned(), origin.to_owned()))
        );
    }
}
