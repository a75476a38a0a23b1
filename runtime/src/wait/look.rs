//! One look at a resource: the parameters that select it, and what of the answer shows its state.

use crate::decode::{Decode, List, Slot};
use crate::parameters::Parameters;
use crate::schema::{Action, Content, Lifecycle};

/// The parameters that select a resource; the rest of its key is looked for in the answer.
pub(super) fn parameters(action: &Action, lifecycle: &Lifecycle, key: &[String]) -> Parameters {
    let mut parameters = Parameters::new();
    for (name, value) in lifecycle.lookup.keys.iter().zip(key) {
        match name.split_once('.') {
            Some((filter, key)) => {
                parameters.set(format!("{filter}.1.Key"), key);
                parameters.set(format!("{filter}.1.Value.1"), value.as_str());
            }
            None if is_list(action, name) => parameters.set(format!("{name}.1"), value.as_str()),
            None => parameters.set(*name, value.as_str()),
        }
    }
    parameters
}

fn is_list(action: &Action, name: &str) -> bool {
    action.parameters.iter().any(|parameter| parameter.name.strip_suffix(".N") == Some(name))
}

/// Reads of an answer what shows the state of one resource.
pub(crate) struct Probe {
    /// The list or object in which the state stands, and the element that wraps the list.
    place: Option<(&'static str, &'static str)>,
    is_list: bool,
    found: Rows,
}

impl Probe {
    /// A probe for the resource with this key.
    pub(crate) fn new(action: &Action, lifecycle: &Lifecycle, key: &[String]) -> Self {
        let lookup = &lifecycle.lookup;
        let (place, status) = match lookup.field.rsplit_once('.') {
            Some((place, status)) => (Some(place), status),
            None => (None, lookup.field),
        };
        let is_list = place.is_some_and(|place| place.ends_with("[]"));
        let place = place.map(|place| place.trim_end_matches("[]"));
        let wanted = key.iter().skip(lookup.keys.len()).cloned().collect();
        let found = Rows { status, select: lookup.select, wanted, rows: Vec::new() };
        Self { place: place.map(|place| (place, wrapper(action, place))), is_list, found }
    }

    /// The state of the resource; none if the answer does not have it.
    pub(crate) fn state(&self) -> Option<&str> {
        let row = self.found.rows.iter().find(|row| self.found.is_wanted(row))?;
        row.state.as_deref().filter(|state| !state.is_empty())
    }

    /// How many entries the answer has.
    pub(crate) fn count(&self) -> usize {
        self.found.rows.len()
    }
}

/// The element that wraps a list of the answer; empty if none does.
fn wrapper(action: &Action, list: &str) -> &'static str {
    let field = action.response.iter().find(|field| field.name == list);
    match field.map(|field| &field.content) {
        Some(Content::Objects { wrapper: Some(wrapper), .. }) => wrapper,
        _ => "",
    }
}

impl Decode for Probe {
    fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
        match self.place {
            Some((place, wrapper)) if place == key && self.is_list => {
                Some(Slot::List(&mut self.found, wrapper))
            }
            Some((place, _)) if place == key => Some(Slot::Object(self.found.first())),
            Some(_) => None,
            None => self.found.first().slot(key),
        }
    }
}

/// The entries of a list, of which the state and what tells them apart are read.
struct Rows {
    status: &'static str,
    select: &'static [&'static str],
    wanted: Vec<String>,
    rows: Vec<Row>,
}

struct Row {
    status: &'static str,
    select: &'static [&'static str],
    state: Option<String>,
    selected: Vec<Option<String>>,
}

impl Rows {
    fn is_wanted(&self, row: &Row) -> bool {
        self.wanted.iter().zip(&row.selected).all(|(wanted, found)| Some(wanted) == found.as_ref())
    }

    fn add(&mut self) -> usize {
        let selected = vec![None; self.select.len()];
        self.rows.push(Row { status: self.status, select: self.select, state: None, selected });
        self.rows.len() - 1
    }

    /// The only one, where there is no list.
    fn first(&mut self) -> &mut Row {
        let at = if self.rows.is_empty() { self.add() } else { 0 };
        &mut self.rows[at]
    }
}

impl List for Rows {
    fn push(&mut self) -> Slot<'_> {
        let at = self.add();
        Slot::Object(&mut self.rows[at])
    }

    fn pop(&mut self) {
        self.rows.pop();
    }

    fn count(&self) -> usize {
        self.rows.len()
    }
}

impl Decode for Row {
    fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
        if key == self.status {
            return Some(Slot::Scalar(&mut self.state));
        }
        let at = self.select.iter().position(|name| *name == key)?;
        self.selected.get_mut(at).map(|found| Slot::Scalar(found) as Slot<'_>)
    }
}
