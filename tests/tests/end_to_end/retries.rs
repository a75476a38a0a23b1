//! Which calls are repeated after which failures.

mod actions;
mod course;
mod rows;

use crate::support::credentials;
use aliyun_rpc::{Sleep, Sleeping, Stamps};
use express_connect::physical_connection::*;
use express_connect::{Client, Config, Error, Retries};
use express_connect_tests::{Answer, Received, Server};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// A clock that only waiting moves, unique texts that are numbered, and no randomness: each wait is half of the longest.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rehearsal {
    waits: Arc<Mutex<Vec<Duration>>>,
    texts: Arc<AtomicU64>,
}

/// 2022-07-06T08:01:09Z
const NOW: Duration = Duration::from_secs(1_657_094_469);

impl Rehearsal {
    /// The waits so far.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }
}

impl Sleep for Rehearsal {
    fn sleep(&self, time: Duration) -> Sleeping<'_> {
        self.waits.lock().unwrap().push(time);
        Box::pin(std::future::ready(()))
    }
}

impl Stamps for Rehearsal {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + NOW + self.elapsed()
    }

    fn unique(&self) -> std::io::Result<String> {
        Ok(format!("unique-{}", self.texts.fetch_add(1, Ordering::Relaxed)))
    }

    fn elapsed(&self) -> Duration {
        self.waits().into_iter().sum()
    }

    fn random(&self) -> f64 {
        0.5
    }
}

/// The defaults, on the stage.
pub(crate) fn config(endpoint: String, rehearsal: &Rehearsal) -> Config {
    let config = Config::new().endpoint(endpoint).region("cn-hangzhou").credentials(credentials());
    config.sleep(rehearsal.clone()).stamps(rehearsal.clone())
}

fn client(server: &Server) -> (Client, Rehearsal) {
    let rehearsal = Rehearsal::default();
    (Client::new(config(server.endpoint(), &rehearsal)).unwrap(), rehearsal)
}

/// Kinds of call, in the order of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Reads,
    WithToken,
    WithoutToken,
}

const KINDS: [Kind; 3] = [Kind::Reads, Kind::WithToken, Kind::WithoutToken];

/// Makes a call of this kind.
async fn send(kind: Kind, client: &Client) -> Result<(), Error> {
    match kind {
        Kind::Reads => DescribePhysicalConnections::new().send(client).await.map(drop),
        Kind::WithToken => EnablePhysicalConnection::new("pc-1").send(client).await.map(drop),
        Kind::WithoutToken => OpenPhysicalConnectionService::new().send(client).await.map(drop),
    }
}

/// A refusal in the service's own form.
pub(crate) fn refusal(status: u16, code: &str) -> Answer {
    Answer::Raw(status, body(code).into_bytes())
}

fn body(code: &str) -> String {
    format!(r#"{{"RequestId": "R-1", "Code": "{code}", "Message": "No."}}"#)
}

/// The attempts that reached a server: signed anew each time, with one token for all.
fn attempts(server: &Server) -> Vec<Received> {
    let attempts = server.received();
    assert!(attempts.iter().all(|attempt| attempt.refused.is_none()), "{attempts:?}");
    for pair in attempts.windows(2) {
        let [before, after] = pair else { unreachable!() };
        assert_ne!(before.parameters["SignatureNonce"], after.parameters["SignatureNonce"]);
        assert_ne!(before.parameters["Signature"], after.parameters["Signature"]);
        assert_eq!(before.parameters.get("ClientToken"), after.parameters.get("ClientToken"));
    }
    attempts
}

/// A table of the page on retries: the cells of its rows, below these heads.
fn table(heads: &str) -> Vec<Vec<String>> {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../generated/docs/retries.md"));
    let page = page.unwrap();
    let mut lines = page.lines().skip_while(|line| !line.starts_with(heads)).skip(2);
    let rows = std::iter::from_fn(|| lines.next().filter(|line| line.starts_with('|')));
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn no_retries(config: Config) -> Client {
    Client::new(config.retries(Retries::off())).unwrap()
}
