//! Lists against a transport that answers as it is told.

mod ahead;
mod ends;

use super::{Items, Mark, Page};
use crate::client::Client;
use crate::config::Config;
use crate::credentials::Credentials;
use crate::decode::{Decode, Slot};
use crate::error::{Error, ErrorKind};
use crate::parameters::{Parameters, Writer};
use crate::request::Request;
use crate::retry::Retries;
use crate::schema::{
    Action, Check, Effect, Endpoints, Limit, PageStyle, Pages, Parameter, Presence, Service,
    SignatureVersion, Wire,
};
use crate::transport::http;
use crate::transport::{Limits, Sending, Transport};
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Debug;
use std::future::{Future, poll_fn};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

static SERVICE: Service = Service {
    name: "mini",
    product: "Mini",
    version: "2016-04-28",
    endpoints: Endpoints { central: "mini.example.com", regional: "", vpc: "", exceptions: &[] },
    signature: SignatureVersion::V1,
    region_parameter: "RegionId",
    actions: &[&NUMBERED, &BY_TOKEN],
    errors: &[],
    lifecycles: &[],
};

static NUMBERED: Action = action(
    "DescribeThings",
    Some(Pages {
        style: PageStyle::Number,
        parameter: "PageNumber",
        size: Some("PageSize"),
        total: Some("TotalCount"),
        items: "Things",
    }),
);

static BY_TOKEN: Action = action(
    "ListThings",
    Some(Pages {
        style: PageStyle::Token,
        parameter: "NextToken",
        size: None,
        total: Some("TotalCount"),
        items: "Things",
    }),
);

static UNPAGED: Action = action("LookAtThings", None);

const SIZES: &[Check] = &[Check { limit: Limit::Range { min: 1, max: 50 }, refused_as: None }];

const PARAMETERS: &[Parameter] = &[
    parameter("PageNumber", Wire::Integer, &[]),
    parameter("PageSize", Wire::Integer, SIZES),
    parameter("NextToken", Wire::String, &[]),
];

const fn action(name: &'static str, pages: Option<Pages>) -> Action {
    Action {
        name,
        service: &SERVICE,
        group: "thing",
        summary: "",
        section: "1",
        effect: Effect::Read,
        idempotency: None,
        pages,
        parameters: PARAMETERS,
        lists: &[],
        filters: &[],
        rules: &[],
        response: &[],
        errors: &[],
    }
}

const fn parameter(name: &'static str, wire: Wire, checks: &'static [Check]) -> Parameter {
    Parameter { name, wire, presence: Presence::Optional, sensitive: false, checks }
}

macro_rules! request {
    ($name:ident, $response:ident, $action:ident, $mark:expr) => {
        struct $name(Parameters);

        impl Request for $name {
            type Response = $response;
            const ACTION: &'static Action = &$action;

            fn encode(&self, writer: &mut Writer<'_>) {
                writer.all(&self.0);
            }
        }

        #[derive(Debug, Default)]
        struct $response(Answer);

        impl Decode for $response {
            fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
                self.0.slot(key)
            }
        }

        impl Page for $response {
            type Item = Thing;

            fn mark(&self) -> Mark<'_> {
                let mark: fn(&Answer) -> Mark<'_> = $mark;
                mark(&self.0)
            }

            fn into_items(self) -> Vec<Thing> {
                self.0.things
            }
        }
    };
}

request!(DescribeThings, Numbered, NUMBERED, |answer| Mark::of(&answer.things, answer.things.len())
    .total(answer.total));
request!(ListThings, ByToken, BY_TOKEN, |answer| {
    Mark::of(&answer.things, answer.things.len()).total(answer.total).token(answer.token.as_deref())
});
request!(LookAtThings, Unpaged, UNPAGED, |answer| Mark::of(&answer.things, answer.things.len()));

#[derive(Debug, Default)]
struct Answer {
    things: Vec<Thing>,
    total: i64,
    token: Option<String>,
}

impl Decode for Answer {
    fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
        Some(match key {
            "Things" => Slot::List(&mut self.things, ""),
            "TotalCount" => Slot::Scalar(&mut self.total),
            "NextToken" => Slot::Scalar(&mut self.token),
            _ => return None,
        })
    }
}

#[derive(Debug, Default, PartialEq)]
struct Thing {
    id: String,
}

impl Decode for Thing {
    fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
        (key == "Id").then_some(Slot::Scalar(&mut self.id))
    }
}

/// Gives the answers that were put down, one after the other, and keeps what was asked.
#[derive(Clone, Debug, Default)]
struct Script(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    answers: VecDeque<(u16, String)>,
    asked: Vec<BTreeMap<String, String>>,
    /// The call from which on answers are kept back; none if they are not.
    held: Option<usize>,
    given_up: usize,
}

