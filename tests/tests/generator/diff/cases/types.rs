//! Ids, enums and structures.

use super::Edit::Replace;
use super::Verdict::{Addition, Argued, Breaking, Documents, Fix};
use super::{CREATE, Case, ENUMS, IDS, STRUCTURES};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "an id comes",
        kind: "type-added",
        verdict: Addition("use lamp_control::types::ShadeId;"),
        edits: &[Replace(IDS, "RoomId:", "ShadeId: { summary: Id of a shade., example: shade-1 }\nRoomId:")],
    },
    Case {
        name: "a structure comes",
        kind: "type-added",
        verdict: Addition("use lamp_control::types::Cellar;"),
        edits: &[Replace(
            STRUCTURES,
            "Room:\n",
            "Cellar: { summary: A cellar., fields: { Depth: { type: Integer, summary: How deep it lies. } } }\nRoom:\n",
        )],
    },
    Case {
        name: "an enum goes",
        kind: "type-removed",
        verdict: Breaking("use lamp_control::types::PricingCycle;", "E0432"),
        edits: &[
            Replace(
                ENUMS,
                "\nPricingCycle:\n  summary: Unit in which a term is bought.\n  values:\n    Month: { summary: Months. }\n    Year: { summary: Years. }\n",
                "",
            ),
            Replace(
                CREATE,
                "  PricingCycle: { type: PricingCycle, default: Month }",
                "  PricingCycle: { type: String, default: Month, one_of: [Month, Year], summary: Unit in which a term is bought. }",
            ),
        ],
    },
    Case {
        name: "a value comes",
        kind: "value-added",
        verdict: Addition(
            "fn a() -> lamp_control::types::LampModel { lamp_control::types::LampModel::Wall }",
        ),
        edits: &[Replace(ENUMS, "    2-arm:", "    wall: { summary: Hangs on the wall. }\n    2-arm:")],
    },
    Case {
        name: "a value goes",
        kind: "value-removed",
        verdict: Breaking(
            "fn a() -> lamp_control::types::LampModel { lamp_control::types::LampModel::Type }",
            "E0599",
        ),
        edits: &[Replace(
            ENUMS,
            "    type: { summary: \"A name that is a keyword, which a variant may be.\" }\n",
            "",
        )],
    },
    Case {
        name: "a value is spelt otherwise, and read from the old spelling too",
        kind: "value-spelling",
        verdict: Fix,
        edits: &[
            Replace(ENUMS, "    ceiling: {", "    Ceiling: { also: [ceiling],"),
            Replace(CREATE, "required: true, example: ceiling", "required: true, example: Ceiling"),
            Replace(CREATE, "      Model: ceiling", "      Model: Ceiling"),
        ],
    },
    Case {
        name: "a value is read from one more spelling",
        kind: "value-spelling",
        verdict: Fix,
        edits: &[Replace(ENUMS, "    Off: {", "    Off: { also: [dark],")],
    },
    Case {
        name: "a value is no longer read from a spelling",
        kind: "value-spelling",
        verdict: Argued(
            "an answer with `Lit` becomes `Unknown`, and a program that looks for `On` passes it by",
        ),
        edits: &[Replace(ENUMS, "also: [\"on\", Lit]", "also: [\"on\"]")],
    },
    Case {
        name: "a value has another Rust name",
        kind: "value-rust-name",
        verdict: Breaking("fn a() { let _ = lamp_control::types::LampStatus::BurntOut; }", "E0599"),
        edits: &[Replace(ENUMS, "rust: BurntOut,", "rust: Dead,")],
    },
    Case {
        name: "values stand in another order",
        kind: "value-order",
        verdict: Documents,
        edits: &[
            Replace(ENUMS, "    Month: { summary: Months. }\n", ""),
            Replace(
                ENUMS,
                "    Year: { summary: Years. }\n",
                "    Year: { summary: Years. }\n    Month: { summary: Months. }\n",
            ),
        ],
    },
    Case {
        name: "a value is described otherwise",
        kind: "words",
        verdict: Documents,
        edits: &[Replace(ENUMS, "summary: It shines.", "summary: It gives light.")],
    },
    Case {
        name: "an id is described otherwise",
        kind: "words",
        verdict: Documents,
        edits: &[Replace(IDS, "summary: Id of a lamp.", "summary: What names a lamp.")],
    },
];
