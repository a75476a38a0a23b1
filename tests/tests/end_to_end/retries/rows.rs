//! Each row of the table of failures, made to happen over a socket to each kind of call.

use super::{KINDS, Kind, Rehearsal, attempts, config, refusal, send, table};
use crate::tls::Authority;
use express_connect::{Client, Config, ErrorKind, NotRepeated, Timeouts};
use express_connect_tests::{Answer, Server};
use std::net::TcpListener;
use std::time::Duration;

/// For what is waited for in vain.
const SHORT: Duration = Duration::from_millis(20);
/// For what is waited for in vain first, and comes the next time.
const LONG_ENOUGH: Duration = Duration::from_millis(500);

/// What goes wrong, once or each time.
enum Fault {
    /// The first attempt is answered so.
    Answered(Answer),
    /// Nobody listens.
    Refused,
    /// The host takes connections, and says nothing.
    Mute,
    /// The first connection is reset before there is TLS.
    ResetInHandshake,
    /// Nobody knows who signed the certificate.
    Untrusted,
}

use Fault::Answered;

macro_rules! rows {
    ($($test:ident: $row:literal => $faults:expr;)+) => {
        const TESTED: &[&str] = &[$($row),+];

        $(#[tokio::test]
        async fn $test() {
            row($row, || $faults).await;
        })+
    };
}

rows! {
    connection_refused: "Connection refused" => vec![Fault::Refused];
    connection_reset_before_the_request: "Connection reset before the request" => vec![Fault::ResetInHandshake];
    connecting_takes_too_long: "Connecting takes too long" => vec![Fault::Mute];
    connection_reset_after_the_request: "Connection reset after the request" => vec![Answered(Answer::Reset)];
    silence_after_the_request: "Silence after the request" => vec![Answered(Answer::Stall)];
    answer_that_stalls: "Answer that stalls" => vec![
        Answered(Answer::Stalled(200, b"{\"RequestId\": \"R-1\"}".to_vec())),
        Answered(Answer::Stalled(200, Vec::new())),
    ];
    answer_that_is_cut_off: "Answer that is cut off" => vec![
        Answered(Answer::CutOff(200, b"{\"RequestId\": \"R-1\"}".to_vec())),
        Answered(Answer::CutOff(500, Vec::new())),
    ];
    http_429: "HTTP 429" => vec![
        Answered(refusal(429, "InvalidParameter")),
        Answered(refusal(429, "Strange")),
        Answered(Answer::Raw(429, b"<html>".to_vec())),
    ];
    throttling_code: "Throttling code" => ["Throttling", "Throttling.Api", "Throttling.User", "Throttling.Strange"]
        .into_iter()
        .flat_map(|code| [400, 503].map(|status| Answered(refusal(status, code))))
        .collect();
    http_500_internal_error: "HTTP 500 InternalError" => vec![
        Answered(refusal(500, "InternalError")),
        Answered(refusal(500, "Strange")),
    ];
    http_502_from_a_gateway: "HTTP 502 from a gateway" => vec![
        Answered(Answer::Raw(502, b"<html>".to_vec())),
        Answered(Answer::Raw(504, Vec::new())),
    ];
    http_503_service_unavailable: "HTTP 503 ServiceUnavailable" => vec![
        Answered(refusal(503, "ServiceUnavailable")),
        Answered(Answer::Raw(503, b"<html>".to_vec())),
    ];
    expired_timestamp: "Expired timestamp" => vec![Answered(expired("Wed, 06 Jul 2022 09:31:09 GMT"))];
    nonce_used_before: "Nonce used before" => vec![Answered(refusal(400, "SignatureNonceUsed"))];
    code_of_class_settle: "Code of class settle" => vec![
        Answered(refusal(400, "IncorrectRouteEntryStatus")),
        Answered(refusal(400, "IncorrectVpcStatus")),
    ];
    code_of_class_never: "Code of class never" => vec![
        Answered(refusal(400, "InvalidParameter")),
        Answered(refusal(403, "Forbidden.RAM")),
        Answered(refusal(404, "InvalidPhysicalConnectionId.NotFound")),
        Answered(refusal(400, "InvalidSecurityToken.Expired")),
        // Without the service's time there is nothing to correct by.
        Answered(refusal(400, "InvalidTimeStamp.Expired")),
    ];
    unknown_code_other_status: "Unknown code, other status" => vec![
        Answered(refusal(400, "Strange")),
        Answered(refusal(409, "Strange")),
        Answered(refusal(501, "Strange")),
        Answered(Answer::Raw(404, b"<html>".to_vec())),
        Answered(Answer::Redirect("/elsewhere".to_owned())),
    ];
    success_that_cannot_be_read: "Success that cannot be read" => vec![Answered(Answer::Raw(200, b"{".to_vec()))];
    untrusted_certificate: "Untrusted certificate" => vec![Fault::Untrusted];
}

/// The service's clock is 90 minutes ahead.
fn expired(date: &str) -> Answer {
    let body = super::body("InvalidTimeStamp.Expired").into_bytes();
    Answer::Headed(400, vec![("date", date.to_owned())], body)
}

