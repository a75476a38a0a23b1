//! Lists that come in pages: all actions that have some, with both clients and in both formats.

pub(crate) mod lists;

use crate::support::{FORMATS, client, client_for, config};
use express_connect::physical_connection::*;
use express_connect::route_entry::*;
use express_connect::{AnswerFormat, Client, Error, ErrorKind, blocking, schema};
use express_connect_tests::{Answer, Received, Server};
use lists::{LISTS, List};
use std::sync::Arc;

/// A page with these entries.
pub(crate) struct Page {
    entries: &'static [&'static str],
    /// How many there are in all; none if the answer does not say.
    total: Option<usize>,
    /// The token of the next page.
    token: Option<&'static str>,
}

const fn page(entries: &'static [&'static str], total: usize, token: &'static str) -> Page {
    Page { entries, total: Some(total), token: Some(token) }
}

/// As a token may be written.
const TOKEN: &str = "a+b/c=&d 名%20";

/// Three pages, the last without a token.
pub(crate) const THREE: [Page; 3] = [
    page(&["a", "b"], 5, TOKEN),
    page(&["c", "d"], 5, "t3"),
    Page { entries: &["e"], total: Some(5), token: None },
];

impl Page {
    pub(crate) fn answer(&self, list: &List, format: AnswerFormat) -> Answer {
        let body = match format {
            AnswerFormat::Xml => self.xml(list),
            _ => self.json(list),
        };
        Answer::Raw(200, body.into_bytes())
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let total = self.total.map(|total| ("TotalCount", total.to_string()));
        let token = self.token.map(|token| ("NextToken", token.to_owned()));
        [Some(("RequestId", "R-1".to_owned())), total, token].into_iter().flatten().collect()
    }

    fn json(&self, list: &List) -> String {
        let mut json = serde_json::Map::new();
        json.extend(self.fields().into_iter().map(|(name, text)| (name.to_owned(), text.into())));
        let entries: Vec<_> =
            self.entries.iter().map(|entry| serde_json::json!({ list.key: entry })).collect();
        let entries = match list.wrapper() {
            Some(wrapper) => serde_json::json!({ wrapper: entries }),
            None => entries.into(),
        };
        json.insert(list.items().to_owned(), entries);
        serde_json::Value::from(json).to_string()
    }

    fn xml(&self, list: &List) -> String {
        let element = |name: &str, inner: &str| format!("<{name}>{inner}</{name}>");
        let escaped = |text: &str| text.replace('&', "&amp;");
        let fields: String = self.fields().iter().map(|(name, text)| element(name, &escaped(text))).collect();
        let entries = self.entries.iter().map(|entry| element(list.key, entry));
        let entries = match list.wrapper() {
            Some(wrapper) => {
                let entries: String = entries.map(|entry| element(wrapper, &entry)).collect();
                element(list.items(), &entries)
            }
            None => entries.map(|entry| element(list.items(), &entry)).collect(),
        };
        element(&format!("{}Response", list.action), &(fields + &entries))
    }
}

type Read = (String, Option<Error>);

/// Reads a list with both clients, each against the same answers; the outcomes and the calls are the same.
async fn read(
    server: &Server,
    list: &'static List,
    format: AnswerFormat,
    answers: &[Answer],
) -> (Read, Vec<Received>) {
    let begin = server.received().len();
    answers.iter().for_each(|answer| server.next(answer.clone()));
    let (ids, error) = (list.read)(client_for(server, format)).await;
    let calls = server.received().split_off(begin);
    server.forget();

    answers.iter().for_each(|answer| server.next(answer.clone()));
    let blocking = blocking::Client::new(config(server).answer_format(format)).unwrap();
    let blocked = tokio::task::spawn_blocking(move || (list.read_blocking)(&blocking)).await.unwrap();
    let again = server.received().split_off(begin + calls.len());
    server.forget();
    assert_eq!(blocked.0, ids, "{}", list.action);
    assert_eq!(blocked.1.map(|error| error.to_string()), error.as_ref().map(ToString::to_string));
    assert_eq!(leads(&again, list), leads(&calls, list), "{}", list.action);
    ((ids, error), calls)
}

