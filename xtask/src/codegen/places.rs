//! What is generated where: a template for each file and each region.

/// A region's name and its template.
pub(super) type Region = (&'static str, &'static str);

/// The files of a vendor's crate that are generated as a whole.
pub(super) const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", "Cargo.toml"),
    ("src/lib.rs", "lib.rs"),
    ("src/wire.rs", "wire.rs"),
    ("src/builder.rs", "builder.rs"),
    ("src/client.rs", "client.rs"),
    ("src/id.rs", "id.rs"),
    ("src/response.rs", "response.rs"),
    ("examples/release.rs", "release.rs"),
    ("tests/common/mod.rs", "fixture.rs"),
    ("tests/contract.rs", "contract.rs"),
    ("tests/secrets.rs", "secrets.rs"),
];

/// Those of them that a vendor may need by hand. A file without the generator's mark is left alone.
pub(super) const MAY_BE_BY_HAND: &[&str] = &["src/id.rs", "src/response.rs"];

/// The files of a vendor's crate that are written by hand.
pub(super) const NEW: &[(&str, &str)] = &[
    ("README.md", "README.md"),
    ("contract/PROVENANCE.md", "PROVENANCE.md"),
    ("tests/request.rs", "request.rs"),
];

/// The regions of a vendor's README.
pub(super) const README: &[Region] = &[("variables", "variables.md")];

/// The regions of the other files.
pub(super) const REGIONS: &[(&str, &[Region])] = &[
    ("Cargo.toml", &[("vendors", "workspace.toml")]),
    ("README.md", &[("vendors", "vendors.md")]),
    ("crates/numbers-cli/Cargo.toml", &[("vendors", "cli.toml")]),
    (
        "crates/numbers/Cargo.toml",
        &[
            ("features", "features.toml"),
            ("vendors", "dependencies.toml"),
        ],
    ),
    ("crates/numbers/README.md", &[("features", "features.md")]),
    (
        "crates/numbers/src/compiled_vendor.rs",
        &[("vendors", "compiled.rs")],
    ),
    ("crates/numbers/src/lib.rs", &[("vendors", "exports.rs")]),
    (
        "crates/numbers/tests/choice.rs",
        &[("vendors", "features.rs")],
    ),
    ("docs/README.md", &[("vendors", "pages.md")]),
    ("docs/cli.md", &[("variables", "settings.md")]),
    ("xtask/fuzz/Cargo.toml", &[("vendors", "fuzz.toml")]),
    (
        "xtask/fuzz/fuzz_targets/responses.rs",
        &[("vendors", "fuzz.rs")],
    ),
];
