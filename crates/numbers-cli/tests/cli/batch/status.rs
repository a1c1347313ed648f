use super::Workspace;
use crate::support::{IDS, Vendor};
use std::process::Stdio;

/// A journal with a number that is released, one that failed, and one that was not sent.
fn applied() -> Workspace {
    let mut vendor = Vendor::start();
    vendor.releases(IDS[0], 1);
    let body = r#"{"error": true, "error_message": "say \"please\", it said"}"#;
    vendor.responds_with_request_id(IDS[1], 404, body, "=1+1");
    let workspace = Workspace::at(&vendor.url());
    workspace.plan("twochat", &IDS);
    let flags = ["--concurrency", "1", "--max-failures", "1", "--rate", "off"];
    assert_eq!(workspace.apply(&flags).code, Some(3));
    workspace
}

#[test]
fn each_format_has_every_number() {
    let workspace = applied();
    let status = |flags: &[&str]| {
        let ran = workspace.run(&[&["status", "--journal", "plan.journal"], flags].concat());
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran
    };
    let json = status(&["--format", "json", "-q"]);
    assert_eq!(json.all("number"), IDS);
    assert_eq!(json.all("attempts"), ["1", "1", "0"]);
    assert_eq!(json.all("kind"), ["null", "not_found", "null"]);
    assert_eq!(json.stderr, "");
    for field in ["started", "settled"] {
        let times = json.all(field);
        assert!(times[0].ends_with('Z') && times[2] == "null", "{times:?}");
    }

    let table = status(&["--format", "csv"]);
    let lines: Vec<_> = table.stdout.lines().collect();
    let head = "vendor,number,outcome,kind,status,message,request_id,attempts,started,settled";
    assert_eq!((lines.len(), lines[0]), (4, head));
    let failed = format!("twochat,{},failed,not_found,404,\"", IDS[1]);
    assert!(lines[2].starts_with(&failed), "{}", lines[2]);
    assert!(
        lines[2].contains(r#"say ""please"", it said"#),
        "{}",
        lines[2]
    );

    assert!(lines[2].contains(",'=1+1,"), "no formula: {}", lines[2]);
    assert_eq!(json.all("request_id")[1], "=1+1");

    let text = status(&[]);
    for part in [
        format!("released  {}  twochat: HTTP 200", IDS[0]),
        format!("pending   {}\n", IDS[2]),
        "plan: 3 numbers at twochat, 127.0.0.1:".to_owned(),
        "workers: none\n".to_owned(),
        "3 numbers:\n  released  1\n  failed    1  not released by this call\n  pending   1  not sent\n".to_owned(),
    ] {
        assert!(text.stdout.contains(&part), "{part}: {}", text.stdout);
    }
    let summary = status(&["--summary"]);
    assert!(text.stdout.ends_with(&summary.stdout), "{}", summary.stdout);
    assert!(!summary.stdout.contains(IDS[0]), "{}", summary.stdout);
}

#[test]
fn the_journal_can_be_named_by_variable_or_plan() {
    let workspace = applied();
    let mut status = workspace.command(&["status", "--summary"]);
    let named = crate::support::run(status.env("NUMBERS_JOURNAL", "plan.journal"));
    assert_eq!(named.code, Some(0), "{named:?}");
    let by_plan = workspace.run(&["status", "--summary", "--plan", "plan"]);
    assert_eq!(by_plan.stdout, named.stdout);
    let neither = workspace.run(&["status"]);
    assert_eq!(neither.code, Some(2), "{neither:?}");
    assert!(neither.stderr.contains("NUMBERS_JOURNAL"), "{neither:?}");
}

#[test]
fn what_is_no_journal_is_refused() {
    let workspace = applied();
    for (journal, word) in [
        ("none", "there is no journal at none"),
        ("ids", "ids"),
        (
            "mysql://db/x",
            "a journal is a path, sqlite:PATH, or a postgres:// URL",
        ),
    ] {
        for command in [&["status"][..], &["report", "--out", "page.html"]] {
            let ran = workspace.run(&[command, &["--journal", journal]].concat());
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
            assert!(ran.stderr.contains(word), "{word}: {}", ran.stderr);
        }
    }
    let args = [
        "report",
        "--journal",
        "plan.journal",
        "--out",
        "none/page.html",
    ];
    let ran = workspace.run(&args);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let words = "none/page.html: No such file or directory\n";
    assert!(ran.stderr.ends_with(words), "{ran:?}");
}

/// A journal of so many numbers, none of which was sent.
fn stopped(count: usize) -> Workspace {
    let ids: Vec<_> = (1..=count)
        .map(|at| format!("DID00000000-0000-4000-8000-{at:012}"))
        .collect();
    let mut vendor = Vendor::start();
    vendor.responds(&ids[0], 1, 401, r#"{"error": true}"#);
    let workspace = Workspace::at(&vendor.url());
    workspace.plan(
        "twochat",
        &ids.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    assert_eq!(workspace.apply(&["--concurrency", "1"]).code, Some(3));
    workspace
}

#[test]
fn a_long_list_is_for_programs() {
    let workspace = stopped(10_001);
    let text = workspace.run(&["status", "--plan", "plan"]);
    assert_eq!(text.code, Some(0), "{text:?}");
    assert!(text.stdout.starts_with("plan: 10001 numbers"), "{text:?}");
    let hint = "--format json and --format csv list each number\n";
    assert!(text.stdout.ends_with(hint), "{text:?}");
    assert_eq!(workspace.status().stdout.lines().count(), 10_001);
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    // More than the buffers hold.
    let workspace = stopped(2_000);
    for format in ["text", "json", "csv"] {
        let mut status = workspace.command(&["status", "--plan", "plan", "-q", "--format", format]);
        let mut child = status
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{format}");
    }
}
