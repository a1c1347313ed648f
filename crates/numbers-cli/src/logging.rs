//! What `-v` and RUST_LOG show of the crates' spans and events, on stderr.

use crate::output::note;
use std::io;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts to log, if `-v` or RUST_LOG asks for it. The flag wins.
pub(crate) fn start(verbose: u8) {
    let Some(targets) = targets(verbose) else {
        return;
    };
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_span_events(FmtSpan::CLOSE);
    // Fails only where there is a subscriber, and this one is the first.
    let _ = tracing_subscriber::registry()
        .with(targets)
        .with(lines)
        .try_init();
}

fn targets(verbose: u8) -> Option<Targets> {
    match verbose {
        0 => {}
        1 => return Some(Targets::new().with_target("numbers", LevelFilter::INFO)),
        2 => return Some(Targets::new().with_default(LevelFilter::DEBUG)),
        _ => return Some(Targets::new().with_default(LevelFilter::TRACE)),
    }
    let directives = std::env::var_os("RUST_LOG").filter(|value| !value.is_empty())?;
    let targets = directives.to_str().and_then(|text| text.parse().ok());
    if targets.is_none() {
        note("RUST_LOG is ignored: expected targets and levels, such as numbers=info");
    }
    targets
}
