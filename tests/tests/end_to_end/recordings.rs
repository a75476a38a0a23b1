//! What was recorded is replayed, by both clients, and holds no secret.

use crate::blocking::outside;
use crate::pages::THREE;
use crate::pages::lists::LISTS;
use crate::retries::{Rehearsal, config as on_stage, refusal};
use crate::support::{CALLS, FORMATS, config};
use express_connect::physical_connection::*;
use express_connect::recording::{Recording, Replay};
use express_connect::schema::SERVICE;
use express_connect::transport::TransportErrorKind;
use express_connect::{Client, Config, Error, ErrorKind, Parameters, SignatureVersion, blocking};
use express_connect_tests::{Answer, Server};
use std::path::PathBuf;
use tempfile::TempDir;

const VERSIONS: [SignatureVersion; 2] = [SignatureVersion::V1, SignatureVersion::Acs3];

fn file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recording.json");
    (folder, path)
}

fn replay(path: &PathBuf) -> (Config, Replay) {
    let replay = Replay::load(&SERVICE, path).unwrap();
    (Config::new().region("cn-hangzhou").replay(&replay), replay)
}

fn is_miss(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Transport(error) if error.kind() == TransportErrorKind::NotRecorded)
}

fn line(status: &str) -> Answer {
    let line = format!(r#"{{"PhysicalConnectionId": "pc-1", "Status": "{status}"}}"#);
    let body =
        format!(r#"{{"TotalCount": 1, "PhysicalConnectionSet": {{"PhysicalConnectionType": [{line}]}}}}"#);
    Answer::Raw(200, body.into_bytes())
}

#[tokio::test]
async fn every_action_is_replayed_as_it_was() {
    for (format, version) in FORMATS.into_iter().flat_map(|format| VERSIONS.map(|version| (format, version)))
    {
        let server = Server::start().await;
        let recording = Recording::new(&SERVICE);
        let live = config(&server).answer_format(format).signature(version).record(&recording);
        let live = Client::new(live).unwrap();
        let mut expected = Vec::new();
        for call in CALLS {
            expected.push((call.send)(live.clone(), call.example()).await.unwrap());
        }
        assert_eq!(recording.len(), CALLS.len());
        let (_folder, path) = file();
        recording.save(&path).unwrap();

        // In another order, in another format and signed in another way.
        let (config, left) = replay(&path);
        let client = Client::new(config).unwrap();
        for (call, expected) in CALLS.iter().zip(&expected).rev() {
            assert_eq!((call.send)(client.clone(), call.example()).await.unwrap(), *expected);
        }
        assert!(left.unused().is_empty(), "{:?}", left.unused());

        let (config, left) = replay(&path);
        let client = blocking::Client::new(config.signature(version)).unwrap();
        outside(move || {
            for (call, expected) in CALLS.iter().zip(&expected) {
                assert_eq!((call.send_blocking)(&client, call.example()).unwrap(), *expected);
            }
        })
        .await;
        assert!(left.unused().is_empty());
        assert_eq!(server.received().len(), CALLS.len());
    }
}

#[tokio::test]
async fn the_same_request_gets_one_answer_after_the_other() {
    let server = Server::start().await;
    let recording = Recording::new(&SERVICE);
    let live = Client::new(config(&server).record(&recording)).unwrap();
    let poll = || {
        DescribePhysicalConnections::new().filter(PhysicalConnectionFilter::physical_connection_id(["pc-1"]))
    };
    let states = ["Initial", "Approved", "Enabled"];
    for state in states {
        server.next(line(state));
        poll().send(&live).await.unwrap();
        DescribePhysicalConnections::new().page_number(7).send(&live).await.unwrap();
    }
    let (_folder, path) = file();
    recording.save(&path).unwrap();
    let (config, left) = replay(&path);
    let client = Client::new(config).unwrap();
    for state in states {
        let page = poll().send(&client).await.unwrap();
        assert_eq!(page.physical_connection_set[0].status.as_ref().unwrap().to_string(), state);
    }
    let error = poll().send(&client).await.unwrap_err();
    assert!(is_miss(&error) && error.attempts() == 1 && !error.is_retryable(), "{error}");
    let key = "Filter.1.Key=\"PhysicalConnectionId\" Filter.1.Value.1=\"pc-1\" RegionId=\"cn-hangzhou\"";
    let other = "DescribePhysicalConnections PageNumber=\"7\" RegionId=\"cn-hangzhou\"";
    assert_eq!(
        error.to_string(),
        format!(
            "DescribePhysicalConnections: no answer from vpc.aliyuncs.com: nothing is recorded for the request: asked for \
             DescribePhysicalConnections {key}, whose answers are used up (recorded: 3); left: \
             {other}; {other}; {other}; the request was not sent"
        )
    );
    assert_eq!(left.unused(), [other; 3]);
    let error = DescribePhysicalConnections::new().page_number(8).send(&client).await.unwrap_err();
    assert!(
        error.to_string().contains("PageNumber=\"8\" RegionId=\"cn-hangzhou\", which is not recorded; left"),
        "{error}"
    );
}

#[tokio::test]
async fn retries_are_replayed_with_their_waits() {
    let server = Server::start().await;
    let recording = Recording::new(&SERVICE);
    let asked = vec![("x-acs-retry-after", "3000".to_owned()), ("set-cookie", "CanaryCookie".to_owned())];
    let body = br#"{"Code": "Throttling.User", "Message": "No.", "RequestId": "R-1"}"#;
    server.next(Answer::Headed(429, asked, body.to_vec()));
    // What has no answer is not recorded.
    server.next(Answer::Reset);
    let live = on_stage(server.endpoint(), &Rehearsal::default()).record(&recording);
    let expected = EnablePhysicalConnection::new("pc-1").send(&Client::new(live).unwrap()).await.unwrap();
    assert_eq!((server.received().len(), recording.len()), (3, 2));
    let (_folder, path) = file();
    recording.save(&path).unwrap();
    assert!(!std::fs::read_to_string(&path).unwrap().contains("CanaryCookie"));

    let (config, left) = replay(&path);
    let rehearsal = Rehearsal::default();
    let client = Client::new(config.sleep(rehearsal.clone()).stamps(rehearsal.clone())).unwrap();
    let reply = client.send_for_reply(&EnablePhysicalConnection::new("pc-1")).await.unwrap();
    assert_eq!((&reply.response, reply.attempts), (&expected, 2));
    assert_eq!(rehearsal.waits(), [std::time::Duration::from_secs(3)]);
    assert!(left.unused().is_empty());
}

#[tokio::test]
async fn untyped_calls_and_awkward_values_are_matched() {
    const AWKWARD: &str = "线路 a+b%2B*~-_.!'()/?:@&=;,$#[]{}|\\\"<>^`\t\r\né😀%";
    for version in VERSIONS {
        let server = Server::start().await;
        let recording = Recording::new(&SERVICE);
        let live = Client::new(config(&server).signature(version).record(&recording)).unwrap();
        let request = |times| {
            let request = CreatePhysicalConnection::new("ap-1", LineOperator::Unknown(AWKWARD.to_owned()));
            request.circuit_code("").peer_location(AWKWARD.repeat(times))
        };
        let unknown = || Parameters::from([("Name", AWKWARD), ("Empty", "")]);
        for times in [1, 100] {
            request(times).send(&live).await.unwrap();
        }
        server.next(refusal(404, "InvalidAction.NotFound"));
        assert!(live.call("DescribeUnheardOf", unknown()).await.is_err());
        let (_folder, path) = file();
        recording.save(&path).unwrap();
        let (config, left) = replay(&path);
        let client = Client::new(config).unwrap();
        for times in [100, 1] {
            request(times).send(&client).await.unwrap();
        }
        // The server refuses it before it looks for an answer.
        let error = client.call("DescribeUnheardOf", unknown()).await.unwrap_err();
        assert_eq!(error.status(), Some(404), "{error}");
        assert!(left.unused().is_empty(), "{:?}", left.unused());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_at_once_are_all_taken_down_and_each_answer_is_given_once() {
    let server = Server::start().await;
    let recording = Recording::new(&SERVICE);
    let send = |client: &Client| {
        let client = client.clone();
        tokio::spawn(async move { DescribePhysicalConnections::new().send(&client).await })
    };
    let live = Client::new(config(&server).record(&recording)).unwrap();
    for call in (0..30).map(|_| send(&live)).collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    let (_folder, path) = file();
    recording.save(&path).unwrap();
    let (config, left) = replay(&path);
    let client = Client::new(config).unwrap();
    let mut missed = 0;
    for call in (0..31).map(|_| send(&client)).collect::<Vec<_>>() {
        missed += u32::from(call.await.unwrap().is_err());
    }
    assert_eq!((missed, left.unused().len()), (1, 0));
}

#[tokio::test]
async fn lists_are_replayed_page_by_page() {
    let server = Server::start().await;
    for list in LISTS {
        let recording = Recording::new(&SERVICE);
        THREE.iter().for_each(|page| server.next(page.answer(list, FORMATS[0])));
        let live = Client::new(config(&server).record(&recording)).unwrap();
        let (ids, error) = (list.read)(live).await;
        assert!(ids == "a b c d e" && error.is_none(), "{ids} {error:?}");
        let (_folder, path) = file();
        recording.save(&path).unwrap();

        let (config, left) = replay(&path);
        let (ids, error) = (list.read)(Client::new(config).unwrap()).await;
        assert!(ids == "a b c d e" && error.is_none() && left.unused().is_empty(), "{ids} {error:?}");
        let (config, left) = replay(&path);
        let client = blocking::Client::new(config).unwrap();
        let (ids, error) = outside(move || (list.read_blocking)(&client)).await;
        assert!(ids == "a b c d e" && error.is_none() && left.unused().is_empty(), "{ids} {error:?}");
    }
}
