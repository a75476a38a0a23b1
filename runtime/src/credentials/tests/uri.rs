//! A server that hands out credentials.

use super::*;

#[test]
fn a_session_comes_from_the_server() {
    let world = World::new();
    let server = Server::start(|_| (200, session("of-uri", 3600)));
    let source = CredentialsUri::new(format!("{}/x", server.base));
    assert_eq!(world.ask(&source).unwrap().security_token(), Some("token-of-of-uri"));
    assert_eq!(world.id(&source), "of-uri");
    assert_eq!(server.lines(), ["GET /x"]);
}

#[test]
fn what_fails_is_said_with_the_host_alone() {
    let world = World::new();
    let status = Server::start(|_| (500, "HIDDEN".to_owned()));
    let no_json = Server::start(|_| (200, "HIDDEN".to_owned()));
    let cases = [
        (format!("{}/HIDDEN?HIDDEN", status.base), "answered with HTTP 500"),
        (format!("{}/HIDDEN?HIDDEN", no_json.base), "the answer cannot be read: expected a JSON object"),
        ("http://127.0.0.1:1/HIDDEN".to_owned(), "no answer from http://127.0.0.1:1: could not connect"),
        ("HIDDEN".to_owned(), "the URI (from CredentialsUri::new) is not one of http or https"),
        ("http://".to_owned(), "is none"),
        ("ftp://host/HIDDEN".to_owned(), "is not one of http or https"),
        ("http://me:HIDDEN@host/".to_owned(), "has a user name"),
    ];
    for (uri, expected) in cases {
        let source = CredentialsUri::new(uri);
        let error = world.error(&source);
        assert!(error.contains(expected), "{error}");
        assert!(!format!("{error}{source:?}").contains("HIDDEN"), "{error} {source:?}");
    }
}
