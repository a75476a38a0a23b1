//! Finds every fault of a spec that can be read: one module for each kind of thing that can be wrong.

mod codes;
mod constraints;
mod endpoints;
mod examples;
mod groups;
mod lifecycles;
mod names;
mod responses;
mod rules;
mod summaries;
mod types;
mod walk;

use crate::diagnostics::Faults;
use crate::model::Resolver;
use crate::spec::Spec;
use std::path::Path;

/// Adds every fault of a spec; `output` is the folder of the generated crate, whose manifest is held against the groups.
pub fn check(spec: &Spec, output: &Path, faults: &mut Faults) {
    let resolver = Resolver::new(spec);
    endpoints::check(&spec.service.endpoints, faults);
    groups::check(spec, output, faults);
    types::check(spec, &resolver, faults);
    names::check(spec, faults);
    summaries::check(spec, &resolver, faults);
    constraints::check(spec, &resolver, faults);
    rules::check(spec, &resolver, faults);
    codes::check(spec, faults);
    lifecycles::check(spec, &resolver, faults);
    examples::check(spec, &resolver, faults);
    responses::check(spec, &resolver, faults);
}
