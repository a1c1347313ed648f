//! Lists of ids.

use crate::{csv, ids, problems, scratch, text};
use numbers_batch::plan::PlanErrorKind;

#[test]
fn a_text_file_of_any_make_is_read() {
    let scratch = scratch();
    let list = "\u{feff}# ours\r\n\r\n n-1 \r\nn-2\n\t\n # not ours\nn-1\nn-3";
    let created = scratch.create(list, &text()).unwrap();
    assert_eq!(ids(created.plan()), ["n-1", "n-2", "n-3"]);
    assert_eq!((created.repeats(), created.plan().header().count()), (1, 3));
    assert_eq!(scratch.files(), 1);
}

#[test]
fn every_refused_line_is_named_and_nothing_is_written() {
    let scratch = scratch();
    let list = b"number\nn-1\na/1\n+123456789\nn-2 # mine\n\xff1\n1,2";
    let error = scratch.create(list, &text()).unwrap_err();
    assert_eq!(error.kind(), PlanErrorKind::Input);
    assert_eq!(
        problems(&error),
        [
            "line 1: …mber is a word without a digit: is it the name of a column?",
            "line 3: it has a slash",
            "line 4: …6789 has a + in it, which ids of this vendor do not have",
            "line 5: …mine has a # in it: is it followed by a comment?",
            "line 6: this is not UTF-8",
            "line 7: … has a comma or another separator in it: is the list a CSV?",
        ]
    );
    let odd: Vec<_> = error
        .problems()
        .iter()
        .map(|problem| problem.is_odd())
        .collect();
    assert_eq!(odd, [true, false, true, true, false, true]);
    assert!(
        error.to_string().starts_with("6 lines are refused"),
        "{error}"
    );
    assert_eq!(scratch.files(), 0);
}

#[test]
fn odd_ids_are_taken_where_they_are_allowed() {
    let scratch = scratch();
    let list = "number\nn-1 x\n+1";
    let created = scratch.create(list, &text().with_odd_ids(true)).unwrap();
    assert_eq!(ids(created.plan()), ["number", "n-1 x", "+1"]);
    let error = scratch
        .create("a/1", &text().with_odd_ids(true))
        .unwrap_err();
    assert_eq!(problems(&error), ["line 1: it has a slash"]);
    let plus = text().with_id_example("+15550100");
    assert_eq!(
        ids(scratch.create("+15550101", &plus).unwrap().plan()),
        ["+15550101"]
    );
}

#[test]
fn refused_lines_beyond_ten_thousand_are_counted() {
    let error = scratch().create("x\n".repeat(10_002), &text()).unwrap_err();
    assert_eq!((error.problems().len(), error.more()), (10_000, 2));
    assert!(error.to_string().starts_with("10002 lines"), "{error}");
}

#[test]
fn a_list_without_an_id_or_in_utf_16_is_refused() {
    for list in [
        &b""[..],
        b"# nothing\n\n",
        b"\xff\xfen\0-\x001\0",
        &[b'1'; 70_000],
    ] {
        let error = scratch().create(list, &text()).unwrap_err();
        assert_eq!(error.kind(), PlanErrorKind::Input, "{error}");
    }
}

#[test]
fn a_column_of_a_csv_is_read_by_its_name() {
    let scratch = scratch();
    let list =
        "\u{feff}name,number\r\n\"Doe, John\", n-1 \r\n\"two\nlines\",\"n-2\"\r\n\r\nx,n-3\r\n";
    let created = scratch.create(list, &csv(Some("number"))).unwrap();
    assert_eq!(ids(created.plan()), ["n-1", "n-2", "n-3"]);
    let error = scratch
        .create(
            "number,x\nn-1,\n,1\n\"a\nb\",1\nn 1,1\n",
            &csv(Some("number")),
        )
        .unwrap_err();
    let lines: Vec<_> = error
        .problems()
        .iter()
        .map(|problem| problem.line())
        .collect();
    assert_eq!(lines, [3, 4, 6], "{error}");
}

#[test]
fn a_row_of_another_length_is_one_error_among_others() {
    let list = "number,name\nn-1,x,y\n,x\nn-2\nn-3,x\n";
    let error = scratch().create(list, &csv(Some("number"))).unwrap_err();
    assert_eq!(
        problems(&error),
        [
            "line 2: it has 3 columns, and the first line 2",
            "line 3: the column is empty here",
            "line 4: it has 1 column, and the first line 2",
        ]
    );
}

#[test]
fn the_head_of_a_csv_is_no_id() {
    let scratch = scratch();
    for (list, options) in [
        ("number\nn-1\n", csv(None)),
        ("n-1\n", csv(None)),
        ("phone 2\nn-1\n", csv(Some("phone 2"))),
    ] {
        let created = scratch.create(list, &options).unwrap();
        assert_eq!(ids(created.plan()), ["n-1"], "{list}");
    }
    for (list, column, message) in [
        ("name,number\nx,n-1\n", None, "`name`, `number`"),
        (
            "name,15550100\nx,n-1\n",
            Some("number"),
            "there are: `name`, …",
        ),
        ("number,number\nx,n-1\n", Some("number"), "several"),
        ("name;number\nx;n-1\n", Some("number"), "with commas"),
        ("name\tnumber\nx\tn-1\n", None, "with commas"),
    ] {
        let error = scratch.create(list, &csv(column)).unwrap_err();
        assert_eq!(error.kind(), PlanErrorKind::Input);
        assert!(error.to_string().contains(message), "{error}");
    }
}
