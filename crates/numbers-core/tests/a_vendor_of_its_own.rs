//! A vendor made outside the workspace, with nothing but this crate's public constructors.

use numbers_core::{
    Account, Attempt, Endpoint, Error, ErrorKind, NumberId, Outcome, Preview, Release, Releaser,
    Vendor, async_trait,
    raw::{check_segment, push_segment},
};
use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};
use std::time::Duration;

const ACME: Vendor = Vendor::new("acme");
const ENDPOINT: Endpoint = Endpoint::new(ACME, "release-number", "/numbers/{id}")
    .with_success(&[(204, Outcome::Released), (202, Outcome::Accepted)])
    .with_docs("https://acme.example/docs")
    .with_where_to_check("Acme's dashboard")
    .with_warning("It is gone for good.");

/// Answers with the status that it was given, and counts how often it was asked.
#[derive(Debug, Default)]
struct Acme {
    status: AtomicU16,
    asked: AtomicUsize,
}

impl Acme {
    fn answering(status: u16) -> Self {
        let acme = Self::default();
        acme.status.store(status, Ordering::Relaxed);
        acme
    }

    fn path(number: &NumberId) -> Result<String, Error> {
        check_segment(number.as_str()).map_err(|why| {
            Error::invalid_number(ACME, format!("{} was refused: {why}", number.masked()))
        })?;
        let mut path = String::from("/numbers/");
        push_segment(&mut path, number.as_str());
        Ok(path)
    }
}

#[async_trait]
impl Releaser for Acme {
    fn vendor(&self) -> Vendor {
        ACME
    }

    fn account(&self) -> Account {
        Account::new("acme.example")
    }

    fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
        let url = format!("https://acme.example{}", Self::path(number)?);
        Ok(Preview::new(ACME, number.clone(), ENDPOINT.method(), url).with_header("x-key", "***"))
    }

    async fn release(&self, number: &NumberId) -> Result<Release, Error> {
        Self::path(number)?;
        self.asked.fetch_add(1, Ordering::Relaxed);
        let status = self.status.load(Ordering::Relaxed);
        let took = Duration::from_millis(7);
        if let Some(outcome) = ENDPOINT.outcome(status) {
            return Ok(Release::new(ACME, number.clone(), outcome)
                .with_status(Some(status))
                .with_request_id(Some("r1"))
                .with_attempt(Attempt::succeeded(outcome, took).with_status(Some(status))));
        }
        let error = Error::from_status(ACME, status)
            .with_vendor_code(Some("A7"))
            .with_vendor_message(Some("so\x1b[2J it\r\nis"))
            .with_request_id(Some("r1"))
            .with_retry_after(Some(Duration::from_secs(3)))
            .with_bytes(*b"raw")
            .with_source(std::io::Error::other("cause"));
        let attempt = Attempt::failed(error.kind(), took)
            .with_may_have_released(error.may_have_released())
            .with_status(error.status());
        Err(error.with_attempt(attempt))
    }
}

