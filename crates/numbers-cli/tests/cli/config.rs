//! The configuration file, its profiles, and secrets by reference.

use crate::support::{IDS, Ran, numbers, run};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const CANARY: &str = "canary-5e0f1a";

/// A folder with a configuration file.
struct Config(TempDir);

impl Config {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("numbers.toml"), text).unwrap();
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("numbers.toml")
    }

    /// Writes a file beside it that only its owner can read.
    fn private(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        mode(&path, 0o600);
        path
    }

    fn numbers(&self, args: &[&str]) -> Command {
        let mut command = numbers(args);
        command.arg("--config").arg(self.file());
        command
    }

    /// The preview of a release at 2Chat.
    fn preview(&self, flags: &[&str]) -> Ran {
        let mut command = self.numbers(&["release", "twochat", IDS[0], "--dry-run"]);
        run(command.args(["--format", "json"]).args(flags))
    }
}

#[cfg(unix)]
fn mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;

    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn mode(_: &Path, _: u32) {}

/// A profile for a local 2Chat with this key.
fn twochat(profile: &str, key: &str) -> Config {
    Config::new(&format!(
        "[profiles.{profile}.twochat]\nbase_url = 'http://127.0.0.1:9/{profile}'\napi_key = {key}\n"
    ))
}

fn refused(ran: &Ran, why: &str) {
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.stderr.contains(why), "{why}: {ran:?}");
    assert!(!ran.stderr.contains(CANARY), "{ran:?}");
}

