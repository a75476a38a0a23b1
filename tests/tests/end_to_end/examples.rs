//! Every example of the spec goes over the wire, untyped; some go typed.

use crate::support::{CALLS, FORMATS, client, client_for, documented};
use aliyun_rpc_generator::model::{Action, Example};
use express_connect::physical_connection::*;
use express_connect_tests::{Form, Server, action, model};

/// What reached the server, without what every call brings.
fn arrived(server: &Server) -> Form {
    const COMMON: [&str; 9] = [
        "AccessKeyId",
        "Action",
        "Format",
        "Signature",
        "SignatureMethod",
        "SignatureNonce",
        "SignatureVersion",
        "Timestamp",
        "Version",
    ];
    let received = server.last();
    assert_eq!(received.refused, None);
    let mut parameters = received.parameters;
    for name in COMMON {
        assert!(parameters.remove(name).is_some(), "{name} is missing");
    }
    parameters
}

fn form(pairs: &[(&str, &str)]) -> Form {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn example(name: &str) -> Form {
    action(name).examples[0].request.iter().cloned().collect()
}

fn examples() -> impl Iterator<Item = (&'static Action, &'static Example)> {
    model().actions().flat_map(|action| action.examples.iter().map(move |example| (action, example)))
}

#[tokio::test]
async fn every_example_is_accepted_and_answered() {
    let server = Server::start().await;
    for format in FORMATS {
        let client = client_for(&server, format);
        for (action, example) in examples() {
            let reply = client.call(&action.name, documented(example)).await.unwrap();
            // The server answers with the first example.
            let Example { json, xml, .. } = &action.examples[0];
            let text = if reply.body.starts_with('<') { xml } else { json };
            assert_eq!((reply.status, Some(&reply.body)), (200, text.as_ref()), "{}", action.name);
            assert!(reply.request_id.is_some_and(|id| reply.body.contains(&id)), "{}", action.name);
            let sent: Form = example.request.iter().cloned().collect();
            assert_eq!(arrived(&server), sent, "{}", action.name);
        }
    }
    assert_eq!(server.received().len(), 2 * examples().count());
    assert!(model().actions().all(|action| !action.examples.is_empty()));
}

#[tokio::test]
async fn every_answer_is_the_same_in_json_and_xml() {
    let server = Server::start().await;
    let [json, xml] = FORMATS.map(|format| client_for(&server, format));
    for call in CALLS {
        let from_json = (call.send)(json.clone(), call.example()).await.unwrap();
        assert_eq!(server.last().parameters["Format"], "JSON");
        let from_xml = (call.send)(xml.clone(), call.example()).await.unwrap();
        assert_eq!(server.last().parameters["Format"], "XML");
        assert_eq!(from_json, from_xml);
        assert_ne!(from_json, (call.nothing)());
    }
}

#[tokio::test]
async fn lines_are_listed_by_filter() {
    let server = Server::start().await;
    let request = DescribePhysicalConnections::new()
        .page_size(50)
        .filter(PhysicalConnectionFilter::status([
            PhysicalConnectionStatus::Enabled,
            PhysicalConnectionStatus::AllocationFailed,
        ]))
        .filter(PhysicalConnectionFilter::spec(["1G及以下"]))
        .filter(PhysicalConnectionFilter::physical_connection_id(["pc-1", "pc-2"]));
    let answer = request.client_token("mine").send(&client(&server)).await.unwrap();
    let sent = [
        ("ClientToken", "mine"),
        ("Filter.1.Key", "Status"),
        ("Filter.1.Value.1", "Enabled"),
        ("Filter.1.Value.2", "Allocation Failed"),
        ("Filter.2.Key", "Spec"),
        ("Filter.2.Value.1", "1G及以下"),
        ("Filter.3.Key", "PhysicalConnectionId"),
        ("Filter.3.Value.1", "pc-1"),
        ("Filter.3.Value.2", "pc-2"),
        ("PageSize", "50"),
        ("RegionId", "cn-hangzhou"),
    ];
    assert_eq!(arrived(&server), form(&sent));

    assert_eq!((answer.page_number, answer.page_size, answer.total_count), (1, 10, 1));
    let [line] = &answer.physical_connection_set[..] else { panic!("{answer:?}") };
    assert_eq!(line.physical_connection_id, Some("pc-bp1ciz7ekd2grn1as0001".into()));
    assert_eq!(line.status, Some(PhysicalConnectionStatus::Enabled));
    assert_eq!(line.parent_physical_connection_ali_uid, Some("283117732402483989".into()));
    assert_eq!((line.bandwidth, line.has_reservation_data), (Some(10), Some(false)));
}

#[tokio::test]
async fn a_line_is_created() {
    let server = Server::start().await;
    let request = CreatePhysicalConnection::new("ap-cn-beijing-ft-A", LineOperator::ChinaTelecom)
        .region_id("cn-shanghai")
        .type_(LineType::Vpc)
        .bandwidth(50)
        .peer_location("XX街道")
        .port_type(PortType::Base1000T)
        .redundant_physical_connection_id("pc-119mfjzm0001")
        .description("description")
        .name("test")
        .circuit_code("longtel001")
        .client_token("123e4567-e89b-12d3-a456-426655440000");
    for format in FORMATS {
        let answer = request.send(&client_for(&server, format)).await.unwrap();
        assert_eq!(answer.physical_connection_id, "pc-bp1ciz7ekd2grn1as0001");
        assert_eq!(answer.request_id, "8A6A5EC5-6F6C-4906-9689-56ACE58A13E0");
        assert_eq!(arrived(&server), example("CreatePhysicalConnection"));
    }
}

#[tokio::test]
async fn engineers_are_named() {
    let server = Server::start().await;
    let request = ApplyPhysicalConnectionLoa::new(ApplyPhysicalConnectionLoaRequired {
        instance_id: "pc-bp1qrb3044eqi0001".into(),
        company_name: "company".into(),
        line_type: LoaLineType::Fibre,
        si: "阿里".into(),
        construction_time: "2022-02-28T16:00:00Z".into(),
    })
    .client_token("123e4567-e89b-12d3-a456-426655440000")
    .bandwidth(3)
    .peer_location("杭州")
    .pm_info([ProjectManager::new()
        .pm_certificate_no("500000000000000009")
        .pm_name("张三")
        .pm_certificate_type(CertificateType::IdCard)
        .pm_gender(Gender::Male)
        .pm_contact_info("13900000001")]);
    for format in FORMATS {
        let answer = request.send(&client_for(&server, format)).await.unwrap();
        assert_eq!(answer.request_id, "A47BD386-7FDE-42C4-8D22-C6223D18AA1C");
        assert_eq!(arrived(&server), example("ApplyPhysicalConnectionLOA"));
    }
}

#[tokio::test]
async fn shared_lines_are_listed() {
    let server = Server::start().await;
    let request = ListVirtualPhysicalConnections::new()
        .virtual_physical_connection_ids(["pc-1", "pc-2"])
        .vlan_ids([4, 5])
        .is_confirmed(true)
        .max_results(10);
    let answer = request.send(&client(&server)).await.unwrap();
    let sent = [
        ("IsConfirmed", "true"),
        ("MaxResults", "10"),
        ("RegionId", "cn-hangzhou"),
        ("VirtualPhysicalConnectionIds.1", "pc-1"),
        ("VirtualPhysicalConnectionIds.2", "pc-2"),
        ("VlanIds.1", "4"),
        ("VlanIds.2", "5"),
    ];
    assert_eq!(arrived(&server), form(&sent));
    assert_eq!(answer.virtual_physical_connections.len(), 1, "{answer:?}");
}

#[tokio::test]
async fn the_service_is_opened() {
    let server = Server::start().await;
    let answer = OpenPhysicalConnectionService::new().send(&client(&server)).await.unwrap();
    assert_eq!(answer.request_id, "54B48E3D-DF70-471B-AA93-08E683A1B45");
    assert_eq!(arrived(&server), example("OpenPhysicalConnectionService"));
}
