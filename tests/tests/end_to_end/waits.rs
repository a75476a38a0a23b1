//! Waits for states, over a socket: every lifecycle, both clients, both formats.

use crate::retries::{Rehearsal, config, refusal};
use crate::support::FORMATS;
use aliyun_rpc::schema::Lifecycle;
use aliyun_rpc::{Key, State};
use express_connect::bgp::*;
use express_connect::physical_connection::*;
use express_connect::route_entry::*;
use express_connect::router_interface::*;
use express_connect::types::{BgpNetworkKey, RouteEntryKey};
use express_connect::virtual_border_router::*;
use express_connect::{AnswerFormat, Client, Error, ErrorKind, UnsettledReason, Wait, blocking, schema};
use express_connect_tests::{Answer, Server};
use std::pin::Pin;
use std::sync::mpsc;
use std::time::Duration;

type Waiting = Pin<Box<dyn Future<Output = Result<String, Error>> + Send>>;

/// One resource, and looks at it from the beginning to a goal.
struct Story {
    resource: &'static str,
    /// How its look-up selects it.
    asked: &'static [(&'static str, &'static str)],
    /// The fields beside the state that tell it from others.
    told: &'static [(&'static str, &'static str)],
    states: &'static [&'static str],
    wait: fn(Client) -> Waiting,
    wait_blocking: fn(&blocking::Client) -> Result<String, Error>,
}

/// A story whose key is made anew for each client.
macro_rules! story {
    ($resource:literal, $asked:expr, $told:expr, $states:expr, $key:expr, $goal:expr) => {
        Story {
            resource: $resource,
            asked: &$asked,
            told: &$told,
            states: &$states,
            wait: |client| {
                Box::pin(async move { $key.wait_until($goal, &client).await.map(|state| state.to_string()) })
            },
            wait_blocking: |client| $key.wait_until($goal, client).map(|state| state.to_string()),
        }
    };
}

const LINE: [(&str, &str); 2] = [("Filter.1.Key", "PhysicalConnectionId"), ("Filter.1.Value.1", "pc-1")];

fn stories() -> [Story; 10] {
    [
        story!(
            "BgpGroup",
            [("BgpGroupId", "bgpg-1")],
            [],
            ["Available"],
            BgpGroupId::from("bgpg-1"),
            BgpGroupStatus::Available
        ),
        story!(
            "BgpNetwork",
            [("RouterId", "vbr-1")],
            [("DstCidrBlock", "10.0.0.0/8")],
            ["Enabled"],
            BgpNetworkKey { router_id: "vbr-1".into(), dst_cidr_block: "10.0.0.0/8".to_owned() },
            BgpNetworkStatus::Enabled
        ),
        story!(
            "BgpPeer",
            [("BgpPeerId", "bgp-1")],
            [],
            ["Pending", "Available"],
            BgpPeerId::from("bgp-1"),
            BgpPeerStatus::Available
        ),
        story!(
            "PhysicalConnection",
            LINE,
            [],
            ["Initial", "Approved", "Allocating", "Allocated"],
            PhysicalConnectionId::from("pc-1"),
            PhysicalConnectionStatus::Allocated
        ),
        story!(
            "PhysicalConnectionLoa",
            [("InstanceId", "pc-1")],
            [],
            ["Applying", "Accept", "Available"],
            PhysicalConnectionId::from("pc-1"),
            LoaStatus::Available
        ),
        story!(
            "RouteEntry",
            [("RouteTableId", "vtb-1"), ("RouteEntryId", "rte-1")],
            [],
            ["Pending", "Available"],
            RouteEntryKey { route_table_id: "vtb-1".into(), route_entry_id: "rte-1".into() },
            RouteEntryStatus::Available
        ),
        story!(
            "RouterInterface",
            [("Filter.1.Key", "RouterInterfaceId"), ("Filter.1.Value.1", "ri-1")],
            [],
            ["Activating", "Active"],
            RouterInterfaceId::from("ri-1"),
            RouterInterfaceStatus::Active
        ),
        story!(
            "VbrHa",
            [("VbrHaId", "vbrha-1")],
            [],
            ["Creating", "Active"],
            VbrHaId::from("vbrha-1"),
            VbrHaStatus::Active
        ),
        story!(
            "VirtualBorderRouter",
            [("Filter.1.Key", "VbrId"), ("Filter.1.Value.1", "vbr-1")],
            [],
            ["Terminating", "terminated"],
            VbrId::from("vbr-1"),
            VbrStatus::Terminated
        ),
        story!(
            "VirtualPhysicalConnection",
            [("VirtualPhysicalConnectionIds.1", "pc-1")],
            [],
            ["UnConfirmed", "Confirmed"],
            PhysicalConnectionId::from("pc-1"),
            VpconnStatus::Confirmed
        ),
    ]
}

