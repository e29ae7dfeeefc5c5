//! A counter between the service and PostgreSQL: how many statements went over the wire, and what PostgreSQL remarked on them.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

/// The codes with which a client asks for encryption before it introduces itself.
const ENCRYPTION: [u32; 2] = [80_877_103, 80_877_104];

/// A listener that passes everything on, counts the statements that are executed, and keeps PostgreSQL's notices.
pub struct Counter {
    /// Where to connect instead.
    pub url: String,
    statements: Arc<AtomicUsize>,
    notices: Notices,
}

/// What PostgreSQL remarked, in order.
type Notices = Arc<Mutex<Vec<String>>>;

impl Counter {
    /// Listens in front of the database at `url`.
    pub async fn before(url: &str) -> Self {
        let (scheme, rest) = url.split_once("://").unwrap();
        let (user, rest) = rest.split_once('@').unwrap();
        let (host, database) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{scheme}://{user}@{}/{database}", listener.local_addr().unwrap());
        let statements = Arc::new(AtomicUsize::new(0));
        let notices = Notices::default();
        tokio::spawn(accept(listener, host.to_owned(), Arc::clone(&statements), Arc::clone(&notices)));
        Self { url, statements, notices }
    }

    /// How many statements were executed since this was last asked.
    pub fn take(&self) -> usize {
        self.statements.swap(0, Ordering::SeqCst)
    }

    /// What PostgreSQL remarked since this was last asked.
    pub fn take_notices(&self) -> Vec<String> {
        std::mem::take(&mut self.notices.lock().unwrap())
    }
}

async fn accept(listener: TcpListener, host: String, statements: Arc<AtomicUsize>, notices: Notices) {
    while let Ok((client, _)) = listener.accept().await {
        let server = TcpStream::connect(&host).await.unwrap();
        // Messages are small: gathered into larger ones, each would wait for the confirmation of the one before.
        for stream in [&client, &server] {
            stream.set_nodelay(true).unwrap();
        }
        let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
        tokio::spawn(answer(from_server, to_client, Arc::clone(&notices)));
        tokio::spawn(forward(from_client, to_server, Arc::clone(&statements)));
    }
}

/// Passes message after message on until the client has left.
async fn forward(client: OwnedReadHalf, mut server: OwnedWriteHalf, statements: Arc<AtomicUsize>) -> Option<()> {
    let mut client = BufReader::new(client);
    // A client introduces itself by a message without a kind, perhaps after it has asked for encryption.
    loop {
        let length = client.read_u32().await.ok()?;
        let body = body(&mut client, length).await?;
        server.write_all(&[&length.to_be_bytes()[..], &body].concat()).await.ok()?;
        if !ENCRYPTION.contains(&u32::from_be_bytes(body[..4].try_into().unwrap())) {
            break;
        }
    }
    loop {
        let kind = client.read_u8().await.ok()?;
        let length = client.read_u32().await.ok()?;
        let body = body(&mut client, length).await?;
        // A simple query, or the execution of a prepared one.
        if matches!(kind, b'Q' | b'E') {
            statements.fetch_add(1, Ordering::SeqCst);
        }
        server.write_all(&message(kind, length, &body)).await.ok()?;
    }
}

/// Passes answer after answer back until the server has left.
async fn answer(server: OwnedReadHalf, mut client: OwnedWriteHalf, notices: Notices) -> Option<()> {
    let mut server = BufReader::new(server);
    // Whether it encrypts is said by one letter, before the first message, which is about the login or an error.
    let mut kind = server.read_u8().await.ok()?;
    while matches!(kind, b'N' | b'S') {
        client.write_u8(kind).await.ok()?;
        kind = server.read_u8().await.ok()?;
    }
    loop {
        let length = server.read_u32().await.ok()?;
        let body = body(&mut server, length).await?;
        if kind == b'N' {
            // Fields of a letter and a text that ends with a zero; M is the message.
            let fields = body.split(|byte| *byte == 0).filter_map(|field| field.strip_prefix(b"M"));
            notices.lock().unwrap().extend(fields.map(|text| String::from_utf8_lossy(text).into_owned()));
        }
        client.write_all(&message(kind, length, &body)).await.ok()?;
        kind = server.read_u8().await.ok()?;
    }
}

/// A message as it goes over the wire.
fn message(kind: u8, length: u32, body: &[u8]) -> Vec<u8> {
    [&[kind][..], &length.to_be_bytes(), body].concat()
}

/// What follows a length, which counts itself.
async fn body(client: &mut (impl AsyncRead + Unpin), length: u32) -> Option<Vec<u8>> {
    let mut body = vec![0; usize::try_from(length).ok()?.checked_sub(4)?];
    client.read_exact(&mut body).await.ok()?;
    Some(body)
}
