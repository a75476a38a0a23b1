//! A spec of every action that the metadata has, to try a whole product out or to begin with.

use super::draft::{self, Members, Vocabulary, members, singular};
use super::metadata::{Action, Kind, Metadata, Parameter};
use crate::check::is_reserved_type;
use crate::model::Wire;
use crate::schema;
use crate::spec::{Endpoints, Service};
use crate::write::Files;
use heck::ToUpperCamelCase as _;
use std::collections::BTreeMap;

/// From how many actions on a text ending in `Id` is a type of its own, and an object shared.
const SHARED_FROM: usize = 2;
/// From how many actions on a noun has a group of its own.
const GROUP_FROM: usize = 4;
/// The group of all other actions.
const OTHER: &str = "other";

/// The files of the spec; what is known of the service is taken from another spec of it.
#[must_use]
pub fn files(metadata: &Metadata, service: &Service, source: &str) -> Files {
    let groups = groups(metadata);
    let (ids, objects) = (ids(metadata), objects(metadata));
    let mut files = Files::new();
    files.insert("service.yaml".into(), service_file(service, source, &groups));
    if !ids.is_empty() {
        files.insert("types/ids.yaml".into(), ids.keys().map(|id| format!("{id}: {{}}\n")).collect());
    }
    if !objects.is_empty() {
        files.insert("types/parameters.yaml".into(), objects.iter().map(object_entry).collect());
    }
    let vocabulary = Vocabulary::new(ids, objects);
    for (group, actions) in groups {
        for action in actions {
            let text = draft::action_file(action, &vocabulary, source);
            files.insert(format!("actions/{group}/{}.yaml", action.name.value), text);
        }
    }
    let mut files: Files =
        files.into_iter().map(|(path, text)| (path.clone(), schema::with_first_line(&path, &text))).collect();
    files.extend(schema::files());
    files
}

/// Actions by the first word of what their name is about: `CreateVpcPrefixList` belongs to `vpc`.
fn groups(metadata: &Metadata) -> BTreeMap<String, Vec<&Action>> {
    let mut groups: BTreeMap<String, Vec<&Action>> = BTreeMap::new();
    for action in &metadata.actions {
        groups.entry(noun(action.name.as_str())).or_default().push(action);
    }
    let (mut groups, few): (BTreeMap<_, _>, BTreeMap<_, _>) =
        groups.into_iter().partition(|(noun, actions)| actions.len() >= GROUP_FROM && is_group_name(noun));
    let mut others: Vec<&Action> = few.into_values().flatten().collect();
    if !others.is_empty() {
        others.sort_by(|a, b| a.name.value.cmp(&b.name.value));
        groups.insert(OTHER.to_owned(), others);
    }
    groups
}

/// Neither a module nor a feature that each generated crate has, nor a word of Rust.
fn is_group_name(noun: &str) -> bool {
    const TAKEN: [&str; 6] = ["client", "default", "error", "schema", "tracing", "types"];
    let as_written = crate::model::Rust::snake(noun);
    !TAKEN.contains(&noun) && noun != OTHER && as_written.is_valid() && as_written.as_str() == noun
}

/// The second word of a name, in the singular. A word begins at a capital that follows a small letter or a digit.
fn noun(action: &str) -> String {
    let mut before = 'A';
    let starts = action.char_indices().filter_map(|(at, character)| {
        let is_start = character.is_ascii_uppercase() && !before.is_ascii_uppercase();
        before = character;
        is_start.then_some(at)
    });
    let starts: Vec<usize> = starts.collect();
    let start = starts.first().copied().unwrap_or(action.len());
    let end = starts.get(1).copied().unwrap_or(action.len());
    let word = action.get(start..end).unwrap_or_default().to_ascii_lowercase();
    match word.strip_suffix("ches") {
        Some(rest) => format!("{rest}ch"),
        None => singular(&word).to_owned(),
    }
}

/// Texts that several actions have under one name which ends in `Id`.
fn ids(metadata: &Metadata) -> BTreeMap<String, Wire> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for parameter in metadata.actions.iter().flat_map(|action| &action.parameters) {
        let name = parameter.name.as_str();
        let is_type =
            name.strip_suffix("Id").is_some_and(|rest| !rest.is_empty()) && is_type_name(name, metadata);
        if is_type && matches!(parameter.kind, Kind::Value(Wire::String)) {
            *counts.entry(name).or_default() += 1;
        }
    }
    let shared = counts.into_iter().filter(|(_, count)| *count >= SHARED_FROM);
    shared.map(|(name, _)| (name.to_owned(), Wire::String)).collect()
}