/// What led to each page.
fn leads(calls: &[Received], list: &List) -> Vec<Option<String>> {
    calls.iter().map(|call| call.parameters.get(list.pages().parameter).cloned()).collect()
}

fn owned(texts: &[Option<&str>]) -> Vec<Option<String>> {
    texts.iter().map(|text| text.map(str::to_owned)).collect()
}

#[test]
fn every_action_with_pages_is_here() {
    let paged = schema::SERVICE.actions.iter().filter(|action| action.pages.is_some());
    let paged: Vec<&str> = paged.map(|action| action.name).collect();
    assert_eq!(LISTS.iter().map(|list| list.action).collect::<Vec<_>>(), paged);
    assert_eq!(paged.len(), 10);
}

#[tokio::test]
async fn every_list_is_read_to_its_end() {
    let server = Server::start().await;
    for (list, format) in LISTS.iter().flat_map(|list| FORMATS.map(|format| (list, format))) {
        let answers = THREE.map(|page| page.answer(list, format));
        let ((ids, error), calls) = read(&server, list, format, &answers).await;
        assert_eq!(
            (ids.as_str(), error.map(|error| error.to_string())),
            ("a b c d e", None),
            "{}",
            list.action
        );
        let expected = if list.has_token() {
            [None, Some(TOKEN), Some("t3")]
        } else {
            [Some("1"), Some("2"), Some("3")]
        };
        assert_eq!(leads(&calls, list), owned(&expected), "{}", list.action);
        let largest = if list.has_token() { "100" } else { "50" };
        for call in &calls {
            let size = call.parameters.get(list.pages().size.unwrap()).map(String::as_str);
            assert_eq!((size, call.refused.as_deref()), (Some(largest), None), "{}", list.action);
        }
    }
}

#[tokio::test]
async fn without_a_total_a_list_ends_as_well() {
    let server = Server::start().await;
    for list in LISTS {
        let bare = |entries, token| Page { entries, total: None, token };
        let pages = [bare(&["a"], Some("t2")), bare(&["b"], None), bare(&[], None)];
        let answers = pages.map(|page| page.answer(list, AnswerFormat::Json));
        let ((ids, error), calls) = read(&server, list, AnswerFormat::Json, &answers).await;
        let expected = if list.has_token() { 2 } else { 3 };
        assert_eq!((ids.as_str(), error.is_none(), calls.len()), ("a b", true, expected), "{}", list.action);
    }
}

#[tokio::test]
async fn a_service_that_repeats_itself_is_an_error_of_its_own() {
    let server = Server::start().await;
    for (list, format) in LISTS.iter().flat_map(|list| FORMATS.map(|format| (list, format))) {
        let pages = [page(&["a", "b"], 9, "t2"), page(&["c"], 9, "t3"), page(&["c"], 9, "t2")];
        let answers = pages.map(|page| page.answer(list, format));
        let ((ids, error), calls) = read(&server, list, format, &answers).await;
        let error = error.unwrap();
        let ErrorKind::RepeatedPage { parameter } = error.kind() else { panic!("{error}") };
        assert_eq!((*parameter, error.action()), (list.pages().parameter, Some(list.action)));
        let expected = if list.has_token() { "a b c c" } else { "a b c" };
        assert_eq!((ids.as_str(), calls.len()), (expected, 3), "{}", list.action);
    }
}

