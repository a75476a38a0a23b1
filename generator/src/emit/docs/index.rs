//! README.md, the way in, and SUMMARY.md, the table of contents of the book.

use super::action::effect;
use super::links::{Links, action_file};
use super::markdown::{anchor, bullets, code, plain, table};
use crate::model::{Endpoints, Group, Model};
use crate::spec::Signature;

/// Pages besides those of the actions: file, title, what they hold.
const PAGES: [(&str, &str, &str); 6] = [
    ("types.md", "Types", "ids and named values, and the actions that use them"),
    (
        "errors.md",
        "Error codes",
        "cause, remedy, whether trying again helps, and which actions answer with them",
    ),
    ("lifecycles.md", "Lifecycles", "the states of each resource, and what leads from one to another"),
    ("retries.md", "Retries", "which calls are repeated after which failures, and why that is safe"),
    ("limits.md", "Limits", "quotas, ranges, lengths and numbers of elements"),
    ("errata.md", "Errata", "where the reference contradicts itself or leaves a gap, and what was chosen"),
];

/// Where a group is described, seen from the folder of all documents.
pub(super) fn group_target(group: &Group) -> String {
    format!("README.md#{}", anchor(&group.title))
}

pub(super) fn readme(model: &Model, links: &Links<'_>) -> String {
    let groups: String = model.groups.iter().map(|group| self::group(model, group, links)).collect();
    let pages = PAGES.map(|(file, title, about)| format!("{}: {about}", links.to(title, file)));
    format!(
        "# {}\n\n{}\n\n\
         The product is {}, version {}. These pages and the Rust crate {} are generated from one spec; neither comes from the \
         provider.\n{}{groups}{}{}{}",
        plain(&model.title),
        links.prose(&model.summary),
        code(&model.product),
        code(&model.version),
        code(&model.krate),
        bullets(&pages),
        endpoints(model),
        reading(links),
        sources(model)
    )
}

fn group(model: &Model, group: &Group, links: &Links<'_>) -> String {
    let rows: Vec<Vec<String>> = group
        .actions
        .iter()
        .map(|action| {
            vec![
                links.action(&action.name),
                links.prose(&action.summary),
                effect(action.effect).to_owned(),
                plain(&action.section),
            ]
        })
        .collect();
    let module = code(&format!("{}::{}", model.crate_ident(), group.module));
    format!(
        "\n## {}\n\n{} In Rust: {module}.\n{}",
        plain(&group.title),
        links.prose(&group.summary),
        table(&["Action", "What it does", "Effect", "Section"], &rows)
    )
}

fn endpoints(model: &Model) -> String {
    let Endpoints { central, regional, vpc, exceptions, source } = &model.endpoints;
    let mut rows = vec![
        vec!["no region".to_owned(), code(central)],
        vec!["any other region".to_owned(), code(regional)],
        vec!["a region, from inside its virtual private clouds".to_owned(), code(vpc)],
    ];
    let exceptions = exceptions.iter().map(|(region, host)| vec![code(region), code(host)]);
    rows.splice(1..1, exceptions);
    let source = source.as_ref().map_or(String::new(), |source| {
        format!(" The first is the reference's, the others are from {}.", code(source))
    });
    let signature = match model.signature {
        Signature::V1 => "version 1.0 (HMAC-SHA1)",
        Signature::Acs3 => "ACS3-HMAC-SHA256",
    };
    format!(
        "\n## Endpoints and signature\n\nThe region of a call chooses its host; the configuration of the client can name another one.{source}\n{}\
Calls are signed with {signature} unless the configuration of the client says otherwise.\n",
        table(&["Region", "Host"], &rows)
    )
}

fn reading(links: &Links<'_>) -> String {
    let points = [
        "Type: the reference's, then the Rust type where it says more.".to_owned(),
        "Required: the reference's word. What the client sets by itself can always be left out.".to_owned(),
        "Values: what a value must be like, the code with which the service refuses it otherwise, and what the service takes if the \
         parameter is left out. A letter is one of `A` to `Z` and `a` to `z`; length is counted in characters."
            .to_owned(),
        "Always: the field is in every successful answer.".to_owned(),
        format!(
            "What is checked: the client refuses, before it sends, a request that lacks something required or breaks a rule of form \
             (type, characters, first characters, beginnings that are not allowed, formats). What the provider may have widened \
             since (allowed values, ranges, lengths, numbers of elements, beginnings of ids) it refuses with `Validation::Strict` \
             alone. `validate()` lists everything. See also the {}.",
            links.to("limits", "limits.md")
        ),
    ];
    format!("\n## How to read the pages\n{}", bullets(&points))
}

fn sources(model: &Model) -> String {
    let rows: Vec<Vec<String>> =
        model.sources.iter().map(|(name, text)| vec![code(name), plain(text)]).collect();
    format!(
        "\n## Sources\n\nThe spec follows one document, the {}; section numbers are its own. Facts from elsewhere are marked with \
         one of these sources:\n{}",
        plain(&model.reference),
        table(&["Source", "What it is"], &rows)
    )
}

pub(super) fn summary(model: &Model) -> String {
    let mut text = format!("# Summary\n\n[{}](README.md)\n", plain(&model.title));
    for group in &model.groups {
        text += &format!("\n# {}\n\n", plain(&group.title));
        for action in &group.actions {
            text += &format!("- [{}]({})\n", action.name, action_file(&action.name));
        }
    }
    text += "\n# For all actions\n\n";
    for (file, title, _) in PAGES {
        text += &format!("- [{title}]({file})\n");
    }
    text
}
