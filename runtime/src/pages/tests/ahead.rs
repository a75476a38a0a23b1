//! What is read ahead, what is put off, and what giving up does.

use super::*;
use futures_core::Stream;
use std::pin::Pin;

const TOTAL: &str = r#","TotalCount":10"#;

fn five_pages() -> Script {
    let script = Script::default().page("a b", TOTAL).page("c d", TOTAL).page("e f", TOTAL);
    script.page("g h", TOTAL).page("i j", TOTAL)
}

/// How many calls were made once each entry was there.
fn calls_by_entry(script: &Script, mut items: Items<Numbered>) -> Vec<usize> {
    assert_eq!(script.calls(), 0, "nothing is sent before an entry is asked for");
    let mut calls = Vec::new();
    while let Some(item) = now(items.next()) {
        item.unwrap();
        calls.push(script.calls());
    }
    calls
}

#[test]
fn one_page_is_read_ahead_from_the_second_on() {
    let script = five_pages();
    assert_eq!(calls_by_entry(&script, numbered(&script, &[])), [1, 1, 3, 3, 4, 4, 5, 5, 5, 5]);
}

#[test]
fn as_many_pages_are_read_ahead_as_are_wanted() {
    for (pages, expected) in [
        (0, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
        (1, [2, 2, 3, 3, 4, 4, 5, 5, 5, 5]),
        (2, [3, 3, 4, 4, 5, 5, 5, 5, 5, 5]),
        (usize::MAX, [5; 10]),
    ] {
        let script = five_pages();
        assert_eq!(calls_by_entry(&script, numbered(&script, &[]).prefetch(pages)), expected, "{pages}");
    }
}

/// There is one call at a time, and no entry waits for it.
#[test]
fn a_call_ahead_goes_on_whenever_an_entry_is_taken() {
    let script = five_pages();
    let mut items = numbered(&script, &[]).prefetch(2);
    script.hold(2);
    assert_eq!((now(items.next()).unwrap().unwrap().id.as_str(), script.calls()), ("a", 2));
    script.hold(3);
    assert_eq!((now(items.next()).unwrap().unwrap().id.as_str(), script.calls()), ("b", 3));
    for id in ["c", "d"] {
        assert_eq!((now(items.next()).unwrap().unwrap().id.as_str(), script.calls()), (id, 3));
    }
    assert!(poll(items.next()).is_pending());
    script.release();
    assert_eq!(ids(items), "e f g h i j");
}

#[test]
fn pages_are_read_ahead_as_entries_are() {
    let script = five_pages();
    let mut pages: super::super::Pages<Numbered> = script.client().pages(&DescribeThings(Parameters::new()));
    let mut calls = Vec::new();
    while let Some(page) = now(pages.next()) {
        page.unwrap();
        calls.push(script.calls());
    }
    assert_eq!(calls, [1, 3, 4, 5, 5]);
}

#[test]
fn what_fails_ahead_for_a_reason_that_passes_is_read_again_when_it_is_wanted() {
    let script = Script::default().page("a b", TOTAL).answer(500, FAILURE).page("c d", TOTAL);
    let script = script.answer(500, FAILURE).answer(500, FAILURE);
    let mut items = numbered(&script, &[]).prefetch(1);
    for calls in [2, 2] {
        now(items.next()).unwrap().unwrap();
        assert_eq!(script.calls(), calls, "put off, and not tried again and again");
    }
    assert_eq!(now(items.next()).unwrap().unwrap().id, "c");
    assert_eq!(script.calls(), 4);
    let (left, error) = drain(items);
    assert_eq!((left.as_str(), error.unwrap().status()), ("d", Some(500)));
    assert_eq!(script.calls(), 5);
    assert_eq!(script.asked("PageNumber"), texts(&["1", "2", "2", "3", "3"]));
}

#[test]
fn who_gives_up_waiting_gets_the_same_page_later() {
    let script = five_pages();
    let mut items = numbered(&script, &[]);
    script.hold(1);
    for _ in 0..3 {
        assert!(poll(items.next()).is_pending());
    }
    script.release();
    assert_eq!(now(items.next()).unwrap().unwrap().id, "a");
    assert_eq!(script.calls(), 1);
}

#[test]
fn dropping_a_list_ends_the_call_that_is_under_way() {
    let script = five_pages();
    let mut items = numbered(&script, &[]);
    script.hold(1);
    assert!(poll(items.next()).is_pending());
    assert_eq!(script.0.lock().unwrap().given_up, 0);
    drop(items);
    assert_eq!(script.0.lock().unwrap().given_up, 1);
    assert_eq!(script.calls(), 1);
}

/// With the methods of any crate for streams, in any task.
#[test]
fn both_are_streams_for_every_task() {
    fn first<T>(mut stream: impl Stream<Item = T> + Send + Unpin + Debug + 'static) -> Option<T> {
        now(poll_fn(|context| Pin::new(&mut stream).poll_next(context)))
    }
    let script = five_pages();
    let (client, request) = (script.client(), DescribeThings(Parameters::new()));
    let item: Option<Result<Thing, Error>> = first(client.items(&request));
    let page: Option<Result<Numbered, Error>> = first(client.pages(&request));
    assert_eq!((item.unwrap().unwrap().id.as_str(), page.unwrap().unwrap().0.things.len()), ("a", 2));
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_ones_read_a_page_when_it_is_needed() {
    let script = five_pages();
    let config = Config::new().credentials(Credentials::new("LTAI", "SECRET")).transport(script.clone());
    let client = crate::blocking::Client::new(config).unwrap();
    let request = DescribeThings(Parameters::new());
    let mut items: crate::blocking::Items<Numbered> = client.items(&request);
    let mut calls = Vec::new();
    for item in items.by_ref() {
        item.unwrap();
        calls.push(script.calls());
    }
    assert_eq!(calls, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    assert!(items.next().is_none());

    let script = Script::default().page("a b", TOTAL).answer(403, REFUSAL);
    let config = Config::new().credentials(Credentials::new("LTAI", "SECRET")).transport(script);
    let client = crate::blocking::Client::new(config).unwrap();
    let pages: Vec<Result<Numbered, Error>> = client.pages(&request).collect();
    assert!(matches!(&pages[..], [Ok(_), Err(error)] if error.code() == Some("Forbidden")));
}
