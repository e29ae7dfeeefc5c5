//! A wire between the service and PostgreSQL that counts what goes over it: the messages a client waits for an answer to.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// A listening end that passes everything on to PostgreSQL.
pub struct Wire {
    /// The port to connect to instead of PostgreSQL's.
    pub port: u16,
    asked: Arc<AtomicUsize>,
}

impl Wire {
    /// Passes on to the PostgreSQL at `port`.
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let wire = Self { port: listener.local_addr().unwrap().port(), asked: Arc::clone(&asked) };
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                let ((from_client, mut to_client), (mut from_server, to_server)) =
                    (client.into_split(), server.into_split());
                tokio::spawn(async move { tokio::io::copy(&mut from_server, &mut to_client).await });
                tokio::spawn(count(from_client, to_server, Arc::clone(&asked)));
            }
        });
        wire
    }

    /// How many questions went over it since the last call: every Sync of the extended protocol and every simple Query.
    pub fn asked(&self) -> usize {
        self.asked.swap(0, Ordering::SeqCst)
    }
}

/// Passes on what a client says, and counts what it waits for.
async fn count(
    mut client: tokio::net::tcp::OwnedReadHalf,
    mut server: tokio::net::tcp::OwnedWriteHalf,
    asked: Arc<AtomicUsize>,
) -> std::io::Result<()> {
    // The first messages have no letter: a request for TLS, which is refused, and the start.
    let mut started = false;
    loop {
        let mut head = [0_u8; 5];
        let from = usize::from(!started);
        client.read_exact(&mut head[from..]).await?;
        let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
        let mut body = vec![0_u8; usize::try_from(length).unwrap() - 4];
        client.read_exact(&mut body).await?;
        if started && matches!(head[0], b'S' | b'Q') {
            asked.fetch_add(1, Ordering::SeqCst);
        }
        // 196608 is version 3.0 of the protocol.
        started = started || body.starts_with(&196_608_u32.to_be_bytes());
        server.write_all(&head[from..]).await?;
        server.write_all(&body).await?;
    }
}
