//! What two benchmarks share: a page of lines, the derived structs that it is read into, medians.

use serde::Deserialize;
use std::time::Duration;

/// A page as the service answers it: a wrapped list of this many lines, all fields set.
pub(crate) fn page(lines: usize) -> String {
    let loaded =
        aliyun_rpc_generator::spec::load(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec"));
    let model =
        aliyun_rpc_generator::model::build(&loaded.expect("the spec can be read").spec.expect("no faults"));
    let action =
        model.actions().find(|action| action.name == "DescribePhysicalConnections").expect("the action");
    let example = action.examples[0].json.as_ref().expect("an example");
    let mut json: serde_json::Value = serde_json::from_str(example).expect("the example is JSON");
    let line = json["PhysicalConnectionSet"][0].clone();
    json["PhysicalConnectionSet"] = serde_json::json!({ "PhysicalConnectionType": vec![line; lines] });
    json.to_string()
}

/// What a derived client has: texts and numbers, nothing lenient.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code)]
pub(crate) struct Derived {
    request_id: String,
    page_number: i64,
    page_size: i64,
    total_count: i64,
    pub(crate) physical_connection_set: DerivedSet,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct DerivedSet {
    pub(crate) physical_connection_type: Vec<DerivedLine>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code)]
pub(crate) struct DerivedLine {
    r#type: Option<String>,
    status: Option<String>,
    creation_time: Option<String>,
    ad_location: Option<String>,
    reservation_active_time: Option<String>,
    reservation_order_type: Option<String>,
    port_number: Option<String>,
    spec: Option<String>,
    charge_type: Option<String>,
    reservation_internet_charge_type: Option<String>,
    description: Option<String>,
    bandwidth: Option<i64>,
    enabled_time: Option<String>,
    line_operator: Option<String>,
    peer_location: Option<String>,
    redundant_physical_connection_id: Option<String>,
    name: Option<String>,
    circuit_code: Option<String>,
    end_time: Option<String>,
    port_type: Option<String>,
    business_status: Option<String>,
    loa_status: Option<String>,
    access_point_id: Option<String>,
    access_point_type: Option<String>,
    has_reservation_data: Option<String>,
    physical_connection_id: Option<String>,
    product_type: Option<String>,
    virtual_physical_connection_count: Option<i64>,
    parent_physical_connection_id: Option<String>,
    parent_physical_connection_ali_uid: Option<i64>,
    vlan_id: Option<String>,
    order_mode: Option<String>,
    vpconn_status: Option<String>,
    expect_spec: Option<String>,
}

/// The time in the middle.
pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
