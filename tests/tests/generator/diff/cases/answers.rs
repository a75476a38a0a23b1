//! Fields of answers.

use super::Edit::Replace;
use super::Verdict::{Addition, Breaking, Documents, Fix};
use super::{CREATE, Case, LIST, STRUCTURES};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a field comes",
        kind: "field-added",
        verdict: Addition("fn a(a: lamp_control::lamp::CreateLampResponse) -> Option<String> { a.serial }"),
        edits: &[Replace(
            CREATE,
            "response:\n",
            "response:\n  Serial: { type: String, summary: Number on the base. }\n",
        )],
    },
    Case {
        name: "a field with a type that the group did not have comes",
        kind: "rust-item",
        verdict: Addition("fn a(a: lamp_control::scene::PricingCycle) {}"),
        edits: &[Replace(
            "actions/scene/DescribeScene.yaml",
            "      Status: { type: LampStatus }",
            "      Status: { type: LampStatus }\n      Cycle: { type: PricingCycle }",
        )],
    },
    Case {
        name: "the last field with a type of the group goes",
        kind: "rust-item",
        verdict: Breaking("use lamp_control::scene::LampStatus;", "E0432"),
        edits: &[
            Replace("actions/scene/DescribeScene.yaml", "      Status: { type: LampStatus }\n", ""),
            Replace("actions/scene/DescribeScene.yaml", ", \"Status\": \"Smouldering\"", ""),
            Replace("actions/scene/DescribeScene.yaml", "<Status>Smouldering</Status>", ""),
        ],
    },
    Case {
        name: "a field goes",
        kind: "field-removed",
        verdict: Breaking(
            "fn a(a: lamp_control::lamp::DescribeLampsResponse) { let _ = a.models; }",
            "E0609",
        ),
        edits: &[
            Replace(LIST, "  Models: { list: LampModel, summary: The models that occur. }\n", ""),
            Replace(LIST, "\"RoomId\": \"room-9z\" } },\n", "\"RoomId\": \"room-9z\" } }\n"),
            Replace(LIST, "        \"Models\": [ \"ceiling\", \"2-arm\" ]\n", ""),
            Replace(LIST, "        <Models>ceiling</Models>\n        <Models>2-arm</Models>\n", ""),
        ],
    },
    Case {
        name: "a field is spelt otherwise",
        kind: "field-spelling",
        verdict: Fix,
        edits: &[
            Replace(LIST, "  Rooms: {", "  rooms: {"),
            Replace(LIST, "\"Rooms\": { \"Rooms\"", "\"rooms\": { \"Rooms\""),
            Replace(
                LIST,
                "<Rooms><Rooms><RoomId>room-9z</RoomId></Rooms></Rooms>",
                "<rooms><Rooms><RoomId>room-9z</RoomId></Rooms></rooms>",
            ),
        ],
    },
    Case {
        name: "a field has another Rust name",
        kind: "field-rust-name",
        verdict: Breaking("fn a(a: lamp_control::lamp::Lamp) { let _ = a.power; }", "E0609"),
        edits: &[Replace(LIST, "      Power: { type: Watts,", "      Power: { type: Watts, rust: watts,")],
    },
    Case {
        name: "a field is no longer in every answer",
        kind: "field-presence",
        verdict: Breaking(
            "fn a(a: lamp_control::lamp::DescribeLampsResponse) -> i64 { a.total_count }",
            "E0308",
        ),
        edits: &[Replace(
            LIST,
            "  TotalCount: { type: Integer, always: true,",
            "  TotalCount: { type: Integer,",
        )],
    },
    Case {
        name: "a field is in every answer",
        kind: "field-presence",
        verdict: Breaking("fn a(a: lamp_control::lamp::Lamp) -> Option<String> { a.type_ }", "E0308"),
        edits: &[
            Replace(LIST, "      Type: { type: String,", "      Type: { type: String, always: true,"),
            Replace(LIST, "\"lamp-2\", \"Status\"", "\"lamp-2\", \"Type\": \"plain\", \"Status\""),
            Replace(LIST, "<LampId>lamp-2</LampId>", "<LampId>lamp-2</LampId><Type>plain</Type>"),
        ],
    },
    Case {
        name: "a list is in every answer",
        kind: "field-presence",
        verdict: Fix,
        edits: &[Replace(LIST, "  Rooms: { list: Room,", "  Rooms: { list: Room, always: true,")],
    },
    Case {
        name: "a field has another type",
        kind: "field-type",
        verdict: Breaking(
            "fn a(a: lamp_control::lamp::Lamp) -> Option<lamp_control::types::AccountId> { a.owner }",
            "E0308",
        ),
        edits: &[Replace(LIST, "      Owner: { type: AccountId, wire: Long,", "      Owner: { type: Long,")],
    },
    Case {
        name: "a structure has another name",
        kind: "field-type",
        verdict: Breaking("use lamp_control::lamp::Bulb;", "E0432"),
        edits: &[Replace(LIST, "object: Bulb,", "object: LightBulb,")],
    },
    Case {
        name: "a field has another type on the wire",
        kind: "field-wire-type",
        verdict: Fix,
        edits: &[
            Replace(
                LIST,
                "      Brightness: { type: Percent, wire: String }",
                "      Brightness: { type: Percent }",
            ),
            Replace(LIST, "          \"Brightness\": \"40\"", "          \"Brightness\": 40"),
        ],
    },
    Case {
        name: "a list has another wrapper",
        kind: "field-wrapper",
        verdict: Fix,
        edits: &[
            Replace(LIST, "wrapper: Label,", "wrapper: Tag,"),
            Replace(LIST, "\"Labels\": { \"Label\":", "\"Labels\": { \"Tag\":"),
            Replace(LIST, "<Label>left</Label><Label>right</Label>", "<Tag>left</Tag><Tag>right</Tag>"),
        ],
    },
    Case {
        name: "fields stand in another order",
        kind: "field-order",
        verdict: Documents,
        edits: &[
            Replace(LIST, "      Address: { type: Address }\n", ""),
            Replace(
                LIST,
                "      Phone: { type: Phone }\n",
                "      Phone: { type: Phone }\n      Address: { type: Address }\n",
            ),
        ],
    },
    Case {
        name: "a field becomes sensitive",
        kind: "sensitive",
        verdict: Breaking("fn a(a: lamp_control::lamp::Lamp) -> Option<String> { a.type_ }", "E0308"),
        edits: &[Replace(
            LIST,
            "      Type: { type: String,",
            "      Type: { type: String, sensitive: true,",
        )],
    },
    Case {
        name: "a field of a shared structure comes",
        kind: "field-added",
        verdict: Addition("fn a(a: lamp_control::types::Room) -> Option<String> { a.door }"),
        edits: &[Replace(
            STRUCTURES,
            "    Floor: {",
            "    Door: { type: String, summary: Its door. }\n    Floor: {",
        )],
    },
    Case {
        name: "a field is described otherwise",
        kind: "words",
        verdict: Documents,
        edits: &[Replace(LIST, "summary: Where it hangs.", "summary: The room in which it hangs.")],
    },
];
