//! Every enabled line of a carrier, with the routers on it, whatever number of pages that takes.
//!
//! Region and credentials come from the environment.

use express_connect::physical_connection::*;
use express_connect::virtual_border_router::*;
use express_connect::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    for (line, routers) in lines(&Client::from_env()?).await? {
        println!("{line}: {}", if routers.is_empty() { "no router".to_owned() } else { routers.join(", ") });
    }
    Ok(())
}

pub(crate) async fn lines(client: &Client) -> Result<Vec<(String, Vec<String>)>, Error> {
    let mut found = Vec::new();
    let mut lines = DescribePhysicalConnections::new()
        .filter(PhysicalConnectionFilter::status([PhysicalConnectionStatus::Enabled]))
        .filter(PhysicalConnectionFilter::line_operator([
            LineOperator::ChinaTelecom,
            LineOperator::ChinaUnicom,
        ]))
        .items(client);
    while let Some(line) = lines.next().await {
        let line = line?;
        let Some(id) = line.physical_connection_id else { continue };
        let routers = DescribeVirtualBorderRouters::new()
            .filter(VbrFilter::physical_connection_id([&id]))
            .items(client);
        let routers: Vec<VirtualBorderRouter> = routers.try_collect().await?;
        let routers = routers.into_iter().filter_map(|router| router.vbr_id).map(|router| router.to_string());
        found.push((line.name.unwrap_or_else(|| id.to_string()), routers.collect()));
    }
    Ok(found)
}
