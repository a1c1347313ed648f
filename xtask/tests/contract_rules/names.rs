//! The rules for names.

use super::{EXOTEL, SYNTHFLOW, TWOCHAT, refused};

#[test]
fn a_name_that_makes_no_unique_identifier_is_refused() {
    for (contract, from, to, mark, what) in [
        (
            TWOCHAT,
            "x-vendor: twochat",
            "x-vendor: 2chat",
            "2chat\nservers",
            "x-vendor 2chat is not an identifier",
        ),
        (
            TWOCHAT,
            "- name: virtual_number_uuid",
            "- name: virtual-number",
            "name: virtual-number",
            "the parameter virtual-number can't name a variable",
        ),
        (
            EXOTEL,
            "- name: exophone_sid",
            "- name: AccountSid",
            "name: AccountSid",
            "parameter AccountSid becomes AccountSid, as account_sid does",
        ),
        (
            SYNTHFLOW,
            "x-region: eu",
            "x-region: US",
            "US\n",
            "x-region US becomes Us, as us does",
        ),
        (
            TWOCHAT,
            "        message:\n",
            "        Detail:\n",
            "description: What went wrong, in a third format.",
            "ErrorResponse: field detail becomes detail, as Detail does",
        ),
        (
            TWOCHAT,
            "        message:\n",
            "        '0':\n",
            "description: What went wrong, in another format.",
            "ErrorResponse: field 0 makes no identifier",
        ),
        (
            EXOTEL,
            "    ErrorData:\n",
            "    enveloped:\n",
            "description: The error in the envelope.",
            "schema enveloped becomes Enveloped, as Enveloped does",
        ),
        (
            EXOTEL,
            "    ErrorData:\n",
            "    json:\n",
            "description: The error in the envelope.",
            "schema json becomes Json, which is taken",
        ),
        (
            TWOCHAT,
            "- name: virtual_number_uuid",
            "- name: setting",
            "name: setting",
            "parameter setting becomes Setting, which is taken",
        ),
    ] {
        refused(contract, from, to, mark, what);
    }
}

#[test]
fn a_vendor_name_that_the_facade_can_not_use_is_refused() {
    for (name, what) in [
        ("blocking", "is taken by the facade"),
        ("http", "is taken by the facade"),
        ("default", "is taken by the facade"),
        ("layers", "is taken by the facade"),
        ("rustls", "is taken by the facade"),
        ("testing", "is taken by the facade"),
        ("type", "is a reserved word of Rust"),
        ("self", "is a reserved word of Rust"),
        ("async", "is a reserved word of Rust"),
        ("gen", "is a reserved word of Rust"),
    ] {
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
fn a_name_of_an_existing_type_is_refused() {
    for (name, written) in [
        ("client", "Client"),
        ("client-builder", "ClientBuilder"),
        ("response", "Response"),
        ("release", "Release"),
        ("option", "Option"),
        ("string", "String"),
        ("result", "Result"),
        ("self", "Self"),
    ] {
        refused(
            TWOCHAT,
            "operationId: delete-virtual-number",
            &format!("operationId: {name}"),
            &format!("{name}\n      summary"),
            &format!("operationId {name} becomes {written}, which is taken"),
        );
        refused(
            TWOCHAT,
            "    ErrorResponse:\n",
            &format!("    {name}:\n"),
            "description: The response to a failed deletion.",
            &format!("schema {name} becomes {written}, which is taken"),
        );
    }
}

#[test]
fn two_names_that_make_the_same_type_are_refused() {
    refused(
        TWOCHAT,
        "operationId: delete-virtual-number",
        "operationId: virtualNumberUuid",
        "virtualNumberUuid\n",
        "operationId virtualNumberUuid becomes VirtualNumberUuid, as virtual_number_uuid does",
    );
    refused(
        EXOTEL,
        "    ErrorData:\n",
        "    releaseNumber:\n",
        "description: The error in the envelope.",
        "schema releaseNumber becomes ReleaseNumber, as release-number does",
    );
}

#[test]
fn a_name_of_an_existing_method_or_variable_is_refused() {
    for name in ["yield", "builder", "from-env", "shared"] {
        refused(
            TWOCHAT,
            "operationId: delete-virtual-number",
            &format!("operationId: {name}"),
            &format!("{name}\n      summary"),
            &format!("operationId {name} can't name a method"),
        );
    }
    for name in ["type", "Path", "base", "server", "hints", "secret"] {
        refused(
            TWOCHAT,
            "- name: virtual_number_uuid",
            &format!("- name: {name}"),
            &format!("name: {name}\n          in: path"),
            &format!("the parameter {name} can't name a variable"),
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
            "name: TWOCHAT_API_KEY",
            "name: TWOCHAT_TRANSPORT",
            "name: TWOCHAT_TRANSPORT",
            "TWOCHAT_TRANSPORT makes a setter transport, which is taken",
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
