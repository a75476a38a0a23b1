//! `new`: an action made like another.

use super::Project;

#[test]
fn an_action_is_made_like_another() {
    let project = Project::new();
    let ran = project.run(&["new", "CreateTorch", "--like", "CreateLamp", "--source", "gateway"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(
        ran.out.starts_with("spec/actions/lamp/CreateTorch.yaml: made like CreateLamp\nnow "),
        "{}",
        ran.out
    );
    let text = std::fs::read_to_string(project.path("spec/actions/lamp/CreateTorch.yaml")).unwrap();
    let first = "# yaml-language-server: $schema=../../schema/action.json\n";
    assert!(text.strip_prefix(first).unwrap().starts_with(
        "# Made like CreateLamp: go through every line, then remove this one.\nsource: gateway\n"
    ));
    assert!(text.contains("effect: create\n") && !text.contains("examples:"), "{text}");

    // Words are all that it lacks.
    let missing = project.run(&["check"]);
    assert_eq!(missing.code, Some(1));
    let errors: Vec<&str> = missing.err.lines().filter(|line| line.starts_with("error")).collect();
    assert_eq!(errors, ["error[E103]: an action without `summary`"], "{}", missing.err);
    let drafted = project.run(&["--drafts"]);
    assert_eq!(drafted.code, Some(0), "{}", drafted.err);
    assert!(project.path("generated/src/lamp/create_torch.rs").exists());
}

#[test]
fn what_cannot_be_made_is_told() {
    let project = Project::new();
    for (arguments, expected) in [
        ("createTorch --like CreateLamp", "`createTorch` is no name of an action; begin with a capital"),
        ("../Torch --like CreateLamp", "`../Torch` is no name of an action"),
        ("CreateLamp --like DescribeLamps", "`CreateLamp` is there already: actions/lamp/CreateLamp.yaml"),
        ("CREATELAMP --like DescribeLamps", "`CREATELAMP` is there already: actions/lamp/CreateLamp.yaml"),
        ("CreateTorch --like CreateLmp", "unknown action `CreateLmp`; did you mean `CreateLamp`?"),
        (
            "CreateTorch --like CreateLamp --group lmap",
            "unknown group `lmap`; did you mean `lamp`?; a new one",
        ),
        ("CreateTorch --like CreateLamp --source gatway", "unknown source `gatway`; did you mean `gateway`?"),
    ] {
        let arguments: Vec<&str> = ["new"].into_iter().chain(arguments.split(' ')).collect();
        let ran = project.run(&arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.err.starts_with(&format!("error: {expected}")), "{arguments:?}: {}", ran.err);
    }
    assert!(!project.path("spec/actions/lamp/CreateTorch.yaml").exists());
}
