//! A transport of one's own: it counts what goes over the wire and leaves the rest to the default one.
//!
//! Region and credentials come from the environment.

use express_connect::physical_connection::*;
use express_connect::transport::{HyperTransport, Limits, Sending, Transport, http};
use express_connect::{Client, Config, Error, Proxy};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Bytes of answers, and how many there were.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    answers: AtomicUsize,
    bytes: AtomicUsize,
}

/// Sends with another transport, and counts.
#[derive(Debug)]
pub(crate) struct Metered<T> {
    pub(crate) inner: T,
    pub(crate) meter: Arc<Meter>,
}

impl<T: Transport> Transport for Metered<T> {
    fn send(&self, request: http::Request<Vec<u8>>, limits: Limits) -> Sending<'_> {
        Box::pin(async move {
            let answer = self.inner.send(request, limits).await?;
            self.meter.answers.fetch_add(1, Ordering::Relaxed);
            self.meter.bytes.fetch_add(answer.body().len(), Ordering::Relaxed);
            Ok(answer)
        })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let inner = HyperTransport::new(Duration::from_secs(5), &[], &Proxy::default())?;
    println!("{}", metered(Config::from_env()?, inner).await?);
    Ok(())
}

pub(crate) async fn metered(config: Config, inner: impl Transport + 'static) -> Result<String, Error> {
    let meter = Arc::new(Meter::default());
    let client = Client::new(config.transport(Metered { inner, meter: Arc::clone(&meter) }))?;
    let lines: Vec<PhysicalConnection> =
        DescribePhysicalConnections::new().items(&client).try_collect().await?;
    let (answers, bytes) = (meter.answers.load(Ordering::Relaxed), meter.bytes.load(Ordering::Relaxed));
    Ok(format!("{} lines, {answers} answers, {bytes} bytes", lines.len()))
}