/// The answer of the reference's example has the token that the request sends, and says that there is one entry in all.
#[tokio::test]
async fn the_token_of_a_complete_list_is_no_error() {
    let server = Server::start().await;
    for format in FORMATS {
        let request = ListVirtualPhysicalConnections::new().next_token("dd200001");
        let lines: Vec<_> = request.items(&client_for(&server, format)).try_collect().await.unwrap();
        assert_eq!(lines.len(), 1);
    }
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn an_error_on_the_third_page_comes_behind_two_pages() {
    let server = Server::start().await;
    for list in LISTS {
        let refusal = r#"{"RequestId":"R-3","Code":"Forbidden.RAM","Message":"No."}"#;
        let mut answers = THREE.map(|page| page.answer(list, AnswerFormat::Json)).to_vec();
        answers[2] = Answer::Raw(403, refusal.as_bytes().to_vec());
        let ((ids, error), calls) = read(&server, list, AnswerFormat::Json, &answers).await;
        let error = error.unwrap();
        assert_eq!((ids.as_str(), calls.len()), ("a b c d", 3), "{}", list.action);
        assert_eq!((error.request_id(), error.action()), (Some("R-3"), Some(list.action)));
    }
}

fn lines() -> &'static List {
    LISTS.iter().find(|list| list.action == "DescribePhysicalConnections").unwrap()
}

/// As many pages of lines as there are entries, one on each.
fn put_lines(server: &Server, entries: &[&'static [&'static str]]) {
    for one in entries {
        let page = Page { entries: one, total: Some(entries.len()), token: None };
        server.next(page.answer(lines(), AnswerFormat::Json));
    }
}

const FIVE: [&[&str]; 5] = [&["a"], &["b"], &["c"], &["d"], &["e"]];

#[tokio::test]
async fn filters_and_all_else_go_along_with_every_page() {
    let server = Server::start().await;
    put_lines(&server, &FIVE);
    let statuses = [PhysicalConnectionStatus::Enabled, PhysicalConnectionStatus::Allocating];
    let request = DescribePhysicalConnections::new()
        .page_size(1)
        .include_reservation_data(true)
        .filter(PhysicalConnectionFilter::status(statuses))
        .filter(PhysicalConnectionFilter::name(["名 字"]));
    let lines: Vec<PhysicalConnection> = request.items(&client(&server)).try_collect().await.unwrap();
    assert_eq!((lines.len(), server.received().len()), (5, 5));
    let expected = [
        ("Filter.1.Key", "Status"),
        ("Filter.1.Value.1", "Enabled"),
        ("Filter.1.Value.2", "Allocating"),
        ("Filter.2.Key", "Name"),
        ("Filter.2.Value.1", "名 字"),
        ("IncludeReservationData", "true"),
        ("PageSize", "1"),
        ("RegionId", "cn-hangzhou"),
    ];
    for call in server.received() {
        for (name, value) in expected {
            assert_eq!(call.parameters.get(name).map(String::as_str), Some(value), "{name}");
        }
    }
}

#[tokio::test]
async fn pages_are_typed_answers_from_which_to_go_on_later() {
    let server = Server::start().await;
    let list = LISTS.iter().find(|list| list.action == "DescribeRouteEntryList").unwrap();
    THREE.iter().for_each(|page| server.next(page.answer(list, AnswerFormat::Json)));
    let (client, request) = (client(&server), DescribeRouteEntryList::new("vtb-1"));
    let first: DescribeRouteEntryListResponse = request.pages(&client).next().await.unwrap().unwrap();
    let token = first.next_token.unwrap();
    let rest: Vec<DescribeRouteEntryListResponse> =
        request.next_token(token).pages(&client).try_collect().await.unwrap();
    let counts: Vec<usize> = rest.iter().map(|page| page.route_entries.len()).collect();
    assert_eq!((first.route_entries.len(), counts), (2, vec![2, 1]));
    assert_eq!(leads(&server.received(), list), owned(&[None, Some(TOKEN), Some("t3")]));
}

