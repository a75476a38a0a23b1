//! Waits that end without their goal, or before they begin.

use crate::retries::refusal;
use crate::waits::{show, shown, stage, unsettled};
use express_connect::bgp::*;
use express_connect::physical_connection::*;
use express_connect::route_entry::*;
use express_connect::types::BgpNetworkKey;
use express_connect::virtual_border_router::*;
use express_connect::{AnswerFormat, ErrorKind, UnsettledReason, Wait};
use express_connect_tests::Answer;
use std::sync::mpsc;
use std::time::Duration;

#[tokio::test]
async fn a_look_up_that_goes_round_in_circles_ends() {
    let (server, client, _) = stage().await;
    let key = BgpNetworkKey { router_id: "vbr-1".into(), dst_cidr_block: "10.0.0.0/8".to_owned() };
    let told = [("DstCidrBlock", "10.0.0.0/8")];
    for _ in 0..2 {
        server.next(shown("BgpNetwork", &told, None, AnswerFormat::Json));
    }
    let error = key.wait_until(BgpNetworkStatus::Enabled, &client).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::RepeatedPage { parameter: "PageNumber" }), "{error}");
    assert_eq!(server.received().len(), 2);
    let (server, client, _) = stage().await;
    let body = r#"{"TotalCount": 1, "BgpNetworks": {"BgpNetwork": [{"DstCidrBlock": "other", "Status": "Enabled"}]}}"#;
    server.next(Answer::Raw(200, body.into()));
    key.wait_until_gone(&client).await.unwrap();
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_wait_that_nothing_can_come_of_sends_nothing() {
    let (server, client, _) = stage().await;
    let error = client.call("", [("A", "1")]).await.unwrap_err();
    assert!(error.to_string().contains("the action has no name"), "{error}");
    let error = VbrId::from("").wait_until_gone(&client).await.unwrap_err();
    let text = "VbrId is empty, which would stand for any VirtualBorderRouter; give the one to wait for";
    assert_eq!(error.to_string(), text);
    let network = BgpNetworkKey { router_id: "vbr-1".into(), dst_cidr_block: String::new() };
    let error = network.wait_until(BgpNetworkStatus::Enabled, &client).await.unwrap_err();
    assert!(error.to_string().starts_with("DstCidrBlock is empty"), "{error}");
    let none: [&VbrStatus; 0] = [];
    let error = client.wait(Wait::until_any(&VbrId::from("vbr-1"), none)).await.unwrap_err();
    assert!(error.to_string().starts_with("there is no state to wait for"), "{error}");
    assert!(matches!(error.kind(), ErrorKind::Unfit(_)));
    let delete = DeleteRouteEntry::new().route_table_id("").route_entry_id("rte-1").next_hop_id("ri-1");
    let error = delete.send_and_wait(&client).await.unwrap_err();
    assert_eq!(error.to_string(), "DeleteRouteEntry: set RouteTableId in the request, or send it alone");
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn what_was_started_is_told_when_the_wait_fails() {
    let (server, client, _) = stage().await;
    server.next(Answer::Example);
    for _ in 0..99 {
        server.next(refusal(503, "ServiceUnavailable"));
    }
    let request = TerminateVirtualBorderRouter::new("vbr-1").client_token("token-1");
    let error = request.send_and_wait(&client).await.unwrap_err();
    let started = error.started().unwrap();
    assert_eq!(
        (started.action, started.key.as_slice()),
        ("TerminateVirtualBorderRouter", &["vbr-1".to_owned()][..])
    );
    assert!(started.request_id.is_some());
    assert_eq!(unsettled(&error), UnsettledReason::NoAnswer);
    assert!(error.may_have_changed_something() && !error.is_retryable());
    let text = error.to_string();
    assert!(text.starts_with("TerminateVirtualBorderRouter succeeded for vbr-1 (request "), "{text}");
    assert!(
        text.contains(
            ") and must not be sent again, but the wait for it failed; VirtualBorderRouter vbr-1 is not "
        ),
        "{text}"
    );
    assert!(text.contains("; the last look failed: DescribeVirtualBorderRouters: HTTP 503 "), "{text}");
    assert!(std::error::Error::source(&error).is_some());
    // The call itself started nothing.
    let (server, client, _) = stage().await;
    server.next(refusal(403, "Forbidden.RAM"));
    assert_eq!(request.send_and_wait(&client).await.unwrap_err().started(), None);
    // An answer that does not name what is new.
    server.next(Answer::Raw(200, br#"{"RequestId": "R-1"}"#.to_vec()));
    let error = CreateVirtualBorderRouter::new("pc-1", 1).vbr_owner_id("1").send_and_wait(&client).await;
    let error = error.unwrap_err();
    assert_eq!(error.started().unwrap().request_id.as_deref(), Some("R-1"), "{error}");
}

#[tokio::test]
async fn a_wait_ends_early_where_the_goal_is_out_of_reach() {
    let (server, client, rehearsal) = stage().await;
    let line = PhysicalConnectionId::from("pc-1");
    show(&server, "PhysicalConnection", &[Some("Initial"), Some("Canceled")]);
    let error = line.wait_until(PhysicalConnectionStatus::Enabled, &client).await.unwrap_err();
    assert_eq!(unsettled(&error), UnsettledReason::Unreachable);
    let text = error.to_string();
    assert!(text.starts_with("PhysicalConnection pc-1 is not Enabled: it is Canceled, from which no way leads there (2 looks in "), "{text}");
    assert_eq!((server.received().len(), rehearsal.waits().len()), (2, 1));

    show(&server, "PhysicalConnection", &[Some("Confirmed"); 9]);
    let error = line.wait_until(PhysicalConnectionStatus::Enabled, &client).await.unwrap_err();
    assert_eq!(unsettled(&error), UnsettledReason::NothingStarted);

    server.forget();
    show(&server, "PhysicalConnection", &[Some("Allocating"), None]);
    let error = line.wait_until(PhysicalConnectionStatus::Allocated, &client).await.unwrap_err();
    assert_eq!(unsettled(&error), UnsettledReason::Gone);

    show(&server, "PhysicalConnection", &[None; 30]);
    let error = line.wait_until(PhysicalConnectionStatus::Allocated, &client).await.unwrap_err();
    assert_eq!(unsettled(&error), UnsettledReason::NotFound);
}

#[tokio::test]
async fn a_wait_for_the_end_takes_every_sign_of_it() {
    let (server, client, _) = stage().await;
    show(&server, "VirtualBorderRouter", &[Some("deleting"), None]);
    VbrId::from("vbr-1").wait_until_gone(&client).await.unwrap();
    show(&server, "VbrHa", &[Some("Active")]);
    server.next(refusal(404, "ResourceNotFound.VbrHa"));
    VbrHaId::from("vbrha-1").wait_until_gone(&client).await.unwrap();
    show(&server, "BgpPeer", &[Some("Deleting"), Some("Deleted")]);
    BgpPeerId::from("bgp-1").wait_until_gone(&client).await.unwrap();
    show(&server, "PhysicalConnectionLoa", &[Some("Deleted")]);
    PhysicalConnectionId::from("pc-1").wait_until_gone::<LoaStatus, _>(&client).await.unwrap();
}

#[tokio::test]
async fn a_wait_for_a_service_that_never_answers_ends() {
    let (server, client, rehearsal) = stage().await;
    let ends = async |wait: Wait<VbrStatus>| {
        let begun: Duration = rehearsal.waits().iter().sum();
        for _ in 0..99 {
            server.next(refusal(503, "ServiceUnavailable"));
        }
        let error = client.wait(wait).await.unwrap_err();
        server.forget();
        assert_eq!(unsettled(&error), UnsettledReason::NoAnswer);
        assert!(!error.is_retryable(), "{error}");
        rehearsal.waits().iter().sum::<Duration>() - begun
    };
    let (send, failures) = mpsc::channel();
    let wait = Wait::until(&VbrId::from("vbr-1"), &VbrStatus::Active).on_progress(move |progress| {
        send.send(progress.failure.map(ToString::to_string)).unwrap();
    });
    let passed = ends(wait).await;
    assert!((60..95).contains(&passed.as_secs()), "{passed:?}");
    assert!(failures.iter().all(|failure| failure.is_some_and(|text| text.contains("HTTP 503"))));
    let wait = Wait::until(&VbrId::from("vbr-1"), &VbrStatus::Active).deadline(Duration::from_secs(4));
    assert_eq!(ends(wait).await, Duration::from_secs(4));
}

#[tokio::test]
async fn a_look_that_fails_for_a_time_ends_no_wait() {
    let (server, client, _) = stage().await;
    for _ in 0..3 {
        server.next(refusal(503, "ServiceUnavailable"));
    }
    show(&server, "VirtualBorderRouter", &[Some("recovering"), Some("active")]);
    assert_eq!(VbrId::from("vbr-1").wait_until(VbrStatus::Active, &client).await.unwrap(), VbrStatus::Active);
    assert_eq!(server.received().len(), 5);
    server.next(refusal(403, "Forbidden.RAM"));
    let error = VbrId::from("vbr-1").wait_until(VbrStatus::Active, &client).await.unwrap_err();
    assert_eq!(error.code().unwrap().as_str(), "Forbidden.RAM");
}
