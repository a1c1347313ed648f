//! The question before numbers go that nobody can bring back.

use super::ids::is_stdin;
use super::report::numbers;
use crate::exit::Failure;
use crate::interrupt::Interrupt;
use numbers::{Account, Endpoint};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Yes,
    No,
    Interrupted,
}

/// Refuses where there is nobody to ask.
pub(crate) fn possible(from: Option<&Path>) -> Result<(), Failure> {
    let why = if from.is_some_and(is_stdin) {
        "standard input is taken by the ids, so nobody can confirm"
    } else if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        "there is no terminal, so nobody can confirm"
    } else {
        return Ok(());
    };
    Err(Failure::Refused(format!(
        "{why}; --yes releases without asking"
    )))
}

/// Asks on the terminal. A signal ends the wait.
pub(crate) async fn ask(
    endpoint: &Endpoint,
    account: &Account,
    number: usize,
    interrupt: &Interrupt,
) -> Answer {
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
            // What follows must not stand behind the question.
            let _ = writeln!(io::stderr());
            Answer::Interrupted
        }
        // No reply is no confirmation.
        reply = reply => match reply {
            Ok(Ok(true)) => Answer::Yes,
            _ => Answer::No,
        },
    }
}

/// Drops what was typed before the question was there to be read.
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

/// Puts the question. Only the number itself confirms.
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
        // Ctrl-D leaves the cursor behind the question.
        writeln!(output)?;
    }
    Ok(line.trim() == number.to_string())
}

#[cfg(test)]
mod tests {
    use super::put;

    #[test]
    fn only_the_number_of_numbers_confirms() {
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
    fn no_reply_does_not_confirm_and_its_line_is_ended() {
        let mut shown = Vec::new();
        let answer = put("Type 3: ", 3, &mut &b""[..], &mut shown);
        assert!(!answer.unwrap());
        assert_eq!(shown, b"Type 3: \n");
    }
}
