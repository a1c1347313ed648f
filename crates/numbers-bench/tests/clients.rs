//! A figure is worth nothing if the call failed, or if it connected otherwise than its row says.

use numbers_bench::case::{Case, Mode};
use numbers_bench::clients::{Client, Name};
use numbers_bench::{load, server};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

#[test]
fn every_client_succeeds_and_connects_as_its_mode_says() {
    load::runtime().unwrap().block_on(async {
        let connections = Arc::new(AtomicU32::new(0));
        let listening = server::listen(Duration::ZERO, Arc::clone(&connections));
        let endpoints = listening.await.unwrap();
        // reqwest-new loads the system's certificates, which a machine may not have.
        let names: Vec<Name> = Name::all()
            .iter()
            .copied()
            .filter(|name| *name != Name::ReqwestNew)
            .collect();
        for case in Case::all(&names) {
            let client = Client::new(case, &endpoints).unwrap();
            connections.store(0, Ordering::Relaxed);
            for _ in 0..3 {
                if let Err(error) = client.call().await {
                    panic!("{case}: {error:#}");
                }
            }
            let expected = match case.mode {
                Mode::Fresh => 3,
                Mode::Kept => 1,
            };
            assert_eq!(connections.load(Ordering::Relaxed), expected, "{case}");
        }
    });
}
