//! The server's own signature against vectors that other clients of the cloud agree on. The runtime's is held against
//! the same file by its unit tests, so the two are right and not only alike.

// A test fails by panicking.
#![allow(clippy::unwrap_used)]

use express_connect_tests::signature::{acs3, v1};
use express_connect_tests::{Form, parse};
use serde_json::Value;

const VECTORS: &str = include_str!("../fixtures/signature-vectors.json");

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap()
}

fn form(vector: &Value, key: &str) -> Form {
    let pairs = vector[key].as_object().unwrap().iter();
    pairs.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
}

#[test]
fn the_server_signs_every_vector_of_version_1() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let vectors = vectors["rpc_v1"].as_array().unwrap();
    assert!(vectors.len() >= 8);
    for vector in vectors {
        let mut parameters = form(vector, "params");
        let to_sign = v1::string_to_sign(text(vector, "method"), &parameters);
        assert_eq!(to_sign, text(vector, "string_to_sign"), "{}", vector["id"]);
        assert_eq!(
            v1::signature(text(vector, "secret"), &to_sign),
            text(vector, "signature"),
            "{}",
            vector["id"]
        );
        // The signature itself is not signed.
        parameters.insert("Signature".to_owned(), "any".to_owned());
        assert_eq!(v1::string_to_sign(text(vector, "method"), &parameters), to_sign);
    }
}

#[test]
fn the_server_signs_every_vector_of_acs3() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let vectors = vectors["acs3"].as_array().unwrap();
    assert!(vectors.len() >= 27);
    for vector in vectors {
        let (parameters, headers) = (form(vector, "query"), form(vector, "headers"));
        let body = text(vector, "body").as_bytes();
        let request = acs3::canonical_request(
            text(vector, "method"),
            text(vector, "pathname"),
            &parameters,
            &headers,
            body,
        );
        assert_eq!(request, text(vector, "canonical_request"), "{}", vector["id"]);
        let to_sign = acs3::string_to_sign(&request);
        assert_eq!(to_sign, text(vector, "string_to_sign"), "{}", vector["id"]);
        assert_eq!(
            acs3::signature(text(vector, "secret"), &to_sign),
            text(vector, "signature"),
            "{}",
            vector["id"]
        );
    }
}

#[test]
fn the_server_reads_what_the_client_writes() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    for vector in vectors["rpc_v1"].as_array().unwrap() {
        let parameters = form(vector, "params").into_iter().collect();
        assert_eq!(
            parse(&aliyun_rpc::sign::query(&parameters)),
            Ok(form(vector, "params")),
            "{}",
            vector["id"]
        );
    }
}
