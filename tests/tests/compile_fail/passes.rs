//! The other files of this folder, each with its mistake mended.

use express_connect::Wait;
use express_connect::physical_connection::*;
use express_connect::virtual_border_router::*;

pub(crate) fn main() {
    let _line = CreatePhysicalConnection::new("ap-cn-beijing-ft-A", LineOperator::ChinaTelecom);

    let _letter = ApplyPhysicalConnectionLoa::new(ApplyPhysicalConnectionLoaRequired {
        instance_id: "pc-bp1qrb3044eqi0001".into(),
        company_name: "company".into(),
        line_type: LoaLineType::Fibre,
        si: "builder".into(),
        construction_time: "2022-02-28T16:00:00Z".into(),
    });

    let _filter = PhysicalConnectionFilter::status([PhysicalConnectionStatus::Enabled]);

    let line = PhysicalConnectionId::from("pc-119mf0001");
    let _confirmed = ConfirmPhysicalConnection::new(&line);
    let _enabled = EnablePhysicalConnection::new(line);

    let router = VbrId::from("vbr-bp136flp1mf8mlq6r0001");
    let _wait = Wait::until(&router, &VbrStatus::Active);
}