#[tokio::test]
async fn no_more_is_read_ahead_than_is_wanted() {
    let request = DescribePhysicalConnections::new();
    for (prefetch, most) in [(Some(0), 0), (Some(1), 1), (Some(3), 3), (None, 1)] {
        let server = Server::start().await;
        put_lines(&server, &FIVE);
        let items = request.items(&client(&server));
        let mut items = match prefetch {
            Some(pages) => items.prefetch(pages),
            None => items,
        };
        assert_eq!(server.received().len(), 0);
        for taken in 1..=5 {
            items.next().await.unwrap().unwrap();
            let calls = server.received().len();
            let most = if prefetch.is_none() && taken == 1 { 0 } else { most };
            assert!(calls >= taken && calls <= taken + most, "{prefetch:?}: {calls} calls for {taken} pages");
        }
        assert!(items.next().await.is_none());
        assert_eq!(server.received().len(), 5);
    }
}

#[tokio::test]
async fn dropping_a_list_stops_it() {
    let server = Server::start().await;
    let (client, request) = (client(&server), DescribePhysicalConnections::new());
    put_lines(&server, &FIVE[..2]);
    let mut items = request.items(&client).prefetch(0);
    items.next().await.unwrap().unwrap();
    drop(items);
    server.forget();
    assert_eq!(server.received().len(), 1);

    // The answer to the page that is read ahead never comes.
    let page = Page { entries: &["a"], total: Some(2), token: None };
    server.next(page.answer(lines(), AnswerFormat::Json));
    server.next(Answer::Stall);
    let mut items = request.items(&client).prefetch(1);
    items.next().await.unwrap().unwrap();
    drop(items);
    server.forget();
    OpenPhysicalConnectionService::new().send(&client).await.unwrap();
    assert!(server.received().len() <= 4);
}

/// A list needs its client no longer, and either client may be behind a pointer.
#[tokio::test]
async fn lists_go_to_other_tasks_and_take_clients_behind_pointers() {
    let server = Server::start().await;
    let request = DescribePhysicalConnections::new();
    put_lines(&server, &FIVE);
    let shared = Arc::new(client(&server));
    let items = request.items(&shared);
    drop(shared);
    let all = tokio::spawn(items.try_collect::<Vec<_>>()).await.unwrap().unwrap();
    assert_eq!(all.len(), 5);

    put_lines(&server, &FIVE);
    put_lines(&server, &FIVE);
    let shared = Arc::new(blocking::Client::new(config(&server)).unwrap());
    let counts = tokio::task::spawn_blocking(move || {
        let items: Result<Vec<PhysicalConnection>, Error> = request.items(&shared).collect();
        let pages: Result<Vec<_>, Error> = request.pages(&&*shared).collect();
        [items.unwrap().len(), pages.unwrap().len()]
    });
    assert_eq!(counts.await.unwrap(), [5, 5]);
}

/// Several lists of one client, and several readers of one.
#[tokio::test]
async fn lists_do_not_disturb_one_another() {
    let server = Server::start().await;
    for entries in [&["a"], &["b"]] {
        for _ in 0..2 {
            server.next(Page { entries, total: Some(2), token: None }.answer(lines(), AnswerFormat::Json));
        }
    }
    let (client, request) = (client(&server), DescribePhysicalConnections::new());
    let (mut one, mut other): (express_connect::Items<_>, _) =
        (request.items(&client), request.items(&client));
    for _ in 0..2 {
        let ids =
            [one.next().await, other.next().await].map(|line| line.unwrap().unwrap().physical_connection_id);
        assert_eq!(ids[0], ids[1]);
    }
    assert!(one.next().await.is_none() && other.next().await.is_none());
}

/// What a program may wait for beside other things.
#[tokio::test]
async fn a_wait_that_is_given_up_loses_no_entry() {
    let server = Server::start().await;
    put_lines(&server, &FIVE);
    let client: Client = client(&server);
    let mut items = DescribePhysicalConnections::new().items(&client);
    let mut ids = Vec::new();
    loop {
        tokio::select! {
            biased;
            () = tokio::task::yield_now() => {}
            item = items.next() => match item {
                Some(line) => ids.push(line.unwrap().physical_connection_id.unwrap().to_string()),
                None => break,
            },
        }
        tokio::task::yield_now().await;
    }
    assert_eq!((ids.join(" ").as_str(), server.received().len()), ("a b c d e", 5));
}
