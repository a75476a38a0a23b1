//! Each source against a server on this machine or files in a folder of its own.

mod cache;
mod canary;
mod chain;
mod ecs;
mod files;
mod server;
mod sts;
mod uri;

use super::*;
use crate::transport::HyperTransport;
use server::{Received, Server};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tempfile::TempDir;

/// The time at which every test begins: noon of 31 January 2026.
const NOON: u64 = 1_769_860_800;

/// A clock that a test sets.
#[derive(Debug)]
struct Clock {
    now: Mutex<SystemTime>,
    given: AtomicUsize,
}

impl Clock {
    fn new() -> Self {
        Self {
            now: Mutex::new(SystemTime::UNIX_EPOCH + Duration::from_secs(NOON)),
            given: AtomicUsize::new(0),
        }
    }

    fn advance(&self, seconds: u64) {
        *self.now.lock().unwrap() += Duration::from_secs(seconds);
    }
}

impl Stamps for Clock {
    fn now(&self) -> SystemTime {
        *self.now.lock().unwrap()
    }

    fn unique(&self) -> io::Result<String> {
        Ok(format!("unique-{}", self.given.fetch_add(1, Ordering::Relaxed)))
    }
}

/// What a client would lend, and the runtime that its transport needs.
struct World {
    clock: Arc<Clock>,
    transport: HyperTransport,
    runtime: tokio::runtime::Runtime,
}

impl World {
    fn new() -> Self {
        Self {
            clock: Arc::new(Clock::new()),
            transport: HyperTransport::without_tls(Duration::from_secs(30), &crate::config::Proxy::None)
                .unwrap(),
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
        }
    }

    fn context(&self) -> ProviderContext<'_> {
        ProviderContext::new(&self.transport, self.clock.as_ref())
    }

    fn ask(&self, source: &dyn ProvideCredentials) -> Result<Credentials, CredentialsError> {
        self.runtime.block_on(source.provide(self.context()))
    }

    /// Id of the access key that the source gives.
    fn id(&self, source: &dyn ProvideCredentials) -> String {
        self.ask(source).unwrap().access_key_id().to_owned()
    }

    /// Text of the error that the source gives.
    fn error(&self, source: &dyn ProvideCredentials) -> String {
        self.ask(source).unwrap_err().to_string()
    }
}

/// An environment of these variables alone.
fn environment(variables: &[(&str, &str)]) -> Environment {
    let variables: Vec<(String, String)> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Environment::new(move |name| {
        variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    })
}

/// A home directory with this file in it.
fn home(path: &str, text: &str) -> TempDir {
    let home = TempDir::new().unwrap();
    add(&home, path, text);
    home
}

fn add(home: &TempDir, path: &str, text: &str) {
    let path = home.path().join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn path(directory: &TempDir) -> &str {
    directory.path().to_str().unwrap()
}

/// A session as a server answers it, lasting so many seconds from noon.
fn session(id: &str, seconds: u64) -> String {
    let expiration = crate::time::format(SystemTime::UNIX_EPOCH + Duration::from_secs(NOON + seconds));
    format!(
        r#"{{"Code":"Success","AccessKeyId":"{id}","AccessKeySecret":"secret-of-{id}","SecurityToken":"token-of-{id}","Expiration":"{expiration}"}}"#
    )
}

/// An STS that names the session after the role, and the role after it who asked.
fn sts() -> Server {
    Server::start(|request| {
        let form = request.form();
        let asked_by = form.get("AccessKeyId").or(form.get("OIDCToken")).unwrap();
        let id = format!("{}-by-{asked_by}", form["RoleArn"].rsplit('/').next().unwrap());
        let session = session(&id, 3600).replace(r#""Code":"Success","#, "");
        (200, format!(r#"{{"RequestId":"r-1","AssumedRoleUser":{{}},"Credentials":{session}}}"#))
    })
}

/// A metadata service of an instance with one role.
fn metadata() -> Server {
    Server::start(|request| match (request.method.as_str(), request.target.as_str()) {
        ("PUT", "/latest/api/token") => (200, "metadata-token".to_owned()),
        _ if request.header("x-aliyun-ecs-metadata-token") != Some("metadata-token") => (403, String::new()),
        ("GET", "/latest/meta-data/ram/security-credentials/") => (200, "the-role".to_owned()),
        ("GET", "/latest/meta-data/ram/security-credentials/the-role") => (200, session("of-ecs", 3600)),
        _ => (404, String::new()),
    })
}
