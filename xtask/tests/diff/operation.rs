//! Which of their operations is ours.

use super::{THEIRS, differences, facts, json, part};
use serde_json::json;

#[test]
fn the_operation_is_the_one_of_path_and_method_whatever_else_is_like_it() {
    let mut theirs = json();
    let other = json!({ "operationId": "delete-phone-number", "responses": {} });
    theirs["paths"]["/an/older/one"] = json!({ "post": other });
    theirs["paths"]["/numbers/{another}"] = json!({ "delete": { "responses": {} } });
    assert_eq!(differences(&theirs.to_string()), []);
    // A shape with the method goes before the name, and the name before a shape with another.
    let own = theirs["paths"]["/numbers/{phone_number_slug}"].take();
    theirs["paths"]["/numbers/{another}"] = own;
    assert_eq!(differences(&theirs.to_string()), []);
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
fn hundreds_of_other_paths_some_of_them_invalid_do_not_matter() {
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
fn another_name_of_the_operation_is_a_difference_where_their_document_has_one() {
    let named = |name: &str| facts(&THEIRS.replacen("delete-phone-number", name, 1));
    assert_eq!(named("remove-phone-number"), ["operationId"]);
    // Our methods would have the same name.
    assert_eq!(named("deletePhoneNumber"), [] as [&str; 0]);
    let mut theirs = json();
    let operation = part(&mut theirs, "").as_object_mut().unwrap();
    assert!(operation.remove("operationId").is_some());
    assert_eq!(facts(&theirs.to_string()), [] as [&str; 0]);
}