/// Objects that several actions have in lists of one name; where their fields differ, those that most actions have.
fn objects(metadata: &Metadata) -> BTreeMap<String, Members> {
    let mut counts: BTreeMap<&str, BTreeMap<Members, usize>> = BTreeMap::new();
    for parameter in metadata.actions.iter().flat_map(|action| &action.parameters) {
        if let Some(members) = fields(parameter).and_then(members) {
            let name = singular(parameter.name.as_str());
            *counts.entry(name).or_default().entry(members).or_default() += 1;
        }
    }
    let most = counts.into_iter().filter_map(|(name, found)| {
        let (members, count) = found.into_iter().max_by_key(|(_, count)| *count)?;
        (count >= SHARED_FROM && is_type_name(name, metadata)).then(|| (name.to_owned(), members))
    });
    most.collect()
}

fn fields(parameter: &Parameter) -> Option<&[Parameter]> {
    match &parameter.kind {
        Kind::Objects(fields) => Some(fields),
        Kind::Value(_) | Kind::Values | Kind::Untold(_) => None,
    }
}

/// Whether a type can have this name: no other type of the generated crate does.
fn is_type_name(name: &str, metadata: &Metadata) -> bool {
    name.to_upper_camel_case() == name && !is_reserved_type(name) && metadata.action(name).is_none()
}

fn object_entry((name, members): (&String, &Members)) -> String {
    let mut text = format!("{name}:\n  fields:\n");
    for (field, wire, required) in members {
        let held = wire.map_or_else(|| "list: String".to_owned(), |wire| format!("type: {}", wire.name()));
        let required = if *required { ", required: true" } else { "" };
        text += &format!("    {field}: {{ {held}{required} }}\n");
    }
    text
}

fn service_file(service: &Service, source: &str, groups: &BTreeMap<String, Vec<&Action>>) -> String {
    let product = service.product.as_str();
    let name = product.to_ascii_lowercase();
    let mut text = String::new();
    for (key, value) in [
        ("service", name.as_str()),
        ("crate", name.as_str()),
        ("title", product),
        ("summary", "Drafted from the metadata of the provider."),
        ("product", product),
        ("version", service.version.as_str()),
        ("reference", "none: all is drafted from the metadata of the provider"),
        ("region_parameter", service.region_parameter.as_str()),
        ("signature", service.signature.as_str()),
    ] {
        text += &format!("{key}: {}\n", quoted(value));
    }
    text += &endpoints(&service.endpoints);
    text += "groups:\n";
    for (number, group) in (1..).zip(groups.keys()) {
        let about =
            if group == OTHER { "All other actions.".to_owned() } else { format!("Actions on {group}.") };
        text += &format!(
            "  {group}: {{ title: {}, chapter: \"{number}\", summary: {} }}\n",
            quoted(&group.to_upper_camel_case()),
            quoted(&about)
        );
    }
    text + &format!("sources:\n  {source}: Request metadata that the provider published\n")
}

/// The hosts of the product, whose actions all have the same.
fn endpoints(endpoints: &Endpoints) -> String {
    let mut text = "endpoints:\n".to_owned();
    let Endpoints { central, regional, vpc, exceptions, .. } = endpoints;
    for (key, host) in [("central", central), ("regional", regional), ("vpc", vpc)] {
        text += &format!("  {key}: {}\n", quoted(host.as_str()));
    }
    if !exceptions.is_empty() {
        text += "  exceptions:\n";
    }
    for (region, host) in exceptions {
        text += &format!("    {}: {}\n", region.value, quoted(host.as_str()));
    }
    text
}

/// A text in quotation marks: JSON's are YAML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::noun;

    #[test]
    fn the_noun_follows_the_verb() {
        for (action, expected) in [
            ("CreateVpc", "vpc"),
            ("CreateVpcPrefixList", "vpc"),
            ("DescribeVpcs", "vpc"),
            ("DescribeVSwitches", "vswitch"),
            ("DescribeIPv6TranslatorAclLists", "ipv6"),
            ("AllocateIpv6Address", "ipv6"),
            ("Describe95Traffic", "traffic"),
            ("ApplyPhysicalConnectionLOA", "physical"),
            ("ModifyNetworkAclAttributes", "network"),
            ("Tag", ""),
        ] {
            assert_eq!(noun(action), expected, "{action}");
        }
    }
}
