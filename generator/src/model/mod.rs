//! The spec resolved: no reference is left to look up, every name is a wire name or a Rust name, every list has its
//! final order. Emitters see nothing else.

mod allowed;
mod build;
mod index;
mod json;
mod names;
mod pages;
mod resolve;
mod response;
mod rows;
mod rule;
mod waiting;

pub use allowed::rejection;
pub use build::build;
pub use json::{LAYOUT_VERSION, to_json};
pub(crate) use json::{class_name, effect_name};
pub use names::Rust;
pub use pages::Pages;
pub use resolve::{BUILT_IN, Resolver};
pub use response::{Field, FieldShape, Item, ResponseRow, Structure};
pub use rows::{Row, list_limits};
pub use rule::{Rule, RuleKind, Values, When};
pub use waiting::{KeyPart, Origin, Start};

use crate::spec::{Class, Condition, Effect, Signature};

/// A whole API.
#[derive(Clone, Debug)]
pub struct Model {
    /// Name of the service.
    pub service: String,
    /// Name of the generated crate.
    pub krate: String,
    /// Name for readers.
    pub title: String,
    /// What it is for.
    pub summary: String,
    /// The provider's name of the product.
    pub product: String,
    /// API version.
    pub version: String,
    /// The document from which the spec is made.
    pub reference: String,
    /// The hosts under which it is reached.
    pub endpoints: Endpoints,
    /// How calls are signed by default.
    pub signature: Signature,
    /// The parameter that carries the region.
    pub region_parameter: String,
    /// The code with which some dry runs succeed.
    pub dry_run_code: Option<String>,
    /// Sources of facts other than the reference.
    pub sources: Vec<(String, String)>,
    /// Groups, in the order of chapters.
    pub groups: Vec<Group>,
    /// Types of ids, sorted by name.
    pub ids: Vec<Id>,
    /// Enums, sorted by name.
    pub enums: Vec<Enum>,
    /// Structures that several actions share, sorted by name.
    pub structures: Vec<Structure>,
    /// Objects that parameters of several actions hold, sorted by name.
    pub objects: Vec<Parameter>,
    /// Error codes, sorted by code.
    pub errors: Vec<ErrorCode>,
    /// Lifecycles, sorted by resource.
    pub resources: Vec<Resource>,
    /// Text of the errata.
    pub errata: String,
    /// What is where.
    pub(crate) index: index::Index,
}

/// The hosts under which the product is reached; `{region}` stands for the id of a region.
#[derive(Clone, Debug, Default)]
pub struct Endpoints {
    /// Host of calls without a region.
    pub central: String,
    /// Host of one region.
    pub regional: String,
    /// Host of one region, seen from inside its virtual private clouds.
    pub vpc: String,
    /// Regions that have another host than `regional` says, sorted.
    pub exceptions: Vec<(String, String)>,
    /// Where all but `central` comes from, if not from the reference.
    pub source: Option<String>,
}

impl Model {
    /// All actions, in the order of the reference.
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        self.groups.iter().flat_map(|group| &group.actions)
    }

    /// Whether the client fills a parameter in where the request leaves it out: the region, and the idempotency token
    /// of a call that changes something.
    #[must_use]
    pub fn is_filled_in(&self, action: &Action, name: &str) -> bool {
        let token = action.idempotency.as_deref().filter(|_| action.effect != Effect::Read);
        name == self.region_parameter || token == Some(name)
    }

    /// The parameters that `new` asks for: what is required, but for what the client fills in.
    #[must_use]
    pub fn arguments<'a>(&self, action: &'a Action) -> Vec<&'a Parameter> {
        let asked =
            |parameter: &&Parameter| parameter.is_needed() && !self.is_filled_in(action, &parameter.wire);
        action.parameters.iter().filter(asked).collect()
    }

    /// The crate as it is named in code.
    #[must_use]
    pub fn crate_ident(&self) -> Rust {
        Rust::snake(&self.krate)
    }
}

/// A group of actions.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name, which is its feature.
    pub name: String,
    /// Its module.
    pub module: Rust,
    /// Name for readers.
    pub title: String,
    /// What its actions are for.
    pub summary: String,
    /// Its actions, in the order of the reference.
    pub actions: Vec<Action>,
}

/// A type of ids.
#[derive(Clone, Debug)]
pub struct Id {
    /// Its name.
    pub rust: Rust,
    /// What it names.
    pub summary: String,
    /// How it begins.
    pub prefix: Option<String>,
    /// A valid id.
    pub example: Option<String>,
}

/// A set of named values.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Its name.
    pub rust: Rust,
    /// What it is.
    pub summary: String,
    /// Its values, in the order of the reference.
    pub values: Vec<EnumValue>,
}

