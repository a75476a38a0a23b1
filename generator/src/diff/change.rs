//! One change, and what it means for users of the generated crate.

use heck::ToKebabCase;

/// What a change means for users of the generated crate, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Only documents read differently: no program compiles or runs in another way.
    Documents,
    /// Programs compile as before; what they do changes for the better, or in what nobody relies on.
    Fix,
    /// Something can be written or sent that could not before; what was written compiles as before.
    Addition,
    /// A program that compiled does not, or a call that was made is not made any more.
    Breaking,
}

impl Class {
    /// Every class, the gravest first.
    pub const ALL: [Self; 4] = [Class::Breaking, Class::Addition, Class::Fix, Class::Documents];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Class::Documents => "documents",
            Class::Fix => "fix",
            Class::Addition => "addition",
            Class::Breaking => "breaking",
        }
    }
}

/// Kinds of change. It says what changed; the [`Class`] of a change says how grave that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The generated crate has another name.
    CrateName,
    /// The service has another name.
    ServiceName,
    /// Another version of the API is called.
    ApiVersion,
    /// Another product is called.
    Product,
    /// Another host is called.
    Endpoint,
    /// Calls are signed otherwise unless the configuration says how.
    Signature,
    /// Another parameter carries the region.
    RegionParameter,
    /// A group came.
    GroupAdded,
    /// A group went.
    GroupRemoved,
    /// An action came.
    ActionAdded,
    /// An action went.
    ActionRemoved,
    /// An action is in another group.
    ActionMoved,
    /// A call changes something else.
    Effect,
    /// Another parameter, or none, makes repeating a call safe.
    Idempotency,
    /// A list is handed out in pages, or no longer, or in other ones.
    Pages,
    /// The examples of an action differ.
    Example,
    /// A parameter came.
    ParameterAdded,
    /// A parameter went.
    ParameterRemoved,
    /// A parameter, or a key of a filter, has another name on the wire.
    ParameterSpelling,
    /// A parameter has another name in Rust alone.
    ParameterRustName,
    /// A parameter is required, or no longer, or under another condition.
    ParameterPresence,
    /// A parameter holds another Rust type.
    ParameterType,
    /// A parameter has another type on the wire.
    ParameterWireType,
    /// A list of objects is written otherwise on the wire.
    ParameterEncoding,
    /// Parameters, or keys of a filter, stand in another order.
    ParameterOrder,
    /// Texts must not show a value, or may.
    Sensitive,
    /// Values that were good are not.
    ConstraintTightened,
    /// Values that were not good are.
    ConstraintLoosened,
    /// What is not good is refused with another code.
    ConstraintCode,
    /// A key of a filter came.
    FilterKeyAdded,
    /// A key of a filter went.
    FilterKeyRemoved,
    /// A key of a filter has another name in Rust alone.
    FilterKeyRustName,
    /// The values of a key of a filter have another Rust type.
    FilterKeyType,
    /// A rule between parameters came.
    RuleAdded,
    /// A rule between parameters went.
    RuleRemoved,
    /// A rule between parameters says something else.
    RuleChanged,
    /// A field of an answer came.
    FieldAdded,
    /// A field of an answer went.
    FieldRemoved,
    /// A field of an answer has another name on the wire.
    FieldSpelling,
    /// A field of an answer has another name in Rust alone.
    FieldRustName,
    /// A field is in every answer, or no longer.
    FieldPresence,
    /// A field of an answer holds another Rust type.
    FieldType,
    /// A field of an answer has another type on the wire.
    FieldWireType,
    /// Another element wraps a list in an answer.
    FieldWrapper,
    /// Fields of an answer stand in another order.
    FieldOrder,
    /// An id, an enum or a shared structure came.
    TypeAdded,
    /// An id, an enum or a shared structure went.
    TypeRemoved,
    /// Ids of a type begin otherwise.
    IdPrefix,
    /// A value of an enum came.
    ValueAdded,
    /// A value of an enum went.
    ValueRemoved,
    /// A value of an enum is sent in another spelling, or read from others.
    ValueSpelling,
    /// A value of an enum has another name in Rust alone.
    ValueRustName,
    /// Values of an enum stand in another order.
    ValueOrder,
    /// An error code came.
    ErrorCodeAdded,
    /// An error code went.
    ErrorCodeRemoved,
    /// An error code has another name in Rust.
    ErrorCodeRustName,
    /// Trying again helps, or no longer, or later.
    ErrorClass,
    /// An error has another cause or remedy.
    ErrorText,
    /// An action lists an error, or no longer.
    ErrorRow,
    /// The lifecycle of a resource came.
    LifecycleAdded,
    /// The lifecycle of a resource went.
    LifecycleRemoved,
    /// The state of a resource is looked up otherwise.
    LifecycleLookup,
    /// A state of a resource came.
    StateAdded,
    /// A state of a resource went.
    StateRemoved,
    /// A state passes by itself, or no longer.
    StateTransience,
    /// A way from one state to another came, went or changed.
    Transition,
    /// Summaries, notes, units and other words for readers differ.
    Words,
    /// A public item of the crate differs as a consequence of other changes.
    RustItem,
}

