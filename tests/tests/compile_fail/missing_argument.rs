use express_connect::physical_connection::*;

fn main() {
    let _line = CreatePhysicalConnection::new("ap-cn-beijing-ft-A");
}
