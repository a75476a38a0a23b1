//! What the service answers beyond the spec is kept, and can be reached.

use crate::support::{FORMATS, client, client_for};
use express_connect::physical_connection::*;
use express_connect::{AnswerFields, AnswerFormat, schema};
use express_connect_tests::{Answer, Server};

#[test]
fn no_documented_answer_has_an_unknown_field() {
    let mut count = 0;
    for action in express_connect_tests::model().actions() {
        for example in &action.examples {
            for body in [&example.json, &example.xml].into_iter().flatten() {
                let fields = AnswerFields::read(schema::SERVICE.action(&action.name), body).unwrap();
                let unknown: Vec<_> = fields.unknown().collect();
                assert!(unknown.is_empty(), "{}: {unknown:?}", action.name);
                count += 1;
            }
        }
    }
    assert!(count >= 2 * 59, "{count}");
}

/// A page of lines with fields that nobody has heard of.
fn page(format: AnswerFormat) -> &'static str {
    match format {
        AnswerFormat::Json => {
            r#"{"RequestId": "R-1", "NextCursor": "c", "PhysicalConnectionSet": {"PhysicalConnectionType": [
                {"PhysicalConnectionId": "pc-1"},
                {"PhysicalConnectionId": "pc-2", "Mtu": 8500, "Peers": [{"Asn": 1}, {"Asn": 2}]}]}}"#
        }
        AnswerFormat::Xml => {
            "<DescribePhysicalConnectionsResponse><RequestId>R-1</RequestId><NextCursor>c</NextCursor><PhysicalConnectionSet>
             <PhysicalConnectionType><PhysicalConnectionId>pc-1</PhysicalConnectionId></PhysicalConnectionType>
             <PhysicalConnectionType><PhysicalConnectionId>pc-2</PhysicalConnectionId><Mtu>8500</Mtu>
             <Peers><Asn>1</Asn></Peers><Peers><Asn>2</Asn></Peers></PhysicalConnectionType>
             </PhysicalConnectionSet></DescribePhysicalConnectionsResponse>"
        }
    }
}

#[tokio::test]
async fn a_reply_tells_what_the_spec_does_not_know() {
    let server = Server::start().await;
    for format in FORMATS {
        let client = client_for(&server, format);
        server.next(Answer::Raw(200, page(format).into()));
        let reply = client.send_for_reply(&DescribePhysicalConnections::new()).await.unwrap();
        assert_eq!(reply.response.physical_connection_set.len(), 2);
        let fields = reply.fields().unwrap();
        let expected = [
            ("NextCursor", "c"),
            ("PhysicalConnectionSet[1].Mtu", "8500"),
            ("PhysicalConnectionSet[1].Peers[0].Asn", "1"),
            ("PhysicalConnectionSet[1].Peers[1].Asn", "2"),
        ];
        assert_eq!(fields.unknown().collect::<Vec<_>>(), expected);
        let mtu: i64 = fields.get("PhysicalConnectionSet[1].Mtu").unwrap().parse().unwrap();
        assert_eq!(mtu, 8500);
        assert_eq!(fields.get("PhysicalConnectionSet[0].PhysicalConnectionId"), Some("pc-1"));

        server.next(Answer::Raw(200, page(format).into()));
        let reply = client.call("DescribePhysicalConnections", [("RegionId", "cn-hangzhou")]).await.unwrap();
        assert_eq!(reply.fields().unwrap().unknown().collect::<Vec<_>>(), expected);
    }
}

#[tokio::test]
async fn of_a_broken_answer_there_are_no_fields_and_no_panic() {
    let server = Server::start().await;
    let client = client(&server);
    for body in crate::answers::broken() {
        server.next(Answer::Raw(200, body));
        if let Ok(reply) = client.call("DescribePhysicalConnections", [("RegionId", "cn-hangzhou")]).await {
            match reply.fields() {
                Ok(fields) => assert!(fields.get("PhysicalConnectionSet").is_none()),
                Err(error) => assert!(error.line() > 0, "{error}"),
            }
        }
    }
}
