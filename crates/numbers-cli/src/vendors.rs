//! `numbers vendors`.

use crate::args::{Flags, Format, flag};
use crate::config::Profile;
use crate::exit::{Exit, Failure};
use crate::settings::{Entry, Settings};
use numbers::{CompiledVendor, Endpoint};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;

/// Prints one vendor or all of them.
pub(crate) fn print(
    only: Option<CompiledVendor>,
    format: Format,
    profile: Option<&Profile>,
    out: &mut impl Write,
) -> Result<Exit, Failure> {
    let vendors = numbers::vendors().filter(|vendor| only.is_none_or(|only| only == *vendor));
    for (at, vendor) in vendors.enumerate() {
        let settings = Settings::find(vendor, &Flags::default(), profile)?;
        let facts = Facts::new(vendor.endpoint(), &settings);
        if format == Format::Json {
            serde_json::to_writer(&mut *out, &facts).map_err(std::io::Error::from)?;
            writeln!(out)?;
            continue;
        }
        if at > 0 {
            writeln!(out)?;
        }
        facts.print(out)?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// A vendor. Programs depend on the names and the order of the JSON's fields.
#[derive(Serialize)]
struct Facts {
    vendor: &'static str,
    method: &'static str,
    path: &'static str,
    success: BTreeMap<u16, &'static str>,
    consequence: &'static str,
    id_example: &'static str,
    requests_per_minute: Option<u32>,
    lookup: &'static str,
    docs: &'static str,
    ready: bool,
    settings: Vec<SettingFacts>,
}

#[derive(Serialize)]
struct SettingFacts {
    name: &'static str,
    variable: &'static str,
    flag: Option<String>,
    description: &'static str,
    secret: bool,
    values: &'static [&'static str],
    state: State,
    /// Where the value comes from.
    origin: Option<String>,
    /// Why it can't be used.
    problem: Option<String>,
}

#[derive(Serialize, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum State {
    Set,
    Missing,
    NotSet,
    Unusable,
}

impl Facts {
    fn new(endpoint: &'static Endpoint, settings: &Settings) -> Self {
        let entries = settings.entries.iter();
        let entries: Vec<_> = entries
            .map(|entry| SettingFacts::new(entry, settings))
            .collect();
        let success = endpoint.success().iter();
        Self {
            vendor: endpoint.vendor().as_str(),
            method: endpoint.method(),
            path: endpoint.template(),
            success: success
                .map(|(status, outcome)| (*status, outcome.as_str()))
                .collect(),
            consequence: endpoint.warning(),
            id_example: endpoint.id_example(),
            requests_per_minute: endpoint.requests_per_minute(),
            lookup: endpoint.where_to_check(),
            docs: endpoint.docs(),
            ready: entries
                .iter()
                .all(|entry| matches!(entry.state, State::Set | State::NotSet)),
            settings: entries,
        }
    }

    fn print(&self, out: &mut impl Write) -> std::io::Result<()> {
        let success: Vec<_> = self
            .success
            .iter()
            .map(|(status, outcome)| format!("HTTP {status}: {outcome}"))
            .collect();
        let limit = match self.requests_per_minute {
            Some(limit) => format!("{limit} requests per minute"),
            None => "not documented".to_owned(),
        };
        writeln!(out, "{}", self.vendor)?;
        writeln!(out, "  call         {} {}", self.method, self.path)?;
        writeln!(out, "  success      {}", success.join(", "))?;
        writeln!(out, "  consequence  {}", self.consequence)?;
        writeln!(out, "  id example   {}", self.id_example)?;
        writeln!(out, "  rate limit   {limit}")?;
        writeln!(out, "  look up      {}", self.lookup)?;
        writeln!(out, "  docs         {}", self.docs)?;
        writeln!(
            out,
            "  settings     {}",
            if self.ready { "complete" } else { "incomplete" }
        )?;
        let widest = self
            .settings
            .iter()
            .map(|setting| setting.variable.len())
            .max();
        let width = widest.unwrap_or_default();
        for setting in &self.settings {
            writeln!(out, "    {:<width$}  {}", setting.variable, setting.words())?;
        }
        Ok(())
    }
}

impl SettingFacts {
    fn new(Entry { setting, found }: &Entry, settings: &Settings) -> Self {
        let problem = found.as_ref().and_then(|found| {
            let unknown =
                |text: &str| !setting.values().is_empty() && !setting.values().contains(&text);
            match found.check() {
                Err(why) => Some(why),
                Ok(()) if found.text().is_some_and(unknown) => {
                    Some("is not one of the values".to_owned())
                }
                Ok(()) => None,
            }
        });
        Self {
            name: setting.field(),
            variable: setting.variable(),
            flag: (!setting.is_secret()).then(|| flag(setting.field())),
            description: setting.description(),
            secret: setting.is_secret(),
            values: setting.values(),
            state: match (found, &problem) {
                (Some(_), Some(_)) => State::Unusable,
                (Some(_), None) => State::Set,
                (None, _) if settings.is_needed(setting) => State::Missing,
                (None, _) => State::NotSet,
            },
            origin: found.as_ref().map(ToString::to_string),
            problem,
        }
    }

    /// `set by SYNTHFLOW_REGION; global, us, eu`.
    fn words(&self) -> String {
        let origin = self.origin.as_deref().unwrap_or_default();
        let state = match (self.state, &self.problem) {
            (State::Missing, _) => "missing".to_owned(),
            (State::NotSet, _) => "not set".to_owned(),
            (_, None) => format!("set by {origin}"),
            (_, Some(problem)) => format!("unusable: {origin}: {problem}"),
        };
        match (self.secret, self.values) {
            (true, _) => format!("{state}  (secret; {})", self.description),
            (false, []) => format!("{state}  ({})", self.description),
            (false, values) => format!("{state}  (one of: {})", values.join(", ")),
        }
    }
}
