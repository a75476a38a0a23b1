//! How parameters travel: encoding, method, and what the client adds.

use crate::support::{client, config};
use express_connect::physical_connection::*;
use express_connect::{Client, ErrorCode};
use express_connect_tests::Server;
use std::collections::HashSet;

/// Every character that an encoding can trip over.
const AWKWARD: &str = "线路 a+b%2B*~-_.!'()/?:@&=;,$#[]{}|\\\"<>^`\t\r\né😀%";

#[tokio::test]
async fn awkward_values_arrive_as_they_are() {
    let server = Server::start().await;
    let client = client(&server);
    let request = CreatePhysicalConnection::new("ap-1", LineOperator::Unknown(AWKWARD.to_owned()))
        .description(AWKWARD)
        .circuit_code("")
        .peer_location(AWKWARD.repeat(100));
    request.send(&client).await.unwrap();
    let received = server.last();
    assert_eq!(received.method, "POST");
    for name in ["LineOperator", "Description"] {
        assert_eq!(received.parameters[name], AWKWARD);
    }
    assert_eq!(received.parameters["PeerLocation"], AWKWARD.repeat(100));
    assert_eq!(received.parameters["CircuitCode"], "");

    request.peer_location(AWKWARD).send(&client).await.unwrap();
    let received = server.last();
    assert_eq!((received.method.as_str(), received.parameters["PeerLocation"].as_str()), ("GET", AWKWARD));
}

#[tokio::test]
async fn many_parameters_go_into_a_form() {
    let server = Server::start().await;
    let ids = |count| (0..count).map(|index| format!("pc-bp1{index:020}"));
    let request = ListVirtualPhysicalConnections::new().virtual_physical_connection_ids(ids(20));
    request.send(&client(&server)).await.unwrap();
    let received = server.last();
    assert_eq!(received.method, "GET");
    assert!(received.target.starts_with("/?AccessKeyId=") && received.target.len() < 4096);

    let request = ListVirtualPhysicalConnections::new().virtual_physical_connection_ids(ids(120));
    request.send(&client(&server)).await.unwrap();
    let received = server.last();
    assert_eq!((received.method.as_str(), received.target.as_str()), ("POST", "/"));
    for (index, id) in ids(120).enumerate() {
        assert_eq!(received.parameters[&format!("VirtualPhysicalConnectionIds.{}", index + 1)], id);
    }
}

#[tokio::test]
async fn the_client_adds_region_and_token() {
    let server = Server::start().await;
    let client = client(&server);
    let request = ConfirmPhysicalConnection::new("pc-1");
    let mut tokens = HashSet::new();
    for _ in 0..3 {
        request.send(&client).await.unwrap();
        let parameters = server.last().parameters;
        assert_eq!(parameters["RegionId"], "cn-hangzhou");
        assert!((1..=64).contains(&parameters["ClientToken"].len()));
        tokens.insert(parameters["ClientToken"].clone());
    }
    assert_eq!(tokens.len(), 3);

    request.region_id("cn-beijing").client_token("mine").send(&client).await.unwrap();
    let parameters = server.last().parameters;
    assert_eq!((parameters["RegionId"].as_str(), parameters["ClientToken"].as_str()), ("cn-beijing", "mine"));
}

#[tokio::test]
async fn without_a_region_nothing_is_sent() {
    let server = Server::start().await;
    let config = config(&server).region("");
    assert!(Client::new(config).is_err());
    let nowhere = express_connect::Config::new().endpoint(server.endpoint());
    let client = Client::new(nowhere.credentials(crate::support::credentials())).unwrap();
    let error = OpenPhysicalConnectionService::new().send(&client).await.unwrap_err();
    assert!(error.to_string().contains("RegionId: required, but missing"), "{error}");
    assert!(error.to_string().contains("with Config::region, or in ALIBABA_CLOUD_REGION_ID"), "{error}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_parameter_can_be_set_by_name() {
    let server = Server::start().await;
    let client = client(&server);
    let request = DescribePhysicalConnections::new().page_size(10).parameter("PageSize", "20");
    request.send(&client).await.unwrap();
    assert_eq!(server.last().parameters["PageSize"], "20");
    let error = request.parameter("Mtu", "8500").send(&client).await.unwrap_err();
    assert_eq!(error.code(), Some(ErrorCode::InvalidParameter));
    assert_eq!(server.last().parameters["Mtu"], "8500");
}

#[tokio::test]
async fn the_user_agent_names_crate_and_tool() {
    let server = Server::start().await;
    let client = Client::new(config(&server).user_agent("my-tool/1.2")).unwrap();
    OpenPhysicalConnectionService::new().send(&client).await.unwrap();
    let headers = server.last().headers;
    let agent = headers.iter().find(|(name, _)| name == "user-agent").map(|(_, value)| value.as_str());
    assert!(agent.is_some_and(|agent| agent.starts_with("aliyun-rpc/") && agent.ends_with(" my-tool/1.2")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_calls_at_once() {
    let server = Server::start().await;
    let client = client(&server);
    let calls: Vec<_> = (0..50)
        .map(|index| {
            let client = client.clone();
            tokio::spawn(async move {
                let name = PhysicalConnectionFilter::name([format!("line-{index}")]);
                DescribePhysicalConnections::new().filter(name).send(&client).await
            })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().physical_connection_set.len(), 1);
    }
    let received = server.received();
    let names: HashSet<_> = received.iter().map(|call| &call.parameters["Filter.1.Value.1"]).collect();
    let nonces: HashSet<_> = received.iter().map(|call| &call.parameters["SignatureNonce"]).collect();
    assert_eq!((received.len(), names.len(), nonces.len()), (50, 50, 50));
}
