//! A throw-away PostgreSQL server on loopback, with its data in a temporary directory.
//!
//! It ends with the process that started it, however that ends: a shell waits for its standard input to close,
//! then stops the server and removes the directory.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, OnceLock};
use tempfile::TempDir;

/// The password of the server's one user. Tests search errors for it.
pub(crate) const PASSWORD: &str = "canary-3f9c1e";

pub(crate) struct Server {
    bin: PathBuf,
    directory: PathBuf,
    port: u16,
    running: Mutex<Option<(Child, ChildStdin)>>,
}

/// The server that the tests of this process share, or `None` where there is no PostgreSQL.
pub(crate) fn shared() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER.get_or_init(Server::start).as_ref()
}

impl Server {
    /// Starts a server. Where PostgreSQL is not installed, says so on standard error, past the test harness.
    pub(crate) fn start() -> Option<Self> {
        let Some(bin) = find() else {
            let message = "skipped: no PostgreSQL server found. To run the tests against it, install one \
                (on Debian: apt-get install postgresql) or put `postgres` and `initdb` in PATH.\n";
            std::io::stderr().write_all(message.as_bytes()).unwrap();
            return None;
        };
        let directory = TempDir::with_prefix("numbers-postgres-").unwrap().keep();
        let server = Self {
            bin,
            directory,
            port: free_port(),
            running: Mutex::new(None),
        };
        server.initialize();
        server.run();
        Some(server)
    }

    /// The URL of a database, through the server's port or that of a proxy.
    pub(crate) fn url(&self, database: &str, port: u16) -> String {
        format!("postgres://tester:{PASSWORD}@127.0.0.1:{port}/{database}")
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Makes an empty database. Returns its name.
    pub(crate) async fn database(&self) -> String {
        use sqlx::Connection;
        use std::sync::atomic::{AtomicU32, Ordering};
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let url = self.url("postgres", self.port);
        let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
        // Two databases can't be made of the template at the same time.
        sqlx::query("SELECT pg_advisory_lock(1)")
            .execute(&mut connection)
            .await
            .unwrap();
        sqlx::raw_sql(&format!("CREATE DATABASE {name}"))
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        name
    }

    /// Stops the server as a crash would, and starts it again.
    pub(crate) fn crash_and_restart(&self) {
        self.stop(b"keep\n");
        self.run();
    }

    fn initialize(&self) {
        let password = self.directory.join("password");
        std::fs::write(&password, PASSWORD).unwrap();
        own(&self.directory);
        own(&password);
        let output = self
            .command("initdb")
            .args(["--auth=scram-sha-256", "--username=tester", "--no-sync"])
            .arg(format!("--pwfile={}", password.display()))
            .arg(self.data())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
    }

    fn run(&self) {
        let script = r#"directory=$1; shift; "$@" & server=$!
            read keep || remove=1; kill -QUIT $server; wait $server; [ -z "$remove" ] || rm -rf "$directory""#;
        let mut child = self
            .command("/bin/sh")
            .args(["-c", script, "sh"])
            .arg(&self.directory)
            .arg(self.bin.join("postgres"))
            .arg("-D")
            .arg(self.data())
            .args(["-h", "127.0.0.1", "-c", "unix_socket_directories="])
            .args(["-c", "max_connections=200", "-c", "log_checkpoints=off"])
            // The tests crash the server, not the machine.
            .args(["-c", "fsync=off"])
            .args(["-p", &self.port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let ready = lines.any(|line| line.unwrap().contains("ready to accept connections"));
        assert!(ready, "the server did not start");
        std::thread::spawn(move || lines.for_each(drop));
        let stdin = child.stdin.take().unwrap();
        *self.running.lock().unwrap() = Some((child, stdin));
    }

    /// Stops the server, and removes its directory unless `word` is a line.
    fn stop(&self, word: &[u8]) {
        if let Some((mut child, mut stdin)) = self.running.lock().unwrap().take() {
            stdin.write_all(word).unwrap();
            drop(stdin);
            child.wait().unwrap();
        }
    }

    fn data(&self) -> PathBuf {
        self.directory.join("data")
    }

    /// A command that does not run as root, which PostgreSQL refuses.
    fn command(&self, program: &str) -> Command {
        let mut command = match program.starts_with('/') {
            true => Command::new(program),
            false => Command::new(self.bin.join(program)),
        };
        command.current_dir(&self.directory).env("LC_ALL", "C");
        #[cfg(unix)]
        if nix::unistd::geteuid().is_root() {
            use std::os::unix::process::CommandExt;
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop(b"");
    }
}

const NOBODY: u32 = 65534;

fn own(path: &Path) {
    #[cfg(unix)]
    if nix::unistd::geteuid().is_root() {
        std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    }
}

/// The directory of the newest `postgres` that has `initdb` beside it.
fn find() -> Option<PathBuf> {
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    debian.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path: Vec<PathBuf> = std::env::split_paths(&path).collect();
    debian
        .into_iter()
        .rev()
        .chain(path)
        .find(|bin| bin.join("postgres").exists() && bin.join("initdb").exists())
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
