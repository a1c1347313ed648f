//! Which operation of a vendor's document is compared.

use super::{THEIRS, differences, facts, json, part};
use serde_json::json;

#[test]
fn path_and_method_identify_the_operation() {
    let mut theirs = json();
    let other = json!({ "operationId": "delete-phone-number", "responses": {} });
    theirs["paths"]["/an/older/one"] = json!({ "post": other });
    theirs["paths"]["/numbers/{another}"] = json!({ "delete": { "responses": {} } });
    assert_eq!(differences(&theirs.to_string()), []);
    // The same method and shape come before the same name, and that before the shape alone.
    let own = theirs["paths"]["/numbers/{phone_number_slug}"].take();
    theirs["paths"]["/numbers/{another}"] = own;
    assert_eq!(facts(&theirs.to_string()), ["path"]);
    let own = theirs["paths"]["/numbers/{another}"]["delete"].take();
    theirs["paths"] = json!({
        "/numbers/{another}": { "get": { "responses": {} } },
        "/phones/{phone_number_slug}": { "delete": own },
    });
    assert_eq!(facts(&theirs.to_string()), ["path"]);
}

#[test]
fn a_document_without_the_operation_differs() {
    let mut theirs = json();
    theirs["paths"] = json!({ "/other": { "get": {} } });
    assert_eq!(facts(&theirs.to_string()), ["operation"]);
}

#[test]
fn other_paths_are_ignored_even_if_invalid() {
    let mut theirs = json();
    for count in 0..400 {
        theirs["paths"][format!("/other/{count}")] = match count % 4 {
            0 => json!({ "get": { "responses": { "200": { "$ref": "#/nowhere" } } } }),
            1 => json!({ "delete": "not an operation" }),
            2 => json!(null),
            _ => json!({ "post": { "parameters": { "not": "a list" }, "responses": [1, 2] } }),
        };
    }
    assert_eq!(differences(&theirs.to_string()), []);
    theirs["servers"][0]["url"] = json!("https://api.synthflow.example/v2");
    assert_eq!(facts(&theirs.to_string()), ["servers"]);
}

#[test]
fn another_operation_id_is_a_difference() {
    let named = |name: &str| facts(&THEIRS.replacen("delete-phone-number", name, 1));
    assert_eq!(named("remove-phone-number"), ["operationId"]);
    // Our methods would have the same name.
    assert_eq!(named("deletePhoneNumber"), [] as [&str; 0]);
    let mut theirs = json();
    let operation = part(&mut theirs, "").as_object_mut().unwrap();
    assert!(operation.remove("operationId").is_some());
    assert_eq!(facts(&theirs.to_string()), [] as [&str; 0]);
}
