//! service.yaml

use crate::diagnostics::{Code, Fault, Faults, Text, suggest};
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
    /// The hosts under which it is reached.
    pub endpoints: Endpoints,
    /// How calls are signed by default.
    pub signature: Signature,
    /// The parameter that carries the region.
    pub region_parameter: Text,
    /// The code with which some dry runs succeed.
    pub dry_run_code: Option<Text>,
    /// Groups of actions.
    pub groups: Vec<Group>,
    /// Sources of facts other than the reference, and what they are.
    pub sources: Vec<(Text, Text)>,
}

/// The hosts under which the product is reached; `{region}` stands for the id of a region.
#[derive(Debug, Default)]
pub struct Endpoints {
    /// Host of calls without a region.
    pub central: Text,
    /// Host of one region.
    pub regional: Text,
    /// Host of one region, seen from inside its virtual private clouds.
    pub vpc: Text,
    /// Regions that have another host than `regional` says.
    pub exceptions: Vec<(Text, Text)>,
    /// Where all but `central` comes from, if not from the reference.
    pub source: Option<Text>,
}

/// How calls are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// Version 1.0, with HMAC-SHA1.
    V1,
    /// ACS3-HMAC-SHA256.
    Acs3,
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

impl Signature {
    /// The word for it in service.yaml.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Signature::V1 => "1.0",
            Signature::Acs3 => "ACS3",
        }
    }
}

impl Service {
    pub(super) fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, "the service", faults)?;
        let service = Self {
            name: fields.need_text("service"),
            krate: fields.need_text("crate"),
            title: fields.need_text("title"),
            summary: fields.need_text("summary"),
            product: fields.need_text("product"),
            version: fields.need_text("version"),
            reference: fields.need_text("reference"),
            endpoints: read_endpoints(&mut fields),
            signature: read_signature(&mut fields),
            region_parameter: fields.need_text("region_parameter"),
            dry_run_code: fields.text("dry_run_code"),
            groups: read_groups(&mut fields),
            sources: texts(&mut fields, "sources", "`sources`"),
        };
        fields.finish();
        Some(service)
    }
}

fn read_endpoints(fields: &mut Fields<'_, '_>) -> Endpoints {
    let Some(node) = fields.need("endpoints") else { return Endpoints::default() };
    let Some(mut endpoints) = Fields::of(node, "`endpoints`", fields.faults) else {
        return Endpoints::default();
    };
    let read = Endpoints {
        central: endpoints.need_text("central"),
        regional: endpoints.need_text("regional"),
        vpc: endpoints.need_text("vpc"),
        exceptions: texts(&mut endpoints, "exceptions", "`exceptions`"),
        source: endpoints.text("source"),
    };
    endpoints.finish();
    read
}

fn read_signature(fields: &mut Fields<'_, '_>) -> Signature {
    let word = fields.need_text("signature");
    match word.as_str() {
        "1.0" | "" => Signature::V1,
        "ACS3" => Signature::Acs3,
        other => {
            let fault = Fault::new(Code::UnknownWord, word.spot, format!("unknown signature `{other}`"));
            fields.faults.add(fault.hint(suggest(other, ["1.0", "ACS3"])));
            Signature::V1
        }
    }
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

/// Texts under keys of the author's choice.
fn texts(fields: &mut Fields<'_, '_>, key: &'static str, what: &'static str) -> Vec<(Text, Text)> {
    let entries = fields.map(key, what);
    entries.iter().filter_map(|entry| Some((entry.key.clone(), fields.value_of(entry)?))).collect()
}
