use super::{SYNTHFLOW, Workspace};
use crate::sandbox::Running;
use crate::support::{IDS, Ran, Vendor, run};
use crate::terminal::OnATerminal;
use std::fs;

#[test]
fn a_plan_is_applied_once_and_reported() {
    let sandbox = Running::start(&[]);
    let workspace = Workspace::new(&sandbox.variables);
    workspace.plan("synthflow", &SYNTHFLOW);
    let ran = workspace.apply(&["--rate", "off"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let mut numbers = ran.all("number");
    numbers.sort();
    assert_eq!(numbers, SYNTHFLOW);
    assert_eq!(ran.all("outcome"), ["released"; 3]);
    let fields = r#"{"vendor":"synthflow","number":"12025550101","outcome":"released","kind":null,"status":200,"message":null,"request_id":"#;
    assert!(ran.stdout.contains(fields), "{}", ran.stdout);
    assert!(ran.stderr.contains("all 3 numbers are released"), "{ran:?}");

    let again = workspace.apply(&["--rate", "off"]);
    assert_eq!(
        (again.code, again.stdout.as_str()),
        (Some(0), ""),
        "{again:?}"
    );

    let ran = workspace.run(&["report", "--journal", "plan.journal", "--out", "page.html"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let page = fs::read_to_string(workspace.path("page.html")).unwrap();
    assert!(page.contains("Release of 3 numbers at synthflow"), "{page}");
    assert!(page.contains("<td>12025550103</td>"), "{page}");
    assert!(sandbox.stop().contains("3 requests"));
}

#[test]
fn the_rate_is_said_before_it_starts() {
    let sandbox = Running::start(&[]);
    for (vendor, id, words) in [
        (
            "twochat",
            IDS[0],
            "10 a minute, the vendor's documented limit (--rate",
        ),
        (
            "synthflow",
            SYNTHFLOW[0],
            "60 a minute, because the vendor documents no limit",
        ),
    ] {
        let workspace = Workspace::new(&sandbox.variables);
        workspace.plan(vendor, &[id]);
        let ran = workspace.apply(&[]);
        assert!(
            ran.stderr.starts_with(&format!("numbers: {words}")),
            "{ran:?}"
        );
    }
    sandbox.stop();
}

#[test]
fn unknown_is_sent_again_only_when_asked_and_404_settles_it() {
    let sandbox = Running::start(&["--numbers", "20", "--lose-answers", "50%"]);
    let workspace = Workspace::new(&sandbox.variables);
    let ids: Vec<_> = (1..=20).map(|at| format!("155500000{at:02}")).collect();
    workspace.plan(
        "synthflow",
        &ids.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    let ran = workspace.apply(&["--rate", "off"]);
    assert_eq!(ran.code, Some(4), "{ran:?}");
    let unknown = outcomes(&ran, "unknown");
    assert_eq!(unknown + outcomes(&ran, "released"), 20);
    for words in [
        format!("{unknown} unknown: the vendor may have released them."),
        "`numbers apply plan --resend-unknown` sends them again".to_owned(),
    ] {
        assert!(ran.stderr.contains(&words), "{words}: {ran:?}");
    }
    let again = workspace.apply(&["--rate", "off"]);
    assert_eq!(
        (again.code, again.stdout.as_str()),
        (Some(4), ""),
        "{again:?}"
    );

    let mut resent = 0;
    let ended = (0..20).find_map(|_| {
        let ran = workspace.apply(&["--rate", "off", "--resend-unknown"]);
        resent += outcomes(&ran, "absent");
        (ran.code != Some(4)).then_some(ran)
    });
    assert_eq!(ended.unwrap().code, Some(0));
    assert_eq!(resent, unknown);
    assert!(sandbox.stop().contains("20 released"));
}

fn outcomes(ran: &Ran, outcome: &str) -> usize {
    let outcomes = ran.all("outcome");
    outcomes.iter().filter(|it| *it == outcome).count()
}

#[test]
fn progress_counts_the_numbers_that_are_sent() {
    let mut vendor = Vendor::start();
    vendor.releases(IDS[0], 1);
    IDS[1..].iter().for_each(|id| {
        vendor.responds(id, 1, 500, "{}");
    });
    let workspace = Workspace::at(&vendor.url());
    workspace.plan("twochat", &IDS);
    assert_eq!(workspace.apply(&["--rate", "off"]).code, Some(4));
    let mocks = [1, 2].map(|at| vendor.responds(IDS[at], 2, 404, "{}"));
    let command = format!(
        "apply '{}' --yes --rate off --resend-unknown",
        workspace.path("plan").display()
    );
    let (code, shown) = OnATerminal::run(&command, &workspace.variables()).typed("");
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains(" 0 of 2 numbers, "), "{shown:?}");
    assert!(!shown.contains("of 3 numbers, "), "{shown:?}");
    drop(mocks);
}

#[test]
fn a_phone_number_is_sent_again_late_only_when_asked() {
    let mut server = mockito::Server::new();
    let url = server.url();
    let mut responds = |status| {
        let mock = server.mock("DELETE", "/numbers/12025550101");
        mock.with_status(status).with_body("{}").expect(1).create()
    };
    let first = responds(500);
    let workspace = Workspace::new(&[
        ("SYNTHFLOW_API_KEY".to_owned(), "key".to_owned()),
        ("SYNTHFLOW_BASE_URL".to_owned(), url),
    ]);
    workspace.plan("synthflow", &SYNTHFLOW[..1]);
    assert_eq!(workspace.apply(&[]).code, Some(4));
    first.assert();
    workspace.sql("UPDATE number SET started_ms = started_ms - 7200000");

    let late = workspace.apply(&["--resend-unknown"]);
    assert_eq!((late.code, late.stdout.as_str()), (Some(4), ""), "{late:?}");
    let hint = "--even-if-bought-anew sends them too";
    assert!(late.stderr.contains(hint), "{late:?}");
    first.assert();

    let gone = responds(404);
    let asked = workspace.apply(&["--resend-unknown", "--even-if-bought-anew"]);
    assert_eq!(asked.code, Some(0), "{asked:?}");
    assert_eq!(asked.all("outcome"), ["absent"]);
    gone.assert();
}

#[test]
fn a_failure_of_every_number_stops_it_and_the_rest_stays_pending() {
    let mut vendor = Vendor::start();
    let body = r#"{"error": true, "error_message": "no such key"}"#;
    let mock = vendor.responds(IDS[0], 1, 401, body);
    let workspace = Workspace::at(&vendor.url());
    workspace.plan("twochat", &IDS);
    let ran = workspace.apply(&["--concurrency", "1"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(3), ""), "{ran:?}");
    assert!(ran.stderr.contains("check key and account"), "{ran:?}");
    let next = "3 numbers pending: `numbers apply plan` continues";
    assert!(ran.stderr.contains(next), "{ran:?}");
    assert_eq!(workspace.status().all("outcome"), ["pending"; 3]);
    mock.assert();
}

#[test]
fn it_stops_after_so_many_failures() {
    let mut vendor = Vendor::start();
    let body = r#"{"error": true, "error_message": "no such number"}"#;
    let mock = vendor.responds(IDS[0], 1, 404, body);
    let workspace = Workspace::at(&vendor.url());
    workspace.plan("twochat", &IDS);
    let ran = workspace.apply(&["--concurrency", "1", "--max-failures", "1"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert_eq!(ran.all("kind"), ["not_found"]);
    let outcomes = workspace.status().all("outcome");
    assert_eq!(outcomes, ["failed", "pending", "pending"]);
    mock.assert();
}

#[test]
fn a_full_disk_below_stdout_stops_it_and_the_journal_has_the_result() {
    let mut vendor = Vendor::start();
    let mock = vendor.releases(IDS[0], 1);
    let workspace = Workspace::at(&vendor.url());
    workspace.plan("twochat", &IDS);
    let mut apply = workspace.command(&["apply", "plan", "--yes", "--concurrency", "1"]);
    let ran = run(apply.stdout(fs::File::create("/dev/full").unwrap()));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let words = "stdout can't be written: No space left on device\n";
    assert!(ran.stderr.contains(words), "{ran:?}");
    let outcomes = workspace.status().all("outcome");
    assert_eq!(outcomes, ["released", "pending", "pending"]);
    mock.assert();
}

#[test]
fn the_question_asks_for_the_count_that_is_left() {
    let mut vendor = Vendor::start();
    let mocks = IDS.map(|id| vendor.releases(id, 1));
    let workspace = Workspace::at(&vendor.url());
    workspace.plan("twochat", &IDS);
    let plan = workspace.path("plan");
    for (reply, code) in [("yes\n", 2), ("3\n", 0)] {
        let command = format!("apply '{}' --rate off", plan.display());
        let mut apply = OnATerminal::run(&command, &workspace.variables());
        apply.shows("Type 3 to confirm: ");
        let (ended, shown) = apply.typed(reply);
        assert_eq!(ended, Some(code), "{shown}");
        let files = fs::read_dir(workspace.folder.path()).unwrap().count();
        // The list and the plan; then the journal and its lock.
        assert_eq!(files, if code == 0 { 4 } else { 2 });
        for part in [
            "Release 3 numbers at twochat?",
            IDS[0],
            IDS[2],
            "consequence",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
    }
    mocks.iter().for_each(|mock| mock.assert());
}
