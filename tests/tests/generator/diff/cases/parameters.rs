//! Parameters: which there are, how they are called, whether they are required, what they hold.

use super::Edit::Replace;
use super::Verdict::{Addition, Allows, Argued, Breaking, Documents, Fix};
use super::{APPLY, CREATE, Case, LIST};

const NEW: &str = "use lamp_control::lamp::*; fn a() { let _ = CreateLamp::new(LampModel::Ceiling); }";
const COLOUR: &str =
    "  Colour: { type: String, source: gateway, summary: A parameter that the reference does not know. }\n";

pub(super) const CASES: &[Case] = &[
    Case {
        name: "an optional parameter comes",
        kind: "parameter-added",
        verdict: Addition(
            "fn a(a: lamp_control::lamp::CreateLamp) { let _ = (a.tint.clone(), a.tint(\"red\")); }",
        ),
        edits: &[Replace(
            CREATE,
            "  PricingCycle: {",
            "  Tint: { type: String, summary: Tint of the shade. }\n  PricingCycle: {",
        )],
    },
    Case {
        name: "a required parameter comes",
        kind: "parameter-added",
        verdict: Breaking(NEW, "E0061"),
        edits: &[
            Replace(
                CREATE,
                "  PricingCycle: {",
                "  Tint: { type: String, required: true, summary: Tint of the shade. }\n  PricingCycle: {",
            ),
            Replace(CREATE, "      PricingCycle: Year", "      Tint: red\n      PricingCycle: Year"),
        ],
    },
    Case {
        name: "a parameter comes that only another one can replace",
        kind: "parameter-added",
        verdict: Argued("a request with neither is refused before it is sent"),
        edits: &[
            Replace(
                CREATE,
                "  PricingCycle: {",
                "  Tint: { type: String, required: true, unless: Colour, summary: Tint of the shade. }\n  PricingCycle: {",
            ),
            Replace(CREATE, "      PricingCycle: Year", "      Tint: red\n      PricingCycle: Year"),
        ],
    },
    Case {
        name: "a parameter comes that is required on paper alone",
        kind: "parameter-added",
        verdict: Addition("fn a(a: lamp_control::lamp::CreateLamp) { let _ = a.tint(\"red\"); }"),
        edits: &[
            Replace(
                CREATE,
                "  PricingCycle: {",
                "  Tint: { type: String, required: true, relaxed: E01, summary: Tint of the shade. }\n  PricingCycle: {",
            ),
            Replace(CREATE, "      PricingCycle: Year", "      Tint: red\n      PricingCycle: Year"),
        ],
    },
    Case {
        name: "a required field of an object comes",
        kind: "parameter-added",
        verdict: Breaking(
            "use lamp_control::lamp::*; fn a() -> LampContactRequired { LampContactRequired { person: \"\".into(), street: \"\".into() } }",
            "E0063",
        ),
        edits: &[
            Replace(
                CREATE,
                "      Phone: {",
                "      Town: { type: String, required: true, summary: Town of the person. }\n      Phone: {",
            ),
            Replace(
                CREATE,
                "      Contacts.1.Phone:",
                "      Contacts.1.Town: Lampville\n      Contacts.1.Phone:",
            ),
            Replace(
                CREATE,
                "      Contacts.2.Phone:",
                "      Contacts.2.Town: Lampville\n      Contacts.2.Phone:",
            ),
        ],
    },
    Case {
        name: "an optional parameter goes",
        kind: "parameter-removed",
        verdict: Breaking("fn a(a: lamp_control::lamp::CreateLamp) { let _ = a.colour(\"red\"); }", "E0599"),
        edits: &[Replace(CREATE, COLOUR, "")],
    },
    Case {
        name: "a required parameter goes",
        kind: "parameter-removed",
        verdict: Breaking(
            "use lamp_control::scene::*; fn a(a: ApplySceneRequired) { let _ = a.room_id; }",
            "E0425",
        ),
        edits: &[
            Replace(APPLY, "  RoomId: { type: RoomId, required: true }\n", ""),
            Replace(APPLY, "      RoomId: room-9z\n", ""),
            Replace(APPLY, "RoomId: room-9z, ", ""),
        ],
    },
    Case {
        name: "a parameter is spelt otherwise",
        kind: "parameter-spelling",
        verdict: Fix,
        edits: &[Replace(CREATE, "  Colour: {", "  colour: {")],
    },
    Case {
        name: "a parameter has another name",
        kind: "parameter-spelling",
        verdict: Breaking("fn a(a: lamp_control::lamp::CreateLamp) { let _ = a.colour(\"red\"); }", "E0599"),
        edits: &[Replace(CREATE, "  Colour: {", "  Shade: {")],
    },
    Case {
        name: "a parameter has another Rust name",
        kind: "parameter-rust-name",
        verdict: Breaking("fn a(a: lamp_control::lamp::CreateLamp) { let _ = a.type_(\"plain\"); }", "E0599"),
        edits: &[Replace(CREATE, "  Type: { type: String,", "  Type: { type: String, rust: fringes,")],
    },
    Case {
        name: "an optional parameter becomes required",
        kind: "parameter-presence",
        verdict: Breaking(NEW, "E0061"),
        edits: &[Replace(
            CREATE,
            "  LampName: { type: LampName,",
            "  LampName: { type: LampName, required: true,",
        )],
    },
    Case {
        name: "a required parameter becomes optional",
        kind: "parameter-presence",
        verdict: Breaking(NEW, "E0061"),
        edits: &[Replace(CREATE, "type: LampModel, required: true,", "type: LampModel,")],
    },
    Case {
        name: "an optional parameter becomes required on paper",
        kind: "parameter-presence",
        verdict: Fix,
        edits: &[Replace(CREATE, "{ type: Address,", "{ type: Address, required: true, relaxed: E01,")],
    },
    Case {
        name: "an optional parameter becomes required without another",
        kind: "parameter-presence",
        verdict: Argued("a request with neither is refused before it is sent"),
        edits: &[Replace(
            CREATE,
            "  Owner: { type: AccountId,",
            "  Owner: { type: AccountId, required: true, unless: Colour,",
        )],
    },
    Case {
        name: "a parameter is no longer required without another",
        kind: "parameter-presence",
        verdict: Allows,
        edits: &[Replace(CREATE, "required: true, unless: Address, ", "")],
    },
    Case {
        name: "a parameter has another type",
        kind: "parameter-type",
        verdict: Breaking(
            "fn a(a: lamp_control::lamp::CreateLamp, code: String) { let _ = a.box_code(&code); }",
            "E0277",
        ),
        edits: &[Replace(CREATE, "  BoxCode: { type: Code,", "  BoxCode: { type: RoomId,")],
    },
    Case {
        name: "a parameter becomes a list",
        kind: "parameter-type",
        verdict: Breaking(
            "fn a(a: lamp_control::lamp::CreateLamp) { let _ = a.box_code(\"C-1\"); }",
            "E0277",
        ),
        edits: &[
            Replace(
                CREATE,
                "  BoxCode: { type: Code, prefix: \"\" }",
                "  BoxCode: { list: Code, prefix: \"\" }",
            ),
            Replace(CREATE, "      BoxCode: without-prefix", "      BoxCode.1: without-prefix"),
        ],
    },
    Case {
        name: "an object has another name",
        kind: "parameter-type",
        verdict: Breaking("use lamp_control::lamp::LampContact;", "E0432"),
        edits: &[Replace(CREATE, "list: LampContact", "list: LampPerson")],
    },
    Case {
        name: "a filter has another name",
        kind: "parameter-type",
        verdict: Breaking("use lamp_control::lamp::LampFilter;", "E0432"),
        edits: &[Replace(LIST, "filter: LampFilter", "filter: LampSelection")],
    },
    Case {
        name: "a number may be larger",
        kind: "parameter-wire-type",
        verdict: Allows,
        edits: &[Replace(CREATE, "  Period: { type: Integer,", "  Period: { type: Long,")],
    },
    Case {
        name: "a number may no longer be as large",
        kind: "parameter-wire-type",
        verdict: Argued("a number of more than 32 bits is refused before it is sent"),
        edits: &[Replace(CREATE, "  Power: { type: Long,", "  Power: { type: Integer,")],
    },
    Case {
        name: "a boolean is called one on the wire",
        kind: "parameter-wire-type",
        verdict: Fix,
        edits: &[Replace(
            CREATE,
            "  Dimmable: { type: Boolean, wire: String,",
            "  Dimmable: { type: Boolean,",
        )],
    },
    Case {
        name: "objects are no longer sent as JSON",
        kind: "parameter-encoding",
        verdict: Fix,
        edits: &[
            Replace(APPLY, "    encoding: json\n", ""),
            Replace(
                APPLY,
                "      Steps: '[{\"Brightness\":\"40\",\"LampId\":\"lamp-1a2b3c\"},{\"Brightness\":\"0\",\"Fade\":\"true\",\"LampId\":\"lamp-2\"}]'\n",
                "      Steps.1.LampId: lamp-1a2b3c\n      Steps.1.Brightness: 40\n",
            ),
        ],
    },
    Case {
        name: "parameters stand in another order",
        kind: "parameter-order",
        verdict: Documents,
        edits: &[
            Replace(CREATE, COLOUR, ""),
            Replace(
                CREATE,
                "  PricingCycle: {",
                "  Colour: { type: String, source: gateway, summary: A parameter that the reference does not know. }\n  PricingCycle: {",
            ),
        ],
    },
    Case {
        name: "a parameter becomes sensitive",
        kind: "sensitive",
        verdict: Breaking("fn a(a: lamp_control::lamp::CreateLamp) -> Option<String> { a.colour }", "E0308"),
        edits: &[Replace(CREATE, "  Colour: { type: String,", "  Colour: { type: String, sensitive: true,")],
    },
    Case {
        name: "a parameter has another default",
        kind: "words",
        verdict: Documents,
        edits: &[Replace(CREATE, "default: plain,", "default: fancy,")],
    },
    Case {
        name: "a parameter is described otherwise",
        kind: "words",
        verdict: Documents,
        edits: &[Replace(CREATE, "summary: Length of the term.", "summary: How long the term is.")],
    },
    Case {
        name: "a key of a filter comes",
        kind: "filter-key-added",
        verdict: Addition("fn a() { let _ = lamp_control::lamp::LampFilter::owner([\"25\"]); }"),
        edits: &[Replace(
            LIST,
            "      LampId: { type: LampId }\n      Status: { type: LampStatus, one_of: [On, Off] }",
            "      LampId: { type: LampId }\n      Owner: { type: AccountId }\n      Status: { type: LampStatus, one_of: [On, Off] }",
        )],
    },
    Case {
        name: "a key of a filter goes",
        kind: "filter-key-removed",
        verdict: Breaking("fn a() { let _ = lamp_control::lamp::LampFilter::brightness([1]); }", "E0599"),
        edits: &[Replace(LIST, "      Brightness: { type: Percent }\n", "")],
    },
    Case {
        name: "a key of a filter has another Rust name",
        kind: "filter-key-rust-name",
        verdict: Breaking("fn a() { let _ = lamp_control::lamp::LampFilter::brightness([1]); }", "E0599"),
        edits: &[Replace(
            LIST,
            "      Brightness: { type: Percent }",
            "      Brightness: { type: Percent, rust: light }",
        )],
    },
    Case {
        name: "a key of a filter has another type",
        kind: "filter-key-type",
        verdict: Breaking("fn a() { let _ = lamp_control::lamp::LampFilter::brightness([1]); }", "E0277"),
        edits: &[Replace(
            LIST,
            "      Brightness: { type: Percent }",
            "      Brightness: { type: String, summary: Share of full brightness. }",
        )],
    },
];
