//! The settings of a vendor's client. All but the secrets follow from the rest of the contract.

use super::facts::Contract;
use super::names::{constant, snake};

/// The kind of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A part of the credential.
    Secret,
    /// A segment of the path.
    Path,
    /// The choice of a server.
    Region,
    /// A server of one's own.
    BaseUrl,
}

/// A setting.
#[derive(Debug, Clone)]
pub struct Setting<'a> {
    /// Its kind.
    pub kind: Kind,
    /// What it holds, as `x-variables` calls it: `secret`, `region`, `base_url` or a parameter of the path.
    pub holds: &'a str,
    /// Its field.
    pub name: String,
    /// Its environment variable.
    pub variable: String,
    /// What it is.
    pub description: String,
}

impl Contract {
    /// The settings: secrets, segments of the path, region, base URL.
    pub fn settings(&self) -> Vec<Setting<'_>> {
        let prefix = self.vendor().to_ascii_uppercase() + "_";
        let variables = || self.document.variables.iter().map(|it| &it.value);
        let secrets = variables().filter(|it| it.holds == "secret");
        let mut settings: Vec<_> = secrets
            .map(|it| Setting {
                kind: Kind::Secret,
                holds: &it.holds,
                name: it
                    .name
                    .strip_prefix(&prefix)
                    .unwrap_or(&it.name)
                    .to_ascii_lowercase(),
                variable: it.name.clone(),
                description: it.description.clone(),
            })
            .collect();
        let mut add = |kind, holds, name: &str, otherwise: String| {
            let given = variables().find(|it| it.holds == holds);
            settings.push(Setting {
                kind,
                holds,
                name: snake(name),
                variable: prefix.clone() + &constant(name),
                description: given.map_or(otherwise, |it| it.description.clone()),
            });
        };
        let parameters: Vec<_> = self.parameters().collect();
        for parameter in parameters
            .split_last()
            .map_or(&[][..], |(_, before)| before)
        {
            let (name, own) = (&parameter.name, parameter.rust_name());
            add(Kind::Path, name, own, parameter.description.clone());
        }
        let mut replaces = "Replaces the server.".to_owned();
        if let Some(meaning) = &self.document.servers_mean {
            add(Kind::Region, "region", "region", meaning.text.clone());
            replaces += " The region is then not needed.";
        }
        add(Kind::BaseUrl, "base_url", "base_url", replaces);
        settings
    }

    /// How many secrets the client takes.
    pub(super) fn secrets(&self) -> usize {
        let user = self.scheme().and_then(|scheme| scheme.user.as_ref());
        if self.is_basic() && user.is_none() {
            2
        } else {
            1
        }
    }
}
