use express_connect::Client;
use express_connect::virtual_border_router::*;

fn main() {
    let router = VbrId::from("vbr-bp136flp1mf8mlq6r0001");
    let client = Client::from_env().unwrap();
    let _wait = router.wait_until(VbrHaStatus::Active, &client);
}