fn lifecycle(resource: &str) -> &'static Lifecycle {
    schema::SERVICE.lifecycles.iter().find(|lifecycle| lifecycle.resource == resource).unwrap()
}

/// The answer of a look-up that shows this state, after an entry of somebody else's where entries are told apart.
pub(crate) fn shown(
    resource: &str,
    told: &[(&str, &str)],
    state: Option<&str>,
    format: AnswerFormat,
) -> Answer {
    let lookup = &lifecycle(resource).lookup;
    let action = schema::SERVICE.action(lookup.action).unwrap();
    let entry = |state: &str, told: &[(&str, &str)]| {
        let status = lookup.field.rsplit('.').next().unwrap();
        let fields: Vec<(&str, &str)> = [(status, state)].into_iter().chain(told.iter().copied()).collect();
        match format {
            AnswerFormat::Xml => {
                fields.iter().map(|(name, text)| format!("<{name}>{text}</{name}>")).collect()
            }
            _ => {
                let fields: Vec<String> =
                    fields.iter().map(|(name, text)| format!("\"{name}\": \"{text}\"")).collect();
                format!("{{{}}}", fields.join(", "))
            }
        }
    };
    let others: Vec<(&str, &str)> = told.iter().map(|(name, _)| (*name, "other")).collect();
    let mut entries: Vec<String> =
        (!others.is_empty()).then(|| entry("Unheard", &others)).into_iter().collect();
    entries.extend(state.map(|state| entry(state, told)));
    let body = body(lookup.field, action, &entries, format);
    let body = match format {
        AnswerFormat::Xml => {
            format!("<{0}Response><RequestId>R-1</RequestId>{body}</{0}Response>", action.name)
        }
        _ => format!("{{\"RequestId\": \"R-1\"{body}}}"),
    };
    Answer::Raw(200, body.into_bytes())
}

/// The field that holds the entries.
fn body(
    field: &str,
    action: &aliyun_rpc::schema::Action,
    entries: &[String],
    format: AnswerFormat,
) -> String {
    use aliyun_rpc::schema::Content;
    let xml = matches!(format, AnswerFormat::Xml);
    let inner = |entry: &String| entry.trim_matches(['{', '}']).to_owned();
    let Some((place, _)) = field.rsplit_once('.') else {
        let entry = entries.first().map(inner).unwrap_or_default();
        return if xml || entry.is_empty() { entry } else { format!(", {entry}") };
    };
    let Some(list) = place.strip_suffix("[]") else {
        let entry = entries.first().cloned().unwrap_or_default();
        return match (xml, entry.is_empty()) {
            (true, _) => format!("<{place}>{entry}</{place}>"),
            (false, true) => String::new(),
            (false, false) => format!(", \"{place}\": {entry}"),
        };
    };
    let content = &action.response.iter().find(|field| field.name == list).unwrap().content;
    let wrapper = match content {
        Content::Objects { wrapper, .. } => *wrapper,
        _ => None,
    };
    let element = wrapper.unwrap_or("Element");
    match (xml, wrapper) {
        (true, _) => {
            let entries: String =
                entries.iter().map(|entry| format!("<{element}>{entry}</{element}>")).collect();
            format!("<{list}>{entries}</{list}>")
        }
        (false, Some(wrapper)) => format!(", \"{list}\": {{\"{wrapper}\": [{}]}}", entries.join(", ")),
        (false, None) => format!(", \"{list}\": [{}]", entries.join(", ")),
    }
}

pub(crate) fn show(server: &Server, resource: &str, states: &[Option<&str>]) {
    for state in states {
        server.next(shown(resource, &[], *state, AnswerFormat::Json));
    }
}

pub(crate) async fn stage() -> (Server, Client, Rehearsal) {
    let (server, rehearsal) = (Server::start().await, Rehearsal::default());
    let client = Client::new(config(server.endpoint(), &rehearsal)).unwrap();
    (server, client, rehearsal)
}

