//! resources/NAME.yaml

use crate::diagnostics::{Code, Fault, Faults, Spot, Text, suggest};
use crate::yaml::{Entry, Fields, Node};

/// The lifecycle of a resource.
#[derive(Debug)]
pub struct Resource {
    /// Its name: that of the file.
    pub name: Text,
    /// What it is.
    pub summary: Text,
    /// Type of its id, if it has one.
    pub id: Option<Text>,
    /// The enum whose values are its states.
    pub status: Text,
    /// The action that shows the state.
    pub lookup_action: Text,
    /// Parameters that select the resource.
    pub lookup_keys: Vec<Text>,
    /// Fields beside the state that tell the resource from others, where the parameters cannot.
    pub lookup_select: Vec<Text>,
    /// Path of the state in the answer.
    pub lookup_field: Text,
    /// States.
    pub states: Vec<State>,
    /// Transitions.
    pub transitions: Vec<Transition>,
}

/// One state.
#[derive(Debug)]
pub struct State {
    /// Its spelling in the enum.
    pub name: Text,
    /// Whether it passes by itself.
    pub transient: bool,
    /// Whether the resource is gone, though it is still shown.
    pub gone: bool,
}

/// A way from one state to another.
#[derive(Debug)]
pub struct Transition {
    /// States from which it starts; none for a creation.
    pub from: Vec<Text>,
    /// What starts it.
    pub trigger: Trigger,
    /// The state in which it ends; none if the resource is gone then.
    pub to: Option<Text>,
    /// The code with which the service refuses it in another state.
    pub refused_as: Option<Text>,
    /// What else must hold.
    pub needs: Vec<Text>,
    /// Where the fact comes from, if not from the reference.
    pub source: Option<Text>,
    /// Its place.
    pub spot: Spot,
}

/// What starts a transition.
#[derive(Debug)]
pub enum Trigger {
    /// An action.
    Action(Text),
    /// The provider's staff, the service itself or another account.
    Other(Text),
}

/// What else than an action of this API starts a transition, for the account that uses it: the provider's staff, the
/// service itself, or another account.
const OTHERS: [&str; 3] = ["operator", "service", "account"];

impl Resource {
    pub(super) fn read(name: Text, node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, "a resource", faults)?;
        let lookup = read_lookup(&mut fields);
        let (summary, id, status) =
            (fields.need_text("summary"), fields.text("id"), fields.need_text("status"));
        let states = fields.map("states", "`states`");
        let states = states.iter().filter_map(|entry| State::read(entry, fields.faults)).collect();
        let transitions = read_transitions(&mut fields);
        fields.finish();
        let Lookup { action: lookup_action, keys: lookup_keys, select: lookup_select, field: lookup_field } =
            lookup?;
        let is_complete = [&status, &lookup_action, &lookup_field].iter().all(|text| !text.value.is_empty());
        is_complete.then_some(Self {
            name,
            summary,
            id,
            status,
            lookup_action,
            lookup_keys,
            lookup_select,
            lookup_field,
            states,
            transitions,
        })
    }
}

struct Lookup {
    action: Text,
    keys: Vec<Text>,
    select: Vec<Text>,
    field: Text,
}

fn read_lookup(fields: &mut Fields<'_, '_>) -> Option<Lookup> {
    let node = fields.need("lookup")?;
    let mut lookup = Fields::of(node, "`lookup`", fields.faults)?;
    let found = Lookup {
        action: lookup.need_text("action"),
        keys: lookup.texts("keys"),
        select: lookup.texts("select"),
        field: lookup.need_text("field"),
    };
    lookup.finish();
    Some(found)
}

impl State {
    fn read(entry: &Entry, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(&entry.value, "a state", faults)?;
        let (transient, gone) = (fields.flag("transient"), fields.flag("gone"));
        let state = Self { name: entry.key.clone(), transient, gone };
        fields.finish();
        Some(state)
    }
}

fn read_transitions(fields: &mut Fields<'_, '_>) -> Vec<Transition> {
    let elements = fields.list("transitions").unwrap_or_default();
    elements.iter().filter_map(|element| Transition::read(element, fields.faults)).collect()
}

impl Transition {
    fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, "a transition", faults)?;
        let (action, by) = (fields.text("action"), fields.text("by"));
        let trigger = match (action, by) {
            (Some(action), None) => Some(Trigger::Action(action)),
            (None, Some(by)) => {
                if !OTHERS.contains(&by.as_str()) {
                    let fault =
                        Fault::new(Code::UnknownWord, by.spot, format!("unknown cause `{}`", by.value));
                    fields.faults.add(fault.hint(suggest(by.as_str(), OTHERS)));
                }
                Some(Trigger::Other(by))
            }
            _ => {
                let fault = Fault::new(
                    Code::TransitionTrigger,
                    node.spot.head(),
                    "a transition needs one of `action` and `by`",
                );
                fields
                    .faults
                    .add(fault.hint("write `action: NAME`, `by: operator`, `by: service` or `by: account`"));
                None
            }
        };
        let (from, to) = (fields.texts("from"), fields.text("to"));
        let (refused_as, needs, source) =
            (fields.text("refused_as"), fields.texts("needs"), fields.text("source"));
        fields.finish();
        Some(Self { from, trigger: trigger?, to, refused_as, needs, source, spot: node.spot.head() })
    }
}
