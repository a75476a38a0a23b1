//! The page of an action.

use super::links::Links;
use super::markdown::{block, bullets, code, listed, plain, table};
use super::{constraints, pages, parameters, response, rules};
use crate::emit::example;
use crate::model::{Action, ErrorRow, Example, Model, Resource, Rust, Start, Transition};
use crate::spec::Effect;

pub(super) fn page(model: &Model, action: &Action, links: &Links<'_>) -> String {
    let notes: Vec<String> = action.notes.iter().map(|note| links.prose(note)).collect();
    let source = links.source(action.source.as_ref());
    [
        format!("# {}\n\n{}{source}\n", action.name, links.prose(&action.summary)),
        bullets(&notes),
        limits(action, links),
        format!("\n## Facts\n{}", facts(model, action, links)),
        section("In Rust", &rust_example(model, action)),
        pages::section(model, action),
        section("Parameters", &parameters::section(model, action, links)),
        section("Rules between parameters", &ruled(action, links)),
        section("Answer", &answer(action, links)),
        errors(model, action, links),
        action.examples.iter().enumerate().map(|(index, example)| answers(index, example)).collect(),
    ]
    .concat()
}

/// A heading with what is below it; nothing if there is nothing below.
fn section(heading: &str, body: &str) -> String {
    if body.is_empty() { String::new() } else { format!("\n## {heading}\n{body}") }
}

fn answer(action: &Action, links: &Links<'_>) -> String {
    if action.raw {
        return "\nIts fields are not known: the answer is left as the text that the service sends.\n"
            .to_owned();
    }
    response::fields(&action.response, links)
}

fn limits(action: &Action, links: &Links<'_>) -> String {
    let limits: Vec<String> = action
        .limits
        .iter()
        .map(|(summary, code)| {
            format!("Limit: {} {}", links.prose(summary), constraints::otherwise(code.as_ref(), links))
        })
        .collect();
    bullets(&limits)
}

fn facts(model: &Model, action: &Action, links: &Links<'_>) -> String {
    let module = Rust::snake(&action.group);
    let group = model
        .group_of(action)
        .map(|group| links.to(&plain(&group.title), &super::index::group_target(group)));
    let mut facts = vec![
        format!("Effect: {}", effect(action.effect)),
        format!("Repetition: {} ({})", repetition(action), links.to("when calls are repeated", "retries.md")),
        format!("Group: {}", group.unwrap_or_default()),
        reference(action),
        format!(
            "Rust: {}, answered with {}, in {}",
            code(action.rust.as_str()),
            code(action.response_type.as_str()),
            code(&format!("{}::{module}", model.crate_ident()))
        ),
    ];
    facts.extend(pages::fact(action));
    facts.extend(action.dry_run.as_ref().map(|name| format!("Dry run: {} (`dry_run`)", code(name))));
    facts.extend(model.start(action).map(|start| waited_for(&start, links)));
    facts.extend(model.moved_by(action).map(|resource| moves(resource, action, links)));
    let errata = links.errata_about(action);
    if !errata.is_empty() {
        facts.push(format!("Errata that speak of it: {}", errata.join(", ")));
    }
    bullets(&facts)
}

/// An effect in words.
pub(super) fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "reads, changes nothing",
        Effect::Create => "creates",
        Effect::Update => "changes",
        Effect::Delete => "deletes",
    }
}

/// What `send_and_wait` waits for.
fn waited_for(start: &Start<'_>, links: &Links<'_>) -> String {
    let goals: Vec<String> = start.goals.iter().map(|state| code(state)).collect();
    let end = if goals.is_empty() { "gone".to_owned() } else { listed(&goals, "or") };
    format!("End (`send_and_wait`): {} is {end}", links.resource(&start.resource.name))
}

fn repetition(action: &Action) -> String {
    match (action.effect, &action.idempotency) {
        (Effect::Read, _) => "safe, since nothing changes".to_owned(),
        (_, Some(token)) => format!("safe with the same {}", code(token)),
        (_, None) => "the reference names no parameter that makes it safe".to_owned(),
    }
}