pub(crate) fn unsettled(error: &Error) -> UnsettledReason {
    match error.kind() {
        ErrorKind::Unsettled(unsettled) => unsettled.reason,
        kind => panic!("{kind:?}"),
    }
}

/// The look-ups that the server got: all select the resource.
fn assert_looks(server: &Server, story: &Story, looks: usize) {
    let received = server.received();
    assert_eq!(received.len(), looks, "{}", story.resource);
    for look in received {
        assert_eq!(look.refused, None, "{}", story.resource);
        assert_eq!(look.parameters["Action"], lifecycle(story.resource).lookup.action);
        for (name, value) in story.asked {
            assert_eq!(look.parameters.get(*name).map(String::as_str), Some(*value), "{}", story.resource);
        }
    }
}

#[tokio::test]
async fn every_lifecycle_can_be_waited_for() {
    assert_eq!(
        stories().map(|story| story.resource),
        *schema::SERVICE.lifecycles.iter().map(|one| one.resource).collect::<Vec<_>>()
    );
    for format in FORMATS {
        for story in stories() {
            let (server, rehearsal) = (Server::start().await, Rehearsal::default());
            let config = config(server.endpoint(), &rehearsal).answer_format(format);
            for _ in 0..2 {
                // At first it is not found, whatever the service says then.
                server.next(shown(story.resource, story.told, None, format));
                for state in story.states {
                    server.next(shown(story.resource, story.told, Some(state), format));
                }
            }
            // Where entries are told apart, the second page of the first look is empty.
            if !story.told.is_empty() {
                continue;
            }
            let goal = *story.states.last().unwrap();
            let state = (story.wait)(Client::new(config.clone()).unwrap()).await.unwrap();
            assert!(state.eq_ignore_ascii_case(goal), "{}: {state}", story.resource);
            assert_looks(&server, &story, story.states.len() + 1);
            let state = tokio::task::spawn_blocking(move || {
                (story.wait_blocking)(&blocking::Client::new(config).unwrap()).unwrap()
            });
            assert!(state.await.unwrap().eq_ignore_ascii_case(goal));
        }
    }
}

/// A network has no id: the pages of its router's networks are turned until it is found.
#[tokio::test]
async fn what_has_no_id_is_looked_for_on_every_page() {
    for format in FORMATS {
        let story = stories().into_iter().find(|story| story.resource == "BgpNetwork").unwrap();
        let (server, rehearsal) = (Server::start().await, Rehearsal::default());
        let client = Client::new(config(server.endpoint(), &rehearsal).answer_format(format)).unwrap();
        let network = |state| shown(story.resource, story.told, state, format);
        let empty = || shown(story.resource, &[], None, format);
        for answer in [network(None), empty(), network(None), network(Some("Enabled"))] {
            server.next(answer);
        }
        assert_eq!((story.wait)(client).await.unwrap(), "Enabled");
        assert_looks(&server, &story, 4);
        let pages: Vec<String> =
            server.received().iter().map(|look| look.parameters["PageNumber"].clone()).collect();
        assert_eq!(pages, ["1", "2", "1", "2"]);
        assert!(server.received().iter().all(|look| look.parameters["PageSize"] == "50"));
        assert_eq!(rehearsal.waits().len(), 1);
    }
}

/// A service that answers each page with the first would be asked for ever; one that says how many there are is not
/// asked beyond.
/// An order must not be sent twice because its end could not be seen.
/// A refusal that the resource does not exist is what some look-ups answer with.
#[tokio::test]
async fn what_can_be_chosen_of_a_wait() {
    let (server, client, rehearsal) = stage().await;
    show(&server, "RouterInterface", &[None, Some("Activating"), Some("Activating"), Some("Activating")]);
    let (send, seen) = mpsc::channel();
    let wait = Wait::until(&RouterInterfaceId::from("ri-1"), &RouterInterfaceStatus::Active)
        .every(Duration::from_secs(4))
        .deadline(Duration::from_secs(12))
        .region("cn-beijing")
        .on_progress(move |progress| {
            let state = progress.state.map(str::to_owned);
            send.send((progress.looks, state, progress.elapsed.as_secs())).unwrap();
        });
    assert_eq!(
        format!("{wait:?}"),
        r#"Wait { resource: "RouterInterface", key: ["ri-1"], goal: "Active", .. }"#
    );
    let error = client.wait(wait).await.unwrap_err();
    assert_eq!(unsettled(&error), UnsettledReason::Deadline);
    assert_eq!(rehearsal.waits(), [4, 6, 2].map(Duration::from_secs));
    let activating = || Some("Activating".to_owned());
    assert_eq!(
        seen.iter().collect::<Vec<_>>(),
        [(1, None, 0), (2, activating(), 4), (3, activating(), 10), (4, activating(), 12)]
    );
    assert!(server.received().iter().all(|look| look.parameters["RegionId"] == "cn-beijing"));
}

