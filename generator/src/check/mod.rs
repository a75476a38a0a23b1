//! Finds every fault of a spec that can be read: one module for each kind of thing that can be wrong.

mod codes;
mod constraints;
mod endpoints;
mod examples;
mod groups;
mod lifecycles;
mod names;
mod pages;
mod responses;
mod rules;
mod summaries;
mod types;
mod walk;

pub(crate) use names::is_reserved_type;

use crate::diagnostics::Faults;
use crate::model::Resolver;
use crate::spec::Spec;
use std::path::Path;

/// Like [`check`] for a spec that is being written: summaries may be missing.
pub fn check_draft(spec: &Spec, output: &Path, faults: &mut Faults) {
    groups::check(spec, output, faults);
    check_facts(spec, faults);
}

/// Adds every fault of a spec; `output` is the folder of the generated crate, whose manifest is held against the groups.
pub fn check(spec: &Spec, output: &Path, faults: &mut Faults) {
    groups::check(spec, output, faults);
    summaries::check(spec, &Resolver::new(spec), faults);
    check_facts(spec, faults);
}

/// Adds the faults of what the spec states; groups may be empty, and summaries missing.
pub fn check_facts(spec: &Spec, faults: &mut Faults) {
    let resolver = &Resolver::new(spec);
    endpoints::check(&spec.service.endpoints, faults);
    types::check(spec, resolver, faults);
    names::check(spec, faults);
    constraints::check(spec, resolver, faults);
    rules::check(spec, resolver, faults);
    pages::check(spec, resolver, faults);
    codes::check(spec, faults);
    lifecycles::check(spec, resolver, faults);
    examples::check(spec, resolver, faults);
    responses::check(spec, resolver, faults);
}
