//! Two border routers on two lines as a failover pair: when one line breaks, the other takes over.
//!
//! Region and credentials come from the environment; the routers are the arguments.

use express_connect::virtual_border_router::*;
use express_connect::{Client, Error, ErrorCode};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let routers: Vec<String> = std::env::args().skip(1).collect();
    let [first, second] = &routers[..] else { return Err("usage: failover VBR_ID VBR_ID".into()) };
    let pair = pair(&Client::from_env()?, &first.as_str().into(), &second.as_str().into()).await?;
    println!("failover pair {pair}");
    Ok(())
}

pub(crate) async fn pair(client: &Client, first: &VbrId, second: &VbrId) -> Result<VbrHaId, Error> {
    let request =
        CreateVbrHa::new(CreateVbrHaRequired { vbr_id: first.clone(), peer_vbr_id: second.clone() });
    let request = request.name("idc-hangzhou").description("Failover of the two lines");
    // Would it work? Nothing is made yet, and the error says what is missing.
    if let Err(error) = request.dry_run(client).await {
        if let Some(code @ ErrorCode::ResourceNotFoundVbr) = error.code() {
            eprintln!("{code}: is the region that of both routers?");
        }
        return Err(error);
    }
    let (answer, state) = request.send_and_wait(client).await?;
    println!("{} is {state}", answer.vbr_ha_id);
    Ok(answer.vbr_ha_id)
}
