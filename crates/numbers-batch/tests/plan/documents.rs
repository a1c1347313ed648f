//! The document, and the account that it was made for.

use crate::{Acme, acme, scratch, text};
use numbers_batch::plan::ChangedCredential::{self, Accept, Refuse};
use numbers_batch::plan::{AccountMatch, Plan, PlanErrorKind, create};
use numbers_core::{Account, Vendor};
use std::fs;

#[test]
fn the_document_is_as_documented() {
    let scratch = scratch();
    let created = scratch
        .create("n-1\n\"ü\" 2", &text().with_odd_ids(true))
        .unwrap();
    let document = fs::read_to_string(&scratch.path).unwrap();
    let lines: Vec<&str> = document.split_inclusive('\n').collect();
    let [header, numbers @ .., last] = lines.as_slice() else {
        panic!("{document}")
    };
    let header: serde_json::Value = serde_json::from_str(header).unwrap();
    let created_at = header["created"].as_str().unwrap();
    assert!(
        created_at.ends_with('Z') && created_at.len() == 20,
        "{created_at}"
    );
    assert_eq!(
        header,
        serde_json::json!({"version": 1, "vendor": "acme", "created": created_at, "count": 2,
            "account": {"host": "api.example", "name": null, "fingerprint": "00000007"}})
    );
    assert_eq!(
        numbers,
        ["{\"number\":\"n-1\"}\n", "{\"number\":\"\\\"ü\\\" 2\"}\n"]
    );
    let hash = hmac_sha256::Hash::hash(document.strip_suffix(last).unwrap().as_bytes());
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(*last, format!("{{\"sha256\":\"{hex}\"}}\n"));
    assert_eq!(created.plan().hash().to_string(), hex);
    assert_eq!(hex.parse(), Ok(created.plan().hash()));
}

/// The kind with which a document is refused, after `change` was made to it.
fn refusal(change: impl FnOnce(String) -> String) -> PlanErrorKind {
    let scratch = scratch();
    scratch.create("n-1\nn-2\nn-3\n", &text()).unwrap();
    let document = fs::read_to_string(&scratch.path).unwrap();
    fs::write(&scratch.path, change(document)).unwrap();
    Plan::open(&scratch.path).unwrap_err().kind()
}

#[test]
fn an_edited_plan_is_refused() {
    use PlanErrorKind::{Edited, NotAPlan, UnknownVersion};
    let replace = |from: &'static str, to: &'static str| {
        refusal(move |document| {
            assert!(document.contains(from));
            document.replace(from, to)
        })
    };
    assert_eq!(replace("n-2", "n-4"), Edited);
    assert_eq!(replace("{\"number\":\"n-2\"}\n", ""), Edited);
    assert_eq!(replace("{\"number\":\"n-2\"}\n", "\n"), Edited);
    assert_eq!(
        replace("{\"number\":\"n-2\"}", "{\"number\":\"n-2\",\"a\":1}"),
        Edited
    );
    assert_eq!(replace("\n", "\r\n"), Edited);
    assert_eq!(replace("api.example", "api.invalid"), Edited);
    assert_eq!(replace("\"count\":3", "\"count\":4"), Edited);
    assert_eq!(replace("\"version\":1", "\"version\":2"), UnknownVersion);
    assert_eq!(replace("\"vendor\"", "\"seller\""), NotAPlan);
    assert_eq!(
        refusal(|document| document + "{\"number\":\"n-4\"}\n"),
        Edited
    );
    assert_eq!(refusal(|document| format!("\u{feff}{document}")), NotAPlan);
    assert_eq!(refusal(|_| "n-1\nn-2\n".to_owned()), NotAPlan);
    assert_eq!(refusal(|_| String::new()), NotAPlan);
}

