//! Any parameters reach the server as they were.

use crate::support::cases;
use aliyun_rpc::schema::{Action, Parameter};
use aliyun_rpc::{Parameters, sign};
use express_connect::schema::SERVICE;
use express_connect_tests::signature::{acs3, v1};
use express_connect_tests::{Form, parse};
use proptest::prelude::*;

/// SHA-256 of no bytes.
const NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// A name that a row of the schema stands for.
fn name(row: &'static Parameter) -> impl Strategy<Value = String> {
    let index = prop_oneof![1_usize..=20, any::<usize>()];
    let indices = prop::collection::vec(index, row.name.split('.').filter(|segment| *segment == "N").count());
    indices.prop_map(|indices| {
        let mut indices = indices.iter();
        let segments = row.name.split('.').map(|segment| match segment {
            "N" => indices.next().unwrap().to_string(),
            _ => segment.to_owned(),
        });
        segments.collect::<Vec<_>>().join(".")
    })
}

/// Any text: empty, of any characters, very long.
fn value() -> impl Strategy<Value = String> {
    let text = prop::collection::vec(any::<char>(), 0..20).prop_map(String::from_iter);
    let marks =
        prop::collection::vec(prop::sample::select("%+&=?#/ ~\0\r\n中😀".chars().collect::<Vec<_>>()), 0..9)
            .prop_map(String::from_iter);
    let long =
        (any::<char>(), 1_usize..5_000).prop_map(|(character, times)| character.to_string().repeat(times));
    prop_oneof![4 => text, 2 => marks, 1 => long, 1 => Just(String::new())]
}

fn parameters(action: &'static Action) -> impl Strategy<Value = Parameters> {
    let rows: Vec<&Parameter> = action.parameters.iter().collect();
    let name = prop::sample::select(rows).prop_flat_map(name);
    prop::collection::vec((name, value()), 0..12).prop_map(Parameters::from_iter)
}

fn pairs(parameters: &Parameters) -> Form {
    parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[test]
fn parameters_survive_the_way_to_the_server() {
    for action in SERVICE.actions.iter().filter(|action| !action.parameters.is_empty()) {
        proptest!(cases(16), |(parameters in parameters(action))| {
            let form = parse(&sign::query(&parameters)).unwrap();
            prop_assert_eq!(&form, &pairs(&parameters));
            prop_assert_eq!(form.into_iter().collect::<Parameters>(), parameters);
        });
    }
}

#[test]
fn the_server_makes_the_same_texts_to_sign() {
    for action in SERVICE.actions.iter().filter(|action| !action.parameters.is_empty()) {
        proptest!(cases(4), |(parameters in parameters(action))| {
            let expected = v1::string_to_sign("POST", &pairs(&parameters));
            prop_assert_eq!(sign::v1::string_to_sign("POST", &parameters), expected);
            let headers = [("host", "127.0.0.1:8080"), ("x-acs-action", action.name)];
            let owned = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
            let expected = acs3::canonical_request("POST", "/", &pairs(&parameters), &owned, b"");
            let found = sign::acs3::canonical_request("POST", &sign::query(&parameters), &headers, NOTHING);
            prop_assert_eq!(found, expected);
        });
    }
}
