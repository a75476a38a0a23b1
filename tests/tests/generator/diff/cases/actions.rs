//! The service, its groups and its actions.

use super::Edit::{Create, Remove, Replace};
use super::Verdict::{Addition, Allows, Argued, Breaking, Documents, Fix};
use super::{APPLY, CREATE, Case, ERRORS, LIFECYCLE, LIST, SCENE, SERVICE};

const LIST_SCENES: &str = "summary: List the scenes.
reference: { section: \"2.3\" }
effect: read
parameters:
  RegionId: { type: RegionId, required: true }
response:
  RequestId: { type: RequestId, always: true }
errors: []
examples: []
";

const MOVED_SCENE: &str = "summary: Look a scene up.
reference: { section: \"2.2\", document: 2002 }
effect: read
source: chosen
parameters:
  RegionId: { type: RegionId, required: true }
  SceneName: { type: String, required: true, summary: Name of the scene. }
response:
  RequestId: { type: RequestId, always: true }
  Scene: { object: Scene, rust: found, summary: The scene., fields: { Room: { object: Room, summary: Where it happens. }, Status: { type: LampStatus } } }
errors: []
examples: []
";

pub(super) const CASES: &[Case] = &[
    Case {
        name: "the crate has another name",
        kind: "crate-name",
        verdict: Breaking("use lamp_control::types::LampId;", "E0433"),
        edits: &[Replace(SERVICE, "crate: lamp-control", "crate: lamps")],
    },
    Case {
        name: "the service has another name",
        kind: "service-name",
        verdict: Fix,
        edits: &[Replace(SERVICE, "service: lamp-control", "service: lamps")],
    },
    Case {
        name: "another version of the API",
        kind: "api-version",
        verdict: Argued("every call is answered by another version of the API"),
        edits: &[Replace(SERVICE, "2020-01-01", "2021-01-01")],
    },
    Case {
        name: "another product",
        kind: "product",
        verdict: Argued("every call goes to another product"),
        edits: &[Replace(SERVICE, "product: Lamp", "product: Light")],
    },
    Case {
        name: "another central host",
        kind: "endpoint",
        verdict: Fix,
        edits: &[Replace(SERVICE, "central: lamp.", "central: lamps.")],
    },
    Case {
        name: "calls are signed otherwise",
        kind: "signature",
        verdict: Fix,
        edits: &[Replace(SERVICE, "signature: ACS3", "signature: \"1.0\"")],
    },
    Case {
        name: "another parameter holds the region",
        kind: "region-parameter",
        verdict: Breaking(
            "use lamp_control::lamp::*; fn a() { let _ = CreateLamp::new(LampModel::Ceiling); }",
            "E0061",
        ),
        edits: &[Replace(SERVICE, "region_parameter: RegionId", "region_parameter: RoomId")],
    },
    Case {
        name: "the service has another title",
        kind: "words",
        verdict: Documents,
        edits: &[Replace(SERVICE, "title: Lamp Control", "title: Control of Lamps")],
    },
    Case {
        name: "a group comes",
        kind: "group-added",
        verdict: Addition("use lamp_control::attic::ListScenes;"),
        edits: &[
            Replace(
                SERVICE,
                "sources:\n",
                "  attic: { title: Attic, chapter: \"3\", summary: Old lamps. }\nsources:\n",
            ),
            Create("actions/attic/ListScenes.yaml", LIST_SCENES),
        ],
    },
    Case {
        name: "a group goes",
        kind: "group-removed",
        verdict: Breaking("use lamp_control::scene::DescribeScene;", "E0432"),
        edits: &[
            Replace(
                SERVICE,
                "  scene:\n    title: Scenes\n    chapter: \"2\"\n    summary: Several lamps switched at once.\n",
                "",
            ),
            Remove(APPLY),
            Remove(SCENE),
            Replace(
                LIFECYCLE,
                "action: ApplyScene, to: On, refused_as: LampBusy, needs: [The lamp has a bulb.] }",
                "by: operator, to: On }",
            ),
            Replace(LIFECYCLE, "action: ApplyScene, to: Off", "by: operator, to: Off"),
        ],
    },
    Case {
        name: "an action comes",
        kind: "action-added",
        verdict: Addition("use lamp_control::scene::{ListScenes, ListScenesResponse};"),
        edits: &[Create("actions/scene/ListScenes.yaml", LIST_SCENES)],
    },
    Case {
        name: "an action goes",
        kind: "action-removed",
        verdict: Breaking("use lamp_control::scene::DescribeScene;", "E0432"),
        edits: &[Remove(SCENE)],
    },
    Case {
        name: "an action moves to another group",
        kind: "action-moved",
        verdict: Breaking("use lamp_control::scene::DescribeScene;", "E0432"),
        edits: &[Remove(SCENE), Create("actions/lamp/DescribeScene.yaml", MOVED_SCENE)],
    },
    Case {
        name: "a call changes something else",
        kind: "effect",
        verdict: Fix,
        edits: &[Replace(APPLY, "effect: update", "effect: create")],
    },
    Case {
        name: "a token makes a call safe to repeat",
        kind: "idempotency",
        verdict: Addition("fn a(a: lamp_control::scene::ApplyScene) { let _ = a.client_token(\"1\"); }"),
        edits: &[Replace(
            APPLY,
            "effect: update\nparameters:\n",
            "effect: update\nidempotency: ClientToken\nparameters:\n  ClientToken: { type: ClientToken }\n",
        )],
    },
    Case {
        name: "no token makes a call safe to repeat any more",
        kind: "idempotency",
        verdict: Argued("a call that is repeated may hang up a second lamp"),
        edits: &[Replace(CREATE, "idempotency: ClientToken\n", "")],
    },
    Case {
        name: "a list comes in pages",
        kind: "pages",
        // `items` is there with a client alone, without which these crates are compiled.
        verdict: Allows,
        edits: &[
            Replace(
                SCENE,
                "parameters:\n",
                "pages: { number: Page, items: Lamps }\nparameters:\n  Page: { type: PageNumber }\n",
            ),
            Replace(
                SCENE,
                "response:\n",
                "response:\n  Lamps: { list: LampId, summary: Lamps of the scene. }\n",
            ),
        ],
    },
    Case {
        name: "a list no longer comes in pages",
        kind: "pages",
        verdict: Argued("`items` goes, which is there with a client alone"),
        edits: &[Replace(LIST, "pages: { number: PageNumber, total: TotalCount, items: LampSet }\n", "")],
    },
    Case {
        name: "the end of the pages is known otherwise",
        kind: "pages",
        verdict: Fix,
        edits: &[Replace(LIST, "total: TotalCount, ", "")],
    },
    Case {
        name: "a token leads to the next page",
        kind: "pages",
        verdict: Addition("fn a(a: lamp_control::lamp::DescribeLamps) { let _ = a.next_token(\"1\"); }"),
        edits: &[
            Replace(LIST, "pages: { number: PageNumber", "pages: { token: NextToken"),
            Replace(
                LIST,
                "  Filter:\n",
                "  NextToken: { type: String, summary: Where the page begins. }\n  Filter:\n",
            ),
            Replace(
                LIST,
                "response:\n",
                "response:\n  NextToken: { type: String, always: true, summary: Where the next page begins. }\n",
            ),
        ],
    },
    Case {
        name: "a list has other entries",
        kind: "pages",
        verdict: Argued("`items` gives other values, with a client alone"),
        edits: &[Replace(LIST, "items: LampSet }", "items: Rooms }")],
    },
    Case {
        name: "another example",
        kind: "example",
        verdict: Documents,
        edits: &[Replace(SCENE, "SceneName: evening", "SceneName: noon")],
    },
    Case {
        name: "another note",
        kind: "words",
        verdict: Documents,
        edits: &[Replace(CREATE, "The ceiling must hold.", "The ceiling must hold the lamp.")],
    },
    Case {
        name: "an error is listed",
        kind: "error-row",
        verdict: Documents,
        edits: &[Replace(SCENE, "errors: []", "errors: [{ http: 503, code: LampBusy, message: Later. }]")],
    },
    Case {
        name: "an error is no longer listed",
        kind: "error-row",
        verdict: Documents,
        edits: &[
            Replace(
                CREATE,
                "  - { http: 503, code: LampBusy, message: The ladder is taken., class: retry, source: gateway }\n",
                "",
            ),
            Replace(LIFECYCLE, ", refused_as: LampBusy", ""),
            Replace(
                ERRORS,
                "remedy: Wait for `Off` and try again. }",
                "remedy: Wait for `Off` and try again., source: gateway }",
            ),
        ],
    },
    Case {
        name: "an error code comes",
        kind: "error-code-added",
        verdict: Addition("fn a() -> lamp_control::ErrorCode { lamp_control::ErrorCode::NoPower }"),
        edits: &[Replace(
            ERRORS,
            "LampBusy:",
            "NoPower: { class: retry, cause: The mains are down., remedy: Wait., source: gateway }\nLampBusy:",
        )],
    },
    Case {
        name: "an error code goes",
        kind: "error-code-removed",
        verdict: Breaking(
            "fn a() -> lamp_control::ErrorCode { lamp_control::ErrorCode::Throttling }",
            "E0599",
        ),
        edits: &[Replace(
            ERRORS,
            "Throttling: { class: retry, condition: throttled, cause: Too many requests at once., remedy: Wait a little., source: gateway }\n",
            "",
        )],
    },
    Case {
        name: "an error code has another Rust name",
        kind: "error-code-rust-name",
        verdict: Breaking(
            "fn a() -> lamp_control::ErrorCode { lamp_control::ErrorCode::InvalidIpMalformedInCapitals }",
            "E0599",
        ),
        edits: &[Replace(ERRORS, "rust: InvalidIpMalformedInCapitals", "rust: InvalidGateway")],
    },
    Case {
        name: "an error is of another class",
        kind: "error-class",
        verdict: Fix,
        edits: &[Replace(ERRORS, "class: settle", "class: retry")],
    },
    Case {
        name: "an error has another cause",
        kind: "error-text",
        verdict: Documents,
        edits: &[Replace(ERRORS, "Somebody is changing the bulb.", "The bulb is being changed.")],
    },
];
