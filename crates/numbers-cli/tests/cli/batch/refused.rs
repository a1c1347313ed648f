//! What `apply` refuses: nothing is sent, and stdout stays empty.

use super::Workspace;
use crate::support::{IDS, Vendor, run};
use std::fs;
use std::process::Command;

fn is_refused(command: &mut Command, words: &[&str]) {
    let ran = run(command);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
    for words in words {
        assert!(ran.stderr.contains(words), "{words}: {}", ran.stderr);
    }
}

#[test]
fn a_plan_that_was_edited_or_cut_is_refused() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    let workspace = Workspace::at(&vendor.url());
    workspace.plan("twochat", &IDS[..2]);
    let plan = fs::read_to_string(workspace.path("plan")).unwrap();
    let cut: Vec<_> = plan.lines().take(2).collect();
    for (changed, words) in [
        (plan.replace(IDS[1], IDS[2]), "edited"),
        (cut.join("\n"), "the end of the plan is missing"),
        (plan.replace("\"version\":1", "\"version\":9"), "version 9"),
        ("{}".to_owned(), "this is not a plan"),
    ] {
        fs::write(workspace.path("plan"), changed).unwrap();
        is_refused(
            &mut workspace.command(&["apply", "plan", "--yes"]),
            &[words],
        );
    }
    assert!(!workspace.path("plan.journal").exists());
    mock.assert();
}

#[test]
fn another_account_or_host_is_refused() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    let workspace = Workspace::at(&vendor.url());
    workspace.plan("twochat", &IDS);
    let mut apply = workspace.command(&["apply", "plan", "--yes", "--credential-changed"]);
    is_refused(
        apply.env("TWOCHAT_API_KEY", "another"),
        &[
            "the plan was made for",
            "whether it is the same account can't be known",
        ],
    );
    let mut apply = workspace.command(&["apply", "plan", "--yes"]);
    is_refused(
        apply.env("TWOCHAT_BASE_URL", "http://127.0.0.1:1"),
        &["not for 127.0.0.1:1"],
    );
    mock.assert();
}

#[test]
fn a_new_key_of_a_named_account_is_accepted_when_asked() {
    let settings = [
        ("EXOTEL_API_KEY", "key"),
        ("EXOTEL_API_TOKEN", "token"),
        ("EXOTEL_ACCOUNT_SID", "acme"),
        ("EXOTEL_BASE_URL", "http://127.0.0.1:1"),
    ];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let workspace = Workspace::new(&settings);
    workspace.plan("exotel", &["1"]);
    let mut apply = workspace.command(&["apply", "plan", "--yes"]);
    let hint = "if only the key was changed, --credential-changed accepts it";
    is_refused(apply.env("EXOTEL_API_TOKEN", "new"), &[hint]);
    let args = [
        "apply",
        "plan",
        "--yes",
        "--credential-changed",
        "--give-up-after",
        "0s",
    ];
    let mut apply = workspace.command(&args);
    let ran = run(apply.env("EXOTEL_API_TOKEN", "new"));
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("the key differs"), "{ran:?}");
}

#[test]
fn a_journal_of_another_plan_or_a_copy_is_refused() {
    let mut vendor = Vendor::start();
    let mock = vendor.releases(IDS[0], 1);
    let workspace = Workspace::at(&vendor.url());
    workspace.plan("twochat", &IDS[..1]);
    assert_eq!(workspace.apply(&[]).code, Some(0));
    fs::copy(workspace.path("plan.journal"), workspace.path("copy")).unwrap();
    let args = ["apply", "plan", "--yes", "--journal", "copy"];
    is_refused(
        &mut workspace.command(&args),
        &["--journal-moved", "nothing was sent"],
    );
    workspace.plan("twochat", &IDS);
    let args = ["apply", "plan", "--yes"];
    is_refused(
        &mut workspace.command(&args),
        &["is of another plan", "--journal names"],
    );
    mock.assert();
}

#[test]
fn without_a_terminal_or_yes_nothing_is_begun() {
    let workspace = Workspace::at("http://127.0.0.1:1");
    workspace.plan("twochat", &IDS);
    is_refused(&mut workspace.command(&["apply", "plan"]), &["use --yes"]);
    assert!(!workspace.path("plan.journal").exists());
}
