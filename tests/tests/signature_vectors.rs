//! The server's own signature against vectors that other clients of the cloud agree on. The runtime's is held against
//! the same file by its unit tests, so the two are right and not only alike.

// A test fails by panicking.
#![allow(clippy::unwrap_used)]

use express_connect_tests::{Form, parse, signature, string_to_sign};
use serde_json::Value;

const VECTORS: &str = include_str!("../fixtures/signature-vectors.json");

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap()
}

fn form(vector: &Value) -> Form {
    let pairs = vector["params"].as_object().unwrap().iter();
    pairs.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
}

#[test]
fn the_server_signs_every_vector() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let vectors = vectors["rpc_v1"].as_array().unwrap();
    assert!(vectors.len() >= 8);
    for vector in vectors {
        let mut parameters = form(vector);
        let to_sign = string_to_sign(text(vector, "method"), &parameters);
        assert_eq!(to_sign, text(vector, "string_to_sign"), "{}", vector["id"]);
        assert_eq!(
            signature(text(vector, "secret"), &to_sign),
            text(vector, "signature"),
            "{}",
            vector["id"]
        );
        // The signature itself is not signed.
        parameters.insert("Signature".to_owned(), "any".to_owned());
        assert_eq!(string_to_sign(text(vector, "method"), &parameters), to_sign);
    }
}

#[test]
fn the_server_reads_what_the_client_writes() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    for vector in vectors["rpc_v1"].as_array().unwrap() {
        let parameters = form(vector).into_iter().collect();
        assert_eq!(parse(&aliyun_rpc::sign::query(&parameters)), Ok(form(vector)), "{}", vector["id"]);
    }
}
