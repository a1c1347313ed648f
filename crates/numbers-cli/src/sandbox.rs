//! `numbers sandbox`.

pub(crate) mod accounts;

use crate::exit::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::output::plain;
use accounts::ACCOUNTS;
use numbers_sandbox::Sandbox;
use std::io::{self, Write};

/// Runs until Ctrl-C, which is a success.
pub(crate) async fn run(port: u16) -> Result<Exit, Failure> {
    let refused = |error| {
        let at = if port == 0 {
            String::new()
        } else {
            format!(" at port {port}")
        };
        Failure::Refused(format!("the sandbox can't start{at}: {}", plain(&error)))
    };
    let interrupt = Interrupt::listen().map_err(refused)?;
    let builder = Sandbox::builder().first_port(port);
    let sandbox = builder.start().await.map_err(refused)?;
    for account in &ACCOUNTS {
        account.seed(&sandbox);
    }
    print(&sandbox, &mut io::stdout().lock())?;
    interrupt.wait().await;
    sandbox.shutdown().await;
    Ok(Exit::Done)
}

/// Prints the settings as shell commands, the rest as comments.
fn print(sandbox: &Sandbox, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# The sandbox runs until Ctrl-C. In another terminal:")?;
    for account in &ACCOUNTS {
        writeln!(out)?;
        for (name, value) in account.variables(sandbox) {
            writeln!(out, "export {name}={value}")?;
        }
        for server in account.servers.iter().skip(1) {
            let (name, url) = (account.base_url_variable(), sandbox.base_url(*server));
            writeln!(out, "# {server}, the same numbers: export {name}={url}")?;
        }
        let numbers = account.numbers.join(" ");
        writeln!(out, "# numbers release {} {numbers}", account.vendor)?;
    }
    out.flush()
}
