//! What a spec says, at run time.
//!
//! The generator emits one static [`Service`] for each spec. Validation, the error texts, command lines
//! and emulators read the same table, so no fact of the API stands in code.

mod limit;
mod pages;
mod rule;

pub use limit::{Chars, Check, Format, Limit};
pub use pages::{PageStyle, Pages};
pub use rule::{Breach, Rule, RuleKind, Values, When};

/// An API product: its actions, its error codes and the lifecycles of its resources.
#[derive(Debug)]
pub struct Service {
    /// Name of the service, as its users say it.
    pub name: &'static str,
    /// The provider's name of the product, `Vpc`.
    pub product: &'static str,
    /// API version, sent as the `Version` parameter.
    pub version: &'static str,
    /// Endpoints of the service.
    pub endpoints: Endpoints,
    /// How calls are signed, unless the configuration says otherwise.
    pub signature: SignatureVersion,
    /// Name of the parameter that carries the region. A client fills it in when the request leaves it out.
    pub region_parameter: &'static str,
    /// Every action, sorted by name.
    pub actions: &'static [&'static Action],
    /// Every error code, sorted by code.
    pub errors: &'static [ErrorCode],
    /// Lifecycles of the resources, sorted by resource.
    pub lifecycles: &'static [Lifecycle],
}

/// Host names under which a service is reached. `{region}` stands for the id of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// The host of calls without a region; empty if there is none.
    pub central: &'static str,
    /// The host of one region.
    pub regional: &'static str,
    /// The host of one region as seen from inside its virtual private clouds.
    pub vpc: &'static str,
    /// Regions that are not under `regional`, and their hosts, sorted by region. They do not concern `vpc`.
    pub exceptions: &'static [(&'static str, &'static str)],
}

/// How calls are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureVersion {
    /// Version 1.0: HMAC-SHA1 over the parameters, among which it stands.
    V1,
    /// ACS3-HMAC-SHA256, over query, headers and body; it stands in a header.
    Acs3,
}

/// One action: what it takes, what it answers, how it fails.
#[derive(Debug)]
pub struct Action {
    /// Name, sent as the `Action` parameter.
    pub name: &'static str,
    /// The service that has this action.
    pub service: &'static Service,
    /// Group of actions that it belongs to, `physical-connection`.
    pub group: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Section of the reference that describes it; empty if the reference does not.
    pub section: &'static str,
    /// What a successful call changes.
    pub effect: Effect,
    /// The parameter that makes repeating the call safe.
    pub idempotency: Option<&'static str>,
    /// How it hands out a list in pages, if it does.
    pub pages: Option<Pages>,
    /// Parameters, a row for each name that the reference lists.
    pub parameters: &'static [Parameter],
    /// How many elements the lists among the parameters may have.
    pub lists: &'static [ListLimit],
    /// Filters among the parameters.
    pub filters: &'static [Filter],
    /// Rules that hold between parameters.
    pub rules: &'static [Rule],
    /// Fields of the answer.
    pub response: &'static [Field],
    /// Errors that the reference documents for this action.
    pub errors: &'static [ErrorRow],
}

/// What a successful call changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Nothing: the call may be repeated at will.
    Read,
    /// A resource comes into being.
    Create,
    /// A resource changes.
    Update,
    /// A resource goes away.
    Delete,
}

/// One parameter.
#[derive(Debug)]
pub struct Parameter {
    /// The reference's spelling; `N` stands for the 1-based index in a list: `Filter.N.Value.N`.
    pub name: &'static str,
    /// Type on the wire.
    pub wire: Wire,
    /// Whether it must be there.
    pub presence: Presence,
    /// Its value must not appear in any text.
    pub sensitive: bool,
    /// What the value must be like.
    pub checks: &'static [Check],
}

/// Types on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wire {
    /// Text.
    String,
    /// A 32-bit whole number.
    Integer,
    /// A 64-bit whole number.
    Long,
    /// `true` or `false`.
    Boolean,
    /// A JSON array of objects, inside one text.
    Json,
}

impl Wire {
    /// Whether a text is a value of this type.
    #[must_use]
    pub fn allows(self, value: &str) -> bool {
        crate::validate::wrong_type(self, value).is_none()
    }
}

/// Whether a parameter must be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// The service refuses the call without it.
    Required,
    /// Each element of its list has it, and the list itself may be left out.
    InElement,
    /// The service refuses the call without it, unless this other parameter is given.
    Unless(&'static str),
    /// The reference calls it required, but the service is known to do without it; see the errata.
    Relaxed,
    /// May be left out.
    Optional,
}

/// How many elements a list parameter may have.
#[derive(Debug)]
pub struct ListLimit {
    /// Name of the list: `Filter`, `Filter.N.Value`.
    pub name: &'static str,
    /// Fewest elements, when the list is given at all.
    pub min: usize,
    /// Most elements.
    pub max: usize,
    /// The code with which the service answers when it does not hold, if the action's table lists one.
    pub refused_as: Option<&'static str>,
}

/// A list of key and values by which an action selects.
#[derive(Debug)]
pub struct Filter {
    /// Name of the list: `Filter`.
    pub name: &'static str,
    /// Keys that the reference names.
    pub keys: &'static [FilterKey],
    /// The code with which the service answers to another key, if the action's table lists one.
    pub refused_as: Option<&'static str>,
}

