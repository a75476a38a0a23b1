//! One look at a resource: the parameters that select it, and what of the answer shows its state.

use crate::decode::{Decode, List, Slot};
use crate::pages::Mark;
use crate::parameters::Parameters;
use crate::schema::{Action, Content, Lifecycle, Pages};

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

/// What a look at a resource has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// It is not found.
    Absent,
    /// It is listed, without a state.
    Stateless,
    /// Its state, as the service spells it.
    State(String),
}

/// Reads of an answer what shows the state of one resource, and whether there are more pages.
pub(crate) struct Probe {
    /// The list or object in which the state stands, and the element that wraps the list.
    place: Option<(&'static str, &'static str)>,
    is_list: bool,
    found: Rows,
    pages: Option<Pages>,
    total: Option<i64>,
    token: Option<String>,
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
        let place = place.map(|place| (place, wrapper(action, place)));
        Self { place, is_list, found, pages: action.pages, total: None, token: None }
    }

    /// What the answer shows of the resource.
    pub(crate) fn sight(&self) -> Sight {
        let Some(row) = self.found.rows.iter().find(|row| self.found.is_wanted(row)) else {
            return Sight::Absent;
        };
        match row.state.as_deref() {
            Some(state) if !state.is_empty() => Sight::State(state.to_owned()),
            // An answer about one resource alone is there also when that is not.
            _ if self.is_list => Sight::Stateless,
            _ => Sight::Absent,
        }
    }

    /// What leads to the next page.
    pub(crate) fn mark(&self) -> Mark<'_> {
        let rows = &self.found.rows;
        Mark::of(rows, rows.len()).total(self.total).token(self.token.as_deref())
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
            Some(_) => {
                let pages = self.pages?;
                match key {
                    _ if pages.total == Some(key) => Some(Slot::Scalar(&mut self.total)),
                    _ if pages.parameter == key => Some(Slot::Scalar(&mut self.token)),
                    _ => None,
                }
            }
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

#[derive(Debug)]
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
