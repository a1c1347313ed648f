//! The confirmation before a release.

use super::ids::is_stdin;
use super::report::numbers;
use crate::exit::Failure;
use crate::interrupt::Interrupt;
use numbers::{Account, Endpoint};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Confirmation {
    Yes,
    No,
    Interrupted,
}

/// Refuses if it is not possible to ask.
pub(crate) fn possible(from: Option<&Path>) -> Result<(), Failure> {
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

/// Asks on the terminal. A signal ends the wait.
pub(crate) async fn ask(
    endpoint: &Endpoint,
    account: &Account,
    number: usize,
    interrupt: &Interrupt,
) -> Confirmation {
    let (vendor, warning) = (endpoint.vendor(), endpoint.warning());
    let place = match account.name() {
        Some(name) => format!("{}, account {name}", account.host()),
        None => account.host().to_owned(),
    };
    let question = format!(
        "Release {} at {vendor} ({place})? It can't be undone.\n{warning}\nType {number} to confirm: ",
        numbers(number)
    );
    let reply = tokio::task::spawn_blocking(move || {
        discard_typed_ahead()?;
        put(
            &question,
            number,
            &mut io::stdin().lock(),
            &mut io::stderr(),
        )
    });
    tokio::select! {
        biased;
        () = interrupt.wait() => {
            // End the line of the question.
            let _ = writeln!(io::stderr());
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

/// Asks. Only the exact number confirms.
fn put(
    question: &str,
    number: usize,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> io::Result<bool> {
    output.write_all(question.as_bytes())?;
    output.flush()?;
    let mut line = String::new();
    input.read_line(&mut line)?;
    if !line.ends_with('\n') {
        // After Ctrl-D the cursor is still on the question's line.
        writeln!(output)?;
    }
    Ok(line.trim() == number.to_string())
}

#[cfg(test)]
mod tests {
    use super::put;

    #[test]
    fn only_the_exact_count_confirms() {
        for (reply, confirmed) in [
            ("3\n", true),
            (" 3 \r\n", true),
            ("\n", false),
            ("y\n", false),
            ("yes\n", false),
            ("33\n", false),
            ("03\n", false),
            ("2\n3\n", false),
        ] {
            let mut shown = Vec::new();
            let answer = put("Type 3: ", 3, &mut reply.as_bytes(), &mut shown);
            assert_eq!(answer.unwrap(), confirmed, "{reply:?}");
            assert_eq!(shown, b"Type 3: ");
        }
    }

    #[test]
    fn end_of_input_does_not_confirm_and_ends_the_line() {
        let mut shown = Vec::new();
        let answer = put("Type 3: ", 3, &mut &b""[..], &mut shown);
        assert!(!answer.unwrap());
        assert_eq!(shown, b"Type 3: \n");
    }
}
