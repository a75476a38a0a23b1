//! Calls signed in either way, and calls that another program makes.

use crate::support::{CALLS, FORMATS, config, credentials};
use express_connect::physical_connection::*;
use express_connect::{Client, Config, ErrorKind, SignatureVersion};
use express_connect_tests::{SECURITY_TOKEN, Server};
use std::collections::HashSet;
use std::io::{self, ErrorKind as IoErrorKind};
use std::process::Command;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Every character that a signature can trip over.
const AWKWARD: &str = "线路 a+b%2B*~-_.!'()/?:@&=;,$#[]{}|\\\"<>^`\t\r\né😀%";

fn acs3(server: &Server) -> Config {
    config(server).signature(SignatureVersion::Acs3)
}

#[tokio::test]
async fn every_action_can_be_signed_with_acs3() {
    let server = Server::start().await;
    for format in FORMATS {
        let client = Client::new(acs3(&server).answer_format(format)).unwrap();
        for call in CALLS {
            (call.send)(client.clone(), call.example()).await.unwrap();
            let received = server.last();
            assert!(received.target.starts_with("/?") && received.method == "POST", "{}", received.target);
            assert!(!received.target.contains("Signature"), "{}", received.target);
            assert_eq!(received.parameters["Action"], call.action.name);
        }
    }
    assert_eq!(server.received().len(), 2 * CALLS.len());
}

#[tokio::test]
async fn awkward_values_arrive_with_acs3() {
    let server = Server::start().await;
    let temporary = credentials().with_security_token(SECURITY_TOKEN);
    let client = Client::new(acs3(&server).credentials(temporary)).unwrap();
    for times in [1, 100] {
        let request = CreatePhysicalConnection::new("ap-1", LineOperator::Unknown(AWKWARD.to_owned()))
            .circuit_code("")
            .peer_location(AWKWARD.repeat(times));
        request.send(&client).await.unwrap();
        let received = server.last();
        assert_eq!(received.parameters["LineOperator"], AWKWARD);
        assert_eq!(received.parameters["PeerLocation"], AWKWARD.repeat(times));
        assert_eq!(received.parameters["CircuitCode"], "");
        assert_eq!(received.parameters["SecurityToken"], SECURITY_TOKEN);
        assert_eq!(received.target == "/", times == 100, "{}", received.target);
    }
}

#[tokio::test]
async fn every_call_has_a_nonce_of_its_own() {
    let server = Server::start().await;
    for version in [SignatureVersion::V1, SignatureVersion::Acs3] {
        let client = Client::new(config(&server).signature(version)).unwrap();
        for _ in 0..3 {
            OpenPhysicalConnectionService::new().send(&client).await.unwrap();
        }
    }
    let calls = server.received();
    let nonces: HashSet<&String> = calls.iter().map(|call| &call.parameters["SignatureNonce"]).collect();
    assert_eq!(nonces.len(), 6);
}

/// Fetches a URL with `curl`, or where there is none by hand, and gives the whole answer.
async fn fetch(url: &str) -> String {
    let owned = url.to_owned();
    let curl =
        move || Command::new("curl").args(["--silent", "--include", "--noproxy", "*", &owned]).output();
    match tokio::task::spawn_blocking(curl).await.unwrap() {
        Ok(output) => String::from_utf8(output.stdout).unwrap(),
        Err(error) if error.kind() == IoErrorKind::NotFound => by_hand(url).await.unwrap(),
        Err(error) => panic!("{error}"),
    }
}

async fn by_hand(url: &str) -> io::Result<String> {
    let (host, target) = url.trim_start_matches("http://").split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).await?;
    stream.write_all(format!("GET /{target} HTTP/1.1\r\nhost: {host}\r\n\r\n").as_bytes()).await?;
    stream.shutdown().await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

#[tokio::test]
async fn another_program_can_make_a_call_once() {
    let server = Server::start().await;
    let client = Client::new(acs3(&server)).unwrap();
    let request =
        DescribePhysicalConnections::new().client_token(AWKWARD.chars().take(20).collect::<String>());
    let url = client.signed_url(&request).await.unwrap();
    let answer = fetch(url.reveal()).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\"PhysicalConnectionSet\""), "{answer}");
    let received = server.last();
    assert_eq!((received.method.as_str(), received.refused), ("GET", None));
    assert_eq!(received.parameters["ClientToken"], AWKWARD.chars().take(20).collect::<String>());

    let again = fetch(url.reveal()).await;
    assert!(again.starts_with("HTTP/1.1 400") && again.contains("SignatureNonceUsed"), "{again}");
    assert!(!format!("{url:?}").contains("Signature"), "{url:?}");

    let long = DescribePhysicalConnections::new().client_token("t".repeat(5000));
    let error = client.signed_url(&long).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Unfit(_)), "{error}");
}
