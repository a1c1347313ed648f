//! The password of a database, and what shows a journal.

use crate::place::Place;
use crate::support::postgres::{self, PASSWORD};
use numbers_batch::journal::{JournalErrorKind, JournalUrl, OpenOptions, PostgresJournal};
use std::error::Error as _;

#[tokio::test]
async fn no_error_shows_the_password() {
    let Some(server) = postgres::shared() else {
        return;
    };
    let place = Place::at(server.url("none", server.port()));
    let plan = place.plan(1);
    let right = &place.database;
    let reached = [
        right.to_owned(),
        server.url("none", 1),
        right.replace("127.0.0.1", "host.invalid"),
        right.replace("tester:", "nobody:"),
        format!("{right}?sslmode=require"),
        format!("{right}?sslrootcert=/none/{PASSWORD}"),
    ];
    let own = Place::postgres().await.expect("there is a server");
    let journal = PostgresJournal::open(&own.url, &plan, &OpenOptions::new()).await;
    let shown = format!("{:?} {:?}", journal.unwrap(), own.reader().await);
    assert!(!shown.contains(PASSWORD), "{shown}");
    let mut seen = 0;
    for url in reached {
        let Ok(parsed) = url.parse::<JournalUrl>() else {
            continue;
        };
        assert!(!format!("{parsed} {parsed:?}").contains(PASSWORD));
        let error = parsed
            .open(&plan, &OpenOptions::new())
            .await
            .err()
            .expect(&url);
        assert_eq!(error.kind(), JournalErrorKind::Unavailable);
        let mut shown = format!("{error} {error:?}");
        let mut source = error.source();
        while let Some(error) = source {
            shown.push_str(&format!(" {error} {error:?}"));
            source = error.source();
        }
        seen += usize::from(!url.contains("sslrootcert"));
        assert!(
            url.contains("sslrootcert") || !shown.contains(PASSWORD),
            "{shown}"
        );
    }
    assert_eq!(seen, 5);
    for url in [
        format!("postgres://a:{PASSWORD}@host:port/x"),
        format!("postgres://a:{PASSWORD}#/@host/x"),
        format!("postgres://a:{PASSWORD}@[::1/x"),
        format!("mysql://a:{PASSWORD}@host/x"),
    ] {
        let error = url.parse::<JournalUrl>().unwrap_err();
        assert_eq!(error.kind(), JournalErrorKind::InvalidUrl);
        assert!(!format!("{error} {error:?}").contains(PASSWORD), "{error}");
    }
}
