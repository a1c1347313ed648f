//! The examples in `docs/cli.md` and `docs/batch.md`: each is run, and the page must show what came. `SNAPSHOTS=overwrite` writes it.
//!
//! A block `console` runs with the settings of a sandbox. A word behind it changes that: `bare` has no settings,
//! `silent` a 2Chat that does not respond, `refused` one that refuses connections, and `reply=` runs the last command
//! on a terminal and types a reply. A block `toml` is the configuration file of the blocks after it.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs");

/// What the pages show as the time.
const TIME: &str = "2026-11-26T12:00:00Z";

/// What the examples run in.
struct Scene {
    folder: TempDir,
    sandbox: Child,
    settings: Vec<(String, String)>,
    /// Each port, and the one that the page shows in its place.
    ports: Vec<(String, String)>,
    silent: TcpListener,
}

impl Scene {
    fn new() -> Self {
        let sandbox = crate::support::numbers(&["sandbox"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut scene = Self {
            folder: tempfile::tempdir().unwrap(),
            settings: Vec::new(),
            ports: vec![("1".to_owned(), "1".to_owned())],
            silent,
            sandbox,
        };
        scene.read_settings();
        let key = scene.folder.path().join("exotel.key");
        std::fs::write(&key, "key").unwrap();
        std::fs::set_permissions(key, std::fs::Permissions::from_mode(0o600)).unwrap();
        let port = scene.silent.local_addr().unwrap().port();
        scene.ports.push((port.to_string(), "7009".to_owned()));
        scene
    }

    /// Reads what the sandbox prints, up to the last vendor's command.
    fn read_settings(&mut self) {
        let stdout = self.sandbox.stdout.take().unwrap();
        let mut commands = 0;
        let mut printed = String::new();
        let mut lines = BufReader::new(stdout);
        while commands < 3 {
            let mut line = String::new();
            assert_ne!(lines.read_line(&mut line).unwrap(), 0, "{printed}");
            commands += usize::from(line.starts_with("# numbers "));
            if let Some((_, url)) = line.split_once("127.0.0.1:") {
                let digits = url.chars().take_while(char::is_ascii_digit).collect();
                self.ports
                    .push((digits, (6999 + self.ports.len()).to_string()));
            }
            let setting = line.trim_end().strip_prefix("export ");
            if let Some((name, value)) = setting.and_then(|it| it.split_once('=')) {
                self.settings.push((name.to_owned(), value.to_owned()));
            }
            printed += &line;
        }
        std::fs::write(self.folder.path().join("sandbox.env"), printed).unwrap();
        self.sandbox.stdout = Some(lines.into_inner());
    }

    /// Runs a command as the block's kind says, and returns what a terminal would show.
    fn run(&self, command: &str, kind: &str, is_last: bool) -> String {
        let reply = kind.strip_prefix("reply=").filter(|_| is_last);
        let mut shell = match reply {
            None => {
                let mut shell = Command::new("sh");
                shell.args(["-c", &format!("exec 2>&1; {command}")]);
                shell
            }
            Some(_) => {
                let mut terminal = Command::new("script");
                terminal.args(["-qec", command, "/dev/null"]);
                terminal
            }
        };
        let binary = Path::new(env!("CARGO_BIN_EXE_numbers")).parent().unwrap();
        let path = std::env::var_os("PATH").unwrap();
        let path = [binary.to_owned()]
            .into_iter()
            .chain(std::env::split_paths(&path));
        shell
            .env_clear()
            .env("PATH", std::env::join_paths(path).unwrap())
            .env("SHELL", "/bin/sh")
            .env("TERM", "dumb")
            .env("XDG_CONFIG_HOME", "/no/such/folder")
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        if kind != "bare" {
            shell.envs(self.settings.iter().cloned());
        }
        match kind {
            "silent" => shell.env(
                "TWOCHAT_BASE_URL",
                format!("http://{}", self.silent.local_addr().unwrap()),
            ),
            "refused" => shell.env("TWOCHAT_BASE_URL", "http://127.0.0.1:1"),
            _ => &mut shell,
        };
        let mut child = shell.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut shown = Vec::new();
        let mut stdout = child.stdout.take().unwrap();
        if let Some(reply) = reply {
            let mut byte = [0];
            while !shown.ends_with(b"confirm: ") {
                std::io::Read::read_exact(&mut stdout, &mut byte).unwrap();
                shown.extend(byte);
            }
            writeln!(stdin, "{reply}").unwrap();
        }
        std::io::Read::read_to_end(&mut stdout, &mut shown).unwrap();
        child.wait().unwrap();
        let shown = String::from_utf8(shown).unwrap().replace("\r\n", "\n");
        let shown = timeless(&shown);
        self.ports.iter().fold(shown, |shown, (port, page)| {
            shown.replace(&format!("127.0.0.1:{port}"), &format!("127.0.0.1:{page}"))
        })
    }

    /// The block with what its commands print.
    fn block(&self, kind: &str, block: &str) -> String {
        let commands: Vec<_> = block
            .lines()
            .filter_map(|line| line.strip_prefix("$ "))
            .collect();
        let mut shown = String::new();
        for (at, command) in commands.iter().enumerate() {
            let is_last = at + 1 == commands.len();
            let output = self.run(command, kind, is_last);
            shown += &format!("$ {command}\n{output}");
        }
        shown
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.sandbox.kill();
        let _ = self.sandbox.wait();
    }
}

/// The text with one time in place of all.
fn timeless(text: &str) -> String {
    let digits = |text: &str| text.replace(|it: char| it.is_ascii_digit(), "0");
    let (time, mut at) = (digits(TIME), 0);
    let mut shown = String::new();
    while let Some(found) = digits(text).get(at..).unwrap().find(&time) {
        shown += &text[at..at + found];
        shown += TIME;
        at += found + TIME.len();
    }
    shown + &text[at..]
}

#[test]
fn the_page_on_the_command_shows_what_its_examples_print() {
    shows_what_its_examples_print("cli.md");
}

#[test]
fn the_page_on_plans_shows_what_its_examples_print() {
    shows_what_its_examples_print("batch.md");
}

fn shows_what_its_examples_print(page: &str) {
    let path = Path::new(DOCS).join(page);
    let scene = Scene::new();
    let page = std::fs::read_to_string(&path).unwrap();
    let mut shown = String::new();
    let mut parts = page.split("```");
    while let Some(prose) = parts.next() {
        shown += prose;
        let Some(block) = parts.next() else {
            break;
        };
        let (info, body) = block.split_once('\n').unwrap();
        let body = match info.split_once(' ').unwrap_or((info, "")) {
            ("console", kind) => scene.block(kind, body),
            ("toml", _) => {
                std::fs::write(scene.folder.path().join("numbers.toml"), body).unwrap();
                body.to_owned()
            }
            _ => body.to_owned(),
        };
        shown += &format!("```{info}\n{body}```");
    }
    snapbox::Assert::new()
        .action_env("SNAPSHOTS")
        .eq(shown, snapbox::Data::read_from(&path, None));
}
