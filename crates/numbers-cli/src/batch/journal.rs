//! Which journal is meant, and why it can't be used.

use crate::args::JournalArgs;
use crate::exit::Failure;
use crate::output::{note, words};
use numbers::{CompiledVendor, Vendor};
use numbers_batch::journal::{JournalError, JournalErrorKind, JournalReader, JournalUrl};
use numbers_batch::plan::{Plan, PlanHash};
use std::ffi::{OsStr, OsString};
use std::path::Path;

/// The variable that names a journal where no flag does.
const VARIABLE: &str = "NUMBERS_JOURNAL";

/// The journal of the flag or the variable; `None` if neither names one.
pub(crate) fn named(flag: Option<&OsStr>) -> Result<Option<JournalUrl>, Failure> {
    let (name, value) = match flag {
        Some(value) => ("--journal", value.to_owned()),
        None => match std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
            Some(value) => (VARIABLE, value),
            None => return Ok(None),
        },
    };
    let Some(text) = value.to_str() else {
        return Ok(Some(JournalUrl::from_path(value)));
    };
    let url = text
        .parse()
        .map_err(|error: JournalError| refused(format!("{name}: {error}")))?;
    if flag.is_some() && has_password(text) {
        note(&format!(
            "everyone on this machine can read the password in --journal: put the URL into {VARIABLE}"
        ));
    }
    Ok(Some(url))
}

fn has_password(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    let user = rest
        .split(['/', '?'])
        .next()
        .and_then(|it| it.rsplit_once('@'));
    user.is_some_and(|(user, _)| user.contains(':')) || rest.contains("password=")
}

/// The journal beside a plan: its name with `.journal` behind it.
pub(crate) fn beside(plan: &Path) -> JournalUrl {
    let mut path = OsString::from(plan.as_os_str());
    path.push(".journal");
    JournalUrl::from_path(path)
}

/// A journal that is read, and what its vendor is.
pub(crate) struct OpenedJournal {
    pub(crate) reader: JournalReader,
    pub(crate) vendor: CompiledVendor,
}

/// Opens a journal to read it.
pub(crate) async fn read(args: &JournalArgs) -> Result<OpenedJournal, Failure> {
    let hash = args.plan.as_deref().map(hash).transpose()?;
    let url = match (named(args.journal.as_deref())?, &args.plan) {
        (Some(url), _) => url,
        (None, Some(plan)) if plan.exists() => beside(plan),
        (None, _) => {
            return Err(refused(format!(
                "no journal is named: give --journal or set {VARIABLE}"
            )));
        }
    };
    let reader = JournalReader::open(&url, hash)
        .await
        .map_err(|error| match error.kind() {
            JournalErrorKind::OtherPlan if hash.is_none() => {
                refused(format!("{error}\n--plan chooses one, by its file or hash"))
            }
            _ => refused(error),
        })?;
    let vendor = vendor(&reader.plan().vendor)?;
    Ok(OpenedJournal { reader, vendor })
}

/// A plan's hash, as it is or from the plan.
fn hash(plan: &Path) -> Result<PlanHash, Failure> {
    if let Some(hash) = plan.to_str().and_then(|text| text.parse().ok()) {
        return Ok(hash);
    }
    let plan = Plan::open(plan).map_err(refused)?;
    Ok(plan.hash())
}

/// A vendor that this command knows.
pub(crate) fn vendor(vendor: &Vendor) -> Result<CompiledVendor, Failure> {
    vendor.as_str().parse().map_err(|_| {
        refused(format!(
            "the plan is for {vendor}, which this command does not know"
        ))
    })
}

/// What to do about an error, if anything.
pub(crate) const fn hint(kind: JournalErrorKind) -> Option<&'static str> {
    match kind {
        JournalErrorKind::Moved => Some(
            "if the file was moved, and is no copy, --journal-moved accepts it; from a copy, what was released since \
             would be sent again",
        ),
        JournalErrorKind::OtherPlan => {
            Some("each plan has a journal of its own: --journal names another file")
        }
        JournalErrorKind::Held => {
            Some("a file has one worker at a time; several machines share a journal in PostgreSQL")
        }
        _ => None,
    }
}

/// Nothing was sent, for this reason.
pub(crate) fn refused(why: impl std::fmt::Display) -> Failure {
    Failure::Refused(words(&why.to_string()))
}

#[cfg(test)]
mod tests {
    use super::has_password;

    #[test]
    fn a_password_in_a_url_is_found() {
        for (url, expected) in [
            ("postgres://me:pw@db/numbers", true),
            ("postgres://db/numbers?user=me&password=pw", true),
            ("postgres://me@db:5432/numbers", false),
            ("postgres://db/a:b@c", false),
            ("/tmp/a:b@c.journal", false),
        ] {
            assert_eq!(has_password(url), expected, "{url}");
        }
    }
}
