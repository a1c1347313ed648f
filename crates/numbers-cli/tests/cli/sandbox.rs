//! `numbers sandbox` with many numbers, limits and faults.

use crate::support::{Ran, numbers, run, signal};
use nix::sys::signal::Signal;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};

/// A sandbox that runs, and the variables for it.
pub(crate) struct Running {
    child: Child,
    pub(crate) variables: Vec<(String, String)>,
}

impl Running {
    pub(crate) fn start(flags: &[&str]) -> Self {
        let mut child = numbers(&[&["sandbox"], flags].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut variables = Vec::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            if line.starts_with("# numbers release exotel") {
                break;
            }
            if let Some((name, value)) = line
                .strip_prefix("export ")
                .and_then(|rest| rest.split_once('='))
            {
                variables.push((name.to_owned(), value.to_owned()));
            }
        }
        Self { child, variables }
    }

    fn release(&self, args: &[&str]) -> Ran {
        let flags = ["--yes", "--format", "json"];
        let mut release = numbers(&[&["release"], args, &flags].concat());
        run(release.envs(self.variables.clone()))
    }

    /// Ends it and returns its stderr.
    pub(crate) fn stop(mut self) -> String {
        signal(&self.child, Signal::SIGINT);
        let mut stderr = String::new();
        let mut pipe = self.child.stderr.take().unwrap();
        pipe.read_to_string(&mut stderr).unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(0), "{stderr}");
        stderr
    }
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

#[test]
fn many_numbers_are_listed_released_and_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let (ids, record) = (folder.path().join("ids"), folder.path().join("record.csv"));
    let flags = ["--numbers", "20000", "--ids", &text(&ids)];
    let sandbox = Running::start(&[&flags[..], &["--record", &text(&record)]].concat());
    for (vendor, last) in [
        ("twochat", "DID00000000-0000-4000-8000-000000020000"),
        ("synthflow", "15550020000"),
        ("exotel", "00000000000000000000000000020000"),
    ] {
        let list = fs::read_to_string(ids.join(format!("sandbox-{vendor}.txt"))).unwrap();
        assert_eq!(list.lines().count(), 20_000);
        assert_eq!(list.lines().last(), Some(last));
        assert_eq!(sandbox.release(&[vendor, last]).code, Some(0));
    }
    let again = sandbox.release(&["synthflow", "15550020000"]);
    assert_eq!(again.all("kind"), ["not_found"]);

    let stderr = sandbox.stop();
    let line = "numbers: synthflow-global: 20000 numbers: 1 released, 0 accepted, 19999 held; \
                2 requests, 0 refused with 429; 1 number sent more than once\n";
    assert!(stderr.contains(line), "{stderr}");
    assert!(!stderr.contains("synthflow-eu"), "{stderr}");
    assert_eq!(
        fs::read_to_string(&record).unwrap(),
        "server,number,state,requests,rate_limited,attempts,releases\n\
         twochat,DID00000000-0000-4000-8000-000000020000,released,1,0,1,1\n\
         synthflow-global,15550020000,released,2,0,2,1\n\
         exotel-singapore,00000000000000000000000000020000,accepted,1,0,1,1\n"
    );
}

#[test]
fn the_list_has_the_three_numbers_without_a_count() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Running::start(&["--ids", &text(folder.path())]);
    let list = fs::read_to_string(folder.path().join("sandbox-synthflow.txt")).unwrap();
    assert_eq!(list, "12025550101\n12025550102\n12025550103\n");
    let ids: Vec<_> = list.lines().collect();
    let ran = sandbox.release(&[&["synthflow"], &ids[..]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    sandbox.stop();
}

#[test]
fn the_rate_is_enforced() {
    let sandbox = Running::start(&["--numbers", "9", "--rate", "1/min"]);
    let ran = sandbox.release(&["synthflow", "15550000001", "15550000002"]);
    assert_eq!(ran.all("outcome"), ["released", "failed"], "{ran:?}");
    assert_eq!(ran.all("kind"), ["null", "rate_limited"]);
    let stderr = sandbox.stop();
    assert!(stderr.contains("2 requests, 1 refused with 429; 0 "));
}

#[test]
fn all_responses_are_lost_and_the_numbers_released() {
    let sandbox = Running::start(&["--numbers", "2", "--lose-answers", "100%"]);
    let ran = sandbox.release(&["exotel", &format!("{:032}", 1)]);
    assert_eq!(ran.all("kind"), ["connection_lost"], "{ran:?}");
    assert!(sandbox.stop().contains("1 accepted, 1 held"));
}

#[test]
fn an_outage_responds_with_503_and_releases_nothing() {
    let sandbox = Running::start(&["--numbers", "1", "--outage", "0s..1h"]);
    let ran = sandbox.release(&["synthflow", "15550000001"]);
    assert_eq!(ran.all("status"), ["503"], "{ran:?}");
    assert!(sandbox.stop().contains("0 released, 0 accepted, 1 held"));
}

#[test]
fn an_unreachable_sandbox_refuses_connections() {
    let sandbox = Running::start(&["--numbers", "1", "--unreachable", "0s..1h"]);
    let ran = sandbox.release(&["synthflow", "15550000001"]);
    assert_eq!(ran.all("kind"), ["connect"], "{ran:?}");
    assert_eq!(sandbox.stop(), "");
}

#[test]
fn flags_that_make_no_sense_are_refused() {
    for (flags, word) in [
        (&["--numbers", "0"][..], "1..=9999999"),
        (&["--numbers", "10000000"], "1..=9999999"),
        (&["--rate", "60"], "60/min"),
        (&["--rate", "x/min"], "60/min"),
        (&["--rate", "1/h"], "60/min"),
        (&["--no-retry-after"], "--rate"),
        (&["--lose-answers", "1"], "1%"),
        (&["--lose-answers", "101%"], "1%"),
        (&["--lose-answers", "NaN%"], "1%"),
        (&["--outage", "20s"], "20s..40s"),
        (&["--outage", "40s..20s"], "ends before it begins"),
        (&["--unreachable", "a..b"], "20s..40s"),
        (&["--record", "no/such/folder/file"], "can't be written"),
    ] {
        let ran = run(&mut numbers(&[&["sandbox"], flags].concat()));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{flags:?}");
        assert!(ran.stderr.contains(word), "{flags:?}: {}", ran.stderr);
    }
}
