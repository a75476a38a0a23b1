//! A line, from its application to the day on which it carries traffic.
//!
//! Region and credentials come from the environment; the access point is the first argument. In between people work:
//! the provider's, who approve and allocate, and the builder's, who lay the fibre. A program that is stopped meanwhile
//! can go on later, since each step says what it waits for.

use express_connect::physical_connection::*;
use express_connect::{Client, Error, Progress, Wait};
use std::time::Duration;

const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);
const HOUR: Duration = Duration::from_secs(60 * 60);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let access_point = std::env::args().nth(1).ok_or("usage: line ACCESS_POINT_ID")?;
    let line = lease(&Client::from_env()?, &access_point.into()).await?;
    println!("{line} is enabled");
    Ok(())
}

pub(crate) async fn lease(
    client: &Client,
    access_point: &AccessPointId,
) -> Result<PhysicalConnectionId, Error> {
    let line = apply(client, access_point).await?;
    let allocated = Wait::until(&line, &PhysicalConnectionStatus::Allocated).deadline(WEEK).every(HOUR);
    client.wait(allocated.on_progress(report)).await?;
    build(client, &line).await?;
    pay(client, &line).await?;
    ConfirmPhysicalConnection::new(&line).send_and_wait(client).await?;
    EnablePhysicalConnection::new(&line).send_and_wait(client).await?;
    Ok(line)
}

/// Orders a port. Bandwidth and names that are not allowed are refused before anything is sent.
async fn apply(client: &Client, access_point: &AccessPointId) -> Result<PhysicalConnectionId, Error> {
    OpenPhysicalConnectionService::new().send(client).await?;
    let application = CreatePhysicalConnection::new(access_point, LineOperator::ChinaTelecom)
        .peer_location("Data centre, Hangzhou")
        .port_type(PortType::Base10GLr)
        .bandwidth(1000)
        .name("idc-hangzhou-1");
    Ok(application.send(client).await?.physical_connection_id)
}

/// Has the builder admitted, and says so when the fibre is there.
async fn build(client: &Client, line: &PhysicalConnectionId) -> Result<(), Error> {
    let letter = ApplyPhysicalConnectionLoa::new(ApplyPhysicalConnectionLoaRequired {
        instance_id: line.clone(),
        company_name: "Example Works".into(),
        line_type: LoaLineType::Fibre,
        si: "Example Cables".into(),
        construction_time: "2026-12-01T08:00:00Z".into(),
    });
    letter.send(client).await?;
    let admitted = Wait::until(line, &LoaStatus::Available).deadline(WEEK).every(HOUR);
    client.wait(admitted.on_progress(report)).await?;
    CompletePhysicalConnectionLoa::new(line).line_code("longtel001").send(client).await?;
    let complete = Wait::until(line, &LoaStatus::Complete).deadline(WEEK).every(HOUR);
    client.wait(complete.on_progress(report)).await?;
    Ok(())
}

/// Pays for the use of the port, a month at first.
async fn pay(client: &Client, line: &PhysicalConnectionId) -> Result<(), Error> {
    let order = CreatePhysicalConnectionOccupancyOrder::new(line)
        .instance_charge_type(InstanceChargeType::Prepaid)
        .pricing_cycle(PricingCycle::Month)
        .period(1)
        .auto_pay(true);
    order.send(client).await?;
    Ok(())
}

fn report(progress: &Progress<'_>) {
    eprintln!(
        "{} after {:.0?}: {}",
        progress.resource,
        progress.elapsed,
        progress.state.unwrap_or("not found yet")
    );
}
