//! A figure is worth nothing where the call failed.

use numbers_bench::clients::{Client, Name};
use numbers_bench::{load, server};
use std::time::Duration;
use tokio::net::TcpListener;

#[test]
fn every_client_gets_the_answer_that_it_takes_for_success() {
    load::runtime().unwrap().block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(server::accept(listener, Duration::ZERO));
        // The one that is left out loads the system's certificates, which a machine may not have.
        let names = Name::all().iter().filter(|name| **name != Name::ReqwestNew);
        for name in names {
            let client = Client::new(*name, &url).unwrap();
            if let Err(error) = client.call().await {
                panic!("{name}: {error:#}");
            }
        }
    });
}