#[test]
fn a_plan_cut_anywhere_is_refused() {
    let scratch = scratch();
    scratch.create("n-1\nn-2\n", &text()).unwrap();
    let document = fs::read(&scratch.path).unwrap();
    for length in 0..document.len() {
        fs::write(&scratch.path, &document[..length]).unwrap();
        let kind = Plan::open(&scratch.path).unwrap_err().kind();
        let expected = [PlanErrorKind::Cut, PlanErrorKind::NotAPlan];
        assert!(expected.contains(&kind), "{length}: {kind:?}");
    }
}

#[test]
fn a_plan_replaced_while_it_is_in_use_is_noticed() {
    let scratch = scratch();
    let plan = scratch
        .create("n-1\nn-2\n", &text())
        .unwrap()
        .plan()
        .clone();
    scratch.create("n-1\nn-3\n", &text()).unwrap();
    let mut numbers = plan.numbers().unwrap();
    assert!(numbers.next().unwrap().is_ok() && numbers.next().unwrap().is_ok());
    let error = numbers.next().unwrap().unwrap_err();
    assert_eq!(error.kind(), PlanErrorKind::Edited);
    assert!(numbers.next().is_none());
}

#[test]
fn a_plan_is_applied_to_the_account_it_was_made_for() {
    use PlanErrorKind::{CredentialChanged, OtherAccount, OtherVendor};
    let scratch = scratch();
    let named = Account::new("api.example")
        .with_name("acme1")
        .with_fingerprint(7);
    let unnamed = Account::new("api.example").with_fingerprint(7);
    let plan_for = |account: &Account| {
        let releaser = Acme {
            account: account.clone(),
            ..acme()
        };
        let _ = std::fs::remove_file(&scratch.path);
        create(&b"n-1"[..], &text(), &releaser, &scratch.path)
            .unwrap()
            .plan()
            .clone()
    };
    let check = |plan: &Plan, account: &Account, allow| {
        let releaser = Acme {
            account: account.clone(),
            ..acme()
        };
        plan.check(&releaser, allow).map_err(|error| error.kind())
    };
    let plan = plan_for(&named);
    let elsewhere = Account::new("eu.example")
        .with_name("acme1")
        .with_fingerprint(7);
    let another = Account::new("api.example")
        .with_name("acme2")
        .with_fingerprint(7);
    let rotated = named.clone().with_fingerprint(8);
    assert_eq!(check(&plan, &named, Refuse), Ok(AccountMatch::Same));
    assert_eq!(check(&plan, &rotated, Refuse), Err(CredentialChanged));
    assert_eq!(
        check(&plan, &rotated, Accept),
        Ok(AccountMatch::CredentialChanged)
    );
    for account in [&elsewhere, &another, &unnamed] {
        assert_eq!(
            check(&plan, account, Accept),
            Err(OtherAccount),
            "{account}"
        );
    }
    let plan = plan_for(&unnamed);
    assert_eq!(check(&plan, &unnamed, Refuse), Ok(AccountMatch::Same));
    let rotated = unnamed.clone().with_fingerprint(8);
    assert_eq!(
        check(&plan, &rotated, Accept),
        Err(OtherAccount),
        "nothing tells them apart"
    );
    let bare = Account::new("api.example");
    let plan_of_any = plan_for(&bare);
    assert_eq!(check(&plan_of_any, &bare, Refuse), Err(OtherAccount));
    let plan = plan_for(&unnamed);
    let vendor = Acme {
        vendor: Vendor::new("other"),
        account: unnamed,
    };
    assert_eq!(
        plan.check(&vendor, ChangedCredential::Accept)
            .unwrap_err()
            .kind(),
        OtherVendor
    );
}

#[test]
fn a_plan_that_cannot_be_written_is_an_error() {
    let error = create(&b"n-1"[..], &text(), &acme(), "/none/plan.jsonl").unwrap_err();
    assert_eq!(error.kind(), PlanErrorKind::Io);
    assert!(error.to_string().contains("/none/plan.jsonl"), "{error}");
    let error = Plan::open("/none/plan.jsonl").unwrap_err();
    assert_eq!(error.kind(), PlanErrorKind::Io);
}
