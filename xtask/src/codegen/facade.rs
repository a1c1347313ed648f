//! The lines about each vendor in the workspace's and the facade's files.

use crate::contract::Contract;

fn lines(all: &[&Contract], line: impl Fn(&Contract) -> String) -> String {
    all.iter().map(|contract| line(contract) + "\n").collect()
}

pub(super) fn workspace_lines(all: &[&Contract]) -> String {
    lines(all, |vendor| {
        format!(
            "{0} = {{ path = \"crates/{0}\", default-features = false }}",
            vendor.krate
        )
    })
}

pub(super) fn feature_lines(all: &[&Contract]) -> String {
    let features = lines(all, |vendor| {
        format!("{} = [\"dep:{}\", \"http\"]", vendor.vendor(), vendor.krate)
    });
    let with = |feature: &str| {
        let all: Vec<_> = all
            .iter()
            .map(|vendor| format!("\"{}?/{feature}\"", vendor.krate))
            .collect();
        all.join(", ")
    };
    format!(
        "{features}# https, for the vendors chosen. Without it, only plain http to loopback works.\n\
         rustls = [{}]\n\
         # Access to reqwest's builder (version 0.13), for what TransportOptions does not cover.\n\
         reqwest-0-13 = [\"numbers-http?/reqwest-0-13\", {}]\n\
         # Deserialize for settings; Serialize and Deserialize for names.\n\
         serde = [\"numbers-core/serde\", {}]\n",
        with("rustls"),
        with("reqwest-0-13"),
        with("serde")
    )
}

pub(super) fn dependency_lines(all: &[&Contract]) -> String {
    lines(all, |vendor| {
        format!("{} = {{ workspace = true, optional = true }}", vendor.krate)
    })
}

pub(super) fn choices(all: &[&Contract]) -> String {
    lines(all, |vendor| {
        format!(
            "    \"{}\" => {},",
            vendor.vendor(),
            vendor.krate.replace('-', "_")
        )
    })
}

pub(super) fn exports(all: &[&Contract]) -> String {
    // By crate, as rustfmt sorts them.
    let mut all = all.to_vec();
    all.sort_by(|a, b| a.krate.cmp(&b.krate));
    lines(&all, |vendor| {
        format!(
            "#[cfg(feature = \"{0}\")]\npub use {1} as {0};",
            vendor.vendor(),
            vendor.krate.replace('-', "_")
        )
    })
}
