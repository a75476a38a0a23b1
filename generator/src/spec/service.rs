//! service.yaml

use crate::diagnostics::{Faults, Text};
use crate::yaml::{Fields, Node};

/// The API product.
#[derive(Debug)]
pub struct Service {
    /// Name of the service.
    pub name: Text,
    /// Name of the generated crate.
    pub krate: Text,
    /// Name for readers.
    pub title: Text,
    /// What it is for.
    pub summary: Text,
    /// The provider's name of the product.
    pub product: Text,
    /// API version.
    pub version: Text,
    /// The document from which the spec is made.
    pub reference: Text,
    /// Host for every region.
    pub central: Text,
    /// Host of one region.
    pub regional: Text,
    /// The parameter that carries the region.
    pub region_parameter: Text,
    /// Groups of actions.
    pub groups: Vec<Group>,
    /// Sources of facts other than the reference, and what they are.
    pub sources: Vec<(Text, Text)>,
}

/// A group of actions.
#[derive(Debug)]
pub struct Group {
    /// Its name, which is its folder and its feature.
    pub name: Text,
    /// Name for readers.
    pub title: Text,
    /// Chapter of the reference.
    pub chapter: Text,
    /// What its actions are for.
    pub summary: Text,
}

impl Service {
    pub(super) fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, "the service", faults)?;
        let (central, regional) = read_endpoints(&mut fields);
        let service = Self {
            name: fields.need_text("service"),
            krate: fields.need_text("crate"),
            title: fields.need_text("title"),
            summary: fields.need_text("summary"),
            product: fields.need_text("product"),
            version: fields.need_text("version"),
            reference: fields.need_text("reference"),
            central,
            regional,
            region_parameter: fields.need_text("region_parameter"),
            groups: read_groups(&mut fields),
            sources: read_sources(&mut fields),
        };
        fields.finish();
        Some(service)
    }
}

fn read_endpoints(fields: &mut Fields<'_, '_>) -> (Text, Text) {
    let empty = || Text { value: String::new(), spot: crate::diagnostics::Spot::default() };
    let Some(node) = fields.need("endpoints") else { return (empty(), empty()) };
    let Some(mut endpoints) = Fields::of(node, "`endpoints`", fields.faults) else {
        return (empty(), empty());
    };
    let hosts = (endpoints.need_text("central"), endpoints.need_text("regional"));
    endpoints.finish();
    hosts
}

fn read_groups(fields: &mut Fields<'_, '_>) -> Vec<Group> {
    let entries = fields.map("groups", "`groups`");
    let mut groups = Vec::new();
    for entry in entries {
        let Some(mut group) = Fields::of(&entry.value, "a group", fields.faults) else { continue };
        groups.push(Group {
            name: entry.key.clone(),
            title: group.need_text("title"),
            chapter: group.need_text("chapter"),
            summary: group.need_text("summary"),
        });
        group.finish();
    }
    groups
}

fn read_sources(fields: &mut Fields<'_, '_>) -> Vec<(Text, Text)> {
    let entries = fields.map("sources", "`sources`");
    entries.iter().filter_map(|entry| Some((entry.key.clone(), fields.value_of(entry)?))).collect()
}
