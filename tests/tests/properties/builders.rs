//! Requests made with the typed constructors and setters reach the server with the values that were put in.

use crate::built::{Given, REQUESTS};
use crate::support::{cases, is_of_value};
use crate::valid::{Pairs, record};
use aliyun_rpc::{Credentials, Parameters, sign};
use aliyun_rpc_generator::model::{Action, Shape};
use express_connect_tests::signature::v1;
use express_connect_tests::{ACCESS_KEY_ID, Form, SECRET, model, parse};
use proptest::prelude::*;
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::UNIX_EPOCH;

fn request(action: &Action) -> BoxedStrategy<Pairs> {
    let needed = model().arguments(action).into_iter().map(|one| one.wire.clone()).collect::<Vec<_>>();
    record(&action.parameters, move |parameter| needed.contains(&parameter.wire))
}

/// What the server reads from a call with these parameters, once it has found the signature to be right.
fn received(parameters: &Parameters) -> Form {
    let mut signed = parameters.clone();
    sign::v1::sign("POST", &mut signed, &Credentials::new(ACCESS_KEY_ID, SECRET), UNIX_EPOCH, "nonce");
    let mut form = parse(&sign::query(&signed)).unwrap();
    let found = form.get("Signature").cloned();
    assert_eq!(found, Some(v1::signature(SECRET, &v1::string_to_sign("POST", &form))));
    for added in
        ["AccessKeyId", "Signature", "SignatureMethod", "SignatureNonce", "SignatureVersion", "Timestamp"]
    {
        assert!(form.remove(added).is_some(), "{added}");
    }
    form
}

/// A list that is sent as JSON, with the names that its fields would have in any other list.
fn opened(action: &Action, mut form: Form) -> Form {
    for parameter in &action.parameters {
        let Shape::Objects { json: true, .. } = parameter.shape else { continue };
        let Some(text) = form.remove(&parameter.wire) else { continue };
        let elements: Vec<Map<String, Value>> = serde_json::from_str(&text).unwrap();
        for (index, element) in (1..).zip(elements) {
            form.extend(element.into_iter().map(|(name, value)| {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                (format!("{}.{index}.{name}", parameter.wire), text)
            }));
        }
    }
    form
}

#[test]
fn what_is_put_in_is_what_the_server_reads() {
    assert_eq!(REQUESTS.len(), model().actions().count());
    for (action, (name, build)) in model().actions().zip(REQUESTS) {
        assert_eq!(action.name, *name);
        let seen = RefCell::new(BTreeSet::new());
        proptest!(cases(64), |(pairs in request(action))| {
            let given: Form = pairs.into_iter().collect();
            let (parameters, violations) = build(&Given::new(&given));
            prop_assert_eq!(opened(action, received(&parameters)), given.clone(), "{}", name);
            let of_values: Vec<_> = violations.iter().filter(|one| is_of_value(one.rule())).collect();
            prop_assert!(of_values.is_empty(), "{name}: {of_values:?}");
            seen.borrow_mut().extend(given.keys().map(|name| row(action, name)));
        });
        let rows: BTreeSet<String> = action.rows().into_iter().map(|row| row.name).collect();
        assert_eq!(seen.take(), rows, "parameters of {name} that were ever given");
    }
}

/// The row of the reference to which a name belongs: `Filter.2.Key` to `Filter.N.Key`. A list that is sent as JSON
/// has one row.
fn row(action: &Action, name: &str) -> String {
    let list = action.parameters.iter().find(|one| matches!(one.shape, Shape::Objects { json: true, .. }));
    if let Some(list) = list.filter(|list| name.starts_with(&format!("{}.", list.wire))) {
        return list.wire.clone();
    }
    let segments =
        name.split('.').map(|segment| if segment.parse::<usize>().is_ok() { "N" } else { segment });
    segments.collect::<Vec<_>>().join(".")
}
