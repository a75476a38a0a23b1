//! As much of HTTP/1.1 as a client of the service needs.

use std::io::{Error, ErrorKind};
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

/// A request as it came.
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads the next request; none if the client has closed the connection.
pub(crate) async fn read(stream: &mut (impl AsyncBufRead + Unpin)) -> Result<Option<Request>, Error> {
    let line = line(stream).await?;
    if line.is_empty() {
        return Ok(None);
    }
    let [method, target, "HTTP/1.1"] = line.split(' ').collect::<Vec<_>>()[..] else {
        return Err(invalid("no request line"));
    };
    let headers = headers(stream).await?;
    let target = origin(target).to_owned();
    let mut request = Request { method: method.to_owned(), target, headers, body: Vec::new() };
    let length = request.header("content-length").unwrap_or("0");
    let length = length.parse().map_err(|_| invalid("no length"))?;
    request.body.resize(length, 0);
    stream.read_exact(&mut request.body).await?;
    Ok(Some(request))
}

/// Path and query of a target, which a proxy may hand on as a whole URL.
fn origin(target: &str) -> &str {
    let rest = target.strip_prefix("http://").unwrap_or(target);
    rest.find('/').map_or(target, |start| &rest[start..])
}

async fn headers(stream: &mut (impl AsyncBufRead + Unpin)) -> Result<Vec<(String, String)>, Error> {
    let mut headers = Vec::new();
    loop {
        let line = line(stream).await?;
        if line.is_empty() {
            return Ok(headers);
        }
        let (name, value) = line.split_once(':').ok_or_else(|| invalid("no header"))?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

async fn line(stream: &mut (impl AsyncBufRead + Unpin)) -> Result<String, Error> {
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn invalid(what: &str) -> Error {
    Error::new(ErrorKind::InvalidData, what)
}

/// An answer on its way.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) end: End,
}

/// How a client learns where an answer ends.
#[derive(PartialEq)]
pub(crate) enum End {
    /// By its length. The connection can be used again.
    Length,
    /// By the end of the connection.
    Close,
    /// Not at all: the connection ends one byte too early.
    CutOff,
    /// Not at all: the last byte does not come, and the connection stays open.
    Never,
    /// Not at all: the connection is reset before the answer.
    Reset,
}

pub(crate) async fn write(stream: &mut (impl AsyncWrite + Unpin), response: &Response) -> Result<(), Error> {
    if response.end == End::Reset {
        return Ok(());
    }
    let mut head = format!("HTTP/1.1 {} \r\n", response.status);
    for (name, value) in &response.headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &match response.end {
        End::Length | End::Reset => format!("content-length: {}\r\n", response.body.len()),
        End::CutOff | End::Never => format!("content-length: {}\r\n", response.body.len() + 1),
        End::Close => "connection: close\r\n".to_owned(),
    };
    stream.write_all(format!("{head}\r\n").as_bytes()).await?;
    stream.write_all(&response.body).await?;
    stream.flush().await
}
