use express_connect::physical_connection::*;

fn main() {
    let router = VbrId::from("vbr-bp136flp1mf8mlq6r0001");
    let _confirmed = ConfirmPhysicalConnection::new(router);
}
