//! The service and its groups.

use crate::diff::change::{Change, Class, Kind, Scope, Subject};
use crate::diff::pairs::pairs;
use crate::model::{Endpoints, Group, Model};

pub(super) fn compare(old: &Model, new: &Model, changes: &mut Vec<Change>) {
    compare_service(old, new, &mut Scope::new(Subject::Service, changes));
    let found = pairs(&old.groups, &new.groups, &[|old, new| old.name == new.name]);
    for group in &found.removed {
        let reason = "its module and its feature are gone";
        group_scope(group, changes)
            .add(Kind::GroupRemoved, Class::Breaking, "the group is gone", reason)
            .claims([group.module.to_string()]);
    }
    for group in &found.added {
        let reason = "a new module behind a new feature";
        group_scope(group, changes)
            .add(Kind::GroupAdded, Class::Addition, "the group is new", reason)
            .claims([group.module.to_string()]);
    }
    for (old, new) in &found.both {
        // The module follows from the name; the actions are compared by themselves.
        let Group { name: _, module: _, title, summary, actions: _ } = old;
        let differing = [(*title != new.title, "title"), (*summary != new.summary, "summary")];
        group_scope(new, changes).words("", &differing);
    }
}

fn group_scope<'a>(group: &Group, changes: &'a mut Vec<Change>) -> Scope<'a> {
    Scope::new(Subject::Group(group.name.clone()), changes)
}

fn compare_service(old: &Model, new: &Model, scope: &mut Scope<'_>) {
    let Model {
        service,
        krate,
        title,
        summary,
        product,
        version,
        reference,
        endpoints,
        signature,
        region_parameter,
        dry_run_code,
        sources,
        groups: _,
        ids: _,
        enums: _,
        // Each is compared where an action uses it.
        objects: _,
        structures: _,
        errors: _,
        resources: _,
        errata,
        index: _,
    } = old;
    let mut facts = |what: &str, old: &String, new: &String, kind, class, reason: &str| {
        if old != new {
            scope.add(kind, class, format!("{what}: `{new}`, was `{old}`"), reason);
        }
    };
    let reason = "manifests and `use` lines name the crate";
    facts("name of the crate", krate, &new.krate, Kind::CrateName, Class::Breaking, reason);
    let reason = "only the schema carries it";
    facts("name of the service", service, &new.service, Kind::ServiceName, Class::Fix, reason);
    let reason = "every call asks for another product";
    facts("product", product, &new.product, Kind::Product, Class::Breaking, reason);
    let reason = "every call asks for another version of the API, which may take and answer something else";
    facts("version of the API", version, &new.version, Kind::ApiVersion, Class::Breaking, reason);
    let reason =
        "the same calls go to another host; a firewall that lets only the old one through must learn it";
    for (what, old, new) in hosts(endpoints, &new.endpoints) {
        facts(what, &old, &new, Kind::Endpoint, Class::Fix, reason);
    }
    let reason = "the service takes both; a double that checks signatures must know the new one";
    let (old_name, new_name) = (format!("{signature:?}"), format!("{:?}", new.signature));
    facts("signature", &old_name, &new_name, Kind::Signature, Class::Fix, reason);
    let reason = "the client fills in another parameter, and no longer this one";
    let (kind, class) = (Kind::RegionParameter, Class::Breaking);
    facts("parameter of the region", region_parameter, &new.region_parameter, kind, class, reason);
    if *dry_run_code != new.dry_run_code {
        let text = "another code means that a dry run went well";
        scope.add(Kind::DryRun, Class::Fix, text, "a dry run that went well is told from a refusal by it");
    }
    scope.words(
        "",
        &[
            (endpoints.source != new.endpoints.source, "source of the endpoints"),
            (*title != new.title, "title"),
            (*summary != new.summary, "summary"),
            (*reference != new.reference, "reference"),
            (*sources != new.sources, "sources"),
            (*errata != new.errata, "errata"),
        ],
    );
}

/// What each kind of endpoint is, was and is named.
fn hosts(old: &Endpoints, new: &Endpoints) -> [(&'static str, String, String); 4] {
    let Endpoints { central, regional, vpc, exceptions, source: _ } = old;
    let listed = |exceptions: &[(String, String)]| {
        let pairs: Vec<String> =
            exceptions.iter().map(|(region, host)| format!("{region}: {host}")).collect();
        pairs.join(", ")
    };
    [
        ("central endpoint", central.clone(), new.central.clone()),
        ("regional endpoint", regional.clone(), new.regional.clone()),
        ("endpoint inside a VPC", vpc.clone(), new.vpc.clone()),
        ("endpoints of single regions", listed(exceptions), listed(&new.exceptions)),
    ]
}
