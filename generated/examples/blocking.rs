//! A script without async: which routers of the region are out of service, and are they to be brought back?
//!
//! Region and credentials come from the environment. With `--recover` it brings them back.

use express_connect::Error;
use express_connect::blocking::Client;
use express_connect::virtual_border_router::*;

fn main() -> Result<(), Error> {
    let client = Client::from_env()?;
    for router in terminated(&client)? {
        println!("{router} is terminated");
        if std::env::args().any(|argument| argument == "--recover") {
            recover(&client, &router)?;
        }
    }
    Ok(())
}

pub(crate) fn terminated(client: &Client) -> Result<Vec<VbrId>, Error> {
    let filter = VbrFilter::status([VbrStatus::Terminated]);
    let routers = DescribeVirtualBorderRouters::new().filter(filter).items(client);
    routers.filter_map(|router| router.map(|router| router.vbr_id).transpose()).collect()
}

pub(crate) fn recover(client: &Client, router: &VbrId) -> Result<(), Error> {
    match RecoverVirtualBorderRouter::new(router).send_and_wait(client) {
        Ok((_, state)) => println!("{router} is {state}"),
        // The line has another router with its VLAN by now, or was given up: leave it as it is.
        Err(error) if error.code().is_some() => eprintln!("{router} stays terminated: {error}"),
        Err(error) => return Err(error),
    }
    Ok(())
}