/// Nothing tells a wrong endpoint from one that is down for a while, but a minute is enough, and a deadline holds.
/// The client repeats a look that failed; one that fails all the same is made up for by the next.
#[tokio::test]
async fn a_request_is_sent_and_its_end_waited_for() {
    let (server, client, rehearsal) = stage().await;
    server.next(Answer::Example);
    show(&server, "VirtualBorderRouter", &[Some("active"), Some("terminating"), Some("terminated")]);
    let request = TerminateVirtualBorderRouter::new("vbr-1").region_id("cn-shanghai");
    let (response, state) = request.send_and_wait(&client).await.unwrap();
    assert_eq!((response.request_id.is_empty(), state), (false, VbrStatus::Terminated));
    let received = server.received();
    assert_eq!(received.len(), 4);
    assert!(received.iter().all(|call| call.parameters["RegionId"] == "cn-shanghai"));
    assert_eq!(received[1].parameters["Filter.1.Value.1"], "vbr-1");

    // What is new is named by the answer.
    server.next(Answer::Example);
    show(&server, "VirtualBorderRouter", &[None, Some("unconfirmed")]);
    let (response, state) =
        CreateVirtualBorderRouter::new("pc-1", 1).vbr_owner_id("1").send_and_wait(&client).await.unwrap();
    assert_eq!(state, VbrStatus::Unconfirmed);
    assert_eq!(server.last().parameters["Filter.1.Value.1"], response.vbr_id.as_str());

    // Where it starts from the goal, the first look is put off.
    let before = rehearsal.waits().len();
    server.next(Answer::Example);
    show(&server, "RouterInterface", &[Some("Active")]);
    let change = ModifyRouterInterfaceSpec::new("ri-1", RouterInterfaceSpec::Large1);
    assert_eq!(change.send_and_wait(&client).await.unwrap().1, RouterInterfaceStatus::Active);
    assert_eq!(rehearsal.waits().len(), before + 1);

    let sent = server.received().len();
    let error = DeleteRouteEntry::new()
        .route_entry_id("rte-1")
        .next_hop_id("ri-1")
        .send_and_wait(&client)
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "DeleteRouteEntry: set RouteTableId in the request, or send it alone");
    assert_eq!(server.received().len(), sent);
}

#[tokio::test]
async fn the_client_that_blocks_rehearses_and_waits_too() {
    let server = Server::start().await;
    let config = config(server.endpoint(), &Rehearsal::default());
    server.next(refusal(400, "DRYRUN.SUCCESS"));
    server.next(Answer::Example);
    show(&server, "VirtualBorderRouter", &[Some("deleting"), None]);
    tokio::task::spawn_blocking(move || {
        let client = blocking::Client::new(config).unwrap();
        CreateVbrHa::new(CreateVbrHaRequired { vbr_id: "vbr-1".into(), peer_vbr_id: "vbr-2".into() })
            .dry_run(&client)
            .unwrap();
        let ((), response) = {
            let (response, gone) = DeleteVirtualBorderRouter::new("vbr-1").send_and_wait(&client).unwrap();
            (gone, response)
        };
        assert!(!response.request_id.is_empty());
    })
    .await
    .unwrap();
}

/// The key of a resource fits the look-up of its lifecycle.
#[test]
fn keys_have_as_many_values_as_their_look_ups_want() {
    fn count<S: State>(key: &impl Key<S>) -> (usize, usize) {
        let lookup = &lifecycle(S::RESOURCE).lookup;
        (key.values().len(), lookup.keys.len() + lookup.select.len())
    }
    let route = RouteEntryKey { route_table_id: "vtb-1".into(), route_entry_id: "rte-1".into() };
    let network = BgpNetworkKey { router_id: "vbr-1".into(), dst_cidr_block: String::new() };
    assert_eq!((count(&route), count(&network)), ((2, 2), (2, 2)));
}