#[test]
fn a_profile_is_chosen_by_name_and_default_without_one() {
    let text = |name: &str| {
        format!(
            "[profiles.{name}.twochat]\nbase_url = 'http://127.0.0.1:9/{name}'\napi_key = {{ env = 'KEY' }}\n"
        )
    };
    let config = Config::new(&(text("default") + &text("eu")));
    for (flags, base) in [(&[][..], "default"), (&["--profile", "eu"], "eu")] {
        let mut command = config.numbers(&["release", "twochat", IDS[0], "--dry-run"]);
        let ran = run(command.args(flags).env("KEY", "key"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let url = format!("DELETE http://127.0.0.1:9/{base}/open/voip/virtual-numbers/");
        assert!(ran.stdout.starts_with(&url), "{ran:?}");
    }
    let ran = config.preview(&["--profile", "us"]);
    refused(&ran, "there is no profile us; expected one of: default, eu");
    let mut other = config.numbers(&["release", "exotel", "1", "--dry-run", "--profile", "eu"]);
    refused(&run(&mut other), "the profile eu has nothing for exotel");
}

#[test]
fn the_file_in_the_configuration_folder_is_read() {
    let config = twochat("default", "{ env = 'KEY' }");
    let folder = config.0.path().join("numbers");
    std::fs::create_dir(&folder).unwrap();
    std::fs::rename(config.file(), folder.join("numbers.toml")).unwrap();
    let mut command = numbers(&["release", "twochat", IDS[0], "--dry-run"]);
    command
        .env("XDG_CONFIG_HOME", config.0.path())
        .env("KEY", "key");
    assert_eq!(run(&mut command).code, Some(0));
    // Without a file there, a profile can't be found.
    let mut command = numbers(&["release", "twochat", IDS[0], "--dry-run", "--profile", "eu"]);
    refused(&run(&mut command), "numbers.toml can't be read");
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_profile() {
    let config = Config::new(
        "[profiles.eu.exotel]\naccount_sid = 'of-profile'\nregion = 'mumbai'\n\
         api_key = { env = 'KEY' }\napi_token = { env = 'KEY' }\n",
    );
    let url = |flags: &[&str], variables: &[(&str, &str)]| {
        let mut command =
            config.numbers(&["release", "exotel", "1", "--dry-run", "--profile", "eu"]);
        command
            .args(["--format", "json"])
            .args(flags)
            .env("KEY", "key");
        command.envs(variables.iter().copied());
        let ran = run(&mut command);
        (ran.all("url").concat(), ran.stderr)
    };
    let of = |host: &str, sid: &str| {
        format!("https://{host}/v2_beta/Accounts/{sid}/IncomingPhoneNumbers/1")
    };
    let (profile, _) = url(&[], &[]);
    assert_eq!(profile, of("api.in.exotel.com", "of-profile"));
    let variable = ("EXOTEL_ACCOUNT_SID", "of-variable");
    let (environment, stderr) = url(&[], &[variable]);
    assert_eq!(environment, of("api.in.exotel.com", "of-variable"));
    // Not in silence.
    let told = "numbers: EXOTEL_ACCOUNT_SID overrides account_sid of the profile eu\n";
    assert!(stderr.contains(told), "{stderr}");
    let (flag, _) = url(
        &["--account-sid", "of-flag", "--region", "singapore"],
        &[variable],
    );
    assert_eq!(flag, of("api.exotel.com", "of-flag"));
}

#[test]
fn a_region_is_never_overridden_by_a_base_url_from_elsewhere() {
    let config = Config::new("[profiles.eu.synthflow]\nbase_url = 'http://127.0.0.1:9'\n");
    let release = ["release", "synthflow", "1", "--dry-run", "--profile", "eu"];
    let ran = run(config.numbers(&release).args(["--region", "eu"]));
    refused(
        &ran,
        "--region and base_url of the profile eu can't be combined",
    );
    let ran = run(config.numbers(&release).env("SYNTHFLOW_REGION", "eu"));
    refused(
        &ran,
        "SYNTHFLOW_REGION and base_url of the profile eu can't be combined",
    );
}

#[test]
fn a_base_url_of_the_environment_overrides_a_region_aloud() {
    let config = Config::new("[profiles.eu.synthflow]\nregion = 'eu'\napi_key = { env = 'KEY' }\n");
    let release = ["release", "synthflow", "1", "--dry-run", "--profile", "eu"];
    let mut command = config.numbers(&release);
    command
        .env("KEY", "key")
        .env("SYNTHFLOW_BASE_URL", "http://127.0.0.1:9");
    let ran = run(&mut command);
    assert!(
        ran.stdout.starts_with("DELETE http://127.0.0.1:9/"),
        "{ran:?}"
    );
    let told = "numbers: SYNTHFLOW_BASE_URL overrides region of the profile eu\n";
    assert!(ran.stderr.contains(told), "{ran:?}");
}

#[test]
fn a_mistake_in_the_file_is_named_by_file_and_place() {
    let config = twochat("eu", &format!("'{CANARY}'"));
    let ran = config.preview(&[]);
    let place = format!(
        "{}: profiles.eu.twochat.api_key is a secret, which must not be in this file",
        config.file().display()
    );
    refused(&ran, &place);
    refused(&run(&mut config.numbers(&["vendors"])), &place);
    let ran = Config::new(&format!("a = {CANARY}")).preview(&[]);
    refused(&ran, "numbers.toml: line 1 is not TOML");
    let mut missing = numbers(&["vendors", "--config", "no/such.toml"]);
    refused(&run(&mut missing), "no/such.toml can't be read: ");
}

#[test]
fn a_secret_in_an_unset_variable_is_named_by_both() {
    let ran = twochat("default", "{ env = 'MY_KEY' }").preview(&[]);
    refused(
        &ran,
        "twochat: api_key of the profile default: MY_KEY is not set\n",
    );
    assert!(!ran.stderr.contains("missing"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_secret_in_a_file_must_be_private() {
    let config = twochat("default", "{ file = 'key' }");
    let path = config.private("key", format!("{CANARY}\n").as_bytes());
    let ran = config.preview(&[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for open in [0o640, 0o604, 0o660] {
        mode(&path, open);
        let ran = config.preview(&[]);
        refused(
            &ran,
            &format!("{} is open to others (mode {open:03o})", path.display()),
        );
    }
    for (bytes, why) in [
        (&b""[..], "has nothing in it"),
        (b"\n", "nothing"),
        (b"\xff", "not UTF-8"),
        (&[b'x'; 65_537], "is longer than 65536 bytes"),
    ] {
        std::fs::write(&path, bytes).unwrap();
        mode(&path, 0o600);
        refused(&config.preview(&[]), why);
    }
    std::fs::remove_file(&path).unwrap();
    refused(
        &config.preview(&[]),
        "key can't be read: No such file or directory\n",
    );
    std::fs::create_dir(&path).unwrap();
    refused(&config.preview(&[]), "is not a regular file");
}

#[cfg(unix)]
#[test]
fn a_secret_from_a_command_is_what_it_prints() {
    let run_with = |command: &str| twochat("default", command).preview(&[]);
    let ran = run_with("{ command = ['/bin/echo', 'key'] }");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    // No shell is between, and its stderr is shown.
    let complaint = format!("/bin/sh', '-c', 'echo sign in first >&2; echo {CANARY}; exit 3");
    let ran = run_with(&format!("{{ command = ['{complaint}'] }}"));
    refused(&ran, "the command /bin/sh failed: exit status: 3");
    assert!(ran.stderr.contains("sign in first\n"), "{ran:?}");
    refused(
        &run_with("{ command = ['/bin/true'] }"),
        "the command /bin/true has nothing in it",
    );
    refused(
        &run_with("{ command = ['/no/such'] }"),
        "/no/such can't be started: No such file",
    );
    for hangs in ["exec sleep 600", "exec 1>&-; exec sleep 600"] {
        let command = format!("{{ command = ['/bin/sh', '-c', '{hangs}'], timeout = '100ms' }}");
        refused(
            &run_with(&command),
            "the command /bin/sh did not end within 100ms",
        );
    }
}

#[cfg(not(feature = "keyring"))]
#[test]
fn a_build_without_a_keyring_says_so() {
    let ran = twochat("default", "{ keyring = 'twochat' }").preview(&[]);
    refused(
        &ran,
        "twochat in the keyring can't be read: this build has no keyring",
    );
}

#[test]
fn vendors_says_where_each_value_comes_from() {
    let config = Config::new(
        "[profiles.eu.exotel]\nregion = 'mumbai'\naccount_sid = 'acme'\n\
         api_key = { command = ['/no/such', 'canary-5e0f1a'] }\napi_token = { env = 'TOKEN' }\n",
    );
    let mut command = config.numbers(&["vendors", "exotel", "--profile", "eu"]);
    let ran = run(command.env("EXOTEL_ACCOUNT_SID", "other"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let file = config.file();
    let file = file.display();
    for line in [
        // It is not run.
        format!(
            "EXOTEL_API_KEY      set by api_key of the profile eu in {file}, from the command /no/such  ("
        ),
        format!(
            "EXOTEL_API_TOKEN    unusable: api_token of the profile eu in {file}, from TOKEN: TOKEN is not set  ("
        ),
        "EXOTEL_ACCOUNT_SID  set by EXOTEL_ACCOUNT_SID  (".to_owned(),
        format!("EXOTEL_REGION       set by region of the profile eu in {file}  ("),
    ] {
        assert!(ran.stdout.contains(&line), "{line}\n{}", ran.stdout);
    }
    assert!(!ran.stdout.contains(CANARY), "{ran:?}");
}