#[tokio::test]
async fn it_is_asked_like_any_other() {
    let acme = Arc::new(Acme::answering(204));
    let releasers: [Arc<dyn Releaser>; 3] = [
        Arc::clone(&acme) as _,
        Arc::new(Box::new(Acme::answering(204)) as Box<dyn Releaser>),
        Arc::new(Arc::clone(&acme)),
    ];
    for releaser in releasers {
        let release = releaser.release(&NumberId::new("12345")).await.unwrap();
        assert_eq!(release.vendor(), &ACME);
        assert_eq!(release.number().as_str(), "12345");
        assert_eq!(release.outcome(), Outcome::Released);
        assert_eq!(release.status(), Some(204));
        assert_eq!(release.request_id(), Some("r1"));
        assert_eq!(release.attempts()[0].result(), Ok(Outcome::Released));
        assert_eq!(release.attempts()[0].duration(), Duration::from_millis(7));

        let preview = releaser.preview(&NumberId::new("12345")).unwrap();
        assert_eq!(
            preview.to_string(),
            "DELETE https://acme.example/numbers/12345\nx-key: ***"
        );
    }
    assert_eq!(acme.asked.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn a_call_can_be_spawned_and_its_error_carried_away() {
    let call = tokio::spawn(async {
        let releaser: Box<dyn Releaser> = Box::new(Acme::answering(503));
        let release = releaser.release(&NumberId::new("12345")).await?;
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(release)
    });
    let error = call.await.unwrap().unwrap_err();
    let error = error.downcast_ref::<Error>().unwrap();
    assert_eq!(error.kind(), ErrorKind::ServerError);
    assert!(error.may_have_released() && !error.is_retryable());
    assert_eq!(error.status(), Some(503));
    assert_eq!(error.vendor_code(), Some("A7"));
    assert_eq!(error.vendor_message(), Some("so[2J it is"));
    assert_eq!(error.request_id(), Some("r1"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
    assert_eq!(error.bytes(), Some(&b"raw"[..]));
    assert_eq!(error.attempts()[0].kind(), Some(ErrorKind::ServerError));
    assert_eq!(error.source().unwrap().to_string(), "cause");
    let text = error.to_string();
    assert!(!text.contains("cause"), "{text}");
    assert!(
        text.starts_with("acme: ") && text.contains("503") && text.contains("A7"),
        "{text}"
    );
}

#[tokio::test]
async fn an_id_that_it_refuses_is_not_sent() {
    let acme = Acme::answering(204);
    for id in ["", "..", "a/b"] {
        let error = acme.release(&NumberId::new(id)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidNumber);
        assert!(!error.may_have_released());
    }
    assert_eq!(acme.asked.load(Ordering::Relaxed), 0);
}

#[test]
fn an_error_is_as_certain_as_its_kind_unless_told_otherwise() {
    for (kind, may) in [
        (ErrorKind::Rejected, false),
        (ErrorKind::NotFound, false),
        (ErrorKind::Connect, false),
        (ErrorKind::Timeout, true),
        (ErrorKind::UnexpectedResponse, true),
    ] {
        let error = || Error::new(ACME, kind);
        assert_eq!(error().may_have_released(), may, "{kind}");
        for reported in [true, false] {
            let error = error().with_may_have_released(reported);
            assert_eq!(error.may_have_released(), reported, "{kind}");
        }
        assert!(!error().with_may_have_released(true).is_retryable());
        let attempt = Attempt::failed(kind, Duration::ZERO);
        assert_eq!(attempt.may_have_released(), may, "{kind}");
    }
}

#[test]
fn what_was_not_sent_can_be_retried_unless_permanent() {
    assert!(Error::connect(ACME, "refused").is_retryable());
    assert!(
        !Error::connect(ACME, "bad certificate")
            .with_permanent(true)
            .is_retryable()
    );
    assert!(
        !Error::connect(ACME, "after another attempt")
            .with_may_have_released(true)
            .is_retryable()
    );
    assert!(Error::from_status(ACME, 429).is_retryable());
    assert!(!Error::new(ACME, ErrorKind::NotSent).is_retryable());
}

/// The rows of the outcome table that a status decides.
#[test]
fn every_status_falls_in_its_row() {
    for status in 0..=u16::MAX {
        let (kind, may) = match status {
            401 => (ErrorKind::Unauthenticated, false),
            402 => (ErrorKind::PaymentRequired, false),
            403 => (ErrorKind::PermissionDenied, false),
            404 | 410 => (ErrorKind::NotFound, false),
            408 => (ErrorKind::Timeout, true),
            409 => (ErrorKind::Conflict, false),
            429 => (ErrorKind::RateLimited, false),
            300..400 => (ErrorKind::Redirected, true),
            400..500 => (ErrorKind::Rejected, false),
            500..600 => (ErrorKind::ServerError, true),
            _ => (ErrorKind::UnexpectedResponse, true),
        };
        let error = Error::from_status(ACME, status);
        assert_eq!(
            (error.kind(), error.may_have_released()),
            (kind, may),
            "{status}"
        );
        assert_eq!(error.is_retryable(), status == 429, "{status}");
        assert_eq!(error.status(), Some(status));
    }
}