#[test]
fn every_row_is_tested() {
    let documented: Vec<String> =
        table("| Failure |").into_iter().map(|row| row.into_iter().next().unwrap()).collect();
    assert_eq!(documented, TESTED);
}

async fn row(name: &str, faults: impl Fn() -> Vec<Fault>) {
    let row = table("| Failure |").into_iter().find(|row| row[0] == name).expect("it is documented");
    let is_repeated = |kind: Kind| match row[kind as usize + 1].as_str() {
        "yes" => true,
        "no" => false,
        other => panic!("{other} in the row {name}"),
    };
    for kind in KINDS {
        let for_want_of_a_token = is_repeated(Kind::Reads) && !is_repeated(kind);
        for fault in faults() {
            check(kind, fault, is_repeated(kind), for_want_of_a_token).await;
        }
    }
}

async fn check(kind: Kind, fault: Fault, is_repeated: bool, for_want_of_a_token: bool) {
    let rehearsal = Rehearsal::default();
    let stage = Stage::set(fault, &rehearsal).await;
    let outcome = send(kind, &Client::new(stage.config).unwrap()).await;
    match (outcome, is_repeated) {
        (Ok(()), true) => assert_eq!(attempts(&stage.server).len(), stage.reached),
        (Err(error), true) if stage.is_lasting => {
            assert_eq!((error.attempts(), rehearsal.waits().len()), (3, 2), "{error}");
            assert!(error.to_string().contains("; 3 attempts were made"), "{error}");
            assert!(error.is_retryable() && !error.may_have_changed_something(), "{error}");
            assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error}");
        }
        (Err(error), false) => {
            assert_eq!((error.attempts(), rehearsal.waits().len()), (1, 0), "{kind:?}: {error}");
            assert!(stage.server.received().len() <= 1);
            let why = for_want_of_a_token.then_some(NotRepeated::TakesNoToken);
            assert_eq!(error.not_repeated(), why, "{error}");
            assert_eq!(error.to_string().contains("; not repeated, since"), for_want_of_a_token, "{error}");
            assert!(!for_want_of_a_token || error.may_have_changed_something(), "{error}");
            assert!(!error.is_retryable(), "{error}");
        }
        (outcome, _) => panic!("{kind:?}: {outcome:?}, and it is repeated: {is_repeated}"),
    }
}

/// A server and the client's way to it.
struct Stage {
    server: Server,
    config: Config,
    /// What goes wrong does so each time.
    is_lasting: bool,
    /// How many attempts reach the server.
    reached: usize,
    /// Keeps the port of a mute host.
    _mute: Option<TcpListener>,
}

impl Stage {
    async fn set(fault: Fault, rehearsal: &Rehearsal) -> Self {
        let authority = Authority::new("ours");
        let server = match fault {
            Fault::ResetInHandshake | Fault::Untrusted => {
                Server::start_tls(authority.server("localhost")).await
            }
            _ => Server::start().await,
        };
        let config = config(server.endpoint(), rehearsal);
        let mut stage = Self { server, config, is_lasting: false, reached: 2, _mute: None };
        match fault {
            Answered(answer) => {
                if matches!(answer, Answer::Stall | Answer::Stalled(..)) {
                    stage.config = stage.config.timeouts(Timeouts::default().read(LONG_ENOUGH));
                }
                stage.server.next(answer);
            }
            Fault::Refused | Fault::Mute => {
                let listener = TcpListener::bind("127.0.0.1:0").unwrap();
                let address = listener.local_addr().unwrap();
                let timeouts = Timeouts::default().connect(SHORT);
                stage.config = stage.config.endpoint(format!("https://{address}")).timeouts(timeouts);
                stage.is_lasting = true;
                stage._mute = matches!(fault, Fault::Mute).then_some(listener);
            }
            Fault::ResetInHandshake => {
                stage.server.reset_next_connection();
                stage.config = stage.config.ca_certificates(authority.pem());
                stage.reached = 1;
            }
            Fault::Untrusted => {
                stage.config = stage.config.ca_certificates(Authority::new("another").pem());
            }
        }
        stage
    }
}

#[tokio::test]
async fn a_repetition_is_on_time_and_the_client_stays_so() {
    let rehearsal = Rehearsal::default();
    let server = Server::start().await;
    let client = Client::new(config(server.endpoint(), &rehearsal)).unwrap();
    server.next(expired("Wed, 06 Jul 2022 09:31:09 GMT"));
    send(Kind::WithoutToken, &client).await.unwrap();
    send(Kind::WithoutToken, &client.clone()).await.unwrap();
    let times: Vec<String> =
        attempts(&server).iter().map(|call| call.parameters["Timestamp"].clone()).collect();
    assert_eq!(times, ["2022-07-06T08:01:09Z", "2022-07-06T09:31:09Z", "2022-07-06T09:31:09Z"]);
    assert!(rehearsal.waits().is_empty());
}