impl Script {
    /// Answers with these entries and these fields besides.
    fn page(self, ids: &str, fields: &str) -> Self {
        let things: Vec<String> = ids.split_whitespace().map(|id| format!(r#"{{"Id":"{id}"}}"#)).collect();
        self.answer(200, &format!(r#"{{"Things":[{}]{fields}}}"#, things.join(",")))
    }

    fn answer(self, status: u16, body: &str) -> Self {
        self.0.lock().unwrap().answers.push_back((status, body.to_owned()));
        self
    }

    /// Keeps back answers from this call on.
    fn hold(&self, from: usize) {
        self.0.lock().unwrap().held = Some(from);
    }

    fn release(&self) {
        self.0.lock().unwrap().held = None;
    }

    fn client(&self) -> Client {
        let config = Config::new().credentials(Credentials::new("LTAI", "SECRET")).retries(Retries::off());
        Client::new(config.transport(self.clone())).unwrap()
    }

    fn calls(&self) -> usize {
        self.0.lock().unwrap().asked.len()
    }

    /// What each call had for this parameter.
    fn asked(&self, name: &str) -> Vec<Option<String>> {
        self.0.lock().unwrap().asked.iter().map(|asked| asked.get(name).cloned()).collect()
    }

    /// Every call had this value for the parameter.
    fn asked_always(&self, name: &str, value: &str) -> bool {
        self.asked(name).iter().all(|asked| asked.as_deref() == Some(value))
    }
}

impl Transport for Script {
    fn send(&self, request: http::Request<Vec<u8>>, _limits: Limits) -> Sending<'_> {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mut state = self.0.lock().unwrap();
        state.asked.push(query.split('&').filter_map(pair).collect());
        let (status, body) = state.answers.pop_front().expect("no call beyond the answers");
        let answer = http::Response::builder().status(status).body(body.into_bytes()).unwrap();
        let (mut answer, call) = (Some(answer), Call { number: state.asked.len(), state: self.0.clone() });
        Box::pin(poll_fn(move |_| match answer.take_if(|_| !call.is_held()) {
            Some(answer) => Poll::Ready(Ok(answer)),
            None => Poll::Pending,
        }))
    }
}

/// Counts the calls that were dropped while their answer was kept back.
struct Call {
    number: usize,
    state: Arc<Mutex<State>>,
}

impl Call {
    fn is_held(&self) -> bool {
        self.state.lock().unwrap().held.is_some_and(|held| self.number >= held)
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        let is_held = self.is_held();
        self.state.lock().unwrap().given_up += usize::from(is_held);
    }
}

const REFUSAL: &str = r#"{"RequestId":"R","Code":"Forbidden","Message":"No."}"#;
const FAILURE: &str = r#"{"RequestId":"R","Code":"InternalError","Message":"Later."}"#;

fn poll<T>(future: impl Future<Output = T>) -> Poll<T> {
    std::pin::pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// The outcome of a future that never has to wait.
fn now<T>(future: impl Future<Output = T>) -> T {
    match poll(future) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("the future waits"),
    }
}

fn numbered(script: &Script, parameters: &[(&'static str, &str)]) -> Items<Numbered> {
    script.client().items(&DescribeThings(parameters.iter().copied().collect()))
}

fn by_token(script: &Script, parameters: &[(&'static str, &str)]) -> Items<ByToken> {
    script.client().items(&ListThings(parameters.iter().copied().collect()))
}

/// The ids up to the end, and the error that it ends with.
fn drain<P: Page<Item = Thing>>(mut items: Items<P>) -> (String, Option<Error>) {
    let mut ids = Vec::new();
    let error = loop {
        match now(items.next()) {
            Some(Ok(thing)) => ids.push(thing.id),
            Some(Err(error)) => break Some(error),
            None => break None,
        }
    };
    assert!(now(items.next()).is_none(), "there is nothing behind the end");
    (ids.join(" "), error)
}

/// The ids of a list that ends well.
fn ids<P: Page<Item = Thing>>(items: Items<P>) -> String {
    let (ids, error) = drain(items);
    assert!(error.is_none(), "{error:?}");
    ids
}

fn repeats(error: Option<&Error>) -> &'static str {
    match error.map(Error::kind) {
        Some(ErrorKind::RepeatedPage { parameter }) => parameter,
        other => panic!("{other:?}"),
    }
}

fn texts(values: &[&str]) -> Vec<Option<String>> {
    values.iter().map(|value| Some((*value).to_owned())).collect()
}
