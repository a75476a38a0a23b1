//! Groups against folders and against the features of the generated crate.

use crate::diagnostics::{Code, Fault, Faults, suggest};
use crate::spec::Spec;
use std::collections::BTreeSet;
use std::path::Path;

pub(super) fn check(spec: &Spec, output: &Path, faults: &mut Faults) {
    check_folders(spec, faults);
    check_features(spec, output, faults);
}

fn check_folders(spec: &Spec, faults: &mut Faults) {
    let declared: BTreeSet<&str> = spec.service.groups.iter().map(|group| group.name.as_str()).collect();
    let actions = spec.actions_by_group();
    for action in &spec.actions {
        if !declared.contains(action.group.as_str()) {
            let fault = Fault::new(
                Code::UnknownGroup,
                action.group.spot,
                format!("unknown group `{}`", action.group.value),
            );
            let known = spec.service.groups.iter().map(|group| group.name.as_str());
            faults.add(fault.hint(format!(
                "declare it in service.yaml or move the file; {}",
                suggest(action.group.as_str(), known)
            )));
        }
    }
    for group in &spec.service.groups {
        if !actions.contains_key(group.name.as_str()) {
            let fault = Fault::new(
                Code::GroupWithoutActions,
                group.name.spot,
                format!("group `{}` without actions", group.name.value),
            );
            faults
                .add(fault.hint(format!("add a file to actions/{}, or remove the group", group.name.value)));
        }
    }
}

/// The manifest is written by hand, so it can lag behind.
fn check_features(spec: &Spec, output: &Path, faults: &mut Faults) {
    let Ok(manifest) = std::fs::read_to_string(output.join("Cargo.toml")) else { return };
    let features = features(&manifest);
    for group in &spec.service.groups {
        if !features.contains(group.name.as_str()) {
            let fault = Fault::new(
                Code::FeatureMissing,
                group.name.spot,
                format!("the generated crate has no feature `{}`", group.name.value),
            );
            faults.add(fault.hint(format!(
                "add `{} = []` to [features] of {}",
                group.name.value,
                output.join("Cargo.toml").display()
            )));
        }
    }
}

/// Keys of the table `[features]`.
fn features(manifest: &str) -> BTreeSet<&str> {
    let table = manifest.lines().skip_while(|line| line.trim() != "[features]").skip(1);
    let entries = table.take_while(|line| !line.starts_with('['));
    entries.filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim()).collect()
}
