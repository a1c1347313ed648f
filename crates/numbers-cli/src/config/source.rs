//! Where the value of a setting is: in the file itself, or in another place that the file names.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use toml::{Table, Value};

/// How long a command for a secret may take.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(30);

/// Where a value is. `Display` names the place, never the value, and of a command only the program: its arguments
/// may hold a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// In the configuration file. Never a secret.
    Text(String),
    /// In an environment variable.
    Env(String),
    /// In a file.
    File(PathBuf),
    /// What a command prints.
    Command {
        program: String,
        arguments: Vec<String>,
        timeout: Duration,
    },
    /// In the system's keyring, under the service `numbers` and this user.
    Keyring(String),
}

impl Source {
    pub(super) const EXPECTED: &str = "{ env = \"NAME\" }, { file = \"PATH\" }, \
        { command = [\"PROGRAM\", \"ARGUMENT\"] } or { keyring = \"NAME\" }";

    /// Reads a reference. An `Err` completes a sentence that begins with the setting.
    pub(super) fn parse(mut reference: Table, folder: &Path) -> Result<Self, String> {
        let timeout = reference.remove("timeout");
        let mut entries = reference.into_iter();
        let (Some((kind, value)), None) = (entries.next(), entries.next()) else {
            return Err(format!("is not one of {}", Self::EXPECTED));
        };
        let source = match (kind.as_str(), value) {
            ("command", value) => command(value, timeout.as_ref())?,
            ("env" | "file" | "keyring", Value::String(text)) if !text.is_empty() => {
                match kind.as_str() {
                    "env" => Self::Env(text),
                    "file" => Self::File(folder.join(text)),
                    _ => Self::Keyring(text),
                }
            }
            ("env" | "file" | "keyring", _) => {
                return Err(format!(".{kind} is not a non-empty string"));
            }
            _ => return Err(format!("is not one of {}", Self::EXPECTED)),
        };
        match (&source, timeout) {
            (Self::Command { .. }, _) | (_, None) => Ok(source),
            (_, Some(_)) => Err(format!(".timeout does not apply to {kind}")),
        }
    }
}

fn command(value: Value, timeout: Option<&Value>) -> Result<Source, String> {
    let words = match value {
        Value::Array(words) => words
            .into_iter()
            .map(|word| match word {
                Value::String(word) => Some(word),
                _ => None,
            })
            .collect(),
        _ => None,
    };
    let mut words = words.unwrap_or_else(Vec::new).into_iter();
    let program = words.next().filter(|program| !program.is_empty());
    let Some(program) = program else {
        return Err(".command is not an array of strings".to_owned());
    };
    let timeout = match timeout {
        None => COMMAND_TIMEOUT,
        Some(time) => time
            .as_str()
            .and_then(|time| humantime::parse_duration(time).ok())
            .ok_or(".timeout is not a time such as 10s")?,
    };
    Ok(Source::Command {
        program,
        arguments: words.collect(),
        timeout,
    })
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("the configuration file"),
            Self::Env(name) => f.write_str(name),
            Self::File(path) => write!(f, "the file {}", path.display()),
            Self::Command { program, .. } => write!(f, "the command {program}"),
            Self::Keyring(name) => write!(f, "{name} in the keyring"),
        }
    }
}
