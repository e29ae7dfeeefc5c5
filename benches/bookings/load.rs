//! Thirty-two who approve one contract after another: in process, and over HTTP with a connection each.

use crate::{
    CLIENTS,
    round::{Done, LENGTH, Round},
    world::{Place, STOCK, World},
};
use axum::http::StatusCode;
use domain::value::ContractId;
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};
use uuid::Uuid;
use zengxin::{app::approval, config::HttpConfig, http};

/// What all of them count together.
struct Tally {
    start: Instant,
    end: i64,
    next: AtomicI64,
    refused: AtomicUsize,
    again: AtomicUsize,
}

impl Tally {
    fn new(first: i64) -> Self {
        let (refused, again) = Default::default();
        Self { start: Instant::now(), end: first + STOCK, next: AtomicI64::new(first), refused, again }
    }

    /// The number of the next contract; none when the time is over.
    fn next(&self) -> Option<i64> {
        let number = (self.start.elapsed() < LENGTH).then(|| self.next.fetch_add(1, Relaxed))?;
        assert!(number < self.end, "booked faster than was thought of: make STOCK larger");
        Some(number)
    }

    /// Whether an answer says that it is booked; nothing when it is to be asked for again.
    fn booked(&self, status: StatusCode) -> Option<bool> {
        match status {
            StatusCode::CREATED => Some(true),
            StatusCode::UNPROCESSABLE_ENTITY => {
                self.refused.fetch_add(1, Relaxed);
                Some(false)
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                self.again.fetch_add(1, Relaxed);
                None
            }
            other => panic!("an approval was answered with {other}"),
        }
    }

    fn done(&self, began: Instant) -> Done {
        Done { at: self.start.elapsed(), took: began.elapsed() }
    }

    fn round(&self, done: &[Done]) -> Round {
        Round::of(done, self.refused.load(Relaxed), self.again.load(Relaxed))
    }
}

/// Approves by calling the service's function, from the contract numbered `first` on.
pub async fn in_process(world: &World, place: Place, first: i64) -> Round {
    let (tally, mut all) = (Arc::new(Tally::new(first)), JoinSet::new());
    for _ in 0..CLIENTS {
        let (tally, app, callers) = (tally.clone(), world.app.clone(), world.approvers.clone());
        all.spawn(async move {
            let mut done = Vec::new();
            while let Some(number) = tally.next() {
                let (contract, act) = (ContractId::from_uuid(place.contract(number)), Uuid::now_v7());
                let (caller, began) = (&callers[place.institution(number)], Instant::now());
                let booked = loop {
                    let answer = approval::approve(&app, caller, contract, act, 1).await;
                    let status = answer.map_or_else(|problem| problem.status, |_| StatusCode::CREATED);
                    if let Some(booked) = tally.booked(status) {
                        break booked;
                    }
                };
                done.extend(booked.then(|| tally.done(began)));
            }
            done
        });
    }
    let done: Vec<Done> = all.join_all().await.concat();
    tally.round(&done)
}

/// Serves on a loopback port until the run ends.
pub async fn serve(world: &World) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let config = HttpConfig {
        trusted_proxies: Vec::new(),
        listen: address,
        metrics_listen: None,
        request_seconds: 30,
        body_bytes: 1_048_576,
        upload_bytes: 1_048_576,
        upload_seconds: 30,
        import_lease_seconds: 20,
        drain_seconds: 0,
    };
    let (never, stop) = watch::channel(false);
    let router = http::router(world.app.clone(), &config);
    tokio::spawn(async move {
        http::serve(listener, router, stop, Duration::ZERO).await.unwrap();
        drop(never);
    });
    address
}

/// Approves over HTTP, each client on a connection that it keeps.
pub fn over_http(world: &World, address: SocketAddr, place: Place, first: i64) -> Round {
    let tally = Tally::new(first);
    let client = || {
        let mut connection = Connection::to(address);
        let mut done = Vec::new();
        while let Some(number) = tally.next() {
            let path = format!("/v1/contracts/{}/approvals/{}", place.contract(number), Uuid::now_v7());
            let (token, began) = (&world.tokens[place.institution(number)], Instant::now());
            let booked = loop {
                let status = connection.put(&path, token, r#"{"content_version":1}"#);
                if let Some(booked) = tally.booked(status) {
                    break booked;
                }
            };
            done.extend(booked.then(|| tally.done(began)));
        }
        done
    };
    let done: Vec<Done> = thread::scope(|scope| {
        let all: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(client)).collect();
        all.into_iter().flat_map(|client| client.join().unwrap()).collect()
    });
    tally.round(&done)
}

/// A kept connection that speaks as much HTTP as is needed here.
struct Connection {
    stream: BufReader<TcpStream>,
}

impl Connection {
    fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream: BufReader::new(stream) }
    }

    fn put(&mut self, path: &str, token: &str, body: &str) -> StatusCode {
        let request = format!(
            "PUT {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes()).unwrap();
        let (mut status, mut length) = (None, 0);
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).unwrap();
            let line = line.trim_end().to_ascii_lowercase();
            match line.split_once(": ") {
                Some(("content-length", bytes)) => length = bytes.parse().unwrap(),
                None if line.is_empty() => break,
                None => status = line.split(' ').nth(1).map(|code| code.parse().unwrap()),
                Some(_) => {}
            }
        }
        let mut answer = vec![0; length];
        self.stream.read_exact(&mut answer).unwrap();
        status.expect("an answer without a status")
    }
}
