//! Constraints, rules between parameters, lifecycles: what the compiler does not see.

use super::Edit::{Create, Remove, Replace};
use super::Verdict::{Addition, Allows, Argued, Fix};
use super::{CREATE, Case, ENUMS, IDS, LIFECYCLE, LIST, SCENE, TEXTS};

const RULES: &str = "rules:\n";

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a range grows narrower",
        kind: "constraint-tightened",
        verdict: Fix,
        edits: &[Replace(CREATE, "range: [10, 100]", "range: [20, 100]")],
    },
    Case {
        name: "a range grows wider",
        kind: "constraint-loosened",
        verdict: Fix,
        edits: &[Replace(CREATE, "range: [10, 100]", "range: [0, 100]")],
    },
    Case {
        name: "a text must not hold a character that it could hold",
        kind: "constraint-tightened",
        verdict: Argued("a name with an underscore is refused before it is sent"),
        edits: &[Replace(TEXTS, "\"_-\"", "\"-\"")],
    },
    Case {
        name: "a text may begin as it must not before",
        kind: "constraint-loosened",
        verdict: Allows,
        edits: &[Replace(TEXTS, "[\"http://\", \"https://\"]", "[\"http://\"]")],
    },
    Case {
        name: "a list may be longer",
        kind: "constraint-loosened",
        verdict: Fix,
        edits: &[Replace(CREATE, "items: [1, 3]", "items: [1, 5]")],
    },
    Case {
        name: "a value is refused with another code",
        kind: "constraint-code",
        verdict: Fix,
        edits: &[Replace(CREATE, "refused_as: InvalidName.Malformed", "refused_as: InvalidIp.Malformed")],
    },
    Case {
        name: "an unknown key of a filter is refused with no code",
        kind: "constraint-code",
        verdict: Fix,
        edits: &[Replace(LIST, "    refused_as: InvalidFilter\n", "")],
    },
    Case {
        name: "ids begin otherwise",
        kind: "id-prefix",
        verdict: Fix,
        edits: &[Replace(IDS, "prefix: lamp-", "prefix: lamp")],
    },
    Case {
        name: "a rule of form comes",
        kind: "rule-added",
        verdict: Argued("a request for years without a number of them is refused before it is sent"),
        edits: &[Replace(
            CREATE,
            RULES,
            "rules:\n  - required_if: { parameters: [Period], when: { PricingCycle: [Year] } }\n    summary: Years are counted.\n",
        )],
    },
    Case {
        name: "a rule comes that is only reported",
        kind: "rule-added",
        verdict: Fix,
        edits: &[Replace(
            CREATE,
            RULES,
            "rules:\n  - value_if: { parameter: Type, one_of: [fancy], when: { Model: [ceiling] } }\n    summary: Ceilings are fancy.\n",
        )],
    },
    Case {
        name: "a rule of form comes with the parameter that it limits",
        kind: "rule-added",
        verdict: Addition("fn a(a: lamp_control::lamp::CreateLamp) { let _ = a.tint(\"red\"); }"),
        edits: &[
            Replace(
                CREATE,
                "  PricingCycle: {",
                "  Tint: { type: String, summary: Tint of the shade. }\n  PricingCycle: {",
            ),
            Replace(
                CREATE,
                RULES,
                "rules:\n  - allowed_if: { parameters: [Tint], when: { Colour: given } }\n    summary: No tint without a colour.\n",
            ),
        ],
    },
    Case {
        name: "a rule goes",
        kind: "rule-removed",
        verdict: Fix,
        edits: &[Replace(
            CREATE,
            "  - range_by: { parameter: Power, by: Model, ranges: { 2-arm: [5, 9] } }\n    summary: A desk lamp stays cool.\n    inferred: true\n    source: chosen\n",
            "",
        )],
    },
    Case {
        name: "a rule changes",
        kind: "rule-changed",
        verdict: Fix,
        edits: &[Replace(CREATE, "Year: [1, 5] }", "Year: [1, 10] }")],
    },
    Case {
        name: "a lifecycle comes",
        kind: "lifecycle-added",
        verdict: Allows,
        edits: &[
            Replace(
                ENUMS,
                "PricingCycle:\n",
                "SceneStatus:\n  summary: State of a scene.\n  values:\n    Ready: { summary: It waits. }\n    Lit: { summary: It is on. }\n\nPricingCycle:\n",
            ),
            Replace(
                SCENE,
                "      Status: { type: LampStatus }\n",
                "      Status: { type: LampStatus }\n      State: { type: SceneStatus }\n",
            ),
            Create(
                "resources/Scene.yaml",
                "summary: A scene.
id: RoomId
status: SceneStatus
lookup: { action: DescribeScene, keys: [SceneName], field: \"Scene.State\" }
states:
  Ready: {}
  Lit: {}
transitions:
  - { action: ApplyScene, to: Ready }
  - { from: [Ready], by: operator, to: Lit }
",
            ),
        ],
    },
    Case {
        name: "a lifecycle goes",
        kind: "lifecycle-removed",
        verdict: Argued("what looks it up in the schema finds nothing"),
        edits: &[Remove(LIFECYCLE)],
    },
    Case {
        name: "a state is looked up otherwise",
        kind: "lifecycle-lookup",
        verdict: Argued("an id no longer waits, which it does with a client alone"),
        edits: &[Replace(LIFECYCLE, "Filter.LampId", "Filter.LampName")],
    },
    Case {
        name: "a state comes",
        kind: "state-added",
        verdict: Addition("fn a() { let _ = lamp_control::lamp::LampStatus::Broken; }"),
        edits: &[
            Replace(
                ENUMS,
                "    Off: { summary: It is dark. }\n",
                "    Off: { summary: It is dark. }\n    Broken: { summary: It is in pieces. }\n",
            ),
            Replace(LIFECYCLE, "  Off: {}\n", "  Off: {}\n  Broken: {}\n"),
            Replace(
                LIFECYCLE,
                "transitions:\n",
                "transitions:\n  - { from: [Off], by: operator, to: Broken }\n",
            ),
        ],
    },
    Case {
        name: "a state goes",
        kind: "state-removed",
        verdict: super::Verdict::Breaking(
            "fn a() { let _ = lamp_control::lamp::LampStatus::BurntOut; }",
            "E0599",
        ),
        edits: &[
            Replace(
                ENUMS,
                "    Burnt Out: { rust: BurntOut, also: [BurntOut], summary: It will never shine again. }\n",
                "",
            ),
            Replace(LIFECYCLE, "  Burnt Out: {}\n", ""),
            Replace(LIFECYCLE, "  - { from: [On], by: service, to: Burnt Out, source: chosen }\n", ""),
            Replace(LIFECYCLE, "  - { from: [Burnt Out], by: operator }\n", ""),
            Replace(LIST, "[On, Off, Burnt Out]", "[On, Off]"),
            Replace(LIST, "\"Burnt Out\"", "\"Off\""),
            Replace(LIST, "<Status>Burnt Out</Status>", "<Status>Off</Status>"),
        ],
    },
    Case {
        name: "a state passes by itself",
        kind: "state-transience",
        verdict: Fix,
        edits: &[Replace(LIFECYCLE, "  Off: {}", "  Off: { transient: true }")],
    },
    Case {
        name: "a way starts in another state too",
        kind: "transition",
        verdict: Fix,
        edits: &[Replace(
            LIFECYCLE,
            "from: [Off], action: ApplyScene",
            "from: [Off, Installing], action: ApplyScene",
        )],
    },
];
