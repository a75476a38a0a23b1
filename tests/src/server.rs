//! The server itself.

use crate::answer::{Answer, Format};
use crate::form::{self, Form};
use crate::gateway::{self, Fault};
use crate::http::{self, End, Request, Response};
use crate::signature::acs3;
use std::collections::{HashSet, VecDeque};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// A server on this machine. It ends when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    scheme: &'static str,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

/// A call that reached the server.
#[derive(Clone, Debug)]
pub struct Received {
    /// HTTP method.
    pub method: String,
    /// Path and query as sent.
    pub target: String,
    /// Headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// Parameters from query and form; what stands in headers has the name that it has in a query.
    pub parameters: Form,
    /// Code with which the gateway refused the call.
    pub refused: Option<String>,
}

#[derive(Debug, Default)]
struct State {
    next: VecDeque<Answer>,
    nonces: HashSet<String>,
    received: Vec<Received>,
    /// How many connections are to be reset as soon as they are there.
    resets: usize,
}

impl Server {
    /// Starts a server for `http`.
    ///
    /// # Panics
    /// When there is no port to listen on.
    pub async fn start() -> Self {
        Self::listen("http", None).await
    }

    /// Starts a server for `https`, with the certificate of this configuration.
    ///
    /// # Panics
    /// When there is no port to listen on.
    pub async fn start_tls(config: ServerConfig) -> Self {
        Self::listen("https", Some(TlsAcceptor::from(Arc::new(config)))).await
    }

    async fn listen(scheme: &'static str, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::<Mutex<State>>::default();
        let task = tokio::spawn(accept(listener, tls, Arc::clone(&state)));
        Self { address, scheme, state, task }
    }

    /// Where to reach it: `http://127.0.0.1:40123`, `https://localhost:40124`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        match self.scheme {
            "https" => format!("https://localhost:{}", self.address.port()),
            scheme => format!("{scheme}://{}", self.address),
        }
    }

    /// Puts down an answer for the next good call that has none yet. Without one a call gets the action's example.
    pub fn next(&self, answer: Answer) {
        self.state.lock().unwrap().next.push_back(answer);
    }

    /// Takes back the answers that no call has got yet.
    pub fn forget(&self) {
        self.state.lock().unwrap().next.clear();
    }

    /// Resets the next connection as soon as it is there.
    pub fn reset_next_connection(&self) {
        self.state.lock().unwrap().resets += 1;
    }

    /// The calls that came so far.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.state.lock().unwrap().received.clone()
    }

    /// The last call.
    ///
    /// # Panics
    /// When there was none.
    #[must_use]
    pub fn last(&self) -> Received {
        self.received().pop().expect("a call was received")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Takes connections; they end with the task.
async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, state: Arc<Mutex<State>>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(connection(stream, tls.clone(), Arc::clone(&state)));
    }
}

/// A connection may break off at any time: that is the client's affair.
async fn connection(
    mut stream: TcpStream,
    tls: Option<TlsAcceptor>,
    state: Arc<Mutex<State>>,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    if state.lock().unwrap().resets_connection() {
        return reset(stream);
    }
    let end = match tls {
        Some(tls) => serve(tls.accept(&mut stream).await?, &state).await?,
        None => serve(&mut stream, &state).await?,
    };
    if end == Some(End::Reset) { reset(stream) } else { Ok(()) }
}

fn reset(stream: TcpStream) -> io::Result<()> {
    stream.set_zero_linger()
}

/// Answers the calls of a connection until it ends; tells how, if it is the server that ends it.
async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, state: &Mutex<State>) -> io::Result<Option<End>> {
    let mut stream = BufReader::new(stream);
    while let Some(request) = http::read(&mut stream).await? {
        let answered = state.lock().unwrap().answer(request);
        let Some(response) = answered else { return std::future::pending().await };
        http::write(&mut stream, &response).await?;
        match response.end {
            End::Length => {}
            End::Never => return std::future::pending().await,
            End::Reset => return Ok(Some(End::Reset)),
            End::Close | End::CutOff => {
                stream.shutdown().await?;
                return Ok(Some(response.end));
            }
        }
    }
    Ok(None)
}

impl State {
    /// Whether a connection that comes now is to be reset.
    fn resets_connection(&mut self) -> bool {
        let resets = self.resets > 0;
        self.resets = self.resets.saturating_sub(1);
        resets
    }

    /// Checks and records a call, and answers it; none if it is to get no answer.
    fn answer(&mut self, request: Request) -> Option<Response> {
        let request_id = format!("0ED8D006-F706-4D23-88ED-{:012X}", self.received.len() + 1);
        let (parameters, checked) = match parameters(&request) {
            Ok(parameters) => {
                let checked = gateway::check(&request, &parameters, &mut self.nonces);
                (parameters, checked)
            }
            Err(fault) => (Form::new(), Err(fault)),
        };
        let format = Format::of(parameters.get("Format"));
        let Request { method, target, headers, .. } = request;
        let refused = checked.as_ref().err().map(|fault| fault.code.clone());
        self.received.push(Received { method, target, headers, parameters, refused });
        match checked {
            Ok(action) => {
                let answer = self.next.pop_front().unwrap_or(Answer::Example);
                answer.response(crate::action(action.name), format, &request_id)
            }
            Err(fault) => Some(format.refusal(&fault, &request_id)),
        }
    }
}

/// The parameters of a call, from its query, with `POST` from its form, and with ACS3-HMAC-SHA256 from its headers.
fn parameters(request: &Request) -> Result<Form, Fault> {
    let broken = |text: String| Fault::new(400, "InvalidParameter", text);
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let form = match (request.method.as_str(), request.header("content-type")) {
        _ if path != "/" => return Err(broken(format!("no such path: {path}"))),
        ("GET" | "POST", None) if request.body.is_empty() => "",
        ("POST", Some("application/x-www-form-urlencoded")) => {
            str::from_utf8(&request.body).map_err(|error| broken(error.to_string()))?
        }
        (method, kind) => return Err(broken(format!("{method} with a body of type {kind:?}"))),
    };
    let mut form = form::parse(&format!("{query}&{form}")).map_err(broken)?;
    if let Some(authorization) = acs3::authorization(request) {
        form.extend(acs3::common(request, &authorization));
    }
    Ok(form)
}
