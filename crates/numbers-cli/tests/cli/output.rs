//! Output, and what happens if it can't be written.

use crate::support::{IDS, Vendor, numbers, run};
use std::process::Stdio;

#[test]
fn a_result_is_one_json_object_with_the_promised_fields() {
    let mut vendor = Vendor::start();
    let mocks = [
        vendor.releases(IDS[0], 1),
        vendor.responds(
            IDS[1],
            1,
            403,
            r#"{"error": true, "error_message": "not yours"}"#,
        ),
    ];
    let ran = run(vendor
        .release(&IDS[..2])
        .args(["--yes", "--format", "json"]));
    let [first, second] = [IDS[0], IDS[1]];
    assert_eq!(
        ran.stdout,
        format!(
            concat!(
                r#"{{"vendor":"twochat","number":"{}","outcome":"released","kind":null,"status":200,"message":null,"request_id":null,"attempts":1}}"#,
                "\n",
                r#"{{"vendor":"twochat","number":"{}","outcome":"failed","kind":"permission_denied","status":403,"message":"twochat: the credentials do not allow this (HTTP 403): \"not yours\"; the number was not released by this call","request_id":null,"attempts":1}}"#,
                "\n",
            ),
            first, second
        )
    );
    mocks.iter().for_each(|mock| mock.assert());
}

#[test]
fn the_vendors_id_for_the_request_is_passed_on() {
    let mut server = mockito::Server::new();
    let mock = server
        .mock("DELETE", mockito::Matcher::Any)
        .with_status(500)
        .with_header("x-request-id", "req-17")
        .expect(2)
        .create();
    let release = |format| {
        let mut command = crate::support::release_at(&server.url(), &IDS[..1]);
        run(command.args(["--yes", "--format", format]))
    };
    assert_eq!(release("json").all("request_id"), ["req-17"]);
    let text = release("text").stdout;
    assert!(text.ends_with("(request id req-17)\n"), "{text}");
    mock.assert();
}

#[test]
fn text_is_one_line_per_number_with_a_summary_on_stderr() {
    let mut vendor = Vendor::start();
    let mocks = [
        vendor.releases(IDS[0], 1),
        vendor.responds(IDS[1], 1, 404, "{}"),
    ];
    let ran = run(vendor.release(&IDS[..2]).arg("--yes"));
    let lines: Vec<_> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{ran:?}");
    assert_eq!(lines[0], format!("released  {}  twochat: HTTP 200", IDS[0]));
    assert!(lines[1].starts_with(&format!("failed    {}  twochat: ", IDS[1])));
    assert_eq!(
        ran.stderr,
        "numbers: 1 failed, not_found: check the ids, and whether account and region are those that hold them; \
         `numbers vendors twochat` shows what an id looks like\n\
         numbers: 2 numbers:\n\
         \x20 released  1\n\
         \x20 failed    1  not released by this call\n"
    );
    mocks.iter().for_each(|mock| mock.assert());
}

#[test]
fn stderr_says_once_where_to_look_up_unknown_numbers() {
    let mut vendor = Vendor::start();
    let mocks = [0, 1].map(|at| vendor.responds(IDS[at], 2, 200, r#"{"success": "#));
    for (flags, lines) in [(&[][..], 2), (&["--quiet"], 1)] {
        let mut release = vendor.release(&IDS[..2]);
        let ran = run(release.args(["--yes", "--format", "json"]).args(flags));
        assert_eq!(ran.all("outcome"), ["unknown", "unknown"]);
        let lookup = "numbers: 2 unknown: the vendor may have released them. Check before you try again: 2Chat's list";
        assert_eq!(ran.stderr.matches(lookup).count(), 1, "{}", ran.stderr);
        assert_eq!(ran.stderr.lines().count(), lines, "{}", ran.stderr);
    }
    mocks.iter().for_each(|mock| mock.assert());
}

#[test]
fn a_dry_run_prints_the_requests_and_sends_nothing() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    let url = format!("{}/open/voip/virtual-numbers/{}", vendor.url(), IDS[0]);
    let agent = concat!("twochat-voip/", env!("CARGO_PKG_VERSION"));

    let text = run(vendor.release(&IDS[..1]).arg("--dry-run"));
    assert_eq!(text.code, Some(0), "{text:?}");
    assert_eq!(
        text.stdout,
        format!("DELETE {url}\nx-user-api-key: ***\nuser-agent: {agent}\n\n")
    );

    let json = run(vendor
        .release(&IDS[..1])
        .args(["--dry-run", "--format", "json"]));
    assert_eq!(json.code, Some(0), "{json:?}");
    assert_eq!(
        json.stdout,
        format!(
            r#"{{"vendor":"twochat","number":"{}","method":"DELETE","url":"{url}","headers":{{"user-agent":"{agent}","x-user-api-key":"***"}}}}{}"#,
            IDS[0], "\n"
        )
    );
    mock.assert();
}

/// A pipe with a closed reader.
fn broken_pipe() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

#[test]
fn nothing_more_is_sent_after_a_failed_write() {
    let mut vendor = Vendor::start();
    let mocks = [
        vendor.releases(IDS[0], 1),
        vendor.releases(IDS[1], 0),
        vendor.releases(IDS[2], 0),
    ];
    let child = vendor
        .release(&IDS)
        .arg("--yes")
        .stdout(broken_pipe())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let ran = crate::support::Ran::from(child.wait_with_output().unwrap());
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let lines: Vec<_> = ran.stderr.lines().collect();
    assert!(
        lines[0].starts_with(&format!("numbers: released  {}", IDS[0])),
        "{ran:?}"
    );
    assert_eq!(lines[1], "numbers: the 2 numbers after it were not sent");
    mocks.iter().for_each(|mock| mock.assert());
}

#[test]
fn output_that_can_not_be_written_is_1() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    let dry_run = vendor.release(&[IDS[0], "--dry-run"]);
    let others = [
        &["--help"][..],
        &["vendors"],
        &["demo"],
        &["completions", "bash"],
    ];
    let others = others.map(numbers);
    for mut command in std::iter::once(dry_run).chain(others) {
        let child = command.stdout(broken_pipe()).stderr(Stdio::piped());
        let output = child.spawn().unwrap().wait_with_output().unwrap();
        let output = (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        );
        // Nothing is lost, so nothing is said: the reader has seen enough.
        assert_eq!(output, (Some(1), String::new()), "{command:?}");
    }
    mock.assert();
}

