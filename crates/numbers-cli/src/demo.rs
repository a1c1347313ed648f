//! `numbers demo`.

use crate::exit::{Exit, Failure};
use crate::output::plain;
use crate::sandbox::accounts::{ACCOUNTS, EXOTEL, SYNTHFLOW, TWOCHAT};
use numbers::exotel::{self, ExophoneSid};
use numbers::synthflow::{self, PhoneNumberSlug};
use numbers::twochat::{self, Response, VirtualNumberUuid};
use numbers::{Error, ErrorKind, NumberId, Releaser};
use numbers_sandbox::Sandbox;
use std::fmt::Display;
use std::io::{self, Write};

pub(crate) async fn run() -> Result<Exit, Failure> {
    let sandbox = Sandbox::start()
        .await
        .map_err(|error| Failure::Refused(format!("the sandbox can't start: {}", plain(&error))))?;
    for account in &ACCOUNTS {
        account.seed(&sandbox);
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "A sandbox of three vendors runs inside this process. One number is released at each."
    )?;

    let mut ended = Vec::new();
    let id = VirtualNumberUuid::try_from(&TWOCHAT.number()).map_err(refused)?;
    let twochat = twochat::ClientBuilder::from_vars(TWOCHAT.lookup(&sandbox))
        .build()
        .map_err(refused)?;
    let call = twochat.delete_virtual_number(&id);
    ended.push(show(&mut out, &twochat, id.as_number(), call).await?);

    let slug = PhoneNumberSlug::try_from(&SYNTHFLOW.number()).map_err(refused)?;
    let synthflow = synthflow::ClientBuilder::from_vars(SYNTHFLOW.lookup(&sandbox))
        .build()
        .map_err(refused)?;
    let call = synthflow.delete_phone_number(&slug);
    ended.push(show(&mut out, &synthflow, slug.as_number(), call).await?);

    let sid = ExophoneSid::try_from(&EXOTEL.number()).map_err(refused)?;
    let exotel = exotel::ClientBuilder::from_vars(EXOTEL.lookup(&sandbox))
        .build()
        .map_err(refused)?;
    let call = exotel.release_number(&sid);
    ended.push(show(&mut out, &exotel, sid.as_number(), call).await?);

    writeln!(
        out,
        "\nThe first number again: the vendor no longer knows it."
    )?;
    let call = twochat.delete_virtual_number(&id);
    ended.push(show(&mut out, &twochat, id.as_number(), call).await?);

    next_steps(&mut out)?;
    out.flush()?;
    Ok(match ended.as_slice() {
        [None, None, None, Some(ErrorKind::NotFound)] => Exit::Done,
        _ => Exit::Failed,
    })
}

fn refused(error: impl Display) -> Failure {
    Failure::Refused(error.to_string())
}

/// Prints the request, makes the call, and prints the result. Returns the error kind, if any.
async fn show<T>(
    out: &mut impl Write,
    client: &dyn Releaser,
    number: &NumberId,
    call: impl Future<Output = Result<Response<T>, Error>>,
) -> Result<Option<ErrorKind>, Failure> {
    let request = client.preview(number).map_err(refused)?;
    writeln!(out, "\n{}", client.vendor())?;
    writeln!(out, "  request  {} {}", request.method(), request.url())?;
    match call.await {
        Ok(response) => {
            let body = String::from_utf8_lossy(response.bytes());
            writeln!(out, "  response HTTP {} {body}", response.status())?;
            writeln!(out, "  outcome  {}", response.outcome())?;
            Ok(None)
        }
        Err(error) => {
            if let Some(status) = error.status() {
                let body = String::from_utf8_lossy(error.bytes().unwrap_or_default());
                writeln!(out, "  response HTTP {status} {body}")?;
            }
            writeln!(out, "  error    {error}")?;
            Ok(Some(error.kind()))
        }
    }
}

fn next_steps(out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "\nFor numbers of your own, see what a vendor needs and what a release does there:\n"
    )?;
    for vendor in numbers::vendors() {
        writeln!(out, "  numbers vendors {vendor}")?;
    }
    writeln!(
        out,
        "\nThen check the requests, and release:\n\n  numbers release VENDOR ID... --dry-run\n  numbers release VENDOR ID..."
    )?;
    writeln!(
        out,
        "\nTo rehearse both without an account: numbers sandbox"
    )
}