/// One key of a filter.
#[derive(Debug)]
pub struct FilterKey {
    /// Spelling of the key.
    pub key: &'static str,
    /// What its values must be like.
    pub checks: &'static [Check],
}

/// One field of an answer.
#[derive(Debug)]
pub struct Field {
    /// Name on the wire.
    pub name: &'static str,
    /// What it holds.
    pub content: Content,
    /// Every successful answer has it.
    pub always: bool,
    /// Its value must not appear in any text.
    pub sensitive: bool,
}

/// What a field holds.
#[derive(Debug)]
pub enum Content {
    /// A single value.
    Value(Wire),
    /// An object.
    Object(&'static [Field]),
    /// A list of objects.
    Objects {
        /// The element that wraps the list, if any.
        wrapper: Option<&'static str>,
        /// Fields of one element.
        fields: &'static [Field],
    },
    /// A list of single values.
    Values {
        /// The element that wraps the list, if any.
        wrapper: Option<&'static str>,
        /// Type of one element.
        wire: Wire,
    },
}

/// One error that an action documents.
#[derive(Debug)]
pub struct ErrorRow {
    /// HTTP status.
    pub http: u16,
    /// Error code.
    pub code: &'static str,
    /// Message; `%s` stands for what the service fills in.
    pub message: &'static str,
    /// Cause, where it is another than the code has in general.
    pub cause: Option<&'static str>,
    /// Remedy, where it is another than the code has in general.
    pub remedy: Option<&'static str>,
    /// Whether trying again can help, where that is different from the code in general.
    pub class: Option<ErrorClass>,
    /// The reference copied the row from elsewhere: it lists it, but nothing in this action is known to provoke it.
    pub copied: bool,
}

/// What is known of an error code.
#[derive(Debug)]
pub struct ErrorCode {
    /// Spelling on the wire.
    pub code: &'static str,
    /// Whether trying again can help.
    pub class: ErrorClass,
    /// What a program does about it, where that is more than the class says.
    pub condition: Option<Condition>,
    /// Why the service answers with it.
    pub cause: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

/// Whether trying again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorClass {
    /// The same call may succeed a little later.
    Retry,
    /// The call was refused without effect, and may succeed once a resource has reached a settled state.
    Settle,
    /// The same call fails in the same way each time.
    Never,
}

/// What a program does about an error, where that is more than its class says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Condition {
    /// Too many requests. The call was turned away before it had any effect.
    Throttled,
    /// A resource that the request names does not exist.
    NotFound,
    /// The time in the signature is not the service's.
    Clock,
    /// A copy of this very request was received before.
    Replayed,
    /// The signature is not the one that the service computes.
    Signature,
}

/// The states of a resource and how it comes from one to another.
#[derive(Debug)]
pub struct Lifecycle {
    /// Name of the resource, `PhysicalConnection`.
    pub resource: &'static str,
    /// How to read the state.
    pub lookup: Lookup,
    /// The states.
    pub states: &'static [State],
    /// The transitions.
    pub transitions: &'static [Transition],
}

/// How to read the state of a resource.
#[derive(Debug)]
pub struct Lookup {
    /// The action that shows it.
    pub action: &'static str,
    /// Parameters that select the resource; a filter's key stands as `Filter.KEY`.
    pub keys: &'static [&'static str],
    /// Path of the state in the answer.
    pub field: &'static str,
}

/// One state of a resource.
#[derive(Debug)]
pub struct State {
    /// Its name, which is its spelling in the look-up.
    pub name: &'static str,
    /// Other spellings of the same state.
    pub also: &'static [&'static str],
    /// It passes by itself.
    pub transient: bool,
}

/// A way from one state to another.
#[derive(Debug)]
pub struct Transition {
    /// States from which it starts; none for a creation.
    pub from: &'static [&'static str],
    /// The action that starts it; none if the service does so by itself or its operator does.
    pub action: Option<&'static str>,
    /// The state in which it ends; none if the resource is gone then.
    pub to: Option<&'static str>,
    /// What else must hold.
    pub needs: &'static [&'static str],
}

impl ErrorRow {
    /// Whether a message is that of the row, with something in each of its gaps.
    #[must_use]
    pub fn says(&self, message: &str) -> bool {
        let Some((before, end)) = self.message.rsplit_once("%s") else { return message == self.message };
        let mut texts = before.split("%s");
        let start = texts.next().and_then(|start| message.strip_prefix(start));
        let rest = texts.fold(start, |rest, text| Some(rest?.split_once(text)?.1));
        rest.is_some_and(|rest| rest.ends_with(end))
    }
}

impl Service {
    /// The action of this name.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<&'static Action> {
        let at = self.actions.binary_search_by(|action| action.name.cmp(name)).ok()?;
        self.actions.get(at).copied()
    }

    /// What is known of this error code.
    #[must_use]
    pub fn error(&self, code: &str) -> Option<&'static ErrorCode> {
        let at = self.errors.binary_search_by(|error| error.code.cmp(code)).ok()?;
        self.errors.get(at)
    }
}
