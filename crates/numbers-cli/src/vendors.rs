//! `numbers vendors`.

use crate::exit::{Exit, Failure};
use numbers::{Choice, Endpoint};
use std::cell::RefCell;
use std::io::Write;

pub(crate) fn print(out: &mut impl Write) -> Result<Exit, Failure> {
    for (at, choice) in numbers::vendors().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let endpoint = choice.endpoint();
        writeln!(out, "{}", choice.vendor())?;
        writeln!(
            out,
            "  call       {} {}",
            endpoint.method(),
            endpoint.template()
        )?;
        writeln!(out, "  success    {}", success(endpoint))?;
        writeln!(out, "  warning    {}", endpoint.warning())?;
        writeln!(out, "  variables  {}", variables(choice).join(", "))?;
        writeln!(out, "  look up    {}", endpoint.lookup())?;
        writeln!(out, "  docs       {}", endpoint.docs())?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn success(endpoint: &Endpoint) -> String {
    let pairs = endpoint.success().iter();
    let pairs: Vec<_> = pairs
        .map(|(status, outcome)| format!("HTTP {status}: {outcome}"))
        .collect();
    pairs.join(", ")
}

/// The variables that a vendor reads: those that it asks for when a client is made.
pub(crate) fn variables(choice: Choice) -> Vec<String> {
    let asked = RefCell::new(Vec::new());
    // Without any of them there is no client, which does not matter here.
    let _ = choice.from_vars(|name| {
        asked.borrow_mut().push(name.to_owned());
        None
    });
    asked.into_inner()
}
