//! What is in the page, without a browser.

use super::{FAILED, RELEASED, UNKNOWN, at, counts, header, page, row, write};
use crate::journal::{Counts, State};
use crate::report::timeline::Timeline;
use std::io::{self, Write};

#[test]
fn numbers_that_need_attention_come_first() {
    let rows = [
        row(1, "a-released", RELEASED),
        row(2, "b-failed", FAILED),
        row(3, "c-unknown", UNKNOWN),
        row(4, "d-in-flight", State::InFlight),
    ];
    let page = page(&rows);
    let place = |number: &str| page.find(&format!("<td>{number}</td>")).unwrap();
    assert!(place("c-unknown") < place("d-in-flight"));
    assert!(place("d-in-flight") < place("b-failed"));
    assert!(place("b-failed") < place("a-released"));
}

#[test]
fn the_page_says_what_to_do_about_unknown_numbers() {
    let todo = "<h2>What to do about the unknown numbers</h2>";
    let unknown = page(&[row(1, "1", UNKNOWN)]);
    assert!(unknown.contains(todo));
    assert!(unknown.contains("Open Numbers in 2Chat&#39;s dashboard."));
    assert!(unknown.contains("--journal leave-2chat.journal --resend-unknown"));
    assert!(unknown.contains("1 unknown: the vendor may have released them"));
    let in_flight = page(&[row(1, "1", State::InFlight)]);
    assert!(in_flight.contains(todo));
    let failed = page(&[row(1, "1", FAILED)]);
    assert!(!failed.contains(todo));
}

#[test]
fn the_page_says_who_asked_for_what_and_when() {
    let page = page(&[row(1, "1", RELEASED)]);
    for part in [
        "<h1>Release of 1 number at 2Chat</h1>",
        "1 of 1 number released, accepted or absent.",
        "<dt>Account</dt><dd>api.p.2chat.io, credential 5eed1234</dd>",
        "<dt>Plan</dt><dd>leave-2chat.plan</dd>",
        "<dt>Plan made</dt><dd>2026-11-26 12:00:00 UTC</dd>",
        "<dt>Started</dt><dd>2026-11-26 12:01:00 UTC</dd>",
        "<dt>Finished</dt><dd>2026-11-26 13:01:00 UTC, after 1h</dd>",
        "<dt>Run by</dt><dd>ann@laptop</dd>",
        "made 2026-11-26 14:00:00 UTC",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn the_text_of_others_is_escaped_everywhere() {
    let evil = "<script>alert(1)</script>\"'&\u{2028}\u{202e}\u{200b}\0\n</td>";
    let safe = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;\\u{2028}\\u{202e}\\u{200b}\\u{0}\\u{a}&lt;/td&gt;";
    let mut bad = row(1, evil, UNKNOWN);
    for field in [&mut bad.message, &mut bad.request_id] {
        *field = Some(evil.to_owned());
    }
    let mut head = header(counts([UNKNOWN, UNKNOWN]));
    for field in [
        &mut head.vendor,
        &mut head.account,
        &mut head.host,
        &mut head.plan,
        &mut head.where_to_check,
        &mut head.journal,
    ] {
        *field = evil.to_owned();
    }
    head.run_by = vec![evil.to_owned()];
    let mut out = Vec::new();
    let timeline = Timeline::new(at(0), at(1));
    write(&mut out, &head, &timeline, || [bad.clone()]);
    let page = String::from_utf8(out).unwrap();
    assert!(!page.contains("<script>alert"));
    for hidden in ['\u{2028}', '\u{202e}', '\u{200b}', '\0'] {
        assert!(!page.contains(hidden), "{hidden:?}");
    }
    // Three in the row; the head has the vendor thrice, account, plan, host and runner in the facts, the look-up, and
    // the journal in the facts, the advice and the last line.
    assert_eq!(page.matches(safe).count(), 3 + 3 + 2 + 3 + 1 + 3);
}

#[test]
fn letters_of_other_scripts_are_kept() {
    let page = page(&[row(1, "عدد Zürich 数字 😀", RELEASED)]);
    assert!(page.contains("<td>عدد Zürich 数字 😀</td>"));
}

#[test]
fn the_page_asks_for_nothing_from_elsewhere() {
    let page = page(&[row(1, "1", UNKNOWN)]);
    for way in [
        "http://", "https://", "src=", "href=", "url(", "@import", "style=",
    ] {
        assert!(!page.contains(way), "{way}");
    }
    assert!(page.contains("default-src 'none'"));
}

/// Counts what is written and keeps nothing.
#[derive(Default)]
struct Counter {
    rows: u64,
    longest: usize,
    tail: Vec<u8>,
}

impl Write for &mut Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.rows += u64::from(bytes.starts_with(b"<tr "));
        self.longest = self.longest.max(bytes.len());
        self.tail = bytes.to_vec();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_million_rows_are_streamed_and_cut() {
    let state = |position: u64| match position % 1_000 {
        0 => UNKNOWN,
        1..=9 => FAILED,
        _ => RELEASED,
    };
    let head = header(counts((1..=1_000_000).map(state)));
    let timeline = Timeline::new(at(0), at(1));
    let mut counter = Counter::default();
    write(&mut counter, &head, &timeline, || {
        (1..=1_000_000).map(|position| row(position, "1", state(position)))
    });
    // One row at a time, every unknown and failed one, and 5,000 of the others.
    assert!(counter.longest < 32 * 1_024, "{}", counter.longest);
    assert_eq!(counter.rows, 1_000 + 9_000 + 5_000);
    let tail = String::from_utf8(counter.tail).unwrap();
    assert!(tail.contains("the first 5,000 of the others: 15,000 of 1,000,000 in all"));
    assert!(tail.contains("numbers status --journal leave-2chat.journal --format csv"));
}

#[test]
fn a_timeline_has_a_bar_for_each_time_and_state() {
    let mut timeline = Timeline::new(at(0), at(7_199));
    assert_eq!(timeline.bar().as_secs(), 60);
    timeline.add(at(59), RELEASED, 3);
    timeline.add(at(60), UNKNOWN, 1);
    timeline.add(at(60), RELEASED, 2_000);
    // Outside: at the nearer end.
    timeline.add(at(9_999), FAILED, 1);
    let mut out = Vec::new();
    let head = header(Counts::default());
    write(&mut out, &head, &timeline, Vec::new);
    let page = String::from_utf8(out).unwrap();
    for part in [
        "Numbers settled in each 1m, at most 2,001.",
        "<title>2026-11-26 12:00:00 UTC\n3 released</title>",
        "<title>2026-11-26 12:01:00 UTC\n2,000 released\n1 unknown</title>",
        "<title>2026-11-26 13:59:00 UTC\n1 failed</title>",
        r#"text-anchor="end">2026-11-26 14:00:00</text>"#,
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert_eq!(page.matches("<g>").count(), 3);
    // One among thousands has a height that can be seen.
    assert!(
        page.contains(r#"class="s-unknown" x="8.0" y="-1.9" width="7.0" height="2.0""#),
        "{page}"
    );
}

#[test]
fn a_timeline_has_few_bars_for_a_run_of_any_length() {
    for seconds in [0, 1, 119, 120, 86_400, 30 * 86_400, 400 * 86_400] {
        let timeline = Timeline::new(at(0), at(seconds));
        let bars = seconds / timeline.bar().as_secs() + 1;
        assert!(bars <= 121, "{seconds}: {bars}");
    }
    // An end before the start is one bar.
    assert_eq!(Timeline::new(at(9), at(0)).bar().as_secs(), 1);
}
