//! lifecycles.md: the states of each resource, as tables and as a diagram.

use super::links::Links;
use super::markdown::{block, code, listed, table};
use crate::model::{Model, Resource, State, Transition};

pub(super) fn page(model: &Model, links: &Links<'_>) -> String {
    let errata = links.to("errata", "errata.md");
    let resources: String = model.resources.iter().map(|resource| section(resource, links)).collect();
    format!(
        "# Lifecycles\n\n\
         The states of each resource and what leads from one to another. The tables hold all that the diagrams show, and \
         also what leaves a resource in its state. \
         Where the reference leaves a gap, the {errata} tell what was chosen.\n{resources}"
    )
}

fn section(resource: &Resource, links: &Links<'_>) -> String {
    let states: Vec<Vec<String>> = resource.states.iter().map(|state| self::state(state, links)).collect();
    let transitions: Vec<Vec<String>> =
        resource.transitions.iter().map(|one| transition(one, links)).collect();
    format!(
        "\n## {}\n\n{}\n\n{}\n{}{}{}",
        resource.name,
        links.prose(&resource.summary),
        lookup(resource, links),
        table(&["State", "Meaning", "Passes by itself"], &states),
        block("mermaid", &diagram(resource)),
        table(&["From", "Started by", "To", "Needs", "Refused elsewhere as"], &transitions),
    )
}

fn lookup(resource: &Resource, links: &Links<'_>) -> String {
    let keys: Vec<String> = resource.lookup_keys.iter().map(|key| code(key)).collect();
    let by = if keys.is_empty() { String::new() } else { format!(" by {}", listed(&keys, "and")) };
    let told: Vec<String> = resource.lookup_select.iter().map(|field| code(field)).collect();
    let told = if told.is_empty() {
        String::new()
    } else {
        format!(" of the entry with its {}", listed(&told, "and"))
    };
    format!(
        "To look the state up, call {}, select{by}, and read {}{told}, a {}.",
        links.action(&resource.lookup_action),
        code(&resource.lookup_field),
        links.named_type(resource.status.as_str())
    )
}

fn state(state: &State, links: &Links<'_>) -> Vec<String> {
    let also: Vec<String> = state.also.iter().map(|spelling| code(spelling)).collect();
    let also = if also.is_empty() { String::new() } else { format!(", also spelt {}", listed(&also, "or")) };
    let passes = match (state.transient, state.gone) {
        (_, true) => "it is gone",
        (true, false) => "yes",
        (false, false) => "no",
    };
    vec![format!("{}{also}", code(&state.name)), links.prose(&state.summary), passes.to_owned()]
}

fn transition(transition: &Transition, links: &Links<'_>) -> Vec<String> {
    let from: Vec<String> = transition.from.iter().map(|state| code(state)).collect();
    let mut needs: Vec<String> = transition.needs.iter().map(|need| links.prose(need)).collect();
    needs.extend(transition.source.as_ref().map(|source| format!("(Source: {source}.)")));
    let action = transition.action.as_ref().map(|action| links.action(action));
    vec![
        if from.is_empty() { "(new)".to_owned() } else { from.join(", ") },
        action.unwrap_or_else(|| starter(transition).to_owned()),
        transition.to.as_ref().map_or_else(|| "(gone)".to_owned(), |state| code(state)),
        needs.join(" "),
        transition.refused_as.as_ref().map(|code| links.error_code(code)).unwrap_or_default(),
    ]
}

/// Who or what starts a transition.
fn starter(transition: &Transition) -> &str {
    match (&transition.action, transition.by.as_deref()) {
        (Some(action), _) => action,
        (None, Some("operator")) => "the provider's staff",
        (None, Some("service")) => "the service itself",
        (None, Some("account")) => "another account",
        (None, other) => other.unwrap_or_default(),
    }
}

/// The transitions in the language of Mermaid, one arrow for each pair of different states.
fn diagram(resource: &Resource) -> String {
    let mut lines = vec!["stateDiagram-v2".to_owned()];
    for state in resource.states.iter().filter(|state| diagram_name(&state.name) != state.name) {
        lines.push(format!("    state \"{}\" as {}", state.name, diagram_name(&state.name)));
    }
    for (from, to, starters) in arrows(resource) {
        lines.push(format!("    {from} --> {to}: {}", starters.join(", ")));
    }
    lines.join("\n")
}

/// Pairs of states with all that leads from one to the other, in the order of the transitions.
fn arrows(resource: &Resource) -> Vec<(String, String, Vec<&str>)> {
    let mut arrows: Vec<(String, String, Vec<&str>)> = Vec::new();
    for transition in &resource.transitions {
        let to = transition.to.as_ref().map_or_else(|| "[*]".to_owned(), |state| diagram_name(state));
        let mut from: Vec<String> = transition.from.iter().map(|state| diagram_name(state)).collect();
        if from.is_empty() {
            from.push("[*]".to_owned());
        }
        for from in from.into_iter().filter(|from| *from != to) {
            let starter = starter(transition);
            match arrows.iter_mut().find(|(known, end, _)| *known == from && *end == to) {
                Some((.., starters)) => starters.push(starter),
                None => arrows.push((from, to.clone(), vec![starter])),
            }
        }
    }
    arrows
}

/// Mermaid takes no blanks in the name of a state.
fn diagram_name(state: &str) -> String {
    state.chars().filter(|character| character.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Resource, State, Transition, diagram};
    use crate::model::Rust;

    fn state(name: &str) -> State {
        State {
            name: name.to_owned(),
            also: Vec::new(),
            summary: String::new(),
            transient: false,
            gone: false,
        }
    }

    fn transition(from: &[&str], action: &str, to: Option<&str>) -> Transition {
        Transition {
            from: from.iter().map(|state| (*state).to_owned()).collect(),
            action: Some(action.to_owned()),
            by: None,
            to: to.map(str::to_owned),
            refused_as: None,
            needs: Vec::new(),
            source: None,
        }
    }

    #[test]
    fn a_diagram_has_one_arrow_for_a_pair_of_different_states() {
        let resource = Resource {
            name: "Line".to_owned(),
            summary: String::new(),
            status: Rust::given("LineStatus"),
            lookup_action: String::new(),
            lookup_keys: Vec::new(),
            lookup_select: Vec::new(),
            lookup_field: String::new(),
            states: vec![state("Initial"), state("Allocation Failed")],
            transitions: vec![
                transition(&[], "Create", Some("Initial")),
                transition(&[], "Order", Some("Initial")),
                transition(&["Initial"], "Modify", Some("Initial")),
                transition(&["Initial", "Allocation Failed"], "Delete", None),
            ],
        };
        let expected = "stateDiagram-v2\n    \
            state \"Allocation Failed\" as AllocationFailed\n    \
            [*] --> Initial: Create, Order\n    \
            Initial --> [*]: Delete\n    \
            AllocationFailed --> [*]: Delete";
        assert_eq!(diagram(&resource), expected);
    }
}
