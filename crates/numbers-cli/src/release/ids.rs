//! The ids to release, from the command line, a file or standard input.

use crate::exit::Failure;
use numbers::NumberId;
use std::collections::HashSet;
use std::io;
use std::path::Path;

/// An id and its origin. Error messages show the origin instead of the id.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Id {
    pub(crate) number: NumberId,
    pub(crate) origin: String,
}

/// The ids in order, those of the command line first, without duplicates.
pub(crate) fn gather(arguments: Vec<String>, from: Option<&Path>) -> Result<Vec<Id>, Failure> {
    let mut ids: Vec<Id> = (1..)
        .zip(arguments)
        .map(|(at, id)| Id {
            number: NumberId::from(id),
            origin: format!("id {at}"),
        })
        .collect();
    if let Some(path) = from {
        let name = if is_stdin(path) {
            "standard input".to_owned()
        } else {
            path.display().to_string()
        };
        let text = read(path)
            .map_err(|error| Failure::Refused(format!("{name} can't be read: {error}")))?;
        ids.extend(lines(&name, &text));
    }
    let mut seen = HashSet::new();
    ids.retain(|id| seen.insert(id.number.clone()));
    if ids.is_empty() {
        return Err(Failure::Refused("no numbers given".to_owned()));
    }
    Ok(ids)
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
            origin: format!("{name}, line {at}"),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_blank_lines_and_any_line_ends_are_accepted() {
        let text = "\u{feff}# ours\r\n\r\n  111 \r\n222\n\t\n # not ours\n333";
        let ids: Vec<_> = lines("f", text)
            .map(|id| (id.number.as_str().to_owned(), id.origin))
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
