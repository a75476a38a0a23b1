//! Where lists begin, how they go on, and that they end.

use super::*;

#[test]
fn pages_are_numbered_until_the_total_is_reached() {
    let total = r#","TotalCount":5"#;
    let script = Script::default().page("a b", total).page("c d", total).page("e", total);
    assert_eq!(ids(numbered(&script, &[])), "a b c d e");
    assert_eq!(script.asked("PageNumber"), texts(&["1", "2", "3"]));
}

#[test]
fn a_page_is_as_large_as_the_spec_allows_unless_the_request_says_how_large() {
    let script = Script::default().page("a", r#","TotalCount":1"#).page("a", r#","TotalCount":1"#);
    assert_eq!(ids(numbered(&script, &[])), "a");
    assert_eq!(ids(numbered(&script, &[("PageSize", "7")])), "a");
    assert_eq!(script.asked("PageSize"), texts(&["50", "7"]));
}

#[test]
fn parameters_of_the_request_are_in_every_call() {
    let total = r#","TotalCount":3"#;
    let script = Script::default().page("a", total).page("b", total).page("c", total);
    let given = [("Filter.1.Key", "Name"), ("Filter.1.Value.1", "x"), ("PageSize", "1")];
    assert_eq!(ids(numbered(&script, &given)), "a b c");
    assert!(given.iter().all(|(name, value)| script.asked_always(name, value)));
}

#[test]
fn a_list_without_a_total_goes_on_to_an_empty_page() {
    for total in ["", "0", "-1", "9223372036854775807", "null", "\"\""] {
        let total = if total.is_empty() { String::new() } else { format!(r#","TotalCount":{total}"#) };
        let script = Script::default().page("a b", &total).page("c d", &total).page("", &total);
        assert_eq!(ids(numbered(&script, &[])), "a b c d", "{total}");
    }
}

/// The service may allow smaller pages than were asked for, and leave some out for a reason of its own.
#[test]
fn a_page_that_is_shorter_than_asked_is_not_the_last() {
    let total = r#","TotalCount":4"#;
    let script = Script::default().page("a", total).page("b c", total).page("d", total);
    assert_eq!(ids(numbered(&script, &[("PageSize", "100")])), "a b c d");
}

#[test]
fn a_total_may_change_on_the_way() {
    let grows = Script::default().page("a", r#","TotalCount":2"#).page("b", r#","TotalCount":3"#);
    let grows = grows.page("c", r#","TotalCount":4"#).page("", r#","TotalCount":5"#);
    assert_eq!(ids(numbered(&grows, &[])), "a b c");
    let shrinks = Script::default().page("a b", r#","TotalCount":4"#).page("c", r#","TotalCount":3"#);
    assert_eq!(ids(numbered(&shrinks, &[])), "a b c");
}

/// How many entries come before a page in the middle is not known, since the service may have its own size of pages.
#[test]
fn it_begins_at_the_page_of_the_request() {
    let total = r#","TotalCount":5"#;
    let script = Script::default().page("c d", total).page("e", total).page("", total);
    assert_eq!(ids(numbered(&script, &[("PageNumber", "2"), ("PageSize", "2")])), "c d e");
    assert_eq!(script.asked("PageNumber"), texts(&["2", "3", "4"]));
}

#[test]
fn behind_the_end_there_is_nothing() {
    let script = Script::default().page("", r#","TotalCount":5"#);
    assert_eq!(ids(numbered(&script, &[("PageNumber", "99")])), "");
    assert_eq!(script.calls(), 1);
}

#[test]
fn the_same_page_under_the_next_number_is_an_error() {
    for total in ["", r#","TotalCount":9"#] {
        let script = Script::default().page("a b", total).page("a b", total);
        let (ids, error) = drain(numbered(&script, &[]));
        assert_eq!((ids.as_str(), repeats(error.as_ref()), script.calls()), ("a b", "PageNumber", 2));
    }
    let total = [r#","TotalCount":9"#, r#","TotalCount":10"#];
    let script = Script::default().page("a b", total[0]).page("c d", total[0]).page("c d", total[1]);
    let (ids, error) = drain(numbered(&script, &[]));
    assert_eq!((ids.as_str(), repeats(error.as_ref())), ("a b c d", "PageNumber"));
    assert_eq!(
        error.unwrap().to_string(),
        "DescribeThings: the list would never end: what PageNumber leads to was there before; what was read may not be all"
    );
}

#[test]
fn a_number_that_is_none_is_refused_before_it_is_sent() {
    for number in ["two", "1.5", "99999999999"] {
        let script = Script::default();
        let (ids, error) = drain(numbered(&script, &[("PageNumber", number)]));
        let error = error.unwrap();
        assert!(matches!(error.kind(), ErrorKind::Invalid(_)) && ids.is_empty(), "{error}");
    }
}

#[test]
fn the_last_number_there_is_ends_with_an_error() {
    let script = Script::default().page("a", "");
    let (ids, error) = drain(numbered(&script, &[("PageNumber", "2147483647")]));
    assert!(matches!(error.unwrap().kind(), ErrorKind::Invalid(_)));
    assert_eq!((ids.as_str(), script.calls()), ("a", 1));
}

#[test]
fn tokens_lead_from_page_to_page() {
    for last in ["", r#","NextToken":"""#, r#","NextToken":null"#] {
        let script = Script::default().page("a b", r#","NextToken":"t1""#).page("", r#","NextToken":"t2""#);
        let script = script.page("c", last);
        assert_eq!(ids(by_token(&script, &[])), "a b c");
        let asked = [None, Some("t1".to_owned()), Some("t2".to_owned())];
        assert_eq!(script.asked("NextToken"), asked);
    }
}

#[test]
fn it_begins_at_the_token_of_the_request() {
    let script = Script::default().page("b", r#","NextToken":"t2""#).page("c", "");
    assert_eq!(ids(by_token(&script, &[("NextToken", "t1")])), "b c");
    assert_eq!(script.asked("NextToken"), texts(&["t1", "t2"]));
}

#[test]
fn a_token_that_comes_again_is_an_error_behind_its_page() {
    let [t1, t2] = [r#","NextToken":"t1""#, r#","NextToken":"t2""#];
    let again = Script::default().page("a", t1).page("b", t1);
    let around = Script::default().page("a", t1).page("b", t2).page("c", t1);
    let from_the_request = Script::default().page("b", t1);
    let found = [
        drain(by_token(&again, &[])),
        drain(by_token(&around, &[])),
        drain(by_token(&from_the_request, &[("NextToken", "t1")])),
    ];
    for ((ids, error), expected) in found.iter().zip(["a b", "a b c", "b"]) {
        assert_eq!((ids.as_str(), repeats(error.as_ref())), (expected, "NextToken"));
        let error = error.as_ref().unwrap();
        assert_eq!((error.action(), error.is_retryable()), (Some("ListThings"), false));
        assert!(!error.to_string().contains("t1"), "{error}");
    }
}

/// The reference shows such an answer.
#[test]
fn a_token_that_comes_again_ends_a_complete_list() {
    let script = Script::default().page("b", r#","NextToken":"t1","TotalCount":1"#);
    assert_eq!(ids(by_token(&script, &[("NextToken", "t1")])), "b");
    let [first, last] = [r#","NextToken":"t1","TotalCount":3"#; 2];
    let script = Script::default().page("a b", first).page("c", last);
    assert_eq!(ids(by_token(&script, &[])), "a b c");
}

/// Whatever the total says.
#[test]
fn a_new_token_leads_on() {
    let script = Script::default().page("a b", r#","NextToken":"t1","TotalCount":1"#);
    assert_eq!(ids(by_token(&script.page("c", r#","TotalCount":1"#), &[])), "a b c");
}

#[test]
fn an_error_ends_the_list_behind_what_came_before() {
    let total = r#","TotalCount":9"#;
    for prefetch in [None, Some(0), Some(1), Some(5)] {
        let script = Script::default().page("a b", total).page("c d", total).answer(403, REFUSAL);
        let items = numbered(&script, &[]);
        let (ids, error) = drain(match prefetch {
            None => items,
            Some(pages) => items.prefetch(pages),
        });
        assert_eq!((ids.as_str(), error.unwrap().code()), ("a b c d", Some("Forbidden")), "{prefetch:?}");
        assert_eq!(script.calls(), 3);
    }
}

#[test]
fn a_list_is_collected_or_fails_as_a_whole() {
    let total = r#","TotalCount":3"#;
    let script = Script::default().page("a b", total).page("c", total);
    let things: Vec<Thing> = now(numbered(&script, &[]).try_collect()).unwrap();
    assert_eq!(things.len(), 3);
    let script = Script::default().page("a b", total).answer(403, REFUSAL);
    assert!(now(numbered(&script, &[]).try_collect::<Vec<_>>()).is_err());
}

#[test]
fn pages_are_answers_and_an_empty_one_is_one_too() {
    let script = Script::default().page("a b", "").page("c", "").page("", "");
    let pages: super::super::Pages<Numbered> = script.client().pages(&DescribeThings(Parameters::new()));
    let pages: Vec<Numbered> = now(pages.try_collect()).unwrap();
    let counts: Vec<usize> = pages.into_iter().map(|page| page.into_items().len()).collect();
    assert_eq!(counts, [2, 1, 0]);
}

#[test]
fn an_action_without_pages_has_one() {
    let script = Script::default().page("a b", "");
    let items: Items<Unpaged> = script.client().items(&LookAtThings(Parameters::new()));
    assert_eq!(ids(items), "a b");
    assert_eq!(script.asked("PageNumber"), [None]);
}
