//! The facts that are changed one by one.

/// A fact of a contract, and how to change it.
#[derive(Debug)]
pub struct Fact {
    /// The vendor's crate.
    pub krate: &'static str,
    /// Which fact.
    pub name: &'static str,
    /// What is written in its place: several edits where the contract would else refuse itself.
    pub edits: &'static [(&'static str, &'static str)],
}

const fn fact(
    krate: &'static str,
    name: &'static str,
    edits: &'static [(&'static str, &'static str)],
) -> Fact {
    Fact { krate, name, edits }
}

const TWOCHAT: &str = "twochat-voip";
const SYNTHFLOW: &str = "synthflow-numbers";
const EXOTEL: &str = "exotel-numbers";

/// Every fact that is changed.
pub const FACTS: &[Fact] = &[
    fact(TWOCHAT, "method", &[("    delete:\n", "    put:\n")]),
    fact(
        TWOCHAT,
        "path",
        &[("/open/voip/virtual-numbers/{", "/open/voip/numbers/{")],
    ),
    fact(
        TWOCHAT,
        "operation",
        &[(
            "operationId: delete-virtual-number",
            "operationId: remove-virtual-number",
        )],
    ),
    fact(
        TWOCHAT,
        "server",
        &[("https://api.p.2chat.io", "https://api.2chat.io")],
    ),
    fact(
        TWOCHAT,
        "header",
        &[("name: X-User-API-Key", "name: X-API-Key")],
    ),
    fact(
        TWOCHAT,
        "scheme",
        &[(
            "type: apiKey\n      in: header\n      name: X-User-API-Key",
            "type: http\n      scheme: bearer",
        )],
    ),
    fact(TWOCHAT, "success code", &[("'200':", "'201':")]),
    fact(
        TWOCHAT,
        "meaning of the success",
        &[
            ("x-outcome: released", "x-outcome: accepted"),
            ("x-result: released", "x-result: accepted"),
        ],
    ),
    fact(
        TWOCHAT,
        "value of the success",
        &[
            (
                "const: true\n    ErrorResponse",
                "const: false\n    ErrorResponse",
            ),
            ("value: {\"success\": true}", "value: {\"success\": false}"),
        ],
    ),
    fact(
        TWOCHAT,
        "field of the success",
        &[
            (
                "required: [success]\n      properties:\n        success:",
                "required: [deleted]\n      properties:\n        deleted:",
            ),
            ("value: {\"success\": true}", "value: {\"deleted\": true}"),
        ],
    ),
    fact(TWOCHAT, "error field", &[("error_message", "error_text")]),
    fact(
        TWOCHAT,
        "second error field",
        &[
            ("        message:", "        reason:"),
            ("\"message\"", "\"reason\""),
        ],
    ),
    fact(
        TWOCHAT,
        "third error field",
        &[
            ("        detail:", "        details:"),
            ("\"detail\"", "\"details\""),
        ],
    ),
    fact(
        TWOCHAT,
        "value of the error flag",
        &[
            (
                "const: true\n        error_message",
                "const: false\n        error_message",
            ),
            ("\"error\": true", "\"error\": false"),
        ],
    ),
    fact(
        TWOCHAT,
        "prefix of the id",
        &[
            ("prefix: DID", "prefix: VN"),
            ("example: DID", "example: VN"),
        ],
    ),
    fact(
        TWOCHAT,
        "form of the id",
        &[(
            "          x-form:\n            uuid:\n              prefix: DID\n",
            "",
        )],
    ),
    fact(
        TWOCHAT,
        "example of the id",
        &[("DID64a54de2-8ebe-4c01", "DID64a54de2-8ebe-4c02")],
    ),
    fact(
        TWOCHAT,
        "example of an error",
        &[(
            "\"error_message\": \"Something went wrong\"",
            "\"error_message\": \"Something else\"",
        )],
    ),
    fact(SYNTHFLOW, "method", &[("    delete:\n", "    post:\n")]),
    fact(SYNTHFLOW, "path", &[("/numbers/{", "/phone-numbers/{")]),
    fact(
        SYNTHFLOW,
        "operation",
        &[(
            "operationId: delete-phone-number",
            "operationId: remove-phone-number",
        )],
    ),
    fact(
        SYNTHFLOW,
        "first server",
        &[("https://api.synthflow.ai/v2", "https://api.synthflow.ai/v3")],
    ),
    fact(
        SYNTHFLOW,
        "second server",
        &[("https://api.us.synthflow.ai", "https://us.synthflow.ai")],
    ),
    fact(
        SYNTHFLOW,
        "third server",
        &[("https://api.eu.synthflow.ai", "https://eu.synthflow.ai")],
    ),
    fact(
        SYNTHFLOW,
        "name of a region",
        &[("x-region: eu", "x-region: europe")],
    ),
    fact(
        SYNTHFLOW,
        "scheme",
        &[(
            "type: http\n      scheme: bearer",
            "type: apiKey\n      in: header\n      name: X-Key",
        )],
    ),
    fact(SYNTHFLOW, "success code", &[("'200':", "'202':")]),
    fact(
        SYNTHFLOW,
        "meaning of the success",
        &[
            ("x-outcome: released", "x-outcome: accepted"),
            ("x-result: released", "x-result: accepted"),
        ],
    ),
    fact(
        SYNTHFLOW,
        "value of the success",
        &[
            ("const: ok", "const: done"),
            ("\"status\": \"ok\"", "\"status\": \"done\""),
        ],
    ),
    fact(
        SYNTHFLOW,
        "field of the success",
        &[
            (
                "required: [status]\n      properties:\n        status:",
                "required: [state]\n      properties:\n        state:",
            ),
            ("\"status\": \"ok\"", "\"state\": \"ok\""),
        ],
    ),
    fact(
        SYNTHFLOW,
        "error field",
        &[
            ("        detail:", "        details:"),
            ("\"detail\"", "\"details\""),
        ],
    ),
    fact(
        SYNTHFLOW,
        "gateway's code",
        &[
            ("        error:\n", "        fault:\n"),
            ("\"error\"", "\"fault\""),
        ],
    ),
    fact(
        SYNTHFLOW,
        "gateway's words",
        &[
            ("        message:", "        text:"),
            ("\"message\"", "\"text\""),
        ],
    ),
    fact(
        SYNTHFLOW,
        "form of the id",
        &[("prefix: +", "prefix: '00'")],
    ),
    fact(
        SYNTHFLOW,
        "example of the id",
        &[("33782990580", "33782990581")],
    ),
    fact(EXOTEL, "method", &[("    delete:\n", "    post:\n")]),
    fact(
        EXOTEL,
        "first half of the path",
        &[("/v2_beta/Accounts/{", "/v2/Accounts/{")],
    ),
    fact(
        EXOTEL,
        "second half of the path",
        &[("}/IncomingPhoneNumbers/{", "}/ExoPhones/{")],
    ),
    fact(
        EXOTEL,
        "operation",
        &[("operationId: release-number", "operationId: delete-number")],
    ),
    fact(
        EXOTEL,
        "first server",
        &[(
            "url: https://api.exotel.com",
            "url: https://api.sg.exotel.com",
        )],
    ),
    fact(
        EXOTEL,
        "second server",
        &[("https://api.in.exotel.com", "https://in.exotel.com")],
    ),
    fact(
        EXOTEL,
        "name of a region",
        &[("x-region: mumbai", "x-region: india")],
    ),
    fact(
        EXOTEL,
        "scheme",
        &[
            (
                "type: http\n      scheme: basic",
                "type: http\n      scheme: bearer",
            ),
            (
                "  - name: EXOTEL_API_TOKEN\n    holds: secret\n    description: The API token that belongs to the key.\n",
                "",
            ),
        ],
    ),
    fact(EXOTEL, "success code", &[("'202':", "'200':")]),
    fact(
        EXOTEL,
        "meaning of the success",
        &[
            ("x-outcome: accepted", "x-outcome: released"),
            ("x-result: accepted", "x-result: released"),
        ],
    ),
    fact(
        EXOTEL,
        "value of the success",
        &[
            ("const: 202", "const: 200"),
            ("{\"Status\": 202", "{\"Status\": 200"),
        ],
    ),
    fact(
        EXOTEL,
        "least status of an error",
        &[(
            "type: [integer, string]\n          minimum: 400",
            "type: [integer, string]\n          minimum: 404",
        )],
    ),
    fact(
        EXOTEL,
        "error object",
        &[
            ("RestException:", "Exception:"),
            ("\"RestException\"", "\"Exception\""),
            ("schemas/RestException", "schemas/Exception"),
        ],
    ),
    fact(
        EXOTEL,
        "error code",
        &[
            ("        Code:", "        ErrorCode:"),
            ("\"Code\"", "\"ErrorCode\""),
        ],
    ),
    fact(
        EXOTEL,
        "envelope",
        &[
            ("        error_data:", "        error:"),
            ("\"error_data\"", "\"error\""),
        ],
    ),
    fact(
        EXOTEL,
        "hint",
        &[(
            "x-hint: 'an account of another region answers the same:",
            "x-hint: 'it may be another region:",
        )],
    ),
    fact(
        EXOTEL,
        "example of the account",
        &[("example: Exotel", "example: Acme")],
    ),
];
