use express_connect::physical_connection::*;

fn main() {
    let _letter = ApplyPhysicalConnectionLoa::new(ApplyPhysicalConnectionLoaRequired {
        instance_id: "pc-bp1qrb3044eqi0001".into(),
        company_name: "company".into(),
        line_type: LoaLineType::Fibre,
        construction_time: "2022-02-28T16:00:00Z".into(),
    });
}
