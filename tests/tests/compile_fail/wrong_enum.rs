use express_connect::physical_connection::*;

fn main() {
    let _filter = PhysicalConnectionFilter::status([PortType::Base1000T]);
}