/// One named value.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// Spelling on the wire.
    pub wire: String,
    /// Other spellings.
    pub also: Vec<String>,
    /// Name of the variant.
    pub rust: Rust,
    /// What it means.
    pub summary: String,
}

/// One action.
#[derive(Clone, Debug)]
pub struct Action {
    /// Name on the wire.
    pub name: String,
    /// Type of the request.
    pub rust: Rust,
    /// Module of the request and the answer.
    pub module: Rust,
    /// Type of the answer.
    pub response_type: Rust,
    /// Whether the fields of the answer are not known, and its type is the runtime's.
    pub raw: bool,
    /// Static of the schema.
    pub schema: Rust,
    /// Name of the group.
    pub group: String,
    /// What it does.
    pub summary: String,
    /// Sentences for the documents.
    pub notes: Vec<String>,
    /// Quotas: summary and code.
    pub limits: Vec<(String, Option<String>)>,
    /// Section of the reference; empty if the action is not in it.
    pub section: String,
    /// Number of the provider's document, if it is known.
    pub document: Option<String>,
    /// What a successful call changes.
    pub effect: Effect,
    /// The parameter that makes a repetition safe.
    pub idempotency: Option<String>,
    /// The parameter that has the service only check the request.
    pub dry_run: Option<String>,
    /// How it hands out a list in pages.
    pub pages: Option<Pages>,
    /// Parameters, in the order of the reference.
    pub parameters: Vec<Parameter>,
    /// Rules between parameters.
    pub rules: Vec<Rule>,
    /// Fields of the answer.
    pub response: Vec<Field>,
    /// Documented errors, in the order of the reference.
    pub errors: Vec<ErrorRow>,
    /// Documented examples.
    pub examples: Vec<Example>,
    /// Where it comes from, if not from the reference.
    pub source: Option<String>,
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name on the wire, without `.N`.
    pub wire: String,
    /// Field and setter.
    pub rust: Rust,
    /// What it is.
    pub summary: String,
    /// A valid value.
    pub example: Option<String>,
    /// Whether the reference calls it required.
    pub required: bool,
    /// Why a required one may be left out after all.
    pub relaxed: Option<String>,
    /// Another parameter with which a required one may be left out.
    pub unless: Option<String>,
    /// What the service takes when it is left out.
    pub default: Option<String>,
    /// Unit of a number.
    pub unit: Option<String>,
    /// Whether texts must not show its value.
    pub sensitive: bool,
    /// Where it comes from, if not from the reference.
    pub source: Option<String>,
    /// What it holds.
    pub shape: Shape,
}

impl Parameter {
    /// Whether a call without it is certainly refused.
    #[must_use]
    pub fn is_needed(&self) -> bool {
        self.required && self.relaxed.is_none() && self.unless.is_none()
    }
}

/// What a parameter holds.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A single value.
    Value(Value),
    /// A list of single values.
    Values(Value, Items),
    /// A list of objects.
    Objects {
        /// Type of an element.
        rust: Rust,
        /// Its fields.
        fields: Vec<Parameter>,
        /// Whether the list is a JSON array in one text.
        json: bool,
        /// How many elements.
        items: Items,
        /// Whether several actions share the type.
        shared: bool,
    },
    /// A filter.
    Filter(Filter),
}

/// How many elements a list may have.
#[derive(Clone, Debug, Default)]
pub struct Items {
    /// Fewest and most, if the reference says so.
    pub bounds: Option<(i64, i64)>,
    /// The code with which the service answers otherwise.
    pub refused_as: Option<String>,
}

/// A list of key and values.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Its type.
    pub rust: Rust,
    /// Its keys.
    pub keys: Vec<FilterKey>,
    /// How many filters.
    pub items: Items,
    /// How many values of one key.
    pub values: Items,
    /// The code with which the service answers to an unknown key.
    pub refused_as: Option<String>,
}

/// One key of a filter.
#[derive(Clone, Debug)]
pub struct FilterKey {
    /// Spelling on the wire.
    pub wire: String,
    /// Name of the constructor.
    pub rust: Rust,
    /// What it selects by.
    pub summary: String,
    /// What its values are.
    pub value: Value,
}

/// A single value.
#[derive(Clone, Debug)]
pub struct Value {
    /// Its Rust type.
    pub scalar: Scalar,
    /// Its type on the wire, in the reference's words.
    pub wire: Wire,
    /// What it must be like.
    pub checks: Vec<Check>,
    /// Spellings and variants, if it is an enum.
    pub variants: Vec<(String, Rust)>,
}

impl Value {
    /// The variant of an enum with this spelling.
    #[must_use]
    pub fn enum_variant(&self, spelling: &str) -> Option<&Rust> {
        self.variants.iter().find(|(known, _)| known == spelling).map(|(_, variant)| variant)
    }
}

