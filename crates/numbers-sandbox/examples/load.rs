//! How many releases a second the sandbox serves on this machine, to plain sockets, so that no HTTP client counts.
//!
//! `cargo run --release -p numbers-sandbox --example load -- [RELEASES] [CONCURRENCY] [close|keep]`

#![allow(clippy::print_stdout, reason = "it prints what it measured")]

use std::{env, error::Error, io, sync::Arc, time::Instant};

use numbers_sandbox::{Sandbox, Server, credentials};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let releases: u32 = args.next().map_or(Ok(100_000), |text| text.parse())?;
    let concurrency: u32 = args.next().map_or(Ok(64), |text| text.parse())?;
    let keep = args.next().is_some_and(|text| text == "keep");

    let builder = Sandbox::builder().keep_requests(0).numbers(releases);
    let sandbox = builder.start().await?;
    let url = sandbox.base_url(Server::TwoChat);
    let address: Arc<str> = Arc::from(url.trim_start_matches("http://"));
    let step = usize::try_from(concurrency)?;
    let mut tasks = JoinSet::new();
    let started = Instant::now();
    for task in 0..concurrency {
        let address = Arc::clone(&address);
        tasks.spawn(async move {
            let mut stream = None;
            for n in (task + 1..=releases).step_by(step) {
                let mut open = match stream.take() {
                    Some(open) => open,
                    None => TcpStream::connect(&*address).await?,
                };
                release(&mut open, &Server::TwoChat.made_up_number(n)).await?;
                stream = keep.then_some(open);
            }
            io::Result::Ok(())
        });
    }
    while let Some(ended) = tasks.join_next().await {
        ended??;
    }
    let elapsed = started.elapsed();
    let rate = f64::from(releases) / elapsed.as_secs_f64();
    let released = sandbox
        .records(Server::TwoChat)
        .filter(|(_, record)| record.releases == 1 && record.requests == 1);
    assert_eq!(released.count(), usize::try_from(releases)?);
    println!("{releases} releases in {elapsed:.2?}: {rate:.0} a second");
    Ok(())
}

async fn release(stream: &mut TcpStream, id: &str) -> io::Result<()> {
    let request = format!(
        "DELETE /open/voip/virtual-numbers/{id} HTTP/1.1\r\nHost: sandbox\r\nX-User-API-Key: {}\r\n\r\n",
        credentials::TWOCHAT_API_KEY
    );
    stream.write_all(request.as_bytes()).await?;
    let mut response = Vec::with_capacity(512);
    while !response.ends_with(br#"{"success": true}"#) {
        if stream.read_buf(&mut response).await? == 0 {
            let response = String::from_utf8_lossy(&response);
            return Err(io::Error::other(format!("not released: {response}")));
        }
    }
    if response.starts_with(b"HTTP/1.1 200") {
        Ok(())
    } else {
        Err(io::Error::other("not a success"))
    }
}
