//! The rules for names.

use super::{EXOTEL, SYNTHFLOW, TWOCHAT, refused};

#[test]
fn a_name_that_makes_no_identifier_is_refused() {
    for (from, to, mark, what) in [
        (
            "- name: virtual_number_uuid",
            "- name: 2nd",
            "name: 2nd",
            "parameter 2nd makes no identifier",
        ),
        (
            "operationId: delete-virtual-number",
            "operationId: 2-delete",
            "2-delete",
            "operationId 2-delete makes no identifier",
        ),
        (
            "        message:\n",
            "        '0':\n",
            "description: What went wrong, in another format.",
            "ErrorResponse: field 0 makes no identifier",
        ),
        (
            "- name: virtual_number_uuid",
            "- name: self",
            "name: self",
            "parameter self makes no identifier",
        ),
    ] {
        refused(TWOCHAT, from, to, mark, what);
    }
}

#[test]
fn a_vendor_name_that_can_not_name_a_module_is_refused() {
    for name in [
        "2chat",
        "Acme",
        "acme-lines",
        "type",
        "self",
        "async",
        "gen",
    ] {
        let what = "is not an identifier in lower case";
        refused(
            TWOCHAT,
            "x-vendor: twochat",
            &format!("x-vendor: {name}"),
            &format!("{name}\nservers"),
            &format!("x-vendor {name} {what}"),
        );
    }
}

#[test]
fn a_variable_is_named_by_vendor_and_setting() {
    let token = "name: EXOTEL_API_KEY\n    holds: secret\n    description: The API token";
    for (contract, from, to, mark, what) in [
        (
            TWOCHAT,
            "name: TWOCHAT_API_KEY",
            "name: API_KEY",
            "name: API_KEY",
            "API_KEY holds a secret, so its name is TWOCHAT_ followed by the secret's name in capitals",
        ),
        (
            TWOCHAT,
            "name: TWOCHAT_API_KEY",
            "name: TWOCHAT_Api_Key",
            "name: TWOCHAT_Api_Key",
            "TWOCHAT_Api_Key holds a secret, so its name is TWOCHAT_ followed by",
        ),
        (
            TWOCHAT,
            "name: TWOCHAT_BASE_URL",
            "name: TWOCHAT_URL",
            "name: TWOCHAT_URL",
            "TWOCHAT_URL holds base_url, so its name is TWOCHAT_BASE_URL",
        ),
        (
            SYNTHFLOW,
            "name: SYNTHFLOW_REGION",
            "name: SYNTHFLOW_SERVER",
            "name: SYNTHFLOW_SERVER",
            "SYNTHFLOW_SERVER holds region, so its name is SYNTHFLOW_REGION",
        ),
        (
            EXOTEL,
            "name: EXOTEL_ACCOUNT_SID",
            "name: EXOTEL_ACCOUNT",
            "name: EXOTEL_ACCOUNT",
            "EXOTEL_ACCOUNT holds account_sid, so its name is EXOTEL_ACCOUNT_SID",
        ),
        (
            EXOTEL,
            "name: EXOTEL_API_TOKEN",
            "name: EXOTEL_API_KEY",
            token,
            "EXOTEL_API_KEY twice",
        ),
    ] {
        refused(contract, from, to, mark, &format!("the variable {what}"));
    }
}
