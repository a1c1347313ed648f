//! Ctrl-C, the request to end that a service manager or a CI sends, and the end of the terminal.

use std::io;

/// From now on none of SIGINT, SIGTERM and SIGHUP ends the process; the future that comes back is ready
/// when one came.
///
/// # Errors
///
/// The operating system's, where it takes no handler.
#[cfg(unix)]
pub(crate) fn interrupted() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    })
}

/// From now on Ctrl-C does not end the process; the future that comes back is ready when it came.
///
/// # Errors
///
/// The operating system's, where it takes no handler.
#[cfg(windows)]
pub(crate) fn interrupted() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
