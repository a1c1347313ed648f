//! The choice of a vendor at run time, with whatever features are on.
#![cfg(feature = "http")]

use numbers::{CompiledVendor, TransportOptions, vendors};

const ALL: &[(&str, bool)] = &[
    // generated: vendors
    ("exotel", cfg!(feature = "exotel")),
    ("synthflow", cfg!(feature = "synthflow")),
    ("twochat", cfg!(feature = "twochat")),
    // /generated
];

fn compiled_in() -> Vec<&'static str> {
    let chosen = ALL.iter().filter(|(_, built)| *built);
    chosen.map(|(name, _)| *name).collect()
}

#[test]
fn compiled_vendors_are_listed_and_found_by_name() {
    let mut listed: Vec<_> = vendors().map(|choice| choice.vendor().as_str()).collect();
    listed.sort_unstable();
    assert_eq!(listed, compiled_in());
    for name in listed {
        let choice: CompiledVendor = name.parse().unwrap();
        assert_eq!(choice.vendor().as_str(), name);
        assert_eq!(choice.endpoint().vendor(), choice.vendor());
    }
}

#[test]
fn a_vendor_that_is_not_compiled_in_names_its_feature() {
    for (name, built) in ALL {
        match name.parse::<CompiledVendor>() {
            Ok(_) => assert!(built, "{name}"),
            Err(error) => {
                assert!(!built, "{name}");
                assert_eq!(error.feature(), Some(*name));
                assert!(
                    error.to_string().contains(&format!("feature `{name}`")),
                    "{error}"
                );
            }
        }
    }
}

#[test]
fn an_unknown_vendor_lists_the_known_ones() {
    for name in ["", "Twochat", "twochat ", "2chat", "acme"] {
        let error = name.parse::<CompiledVendor>().unwrap_err();
        assert_eq!(error.feature(), None);
        for vendor in compiled_in() {
            assert!(error.to_string().contains(vendor), "{error}");
        }
    }
}

#[test]
fn a_missing_setting_is_named_by_its_variable() {
    for choice in vendors() {
        let error = choice
            .from_vars(|_| None, TransportOptions::new())
            .unwrap_err();
        assert_eq!(error.vendor(), choice.vendor());
        let variable = choice.endpoint().settings()[0].variable();
        assert!(error.to_string().contains(variable), "{error}");
    }
}
