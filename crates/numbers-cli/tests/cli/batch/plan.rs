use super::Workspace;
use crate::support::{IDS, run_with_stdin};
use std::fs;

/// Nothing is sent, so no one need listen there.
fn workspace() -> Workspace {
    Workspace::at("http://127.0.0.1:1")
}

#[test]
fn every_bad_line_is_named_and_no_plan_is_written() {
    let workspace = workspace();
    let list = "number\n12025550101\n12025550102 # mine\na/1\n\n12025550103,x\n";
    let args = [
        "plan",
        "synthflow",
        "--region",
        "us",
        "--from",
        "-",
        "--out",
        "plan",
    ];
    let mut command = workspace.command(&args);
    let ran = run_with_stdin(command.env("SYNTHFLOW_API_KEY", "key"), list);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
    for line in ["line 1:", "line 3:", "line 4:", "line 6:"] {
        let line = format!("numbers: standard input, {line}");
        assert!(ran.stderr.contains(&line), "{line} {}", ran.stderr);
    }
    for (words, expected) in [
        ("line 2", false),
        ("an id of synthflow looks like 33782990580", true),
        ("--allow-odd-ids", true),
        ("no plan was written", true),
    ] {
        assert_eq!(
            ran.stderr.contains(words),
            expected,
            "{words} {}",
            ran.stderr
        );
    }
    assert!(!workspace.path("plan").exists());
}

#[test]
fn repeats_are_counted_and_the_next_command_is_said() {
    let workspace = workspace();
    let list = format!("name,id\na,{}\nb,{}\nc,{}\n", IDS[0], IDS[1], IDS[0]);
    fs::write(workspace.path("list.txt"), list).unwrap();
    let args = [
        "plan", "twochat", "--from", "list.txt", "--column", "id", "--out", "plan",
    ];
    let ran = workspace.run(&args);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{ran:?}");
    for words in [
        "1 line repeats an earlier id",
        "plan: 2 numbers at twochat, 127.0.0.1:1, credential ",
        "nothing was sent; review it, then `numbers apply plan`",
    ] {
        assert!(ran.stderr.contains(words), "{words} {}", ran.stderr);
    }
    let plan = fs::read_to_string(workspace.path("plan")).unwrap();
    assert_eq!(plan.lines().count(), 4, "{plan}");
}

#[test]
fn no_file_is_replaced_by_a_plan() {
    let workspace = workspace();
    workspace.plan("twochat", &IDS);
    for out in ["ids", "plan"] {
        let before = fs::read_to_string(workspace.path(out)).unwrap();
        let ran = workspace.run(&["plan", "twochat", "--from", "ids", "--out", out]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        let words = format!("{out} is there already");
        assert!(ran.stderr.contains(&words), "{ran:?}");
        assert_eq!(fs::read_to_string(workspace.path(out)).unwrap(), before);
    }
}

#[test]
fn what_can_not_be_read_and_written_differ_in_the_exit_code() {
    let workspace = workspace();
    workspace.plan("twochat", &IDS);
    for (from, out, code, word) in [
        (
            "none",
            "plan",
            2,
            "none can't be read: No such file or directory\n",
        ),
        (
            "ids",
            "none/plan",
            1,
            "none/plan can't be written: No such file or directory\n",
        ),
        (".", "new", 2, "can't be read"),
    ] {
        let ran = workspace.run(&["plan", "twochat", "--from", from, "--out", out]);
        assert_eq!(ran.code, Some(code), "{ran:?}");
        assert!(ran.stderr.contains(word), "{word}: {}", ran.stderr);
        assert!(!ran.stderr.contains("os error"), "{}", ran.stderr);
    }
}
