use super::Workspace;
use crate::support::{IDS, run};
use std::fs;

const CANARY: &str = "canary-5e0f1a";

#[test]
fn a_key_is_in_no_file_and_no_output() {
    let echo = format!(r#"{{"error": true, "error_message": "bad key {CANARY}, sorry"}}"#);
    let key = |workspace: &Workspace, args: &[&str]| {
        let mut command = workspace.command(args);
        let ran = run(command.env("TWOCHAT_API_KEY", CANARY));
        assert!(!ran.stdout.contains(CANARY), "{ran:?}");
        assert!(!ran.stderr.contains(CANARY), "{ran:?}");
        ran
    };
    let mut server = mockito::Server::new();
    let mock = server
        .mock("DELETE", mockito::Matcher::Any)
        // Positive control: the key really is sent.
        .match_header("x-user-api-key", CANARY)
        .with_status(404)
        .with_body(&echo)
        .expect(1)
        .create();
    let workspace = Workspace::at(&server.url());
    fs::write(workspace.path("ids"), IDS[0]).unwrap();
    let plan = ["plan", "twochat", "--from", "ids", "--out", "plan", "-vvv"];
    assert_eq!(key(&workspace, &plan).code, Some(0));
    let apply = key(&workspace, &["apply", "plan", "--yes", "-vvv"]);
    assert_eq!(apply.code, Some(3), "{apply:?}");
    assert!(apply.stdout.contains("sorry"), "{apply:?}");
    for format in ["text", "json", "csv"] {
        let status = key(
            &workspace,
            &["status", "--plan", "plan", "-vvv", "--format", format],
        );
        assert!(status.stdout.contains("sorry"), "{status:?}");
    }
    let report = ["report", "--plan", "plan", "-vvv", "--out", "page.html"];
    assert_eq!(key(&workspace, &report).code, Some(0));
    let mut files = 0;
    for file in fs::read_dir(workspace.folder.path()).unwrap() {
        let path = file.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let found = bytes
            .windows(CANARY.len())
            .any(|part| part == CANARY.as_bytes());
        assert!(!found, "{}", path.display());
        files += 1;
    }
    assert!(files >= 4, "{files}");
    mock.assert();
}

#[test]
fn the_password_of_a_journal_is_not_shown() {
    let workspace = Workspace::at("http://127.0.0.1:1");
    workspace.plan("twochat", &IDS);
    for url in [
        format!("postgres://me:{CANARY}@127.0.0.1:1/numbers"),
        format!("postgres://127.0.0.1:1/numbers?user=me&password={CANARY}"),
        format!("postgres://me:{CANARY}@127.0.0.1:port/numbers"),
        format!("mysql://me:{CANARY}@127.0.0.1:1/numbers"),
    ] {
        for args in [
            &["apply", "plan", "--yes", "-vvv"][..],
            &["status", "-vvv"],
            &["report", "--out", "page.html", "-vvv"],
        ] {
            let mut command = workspace.command(args);
            let by_variable = run(command.env("NUMBERS_JOURNAL", &url));
            let by_flag = workspace.run(&[args, &["--journal", &url]].concat());
            for ran in [by_variable, by_flag] {
                assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
                assert!(!ran.stderr.contains(CANARY), "{ran:?}");
            }
        }
    }
    let url = format!("postgres://me:{CANARY}@127.0.0.1:1/numbers");
    let ran = workspace.run(&["status", "--journal", &url]);
    assert!(
        ran.stderr.contains("put the URL into NUMBERS_JOURNAL"),
        "{ran:?}"
    );
}
