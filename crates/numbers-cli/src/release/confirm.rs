//! The confirmation before a release.

use super::ids::{Id, is_stdin};
use super::report::numbers;
use crate::exit::Failure;
use crate::interrupt::Interrupt;
use numbers::{Account, Endpoint};
use std::collections::VecDeque;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Confirmation {
    Yes,
    No,
    Interrupted,
}

/// Refuses if it is not possible to ask.
pub(crate) fn check_possible(from: Option<&Path>) -> Result<(), Failure> {
    let why = if from.is_some_and(is_stdin) {
        "standard input is used for the ids, so it can't be used to confirm"
    } else if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        "there is no terminal to confirm on"
    } else {
        return Ok(());
    };
    Err(Failure::Refused(format!(
        "{why}; use --yes to release without confirmation"
    )))
}

/// What is to be released: how many numbers, and the first and last of them.
pub(crate) struct Selection {
    count: usize,
    first: Vec<String>,
    last: VecDeque<String>,
}

impl Selection {
    pub(crate) fn new() -> Self {
        Self {
            count: 0,
            first: Vec::new(),
            last: VecDeque::new(),
        }
    }

    /// This many numbers, of which none is shown.
    pub(crate) fn from_count(count: usize) -> Self {
        Self {
            count,
            ..Self::new()
        }
    }

    pub(crate) fn from_ids(ids: &[Id]) -> Self {
        let mut selection = Self::new();
        for id in ids {
            selection.add(id.number.as_str());
        }
        selection
    }

    pub(crate) fn add(&mut self, id: &str) {
        self.count += 1;
        if self.first.len() < 2 {
            self.first.push(id.to_owned());
            return;
        }
        if self.last.len() == 2 {
            self.last.pop_front();
        }
        self.last.push_back(id.to_owned());
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    fn shown(&self) -> impl Iterator<Item = &str> {
        let gap = (self.count > self.first.len() + self.last.len()).then_some("…");
        let first = self.first.iter().map(String::as_str);
        first.chain(gap).chain(self.last.iter().map(String::as_str))
    }
}

/// What is asked, and the only reply that confirms it.
pub(crate) struct Question {
    text: String,
    expected: String,
}

impl Question {
    /// Shows all that decides what is lost: vendor, account, host, ids, and the consequence.
    pub(crate) fn new(
        endpoint: &Endpoint,
        account: &Account,
        credential: &str,
        selection: &Selection,
        pace: Option<&str>,
    ) -> Self {
        let (what, expected, reply) = match (selection.count, selection.first.first()) {
            (1, Some(id)) => {
                let last = last_characters(id);
                let count = last.chars().count();
                let reply = format!("the last {count} characters of the id");
                ("1 number".to_owned(), last, reply)
            }
            _ => {
                let count = selection.count.to_string();
                (numbers(selection.count), count.clone(), count)
            }
        };
        let mut text = format!(
            "Release {what} at {}? It can't be undone.\n",
            endpoint.vendor()
        );
        let mut row = |name: &str, value: &str| {
            text.push_str(&format!("  {name:<11}  {value}\n"));
        };
        row("host", account.host());
        let name = account.name().map(|name| format!("{name}; "));
        let fingerprint = account.fingerprint();
        let fingerprint = fingerprint.map(|it| format!(" (fingerprint {it:08x})"));
        let [name, fingerprint] = [name, fingerprint].map(Option::unwrap_or_default);
        row(
            "account",
            &format!("{name}key from {credential}{fingerprint}"),
        );
        for (at, id) in selection.shown().enumerate() {
            row(if at == 0 { "ids" } else { "" }, id);
        }
        if let Some(pace) = pace {
            row("rate", pace);
        }
        row("consequence", endpoint.warning());
        text.push_str(&format!("Type {reply} to confirm: "));
        Self { text, expected }
    }
}

/// The last four characters, or all if it has fewer.
fn last_characters(id: &str) -> String {
    let mut last: Vec<_> = id.chars().rev().take(4).collect();
    last.reverse();
    last.into_iter().collect()
}

/// Asks on the terminal. A signal ends the wait.
pub(crate) async fn ask(question: Question, interrupt: &Interrupt) -> Confirmation {
    let reply = tokio::task::spawn_blocking(move || {
        discard_typed_ahead()?;
        prompt(&question, &mut io::stdin().lock(), &mut io::stderr())
    });
    tokio::select! {
        biased;
        () = interrupt.wait() => {
            // End the line of the question.
            let _ = io::stderr().write_all(b"\n");
            Confirmation::Interrupted
        }
        // An error is not a confirmation.
        reply = reply => match reply {
            Ok(Ok(true)) => Confirmation::Yes,
            _ => Confirmation::No,
        },
    }
}

/// Discards what was typed before the question.
#[cfg(unix)]
fn discard_typed_ahead() -> io::Result<()> {
    use nix::sys::termios::{FlushArg, tcflush};

    Ok(tcflush(io::stdin(), FlushArg::TCIFLUSH)?)
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "it fails on Unix")]
fn discard_typed_ahead() -> io::Result<()> {
    Ok(())
}

/// Asks. Only the exact reply confirms.
fn prompt(
    question: &Question,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> io::Result<bool> {
    output.write_all(question.text.as_bytes())?;
    output.flush()?;
    let mut line = String::new();
    input.read_line(&mut line)?;
    if !line.ends_with('\n') {
        // After Ctrl-D the cursor is still on the question's line.
        output.write_all(b"\n")?;
    }
    Ok(line.trim() == question.expected)
}

#[cfg(test)]
mod tests {
    use super::{Question, last_characters, prompt};

    fn asked(expected: &str, reply: &str) -> (bool, Vec<u8>) {
        let question = Question {
            text: "Type: ".to_owned(),
            expected: expected.to_owned(),
        };
        let mut shown = Vec::new();
        let confirmed = prompt(&question, &mut reply.as_bytes(), &mut shown).unwrap();
        (confirmed, shown)
    }

    #[test]
    fn only_the_exact_reply_confirms() {
        for (expected, reply, confirmed) in [
            ("3", "3\n", true),
            ("3", " 3 \r\n", true),
            ("3", "\n", false),
            ("3", "y\n", false),
            ("3", "yes\n", false),
            ("3", "33\n", false),
            ("3", "03\n", false),
            ("3", "2\n3\n", false),
            ("dab4", "dab4\n", true),
            ("dab4", "DAB4\n", false),
            ("dab4", "1\n", false),
        ] {
            let shown = b"Type: ".to_vec();
            assert_eq!(asked(expected, reply), (confirmed, shown), "{reply:?}");
        }
    }

    #[test]
    fn end_of_input_does_not_confirm_and_ends_the_line() {
        assert_eq!(asked("3", ""), (false, b"Type: \n".to_vec()));
    }

    #[test]
    fn a_short_id_is_typed_whole() {
        for (id, expected) in [
            ("12345", "2345"),
            ("1234", "1234"),
            ("7", "7"),
            ("aü€𝄞b", "ü€𝄞b"),
        ] {
            assert_eq!(last_characters(id), expected);
        }
    }
}
