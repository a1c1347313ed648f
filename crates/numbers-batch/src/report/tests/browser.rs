//! The page in a headless Chromium, where one is installed.

use super::{FAILED, RELEASED, UNKNOWN, page, row};
use crate::journal::NumberEntry;
use numbers_core::NumberId;
use std::env;
use std::io::{self, Write};
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
                // Not by a macro, whose output is hidden where a test passes.
                let _ = writeln!(
                    io::stderr(),
                    "SKIPPED: no chromium in PATH. `apt-get install chromium` has the tests of the report in it run."
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
            // The time of the page runs on its own until nothing is left to do.
            "--virtual-time-budget=10000",
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

/// The numbers in the table, in their order.
fn shown(dom: &str) -> Vec<&str> {
    let (_, body) = dom.split_once("<tbody>").unwrap();
    body.split("<tr ")
        .skip(1)
        .map(|row| {
            let cell = row.split("<td").nth(2).unwrap();
            let (_, text) = cell.split_once('>').unwrap();
            text.split('<').next().unwrap()
        })
        .collect()
}

fn rows() -> Vec<NumberEntry> {
    let mut rows = vec![
        row(1, "15550000010", RELEASED),
        row(2, "15550000009", UNKNOWN),
        row(3, "15550000001", FAILED),
        row(4, "x2", RELEASED),
        row(5, "x10", RELEASED),
    ];
    rows[2].message = Some("Phone Number not found".to_owned());
    rows[2].attempts = 12;
    rows[4].attempts = 2;
    rows[3].request_id = None;
    rows
}

/// What a script of the test sees that runs after the page's own, one line for each `tell(…)`. It runs in a copy
/// whose policy allows it.
fn told(rows: &[NumberEntry], script: &str) -> Option<Vec<String>> {
    let page = page(rows);
    let (before, rest) = page.split_once("<meta http-equiv").unwrap();
    let (_, after) = rest.split_once('>').unwrap();
    let page = after.replace(
        "</body>",
        &format!("<pre id=\"told\"></pre><script>{HELPERS}(async () => {{{script}\n}})();</script></body>"),
    );
    let dom = dom(&format!("{before}{page}"), "")?;
    let (_, told) = dom.split_once("<pre id=\"told\">").unwrap();
    let (told, _) = told.split_once("</pre>").unwrap();
    Some(told.lines().map(str::to_owned).collect())
}

const HELPERS: &str = r#"
const tell = (text) => { document.getElementById('told').textContent += text + '\n'; };
const shown = () => Array.from(document.querySelectorAll('tbody tr'), (row) => row.cells[1].textContent).join(' ');
const open = (fragment) => new Promise((done) => {
  addEventListener('hashchange', () => done(), { once: true });
  location.hash = fragment;
});
const heading = (name) => document.querySelector(`th[data-c=${name}]`);
"#;

/// Asserts what is shown with each fragment in the address.
fn assert_shown(cases: &[(&str, &str)]) {
    let fragments: Vec<_> = cases.iter().map(|(fragment, _)| *fragment).collect();
    let script = format!("for (const one of {fragments:?}) {{ await open(one); tell(shown()); }}");
    if let Some(told) = told(&rows(), &script) {
        assert_eq!(told.len(), cases.len());
        for ((fragment, expected), told) in cases.iter().zip(&told) {
            assert_eq!(told, expected, "{fragment}");
        }
    }
}

#[test]
fn the_page_as_it_is_filters_and_sorts() {
    // Its own policy must allow its own script and style.
    if let Some(dom) = dom(&page(&rows()), "q=x&sort=-number&state=released") {
        assert_eq!(shown(&dom), ["x10", "x2"]);
        assert!(dom.contains("2 of 5 numbers shown</output>"), "{dom}");
        assert!(dom.contains(r#"<div class="filter">"#), "{dom}");
    }
    if let Some(dom) = dom(&page(&rows()), "") {
        let all = ["15550000009", "15550000001", "15550000010", "x2", "x10"];
        assert_eq!(shown(&dom), all);
        assert!(dom.contains("5 of 5 numbers shown</output>"), "{dom}");
    }
}

#[test]
fn the_filter_finds_words_in_any_column_and_case() {
    let all = "15550000009 15550000001 15550000010 x2 x10";
    assert_shown(&[
        ("q=number+FOUND", "15550000001"),
        ("q=req-5", "x10"),
        ("q=connection_lost", "15550000009 15550000001"),
        ("q=absent-everywhere", ""),
        ("q=2026-11-26+12:00:04", "15550000001 x2"),
        ("state=released", "15550000010 x2 x10"),
        ("state=released&q=x", "x2 x10"),
        // What the page does not know is ignored.
        ("state=nothing&sort=nothing", all),
    ]);
}

#[test]
fn the_table_is_sorted_by_any_column() {
    assert_shown(&[
        (
            "sort=position",
            "15550000010 15550000009 15550000001 x2 x10",
        ),
        (
            "sort=-position",
            "x10 x2 15550000001 15550000009 15550000010",
        ),
        // Digits count as numbers, within a text too.
        ("sort=number", "15550000001 15550000009 15550000010 x2 x10"),
        ("sort=-attempts&q=x", "x10 x2"),
        ("sort=settled&q=x", "x2 x10"),
        // Equal ones stay as they were.
        ("sort=-state", "15550000010 x2 x10 15550000001 15550000009"),
        // A cell without text is last, either way.
        ("sort=request_id&state=released", "15550000010 x10 x2"),
        ("sort=-request_id&state=released", "x10 15550000010 x2"),
    ]);
}

#[test]
fn the_controls_filter_and_sort_and_the_address_says_so() {
    let script = "
        const text = document.getElementById('text');
        text.value = 'x';
        text.dispatchEvent(new Event('input'));
        tell(shown() + ' ' + location.hash);
        heading('number').querySelector('button').click();
        tell(shown() + ' ' + location.hash + ' ' + heading('number').ariaSort);
        heading('number').querySelector('button').click();
        tell(shown() + ' ' + location.hash + ' ' + heading('number').ariaSort);
        const state = document.getElementById('state');
        tell(Array.from(state.options, (option) => option.value).join(' '));
        state.value = 'failed';
        state.dispatchEvent(new Event('input'));
        tell(shown() + location.hash);
        document.getElementById('reset').click();
        tell(shown() + ' ' + location.hash + heading('number').ariaSort);
        tell(performance.getEntriesByType('resource').length);";
    if let Some(told) = told(&rows(), script) {
        assert_eq!(
            told,
            [
                "x2 x10 #q=x",
                "x2 x10 #q=x&amp;sort=number ascending",
                "x10 x2 #q=x&amp;sort=-number descending",
                " unknown failed released",
                "#q=x&amp;state=failed&amp;sort=-number",
                "15550000009 15550000001 15550000010 x2 x10 null",
                // No request was made.
                "0",
            ]
        );
    }
}

#[test]
fn a_long_table_shows_its_first_rows_and_searches_all() {
    let rows: Vec<_> = (1..=1_200)
        .map(|at| row(at, &format!("x{at}"), UNKNOWN))
        .collect();
    let script = "
        const text = document.getElementById('text');
        const more = document.getElementById('more');
        const count = () => {
            const rows = Array.from(document.querySelectorAll('tbody tr'));
            const ends = [rows.at(0), rows.at(-1)].map((row) => row.cells[1].textContent);
            tell(rows.length + ' ' + ends + ' ' + more.hidden);
            tell(document.getElementById('shown').textContent);
        };
        count();
        await open('sort=-number');
        count();
        more.click();
        count();
        dispatchEvent(new Event('beforeprint'));
        count();
        dispatchEvent(new Event('afterprint'));
        text.value = 'x7';
        text.dispatchEvent(new Event('input'));
        count();";
    if let Some(told) = told(&rows, script) {
        assert_eq!(
            told,
            [
                "500 x1,x500 false",
                "1,200 of 1,200 numbers match, the first 500 are shown",
                "500 x1200,x701 false",
                "1,200 of 1,200 numbers match, the first 500 are shown",
                "1000 x1200,x201 false",
                "1,200 of 1,200 numbers match, the first 1,000 are shown",
                "1200 x1200,x1 true",
                "1,200 of 1,200 numbers shown",
                "111 x799,x7 true",
                "111 of 1,200 numbers shown",
            ]
        );
    }
}

#[test]
fn hostile_text_runs_nothing_in_the_browser() {
    let evil =
        "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
    let mut rows = rows();
    rows[0].number = NumberId::new(evil);
    rows[1].message = Some(evil.to_owned());
    if let Some(dom) = dom(&page(&rows), "q=%3Cscript%3E&sort=%3Cimg%20src=x%3E") {
        assert!(dom.contains("<title>Release of 5 numbers at 2Chat</title>"));
        assert!(!dom.contains("<img"));
        assert_eq!(shown(&dom).len(), 2);
    }
}

#[test]
fn the_policy_stops_a_script_that_is_not_the_pages_own() {
    let foreign = "<script>document.title='owned'</script></body>";
    let page = page(&rows()).replace("</body>", foreign);
    if let Some(dom) = dom(&page, "") {
        assert!(dom.contains("<title>Release of 5 numbers at 2Chat</title>"));
        assert_eq!(shown(&dom).len(), 5);
    }
}
