//! The listening socket: requests under way are finished, but not waited for without end.

use axum::{Router, routing::get};
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};
use zengxin::http;

/// A service that takes `seconds` for an answer, asked once and then told to stop; with what it answered and how long the stop took.
async fn stopped_while_answering(takes: Duration, drain: Duration) -> (String, Duration) {
    let handler = async move || {
        tokio::time::sleep(takes).await;
        "done"
    };
    let (say_stop, stop) = watch::channel(false);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = tokio::spawn(http::serve(listener, Router::new().route("/", get(handler)), stop, drain));
    let answer = ask(address);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let told = Instant::now();
    say_stop.send(true).unwrap();
    service.await.unwrap().unwrap();
    let took = told.elapsed();
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens after a stop");
    (answer.await.unwrap(), took)
}

fn ask(address: SocketAddr) -> JoinHandle<String> {
    tokio::spawn(async move {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: test\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        let _ = tokio::time::timeout(Duration::from_secs(2), stream.read_to_string(&mut answer)).await;
        answer
    })
}

#[tokio::test]
async fn a_request_under_way_is_answered_before_the_service_stops() {
    let (answer, _) = stopped_while_answering(Duration::from_millis(500), Duration::from_secs(20)).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("done"), "{answer}");
}

#[tokio::test]
async fn a_request_that_takes_too_long_does_not_hold_up_the_stop() {
    let (_, took) = stopped_while_answering(Duration::from_secs(60), Duration::from_millis(200)).await;
    assert!(took < Duration::from_secs(5), "{took:?}");
}
