//! The forms of the report, and the documents about them.

use super::cases;
use crate::support::{Snapshots, mini, model, overlay};
use aliyun_rpc_generator::diff::{self, Form, Report};
use std::path::Path;

/// Several changes at once, of every class.
fn report() -> Report {
    let names = [
        "a required parameter comes",
        "a field has another type",
        "a text must not hold a character that it could hold",
        "a value comes",
        "a range grows narrower",
        "an error is of another class",
        "the last field with a type of the group goes",
        "a state passes by itself",
        "another note",
    ];
    let folder = tempfile::tempdir().unwrap();
    overlay(&mini(), folder.path());
    for name in names {
        let case = cases::all().find(|case| case.name == name).unwrap();
        case.apply(folder.path());
    }
    diff::compare(&model(&mini()), &model(folder.path()), ("v1.0.0".to_owned(), "spec".to_owned()))
}

#[test]
fn every_form() {
    let (report, mut snapshots) = (report(), Snapshots::of("diff"));
    snapshots.assert("page", &report.render(Form::Page { styled: false }));
    snapshots.assert("page-in-colour", &report.render(Form::Page { styled: true }).replace('\u{1b}', "ESC"));
    snapshots.assert("markdown", &report.render(Form::Markdown));
    snapshots.assert("json", &report.render(Form::Json));
    snapshots.finish();
}

#[test]
fn no_difference() {
    let mini = model(&mini());
    let report = diff::compare(&mini, &mini, ("main".to_owned(), "spec".to_owned()));
    assert_eq!(
        report.render(Form::Page { styled: true }),
        "lamp-control: no difference between main and spec\n"
    );
    assert_eq!(report.render(Form::Markdown), "## lamp-control: from main to spec\n\nNo difference.\n");
    let json: serde_json::Value = serde_json::from_str(&report.render(Form::Json)).unwrap();
    assert_eq!((&json["class"], &json["counts"]["breaking"]), (&serde_json::Value::Null, &0.into()));
}

/// The table of classes in the documents names every kind of the table of cases.
#[test]
fn every_kind_is_documented() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/README.md");
    let text = std::fs::read_to_string(readme).unwrap();
    let missing: Vec<&str> =
        cases::all().map(|case| case.kind).filter(|kind| !text.contains(&format!("`{kind}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// What the compiler could not see: both arguments are texts.
#[test]
fn arguments_that_change_places_break() {
    let with_order = |names: [&str; 3]| {
        let folder = tempfile::tempdir().unwrap();
        overlay(&mini(), folder.path());
        let path = folder.path().join("actions/scene/DescribeScene.yaml");
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: String = names
            .iter()
            .map(|name| match *name {
                "Model" => "  Model: { type: LampModel, required: true, example: ceiling }\n".to_owned(),
                name => {
                    format!("  {name}: {{ type: String, required: true, summary: A name., example: x }}\n")
                }
            })
            .collect();
        let text = text
            .replace("  SceneName: { type: String, required: true, summary: Name of the scene. }\n", &lines);
        let asked = "SceneName: x, Model: ceiling, RoomName: x";
        std::fs::write(&path, text.replace("SceneName: evening", asked)).unwrap();
        model(folder.path())
    };
    let (old, new) =
        (with_order(["SceneName", "Model", "RoomName"]), with_order(["RoomName", "Model", "SceneName"]));
    let report = diff::compare(&old, &new, ("old".to_owned(), "new".to_owned()));
    let [change] = report.changes.as_slice() else { panic!("{:?}", report.changes) };
    assert_eq!((change.kind, change.class), (diff::Kind::ParameterOrder, diff::Class::Breaking));
    assert!(
        change.reason.starts_with("`scene::DescribeScene::new` is `fn new(room_name: "),
        "{}",
        change.reason
    );
}
