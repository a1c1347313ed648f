//! The configuration file: profiles, each with settings of some vendors.

mod file;
mod secret;
mod source;

pub(crate) use source::Source;

use crate::args::Global;
use crate::exit::Failure;
use etcetera::BaseStrategy;
use numbers::CompiledVendor;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The profile that is used without `--profile`, if there is one.
const DEFAULT: &str = "default";

/// A profile, and the file that it is from.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) file: PathBuf,
    /// Whether it was chosen by `--profile`.
    pub(crate) is_chosen: bool,
    /// By vendor, and then by field.
    pub(crate) vendors: BTreeMap<String, BTreeMap<String, Source>>,
}

impl Profile {
    /// Refuses a profile that was chosen and has nothing for a vendor.
    pub(crate) fn check_vendor(&self, vendor: CompiledVendor) -> Result<(), Failure> {
        if !self.is_chosen || self.vendors.contains_key(vendor.vendor().as_str()) {
            return Ok(());
        }
        let (file, name) = (self.file.display(), &self.name);
        Err(Failure::Refused(format!(
            "{file}: the profile {name} has nothing for {vendor}"
        )))
    }
}

/// Reads the file and chooses the profile. `None` if there is neither.
pub(crate) fn profile(global: &Global) -> Result<Option<Profile>, Failure> {
    let Some((path, text)) = read(global.config.as_deref(), global.profile.as_deref())? else {
        return Ok(None);
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut profiles = file::parse(&text, folder).map_err(|problems| {
        let problems = problems.iter();
        let lines: Vec<_> = problems
            .map(|problem| format!("{}: {problem}", path.display()))
            .collect();
        Failure::Refused(lines.join("\n"))
    })?;
    let name = global.profile.as_deref().unwrap_or(DEFAULT);
    match profiles.remove(name) {
        Some(vendors) => Ok(Some(Profile {
            name: name.to_owned(),
            file: path,
            is_chosen: global.profile.is_some(),
            vendors,
        })),
        None if global.profile.is_none() => Ok(None),
        None => {
            let names: Vec<_> = profiles.into_keys().collect();
            let known = match names.as_slice() {
                [] => "it has none".to_owned(),
                _ => format!("expected one of: {}", names.join(", ")),
            };
            Err(Failure::Refused(format!(
                "{}: there is no profile {name}; {known}",
                path.display()
            )))
        }
    }
}

/// The file and its text. The file in the configuration folder may be missing, unless a profile is wanted.
fn read(
    config: Option<&Path>,
    profile: Option<&str>,
) -> Result<Option<(PathBuf, String)>, Failure> {
    let path = match config {
        Some(path) => path.to_owned(),
        None => match default_path() {
            Some(path) => path,
            None if profile.is_none() => return Ok(None),
            None => {
                return Err(Failure::Refused(
                    "--profile needs --config: this system names no configuration folder"
                        .to_owned(),
                ));
            }
        },
    };
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some((path, text))),
        Err(error)
            if error.kind() == std::io::ErrorKind::NotFound
                && config.is_none()
                && profile.is_none() =>
        {
            Ok(None)
        }
        Err(error) => Err(Failure::unreadable(&path.display().to_string(), &error)),
    }
}

/// `numbers/numbers.toml` in the configuration folder of the system.
fn default_path() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.config_dir().join("numbers").join("numbers.toml"))
}
