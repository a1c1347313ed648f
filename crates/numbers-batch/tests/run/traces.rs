use crate::vendor::TestVendor;
use crate::{at_once, error, seconds};
use numbers_batch::journal::MemoryJournal;
use numbers_batch::run::{Batch, Stop};
use numbers_core::{ErrorKind, NumberId, Outcome};
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

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

#[tokio::test(start_paused = true)]
async fn traces_tell_of_pauses_and_ends_and_never_of_numbers() {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(lines.clone())
        .with_ansi(false)
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let vendor = TestVendor::new(|number, call| {
        let error = match call {
            0 => error(ErrorKind::RateLimited).with_retry_after(Some(seconds(7))),
            1 => error(ErrorKind::Rejected),
            3 => error(ErrorKind::Unauthenticated),
            _ => return Ok(Outcome::Released),
        };
        Err(error.with_detail(number))
    });
    let ids = (0..9).map(|n| NumberId::new(format!("+4930123456{n}")));
    let journal = Arc::new(MemoryJournal::new(ids));
    let batch = Batch::new(vendor, journal, at_once(1));
    batch.run(&Stop::new(), |_| {}).await.unwrap();
    let lines = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(
        lines.contains("numbers.wait_ms=7000 error.type=\"rate_limited\""),
        "{lines}"
    );
    let ending = "numbers.end=\"hopeless\" error.type=\"unauthenticated\"";
    assert!(lines.contains(ending), "{lines}");
    assert!(lines.contains("batch{numbers.vendor=\"acme\""), "{lines}");
    assert!(!lines.contains("30123456"), "{lines}");
}