/// How the action moves a resource through its lifecycle.
fn moves(resource: &Resource, action: &Action, links: &Links<'_>) -> String {
    let started =
        resource.transitions.iter().filter(|transition| transition.action.as_ref() == Some(&action.name));
    let started: Vec<String> = started.map(movement).collect();
    format!("States of {}: {}", links.resource(&resource.name), started.join("; "))
}

fn movement(transition: &Transition) -> String {
    let from: Vec<String> = transition.from.iter().map(|state| code(state)).collect();
    match (from.as_slice(), &transition.to) {
        ([], None) => "unchanged".to_owned(),
        ([], Some(to)) => format!("begins as {}", code(to)),
        (from, None) => format!("{} → gone", from.join(" or ")),
        ([from], Some(to)) if *from == code(to) => format!("{from} stays"),
        (from, Some(to)) => format!("{} → {}", from.join(" or "), code(to)),
    }
}

/// A whole program around the first example.
fn rust_example(model: &Model, action: &Action) -> String {
    let Some(found) = action.examples.first() else { return String::new() };
    let krate = model.crate_ident();
    let module = Rust::snake(&action.group);
    let request = example::sample(model, action, found, &[".send(&client)", ".await?"]);
    let request = request.replace('\n', "\n    ");
    let program = format!(
        "use {krate}::Client;\n\
         use {krate}::{module}::*;\n\n\
         #[tokio::main]\n\
         async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
             // Region and credentials come from the environment.\n    \
             let client = Client::from_env()?;\n    \
             let answer = {request};\n    \
             println!(\"{{answer:#?}}\");\n    \
             Ok(())\n\
         }}"
    );
    block("rust", &program)
}

fn ruled(action: &Action, links: &Links<'_>) -> String {
    let rules: Vec<String> = action
        .rules
        .iter()
        .map(|rule| {
            let otherwise = constraints::otherwise(rule.refused_as.as_ref(), links);
            let inferred = if rule.inferred {
                " Concluded, not stated: the client warns, and never refuses."
            } else {
                ""
            };
            let line = rule.line.map(|line| format!(" Line {line} of the reference.")).unwrap_or_default();
            let source = links.source(rule.source.as_ref());
            format!(
                "{} {} {otherwise}{inferred}{line}{source}",
                links.prose(&rule.summary),
                rules::sentences(&rule.kind)
            )
        })
        .collect();
    bullets(&rules)
}

fn errors(model: &Model, action: &Action, links: &Links<'_>) -> String {
    let rows: Vec<Vec<String>> = action.errors.iter().map(|row| error(model, row, links)).collect();
    let table = table(&["HTTP", "Code", "Message", "Cause", "What to do"], &rows);
    let none = if rows.is_empty() { "The reference lists no code for this action. " } else { "" };
    let others = links.to("codes that any action can answer with", &super::errors::anywhere_target());
    format!("\n## Errors\n\n{none}There are also the {others}.\n{table}")
}

fn error(model: &Model, row: &ErrorRow, links: &Links<'_>) -> Vec<String> {
    let known = model.error(&row.code);
    let cause = row.cause.as_ref().or(known.map(|known| &known.cause)).map(|text| links.prose(text));
    let remedy = row.remedy.as_ref().or(known.map(|known| &known.remedy)).map(|text| links.prose(text));
    vec![
        row.http.to_string(),
        links.error_code(&row.code),
        plain(&row.message) + &links.source(row.source.as_ref()),
        cause.unwrap_or_default(),
        remedy.unwrap_or_default(),
    ]
}

fn answers(index: usize, example: &Example) -> String {
    let number = if index == 0 { String::new() } else { format!(" {}", index + 1) };
    let named = [("JSON", "json", &example.json), ("XML", "xml", &example.xml)];
    let answers = named.into_iter().filter_map(|(name, language, text)| {
        text.as_ref().map(|text| format!("\n### {name}{number}\n{}", block(language, text)))
    });
    section(&format!("Example answer{number}"), &answers.collect::<String>())
}
fn reference(action: &Action) -> String {
    if action.section.is_empty() {
        return "Reference: not in it".to_owned();
    }
    let section = plain(&action.section);
    match &action.document {
        Some(document) => format!("Reference: section {section} (document {})", plain(document)),
        None => format!("Reference: section {section}"),
    }
}
