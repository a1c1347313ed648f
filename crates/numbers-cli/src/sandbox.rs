//! `numbers sandbox`.

use crate::exit::{Exit, Failure};
use crate::interrupt::interrupted;
use crate::staged::STAGES;
use numbers_sandbox::Sandbox;
use std::io::{self, Write};

/// Ctrl-C is the way to end it, so that is a success.
pub(crate) async fn run(port: u16) -> Result<Exit, Failure> {
    let refused = |error| Failure::Refused(format!("the sandbox can't start: {error}"));
    let stop = interrupted().map_err(refused)?;
    let builder = Sandbox::builder().first_port(port);
    let sandbox = builder.start().await.map_err(refused)?;
    print(&sandbox, &mut io::stdout().lock())?;
    stop.await;
    sandbox.shutdown().await;
    Ok(Exit::Done)
}

/// Prints lines for a shell. What is not a setting is a comment.
fn print(sandbox: &Sandbox, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# The sandbox runs until Ctrl-C. In another terminal:")?;
    for stage in &STAGES {
        stage.seed(sandbox);
        writeln!(out)?;
        for (name, value) in stage.variables(sandbox) {
            writeln!(out, "export {name}={value}")?;
        }
        let numbers = stage.numbers.join(" ");
        writeln!(
            out,
            "export {}_NUMBERS='{numbers}'",
            stage.vendor.to_uppercase()
        )?;
        for server in stage.servers.iter().skip(1) {
            let (name, url) = (stage.base_url_variable(), sandbox.base_url(*server));
            writeln!(out, "# {server}, the same numbers: export {name}={url}")?;
        }
        writeln!(
            out,
            "# numbers release {} ${}_NUMBERS",
            stage.vendor,
            stage.vendor.to_uppercase()
        )?;
    }
    out.flush()
}