impl Kind {
    /// The name in JSON and in the documents: `parameter-added`.
    #[must_use]
    pub fn name(self) -> String {
        format!("{self:?}").to_kebab_case()
    }
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The service as a whole.
    Service,
    /// A group of actions.
    Group(String),
    /// An action.
    Action(String),
    /// An id, an enum or a shared structure.
    Type(String),
    /// An error code.
    ErrorCode(String),
    /// The lifecycle of a resource.
    Lifecycle(String),
    /// An item of the crate that changes as a consequence of the rest.
    Crate,
}

impl Subject {
    /// What kind of thing it is, and its name, if it has one.
    #[must_use]
    pub fn parts(&self) -> (&'static str, Option<&str>) {
        match self {
            Subject::Service => ("service", None),
            Subject::Group(name) => ("group", Some(name)),
            Subject::Action(name) => ("action", Some(name)),
            Subject::Type(name) => ("type", Some(name)),
            Subject::ErrorCode(name) => ("error code", Some(name)),
            Subject::Lifecycle(name) => ("lifecycle", Some(name)),
            Subject::Crate => ("crate", None),
        }
    }
}

/// A public item of the generated crate that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Where it is: `lamp::CreateLamp::new`.
    pub path: String,
    /// How it was declared; none if it is new.
    pub old: Option<String>,
    /// How it is declared; none if it is gone.
    pub new: Option<String>,
}

impl Evidence {
    /// What a program that uses the item must expect: one that is new is in nobody's way.
    #[must_use]
    pub const fn class(&self) -> Class {
        if self.old.is_some() { Class::Breaking } else { Class::Addition }
    }
}

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// What kind of change it is.
    pub kind: Kind,
    /// What it means for users.
    pub class: Class,
    /// What changed, in a sentence.
    pub text: String,
    /// Why it has this class, in a sentence.
    pub reason: String,
    /// Items of the crate that differ because of it.
    pub evidence: Vec<Evidence>,
    /// Items of the crate for whose differences it answers, with everything below them.
    pub(super) claims: Vec<String>,
}

impl Change {
    /// Names the items of the crate for whose differences it answers.
    pub(super) fn claims(&mut self, claims: impl IntoIterator<Item = String>) {
        self.claims.extend(claims);
    }
}

/// Collects the changes of one subject.
pub(super) struct Scope<'a> {
    subject: Subject,
    changes: &'a mut Vec<Change>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(subject: Subject, changes: &'a mut Vec<Change>) -> Self {
        Self { subject, changes }
    }

    /// Adds a change and gives it back, so that it can name what it answers for.
    pub(super) fn add(
        &mut self,
        kind: Kind,
        class: Class,
        text: impl Into<String>,
        reason: impl Into<String>,
    ) -> &mut Change {
        let change = Change {
            subject: self.subject.clone(),
            kind,
            class,
            text: text.into(),
            reason: reason.into(),
            evidence: Vec::new(),
            claims: Vec::new(),
        };
        self.changes.push(change);
        // What was pushed is there.
        let last = self.changes.len() - 1;
        &mut self.changes[last]
    }

    /// Adds what only readers notice: which of these words differ. Of the subject itself if `what` is empty.
    pub(super) fn words(&mut self, what: &str, differing: &[(bool, &str)]) {
        let names: Vec<&str> =
            differing.iter().filter(|(differs, _)| *differs).map(|(_, name)| *name).collect();
        if !names.is_empty() {
            let what = if what.is_empty() { String::new() } else { format!("{what}: ") };
            let text = format!("{what}other {}", names.join(", "));
            self.add(Kind::Words, Class::Documents, text, "only documentation and descriptions follow it");
        }
    }
}
