//! A journal in PostgreSQL.

use super::{SYNTHFLOW, Workspace, block_on};
use crate::sandbox::Running;
use crate::server;
use std::fs;

#[test]
fn a_plan_is_applied_with_a_journal_in_postgresql() {
    let Some(server) = server::shared() else {
        return;
    };
    let database = block_on(server.database());
    let url = server.url(&database, server.port());
    let sandbox = Running::start(&[]);
    let mut workspace = Workspace::new(&sandbox.variables);
    workspace.plan("synthflow", &SYNTHFLOW);
    let journal = ("NUMBERS_JOURNAL".to_owned(), url.clone());
    workspace.settings.push(journal);

    let ran = workspace.apply(&["--rate", "off"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.all("outcome"), ["released"; 3]);
    let again = workspace.apply(&["--rate", "off"]);
    assert_eq!(
        (again.code, again.stdout.as_str()),
        (Some(0), ""),
        "{again:?}"
    );
    assert!(!workspace.path("plan.journal").exists());

    let status = workspace.run(&["status", "--format", "json", "--journal", &url]);
    assert_eq!(status.code, Some(0), "{status:?}");
    assert_eq!(status.all("number"), SYNTHFLOW);
    assert_eq!(status.all("outcome"), ["released"; 3]);
    // The URL was an argument, which others can see.
    let hint = "everyone on this machine can read the password";
    assert!(status.stderr.contains(hint), "{status:?}");

    let report = workspace.run(&["report", "--out", "page.html"]);
    assert_eq!(report.code, Some(0), "{report:?}");
    let page = fs::read_to_string(workspace.path("page.html")).unwrap();
    assert!(page.contains("3 of 3 numbers released"), "{page}");

    let outputs = [ran, again, status, report].map(|ran| ran.stdout + &ran.stderr);
    for text in outputs.iter().chain([&page]) {
        assert!(!text.contains(server::PASSWORD), "{text}");
    }
    assert!(sandbox.stop().contains("3 requests"));
}

#[test]
fn a_plan_of_several_in_a_database_is_chosen() {
    let Some(server) = server::shared() else {
        return;
    };
    let database = block_on(server.database());
    let mut workspace = Workspace::at("http://127.0.0.1:1");
    let url = server.url(&database, server.port());
    workspace.settings.push(("NUMBERS_JOURNAL".to_owned(), url));
    for ids in [&crate::support::IDS[..1], &crate::support::IDS[1..]] {
        workspace.plan("twochat", ids);
        // No connection: nothing is sent.
        let flags = ["--give-up-after", "1ms", "--concurrency", "1"];
        assert_eq!(workspace.apply(&flags).code, Some(3));
    }
    let status = |flags: &[&str]| workspace.run(&[&["status", "--format", "json"], flags].concat());
    let several = status(&[]);
    assert_eq!(several.code, Some(2), "{several:?}");
    assert!(several.stderr.contains("--plan chooses one"), "{several:?}");
    let one = status(&["--plan", "plan"]);
    assert_eq!(one.code, Some(0), "{one:?}");
    assert_eq!(one.all("number"), crate::support::IDS[1..]);
    assert_eq!(one.all("outcome"), ["pending"; 2]);
}

#[test]
fn a_database_that_is_not_there_is_said_without_its_password() {
    let mut workspace = Workspace::at("http://127.0.0.1:1");
    workspace.plan("twochat", &crate::support::IDS);
    let url = format!("postgres://tester:{}@127.0.0.1:1/none", server::PASSWORD);
    workspace.settings.push(("NUMBERS_JOURNAL".to_owned(), url));
    for ran in [workspace.apply(&[]), workspace.run(&["status"])] {
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
        let words = "the journal's database can't be reached";
        assert!(ran.stderr.contains(words), "{ran:?}");
        assert!(!ran.stderr.contains(server::PASSWORD), "{ran:?}");
    }
}
