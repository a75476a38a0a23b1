//! Requests that the service only checks.

use crate::retries::refusal;
use crate::waits::stage;
use express_connect::physical_connection::*;
use express_connect::{ErrorKind, schema};
use express_connect_tests::Answer;

/// The actions that have a dry run, by the spec.
#[tokio::test]
async fn a_dry_run_is_told_from_a_refusal() {
    let (server, client, _) = stage().await;
    let request = RecoverPhysicalConnection::new("pc-1");
    for answer in [
        Answer::Raw(200, br#"{"RequestId": "R-1"}"#.to_vec()),
        Answer::Raw(200, br#"{"RequestId": "R-1", "Code": "DRYRUN.SUCCESS", "Message": "OK"}"#.to_vec()),
        refusal(400, "DRYRUN.SUCCESS"),
        refusal(200, "DRYRUN.SUCCESS"),
    ] {
        server.next(answer);
        assert_eq!(request.dry_run(&client).await.unwrap().request_id.as_deref(), Some("R-1"));
        assert_eq!(server.last().parameters["DryRun"], "true");
    }
    for status in [400, 200] {
        server.next(refusal(status, "IncorrectStatus.PhysicalConnection"));
        let error = request.dry_run(&client).await.unwrap_err();
        assert_eq!(error.code().unwrap().as_str(), "IncorrectStatus.PhysicalConnection");
        assert_eq!(error.status(), Some(status));
    }
    server.next(Answer::Raw(200, br#"{"RequestId": "R-1", "Code": "200"}"#.to_vec()));
    request.dry_run(&client).await.unwrap();
    // It changes nothing, so that it is repeated as a look-up is, though nothing tells whether it arrived.
    server.next(Answer::Reset);
    request.dry_run(&client).await.unwrap();
    server.next(Answer::Raw(200, b"<html>".to_vec()));
    let error = request.dry_run(&client).await.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Unreadable(_)) && !error.may_have_changed_something(),
        "{error}"
    );
    let with_dry_run = schema::SERVICE.actions.iter().filter(|action| action.dry_run.is_some()).count();
    assert_eq!(with_dry_run, 7);
}
