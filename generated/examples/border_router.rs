//! A border router on a line, with a BGP session to the data centre.
//!
//! Region and credentials come from the environment; the line is the first argument.

use express_connect::bgp::*;
use express_connect::virtual_border_router::*;
use express_connect::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let line = std::env::args().nth(1).ok_or("usage: border_router PHYSICAL_CONNECTION_ID")?;
    let (router, peer) = connect(&Client::from_env()?, &line.into()).await?;
    println!("router {router}, BGP peer {peer}");
    Ok(())
}

pub(crate) async fn connect(
    client: &Client,
    line: &PhysicalConnectionId,
) -> Result<(VbrId, BgpPeerId), Error> {
    let router = CreateVirtualBorderRouter::new(line, 100)
        .local_gateway_ip("10.0.0.1")
        .peer_gateway_ip("10.0.0.2")
        .peering_subnet_mask("255.255.255.252")
        .name("idc-hangzhou-1");
    // Both gateways must lie in one subnet: this is checked here, and not by the service.
    debug_assert!(router.validate().is_empty());
    let (router, state) = router.send_and_wait(client).await?;
    println!("the router is {state}");

    let group = CreateBgpGroup::new(&router.vbr_id, 65001).name("idc-hangzhou").auth_key("s3cret-md5");
    let (group, _) = group.send_and_wait(client).await?;
    let peer =
        CreateBgpPeer::new(&group.bgp_group_id).peer_ip_address("10.0.0.2").enable_bfd(true).bfd_multi_hop(3);
    let (peer, _) = peer.send_and_wait(client).await?;

    let network = AddBgpNetwork::new(AddBgpNetworkRequired {
        dst_cidr_block: "172.16.0.0/16".into(),
        router_id: router.vbr_id.as_str().into(),
    });
    network.send(client).await?;
    Ok((router.vbr_id, peer.bgp_peer_id))
}
