//! The sandbox, in a process of its own.

use crate::{Result, SERVER};
use numbers_sandbox::Sandbox;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

/// Says where it listens; and when its standard input ends, how many numbers were released by their only request.
pub(crate) async fn serve(numbers: u32) -> Result {
    let builder = Sandbox::builder().keep_requests(0).numbers(numbers);
    let sandbox = builder.start().await?;
    println!("{}", sandbox.base_url(SERVER));
    tokio::task::spawn_blocking(|| std::io::stdin().lines().for_each(drop)).await?;
    let once = sandbox
        .records(SERVER)
        .filter(|(_, record)| record.releases == 1 && record.requests == 1);
    println!("{}", once.count());
    Ok(())
}

pub(crate) struct Process {
    child: Child,
    stdout: BufReader<ChildStdout>,
    url: String,
}

impl Process {
    pub(crate) fn start(numbers: u32) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["sandbox", &numbers.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut stdout = BufReader::new(child.stdout.take().ok_or("no stdout")?);
        let mut url = String::new();
        stdout.read_line(&mut url)?;
        let url = url.trim().to_owned();
        Ok(Self { child, stdout, url })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn released_once(mut self) -> Result<u32> {
        drop(self.child.stdin.take());
        let mut count = String::new();
        self.stdout.read_line(&mut count)?;
        self.child.wait()?;
        Ok(count.trim().parse()?)
    }
}
