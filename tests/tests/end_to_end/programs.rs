//! The programs in generated/examples, against the server: what they send, and what comes of it.

use crate::retries::{Rehearsal, config, refusal};
use crate::waits::show;
use express_connect::{Client, Proxy, blocking, transport};
use express_connect_tests::{Answer, Server};
use std::time::Duration;

// Each is included as it stands; only its `main` does not run here.
#[path = "../../../generated/examples/border_router.rs"]
#[allow(dead_code)]
mod border_router;
#[path = "../../../generated/examples/failover.rs"]
#[allow(dead_code)]
mod failover;
#[path = "../../../generated/examples/line.rs"]
#[allow(dead_code)]
mod line;
#[path = "../../../generated/examples/listing.rs"]
#[allow(dead_code)]
mod listing;
#[path = "../../../generated/examples/transport.rs"]
#[allow(dead_code)]
mod meter;
#[path = "../../../generated/examples/blocking.rs"]
#[allow(dead_code)]
mod script;

async fn stage() -> (Server, Client) {
    let server = Server::start().await;
    let client = Client::new(config(server.endpoint(), &Rehearsal::default())).unwrap();
    (server, client)
}

/// The actions that the server was asked for, all of them well signed.
fn asked(server: &Server) -> Vec<String> {
    let received = server.received();
    assert!(received.iter().all(|call| call.refused.is_none()));
    received.into_iter().map(|call| call.parameters["Action"].clone()).collect()
}

#[tokio::test]
async fn a_line_from_its_application_to_enabled() {
    let (server, client) = stage().await;
    for _ in 0..2 {
        server.next(Answer::Example);
    }
    show(
        &server,
        "PhysicalConnection",
        &[Some("Initial"), Some("Approved"), Some("Allocating"), Some("Allocated")],
    );
    server.next(Answer::Example);
    show(&server, "PhysicalConnectionLoa", &[Some("Applying"), Some("Available")]);
    server.next(Answer::Example);
    show(&server, "PhysicalConnectionLoa", &[Some("Completing"), Some("Complete")]);
    for _ in 0..2 {
        server.next(Answer::Example);
    }
    show(&server, "PhysicalConnection", &[Some("Allocated"), Some("Confirmed")]);
    server.next(Answer::Example);
    show(&server, "PhysicalConnection", &[Some("Enabled")]);
    let line = line::lease(&client, &"ap-cn-hangzhou-1".into()).await.unwrap();
    let asked = asked(&server);
    let steps: Vec<&str> =
        asked.iter().filter(|name| !name.starts_with("Describe")).map(String::as_str).collect();
    assert_eq!(
        steps,
        [
            "OpenPhysicalConnectionService",
            "CreatePhysicalConnection",
            "ApplyPhysicalConnectionLOA",
            "CompletePhysicalConnectionLOA",
            "CreatePhysicalConnectionOccupancyOrder",
            "ConfirmPhysicalConnection",
            "EnablePhysicalConnection",
        ]
    );
    assert_eq!(asked.len(), 18);
    assert_eq!(server.last().parameters["Filter.1.Value.1"], line.as_str());
}

#[tokio::test]
async fn a_border_router_with_bgp() {
    let (server, client) = stage().await;
    for (resource, states) in [
        ("VirtualBorderRouter", &[Some("active")][..]),
        ("BgpGroup", &[Some("Available")]),
        ("BgpPeer", &[Some("Pending"), Some("Available")]),
    ] {
        server.next(Answer::Example);
        show(&server, resource, states);
    }
    border_router::connect(&client, &"pc-1".into()).await.unwrap();
    let asked = asked(&server);
    assert_eq!(asked.iter().filter(|name| name.starts_with("Create")).count(), 3);
    assert_eq!(asked.last().unwrap(), "AddBgpNetwork");
}

#[tokio::test]
async fn a_failover_pair() {
    let (server, client) = stage().await;
    server.next(refusal(400, "DRYRUN.SUCCESS"));
    server.next(Answer::Example);
    show(&server, "VbrHa", &[Some("Creating"), Some("Active")]);
    failover::pair(&client, &"vbr-1".into(), &"vbr-2".into()).await.unwrap();
    let received = server.received();
    assert_eq!(received.iter().filter(|call| call.parameters["Action"] == "CreateVbrHa").count(), 2);
    assert_eq!(
        (received[0].parameters.get("DryRun").map(String::as_str), received[1].parameters.get("DryRun")),
        (Some("true"), None)
    );

    // What would not work is not tried.
    server.next(refusal(400, "OperationFailed.BfdNotOpen"));
    failover::pair(&client, &"vbr-1".into(), &"vbr-2".into()).await.unwrap_err();
    assert_eq!(server.last().parameters["DryRun"], "true");
}

#[tokio::test]
async fn a_listing_with_filters() {
    let (server, client) = stage().await;
    let lines = r#"{"PhysicalConnectionSet": {"PhysicalConnectionType": [
        {"PhysicalConnectionId": "pc-1", "Name": "north"}, {"PhysicalConnectionId": "pc-2"}]}, "TotalCount": 2}"#;
    let routers = r#"{"VirtualBorderRouterSet": {"VirtualBorderRouterType": [{"VbrId": "vbr-1"}, {"VbrId": "vbr-2"}]}, "TotalCount": 2}"#;
    let none = r#"{"VirtualBorderRouterSet": {"VirtualBorderRouterType": []}}"#;
    for body in [lines, routers, none] {
        server.next(Answer::Raw(200, body.into()));
    }
    let found = listing::lines(&client).await.unwrap();
    let north = ("north".to_owned(), vec!["vbr-1".to_owned(), "vbr-2".to_owned()]);
    assert_eq!(found, [north, ("pc-2".to_owned(), Vec::new())]);
    assert_eq!(server.received()[0].parameters["Filter.2.Value.2"], "CU");
}

#[tokio::test]
async fn a_script_without_async() {
    let server = Server::start().await;
    let routers =
        r#"{"VirtualBorderRouterSet": {"VirtualBorderRouterType": [{"VbrId": "vbr-1"}]}, "TotalCount": 1}"#;
    server.next(Answer::Raw(200, routers.into()));
    server.next(Answer::Example);
    show(&server, "VirtualBorderRouter", &[Some("recovering"), Some("active")]);
    server.next(refusal(400, "OperationFailed.VlanIdAlreadyInUse"));
    let config = config(server.endpoint(), &Rehearsal::default());
    tokio::task::spawn_blocking(move || {
        let client = blocking::Client::new(config).unwrap();
        let [router] = &script::terminated(&client).unwrap()[..] else { panic!("one router") };
        script::recover(&client, router).unwrap();
        script::recover(&client, router).unwrap();
    })
    .await
    .unwrap();
    assert_eq!(asked(&server).iter().filter(|name| *name == "RecoverVirtualBorderRouter").count(), 2);
}

#[tokio::test]
async fn a_transport_of_ones_own() {
    let server = Server::start().await;
    let lines = r#"{"PhysicalConnectionSet": {"PhysicalConnectionType": [{"PhysicalConnectionId": "pc-1"}]}, "TotalCount": 1}"#;
    server.next(Answer::Raw(200, lines.into()));
    let inner = transport::HyperTransport::without_tls(Duration::from_secs(30), &Proxy::None).unwrap();
    let metered = meter::metered(config(server.endpoint(), &Rehearsal::default()), inner).await.unwrap();
    assert_eq!(metered, format!("1 lines, 1 answers, {} bytes", lines.len()));
}
