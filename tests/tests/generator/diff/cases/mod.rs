//! Single changes of the lamp service, and what each means for its users.

mod actions;
mod answers;
mod constraints;
mod parameters;
mod types;

use crate::support::{mini, overlay};
use aliyun_rpc_generator::diff::Class;
use std::path::Path;

/// One change.
pub(crate) struct Case {
    /// What changes.
    pub(crate) name: &'static str,
    /// The kind that the report must name.
    pub(crate) kind: &'static str,
    /// What it means, and how that shows.
    pub(crate) verdict: Verdict,
    /// The change.
    pub(crate) edits: &'static [Edit],
}

/// What a change means for users.
#[derive(Clone, Copy)]
pub(crate) enum Verdict {
    /// The program of every day compiles.
    Documents,
    /// The program of every day compiles.
    Fix,
    /// The program of every day compiles, and this one, which did not compile before.
    Addition(&'static str),
    /// The program of every day compiles, and what was refused is sent.
    Allows,
    /// This program compiled; now the compiler says this.
    Breaking(&'static str, &'static str),
    /// The program of every day compiles, but the change breaks it all the same, for this reason.
    Argued(&'static str),
}

/// A step of a change. A text that is replaced stands there but once.
pub(crate) enum Edit {
    Replace(&'static str, &'static str, &'static str),
    Create(&'static str, &'static str),
    Remove(&'static str),
}

const CREATE: &str = "actions/lamp/CreateLamp.yaml";
const LIST: &str = "actions/lamp/DescribeLamps.yaml";
const APPLY: &str = "actions/scene/ApplyScene.yaml";
const SCENE: &str = "actions/scene/DescribeScene.yaml";
const ERRORS: &str = "errors.yaml";
const LIFECYCLE: &str = "resources/Lamp.yaml";
const SERVICE: &str = "service.yaml";
const ENUMS: &str = "types/enums.yaml";
const IDS: &str = "types/ids.yaml";
const STRUCTURES: &str = "types/structures.yaml";
const TEXTS: &str = "types/texts.yaml";

/// What users do with the crate: whatever the verdict calls compatible, this compiles before and after.
pub(crate) const EVERY_DAY: &str = r#"
use lamp_control::lamp::*;
use lamp_control::scene::*;
use lamp_control::{ErrorCode, Request, Sensitive, Timestamp, types};

fn create(room: &str) -> CreateLamp {
    let mut request = CreateLamp::new(LampModel::Ceiling)
        .region_id("eu-attic-1").client_token(String::from("123")).type_("fancy").lamp_name("desk").brightness(40)
        .power(9).address("192.168.0.7").installed_at("2022-02-28T16:00:00Z").owner("25")
        .box_code("C-1").dimmable(false).pin(Sensitive::from(1234)).labels(["left"])
        .contacts([contact()]).pricing_cycle(PricingCycle::Year).period(5).colour("red").parameter("Room", room);
    request.brightness = Some(3);
    if request.validate().is_empty() {}
    request
}

fn contact() -> LampContact {
    LampContact::new(LampContactRequired { person: "Ada".into(), street: "Lamp Street".into() })
        .phone("139").hours([8, 9]).models(vec![LampModel::TwoArm])
}

fn read(answer: CreateLampResponse, page: DescribeLampsResponse) -> (LampId, i64, Vec<Room>) {
    let DescribeLampsResponse { total_count, lamp_set, rooms, .. } = page;
    for lamp in &lamp_set {
        let status: Option<&LampStatus> = lamp.status.as_ref();
        match status {
            Some(LampStatus::On) => {}
            Some(LampStatus::BurntOut) | None => {}
            Some(_) => {}
        }
        let (_, _): (Option<&str>, Option<&Timestamp>) = (lamp.type_.as_deref(), lamp.installed_at.as_ref());
        let _hours: Option<i64> = lamp.bulb.as_ref().and_then(|bulb: &Bulb| bulb.hours);
        let _floor: Option<i64> = lamp.room.as_ref().and_then(|room: &types::Room| room.floor);
    }
    (answer.lamp_id, total_count, rooms)
}

fn list() -> DescribeLamps {
    DescribeLamps::default().page_number(1).filter(LampFilter::status([LampStatus::On])).filter(LampFilter::lamp_name(["a"]))
}

fn scene(lamp: LampId) -> ApplyScene {
    ApplyScene::new(ApplySceneRequired { scene_name: "evening".into(), room_id: "room-1".into(), lamp_ids: vec![lamp.clone()] })
        .steps([SceneStep::new(lamp, 40).fade(true)]).async_(true)
}

fn retry(code: &ErrorCode, find: DescribeScene) -> bool {
    let _ = (DescribeScene::ACTION.name, lamp_control::schema::SERVICE.actions.len(), find.scene_name);
    matches!(code, ErrorCode::LampBusy) || code.as_str() == "Throttling"
}
"#;

impl Verdict {
    pub(crate) const fn class(self) -> Class {
        match self {
            Verdict::Documents => Class::Documents,
            Verdict::Fix => Class::Fix,
            Verdict::Addition(_) | Verdict::Allows => Class::Addition,
            Verdict::Breaking(..) | Verdict::Argued(_) => Class::Breaking,
        }
    }
}

impl Case {
    /// Writes the changed spec.
    pub(crate) fn write(&self, folder: &Path) {
        overlay(&mini(), folder);
        self.apply(folder);
    }

    /// Changes a spec.
    pub(crate) fn apply(&self, folder: &Path) {
        for edit in self.edits {
            match edit {
                Edit::Replace(path, old, new) => {
                    let text = std::fs::read_to_string(folder.join(path)).unwrap();
                    assert_eq!(text.matches(old).count(), 1, "{}: `{old}` in {path}", self.name);
                    std::fs::write(folder.join(path), text.replace(old, new)).unwrap();
                }
                Edit::Create(path, text) => {
                    std::fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
                    std::fs::write(folder.join(path), text).unwrap();
                }
                Edit::Remove(path) => std::fs::remove_file(folder.join(path)).unwrap(),
            }
        }
    }
}

/// Every case.
pub(crate) fn all() -> impl Iterator<Item = &'static Case> {
    [actions::CASES, parameters::CASES, constraints::CASES, answers::CASES, types::CASES]
        .into_iter()
        .flatten()
}