#[cfg(target_os = "linux")]
#[test]
fn each_line_on_stderr_is_one_write() {
    use nix::fcntl::OFlag;
    use std::io::Read;

    let mut vendor = Vendor::start();
    let mock = vendor.responds(IDS[0], 1, 401, "{}");
    // Packets: a read ends where a write ended.
    let (reader, writer) = nix::unistd::pipe2(OFlag::O_DIRECT | OFlag::O_CLOEXEC).unwrap();
    let mut release = vendor.release(&IDS);
    release
        .args(["--yes", "-v"])
        .stdout(Stdio::null())
        .stderr(writer);
    let mut child = release.spawn().unwrap();
    drop(release);
    let mut stderr = std::fs::File::from(reader);
    let mut writes = Vec::new();
    loop {
        let mut buffer = [0; 4096];
        let read = stderr.read(&mut buffer).unwrap();
        if read == 0 {
            break;
        }
        writes.push(String::from_utf8(buffer[..read].to_vec()).unwrap());
    }
    child.wait().unwrap();
    assert!(writes.len() > 3, "{writes:?}");
    for write in &writes {
        assert!(
            write.ends_with('\n') && write.lines().count() == 1,
            "{writes:?}"
        );
    }
    mock.assert();
}

#[cfg(unix)]
#[test]
fn a_read_only_stdout_is_refused_before_anything_is_sent() {
    let mut vendor = Vendor::start();
    let mock = vendor.stays_untouched();
    let releases = [
        vendor.release(&[IDS[0], "--yes"]),
        vendor.release(&[IDS[0], "--dry-run"]),
    ];
    let others = [
        &["--help"][..],
        &["vendors"],
        &["demo"],
        &["sandbox"],
        &["completions", "bash"],
    ];
    let others = others.map(numbers);
    for mut command in releases.into_iter().chain(others) {
        let child = command
            .stdout(std::fs::File::open("/dev/null").unwrap())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let ran = crate::support::Ran::from(child.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(1), "{command:?}");
        assert_eq!(
            ran.stderr,
            "numbers: the output could not be written: stdout is open for reading only\n"
        );
    }
    mock.assert();
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_1() {
    let mut vendor = Vendor::start();
    let mock = vendor.releases(IDS[0], 1);
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let status = vendor
        .release(&IDS[..1])
        .arg("--yes")
        .stdout(full)
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(1));
    mock.assert();
}

#[cfg(target_os = "linux")]
#[test]
fn a_limit_on_file_size_is_1_and_the_result_is_on_stderr() {
    let mut vendor = Vendor::start();
    let mock = vendor.releases(IDS[0], 1);
    let dir = tempfile::tempdir().unwrap();
    let release = vendor.release(&IDS[..1]);
    let mut limited = std::process::Command::new("sh");
    limited
        .args(["-c", "ulimit -f 0; exec \"$@\"", "sh"])
        .arg(release.get_program())
        .args(release.get_args())
        .arg("--yes")
        .env_clear()
        .envs(
            release
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .env("PATH", std::env::var_os("PATH").unwrap())
        .stdout(std::fs::File::create(dir.path().join("out")).unwrap());
    let output = limited.stderr(Stdio::piped()).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("released"), "{stderr}");
    mock.assert();
}
