//! The other commands.

use crate::support::{numbers, run};

#[test]
fn the_demo_needs_no_environment_and_no_certificates() {
    let no_certificates = [
        ("SSL_CERT_FILE", "no/such/file"),
        ("SSL_CERT_DIR", "no/such/folder"),
    ];
    let ran = run(numbers(&["demo"]).envs(no_certificates));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:?}");
    let fields = |name: &str| -> Vec<String> {
        let lines = ran.stdout.lines();
        lines
            .filter_map(|line| line.trim_start().strip_prefix(name))
            .map(|rest| rest.trim_start().to_owned())
            .collect()
    };
    assert_eq!(
        fields("response"),
        [
            r#"HTTP 200 {"success": true}"#,
            r#"HTTP 200 {"status": "ok"}"#,
            r#"HTTP 202 {"Status":202,"Message":"Accepted"}"#,
            r#"HTTP 404 {"error": true, "error_message": "Virtual number not found"}"#,
        ]
    );
    assert_eq!(fields("outcome"), ["released", "released", "accepted"]);
    assert_eq!(fields("request").len(), 4, "{}", ran.stdout);
    for next in [
        "numbers vendors synthflow",
        "numbers release VENDOR ID... --dry-run",
    ] {
        assert!(ran.stdout.contains(next), "{}", ran.stdout);
    }
    // An installed command has no clone around it.
    assert!(!ran.stdout.contains("cargo"), "{}", ran.stdout);

    // The control: https without certificates is refused, so the demo did without them.
    let args = ["release", "synthflow", "1", "--dry-run", "--region", "eu"];
    let https = run(numbers(&args)
        .env("SYNTHFLOW_API_KEY", "key")
        .envs(no_certificates));
    assert_eq!((https.code, https.stdout.as_str()), (Some(2), ""));
    assert!(https.stderr.contains("certificates"), "{}", https.stderr);
}

#[test]
fn completions_know_commands_flags_and_vendors() {
    for (shell, words) in [
        ("bash", &["release", "--dry-run", "synthflow"][..]),
        ("zsh", &["release", "--dry-run", "synthflow"]),
        // Fish completes no values of arguments.
        ("fish", &["release", "dry-run"]),
    ] {
        let ran = run(&mut numbers(&["completions", shell]));
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        for word in words {
            assert!(ran.stdout.contains(word), "{shell}: {word}");
        }
    }
}

#[cfg(unix)]
#[test]
fn the_sandbox_prints_what_a_release_needs_and_ends_by_ctrl_c() {
    use crate::support::signal;
    use nix::sys::signal::Signal;
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    let mut sandbox = numbers(&["sandbox"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(sandbox.stdout.take().unwrap()).lines();
    let (mut variables, mut commands) = (Vec::new(), Vec::new());
    while commands.len() < 3 {
        let line = lines.next().unwrap().unwrap();
        if let Some(setting) = line.strip_prefix("export ") {
            let (name, value) = setting.split_once('=').unwrap();
            variables.push((name.to_owned(), value.to_owned()));
        } else if let Some(command) = line.strip_prefix("# numbers ") {
            commands.push(command.to_owned());
        }
    }
    for (command, vendor) in commands.iter().zip(["twochat", "synthflow", "exotel"]) {
        // Any shell takes it as it stands.
        let words: Vec<_> = command.split(' ').collect();
        assert_eq!(words[..2], ["release", vendor]);
        let mut release = numbers(&words);
        let flags = ["--yes", "--format", "json"];
        let ran = run(release.args(flags).envs(variables.clone()));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(ran.all("number"), words[2..]);
    }
    signal(&sandbox, Signal::SIGINT);
    assert_eq!(sandbox.wait().unwrap().code(), Some(0));
}

#[test]
fn a_taken_port_is_refused() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = run(&mut numbers(&["sandbox", "--port", &port]));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.stderr.contains(&port), "{ran:?}");
    assert!(!ran.stderr.contains("os error"), "{ran:?}");
}
