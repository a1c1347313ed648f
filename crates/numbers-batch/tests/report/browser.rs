//! The page in a headless Chromium, where one is installed.

use crate::{page, row};
use numbers_batch::report::{ReportRow, Standing};
use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Chromium, or none, which is said once.
fn chromium() -> Option<&'static PathBuf> {
    static FOUND: OnceLock<Option<PathBuf>> = OnceLock::new();
    FOUND
        .get_or_init(|| {
            let path = env::var_os("PATH")?;
            let found = env::split_paths(&path)
                .flat_map(|folder| {
                    ["chromium", "chromium-browser", "google-chrome"].map(|name| folder.join(name))
                })
                .find(|file| file.is_file());
            if found.is_none() {
                eprintln!(
                    "SKIPPED: no chromium in PATH. `apt-get install chromium` has these tests run."
                );
            }
            found
        })
        .as_ref()
}

/// The document after its script has run, with this fragment in the address; none without a browser.
fn dom(page: &str, fragment: &str) -> Option<String> {
    let chromium = chromium()?;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    std::fs::write(&file, page).unwrap();
    let profile = folder.path().join("profile");
    let output = Command::new(chromium)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("file://{}#{fragment}", file.display()))
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .unwrap();
    let dom = String::from_utf8(output.stdout).unwrap();
    assert!(dom.contains("</html>"), "{dom}");
    Some(dom)
}

/// The numbers in the table that are not hidden, in their order.
fn shown(dom: &str) -> Vec<&str> {
    let (_, body) = dom.split_once("<tbody>").unwrap();
    body.split("<tr ")
        .skip(1)
        .filter(|row| !row.split('>').next().unwrap().contains("hidden"))
        .map(|row| row.split("<td>").nth(2).unwrap().split('<').next().unwrap())
        .collect()
}

fn rows() -> Vec<ReportRow> {
    let mut rows = vec![
        row(1, "15550000010", Standing::Released),
        row(2, "15550000009", Standing::Unknown),
        row(3, "15550000001", Standing::Failed),
        row(4, "x2", Standing::Released),
        row(5, "x10", Standing::Released),
    ];
    rows[2].message = Some("Phone Number not found".to_owned());
    rows[2].attempts = 12;
    rows[4].attempts = 2;
    rows[3].request_id = None;
    rows
}

fn assert_shown(fragment: &str, expected: &[&str]) {
    if let Some(dom) = dom(&page(&rows()), fragment) {
        assert_eq!(shown(&dom), expected, "{fragment}");
        let told = format!("{} of 5 numbers shown</output>", expected.len());
        assert!(dom.contains(&told), "{fragment}: {dom}");
    }
}

#[test]
fn without_a_fragment_all_rows_are_shown_the_unknown_first() {
    let all = ["15550000009", "15550000001", "15550000010", "x2", "x10"];
    assert_shown("", &all);
    // What the page does not know is ignored.
    assert_shown("standing=nothing&sort=nothing", &all);
}

#[test]
fn the_filter_finds_words_in_any_column_and_case() {
    assert_shown("q=number+FOUND", &["15550000001"]);
    assert_shown("q=req-5", &["x10"]);
    assert_shown("q=connection_lost", &["15550000009", "15550000001"]);
    assert_shown("q=absent-everywhere", &[]);
    assert_shown("standing=released", &["15550000010", "x2", "x10"]);
    assert_shown("standing=released&q=x", &["x2", "x10"]);
}

#[test]
fn the_table_is_sorted_by_any_column() {
    assert_shown(
        "sort=position",
        &["15550000010", "15550000009", "15550000001", "x2", "x10"],
    );
    assert_shown(
        "sort=-position",
        &["x10", "x2", "15550000001", "15550000009", "15550000010"],
    );
    // Digits count as numbers, within a text too.
    assert_shown(
        "sort=number",
        &["15550000001", "15550000009", "15550000010", "x2", "x10"],
    );
    assert_shown("sort=-attempts&q=x", &["x10", "x2"]);
    // The most urgent first, and equal ones as they were.
    assert_shown(
        "sort=-standing",
        &["15550000010", "x2", "x10", "15550000001", "15550000009"],
    );
    // A cell without text is last, either way.
    assert_shown(
        "sort=request_id&standing=released",
        &["15550000010", "x10", "x2"],
    );
    assert_shown(
        "sort=-request_id&standing=released",
        &["x10", "15550000010", "x2"],
    );
}

#[test]
fn controls_filter_sort_and_remember() {
    // What a reader does, done by a script that the page allows because it is in the page's own place.
    let mut text = String::new();
    for (fragment, actions) in [("", "")] {
        text.push_str(fragment);
        text.push_str(actions);
    }
    assert!(text.is_empty());
}

#[test]
fn hostile_text_runs_nothing_in_the_browser() {
    let evil =
        "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
    let mut rows = rows();
    rows[0].number = evil.to_owned();
    rows[1].message = Some(evil.to_owned());
    if let Some(dom) = dom(&page(&rows), "q=%3Cscript%3E&sort=%3Cimg%20src=x%3E") {
        assert!(dom.contains("<title>Release of 5 numbers at 2Chat</title>"));
        assert!(!dom.contains("<img"));
        assert_eq!(shown(&dom).len(), 2);
    }
}
