//! What a run tells tracing. Alone in its process: which callsites are on is cached for all its threads.

#![allow(clippy::unwrap_used)] // helpers of tests, which the lint takes for other code

use numbers_batch::journal::MemoryJournal;
use numbers_batch::run::{Batch, Rate, RunOptions, Stop};
use numbers_core::testing::Scripted;
use numbers_core::{Error, ErrorKind, NumberId, Outcome, Vendor};
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tracing_subscriber::fmt::MakeWriter;

const ACME: Vendor = Vendor::new("acme");

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// An error whose text repeats the number.
fn error(kind: ErrorKind) -> Error {
    Error::new(ACME, kind).with_detail("no +49301234560 here")
}

#[tokio::test(start_paused = true)]
async fn traces_tell_of_pauses_and_ends_and_never_of_numbers() {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(lines.clone())
        .with_ansi(false)
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let wait = Some(Duration::from_secs(7));
    let releaser = Scripted::new(ACME)
        .then(Err(error(ErrorKind::RateLimited).with_retry_after(wait)))
        .then(Err(error(ErrorKind::Rejected)))
        .then(Ok(Outcome::Released))
        .then(Err(error(ErrorKind::Unauthenticated)));
    let ids = (0..9).map(|n| NumberId::new(format!("+4930123456{n}")));
    let journal = Arc::new(MemoryJournal::new(ids));
    let options = RunOptions::default()
        .with_rate(Rate::OFF)
        .with_concurrency(std::num::NonZeroUsize::MIN);
    let batch = Batch::new(Arc::new(releaser), journal, options);
    batch.run(&Stop::new(), |_| {}).await.unwrap();

    let lines = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let pause = "numbers.wait_ms=7000 error.type=\"rate_limited\"";
    let ending = "numbers.end=\"fatal\" error.type=\"unauthenticated\"";
    for expected in [pause, ending, "batch{numbers.vendor=\"acme\""] {
        assert!(lines.contains(expected), "{expected}: {lines}");
    }
    assert!(!lines.contains("30123456"), "{lines}");
}