/// Rust types of single values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// `String`
    String,
    /// `i64`
    Integer,
    /// `bool`
    Boolean,
    /// The runtime's `Timestamp`, `Ipv4Address` or `Ipv6Address`.
    Runtime(&'static str),
    /// An id of the generated crate.
    Id(Rust),
    /// An enum of the generated crate.
    Enum(Rust),
}

/// Types on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wire {
    /// Text.
    String,
    /// 32-bit number.
    Integer,
    /// 64-bit number.
    Long,
    /// Boolean.
    Boolean,
}

impl Wire {
    /// The reference's word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Wire::String => "String",
            Wire::Integer => "Integer",
            Wire::Long => "Long",
            Wire::Boolean => "Boolean",
        }
    }

    /// The type that the reference calls so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Wire::String, Wire::Integer, Wire::Long, Wire::Boolean].into_iter().find(|wire| wire.name() == name)
    }
}

/// One constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The constraint.
    pub limit: Limit,
    /// The code with which the service answers when it does not hold.
    pub refused_as: Option<String>,
}

/// Kinds of constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Least and greatest number.
    Range(i64, i64),
    /// Fewest and most characters.
    Length(i64, i64),
    /// Allowed values.
    OneOf(Vec<String>),
    /// Beginning.
    Prefix(String),
    /// Classes of the first character.
    FirstIn(Vec<String>),
    /// Classes of all characters.
    Only(Vec<String>),
    /// Beginnings that are not allowed.
    NotPrefix(Vec<String>),
    /// Values that are not allowed.
    NoneOf(Vec<String>),
    /// Networks in which an address or network must not lie, nor contain them.
    Outside(Vec<String>),
    /// Fewest and most bits of a mask.
    PrefixLength(i64, i64),
    /// Written form.
    Format(String),
}

/// One documented error of an action.
#[derive(Clone, Debug)]
pub struct ErrorRow {
    /// HTTP status.
    pub http: u16,
    /// Code.
    pub code: String,
    /// Message, to the letter.
    pub message: String,
    /// Cause, where it is another here.
    pub cause: Option<String>,
    /// Remedy, where it is another here.
    pub remedy: Option<String>,
    /// Whether trying again can help, where that is different here.
    pub class: Option<Class>,
    /// Whether the reference copied it from elsewhere: nothing here can provoke it.
    pub copied: bool,
    /// Where it comes from, if not from the reference.
    pub source: Option<String>,
}

/// One documented example.
#[derive(Clone, Debug)]
pub struct Example {
    /// Parameters as sent.
    pub request: Vec<(String, String)>,
    /// Answer in JSON.
    pub json: Option<String>,
    /// Answer in XML.
    pub xml: Option<String>,
}

/// An error code.
#[derive(Clone, Debug)]
pub struct ErrorCode {
    /// Spelling on the wire.
    pub code: String,
    /// Name of the variant.
    pub rust: Rust,
    /// Whether trying again can help.
    pub class: Class,
    /// What a program does about it, where that is more than the class says.
    pub condition: Option<Condition>,
    /// Why the service answers with it.
    pub cause: String,
    /// What to do about it.
    pub remedy: String,
    /// Where it comes from, if not from the reference.
    pub source: Option<String>,
}

/// The lifecycle of a resource.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its name.
    pub name: String,
    /// What it is.
    pub summary: String,
    /// The enum of its states.
    pub status: Rust,
    /// The action that shows the state.
    pub lookup_action: String,
    /// Parameters that select the resource.
    pub lookup_keys: Vec<String>,
    /// Fields beside the state that tell the resource from others.
    pub lookup_select: Vec<String>,
    /// Path of the state in the answer.
    pub lookup_field: String,
    /// States.
    pub states: Vec<State>,
    /// Transitions.
    pub transitions: Vec<Transition>,
}

/// One state.
#[derive(Clone, Debug)]
pub struct State {
    /// Spelling on the wire.
    pub name: String,
    /// Other spellings.
    pub also: Vec<String>,
    /// What it means.
    pub summary: String,
    /// Whether it passes by itself.
    pub transient: bool,
    /// Whether the resource is gone, though it is still shown.
    pub gone: bool,
}

/// A way from one state to another.
#[derive(Clone, Debug)]
pub struct Transition {
    /// States from which it starts.
    pub from: Vec<String>,
    /// The action that starts it.
    pub action: Option<String>,
    /// Who starts it, if not an action.
    pub by: Option<String>,
    /// The state in which it ends.
    pub to: Option<String>,
    /// The code with which the service refuses it in another state.
    pub refused_as: Option<String>,
    /// What else must hold.
    pub needs: Vec<String>,
    /// Where it comes from, if not from the reference.
    pub source: Option<String>,
}
